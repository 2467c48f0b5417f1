"""Draws a page of paper with any painter: of a PDF, a printer or the screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

from jasic_desktop.ui.paper.letters import Letters, color
from jasic_desktop.ui.paper.sheet import Leaf


def paint(painter: QPainter, leaf: Leaf, letters: Letters) -> None:
    """Draw `leaf`; the painter counts in tenths of a point from the corner of the sheet."""
    for area in leaf.areas:
        painter.fillRect(QRectF(area.x, area.y, area.width, area.height), color(area.color))
    for picture in leaf.pictures:
        drawing = QSvgRenderer(QByteArray(picture.svg))
        drawing.render(painter, QRectF(picture.x, picture.y, picture.width, picture.height))
    look = None
    for ink in leaf.inks:
        if ink.look != look:
            look = ink.look
            painter.setFont(letters.font(look))
            painter.setPen(color(look.color))
        painter.drawText(QPointF(ink.x, ink.y), ink.text)
