"""Lines of text that can be read, gone through by keys and copied, but not changed; they never open anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.coordinator import Coordinator

MOST_LINES: Final = 5000
"""What is longer is a matter for the command line."""


class TextLines(QPlainTextEdit):
    """A list of sentences, one in a line; `name` is what a screen reader says it is."""

    def __init__(self, coordinator: Coordinator, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setFont(coordinator.font("ui"))

    def show_lines(self, lines: Iterable[str]) -> None:
        """Show these lines, as many as there is room for."""
        shown = [one_line(line) for line in lines]
        left = len(shown) - MOST_LINES
        if left > 0:
            shown[MOST_LINES:] = [self._coordinator.words("cli.archive.more_changes", count=left)]
        self.setPlainText("\n".join(shown))
