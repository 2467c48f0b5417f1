"""Draws a picture of ours, written as SVG, in pixels."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_SHARP: Final = 2
"""Pixels for each unit of the drawing, so that it is sharp in print."""
_WIDEST: Final = 16_000
"""Pixels of the longer side: a picture of a thousand years is drawn smaller, not refused."""


def png(svg: bytes) -> bytes:
    """The drawing as PNG; the same bytes on each run with the same fonts. An application of Qt's has to be there.

    Only for drawings that this program made: Qt follows what an SVG of others names.
    """
    renderer = QSvgRenderer(QByteArray(svg))
    size = renderer.defaultSize() * _SHARP
    if max(size.width(), size.height()) > _WIDEST:
        size *= _WIDEST / max(size.width(), size.height())
    image = QImage(size, QImage.Format.Format_ARGB32)
    image.fill(0)  # the drawing has a ground of its own
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide's stubs know the format as bytes only
    return bytes(data.data())
