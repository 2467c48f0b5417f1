"""Tells whether the file this program was started from is still there: another version may take its place meanwhile."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Final


class State(Enum):
    """What became of a file."""

    SAME = "same"
    REPLACED = "replaced"
    GONE = "gone"


class OwnFile:
    """A file as it was when this was made; without a path, nothing is watched and it counts as the same."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._begun = self._identity()

    def state(self) -> State:
        """What became of it since: another file of its name is a replaced one, one that cannot be asked for is gone."""
        if self._begun is None:
            return State.SAME
        now = self._identity()
        if now is None:
            return State.GONE
        return State.SAME if now == self._begun else State.REPLACED

    def _identity(self) -> tuple[int, int, int] | None:
        if self._path is None:
            return None
        try:
            found = Path(self._path).stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns


OWN: Final = OwnFile(sys.executable if getattr(sys, "frozen", False) else None)
"""The installed program; the sources are not watched."""
