"""Where a part of a text stands in its view."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtWidgets import QTextEdit


def areas_of(view: QTextEdit, start: int, end: int) -> list[QRectF]:
    """The areas that the characters from `start` to `end` fill, one for each line, in pixels of the viewport."""
    document = view.document()
    layout = document.documentLayout()
    scroll = QPointF(view.horizontalScrollBar().value(), view.verticalScrollBar().value())
    areas: list[QRectF] = []
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        origin = layout.blockBoundingRect(block).topLeft() - scroll
        text = block.layout()
        first, last = max(0, start - block.position()), min(block.length() - 1, end - block.position())
        for number in range(text.lineCount()):
            line = text.lineAt(number)
            begins, ends = line.textStart(), line.textStart() + line.textLength()
            if ends <= first or begins >= last:
                continue
            left, right = (_x(line.cursorToX(at)) for at in (max(first, begins), min(last, ends)))
            corner = origin + QPointF(min(left, right), line.y())
            areas.append(QRectF(corner, QSizeF(abs(right - left), line.height())))
        block = block.next()
    return areas


def baseline_of(view: QTextEdit, position: int) -> QPointF | None:
    """Where the character at `position` begins on the line that its letters stand on; None before it is laid out."""
    block = view.document().findBlock(position)
    line = block.layout().lineForTextPosition(position - block.position())
    if not line.isValid():
        return None
    scroll = QPointF(view.horizontalScrollBar().value(), view.verticalScrollBar().value())
    origin = view.document().documentLayout().blockBoundingRect(block).topLeft() - scroll
    return origin + QPointF(_x(line.cursorToX(position - block.position())), line.y() + line.ascent())


def _x(found: object) -> float:
    """PySide gives the place alone or with the position that it is for."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
