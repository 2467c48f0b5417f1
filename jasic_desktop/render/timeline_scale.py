"""The axis of the timeline: days to positions, marks on the axis, and how many events fall where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Literal

from msgspec import Struct

from jasic_desktop.core.dates import Date, points
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language

Unit = Literal["day", "week", "month", "quarter", "year", "decade", "century"]
UNIT_DAYS: Final[dict[Unit, float]] = {
    "day": 1,
    "week": 7,
    "month": 30.4,
    "quarter": 91.3,
    "year": 365.2,
    "decade": 3652,
    "century": 36525,
}
_MONTHS_IN: Final = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


_STUB: Final = 0.06
"""The share of a broken axis that each of its close stretches takes."""


def ordinal(day: str) -> int:
    """The number of an ISO day, counted from 1 January of the year 1; the next day is one more."""
    return date.fromisoformat(day).toordinal()


@dataclass(frozen=True)
class Scale:
    """Days to positions, straight between knots: `days` and `positions` rise together and are of one length, two at
    least. More than two knots make an axis that is drawn closer together where little happens (a broken axis).
    """

    days: tuple[float, ...]
    positions: tuple[float, ...]

    def __post_init__(self) -> None:
        rising = all(a < b for line in (self.days, self.positions) for a, b in pairwise(line))
        if len(self.days) != len(self.positions) or len(self.days) < 2 or not rising:
            raise ValueError("a scale needs two knots or more, rising on both sides")

    @classmethod
    def linear(cls, first: float, last: float, width: float) -> Scale:
        """The days from the start of `first` to the end of `last` (numbers of days) over `width` pixels, from 0."""
        return cls((first, last + 1), (0, width))

    @classmethod
    def broken(cls, days: Sequence[int], width: float) -> Scale:
        """The days of events over `width` pixels, with the sparse stretches before and after most of them drawn close.

        Linear where there are few events, or no such stretch. `days` are numbers of days, one at least.
        """
        ordered = sorted(days)
        first, last = ordered[0], ordered[-1]
        few = len(ordered) // 30
        begin, end = ordered[few], ordered[-1 - few]
        room = max((end - begin) // 40, 1)
        if not few or (end - begin) * 2 > last - first:
            edge = max((last - first) // 50, 1)
            return cls.linear(max(first - edge, 1), last + edge, width)
        knots = [(begin - room, _STUB * width), (end + room, (1 - _STUB) * width)]
        before = (first - (begin - first) // 10, 0.0) if first < begin - room else None
        after = (last + (last - end) // 10, float(width)) if last > end + room else None
        knots[0] = knots[0] if before else (knots[0][0], 0.0)
        knots[1] = knots[1] if after else (knots[1][0], float(width))
        both = [*([before] if before else []), *knots, *([after] if after else [])]
        return cls(tuple(float(max(day, 1)) for day, _ in both), tuple(x for _, x in both))

    @property
    def core(self) -> tuple[float, float]:
        """The first and last day of the stretch that is drawn widest."""
        widest = max(
            range(len(self.days) - 1),
            key=lambda at: (self.positions[at + 1] - self.positions[at]) / (self.days[at + 1] - self.days[at]),
        )
        return self.days[widest], self.days[widest + 1]

    def x(self, day: float) -> float:
        """The position of the start of a day; outside the knots the axis runs on as straight as at its end."""
        return _straight(self.days, self.positions, day)

    def places(self, days: Sequence[int]) -> list[float]:
        """The positions of the starts of many days, as `x` gives each."""
        if len(self.days) > 2:
            return [self.x(day) for day in days]
        (low, high), (below, above) = self.days, self.positions
        rise, run = above - below, high - low
        return [below + (day - low) * rise / run for day in days]

    def day(self, x: float) -> float:
        """The day, with its fraction, at a position."""
        return _straight(self.positions, self.days, x)

    @property
    def pixels_per_day(self) -> float:
        """How closely days are drawn in the widest stretch."""
        first, last = self.core
        return (self.x(last) - self.x(first)) / (last - first)


def _straight(from_: Sequence[float], to: Sequence[float], value: float) -> float:
    at = min(max(bisect_right(from_, value) - 1, 0), len(from_) - 2) if len(from_) > 2 else 0
    low, below = from_[at], to[at]
    return below + (value - low) * (to[at + 1] - below) / (from_[at + 1] - low)


class Tick(Struct, frozen=True):
    """A place on the axis where a unit begins: the number of its first day, its words, and whether a year begins."""

    day: int
    label: str
    major: bool


def unit_for(pixels_per_day: float, room: float = 70) -> Unit:
    """The smallest unit whose labels have `room` pixels each."""
    return next((unit for unit, days in UNIT_DAYS.items() if days * pixels_per_day >= room), "century")


def ticks(first: float, last: float, unit: Unit, language: Language) -> tuple[Tick, ...]:
    """The beginnings of units from day `first` to day `last`."""
    return tuple(
        Tick(day, _label(day, unit, language, first=number == 0), _major(day, unit))
        for number, day in enumerate(starts(first, last, unit))
    )


def starts(first: float, last: float, unit: Unit) -> Iterator[int]:
    """The number of the first day of each unit that begins from `first` to `last`. Weeks begin on Monday."""
    first, last = max(int(first), 1), min(int(last), date.max.toordinal())
    if unit in ("day", "week"):
        step = 7 if unit == "week" else 1
        # Day 1 of the count is a Monday.
        begin = first + (1 - first) % 7 if unit == "week" else first
        yield from range(begin, last + 1, step)
        return
    months = _MONTHS_IN[unit]
    here = date.fromordinal(first)
    index = (here.year * 12 + here.month - 1) // months * months
    while index // 12 <= date.max.year:
        if index >= 12:
            day = date(index // 12, index % 12 + 1, 1).toordinal()
            if day > last:
                return
            if day >= first:
                yield day
        index += months


def _major(day: int, unit: Unit) -> bool:
    here = date.fromordinal(day)
    if unit in ("day", "week"):
        return here.month == 1 and here.day <= UNIT_DAYS[unit]
    return here.month == 1 and (unit not in ("year", "decade") or here.year % (10 if unit == "year" else 100) == 0)


def _label(day: int, unit: Unit, language: Language, *, first: bool) -> str:
    here = date.fromordinal(day)
    parts = {"day": here.day, "month": translate(f"render.month.{here.month}", language), "year": here.year}
    if unit in ("day", "week", "month"):
        # The year stands where it begins, and at the first mark: the others have it in view.
        with_year = "_of_year" if first or _major(day, unit) else ""
        return translate(f"render.date.{'month' if unit == 'month' else 'day'}{with_year}", language, **parts)
    if unit == "quarter":
        return translate("render.date.quarter", language, quarter=(here.month + 2) // 3, **parts)
    return translate(f"render.date.{'decade' if unit == 'decade' else 'year'}", language, **parts)


class Bucket(Struct, frozen=True):
    """A stretch of the axis from day `first` to day `last` and the number of events that begin in it."""

    first: int
    last: int
    count: int


def density(dates: Iterable[Date], unit: Unit, first: float, last: float) -> tuple[tuple[Bucket, ...], tuple[int, ...]]:
    """How many of `dates` begin in each unit between two days, and the positions in `dates` of those left out.

    A date known less closely than the unit is in no bucket: it would claim a month for what is known to the year.
    An interval counts where it begins. Buckets without events are not given.
    """
    return density_of(map(extent_of_start, dates), unit, first, last)


def density_of(
    extents: Iterable[tuple[int | None, int | None]], unit: Unit, first: float, last: float
) -> tuple[tuple[Bucket, ...], tuple[int, ...]]:
    """The same for dates whose `extent_of_start` is known."""
    edges = [*starts(first - 2 * UNIT_DAYS[unit], last, unit)]
    counts: dict[int, int] = {}
    coarse: list[int] = []
    for index, (begins, ends) in enumerate(extents):
        if begins is None or ends is None:
            coarse.append(index)
            continue
        if begins > last or ends < first:
            continue
        bucket = bisect_right(edges, begins) - 1
        if bucket < 0 or (bucket + 1 < len(edges) and ends >= edges[bucket + 1]):
            coarse.append(index)
        else:
            counts[bucket] = counts.get(bucket, 0) + 1
    buckets = (
        Bucket(edges[at], (edges[at + 1] if at + 1 < len(edges) else edges[at] + round(UNIT_DAYS[unit])) - 1, count)
        for at, count in sorted(counts.items())
    )
    return tuple(buckets), tuple(coarse)


def extent_of_start(when: Date) -> tuple[int | None, int | None]:
    """The first and last day on which what `when` names may have begun, by its words; None for an open start."""
    start = points(when.edtf)[0]
    return (None, None) if start is None else (ordinal(start.first), ordinal(start.last))
