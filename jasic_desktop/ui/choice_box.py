"""A box to choose one of a few: with the arrow that the style sheet's own box has not."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QToolTip, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import plain_tooltip

_ARROW: Final = 12
_RIGHT: Final = 10
_BOX: Final = QStyle.ComplexControl.CC_ComboBox


class ChoiceBox(QComboBox):
    """Cuts what is too long instead of growing, and is not changed by a wheel that passes over it."""

    spoken_role = "ComboBox"

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    @property
    def whole(self) -> str:
        """What is chosen, where it is shown cut; else nothing."""
        text = self.currentText()
        return text if self._shown(self._option()) != text else ""

    def event(self, event: QEvent) -> bool:
        """The tooltip says what is cut, and then what the box was described by. A screen reader has both already."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent) or not (whole := self.whole):
            return super().event(event)
        told = "\n".join(filter(None, (whole, self.accessibleDescription())))
        QToolTip.showText(event.globalPos(), plain_tooltip(told), self)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, what is chosen with an ellipsis where it has not the room, and the arrow over it."""
        option = self._option()
        option.currentText = self._shown(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(_BOX, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        size = self._coordinator.length(_ARROW)
        color = self._coordinator.theme.color("ink-2" if self.isEnabled() else "edge")
        painter.drawPixmap(self.width() - _RIGHT - size, (self.height() - size) // 2, pixmap("down", color, size))
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the pane scroll."""
        event.ignore()

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        return option

    def _shown(self, option: QStyleOptionComboBox) -> str:
        """What is chosen as far as there is room for it."""
        field = self.style().subControlRect(_BOX, option, QStyle.SubControl.SC_ComboBoxEditField, self)
        return option.fontMetrics.elidedText(option.currentText, Qt.TextElideMode.ElideRight, field.width() - 2)
