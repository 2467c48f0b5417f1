"""The legend of the timeline: each sign with its words, set in lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from jasic_desktop.render.timeline import BAR, DOT, GAP, PILL, Item, Shape
from jasic_desktop.ui.timeline_paint import Look, paint_bar, paint_pill_box, paint_point

_SIGNS: Final = {
    "day": Item("", "", "", 1, 1, Shape.DAY),
    "interval": Item("", "", "", 1, 1, Shape.BAR),
    "soft": Item("", "", "", 1, 1, Shape.BAR, soft_start=True, soft_end=True),
    "about": Item("", "", "", 1, 1, Shape.ABOUT),
    "differ": Item("", "", "", 1, 1, Shape.DAY, differs=True),
    "light": Item("", "", "", 1, 1, Shape.DAY),
    "more": None,
}
"""What each word of the legend stands beside; None for a pill."""


class LegendEntry(Struct, frozen=True):
    """A sign of the legend and its words, from `left` in a line (0 is the first)."""

    key: str
    words: str
    left: float
    line: int


def legend_entries(look: Look, words: Sequence[tuple[str, str]], width: float) -> tuple[LegendEntry, ...]:
    """The legend's `words` (key and text) set in lines of `width` pixels."""
    left, line, entries = 0.0, 0, []
    for key, text in words:
        wide = (_sign_width(key) + 8) * look.unit + look.metrics().horizontalAdvance(text)
        if left and left + wide > width:
            left, line = 0.0, line + 1
        entries.append(LegendEntry(key, text, left, line))
        left += wide + 24 * look.unit
    return tuple(entries)


def paint_legend(
    painter: QPainter, look: Look, entries: Sequence[LegendEntry], left: float, top: float, line: float
) -> None:
    """The legend from `left` and `top`, each line `line` pixels high."""
    unit, color = look.unit, look.color("ink-2")
    for entry in entries:
        x, middle = left + entry.left, top + (entry.line + 0.5) * line
        wide = _sign_width(entry.key) * unit
        sign = _SIGNS[entry.key]
        if sign is None:
            paint_pill_box(painter, look, QRectF(x, middle - 7.5 * unit, wide, 15 * unit), "+2", color)
        elif sign.shape is Shape.BAR:
            bar = QRectF(x, middle - BAR * unit / 2, wide, BAR * unit)
            paint_bar(painter, bar, sign, color, look, strong=True)
        else:
            centre = QPointF(x + DOT * unit / 2, middle)
            paint_point(painter, centre, sign, color, look, strong=entry.key != "light")
        painter.setFont(look.font)
        painter.setPen(look.color("ink-2"))
        room = look.metrics().horizontalAdvance(entry.words) + 2
        area = QRectF(x + wide + 2 * GAP * unit, middle - line / 2, room, line)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, entry.words)


def _sign_width(key: str) -> float:
    sign = _SIGNS[key]
    if sign is None:
        return PILL - 6
    return 28 if sign.shape is Shape.BAR else DOT
