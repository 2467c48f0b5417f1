"""Runs before the program on macOS: a pack that the Finder hands over alone is the archive to open."""

import sys

if len(sys.argv) == 2 and sys.argv[1].endswith(".jasicpack"):
    sys.argv[1:1] = ["--archive"]
