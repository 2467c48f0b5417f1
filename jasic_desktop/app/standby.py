"""A search worker that is started before it is known what to search: it has been loaded by the time that is known."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from jasic_desktop.core.process import Child, ChildGoneError, frame, own_program, processors

_ENOUGH: Final = 3
"""Processors: one for the window, one for the screen, one for the worker."""


class Standby:
    """Holds one worker until it is launched on an archive. Where there are two processors none is started ahead: the
    window and the screen that shows it need both, and the window would be seen later.
    """

    def __init__(self) -> None:
        self._child: Child | None = None
        if processors() >= _ENOUGH:
            with suppress(OSError):  # what hinders it will be told when it is needed
                self._child = Child(own_program())

    @property
    def pid(self) -> int | None:
        """The number of the process that waits, where one does."""
        return self._child.pid if self._child is not None else None

    def launch(self, store_path: Path, index_folder: Path) -> Child:
        """The worker that waits, told what to open; another one where none waits. Raises OSError."""
        from jasic_desktop.app.messages import Open, encode

        child, self._child = self._child, None
        if child is not None:
            # As bytes: a path of Linux need not be text.
            opening = Open(0, os.fsencode(store_path), os.fsencode(index_folder))
            try:
                child.send(frame(encode(opening)))
            except ChildGoneError:
                child.end()
                child.close()
            else:
                return child
        return Child(own_program(store_path, index_folder))

    def close(self) -> None:
        """End the worker that nobody launched."""
        child, self._child = self._child, None
        if child is not None:
            child.end()
            child.close()
