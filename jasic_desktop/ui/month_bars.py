"""The whole archive by month as bars over an axis that is broken where little happened: its measures and its paint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter, QPen

from jasic_desktop.packs.store import EventRow
from jasic_desktop.render.timeline_scale import UNIT_DAYS, Bucket, Scale, Unit, density_of, extent_of_start, starts
from jasic_desktop.ui.coordinator import Coordinator

_STUB: Final = 68
"""Room for what lies beyond a break of the axis."""
_WIDEST: Final = 12.0
_LEAST_WIDTH: Final = 100
_YEARS: Final[tuple[Unit, ...]] = ("year", "decade", "century")
_LEAST_YEAR: Final = 12.0


class Outer(Struct, frozen=True):
    """What lies before or after the broken axis: its events gathered in one bar."""

    first: int
    last: int
    count: int
    left: float
    right: float


class _Soft(Struct, frozen=True):
    """Events known to no month: all days that the date of one may mean."""

    first: int
    last: int


class MonthBars:
    """Events by month over a width in pixels, from 0. `paint_...` draw on a painter whose font is set.

    `scale` runs from the first to the last event with the stretches beyond the breaks drawn close; None where there is
    nothing to draw. `base` is the height of the axis, `top` that of the tallest bar.
    """

    def __init__(self, coordinator: Coordinator) -> None:
        self._coordinator = coordinator
        self.scale: Scale | None = None
        self.buckets: tuple[Bucket, ...] = ()
        self.outer: tuple[Outer, ...] = ()
        self._soft: tuple[_Soft, ...] = ()
        self._width = 0.0
        self._any = False
        self._before: list[int] = []
        self._after: list[int] = []
        self._begin = self._end = 1
        self._most = 1

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def tallest(self) -> Bucket | None:
        """The month with the most events."""
        return max(self.buckets, key=lambda bucket: bucket.count, default=None)

    def take(self, events: Sequence[EventRow]) -> None:
        """Count other events; `measure` then gives them their places."""
        # Many events have the same date, as it was written.
        dates = {row.date.edtf: row.date for row in events}
        known = {edtf: extent_of_start(when) for edtf, when in dates.items()}
        extents = [known[row.date.edtf] for row in events]
        days = [begins for begins, _ in extents if begins is not None]
        self._before, self._after, self.buckets, self._soft = [], [], (), ()
        self._any = bool(days)
        if not days:
            return
        # How the axis is broken does not depend on its width.
        first, last = (date.fromordinal(int(day)) for day in Scale.broken(days, _LEAST_WIDTH).core)
        begin, end = date(first.year, 1, 1).toordinal(), date(last.year, 12, 31).toordinal()
        self._begin, self._end = begin, end
        self._before, self._after = [day for day in days if day < begin], [day for day in days if day > end]
        self.buckets, coarse = density_of(extents, "month", begin, end)
        counts = [bucket.count for bucket in self.buckets]
        self._most = max([*counts, len(self._before), len(self._after)], default=1)
        self._soft = tuple(
            _Soft(began, ended)
            for began, ended in sorted({extents[index] for index in coarse}, key=str)
            if began is not None and ended is not None and began >= begin and ended <= end
        )

    def measure(self, width: float) -> None:
        """Spread the months over `width` pixels."""
        self.scale, self.outer = None, ()
        self._width = width
        if not self._any or width < _LEAST_WIDTH:
            return
        before, after = self._before, self._after
        stub = min(float(self._coordinator.length(_STUB)), width / 4)
        left, right = (stub if before else 0.0), width - (stub if after else 0.0)
        knots = [(float(self._begin), left), (float(self._end + 1), right)]
        outer = []
        if before:
            knots.insert(0, (float(min(before)), 0.0))
            outer.append(Outer(min(before), max(before), len(before), 0, left))
        if after:
            knots.append((float(max(after) + 1), float(width)))
            outer.append(Outer(min(after), max(after), len(after), right, width))
        self.scale = Scale(tuple(day for day, _ in knots), tuple(x for _, x in knots))
        self.outer = tuple(outer)

    def top(self, count: int, base: float, head: float) -> float:
        """Where the bar of so many events begins, when the tallest has `head` pixels above it."""
        return base - max(3.0, (base - head) * count / self._most)

    # ----------------------------------------------------------------------------------------------------- painting

    def paint_years(self, painter: QPainter, base: float, bottom: float) -> None:
        """Lines where years begin, and their numbers between the axis and `bottom`."""
        if self.scale is None:
            return
        theme, scale = self._coordinator.theme, self.scale
        wide = scale.x(self._begin + 1) - scale.x(self._begin)
        # In an archive of centuries a line for every year would be a grey wall.
        unit = next((unit for unit in _YEARS if UNIT_DAYS[unit] * wide >= _LEAST_YEAR), _YEARS[-1])
        edges = [*starts(self._begin, self._end, unit), self._end + 1]
        for at, day in enumerate(edges[:-1]):
            left, right = scale.x(day), scale.x(edges[at + 1])
            if at or self.outer:
                painter.setPen(QPen(theme.color("line"), 1))
                painter.drawLine(QPointF(round(left) + 0.5, 4), QPointF(round(left) + 0.5, base))
            words = self._coordinator.words("render.date.year", year=date.fromordinal(day).year)
            if right - left > QFontMetricsF(painter.font()).horizontalAdvance(words) + 4:
                painter.setPen(theme.color("ink-2"))
                area = QRectF(left, base, right - left, bottom - base)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
        for beyond in self.outer:
            first, last = date.fromordinal(beyond.first).year, date.fromordinal(beyond.last).year
            painter.setPen(theme.color("ink-2"))
            area = QRectF(beyond.left, base, beyond.right - beyond.left, bottom - base)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, f"{first}" if first == last else f"{first}–{last}")

    def paint_soft(self, painter: QPainter, base: float, color: QColor) -> None:
        """A low bar over all that a date may mean, fading at both ends."""
        if self.scale is None:
            return
        clear, full = QColor(color), QColor(color)
        clear.setAlpha(0)
        full.setAlpha(150)
        for soft in self._soft:
            left, right = self.scale.x(soft.first), self.scale.x(soft.last + 1)
            fade = QLinearGradient(left, 0, right, 0)
            for at, stop in ((0.0, clear), (0.25, full), (0.75, full), (1.0, clear)):
                fade.setColorAt(at, stop)
            painter.fillRect(QRectF(left, base - 6, right - left, 6), fade)

    def paint_bars(self, painter: QPainter, base: float, head: float, color: QColor) -> None:
        """A bar for each month, and one for all that lies beyond a break."""
        if self.scale is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for bucket in self.buckets:
            left, right = self.scale.x(bucket.first), self.scale.x(bucket.last + 1)
            self._bar(painter, (left + right) / 2, max(2.0, min(_WIDEST, right - left - 3)), bucket.count, base, head)
        for beyond in self.outer:
            self._bar(painter, (beyond.left + beyond.right) / 2, _WIDEST, beyond.count, base, head)
        # The corners of the bars are round above only.
        painter.fillRect(QRectF(0, base, self._width, 3), self._coordinator.theme.color("sunken"))

    def paint_axis(self, painter: QPainter, base: float) -> None:
        """The axis, with two strokes where it is broken."""
        theme = self._coordinator.theme
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.drawLine(QPointF(0, base), QPointF(self._width, base))
        for beyond in self.outer:
            at = beyond.right - 8 if beyond.left == 0 else beyond.left + 8
            painter.fillRect(QRectF(at - 4, base - 3, 8, 6), theme.color("sunken"))
            painter.setPen(QPen(theme.color("ink-2"), 1.2))
            for shift in (-2.5, 2.5):
                painter.drawLine(QPointF(at + shift - 2, base + 5), QPointF(at + shift + 2, base - 5))

    # ---------------------------------------------------------------------------------------------------- helpers

    def _bar(self, painter: QPainter, middle: float, wide: float, count: int, base: float, head: float) -> None:
        top = self.top(count, base, head)
        painter.drawRoundedRect(QRectF(middle - wide / 2, top, wide, base - top + 2), 2, 2)
