"""The names and numbers of a page in its view: which is where, which comes next, and the ring around one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QTextEdit

from jasic_desktop.ui.document import Link
from jasic_desktop.ui.text_areas import areas_of


def link_at(view: QTextEdit, links: Sequence[Link], at: QPoint) -> Link | None:
    """What stands at a place of the viewport."""
    target = view.anchorAt(at)
    if not target:
        return None
    position = view.cursorForPosition(at).position()
    after = bisect_right(links, position, key=lambda link: link.start)
    near = [link for link in links[max(0, after - 2) : after + 1] if link.target == target]
    return next((link for link in near if link.start <= position <= link.end), None)


def neighbour(
    view: QTextEdit, links: Sequence[Link], focused: Link | None, step: int, seen: tuple[int, int]
) -> Link | None:
    """The link after `focused` (step 1) or before it (-1); from the edge of what is seen, the text between the two
    places `seen`, where none has the focus or it is out of sight.
    """
    if focused is not None and is_seen(view, focused):
        at = links.index(focused) + step
    else:
        at = bisect_right([link.start for link in links], seen[0 if step > 0 else 1]) - (step < 0)
        # The text of a table beside the edge may begin further up or down.
        while 0 <= at < len(links) and _is_beyond(view, links[at], step):
            at += step
    return links[at] if 0 <= at < len(links) else None


def is_seen(view: QTextEdit, link: Link) -> bool:
    """Whether any of it is in sight."""
    rect = view.viewport().rect()
    return any(rect.intersects(area.toAlignedRect()) for area in areas_of(view, link.start, link.end))


def on_screen(view: QTextEdit, link: Link) -> QRect | None:
    """Where its first line stands on the screen; None before it is laid out."""
    areas = areas_of(view, link.start, link.end)
    area = areas[0].toAlignedRect() if areas else None
    return QRect(view.viewport().mapToGlobal(area.topLeft()), area.size()) if area is not None else None


def begin_selection(view: QTextEdit, place: int) -> None:
    """A selection by keys begins at `place`, unless there is one that goes on."""
    cursor = view.textCursor()
    if not cursor.hasSelection():
        cursor.setPosition(place)
        view.setTextCursor(cursor)


def draw_ring(painter: QPainter, view: QTextEdit, link: Link | None, color: QColor) -> None:
    """Draw the ring of the focus around a link, or around the whole text."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color, 2, Qt.PenStyle.SolidLine))
    if link is None:
        painter.drawRoundedRect(view.viewport().rect().adjusted(1, 1, -1, -1), 3, 3)
        return
    for area in areas_of(view, link.start, link.end):
        painter.drawRoundedRect(area.adjusted(-2, -1, 2, 1), 3, 3)


def _is_beyond(view: QTextEdit, link: Link, step: int) -> bool:
    """Whether it is not wholly below the upper edge (going down), or above the lower one (going up)."""
    areas = areas_of(view, link.start, link.end)
    return bool(areas) and (areas[0].top() < 0 if step > 0 else areas[-1].bottom() > view.viewport().height())
