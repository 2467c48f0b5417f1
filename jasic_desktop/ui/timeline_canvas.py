"""The painted timeline: lanes of events over time, zoomed, moved, brushed and walked through with mouse and keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSignalBlocker, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from jasic_desktop.app.navigation import Moment
from jasic_desktop.packs.store import EventRow
from jasic_desktop.render.timeline import ROW_HEIGHT, Mark, Pill
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.timeline_brush import Brush, Days
from jasic_desktop.ui.timeline_keys import Act, act_of
from jasic_desktop.ui.timeline_lanes import LANES_BY
from jasic_desktop.ui.timeline_layout import AT_ONCE, Layouts
from jasic_desktop.ui.timeline_maker import NOTHING, PictureMaker, event_of, place_in
from jasic_desktop.ui.timeline_model import TimelineModel
from jasic_desktop.ui.timeline_paint import GROUND
from jasic_desktop.ui.timeline_picture import BAR_WIDTH, Part, Picture
from jasic_desktop.ui.timeline_view import Viewport, busiest
from jasic_desktop.ui.timeline_words import TimelineWords

ZOOM_STEP: Final = 1.5
_WHEEL: Final = 300.0
"""Eighths of a degree by which a wheel doubles or halves the size of a day."""
_TOUCHPAD: Final = 160.0
"""Pixels by which two fingers do."""
_GRASP: Final = 6.0
_ROOM: Final = 48


@dataclass
class _Press:
    """What the mouse began: to move the view, or to brush from the day `anchor`."""

    at: QPointF
    view: Viewport
    scroll: int
    anchor: float | None = None
    moved: bool = False


class TimelineCanvas(QWidget):
    """All events, or the matches only, in lanes. `full` shows more: how densely events lie, and how to read it.

    `pointed` tells that an event was clicked or Enter pressed on it, `ticked` that Space was; `stepped` that the
    keyboard cursor is at another event; `brushed` brings the days that were brushed, first and last, or None;
    `spanned` the first and the last day shown. Days are numbers as render.timeline_scale.ordinal gives them.
    """

    spanned = Signal(float, float)
    brushed = Signal(object)
    pointed = Signal(str)
    ticked = Signal(str)
    stepped = Signal(str)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._words = TimelineWords(coordinator)
        self._model = TimelineModel(coordinator, self._words)
        self._view: Viewport | None = None
        self._brush = Brush()
        self._current: str | None = None
        self._hover: Part | None = None
        self._press: _Press | None = None
        self._picture: Picture | None = None
        layouts = Layouts(self)
        layouts.arrived.connect(self._refresh)
        self._maker = PictureMaker(coordinator, self._model, self._words, layouts)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.hide()
        self._bar.valueChanged.connect(self._refresh)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        coordinator.archive_opened.connect(self._open)
        coordinator.answer_changed.connect(self._answered)
        coordinator.moment_changed.connect(self._moved)
        coordinator.language_changed.connect(self._speak)
        coordinator.theme_changed.connect(self._relook)
        coordinator.text_size_changed.connect(self._relook)
        self._open()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def full(self) -> bool:
        """Whether it is a view of its own, not the strip below the panes."""
        return self._maker.full

    @full.setter
    def full(self, full: bool) -> None:
        if full != self._maker.full:
            self._maker.full = full
            self._fit_width()
            self._refresh()

    @property
    def span(self) -> tuple[float, float]:
        """The first and the last day shown."""
        return self._view.span if self._view is not None else NOTHING

    @property
    def lanes_by(self) -> str:
        """What lanes are made by: lane, place, topic or person."""
        return self._model.by

    @property
    def matches_only(self) -> bool:
        """Whether events that do not match are left out."""
        return self._model.matches_only

    @property
    def rows(self) -> tuple[EventRow, ...]:
        """The events shown, in order of their dates."""
        return self._model.events.rows

    @property
    def total(self) -> int:
        """How many events are shown, in view or not."""
        return len(self._model.events)

    @property
    def current(self) -> str | None:
        """The event at which the keyboard cursor is."""
        return self._current

    @property
    def brush(self) -> Days | None:
        """The first and the last day brushed."""
        return self._brush.days

    @property
    def axis_left(self) -> float:
        """Where the axis begins, in pixels from the left edge."""
        return self._maker.rooms(QSizeF(self.size())).left

    def count_in_span(self) -> int:
        """How many of the events shown lie in view, all or in part."""
        return self._model.events.count(self._view.begin, self._view.end) if self._view is not None else 0

    def lane_label(self, event_id: str) -> str:
        """The words of the lane in which an event shown is drawn. Raises KeyError for another."""
        return self._model.lane_label(event_id)

    def sizeHint(self) -> QSize:
        """As wide as its place, high enough for every lane."""
        return QSize(900, 560 if self.full else 170)

    def minimumSizeHint(self) -> QSize:
        """Room for the words of lanes and axis."""
        return QSize(320, 80)

    # ------------------------------------------------------------------------------------------------------ slots

    def show_span(self, first: float, last: float) -> None:
        """Show the days from `first` to the end of `last`, as far as the limits allow."""
        if self._view is not None:
            self._look_at(Viewport.of(self._view.limits, first, last + 1, self._view.width, self._view.unit))

    def fit_all(self) -> None:
        """Show every day of the archive that has an event."""
        if self._view is not None:
            self._look_at(self._view.zoomed(0.0))

    def fit_most(self) -> None:
        """Show the stretch in which most events lie."""
        if self._view is not None and len(self._model.events):
            begin, end = busiest([item.first for item in self._model.events.items])
            self.show_span(begin, end - 1)

    def zoom(self, factor: float, around: float | None = None) -> None:
        """Draw days `factor` times as wide; the day `around` (the middle of the view) stays in its place."""
        if self._view is not None:
            self._look_at(self._view.zoomed(factor, None if around is None else self._view.x(around)))

    def set_lanes_by(self, name: str) -> None:
        """Make lanes by lane, place, topic or person. Raises ValueError for anything else."""
        by = next((known for known in LANES_BY if known == name), None)
        if by is None:
            raise ValueError(name)
        if by != self._model.by:
            self._model.by = by
            self._bar.setValue(0)
            self._model.sort()
            self._renew()

    def set_matches_only(self, only: bool) -> None:
        """Leave out events that do not match, or show them too."""
        if only != self._model.matches_only:
            self._model.matches_only = only
            self._model.choose()
            self._renew()

    def set_brush(self, pair: Days | None) -> None:
        """Show these days (first and last) as brushed; tells nobody."""
        self._brush.set(pair)
        self._refresh()

    def go(self, event_id: str | None) -> None:
        """Move the keyboard cursor to an event that is shown, and bring it into view."""
        if event_id is None or event_id not in self._model.events:
            return
        known = event_id == self._current
        self._current = event_id
        self._bring(event_id)
        self._refresh()
        self._describe()
        if not known:
            self.stepped.emit(event_id)

    # ----------------------------------------------------------------------------------------------------- events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture that was made when something changed."""
        if self._maker.look.ratio != self.devicePixelRatioF():
            self._maker.relook(self.devicePixelRatioF())
            self._refresh()
        painter = QPainter(self)
        if self._picture is None:
            painter.fillRect(self.rect(), self._maker.look.color(GROUND))
        else:
            self._picture.paint(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the same days over another width."""
        super().resizeEvent(event)
        self._fit_width()

    def showEvent(self, event: QShowEvent) -> None:
        """The first time it is seen, it shows where most happened."""
        super().showEvent(event)
        self._fit_width()

    def changeEvent(self, event: QEvent) -> None:
        """Another screen or font may need another picture."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key means here; every other key goes on."""
        act = act_of(event)
        if act is None or self._view is None or not self._do(act, self._view):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring stands at the current event, the selected one, or the first in view."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and self._current not in self._model.events:
            self._current = self._nearest_in_view()
        self._refresh()
        self._describe()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring is shown only where keys go."""
        super().focusOutEvent(event)
        self._refresh()

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

    # -------------------------------------------------------------------------------------- helpers: what is shown

    def _open(self) -> None:
        """Another archive: all its events, from where most happened."""
        self._model.read()
        self._brush.clear()
        self._current = self._view = None
        self._bar.setValue(0)
        self._renew()

    def _answered(self, _answer: object) -> None:
        if self._model.match():
            self._renew()

    def _moved(self, old: Moment, new: Moment) -> None:
        if new.record != old.record:
            if new.record is not None and new.record in self._model.events:
                self._current = new.record
                self._bring(new.record)
            self._refresh()
            self._describe()

    def _speak(self) -> None:
        self._model.sort()
        self._renew()

    def _relook(self) -> None:
        self._maker.relook(self.devicePixelRatioF())
        self._renew()

    def _renew(self) -> None:
        """Other events, lanes, words or letters: nothing that was laid out holds any more."""
        self.setAccessibleName(self._words.say("name"))
        self._maker.forget()
        self._hover = None
        if self._current not in self._model.events:
            self._current = None
        self._fit_width()
        self._refresh()
        self._describe()

    def _fit_width(self) -> None:
        """Make the view when there are events, and change it where the axis has another width."""
        limits, rooms, unit = self._model.limits, self._maker.rooms(QSizeF(self.size())), self._maker.unit
        if limits is None:
            self._view = None
        elif self._view is None:
            self._view = Viewport.of(limits, limits.begin, limits.end, rooms.width, unit)
            self.fit_most()
        elif (self._view.width, self._view.unit, self._view.limits) != (rooms.width, unit, limits):
            self._look_at(Viewport.of(limits, self._view.begin, self._view.end, rooms.width, unit))

    def _look_at(self, view: Viewport) -> None:
        if view != self._view:
            self._view = view
            self._hover = None
            self._refresh()
            self.spanned.emit(*view.span)

    def _bring(self, event_id: str) -> None:
        """Move the view so that an event is in it."""
        if self._view is not None:
            item = self._model.events.item(event_id)
            self._look_at(self._view.bringing(item.first, item.last, _ROOM * self._maker.unit))

    def _nearest_in_view(self) -> str | None:
        record = self._coordinator.moment.record
        if self._view is None or record in self._model.events:
            return record
        return self._model.events.first_in(self._view.begin, self._view.end)

    def _refresh(self) -> None:
        """Make the picture of what is to be seen now."""
        size = QSizeF(self.size())
        focus = self._current if self.hasFocus() else None
        make = partial(self._maker.picture, self._view, size, focus=focus, hover=self._hover, brush=self._brush)
        picture = make(scroll=self._bar.value())
        hidden = max(round(picture.scene.height - picture.rooms.body), 0)
        if hidden != self._bar.maximum():
            before = self._bar.value()
            with QSignalBlocker(self._bar):
                self._bar.setRange(0, hidden)
            if self._bar.value() != before:
                picture = make(scroll=self._bar.value())
        body = picture.rooms.body
        self._bar.setPageStep(max(round(body), 1))
        self._bar.setSingleStep(round(ROW_HEIGHT * self._maker.unit))
        self._bar.setVisible(hidden > 0)
        self._bar.setGeometry(self.width() - BAR_WIDTH, round(picture.rooms.body_top), BAR_WIDTH, round(body))
        self._picture = picture
        self.update()

    # --------------------------------------------------------------------------------------------- helpers: pointer

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
            self._refresh()

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
            found = self._picture.scene.find(event_id) if self._picture is not None else None
            if found is not None and isinstance(found[1], Mark):
                break
        self._look_at(view)
        self.go(event_id)
        return True

    # ------------------------------------------------------------------------------------------------ helpers: keys

    def _do(self, act: Act, view: Viewport) -> bool:
        """Do what a key asks for; tells whether it meant anything."""
        steps: dict[Act, Callable[[], object]] = {
            Act.PREVIOUS: lambda: self._step(-1),
            Act.NEXT: lambda: self._step(1),
            Act.LANE_UP: lambda: self._cross(-1),
            Act.LANE_DOWN: lambda: self._cross(1),
            Act.FIRST: lambda: self._step(-len(self._model.events)),
            Act.LAST: lambda: self._step(len(self._model.events)),
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
        """So many events on; without a current one the first step only shows where one is."""
        start = self._current or self._nearest_in_view()
        if start is not None:
            self.go(start if self._current is None and abs(by) == 1 else self._model.after(start, by))

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
        if self._current is None or self._picture is None:
            return
        found = self._picture.scene.find(self._current)
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

    def _describe(self) -> None:
        """Tell who cannot see it which event is current."""
        if self._current is None or self._current not in self._model.events:
            self.setAccessibleDescription(self._words.say("hint"))
            return
        found = self._picture.scene.find(self._current) if self._picture is not None else None
        row = self._model.events.row(self._current)
        place = place_in(found, self._current) if found is not None else None
        spoken = self._words.spoken(row, self._model.lane_label(self._current), place)
        if spoken != self.accessibleDescription():
            self.setAccessibleDescription(spoken)
            if self.hasFocus() and QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))
