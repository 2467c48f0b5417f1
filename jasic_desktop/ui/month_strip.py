"""The whole timeline in one strip by month, painted, with the axis broken where little happened."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from jasic_desktop.packs.store import EventRow
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.month_bars import MonthBars

_HEIGHT: Final = 84
_AXIS: Final = 24
"""Room for the years below the axis."""
_HEAD: Final = 16
"""Room above the tallest bar."""


class MonthStrip(QWidget):
    """A bar for each month with events. `month_chosen` tells the first and last day (ISO) of a bar that was clicked.

    It repeats what the timeline and its table say, so the keyboard and screen readers pass it by.
    """

    spoken_role = "Chart"

    month_chosen = Signal(str, str)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._events: tuple[EventRow, ...] = ()
        self._bars = MonthBars(coordinator)
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
        self._bars.take(events)
        self._bars.measure(self.width())
        self.update()

    # ----------------------------------------------------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the months over another width."""
        super().resizeEvent(event)
        self._bars.measure(self.width())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a month's bar chooses the month."""
        if self._bars.scale is None or event.button() != Qt.MouseButton.LeftButton:
            return
        day = self._bars.scale.day(event.position().x())
        for bucket in self._bars.buckets:
            if bucket.first <= day < bucket.last + 1:
                self.month_chosen.emit(_iso(bucket.first), _iso(bucket.last))
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw years, soft bars, bars, axis, and the tallest month's words, in this order."""
        if self._bars.scale is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._coordinator.font("small")
        font.setPixelSize(self._coordinator.length(11))
        painter.setFont(font)
        base = self.height() - max(_AXIS, self._coordinator.length(_AXIS)) + 0.5
        color = self._coordinator.theme.color("event")
        self._bars.paint_years(painter, base, self.height())
        self._bars.paint_soft(painter, base, color)
        self._bars.paint_bars(painter, base, self._head, color)
        self._bars.paint_axis(painter, base)
        self._paint_words(painter, base)
        painter.end()

    # ---------------------------------------------------------------------------------------------------- helpers

    @property
    def _head(self) -> float:
        return _HEAD + self._coordinator.length(8)

    def _paint_words(self, painter: QPainter, base: float) -> None:
        """The tallest month in words beside its bar, on whichever side there is room."""
        scale, tallest = self._bars.scale, self._bars.tallest
        if scale is None or tallest is None:
            return
        theme, metrics = self._coordinator.theme, QFontMetricsF(painter.font())
        when = date.fromordinal(tallest.first)
        name = self._coordinator.words(f"dates.months.{when.month}")
        month = self._coordinator.words("dates.month", month=name, year=when.year)
        words = self._coordinator.words("window.start.month", month=month, count=tallest.count)
        width = metrics.horizontalAdvance(words)
        left, right = scale.x(tallest.first), scale.x(tallest.last + 1)
        top = self._bars.top(tallest.count, base, self._head)
        x = left - 12 - width if left - 12 - width > 0 else right + 12
        painter.setPen(QPen(theme.color("edge"), 1))
        near = (left - 8, left + 1) if x < left else (right - 1, right + 8)
        painter.drawLine(QPointF(near[0], top + metrics.height() / 2), QPointF(near[1], top + metrics.height() / 2))
        painter.fillRect(QRectF(x - 2, top, width + 4, metrics.height()), theme.color("sunken"))
        painter.setPen(theme.color("ink"))
        painter.drawText(QPointF(x, top + metrics.ascent()), words)


def _iso(day: int) -> str:
    return (date.min + timedelta(days=day - 1)).isoformat()
