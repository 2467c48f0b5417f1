"""An empty document to write a page into, to which nothing can ever be loaded."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument, QTextOption

from jasic_desktop.ui.coordinator import Coordinator

RING: Final = 8
"""The room for a focus ring beside the text, in pixels."""
_TOP: Final = 28
_BOTTOM: Final = 48


class ClosedDocument(QTextDocument):
    """A document to which nothing is ever loaded, whatever it holds."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """An empty picture, whatever is named: where it is given nothing, Qt opens the name as a file by itself."""
        empty = QImage(1, 1, QImage.Format.Format_ARGB32)
        empty.fill(Qt.GlobalColor.transparent)
        return empty


def blank_document(coordinator: Coordinator, parent: QObject) -> ClosedDocument:
    """A document with the margins of a page and lines that break anywhere rather than run out of the column."""
    document = ClosedDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDocumentMargin(0)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setDefaultFont(coordinator.font("reading"))
    frame = document.rootFrame().frameFormat()
    frame.setTopMargin(coordinator.length(_TOP))
    frame.setBottomMargin(coordinator.length(_BOTTOM))
    frame.setLeftMargin(RING)
    frame.setRightMargin(RING)
    document.rootFrame().setFrameFormat(frame)
    return document


def begin_below_bar(document: QTextDocument, pixels: int) -> None:
    """Let the text begin so many pixels below the bar that stands over it in place of a title."""
    frame = document.rootFrame().frameFormat()
    frame.setTopMargin(pixels)
    document.rootFrame().setFrameFormat(frame)
