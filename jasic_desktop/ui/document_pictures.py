"""The pictures of a page in its text document: the room each is given, and what fills it once it is decoded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat, QTextImageFormat
from PySide6.QtWidgets import QTextEdit

from jasic_desktop.core.blocks import PictureBlock
from jasic_desktop.render.visible import one_line

PICTURE: Final = "picture:"
PLACEHOLDER: Final = "\ufffc"
"""The character that stands for a picture in the text of a document."""
_TALLEST: Final = 1.25
"""Height over the width of the column."""


class Shown(NamedTuple):
    """A picture of a page: its place in the document, the name it has there, and what it is."""

    place: int
    name: str
    block: PictureBlock


def fitted(size: tuple[int, int], room: float) -> QSize:
    """The size at which a picture is shown in a column `room` pixels wide: never larger than it is, nor very tall."""
    width, height = max(1, size[0]), max(1, size[1])
    scale = min(1.0, room / width, _TALLEST * room / height)
    return QSize(max(1, int(width * scale)), max(1, int(height * scale)))


def picture_format(name: str, block: PictureBlock, room: float) -> QTextImageFormat:
    """The format of the character that stands for a picture: it leads to the picture in large."""
    made = QTextImageFormat()
    made.setName(name)
    size = fitted(block.size, room)
    made.setWidth(size.width())
    made.setHeight(size.height())
    made.setProperty(QTextFormat.Property.ImageAltText, one_line(block.alt))
    made.setAnchor(True)
    made.setAnchorHref(name)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBottom)
    return made


def fit(document: QTextDocument, pictures: Sequence[Shown], room: float) -> None:
    """Give each picture the size that a column of another width has room for."""
    for shown in pictures:
        cursor = QTextCursor(document)
        cursor.setPosition(shown.place)
        cursor.setPosition(shown.place + 1, QTextCursor.MoveMode.KeepAnchor)
        now = cursor.charFormat().toImageFormat()
        wanted = fitted(shown.block.size, room)
        if now.isValid() and (now.width(), now.height()) != (wanted.width(), wanted.height()):
            cursor.setCharFormat(picture_format(shown.name, shown.block, room))


def put(view: QTextEdit, shown: Shown, image: QImage, room: float) -> None:
    """Fill the room of a picture, as sharp as the screen is."""
    ratio = view.devicePixelRatioF()
    size = fitted(shown.block.size, room) * ratio
    drawn = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    drawn.setDevicePixelRatio(ratio)
    view.document().addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(shown.name), drawn)
    view.viewport().update()
