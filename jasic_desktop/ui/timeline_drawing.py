"""The timeline as it is drawn: its events in lanes over the days shown, with a ring at the current one."""

from __future__ import annotations

from functools import partial
from math import isclose
from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QFocusEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from jasic_desktop.app.navigation import Moment
from jasic_desktop.packs.store import EventRow
from jasic_desktop.render.timeline import ROW_HEIGHT
from jasic_desktop.render.timeline_view import Viewport, busiest
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.timeline_brush import Brush, Days
from jasic_desktop.ui.timeline_easel import Easel
from jasic_desktop.ui.timeline_lanes import LANES_BY
from jasic_desktop.ui.timeline_layout import Layouts
from jasic_desktop.ui.timeline_maker import NOTHING, PictureMaker, place_in
from jasic_desktop.ui.timeline_model import TimelineModel
from jasic_desktop.ui.timeline_paint import GROUND
from jasic_desktop.ui.timeline_picture import BAR_WIDTH, Part, Picture
from jasic_desktop.ui.timeline_words import TimelineWords

RENEW_MS: Final = 150
"""Other matches stand out at once, but get their places when no other answer came for so long: somebody types."""
_EDGE: Final = 10
_ROOM: Final = 48
"""Pixels between an event that is brought into view and the edges."""


class TimelineDrawing(QWidget):
    """All events, or the matches only, in lanes. `full` shows more: how densely events lie, and how to read it.

    `spanned` tells the first and the last day shown, `stepped` that the keyboard cursor is at another event. Days are
    numbers as render.timeline_scale.ordinal gives them.
    """

    spoken_role = "Chart"

    spanned = Signal(float, float)
    stepped = Signal(str)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._words = TimelineWords(coordinator)
        self._model = TimelineModel(coordinator, self._words)
        self._view: Viewport | None = None
        self._brush = Brush()
        self._was_seen = False
        self._current: str | None = None
        self._hover: Part | None = None
        self._picture: Picture | None = None
        self._layouts = Layouts(self)
        self._layouts.arrived.connect(self._arrive)
        self._maker = PictureMaker(coordinator, self._model, self._words, self._layouts)
        self._easel = Easel(self)
        self._easel.painted.connect(self.update)
        self._renewing = QTimer(self)
        self._renewing.setSingleShot(True)
        self._renewing.setInterval(RENEW_MS)
        self._renewing.timeout.connect(self._replace)
        self._stale = False
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.hide()
        self._bar.valueChanged.connect(self._refresh)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        coordinator.archive_opened.connect(self._open)
        coordinator.answer_changed.connect(self._answered)
        coordinator.moment_changed.connect(self._moved)
        coordinator.language_changed.connect(self._speak)
        coordinator.theme_changed.connect(self._relook)
        coordinator.text_size_changed.connect(self._relook)
        self._open()

    # ---------------------------------------------------------------------------------------------------- properties

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
    def matched(self) -> frozenset[str] | None:
        """The events that match; None where all do."""
        return self._model.matched

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

    @property
    def placing(self) -> bool:
        """Whether the places of the events for this scale and these matches are still being found, or painted."""
        return self._layouts.waiting or self._renewing.isActive() or self._easel.busy

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

    # --------------------------------------------------------------------------------------------------------- slots

    def show_span(self, first: float, last: float) -> None:
        """Show the days from `first` to the end of `last`, as far as the limits allow."""
        if self._view is not None:
            asked = Viewport.of(self._view.limits, first, last + 1, self._view.width, self._view.unit)
            # Days that are as wide as before but for a rounding need no other layout.
            same = isclose(asked.per_day, self._view.per_day, rel_tol=1e-6)
            self._look_at(self._view.moved(asked.begin) if same else asked)

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
        self._bring_row(event_id)
        self._repoint()
        self._describe()
        if not known:
            self.stepped.emit(event_id)

    # -------------------------------------------------------------------------------------------------------- events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture that was made when something changed."""
        if self._maker.look.ratio != self.devicePixelRatioF():
            self._maker.relook(self.devicePixelRatioF())
            self._refresh()
        painter = QPainter(self)
        if self._picture is None:
            painter.fillRect(self.rect(), self._maker.look.color(GROUND))
        else:
            self._easel.show(painter, self._picture)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the same days over another width."""
        super().resizeEvent(event)
        if self._picture is None or self._picture.rooms.size != QSizeF(self.size()):
            self._fit_width()
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """The first time it is seen, it shows where most happened; what came while it was not seen is drawn now."""
        super().showEvent(event)
        self._fit_width()
        if not self._was_seen:
            self._was_seen = True
            record = self._coordinator.moment.record
            if record is not None and record in self._model.events:
                self._bring(record)
        if self._stale:
            self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen is neither painted nor laid out."""
        super().hideEvent(event)
        self._stale |= self._renewing.isActive() or self._easel.busy
        self._renewing.stop()
        self._easel.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Another screen or font may need another picture."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring stands at the current event, the selected one, or the first in view."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and self._current not in self._model.events:
            self._current = self._nearest_in_view()
        self._repoint()
        self._describe()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring is shown only where keys go."""
        super().focusOutEvent(event)
        self._repoint()

    # ------------------------------------------------------------------------------------------------------- helpers

    def _open(self) -> None:
        """Another archive: all its events, from where most happened."""
        self._model.read()
        self._brush.clear()
        self._current = self._view = None
        self._bar.setValue(0)
        self._renew()

    def _answered(self, _answer: object) -> None:
        if not self._model.match():
            return
        if not self.isVisible():
            self._stale = True
        else:
            self._follow()

    def _follow(self) -> None:
        """Show what matches now, a few frames after the list that somebody who types looks at."""
        if self._model.matches_only or self._picture is None:
            self._renew()
            return
        self._stale = False
        self._picture = self._maker.emphasised(self._picture)
        self._easel.begin(self._picture)
        self._renewing.start()

    def _replace(self) -> None:
        """Nobody types any more: what matches now gets its places before the rest."""
        if self._view is not None and self._maker.is_laid_out(self._view, QSizeF(self.size())):
            self._arrive()

    def _moved(self, old: Moment, new: Moment) -> None:
        if new.question != old.question:
            self._layouts.rest()
        if new.record != old.record:
            if new.record is not None and new.record in self._model.events:
                self._current = new.record
                self._bring(new.record)
            self._refresh()
            self._bring_row(new.record)
            self._describe()

    def _speak(self) -> None:
        self._model.sort()
        self._renew()

    def _relook(self) -> None:
        self._maker.relook(self.devicePixelRatioF())
        self._renew()

    def _renew(self) -> None:
        """Other events, lanes, words or letters: nothing that was laid out holds any more."""
        self._renewing.stop()
        self._stale = False
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
        elif self._view is None or not self._was_seen:
            # Until it is seen its width says nothing: what it shows must not hang on how often it was laid out.
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

    def _bring_row(self, event_id: str | None) -> None:
        """Move the lanes so that the row of an event is in view."""
        if self._picture is None or event_id is None or event_id not in self._model.events:
            return
        found = self._picture.scene.find(self._model.events.item(event_id))
        if found is None:
            return
        box, rooms = self._picture.scene.box(*found), self._picture.rooms
        above = rooms.body_top + _EDGE - box.top()
        below = box.bottom() - (rooms.body_top + rooms.body - _EDGE)
        if above > 0 or below > 0:
            self._bar.setValue(round(self._bar.value() + (-above if above > 0 else below)))

    def _arrive(self) -> None:
        """A layout that was awaited is there."""
        self._refresh()
        if self._picture is not None and self.isVisible():
            self._easel.begin(self._picture)
        self._describe()
        if self.hasFocus():
            self._bring_row(self._current)

    def _nearest_in_view(self) -> str | None:
        record = self._coordinator.moment.record
        if self._view is None or record in self._model.events:
            return record
        return self._model.events.first_in(self._view.begin, self._view.end)

    def _refresh(self) -> None:
        """Make the picture of what is to be seen now."""
        self._hover = None
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

    def _repoint(self) -> None:
        """Only the ring or the card stands elsewhere."""
        if self._picture is not None:
            focus = self._current if self.hasFocus() else None
            self._picture = self._maker.pointing(self._picture, focus, self._hover)
            self.update()

    def _describe(self) -> None:
        """Tell who cannot see it which event is current."""
        if self._current is None or self._current not in self._model.events:
            self.setAccessibleDescription(self._words.say("hint"))
            return
        item = self._model.events.item(self._current)
        found = self._picture.scene.find(item) if self._picture is not None else None
        row = self._model.events.row(self._current)
        place = place_in(found, self._current) if found is not None else None
        spoken = self._words.spoken(row, self._model.lane_label(self._current), place)
        if spoken != self.accessibleDescription():
            self.setAccessibleDescription(spoken)
            if self.hasFocus() and QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spoken))
