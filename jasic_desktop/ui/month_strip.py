"""The whole timeline in one strip by month, painted, with the axis broken where little happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from jasic_desktop.packs.store import EventRow
from jasic_desktop.render.timeline_scale import Bucket, Scale, density, extent_of_start, starts
from jasic_desktop.ui.coordinator import Coordinator

_HEIGHT: Final = 84
_AXIS: Final = 24
"""Room for the years below the axis."""
_HEAD: Final = 16
"""Room above the tallest bar."""


@dataclass(frozen=True)
class _Outer:
    """What lies before or after the broken axis: its events gathered in one bar."""

    first: int
    last: int
    count: int
    left: float
    right: float


class MonthStrip(QWidget):
    """A bar for each month with events. `month_chosen` tells the first and last day (ISO) of a bar that was clicked.

    It repeats what the timeline and its table say, so the keyboard and screen readers pass it by.
    """

    month_chosen = Signal(str, str)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._events: tuple[EventRow, ...] = ()
        self._buckets: tuple[Bucket, ...] = ()
        self._outer: tuple[_Outer, ...] = ()
        self._years: tuple[tuple[int, int, int], ...] = ()
        self._scale: Scale | None = None
        self.setMinimumHeight(_HEIGHT)
        for signal in (coordinator.theme_changed, coordinator.language_changed, coordinator.text_size_changed):
            signal.connect(self.update)

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year of any event; 0 and 0 without one."""
        days = [day for row in self._events for day in row.date.stated if day]
        return (int(min(days)[:4]), int(max(days)[:4])) if days else (0, 0)

    def show_events(self, events: tuple[EventRow, ...]) -> None:
        """Draw other events."""
        self._events = events
        self._measure()
        self.update()

    # ----------------------------------------------------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the months over another width."""
        super().resizeEvent(event)
        self._measure()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a month's bar chooses the month."""
        if self._scale is None or event.button() != Qt.MouseButton.LeftButton:
            return
        day = self._scale.day(event.position().x())
        for bucket in self._buckets:
            if bucket.first <= day < bucket.last + 1:
                self.month_chosen.emit(_iso(bucket.first), _iso(bucket.last))
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw years, soft bars, bars, their words and the axis, in this order."""
        if self._scale is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._coordinator.font("small")
        font.setPixelSize(self._coordinator.length(11))
        painter.setFont(font)
        base = self._base
        self._paint_years(painter, base)
        self._paint_soft(painter, base)
        self._paint_bars(painter, base)
        self._paint_axis(painter, base)
        self._paint_words(painter, base)
        painter.end()

    # ---------------------------------------------------------------------------------------------------- helpers

    @property
    def _base(self) -> float:
        return self.height() - max(_AXIS, self._coordinator.length(_AXIS)) + 0.5

    @property
    def _tallest(self) -> int:
        counts = [bucket.count for bucket in self._buckets] + [outer.count for outer in self._outer]
        return max(counts, default=1)

    def _height_of(self, count: int) -> float:
        return max(3.0, (self._base - _HEAD - self._coordinator.length(8)) * count / self._tallest)

    def _measure(self) -> None:
        days = [extent for row in self._events if (extent := extent_of_start(row.date)[0]) is not None]
        if not days or self.width() < 100:
            self._scale, self._buckets, self._outer, self._years = None, (), (), ()
            return
        rough = Scale.broken(days, self.width())
        first, last = (date.fromordinal(int(day)) for day in rough.core)
        begin, end = date(first.year, 1, 1).toordinal(), date(last.year, 12, 31).toordinal()
        before = [day for day in days if day < begin]
        after = [day for day in days if day > end]
        stub = float(self._coordinator.length(68))
        left, right = (stub if before else 0.0), self.width() - (stub if after else 0.0)
        knots = [(float(begin), left), (float(end + 1), right)]
        self._scale = Scale(tuple(day for day, _ in knots), tuple(x for _, x in knots))
        self._buckets, coarse = density([row.date for row in self._events], "month", begin, end)
        outer = []
        if before:
            outer.append(_Outer(min(before), max(before), len(before), 0, left))
        if after:
            outer.append(_Outer(min(after), max(after), len(after), right, self.width()))
        self._outer = tuple(outer)
        soft: dict[tuple[int, int], int] = {}
        for index in coarse:
            began, ended = extent_of_start(self._events[index].date)
            if began is not None and ended is not None and began >= begin and ended <= end:
                soft[began, ended] = soft.get((began, ended), 0) + 1
        self._years = tuple((began, ended, count) for (began, ended), count in sorted(soft.items()))

    def _paint_years(self, painter: QPainter, base: float) -> None:
        scale, theme = self._scale, self._coordinator.theme
        if scale is None:
            return
        begin, end = scale.days[0], scale.days[-1]
        years = list(starts(begin, end, "year"))
        edges = [*years, end]
        for at, day in enumerate(years):
            left, right = scale.x(day), scale.x(edges[at + 1])
            if at or self._outer:
                painter.setPen(QPen(theme.color("line"), 1))
                painter.drawLine(QPointF(round(left) + 0.5, 4), QPointF(round(left) + 0.5, base))
            words = self._coordinator.words("render.date.year", year=date.fromordinal(int(day)).year)
            if right - left > QFontMetricsF(painter.font()).horizontalAdvance(words) + 4:
                painter.setPen(theme.color("ink-2"))
                area = QRectF(left, base, right - left, self.height() - base)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
        for outer in self._outer:
            first, last = date.fromordinal(outer.first).year, date.fromordinal(outer.last).year
            words = f"{first}" if first == last else f"{first}–{last}"
            painter.setPen(theme.color("ink-2"))
            area = QRectF(outer.left, base, outer.right - outer.left, self.height() - base)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)

    def _paint_soft(self, painter: QPainter, base: float) -> None:
        """A bar over all that a date may mean, fading at both ends."""
        scale = self._scale
        if scale is None:
            return
        for began, ended, _count in self._years:
            left, right = scale.x(began), scale.x(ended + 1)
            color = self._coordinator.theme.color("event")
            clear = QColor(color)
            clear.setAlpha(0)
            color.setAlpha(150)
            fade = QLinearGradient(left, 0, right, 0)
            for at, stop in ((0.0, clear), (0.25, color), (0.75, color), (1.0, clear)):
                fade.setColorAt(at, stop)
            painter.fillRect(QRectF(left, base - 6, right - left, 6), fade)

    def _paint_bars(self, painter: QPainter, base: float) -> None:
        scale = self._scale
        if scale is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._coordinator.theme.color("event"))
        for bucket in self._buckets:
            left, right = scale.x(bucket.first), scale.x(bucket.last + 1)
            wide = max(2.0, min(12.0, right - left - 3))
            height = self._height_of(bucket.count)
            painter.drawRoundedRect(QRectF((left + right - wide) / 2, base - height, wide, height + 2), 2, 2)
        for outer in self._outer:
            height = self._height_of(outer.count)
            painter.drawRoundedRect(QRectF((outer.left + outer.right) / 2 - 6, base - height, 12, height + 2), 2, 2)
        ground = self._coordinator.theme.color("sunken")
        painter.fillRect(QRectF(0, base, self.width(), 3), ground)

    def _paint_axis(self, painter: QPainter, base: float) -> None:
        theme = self._coordinator.theme
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.drawLine(QPointF(0, base), QPointF(self.width(), base))
        for outer in self._outer:
            at = outer.right - 8 if outer.left == 0 else outer.left + 8
            painter.fillRect(QRectF(at - 4, base - 3, 8, 6), theme.color("sunken"))
            painter.setPen(QPen(theme.color("ink-2"), 1.2))
            for shift in (-2.5, 2.5):
                painter.drawLine(QPointF(at + shift - 2, base + 5), QPointF(at + shift + 2, base - 5))

    def _paint_words(self, painter: QPainter, base: float) -> None:
        """The tallest month in words beside its bar, on whichever side there is room."""
        scale = self._scale
        if scale is None or not self._buckets:
            return
        theme, metrics = self._coordinator.theme, QFontMetricsF(painter.font())
        tallest = max(self._buckets, key=lambda bucket: bucket.count)
        when = date.fromordinal(tallest.first)
        month = self._coordinator.words("dates.month", month=self._month(when), year=when.year)
        words = self._coordinator.words("window.start.month", month=month, count=tallest.count)
        width = metrics.horizontalAdvance(words)
        left, right = scale.x(tallest.first), scale.x(tallest.last + 1)
        top = base - self._height_of(tallest.count)
        x = left - 12 - width if left - 12 - width > 0 else right + 12
        y = top + metrics.ascent()
        painter.setPen(QPen(theme.color("edge"), 1))
        near = (left - 8, left + 1) if x < left else (right - 1, right + 8)
        painter.drawLine(QPointF(near[0], top + metrics.height() / 2), QPointF(near[1], top + metrics.height() / 2))
        painter.fillRect(QRectF(x - 2, top, width + 4, metrics.height()), theme.color("sunken"))
        painter.setPen(theme.color("ink"))
        painter.drawText(QPointF(x, y), words)

    def _month(self, when: date) -> str:
        return self._coordinator.words(f"dates.months.{when.month}")


def _iso(day: int) -> str:
    return (date.min + timedelta(days=day - 1)).isoformat()
