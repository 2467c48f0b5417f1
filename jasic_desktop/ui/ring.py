"""The ring around what has the keyboard, as everything that paints itself draws it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from jasic_desktop.ui.theme import Theme


def draw_ring(painter: QPainter, theme: Theme, area: QRectF, radius: float = 4) -> None:
    """A ring two pixels wide along `area`, which is its middle line; nothing is filled."""
    painter.setPen(QPen(theme.color("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, radius, radius)
