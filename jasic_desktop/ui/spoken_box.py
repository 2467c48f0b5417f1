"""A box to choose from as a screen reader meets it: its name, and what is chosen as its value."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QComboBox


class SpokenBox(QAccessibleWidget):
    """In place of Qt's own, which on Linux has what is chosen for its name: nobody hears what it is that is chosen."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box, QAccessible.Role.ComboBox)
        self._box = box

    def text(self, kind: QAccessible.Text, /) -> str:
        """The name that the box was given; its value is what is chosen."""
        if kind == QAccessible.Text.Value:
            return self._box.currentText()
        return super().text(kind)

    def actionNames(self) -> list[str]:
        """It can be dropped down."""
        return [self.showMenuAction(), self.setFocusAction()]

    def doAction(self, name: str, /) -> None:
        """Drop it down, or put the keyboard on it."""
        if name == self.showMenuAction():
            self._box.showPopup()
        else:
            super().doAction(name)
