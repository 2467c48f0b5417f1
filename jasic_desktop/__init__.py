"""Name and version of the program; imports nothing."""

__version__ = "0.1.0"
PROGRAM = "jasic-desktop"
TITLE = "Jasic Desktop"
