"""Which days a timeline shows, and where: zooming, panning and fitting, without a widget."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from jasic_desktop.render.timeline_scale import Scale

CLOSEST: Final = 60.0
"""Pixels that a day has where the timeline is drawn at its largest, at a text size of 100 %."""
_END: Final = float(date.max.toordinal() + 1)
_LEAST_MARGIN: Final = 20
_MARGIN: Final = 0.03
_MOST_OF_THEM: Final = 0.75
_ROOM: Final = 0.04
_WIDE: Final = 1000.0


class Limits(Struct, frozen=True):
    """How far the timeline goes: from the start of day `begin` to the start of day `end`, in numbers of days."""

    begin: float
    end: float

    @classmethod
    def around(cls, first: float, last: float) -> Limits:
        """All days from `first` to `last` with a margin, within the years 1 and 9999."""
        margin = max((last + 1 - first) * _MARGIN, _LEAST_MARGIN)
        return cls(max(first - margin, 1.0), min(last + 1 + margin, _END))

    @property
    def days(self) -> float:
        """How many days that are."""
        return self.end - self.begin


class Viewport(Struct, frozen=True):
    """The days in view: from the start of day `begin` (with its fraction) over `width` pixels, from position 0.

    Every way to another viewport keeps within `limits`, and `unit` (the text size) says how large a day may become.
    """

    limits: Limits
    begin: float
    per_day: float
    width: float
    unit: float = 1.0

    @classmethod
    def of(cls, limits: Limits, begin: float, end: float, width: float, unit: float = 1.0) -> Viewport:
        """The stretch from the start of day `begin` to the start of day `end`, as far as the limits allow."""
        width = max(width, 1.0)
        made = cls(limits, begin, width / max(end - begin, 1e-6), width, unit)
        return _scaled(made, (begin + end) / 2, width / 2)

    @property
    def end(self) -> float:
        """Where the view ends: the start of the first day that is not in it."""
        return self.begin + self.width / self.per_day

    @property
    def span(self) -> tuple[float, float]:
        """The first and the last day shown."""
        return self.begin, max(self.end - 1, self.begin)

    @property
    def days(self) -> float:
        """How many days are in view."""
        return self.width / self.per_day

    @property
    def closest(self) -> float:
        """The most pixels that a day may have here."""
        return max(CLOSEST * self.unit, self.width / self.limits.days)

    @property
    def is_closest(self) -> bool:
        """Whether nothing more can be seen by zooming in."""
        return self.per_day >= self.closest * (1 - 1e-9)

    def x(self, day: float) -> float:
        """The position of the start of a day."""
        return (day - self.begin) * self.per_day

    def day(self, x: float) -> float:
        """The day, with its fraction, at a position."""
        return self.begin + x / self.per_day

    def shows(self, first: float, last: float) -> bool:
        """Whether anything from the start of `first` to the end of `last` is in view."""
        return first < self.end and last + 1 > self.begin

    def zoomed(self, factor: float, x: float | None = None) -> Viewport:
        """Days drawn `factor` times as wide; the day at position `x` (the middle) stays where it is, where it can."""
        at = self.width / 2 if x is None else x
        return _scaled(replace(self, per_day=self.per_day * factor), self.day(at), at)

    def panned(self, pixels: float) -> Viewport:
        """The view moved to later days by so many pixels."""
        return _bounded(replace(self, begin=self.begin + pixels / self.per_day))

    def moved(self, begin: float) -> Viewport:
        """The view with another first day."""
        return _bounded(replace(self, begin=begin))

    def resized(self, width: float, unit: float) -> Viewport:
        """The same stretch over another width."""
        return Viewport.of(self.limits, self.begin, self.end, width, unit)

    def with_limits(self, limits: Limits) -> Viewport:
        """The same stretch within other limits."""
        return Viewport.of(limits, self.begin, self.end, self.width, self.unit)

    def bringing(self, first: float, last: float, room: float) -> Viewport:
        """The view moved so that what goes from day `first` to `last` begins in it, `room` pixels from its edges."""
        room = min(room, self.width / 3)
        left, right = self.x(first), self.x(last + 1)
        if left < room and right > self.width - room:
            return self
        if left > self.width - room:
            return self.panned(left - self.width + 2 * room)
        if right < room or (left < 0 and right < self.width / 3):
            return self.panned(min(left, right - room) - room)
        return self


def _scaled(view: Viewport, day: float, x: float) -> Viewport:
    """The view at the nearest scale that is allowed, with `day` at `x` where the limits let it be there."""
    per_day = min(max(view.per_day, view.width / view.limits.days), view.closest)
    return _bounded(replace(view, per_day=per_day, begin=day - x / per_day))


def _bounded(view: Viewport) -> Viewport:
    """The view moved into the limits."""
    last = view.limits.end - view.width / view.per_day
    return replace(view, begin=max(min(view.begin, last), view.limits.begin))


def axis(per_day: float, origin: float) -> Scale:
    """A straight axis: `per_day` pixels for each day, with day `origin` at 0."""
    return Scale((origin, origin + _WIDE), (0.0, per_day * _WIDE))


def busiest(days: Sequence[int]) -> tuple[float, float]:
    """The shortest stretch in which most of `days` (numbers of days, one at least) lie, with some room."""
    ordered = sorted(days)
    many = max(round(len(ordered) * _MOST_OF_THEM), 1)
    starts = range(len(ordered) - many + 1)
    at = min(starts, key=lambda start: (ordered[start + many - 1] - ordered[start], start))
    first, last = ordered[at], ordered[at + many - 1]
    room = max((last - first) * _ROOM, 5)
    return first - room, last + 1 + room
