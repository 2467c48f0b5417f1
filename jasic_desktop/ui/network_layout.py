"""Where the nodes of the small network drawing and their names stand, so that no name lies over another."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF

NODE: Final = 8
"""Half the width of a node, in pixels."""
_GAP: Final = 4
_ASIDE: Final = 0.3
"""A node whose direction has a smaller cosine stands above or below the middle: its name stands beside it."""
_SPREAD: Final = 0.36
"""How far nodes stand from the middle, as a share of the width."""


class Seat(Struct, frozen=True):
    """One node: its middle, the room of its name, and where the number on its edge has its middle."""

    middle: QPointF
    label: QRectF
    number: QPointF


def seats(widths: Sequence[float], area: QRectF, line: float) -> tuple[Seat, ...]:
    """Seats for nodes whose names are `widths` wide and `line` high, around the middle of `area`, the first at the top.

    A name that is too wide for its half is to be cut to its room. Up to six names are apart where the area is at least
    eleven lines high.
    """
    return tuple(_seat(number, len(widths), width, area, line) for number, width in enumerate(widths))


def _seat(number: int, count: int, width: float, area: QRectF, line: float) -> Seat:
    angle = -pi / 2 + 2 * pi * number / count
    centre = area.center()
    across, down = area.width() * _SPREAD, area.height() / 2 - max(NODE, line / 2) - _GAP
    middle = QPointF(centre.x() + across * cos(angle), centre.y() + down * sin(angle))
    if abs(cos(angle)) < _ASIDE:
        left = middle.x() + NODE + _GAP
        label = QRectF(left, middle.y() - line / 2, min(width, area.right() - left), line)
    else:
        right_half = cos(angle) > 0
        first = centre.x() + _GAP if right_half else area.left()
        last = area.right() if right_half else centre.x() - _GAP
        room = min(width, last - first)
        left = min(max(middle.x() - room / 2, first), last - room)
        above = sin(angle) < 0
        top = middle.y() - NODE - line if above else middle.y() + NODE
        label = QRectF(left, top, room, line)
    return Seat(middle, label, (centre + middle) / 2)
