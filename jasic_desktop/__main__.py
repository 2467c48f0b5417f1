"""Starts the program: `python -m jasic_desktop`."""

import os
import sys

from jasic_desktop.core.garbage import search_seldom
from jasic_desktop.core.process import GATHER, PICTURE, ROOM, SESSION, WORKER


def main() -> int:
    """Run the command line, or the worker where this process was started as one; return the exit code."""
    search_seldom()
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


if __name__ == "__main__":
    sys.exit(main())
