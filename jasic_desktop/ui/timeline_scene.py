"""Where everything of the timeline stands in the widget: lanes, marks and pills, and what lies under a point."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF

from jasic_desktop.render.timeline import ROW_HEIGHT, Item, LaneLayout, Mark, Pill

LANE_PADDING: Final = 3
_REACH: Final = 3.0
"""Pixels beside a mark that still count as the mark."""


class PlacedLane(Struct, frozen=True):
    """A lane from `top`, `height` pixels high, its rows `row_height` pixels each from `rows_top`."""

    layout: LaneLayout
    top: float
    height: float
    rows_top: float
    row_height: float

    def middle(self, row: int) -> float:
        """The line on which the marks of a row stand."""
        return self.rows_top + (row + 0.5) * self.row_height


class Scene(Struct, frozen=True):
    """All that is drawn of the lanes. Positions of a layout are `unit` pixels each, and begin at `shift`."""

    lanes: tuple[PlacedLane, ...]
    shift: float
    unit: float
    height: float

    @classmethod
    def of(cls, layouts: Sequence[LaneLayout], shift: float, unit: float, top: float, room: float) -> Scene:
        """The lanes below one another from `top`; where they need less than `room` pixels they share the rest."""
        padding = LANE_PADDING * unit
        row_height = ROW_HEIGHT * unit
        needed = [layout.rows * row_height + 2 * padding for layout in layouts]
        spare = max(room - sum(needed), 0.0) / max(len(layouts), 1)
        extra = min(spare, 2 * row_height)
        placed = []
        at = top
        for layout, height in zip(layouts, needed, strict=True):
            rows_top = at + padding + (extra / 2 if layout.rows == 1 else min(extra / 2, padding))
            placed.append(PlacedLane(layout, at, height + extra, rows_top, row_height))
            at += height + extra
        return cls(tuple(placed), shift, unit, at - top)

    def marked(self, matches: Collection[str]) -> Scene:
        """Everything in its place, with these events as those that match."""
        return replace(self, lanes=tuple(_marked(lane, matches) for lane in self.lanes))

    def x(self, position: float) -> float:
        """A position of the layout in pixels of the widget."""
        return self.shift + position * self.unit

    def marks(self) -> Iterator[tuple[PlacedLane, Mark]]:
        """Every mark with its lane."""
        for lane in self.lanes:
            for mark in lane.layout.marks:
                yield lane, mark

    def pills(self) -> Iterator[tuple[PlacedLane, Pill]]:
        """Every pill with its lane."""
        for lane in self.lanes:
            for pill in lane.layout.pills:
                yield lane, pill

    def box(self, lane: PlacedLane, part: Mark | Pill) -> QRectF:
        """The rectangle of a mark or a pill, without its label."""
        height = lane.row_height * 0.7
        left, right = self.x(part.left), self.x(part.right)
        return QRectF(left, lane.middle(part.row) - height / 2, right - left, height)

    def find(self, event: Item) -> tuple[PlacedLane, Mark | Pill] | None:
        """The mark of an event, or the pill that holds it; None where it is not in view."""
        for lane in self.lanes:
            if lane.layout.id != event.lane:
                continue
            for mark in lane.layout.marks:
                if mark.item.id == event.id:
                    return lane, mark
            for pill in lane.layout.pills:
                # A pill may hold tens of thousands: only those of its time are looked through.
                if pill.first <= event.first <= pill.last and event.id in pill.ids:
                    return lane, pill
        return None

    def under(self, point: QPointF) -> tuple[PlacedLane, Mark | Pill] | None:
        """The mark, pill or label under a point of the widget."""
        lane = next((lane for lane in self.lanes if lane.top <= point.y() < lane.top + lane.height), None)
        if lane is None:
            return None
        row = int((point.y() - lane.rows_top) // lane.row_height)
        parts: list[Mark | Pill] = [*lane.layout.pills, *lane.layout.marks]
        for part in parts:
            if part.row != row:
                continue
            left, right = self.x(part.left) - _REACH, self.x(part.right) + _REACH
            if isinstance(part, Mark) and part.label_left is not None and part.label_right is not None:
                left, right = min(left, self.x(part.label_left)), max(right, self.x(part.label_right))
            if left <= point.x() <= right:
                return lane, part
        return None


def _marked(lane: PlacedLane, matches: Collection[str]) -> PlacedLane:
    marks = tuple(
        mark if mark.matched == (mark.item.id in matches) else replace(mark, matched=not mark.matched)
        for mark in lane.layout.marks
    )
    return replace(lane, layout=replace(lane.layout, marks=marks))
