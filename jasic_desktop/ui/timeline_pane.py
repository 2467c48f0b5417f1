"""The timeline and what stands around it: a strip below the panes, or the whole view with table, card and minimap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from jasic_desktop.app.navigation import Moment
from jasic_desktop.core.dates import FIRST_DAY, LAST_DAY
from jasic_desktop.packs.store import EventRow
from jasic_desktop.render.timeline_scale import ordinal
from jasic_desktop.search.answer import Answer
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.span_words import iso, span_words
from jasic_desktop.ui.timeline_bar import BarState, StripBar
from jasic_desktop.ui.timeline_canvas import TimelineCanvas
from jasic_desktop.ui.timeline_notice import TimelineNotice
from jasic_desktop.ui.timeline_save import ask_and_save

if TYPE_CHECKING:
    from jasic_desktop.ui.key_hints import Hint, KeyHints
    from jasic_desktop.ui.minimap import Minimap
    from jasic_desktop.ui.timeline_bar import WholeBar
    from jasic_desktop.ui.timeline_card import EventCard
    from jasic_desktop.ui.timeline_table import TimelineTable
    from jasic_desktop.ui.timeline_whole import WholeParts

_WITH_CARD: Final = 1100
_WITH_HINTS: Final = 560
_WITH_MINIMAP: Final = 340
"""The least width for the card, and the least heights for keys and minimap, in pixels at a text size of 100 %."""
_LEAST: Final = 120
_HURRIED_MS: Final = 100
_SETTLED_MS: Final = 250
"""The card's event is marked when the keys have rested on it for so long: each mark is a step of the history."""

_DRAWING_KEYS: Final[Sequence[Hint]] = (
    (("←", "→"), "window.timeline.keys.event"),
    (("↑", "↓"), "window.timeline.keys.lane"),
    (("+", "−"), "window.timeline.keys.zoom"),
    (("Home", "End"), "window.timeline.keys.ends"),
    (("Enter",), "window.timeline.keys.open"),
    (("Space",), "window.timeline.keys.select"),
    (("[", "]"), "window.timeline.keys.brush"),
    (("T",), "window.timeline.keys.table"),
)
_TABLE_KEYS: Final[Sequence[Hint]] = (
    (("↑", "↓"), "window.timeline.keys.event"),
    (("Home", "End"), "window.timeline.keys.ends"),
    (("Enter",), "window.timeline.keys.open"),
    (("Space",), "window.timeline.keys.select"),
    (("1", "6"), "window.timeline.keys.sort"),
    (("T",), "window.timeline.keys.drawing"),
)


