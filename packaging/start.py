"""What a bundle starts: the program, as `python -m jasic_desktop` starts it."""

import sys

from jasic_desktop.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
