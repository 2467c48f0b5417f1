"""Starts the program: `python -m jasic_desktop`."""

import sys

from jasic_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
