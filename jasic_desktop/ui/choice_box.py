"""A box to choose one of a few: with the arrow that the style sheet's own box has not."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap

_ARROW: Final = 12
_RIGHT: Final = 10


class ChoiceBox(QComboBox):
    """Cuts what is too long instead of growing, and is not changed by a wheel that passes over it."""

    spoken_role = "ComboBox"

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow over the box."""
        super().paintEvent(event)
        size = self._coordinator.length(_ARROW)
        color = self._coordinator.theme.color("ink-2" if self.isEnabled() else "edge")
        painter = QPainter(self)
        painter.drawPixmap(self.width() - _RIGHT - size, (self.height() - size) // 2, pixmap("down", color, size))
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the pane scroll."""
        event.ignore()
