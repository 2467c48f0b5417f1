"""The events that the timeline shows, in order: counting them, finding neighbours, and how densely they lie."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import Final

from jasic_desktop.packs.store import EventRow
from jasic_desktop.render.timeline import Item
from jasic_desktop.render.timeline_scale import UNIT_DAYS, Bucket, Unit, density_of, extent_of_start

_MOST_UNITS: Final = 50_000
"""Units of an axis that are counted at once; in a longer one only the stretch in view is."""


class Events:
    """Events in order of their dates, each with its item (where it lies, its lane, its label).

    `stretch` is the first and the last day of any of them; day 1 without any.
    """

    def __init__(self, rows: Sequence[EventRow] = (), items: Sequence[Item] = ()) -> None:
        self.rows = tuple(rows)
        self.items = tuple(items)
        self._at = {row.id: number for number, row in enumerate(self.rows)}
        firsts: dict[str, list[int]] = {}
        lasts: dict[str, list[int]] = {}
        self._in_lane: dict[str, list[tuple[int, int]]] = {}
        for number, item in enumerate(self.items):
            firsts.setdefault(item.lane, []).append(item.first)
            lasts.setdefault(item.lane, []).append(item.last)
            self._in_lane.setdefault(item.lane, []).append((item.first, number))
        self._ends = {lane: (sorted(firsts[lane]), sorted(lasts[lane])) for lane in firsts}
        for placed in self._in_lane.values():
            placed.sort()
        self.stretch = (1, 1)
        if self.items:
            self.stretch = min(item.first for item in self.items), max(item.last for item in self.items)
        self._extents: list[tuple[int, int]] | None = None
        self._density: dict[Unit, tuple[Bucket, ...]] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, event_id: object) -> bool:
        return event_id in self._at

    @property
    def lanes(self) -> frozenset[str]:
        """The lanes that hold any of them."""
        return frozenset(self._in_lane)

    def row(self, event_id: str) -> EventRow:
        """An event. Raises KeyError."""
        return self.rows[self._at[event_id]]

    def item(self, event_id: str) -> Item:
        """Where an event lies. Raises KeyError."""
        return self.items[self._at[event_id]]

    def number(self, event_id: str | None) -> int | None:
        """The place of an event in their order, from 0; None for one that is not shown."""
        return None if event_id is None else self._at.get(event_id)

    def count(self, begin: float, end: float, lane: str | None = None) -> int:
        """How many lie, all or in part, between the start of day `begin` and the start of day `end`."""
        lanes = self._ends.values() if lane is None else [self._ends[lane]] if lane in self._ends else []
        return sum(bisect_left(firsts, end) - bisect_right(lasts, begin - 1) for firsts, lasts in lanes)

    def nearest(self, lane: str, day: int) -> str:
        """The event of a lane that begins nearest to a day. Raises KeyError for a lane without any."""
        placed = self._in_lane[lane]
        at = bisect_left(placed, (day, -1))
        around = placed[max(at - 1, 0) : at + 1]
        return self.rows[min(around, key=lambda pair: (abs(pair[0] - day), pair[1]))[1]].id

    def first_in(self, begin: float, end: float) -> str | None:
        """The first event that begins between the starts of two days, else the first that reaches there, else the
        next one after, or the last; None where there is none at all.
        """
        places = range(len(self.items))
        wanted: tuple[Callable[[Item], bool], ...] = (
            lambda item: begin <= item.first < end,
            lambda item: item.first < end and item.last + 1 > begin,
            lambda item: item.first >= end,
        )
        found = (number for fits in wanted for number in places if fits(self.items[number]))
        number = next(found, len(self.items) - 1)
        return self.rows[number].id if self.rows else None

    def density(self, unit: Unit, begin: float, end: float) -> tuple[Bucket, ...]:
        """How many begin in each unit from day `begin` to day `end`; units without any are not given."""
        if self._extents is None:
            extents = map(extent_of_start, (row.date for row in self.rows))
            self._extents = sorted((first, last) for first, last in extents if first is not None and last is not None)
        first, last = self.stretch
        if (last - first) / UNIT_DAYS[unit] > _MOST_UNITS:
            from_, to = begin - 2 * UNIT_DAYS[unit], end + UNIT_DAYS[unit]
            some = self._extents[bisect_left(self._extents, (from_,)) : bisect_right(self._extents, (to,))]
            return density_of(some, unit, begin, end)[0]
        if unit not in self._density:
            self._density[unit] = density_of(self._extents, unit, first, last)[0]
        whole = self._density[unit]
        starts = bisect_left(whole, begin, key=lambda bucket: bucket.last + 1)
        return whole[starts : bisect_left(whole, end, key=lambda bucket: bucket.first)]