class TimelinePane(QWidget):
    """Follows the view of the moment. `table_shown` tells whether the table stands in place of the drawing."""

    spoken_role = "Grouping"

    table_shown = Signal(bool)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._events: Sequence[EventRow] = ()
        self._matches: frozenset[str] | None = None
        self._as_table = False
        self._listed: tuple[Sequence[EventRow], frozenset[str] | None] = ((), None)
        self.canvas = TimelineCanvas(coordinator, self)
        self.strip_bar = StripBar(coordinator, self)
        self._parts: WholeParts | None = None
        self.notice = TimelineNotice(coordinator)
        self._stack = QStackedWidget()
        self._stepped_to: str | None = None
        self._stepping = QElapsedTimer()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self.setMinimumHeight(_LEAST)
        self.setProperty("ground", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out()
        self._connect()
        self._opened()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def table(self) -> TimelineTable:
        """The events as a table."""
        return self._whole.table

    @property
    def whole_bar(self) -> WholeBar:
        """The bar over the whole view."""
        return self._whole.bar

    @property
    def card(self) -> EventCard:
        """The card of the event that is read."""
        return self._whole.card

    @property
    def minimap(self) -> Minimap:
        """The whole of time, and the part of it that is shown."""
        return self._whole.minimap

    @property
    def hints(self) -> KeyHints:
        """What the keys do."""
        return self._whole.hints

    @property
    def is_whole(self) -> bool:
        """Whether it is the view, not the strip below the panes."""
        return self._coordinator.moment.view == "timeline"

    @property
    def as_table(self) -> bool:
        """Whether the table stands in place of the drawing."""
        return self._as_table and self.is_whole

    @property
    def first_focus(self) -> QWidget:
        """What F6 brings the keyboard to."""
        current = self._stack.currentWidget()
        return self.notice if current is self.notice else self.table if self.as_table else self.canvas

    # ------------------------------------------------------------------------------------------------------ slots

    @Slot()
    def switch_table(self) -> None:
        """Show the table, or the drawing again; from another view, go to the timeline as a table."""
        if self.is_whole:
            self.show_table(not self._as_table)
        else:
            self.show_table(True)
            self._coordinator.show_view("timeline")
            self.first_focus.setFocus()

    @Slot(bool)
    def show_table(self, as_table: bool) -> None:
        """Put the table in place of the drawing, or the drawing in place of the table; the keyboard goes with it."""
        if as_table == self._as_table:
            return
        focus = self.first_focus.hasFocus()
        # Both are at the same event.
        current = self.canvas.current if as_table else self.table.current
        self._as_table = as_table
        self._refresh()
        if as_table:
            self.table.go(current or self._coordinator.moment.record)
        elif current is not None:
            self.canvas.go(current)
        if focus:
            self.first_focus.setFocus()
        self.table_shown.emit(as_table)

    @Slot()
    def save(self) -> None:
        """Ask where to, and save what is shown there."""
        ask_and_save(self, self._coordinator, self.canvas, self.canvas.rows)

    def print_events(self) -> None:
        """Show what the timeline shows as pages, to be printed."""
        from jasic_desktop.ui.print_dialog import show_print

        show_print(self._coordinator, self.window(), self.canvas.rows)

    @Slot()
    def _opened(self) -> None:
        self._settling.stop()
        # The drawing has read them, and shows all until a question is answered.
        self._events = self.canvas.rows
        self._matches = None
        if self._parts is not None:
            self._parts.minimap.show_events(self._events)
            self._parts.card.set_events(self._events)
        self._follow_filters()
        if self._coordinator.answer is not None:
            self._answered(self._coordinator.answer)
        else:
            self._refresh()

    @Slot(object)
    def _answered(self, _answer: Answer) -> None:
        self._matches = self.canvas.matched  # the drawing has heard it before
        self._refresh()

    @Slot(object, object)
    def _moved(self, old: Moment, new: Moment) -> None:
        self._settling.stop()
        if old.filters != new.filters:
            self._follow_filters()
        if old.record != new.record and self._parts is not None:
            self._parts.table.go(new.record)
        if (old.view, old.record, old.filters) != (new.view, new.record, new.filters):
            self._refresh()  # what another question finds comes with its answer

    @Slot(object)
    def _brushed(self, pair: tuple[float, float] | None) -> None:
        """What was brushed narrows results, counts and all panes."""
        filters = self._coordinator.moment.filters
        since, until = (None, None) if pair is None else (iso(pair[0]), iso(pair[1]))
        self._coordinator.narrow(replace(filters, since=since, until=until))
        self._follow_filters()  # where it is the same range, the brush still has to stand at whole days

    @Slot(str)
    def _pointed(self, record_id: str) -> None:
        """A click in the view marks the event and shows its card; again, without a card, or in the strip it is read."""
        if self.is_whole and self._has_card and record_id != self._coordinator.moment.record:
            self._coordinator.mark(record_id)
        else:
            self._coordinator.open_record(record_id)

    @Slot(str)
    def _stepped(self, record_id: str) -> None:
        """The keyboard is at another event: its card comes at once, the mark once it stays there.

        While a key is held down the card waits too, so that the cursor runs on smoothly.
        """
        if not self.is_whole:
            return
        hurried = self._stepping.isValid() and self._stepping.elapsed() < _HURRIED_MS
        self._stepping.start()
        self._stepped_to = record_id
        if not hurried:
            self.card.show_event(record_id)
        self._settling.start()

    @Slot()
    def _settle(self) -> None:
        if self.is_whole and self._stepped_to is not None:
            self.card.show_event(self._stepped_to)
            self._coordinator.mark(self._stepped_to)

    @Slot(float, float)
    def _spanned(self, first: float, last: float) -> None:
        if self._parts is not None:
            self._parts.minimap.begin_at(self.canvas.axis_left)
            self._parts.minimap.show_span(first, last)
        self._say_state()

    @Slot()
    def _show_all(self) -> None:
        self.canvas.set_matches_only(False)
        self._refresh()
        self.first_focus.setFocus()

    # ----------------------------------------------------------------------------------------------------- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T changes between drawing and table."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_T and not held and self.is_whole:
            self.show_table(not self._as_table)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter reads the event at which the keyboard is: to the drawing it is as a second click."""
        enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.type() == QEvent.Type.KeyPress and self.is_whole and self.canvas.current is not None:
            self._coordinator.mark(self.canvas.current)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keys and card give way where there is little room."""
        super().resizeEvent(event)
        self._fit()

    # ---------------------------------------------------------------------------------------------------- helpers

    @property
    def _has_card(self) -> bool:
        return self.is_whole and self.width() >= self._coordinator.length(_WITH_CARD)

    @property
    def _whole(self) -> WholeParts:
        """The parts of the whole view, made when they are first wanted: the strip has none of them."""
        if self._parts is None:
            from jasic_desktop.ui.timeline_whole import WholeParts

            self._parts = WholeParts(self._coordinator, self)
            self._place(self._parts)
            self._join(self._parts)
        return self._parts

    def _lay_out(self) -> None:
        for page in (self.canvas, self.notice):
            self._stack.addWidget(page)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self._stack, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip_bar)
        column.addLayout(self._middle, 1)

    def _place(self, parts: WholeParts) -> None:
        """Put the parts of the whole view around the drawing."""
        self._stack.addWidget(parts.page)
        self._column.insertWidget(1, parts.bar)
        self._middle.addWidget(parts.rule)
        self._middle.addWidget(parts.card)
        self._column.addWidget(parts.minimap)
        self._column.addWidget(parts.hints)

    def _connect(self) -> None:
        coordinator, canvas = self._coordinator, self.canvas
        coordinator.archive_opened.connect(self._opened)
        coordinator.answer_changed.connect(self._answered)
        coordinator.moment_changed.connect(self._moved)
        for signal in (coordinator.language_changed, coordinator.theme_changed, coordinator.text_size_changed):
            signal.connect(self._refresh)
        coordinator.handle("timeline-table", self.switch_table)
        coordinator.handle("print-timeline", self.print_events, lambda: bool(self._events))
        coordinator.handle("save-timeline", self.save, lambda: bool(self._events))
        self._join_bar(self.strip_bar)
        self.strip_bar.whole_wanted.connect(lambda: coordinator.run("go-timeline"))
        self.notice.all_wanted.connect(self._show_all)
        canvas.installEventFilter(self)
        canvas.spanned.connect(self._spanned)
        canvas.brushed.connect(self._brushed)
        canvas.pointed.connect(self._pointed)
        canvas.stepped.connect(self._stepped)
        canvas.ticked.connect(coordinator.toggle)
        self._settling.timeout.connect(self._settle)

    def _join_bar(self, bar: StripBar | WholeBar) -> None:
        bar.lanes_chosen.connect(self.canvas.set_lanes_by)
        bar.lanes_chosen.connect(self._refresh)
        bar.matches_toggled.connect(self.canvas.set_matches_only)
        bar.matches_toggled.connect(self._refresh)
        bar.zoomed.connect(self.canvas.zoom)

    def _join(self, parts: WholeParts) -> None:
        """Connect the parts of the whole view, and bring them to where the drawing is."""
        coordinator, canvas = self._coordinator, self.canvas
        self._join_bar(parts.bar)
        parts.bar.table_wanted.connect(self.show_table)
        parts.bar.fit_wanted.connect(canvas.fit_all)
        parts.bar.save_wanted.connect(lambda: coordinator.run("save-timeline"))
        parts.minimap.moved.connect(canvas.show_span)
        parts.table.opened.connect(coordinator.open_record)
        parts.table.pointed.connect(self._stepped)
        parts.card.opened.connect(coordinator.open_record)
        parts.card.marked.connect(coordinator.mark)
        for signal in (coordinator.language_changed, coordinator.theme_changed, coordinator.text_size_changed):
            signal.connect(parts.hints.refresh)
        parts.minimap.show_events(self._events)
        parts.card.set_events(self._events)
        parts.minimap.begin_at(canvas.axis_left)
        if self._events:
            parts.minimap.show_span(*canvas.span)

    def _follow_filters(self) -> None:
        """The brush stands where the filters are, also after Back."""
        filters = self._coordinator.moment.filters
        if filters.since is None and filters.until is None:
            self.canvas.set_brush(None)
        else:
            first, last = ordinal(filters.since or FIRST_DAY), ordinal(filters.until or LAST_DAY)
            self.canvas.set_brush((float(first), float(last)))

    @Slot()
    def _refresh(self) -> None:
        """Show what belongs to the moment, in the language, colours and size of now."""
        rows = self.canvas.rows
        self.canvas.full = self.is_whole
        if self.as_table and (self._listed[0] is not rows or self._listed[1] != self._matches):
            self._listed = (rows, self._matches)
            self.table.show_events(rows, self._matches)
            self.table.go(self._coordinator.moment.record)
        if not self._events or not rows:
            self.notice.say(no_archive=self._coordinator.store is None, no_event=not self._events)
            self._stack.setCurrentWidget(self.notice)
        else:
            self._stack.setCurrentWidget(self._whole.page if self.as_table else self.canvas)
        if self.is_whole:
            if not self._settling.isActive():
                self.card.show_event(self._coordinator.moment.record)
            self.hints.show_hints(_TABLE_KEYS if self.as_table else _DRAWING_KEYS)
        self.setAccessibleName(self._coordinator.words("window.timeline.title"))
        self._say_state()
        self._fit()

    def _say_state(self) -> None:
        canvas = self.canvas
        state = BarState(
            canvas.lanes_by,
            canvas.matches_only,
            self._shown_count(),
            len(self._events),
            self._matches is not None,
            span_words(self._coordinator, *canvas.span) if self._events else "",
            self.as_table,
        )
        (self.whole_bar if self.is_whole else self.strip_bar).show_state(state)

    def _shown_count(self) -> int:
        if self._matches is not None:
            return len(self._matches)
        return len(self.canvas.rows) if self.as_table else self.canvas.count_in_span()

    def _fit(self) -> None:
        whole = self.is_whole
        self.strip_bar.setVisible(not whole)
        if whole or self._parts is not None:
            parts, length = self._whole, self._coordinator.length
            parts.bar.setVisible(whole)
            parts.card.setVisible(self._has_card)
            parts.rule.setVisible(self._has_card)
            mapped = whole and not self.as_table and bool(self._events)
            parts.minimap.setVisible(mapped and self.height() >= length(_WITH_MINIMAP))
            parts.hints.setVisible(whole and self.height() >= length(_WITH_HINTS))
