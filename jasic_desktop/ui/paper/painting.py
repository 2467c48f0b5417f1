"""Draws a page of paper with any painter: of a PDF, a printer or the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from jasic_desktop.packs.images import Pixels
from jasic_desktop.ui.paper.letters import Letters, color
from jasic_desktop.ui.paper.sheet import Leaf

_HINTS: Final = QPainter.RenderHint.LosslessImageRendering | QPainter.RenderHint.SmoothPixmapTransform


def paint(painter: QPainter, leaf: Leaf, letters: Letters) -> None:
    """Draw `leaf`; the painter counts in tenths of a point from the corner of the sheet."""
    # Maps have letters, which a lossy picture would smear; on the screen a picture is larger than its room.
    painter.setRenderHints(_HINTS)
    for area in leaf.areas:
        painter.fillRect(QRectF(area.x, area.y, area.width, area.height), color(area.color))
    for picture in leaf.pictures:
        room = QRectF(picture.x, picture.y, picture.width, picture.height)
        if isinstance(picture.drawn, bytes):
            QSvgRenderer(QByteArray(picture.drawn)).render(painter, room)
        else:
            painter.drawImage(room, _image(picture.drawn))
    look = None
    for ink in leaf.inks:
        if ink.look != look:
            look = ink.look
            painter.setFont(letters.font(look))
            painter.setPen(color(look.color))
        painter.drawText(QPointF(ink.x, ink.y), ink.text)


def _image(pixels: Pixels) -> QImage:
    return QImage(pixels.data, pixels.width, pixels.height, 3 * pixels.width, QImage.Format.Format_RGB888)
