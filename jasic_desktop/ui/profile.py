"""The profile: who or what the text speaks of, with key facts, times, connections and what can be done with it."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from jasic_desktop.app.profile import Profile, profile
from jasic_desktop.core.errors import Fault
from jasic_desktop.packs.store import EventRow, Store
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.activity_strip import ActivityStrip
from jasic_desktop.ui.citation_card import CitationCard
from jasic_desktop.ui.citing import text_of
from jasic_desktop.ui.connection_rows import ConnectionRows
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.fact_rows import FactRows
from jasic_desktop.ui.inline_text import InlineText, Target
from jasic_desktop.ui.network_drawing import NetworkDrawing
from jasic_desktop.ui.profile_parts import ProfileFoot, ProfileHead

_SIDE: Final = 16
_OUT: Final = 4
"""The list of connections stands out by this much at both sides, for its ring of focus."""


class ProfilePane(QWidget):
    """The record of `moment.profile`, in one column that scrolls. Its parts are made once and filled again."""

    spoken_role = "Grouping"

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._shown: Profile | None = None
        self._stale = True
        self._events: tuple[Store | None, dict[str, EventRow]] = (None, {})
        self.head = ProfileHead(coordinator)
        self.facts = FactRows(coordinator)
        self.about = InlineText(coordinator, "ui", "ink-2")
        self.strip = ActivityStrip(coordinator)
        self.network = NetworkDrawing(coordinator)
        self.connections = ConnectionRows(coordinator)
        self.foot = ProfileFoot(coordinator)
        self.notice = InlineText(coordinator, "ui", "ink-2")
        self.card = CitationCard(coordinator, self)
        self._area = QScrollArea(self)
        self._content = QWidget()
        self._is_whole = False
        self.aside = QScrollArea()
        self._aside = QWidget()
        self._empty = QWidget(self)
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._place()
        self._connect()
        self._load()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def shown(self) -> Profile | None:
        """What is shown; None where a sentence says why nothing is."""
        return self._shown

    # ------------------------------------------------------------------------------------------------------ slots

    def set_whole(self, whole: bool) -> None:
        """Show the record that is read, with its name large, because it has the whole window; or what stands beside."""
        self._is_whole = whole
        self.head.set_large(whole)
        self.foot.set_whole(whole)
        self.refresh()

    def spread(self, wide: bool) -> None:
        """Show drawing and connections in `aside`, which stands elsewhere; or below the rest."""
        whole = self._whole
        if wide:
            aside = self._aside_column
            aside.insertWidget(0, self.network)
            aside.insertWidget(1, self.connections)
        else:
            self._parts.addWidget(self.network)
            whole.insertWidget(1, self.connections)
        self.network.setVisible(bool(self.network.nodes))
        self.connections.setVisible(self.connections.rows.rowCount() > 0)
        self.aside.setVisible(wide)

    def refresh(self) -> None:
        """Show the moment's profile again: at once where the pane can be seen, else when it is."""
        if self.isVisible():
            self._load()
        else:
            self._stale = True

    def copy_citation(self) -> None:
        """Copy the citation of the record shown."""
        store = self._coordinator.store
        if self._shown is None or store is None:
            return
        try:
            citation = text_of(self._coordinator, (self._shown.id,))
        except (Fault, sqlite3.Error) as error:
            self._coordinator.told.emit(self._sentence(error), "error")
            return
        QGuiApplication.clipboard().setText(citation)
        self._coordinator.tell("window.profile.cited", citation=citation)

    # ----------------------------------------------------------------------------------------------------- events

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the pane could not be seen is shown now."""
        super().showEvent(event)
        if self._stale:
            self._load()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The column scrolls by keys that its parts leave; Esc takes the card away."""
        bar = self._area.verticalScrollBar()
        steps = {
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_Down: bar.singleStep(),
        }
        step = steps.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self.card.isVisible():
            self.card.put_away()
        elif step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _place(self) -> None:
        empty = QVBoxLayout(self._empty)
        empty.setContentsMargins(_SIDE, _SIDE, _SIDE, _SIDE)
        empty.addWidget(self.notice)
        empty.addStretch(1)
        self._parts = column = QVBoxLayout()
        column.setContentsMargins(_OUT, 0, _OUT, 0)
        column.setSpacing(12)
        for part in (self.head, self.facts, self.about, self.strip, self.network):
            column.addWidget(part)
        self._content.setProperty("ground", "paper")
        self._whole = whole = QVBoxLayout(self._content)
        whole.setContentsMargins(_SIDE - _OUT, _SIDE, _SIDE - _OUT, _SIDE)
        whole.setSpacing(4)
        whole.addLayout(column)
        whole.addWidget(self.connections)
        whole.addStretch(1)
        self._aside.setProperty("ground", "paper")
        self._aside_column = QVBoxLayout(self._aside)
        self._aside_column.setContentsMargins(_SIDE - _OUT, _SIDE, _SIDE - _OUT, _SIDE)
        self._aside_column.addStretch(1)
        for area, content in ((self._area, self._content), (self.aside, self._aside)):
            area.setWidget(content)
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.verticalScrollBar().setSingleStep(24)
            area.setProperty("ground", "paper")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.foot)

    def _connect(self) -> None:
        coordinator = self._coordinator
        coordinator.record_shown.connect(lambda _record: self.refresh() if self._is_whole else None)
        for signal in (
            coordinator.profile_shown,
            coordinator.archive_opened,
            coordinator.language_changed,
            coordinator.theme_changed,
            coordinator.text_size_changed,
        ):
            signal.connect(lambda *_: self.refresh())
        for signal in (coordinator.selection_changed, coordinator.commands_changed):
            signal.connect(self._word_buttons)
        for part in (self.head, self.facts, self.about, self.network, self.connections):
            part.followed.connect(self._follow)
        for text in (self.facts, self.about):
            text.cited.connect(coordinator.open_record)
            text.copied.connect(self._copy_address)
        self.facts.pointed.connect(self._pointed)
        self.about.pointed.connect(partial(self._pointed, self.about))
        self.card.opened.connect(coordinator.open_record)
        self._area.verticalScrollBar().valueChanged.connect(self.card.put_away)
        self.connections.moved.connect(partial(self._bring_into_view, self.connections))
        for ticking in (self.network, self.connections):
            ticking.ticked.connect(coordinator.toggle)
        self.foot.opened.connect(self._open)
        self.foot.toggled.connect(self._toggle)
        self.foot.cited.connect(self.copy_citation)
        self.foot.printed.connect(lambda: coordinator.run("print"))
        self.foot.widened.connect(self._widen)

    def _load(self) -> None:
        coordinator = self._coordinator
        self._stale = False
        self.card.put_away()
        self.setAccessibleName(coordinator.words("window.panes.profile"))
        self.connections.setAccessibleName(coordinator.words("render.section.connections"))
        moment, store = coordinator.moment, coordinator.store
        record_id = moment.record if self._is_whole else moment.profile
        before = self._shown.id if self._shown is not None else None
        self._shown, sentence = None, ""
        if store is None:
            sentence = coordinator.words("window.results.nothing_open")
        elif record_id is None:
            sentence = coordinator.words("window.profile.empty")
        else:
            try:
                self._shown = profile(store, record_id, coordinator.language, self._events_of(store))
            except (Fault, sqlite3.Error) as error:
                sentence = self._sentence(error)
        self.notice.show_text(sentence)
        self._empty.setVisible(bool(sentence))
        self._area.setVisible(self._shown is not None)
        self.foot.setVisible(self._shown is not None)
        if self._shown is not None:
            self._fill(self._shown)
            self.setAccessibleDescription(self.head.title.text)
            if self._shown.id != before:
                self._area.verticalScrollBar().setValue(0)

    def _fill(self, shown: Profile) -> None:
        sources = shown.sources
        self.head.show_profile(shown)
        self.facts.show_facts(shown.facts, sources)
        self.facts.setVisible(bool(shown.facts))
        self.about.show_inlines(shown.about, sources)
        self.about.setVisible(bool(shown.about))
        self.aside.setAccessibleName(self._coordinator.words("render.section.connections"))
        self.strip.show_dates(shown.dates)
        self.network.show_network(shown.type, shown.mark, shown.near)
        self.connections.refresh()
        self.connections.show_groups(shown.groups)
        self._word_buttons()

    def _word_buttons(self) -> None:
        if self._shown is not None:
            self.foot.show_state(self._shown.id, one_line(self._shown.title[:200]))

    def _events_of(self, store: Store) -> dict[str, EventRow]:
        if self._events[0] is not store:
            self._events = (store, {row.id: row for row in store.events()})
        return self._events[1]

    def _sentence(self, error: Fault | sqlite3.Error) -> str:
        if isinstance(error, Fault):
            return error.sentence(self._coordinator.language)
        return self._coordinator.words("window.profile.unreadable", system=one_line(str(error)))

    def _follow(self, record_id: str, new_tab: bool) -> None:
        if new_tab or self._is_whole:
            self._coordinator.open_record(record_id, new_tab)
        else:
            self._coordinator.show_profile(record_id)

    def _open(self) -> None:
        if self._shown is not None:
            self._coordinator.open_record(self._shown.id)

    def _widen(self) -> None:
        """Give the record that is shown the whole window."""
        if self._shown is not None:
            self._coordinator.open_record(self._shown.id)
            self._coordinator.show_view("page")

    def _toggle(self) -> None:
        if self._shown is not None:
            self._coordinator.toggle(self._shown.id)

    def _copy_address(self, address: str) -> None:
        QGuiApplication.clipboard().setText(address)
        self._coordinator.tell("window.profile.address_copied", address=one_line(address[:500]))

    def _pointed(self, text: InlineText, target: object, area: QRect) -> None:
        focused = text.hasFocus() and target is text.current
        if target is not None and focused:
            self._see(text, area)
        if isinstance(target, Target) and target.kind == "source":
            on_screen = QRect(text.mapToGlobal(area.topLeft()), area.size())
            self.card.show_source(target.value, on_screen, at_once=focused)
        else:
            self.card.leave()

    def _bring_into_view(self, part: QWidget, area: QRect) -> None:
        """Scroll so that something in a part is seen, once the column has its height."""
        QTimer.singleShot(0, part, lambda: self._see(part, area))

    def _see(self, part: QWidget, area: QRect) -> None:
        elsewhere = self._aside.isAncestorOf(part)
        holder, content = (self.aside, self._aside) if elsewhere else (self._area, self._content)
        top = part.mapTo(content, area.topLeft()).y()
        bar, high = holder.verticalScrollBar(), holder.viewport().height()
        if top - 8 < bar.value():
            bar.setValue(top - 8)
        elif top + area.height() + 8 > bar.value() + high:
            bar.setValue(top + area.height() + 8 - high)
