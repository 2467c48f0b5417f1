"""Starts the program: `python -m jasic_desktop`."""

import gc
import os
import sys
from typing import Final

from jasic_desktop.core.process import GATHER, PICTURE, ROOM, SESSION, WORKER

_MANY: Final = 20_000
"""New objects between two searches for garbage; Python's own number is 700."""


def main() -> int:
    """Run the command line, or the worker where this process was started as one; return the exit code."""
    search_garbage_seldom()
    if ROOM in os.environ:
        # Before anything is read: the window of a reading room and its helpers hold what somebody reads.
        from jasic_desktop.core.privacy import close_up

        close_up()
    if sys.argv[1:] == [WORKER, PICTURE]:
        from jasic_desktop.packs.images import main as decode

        return decode()
    if sys.argv[1:] == [WORKER, GATHER]:
        from jasic_desktop.search.gathering import main as gather

        return gather()
    if sys.argv[1:3] == [WORKER, SESSION]:
        from jasic_desktop.cli import main as session

        return session(sys.argv[4:], room=sys.argv[3])
    if sys.argv[1:2] == [WORKER]:
        from jasic_desktop.app.worker import main as work

        return work(sys.argv[2:])
    from jasic_desktop.cli import main as command_line

    return command_line()


def search_garbage_seldom() -> None:
    """Most of what is made while a program starts stays to its end: each search among it would be for nothing."""
    gc.set_threshold(_MANY, 20, 20)


if __name__ == "__main__":
    sys.exit(main())
