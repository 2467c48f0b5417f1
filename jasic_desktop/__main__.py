"""Starts the program: `python -m jasic_desktop`."""

import sys

from jasic_desktop.core.process import WORKER


def main() -> int:
    """Run the command line, or the worker where this process was started as one; return the exit code."""
    if sys.argv[1:2] == [WORKER]:
        from jasic_desktop.app.worker import main as work

        return work(sys.argv[2:])
    from jasic_desktop.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
