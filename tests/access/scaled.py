"""Looks at the window in a process of its own whose QT_SCALE_FACTOR is 2: prints JSON, for test_scale.py.

`python -m tests.access.scaled HOME WIDTH HEIGHT`: on a screen of so many points, what is cut off or covered in some
views, which of them are larger than the screen, how dense their pictures are, and whether the window scrolls.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QScrollArea

from tests.access.test_large import cut, over
from tests.helpers.shown import ALL, Stage, settle

VIEWS = ("start", "results", "event", "collection", "timeline", "page", "about", "export", "print")


def main() -> None:
    """Go through the views."""
    home, size = Path(sys.argv[1]), (int(sys.argv[2]), int(sys.argv[3]))
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(home, Path(folder), size)
        screen = stage.window.screen().availableSize()
        found = {}
        for row in ALL:
            if row.name in VIEWS:
                stage.clear()
                top = row.show(stage)
                settle()
                found[row.name] = {
                    "faults": [*cut(top), *over(top)],
                    "fits": top.width() <= screen.width() and top.height() <= screen.height(),
                    "ratio": top.grab().devicePixelRatio(),
                }
        told = {
            "screen": screen.toTuple(),
            "scrolls": isinstance(stage.window.centralWidget(), QScrollArea),
            "views": found,
        }
        stage.close()
    sys.stdout.write(json.dumps(told))


main()
