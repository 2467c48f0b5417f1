"""When Python looks for garbage: seldom, and never among what stays to the end."""

import gc
from typing import Final

_MANY: Final = 20_000
"""New objects between two searches for garbage; Python's own number is 700."""


def search_seldom() -> None:
    """Most of what is made while a program starts stays to its end: each search among it would be for nothing."""
    gc.set_threshold(_MANY, 20, 20)


def keep() -> None:
    """Never look again through what there is now: a search among all that an archive of 100,000 records takes, and a
    window shows, holds everything up for a tenth of a second.

    What was kept before is looked through once more now, where anything was: an archive that was closed may be in it.
    """
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()
    gc.freeze()
