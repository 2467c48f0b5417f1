"""Says in one sentence why numpy or Whoosh cannot be loaded: a copy may be damaged, a processor too old for numpy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jasic_desktop.core.errors import Fault


@contextmanager
def loading() -> Iterator[None]:
    """Raises Fault where what is imported in here cannot be."""
    try:
        yield
    except (ImportError, OSError) as error:
        # numpy says over many lines what may be wrong with an installation, and where its folder is missing it looks
        # into it to say so; the cause is what came before.
        before = error.__context__ if isinstance(error, OSError) else error.__cause__
        why = str(before or error).strip().partition("\n")[0]
        raise Fault("search.not_loaded", reason=why) from error
