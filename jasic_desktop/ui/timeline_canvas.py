"""The painted timeline, moved through, zoomed, brushed and opened with mouse and keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from jasic_desktop.render.timeline import Mark, Pill
from jasic_desktop.render.timeline_view import Viewport
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.timeline_drawing import TimelineDrawing
from jasic_desktop.ui.timeline_keys import Act, act_of
from jasic_desktop.ui.timeline_layout import AT_ONCE
from jasic_desktop.ui.timeline_maker import NOTHING, event_of
from jasic_desktop.ui.timeline_picture import Part

ZOOM_STEP: Final = 1.5
_WHEEL: Final = 300.0
"""Eighths of a degree by which a wheel doubles or halves the size of a day."""
_TOUCHPAD: Final = 160.0
"""Pixels by which two fingers do."""
_GRASP: Final = 6.0


@dataclass
class _Press:
    """What the mouse began: to move the view, or to brush from the day `anchor`."""

    at: QPointF
    view: Viewport
    scroll: int
    anchor: float | None = None
    moved: bool = False


class TimelineCanvas(TimelineDrawing):
    """`pointed` tells that an event was clicked or Enter pressed on it, `ticked` that Space was; `brushed` brings the
    first and the last day brushed, or None.
    """

    brushed = Signal(object)
    pointed = Signal(str)
    ticked = Signal(str)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(coordinator, parent)
        self._press: _Press | None = None
        self.setMouseTracking(True)

    # -------------------------------------------------------------------------------------------------------- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key means here; every other key goes on."""
        act = act_of(event)
        if act is None or self._view is None or not self._do(act, self._view):
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer; sideways moves through time, with Shift through the lanes."""
        if self._view is None:
            event.ignore()
            return
        pixels, angle = event.pixelDelta(), event.angleDelta()
        across, along = (pixels.x(), pixels.y()) if not pixels.isNull() else (angle.x(), angle.y())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._bar.setValue(self._bar.value() - (along or across) // (1 if not pixels.isNull() else 3))
        elif abs(across) > abs(along):
            self._look_at(self._view.panned(-across))
        elif along:
            factor = 2 ** (along / (_TOUCHPAD if not pixels.isNull() else _WHEEL))
            x = min(max(event.position().x() - self.axis_left, 0), self._view.width)
            self._look_at(self._view.zoomed(factor, x))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move the view, or to brush: with Shift, at an end of the brush, or in the bars above the lanes."""
        if event.button() != Qt.MouseButton.LeftButton or self._view is None:
            super().mousePressEvent(event)
            return
        at = event.position()
        press = _Press(at, self._view, self._bar.value())
        edge = self._edge_under(at)
        rooms = self._maker.rooms(QSizeF(self.size()))
        if edge is not None and self._brush.days is not None:
            press.anchor = self._brush.days[1 - edge]
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or (rooms.density and at.y() < rooms.density):
            press.anchor = self._day_at(at)
        self._press = press
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move or brush; without a button, name what is under the pointer."""
        at, press = event.position(), self._press
        if press is None or self._view is None:
            self._point_at(at)
            return
        gone = at - press.at
        if not press.moved and gone.manhattanLength() < _GRASP:
            return
        press.moved = True
        if press.anchor is not None:
            self.set_brush((press.anchor, self._day_at(at)))
        else:
            self._bar.setValue(round(press.scroll - gone.y()))
            self._look_at(press.view.panned(-gone.x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a move; a click without one opens what is under the pointer."""
        press, self._press = self._press, None
        if press is None or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        if press.moved and press.anchor is not None:
            self.brushed.emit(self._brush.days)
        elif not press.moved:
            self._click(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer now."""
        super().leaveEvent(event)
        self._set_hover(None)

    # ---------------------------------------------------------------------------------------------- helpers: pointer

    def _on_axis(self, at: QPointF) -> QPointF:
        return at - QPointF(self.axis_left, 0)

    def _day_at(self, at: QPointF) -> float:
        """The day under a point, whole, within the limits."""
        if self._view is None:
            return NOTHING[0]
        limits = self._view.limits
        return float(int(min(max(self._view.day(self._on_axis(at).x()), limits.begin), limits.end - 1)))

    def _part_under(self, at: QPointF) -> Part | None:
        if self._picture is None or not self._picture.rooms.body_rect.contains(at):
            return None
        return self._picture.scene.under(self._on_axis(at))

    def _edge_under(self, at: QPointF) -> int | None:
        """The end of the brush under a point: 0 for where it begins, 1 for where it ends."""
        edges = self._picture.brush_edges() if self._picture is not None and self._brush.days is not None else None
        if edges is None:
            return None
        away = [abs(self._on_axis(at).x() - edge) for edge in edges]
        nearest = 0 if away[0] <= away[1] else 1
        return nearest if away[nearest] <= _GRASP else None

    def _point_at(self, at: QPointF) -> None:
        part = self._part_under(at)
        shape = Qt.CursorShape
        edge = self._edge_under(at) is not None
        self.setCursor(shape.SizeHorCursor if edge else shape.PointingHandCursor if part else shape.ArrowCursor)
        self._set_hover(part)

    def _set_hover(self, part: Part | None) -> None:
        if part != self._hover:
            self._hover = part
            self._repoint()

    def _click(self, at: QPointF) -> None:
        part = self._part_under(at)
        if part is None:
            return
        event_id = event_of(part, self._current)
        if isinstance(part[1], Pill) and self._open_pill(part[1], event_id):
            return
        self.go(event_id)
        self.pointed.emit(event_id)

    def _open_pill(self, pill: Pill, event_id: str) -> bool:
        """Zoom in until an event of a pill has a place of its own; False where no zooming can."""
        if self._view is None or self._view.is_closest:
            return False
        item = self._model.events.item(event_id)
        self._current = event_id
        view = self._view.moved(item.first - self._view.days / 2)
        while not view.is_closest:
            view = view.zoomed(2, view.x(item.first + 0.5))
            if len(self._model.events) > AT_ONCE and view.days < 2 * (pill.last + 1 - pill.first):
                break
            self._look_at(view)
            found = self._picture.scene.find(item) if self._picture is not None else None
            if found is not None and isinstance(found[1], Mark):
                break
        self._look_at(view)
        self.go(event_id)
        return True

    # ------------------------------------------------------------------------------------------------- helpers: keys

    def _do(self, act: Act, view: Viewport) -> bool:
        """Do what a key asks for; tells whether it meant anything."""
        steps: dict[Act, Callable[[], object]] = {
            Act.PREVIOUS: lambda: self._step(-1),
            Act.NEXT: lambda: self._step(1),
            Act.LANE_UP: lambda: self._cross(-1),
            Act.LANE_DOWN: lambda: self._cross(1),
            Act.FIRST: lambda: self.go(next((row.id for row in self.rows), None)),
            Act.LAST: lambda: self.go(next((row.id for row in reversed(self.rows)), None)),
            Act.EARLIER: lambda: self._look_at(view.panned(-view.width / 8)),
            Act.LATER: lambda: self._look_at(view.panned(view.width / 8)),
            Act.PAGE_EARLIER: lambda: self._look_at(view.panned(-view.width * 0.8)),
            Act.PAGE_LATER: lambda: self._look_at(view.panned(view.width * 0.8)),
            Act.ZOOM_IN: lambda: self.zoom(ZOOM_STEP, self._centre()),
            Act.ZOOM_OUT: lambda: self.zoom(1 / ZOOM_STEP, self._centre()),
            Act.OPEN: self._open_current,
            Act.TICK: lambda: self.ticked.emit(self._current) if self._current is not None else None,
            Act.BRUSH_START: lambda: self._brush_from_current(0),
            Act.BRUSH_END: lambda: self._brush_from_current(1),
        }
        if act is Act.CLEAR:
            return self._clear_brush()
        steps[act]()
        return True

    def _step(self, by: int) -> None:
        """To the next event or the one before; without a current one the first step only shows where one is."""
        start = self._current or self._nearest_in_view()
        if start is not None:
            self.go(start if self._current is None else self._model.after(start, by))

    def _cross(self, by: int) -> None:
        """To the next lane up or down."""
        start = self._current or self._nearest_in_view()
        if start is not None:
            self.go(start if self._current is None else self._model.across(start, by))

    def _centre(self) -> float | None:
        """The day of the current event, where it is in view."""
        if self._current is None or self._view is None:
            return None
        item = self._model.events.item(self._current)
        middle = (item.first + item.last + 1) / 2
        return middle if self._view.begin <= middle <= self._view.end else None

    def _open_current(self) -> None:
        if self._current not in self._model.events or self._current is None or self._picture is None:
            return
        found = self._picture.scene.find(self._model.events.item(self._current))
        if found is not None and isinstance(found[1], Pill) and self._open_pill(found[1], self._current):
            return
        self.pointed.emit(self._current)

    def _brush_from_current(self, end: int) -> None:
        """Begin or end the brush at the current event; it is brushed when both ends are there."""
        if self._current is None:
            return
        item = self._model.events.item(self._current)
        if self._brush.put(end, float(item.last if end else item.first)):
            self.brushed.emit(self._brush.days)
        self._refresh()

    def _clear_brush(self) -> bool:
        if not self._brush.clear():
            return False
        self._refresh()
        self.brushed.emit(None)
        return True
