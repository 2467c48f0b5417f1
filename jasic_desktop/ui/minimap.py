"""The whole archive in small below the timeline, with the stretch that is shown as a box to move and to widen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from jasic_desktop.packs.store import EventRow
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.month_bars import MonthBars
from jasic_desktop.ui.ring import draw_ring
from jasic_desktop.ui.span_words import span_words, year_words

_HEIGHT: Final = 84
_AXIS: Final = 22
_HEAD: Final = 14
_MARGIN: Final = 16
_HANDLE: Final = 8
_GRIP: Final = 24
"""A handle is as high as this, and can be taken hold of within half of it to either side."""
_LEAST_BOX: Final = 10.0
LEAST_DAYS: Final = 1.0

_Part = Literal["start", "end", "box", "ground"]


class Minimap(QWidget):
    """Bars by month and the box. `moved` tells the first and last day (numbers of days) that the person wants shown.

    Left and Right move the box, with Shift they move its end, Page Up and Page Down move it by its own width, Home and
    End bring it to either end of the archive.
    """

    spoken_role = "Chart"

    moved = Signal(float, float)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._bars = MonthBars(coordinator)
        self._span: tuple[float, float] | None = None
        self._axis_left = 0.0
        self._held: _Part | None = None
        self._from = (0.0, 0.0, 0.0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for signal in (coordinator.theme_changed, coordinator.language_changed, coordinator.text_size_changed):
            signal.connect(self._restyle)
        self._word()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def span(self) -> tuple[float, float] | None:
        """The first and last day of the box, as it was told last."""
        return self._span

    @property
    def limits(self) -> tuple[float, float]:
        """The first and last day of the whole axis."""
        scale = self._bars.scale
        return (scale.days[0], scale.days[-1] - 1) if scale is not None else (0.0, 0.0)

    def sizeHint(self) -> QSize:
        """Low: it only shows where the drawing above is."""
        return QSize(400, max(_HEIGHT, self._coordinator.length(_HEIGHT - 12)))

    def minimumSizeHint(self) -> QSize:
        """No lower."""
        return QSize(160, self.sizeHint().height())

    # ------------------------------------------------------------------------------------------------------ slots

    def show_events(self, events: Sequence[EventRow]) -> None:
        """Draw other events."""
        self._bars.take(events)
        self._measure()
        self._word()
        self.update()

    def show_span(self, first: float, last: float) -> None:
        """Put the box around the stretch that is shown above."""
        if self._span != (first, last):
            self._span = (first, last)
            self._word()
            self.update()

    def begin_at(self, left: float) -> None:
        """Let the bars begin at this pixel, as the axis of the drawing above does."""
        if left != self._axis_left:
            self._axis_left = left
            self._measure()
            self.update()

    # ----------------------------------------------------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the months over another width."""
        super().resizeEvent(event)
        self._measure()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the box, or its end."""
        if self._span is None or self._bars.scale is None or not self._key(event):
            super().keyPressEvent(event)
            return
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a handle or the box; beside them the box comes to the mouse."""
        box = self._box
        if event.button() != Qt.MouseButton.LeftButton or box is None or self._span is None:
            return
        x = event.position().x()
        self._held = self._part(x)
        first, last = self._span
        if self._held == "ground":
            half = (last - first) / 2
            middle = self._day(x)
            self._ask(middle - half, middle + half)
            self._held = "box"
            first, last = self._span
        self._from = (x, first, last)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held, or show by the pointer what could be taken hold of."""
        x = event.position().x()
        if self._held is None:
            part = self._part(x)
            shape = {"start": Qt.CursorShape.SplitHCursor, "end": Qt.CursorShape.SplitHCursor}.get(part)
            self.setCursor(shape or (Qt.CursorShape.OpenHandCursor if part == "box" else Qt.CursorShape.ArrowCursor))
            return
        begun, first, last = self._from
        if self._held == "start":
            self._ask(min(self._day(x), last - LEAST_DAYS), last, keep=False)
        elif self._held == "end":
            self._ask(first, max(self._day(x), first + LEAST_DAYS), keep=False)
        else:
            moved = self._day(self._x(first) + x - begun) - first
            self._ask(first + moved, last + moved)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words, bars, box, bars within the box, axis and handles, in this order."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._coordinator.theme
        painter.fillRect(self.rect(), theme.color("sunken"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        self._paint_words(painter)
        if self._bars.scale is not None:
            font = self._coordinator.font("small")
            font.setPixelSize(self._coordinator.length(11))
            painter.setFont(font)
            painter.translate(self._left, 0)
            self._paint_bars(painter)
            painter.translate(-self._left, 0)
        if self.hasFocus():
            draw_ring(painter, theme, QRectF(self.rect()).adjusted(3, 4, -3, -3), 6)
        painter.end()

    # ---------------------------------------------------------------------------------------------------- helpers

    @property
    def _left(self) -> float:
        """Where the bars begin; where the words need more room than the lanes above, they take it."""
        words = (self._coordinator.words("window.timeline.whole"), self._years)
        font = self._coordinator.font("small")
        font.setBold(True)
        room = max(QFontMetricsF(font).horizontalAdvance(word) for word in words) + 1.5 * _MARGIN
        wanted = max(self._axis_left, room)
        return wanted if wanted < self.width() / 3 else _MARGIN

    @property
    def _years(self) -> str:
        return year_words(self._coordinator, *self.limits) if self._bars.scale is not None else ""

    @property
    def _base(self) -> float:
        return self.height() - max(_AXIS, self._coordinator.length(_AXIS)) + 0.5

    @property
    def _box(self) -> QRectF | None:
        """The box in the coordinates of the bars, wide enough to be seen."""
        if self._span is None or self._bars.scale is None:
            return None
        width = self.width() - self._left - _MARGIN
        left, right = (min(max(self._bars.scale.x(day), 0.0), width) for day in (self._span[0], self._span[1] + 1))
        if right - left < _LEAST_BOX:
            middle = min(max((left + right) / 2, _LEAST_BOX / 2), width - _LEAST_BOX / 2)
            left, right = middle - _LEAST_BOX / 2, middle + _LEAST_BOX / 2
        return QRectF(left, 8, right - left, self._base - 8)

    def _measure(self) -> None:
        # The words beside depend on the years, which depend on the bars: measured twice, they agree.
        for _ in range(2):
            self._bars.measure(self.width() - self._left - _MARGIN)

    def _x(self, day: float) -> float:
        return self._left + (self._bars.scale.x(day) if self._bars.scale is not None else 0.0)

    def _day(self, x: float) -> float:
        return self._bars.scale.day(x - self._left) if self._bars.scale is not None else 0.0

    def _part(self, x: float) -> _Part:
        box = self._box
        if box is None:
            return "ground"
        near = _GRIP / 2 if box.width() > 2 * _GRIP else _HANDLE
        to_start, to_end = abs(x - self._left - box.left()), abs(x - self._left - box.right())
        if min(to_start, to_end) <= near:
            return "start" if to_start < to_end else "end"
        return "box" if box.left() <= x - self._left <= box.right() else "ground"

    def _key(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; whether it asks for anything."""
        if self._span is None:
            return False
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        first, last = self._span
        (begin, end), wide = self.limits, last - first
        step = max(1.0, wide / 10)
        plain, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
        turn = -1 if key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp) else 1
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and modifiers == plain:
            self._ask(first + turn * step, last + turn * step)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and modifiers == shift:
            self._ask(first, max(last + turn * step, first + LEAST_DAYS), keep=False)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and modifiers == plain:
            self._ask(first + turn * wide, last + turn * wide)
        elif key == Qt.Key.Key_Home and modifiers == plain:
            self._ask(begin, begin + wide)
        elif key == Qt.Key.Key_End and modifiers == plain:
            self._ask(end - wide, end)
        else:
            return False
        return True

    def _ask(self, first: float, last: float, *, keep: bool = True) -> None:
        """Ask for a stretch within the archive; with `keep` as wide as it was."""
        begin, end = self.limits
        if keep:
            wide = min(last - first, end - begin)
            first = min(max(first, begin), end - wide)
            last = first + wide
        else:
            first, last = max(first, begin), min(last, end)
        self.moved.emit(first, last)

    def _paint_words(self, painter: QPainter) -> None:
        if self._left <= _MARGIN:
            return
        theme = self._coordinator.theme
        font = self._coordinator.font("small")
        line = QFontMetricsF(font).height()
        painter.setPen(theme.color("ink-2"))
        painter.setFont(font)
        painter.drawText(QPointF(_MARGIN, 20 + 2 * line), self._years)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        painter.drawText(QPointF(_MARGIN, 16 + line), self._coordinator.words("window.timeline.whole"))

    def _paint_bars(self, painter: QPainter) -> None:
        theme, base, box = self._coordinator.theme, self._base, self._box
        head = _HEAD + 4.0
        self._bars.paint_years(painter, base, self.height())
        self._bars.paint_soft(painter, base, theme.color("ink-3"))
        self._bars.paint_bars(painter, base, head, theme.color("ink-3"))
        if box is not None:
            painter.fillRect(box, theme.color("accent-soft"))
            painter.save()
            painter.setClipRect(box)
            self._bars.paint_bars(painter, base, head, theme.color("accent"))
            painter.restore()
        self._bars.paint_axis(painter, base)
        if box is not None:
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            for x in (box.left(), box.right()):
                self._paint_handle(painter, x, box.center().y())

    def _paint_handle(self, painter: QPainter, x: float, middle: float) -> None:
        theme = self._coordinator.theme
        handle = QRectF(x - _HANDLE / 2, middle - _GRIP / 2, _HANDLE, _GRIP)
        painter.setPen(QPen(theme.color("accent"), 1.5))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(handle, 3, 3)
        painter.setPen(QPen(theme.color("accent"), 1))
        for shift in (-1.5, 1.5):
            painter.drawLine(QPointF(x + shift, middle - 4), QPointF(x + shift, middle + 4))

    def _restyle(self) -> None:
        self.updateGeometry()
        self._measure()
        self._word()
        self.update()

    def _word(self) -> None:
        words = self._coordinator.words
        self.setAccessibleName(words("window.timeline.minimap"))
        told = words("window.timeline.shown", span=span_words(self._coordinator, *self._span)) if self._span else ""
        self.setAccessibleDescription(told)
