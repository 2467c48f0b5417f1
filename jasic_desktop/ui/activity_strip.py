"""When a record appears in the archive's events: a small bar for each month, painted, for pointer and keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from jasic_desktop.core.dates import Date
from jasic_desktop.render.timeline_scale import Bucket, Unit, density, extent_of_start, starts
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.ring import draw_ring

_HEADING: Final = 20
_BARS: Final = 34
_CAPTION: Final = 18
_MOST_MONTHS: Final = 480
"""Over a longer time the bars are years."""
_BACK: Final = (Qt.Key.Key_Left, Qt.Key.Key_H)
_ON: Final = (Qt.Key.Key_Right, Qt.Key.Key_L)


class ActivityStrip(QWidget):
    """A heading with the years, the bars, and a line that tells the month and count of the bar pointed at.

    Left and right go through the bars; Enter or a click narrows everything to the month.
    """

    spoken_role = "Chart"

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._dates: tuple[Date, ...] = ()
        self._unit: Unit = "month"
        self._buckets: tuple[Bucket, ...] = ()
        self._soft: tuple[tuple[int, int], ...] = ()
        self._first, self._last = 0, 0
        self._current = -1
        self._hovered = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setVisible(False)

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def buckets(self) -> tuple[Bucket, ...]:
        """The bars, in order of time."""
        return self._buckets

    @property
    def current(self) -> Bucket | None:
        """The bar that the keys are on."""
        return self._buckets[self._current] if 0 <= self._current < len(self._buckets) else None

    @property
    def heading(self) -> str:
        """What the strip shows, with its years."""
        first, last = date.fromordinal(self._first).year, date.fromordinal(self._last).year
        years = str(first) if first == last else f"{first}–{last}"
        return self._coordinator.words("window.profile.in_the_record", years=years)

    @property
    def caption(self) -> str:
        """The line below the bars: the bar pointed at or under the keys, else how many events there are."""
        at = self._hovered if self._hovered >= 0 else self._current if self.hasFocus() else -1
        if 0 <= at < len(self._buckets):
            return self.words_of(self._buckets[at])
        return self._coordinator.words("window.profile.by_month", count=len(self._dates))

    def words_of(self, bucket: Bucket) -> str:
        """The month of a bar and its count."""
        words, when = self._coordinator.words, date.fromordinal(bucket.first)
        if self._unit == "year":
            month = words("render.date.year", year=when.year)
        else:
            month = words("dates.month", month=words(f"dates.months.{when.month}"), year=when.year)
        return words("window.start.month", month=month, count=bucket.count)

    # ------------------------------------------------------------------------------------------------------ slots

    def show_dates(self, dates: Sequence[Date]) -> None:
        """Show when other events began; without any the strip is gone."""
        self._dates = tuple(when for when in dates if extent_of_start(when)[0] is not None)
        extents = [extent_of_start(when) for when in self._dates]
        days = [day for extent in extents for day in extent if day is not None]
        self._current = self._hovered = -1
        self._buckets, self._soft = (), ()
        if days:
            begin, end = date.fromordinal(min(days)), date.fromordinal(max(days))
            self._unit = "month" if (end.year - begin.year) * 12 <= _MOST_MONTHS else "year"
            self._first, self._last = date(begin.year, 1, 1).toordinal(), date(end.year, 12, 31).toordinal()
            self._buckets, coarse = density(self._dates, self._unit, self._first, self._last)
            self._soft = tuple(
                (first, last)
                for first, last in sorted({extents[at] for at in coarse}, key=str)
                if first is not None and last is not None
            )
        self.setVisible(bool(days))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._buckets else Qt.FocusPolicy.NoFocus)
        self.refresh()

    def refresh(self) -> None:
        """Take words, sizes and colours again."""
        self._tell()
        self.updateGeometry()
        self.update()

    def go(self, at: int) -> None:
        """Put the keys on a bar."""
        if self._buckets:
            self._current = max(0, min(at, len(self._buckets) - 1))
            self._tell()
            self.update()

    def choose(self, at: int) -> None:
        """Narrow everything to the month of a bar."""
        if 0 <= at < len(self._buckets):
            bucket = self._buckets[at]
            since, until = date.fromordinal(bucket.first).isoformat(), date.fromordinal(bucket.last).isoformat()
            self._coordinator.narrow(replace(self._coordinator.moment.filters, since=since, until=until))

    # ----------------------------------------------------------------------------------------------------- events

    def sizeHint(self) -> QSize:
        """Heading, bars and caption."""
        return QSize(200, self._coordinator.length(_HEADING + _CAPTION) + _BARS + 8)

    def minimumSizeHint(self) -> QSize:
        """It can be narrow."""
        return QSize(40, self.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys begin at the first bar."""
        super().focusInEvent(event)
        self.go(max(0, self._current))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The caption tells of all again."""
        super().focusOutEvent(event)
        self._tell()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go through the bars, Home and End to the ends; Enter narrows."""
        key = Qt.Key(event.key())
        if key in _BACK or key in _ON:
            self.go(self._current + (1 if key in _ON else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(0 if key == Qt.Key.Key_Home else len(self._buckets) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.choose(self._current)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the month under the pointer."""
        at = self._at(event.position())
        if at != self._hovered:
            self._hovered = at
            self.setCursor(Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._hovered = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Taken where a bar is; the click counts when the button is let go."""
        event.setAccepted(self._at(event.position()) >= 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a bar narrows."""
        at = self._at(event.position())
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.go(at)
            self.choose(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the heading, soft bars, bars, the axis and the caption."""
        if not self._dates:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._coordinator.theme
        self._words(painter, 0, self._coordinator.length(_HEADING), self.heading, "heading")
        self._paint_soft(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        for at, bucket in enumerate(self._buckets):
            pointed = at == self._hovered or (at == self._current and self.hasFocus())
            painter.setBrush(theme.color("ink" if pointed else "event"))
            painter.drawRect(self._bar(bucket))
        painter.setPen(QPen(theme.color("edge"), 1))
        painter.drawLine(QPointF(0, self._base + 0.5), QPointF(self.width(), self._base + 0.5))
        self._words(painter, self._base + 4, self._coordinator.length(_CAPTION), self.caption, "small")
        if self.hasFocus():
            top = self._coordinator.length(_HEADING)
            draw_ring(painter, theme, QRectF(1, top, self.width() - 2, self._base - top + 3))
        painter.end()

    # ---------------------------------------------------------------------------------------------------- helpers

    @property
    def _base(self) -> float:
        return self._coordinator.length(_HEADING) + _BARS

    @property
    def _bar_width(self) -> float:
        units = sum(1 for _ in starts(self._first, self._last, self._unit)) or 1
        return max(2.0, min(6.0, (self.width() - 8) / units - 1))

    def _x(self, day: float) -> float:
        return 4 + (self.width() - 8) * (day - self._first) / max(1, self._last + 1 - self._first)

    def _bar(self, bucket: Bucket) -> QRectF:
        most = max(other.count for other in self._buckets)
        high = max(3.0, (_BARS - 6) * bucket.count / most)
        middle, wide = (self._x(bucket.first) + self._x(bucket.last + 1)) / 2, self._bar_width
        return QRectF(middle - wide / 2, self._base - high, wide, high)

    def _at(self, place: QPointF) -> int:
        """The bar at a place, from the heading to the axis and four pixels to either side; the nearest of several."""
        if not self._buckets or not self._coordinator.length(_HEADING) <= place.y() <= self._base + 4:
            return -1
        away = [abs(self._bar(bucket).center().x() - place.x()) for bucket in self._buckets]
        nearest = min(range(len(away)), key=away.__getitem__)
        return nearest if away[nearest] <= self._bar_width / 2 + 4 else -1

    def _paint_soft(self, painter: QPainter) -> None:
        """A date known less closely than a bar: over all that it may mean, fading at both ends."""
        for first, last in self._soft:
            left, right = self._x(first), self._x(last + 1)
            color = self._coordinator.theme.color("event")
            clear = QColor(color)
            clear.setAlpha(0)
            color.setAlpha(150)
            fade = QLinearGradient(left, 0, right, 0)
            for at, stop in ((0.0, clear), (0.25, color), (0.75, color), (1.0, clear)):
                fade.setColorAt(at, stop)
            painter.fillRect(QRectF(left, self._base - 3, right - left, 3), fade)

    def _words(self, painter: QPainter, top: float, high: float, words: str, role: str) -> None:
        font = self._coordinator.font("heading" if role == "heading" else "small")
        painter.setFont(font)
        painter.setPen(self._coordinator.theme.color("ink-3"))
        told = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, self.width())
        area = QRectF(0, top, self.width(), high)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), told)

    def _tell(self) -> None:
        if not self._dates:
            return
        count = self._coordinator.words("window.profile.by_month", count=len(self._dates))
        self.setAccessibleName(f"{self.heading}: {count}")
        told = "; ".join(self.words_of(bucket) for bucket in self._buckets)
        current = self.current
        self.setAccessibleDescription(self.words_of(current) if current is not None and self.hasFocus() else told)
