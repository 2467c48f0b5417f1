"""A box to tick, with the frame and the filled ground that the style sheet's own has not."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.ring import draw_ring

_RADIUS: Final = 4
_INSET: Final = 2


class TickBox(QCheckBox):
    """Draws its own sign: a frame, or a filled box with a tick."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, then the sign over Qt's own."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        area = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        theme, on, able = self._coordinator.theme, self.isChecked(), self.isEnabled()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line" if not able else "accent" if on or self.hasFocus() else "edge"), 1))
        painter.setBrush(theme.color("sunken" if not able else "accent" if on else "surface"))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        if on:
            size = area.width() - 2 * _INSET
            tick = pixmap("tick", theme.color("on-accent" if able else "ink-3"), size)
            painter.drawPixmap(area.left() + _INSET, area.top() + (area.height() - size) // 2, tick)
        if self.hasFocus():
            draw_ring(painter, theme, QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS)
        painter.end()
