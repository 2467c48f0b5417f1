"""A line of a label and buttons at its right, which go below the label where there is no room for all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QWidget

_GAP = 6


class FoldLine(QWidget):
    """Never wider than the pane it stands in: large texts make it two lines, not a cut one."""

    def __init__(self, label: QLabel, *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._buttons = buttons
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(_GAP)
        self._line.addWidget(label, 1)
        for button in buttons:
            self._line.addWidget(button)

    def minimumSizeHint(self) -> QSize:
        """It does not hold its pane open."""
        return QSize(0, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Fold, or unfold, with another width and with other words."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fold()
        return super().event(event)

    def _fold(self) -> None:
        shown = [button for button in self._buttons if not button.isHidden()]
        words = self._label.fontMetrics().horizontalAdvance(self._label.text())
        needed = words + sum(button.sizeHint().width() + _GAP for button in shown)
        directions = QBoxLayout.Direction
        wanted = directions.TopToBottom if needed > self.width() else directions.LeftToRight
        if self._line.direction() != wanted:
            self._line.setDirection(wanted)
            side = Qt.AlignmentFlag.AlignLeft if wanted == directions.TopToBottom else Qt.AlignmentFlag(0)
            for button in self._buttons:
                self._line.setAlignment(button, side)
