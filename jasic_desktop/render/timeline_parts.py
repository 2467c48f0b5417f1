"""What the layout of the timeline is made of: events, marks, pills, and the rows they are put in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final

from msgspec import Struct

ROW_HEIGHT: Final = 20
FEWEST_ROWS, MOST_ROWS = 2, 5
GAP: Final = 4
DOT, BAR, RING = 9, 10, 17
PILL: Final = 34
LONG_BAR: Final = 32
"""A shorter bar would lose its ends to the ground around the sign of accounts that differ."""

Measure = Callable[[str], float]


class Shape(StrEnum):
    """How a date is drawn: never as more certain than it is."""

    DAY = "day"
    ABOUT = "about"
    BAR = "bar"


class Item(Struct, frozen=True, gc=False):
    """An event as the layout takes it: `first` and `last` are numbers of days, `label` the words beside its mark.

    A bar is `soft_start` or `soft_end` where that end is known to the month or year only, doubtful, or open. `differs`
    says that accounts of it differ.
    """

    id: str
    lane: str
    label: str
    first: int
    last: int
    shape: Shape
    soft_start: bool = False
    soft_end: bool = False
    differs: bool = False


class Mark(Struct, frozen=True, gc=False):
    """An event in its place: from `left` to `right` pixels in `row` of its lane.

    `label_left` is where its label begins, `label_right` where it ends; None where there is no room for it.
    """

    item: Item
    row: int
    left: float
    right: float
    label_left: float | None = None
    label_right: float | None = None
    selected: bool = False
    matched: bool = False

    @property
    def labelled(self) -> bool:
        """Whether the label is drawn."""
        return self.label_left is not None


class Pill(Struct, frozen=True, gc=False):
    """Events that have no room of their own, as `+n` from `left` to `right` pixels in `row`; `first` to `last` day."""

    row: int
    left: float
    right: float
    ids: tuple[str, ...]
    first: int
    last: int


class LaneLayout(Struct, frozen=True):
    """A lane: its events in order of position, its pills, and how many rows it has.

    `unplaced` are events of a view in which every row is full from edge to edge, and whose mark or pill is outside.
    """

    id: str
    rows: int
    count: int
    marks: tuple[Mark, ...]
    pills: tuple[Pill, ...]
    unplaced: tuple[str, ...] = ()


Place = tuple[float, float, str, Item]
"""Where an event's mark would stand: its left and right edge, its id, the event. Ids differ, so items never compare."""


class Row:
    """One row while it is filled from left to right, around what was placed before."""

    def __init__(self) -> None:
        self.edge = float("-inf")
        self.fixed: list[tuple[float, float]] = []
        self.taken: list[tuple[float, float]] = []

    def free(self, left: float, right: float) -> bool:
        """Whether nothing stands within GAP pixels of the stretch."""
        if left < self.edge + GAP:
            return False
        after = bisect_left(self.fixed, (left - GAP,))
        if after < len(self.fixed) and self.fixed[after][0] < right + GAP:
            return False
        return after == 0 or self.fixed[after - 1][1] + GAP <= left

    def take_if_free(self, left: float, right: float) -> bool:
        """Occupy a stretch that is free; tells whether it was."""
        free = self.free(left, right)
        if free:
            self.take(left, right)
        return free

    def take(self, left: float, right: float) -> None:
        """Occupy a stretch."""
        self.taken.append((left, right))
        self.edge = max(self.edge, right)

    def settle(self) -> None:
        """End a step: what was placed is now in the way of the next."""
        self.fixed = sorted([*self.fixed, *self.taken])
        self.taken = []
        self.edge = float("-inf")


def pill_of(places: Sequence[Place], row: int, left: float) -> Pill:
    """A pill for all the events of `places`."""
    first, last = min([place[3].first for place in places]), max([place[3].last for place in places])
    return Pill(row, left, left + PILL, tuple([place[2] for place in places]), first, last)
