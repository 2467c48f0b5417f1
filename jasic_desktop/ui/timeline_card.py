"""The card of one event beside the whole timeline: what is said of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from jasic_desktop.packs.store import EventRow
from jasic_desktop.ui.citation_card import CitationCard
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.flow import FlowLayout
from jasic_desktop.ui.inline_text import InlineText, Target
from jasic_desktop.ui.timeline_card_body import EventCardBody

WIDTH: Final = 330


class EventCard(QWidget):
    """Shows the event it is told to show. `opened` tells a record to be read, `marked` another event to be shown."""

    spoken_role = "Grouping"

    opened = Signal(str, bool)
    marked = Signal(str)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._events: Sequence[EventRow] = ()
        self._known: frozenset[str] = frozenset()
        self._id: str | None = None
        self._all_sources = False
        self._citation = CitationCard(coordinator, self)
        self._citation.opened.connect(self._open_source)
        self._scroll = QScrollArea(self)
        self._scroll.setProperty("role", "page")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._open, self._tick, self._cite = QPushButton(self), QPushButton(self), QPushButton(self)
        self._open.setProperty("role", "primary")
        self._open.clicked.connect(self._open_event)
        self._tick.clicked.connect(self._toggle)
        self._cite.clicked.connect(self._copy_citation)
        self._buttons = QWidget(self)
        row = FlowLayout(self._buttons, 8)
        for button in (self._open, self._tick, self._cite):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 0, 16)
        column.setSpacing(12)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._buttons)
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        coordinator.selection_changed.connect(self._word_buttons)
        for signal in (coordinator.language_changed, coordinator.theme_changed, coordinator.text_size_changed):
            signal.connect(self.refresh)
        self.refresh()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def id(self) -> str | None:
        """The event shown."""
        return self._id

    # ------------------------------------------------------------------------------------------------------ slots

    def set_events(self, events: Sequence[EventRow]) -> None:
        """Take all events of the archive, for those of the same day."""
        self._events = events
        self._known = frozenset(row.id for row in events)
        self._id = None
        self.refresh()

    def show_event(self, record_id: str | None) -> None:
        """Show an event; None, or a record that is no event, leaves the card with one sentence."""
        known = record_id if record_id in self._known else None
        if known != self._id:
            self._id = known
            self._all_sources = False
            self.refresh()
            self._scroll.verticalScrollBar().setValue(0)

    def refresh(self) -> None:
        """Make the card anew, in the language, colours and size of now."""
        self._citation.put_away()
        self.setFixedWidth(self._coordinator.length(WIDTH))
        body = EventCardBody(self._coordinator, self._events, all_sources=self._all_sources)
        body.followed.connect(self.opened)
        body.marked.connect(self.marked)
        body.cited.connect(self._open_source)
        body.pointed.connect(self._point)
        body.more_wanted.connect(self._show_sources)
        body.show_event(self._id)
        self._replace(body)
        self._buttons.setVisible(self._id is not None)
        self._word_buttons()
        self.setAccessibleName(self._coordinator.words("window.timeline.card"))
        self._scroll.setAccessibleName(self._coordinator.words("window.timeline.card"))

    # ----------------------------------------------------------------------------------------------------- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts away what a number cites."""
        if event.key() == Qt.Key.Key_Escape and self._citation.isVisible():
            self._citation.put_away()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """What a number cites goes with it."""
        super().hideEvent(event)
        self._citation.put_away()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _replace(self, body: EventCardBody) -> None:
        """Put another body in place; the one before may be in the midst of a click, and goes later."""
        before, focus = self._scroll.widget(), QApplication.focusWidget()
        if before is not None and focus is not None and before.isAncestorOf(focus):
            self._scroll.setFocus()  # the keyboard stays in the card
        before = self._scroll.takeWidget()
        self._scroll.setWidget(body)
        if before is not None:
            before.hide()
            before.deleteLater()

    def _open_source(self, document: str) -> None:
        self._citation.put_away()
        self.opened.emit(document, False)

    def _point(self, text: InlineText, target: Target | None, area: QRect) -> None:
        """A number that the mouse or the keyboard is on shows what it cites."""
        if target is not None and target.kind == "source":
            place = QRect(text.mapToGlobal(area.topLeft()), area.size())
            self._citation.show_source(target.value, place, at_once=text.hasFocus())
        else:
            self._citation.leave()

    def _show_sources(self) -> None:
        self._all_sources = True
        self.refresh()

    def _open_event(self) -> None:
        if self._id is not None:
            self.opened.emit(self._id, False)

    def _toggle(self) -> None:
        if self._id is not None:
            self._coordinator.toggle(self._id)

    def _copy_citation(self) -> None:
        if self._id is not None:
            self.marked.emit(self._id)  # the command is about the record that is marked
            self._coordinator.run("copy-citation")

    def _word_buttons(self) -> None:
        words = self._coordinator.words
        is_ticked = self._id in self._coordinator.selection
        self._open.setText(words("window.timeline.open"))
        self._tick.setText(words(f"window.timeline.{'unselect' if is_ticked else 'select'}"))
        self._cite.setText(words("window.top.cite"))
        for button in (self._open, self._tick, self._cite):
            button.setAccessibleName(button.text())
