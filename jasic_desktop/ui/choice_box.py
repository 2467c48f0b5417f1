"""A box to choose one of a few: with the arrow that the style sheet's own box has not."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import set_tooltip

_ARROW: Final = 12
_RIGHT: Final = 10
_BOX: Final = QStyle.ComplexControl.CC_ComboBox


class ChoiceBox(QComboBox):
    """Cuts what is too long instead of growing, and is not changed by a wheel that passes over it."""

    spoken_role = "ComboBox"

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._cut = ""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, what is chosen with an ellipsis where it has not the room, and the arrow over it."""
        option, style = QStyleOptionComboBox(), self.style()
        self.initStyleOption(option)
        field = style.subControlRect(_BOX, option, QStyle.SubControl.SC_ComboBoxEditField, self)
        whole = option.currentText
        option.currentText = option.fontMetrics.elidedText(whole, Qt.TextElideMode.ElideRight, field.width() - 2)
        painter = QStylePainter(self)
        painter.drawComplexControl(_BOX, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        size = self._coordinator.length(_ARROW)
        color = self._coordinator.theme.color("ink-2" if self.isEnabled() else "edge")
        painter.drawPixmap(self.width() - _RIGHT - size, (self.height() - size) // 2, pixmap("down", color, size))
        painter.end()
        cut = whole if option.currentText != whole else ""
        if cut != self._cut:
            self._cut = cut
            set_tooltip(self, cut)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the pane scroll."""
        event.ignore()
