"""The card of one event beside the whole timeline: when, where, what is said of it and by whom, and what differs."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.core.blocks import AccountsBlock, Block, CitedSource, RecordLink, Sign, StatementBlock, Text, plain
from jasic_desktop.core.errors import Fault
from jasic_desktop.core.records import Event
from jasic_desktop.packs.store import EventRow
from jasic_desktop.render.labels import other_title
from jasic_desktop.render.numbering import citations, texts
from jasic_desktop.render.page import Page, page
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Inlines, Words
from jasic_desktop.ui.certainty_sign import CertaintySign
from jasic_desktop.ui.citation_card import CitationCard
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.flow import FlowLayout
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.inline_text import InlineText, Target
from jasic_desktop.ui.plain import plain_label, tint
from jasic_desktop.ui.theme import Role

if TYPE_CHECKING:
    from jasic_desktop.packs.store import Store

WIDTH: Final = 330
_STATEMENTS: Final = 3
_STATED: Final = 420
"""Characters after which no further statement is begun."""
_DAY: Final = len("2018-08-24")
_SAME_DAY: Final = 4
_SOURCES: Final = 3
_MOST_SOURCES: Final = 60
_ACCOUNTS: Final = 4
_ANSWERS: Final = 8
"""What a card has room for; the page of the record has the whole."""
_REFERENCE: Final = 120
_TITLE: Final = 300


class EventCard(QWidget):
    """Shows the event it is told to show. `opened` tells a record to be read, `marked` another event to be shown."""

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
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 16, 0)
        column.setSpacing(0)
        self._fill(column)
        column.addStretch(1)
        self._scroll.setWidget(body)  # which deletes the one before
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

    def _fill(self, column: QVBoxLayout) -> None:
        store = self._coordinator.store
        if store is None or self._id is None:
            self._say(column, self._coordinator.words("window.timeline.none_chosen"))
            return
        try:
            record = store.get(self._id)
            shown = page(store, self._id, self._coordinator.language)
            if isinstance(record, Event):
                self._show(column, store, record, shown)
        except Fault as fault:
            self._say(column, fault.sentence(self._coordinator.language))
        except (sqlite3.Error, OSError) as error:
            self._say(column, self._coordinator.words("window.timeline.unreadable", system=one_line(str(error))))

    def _say(self, column: QVBoxLayout, sentence: str) -> None:
        label = plain_label(sentence, wrap=True)
        label.setProperty("role", "second")
        label.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        label.setAccessibleName(sentence)
        column.addWidget(label)

    def _show(self, column: QVBoxLayout, store: Store, event: Event, shown: Page) -> None:
        words = Words(self._coordinator.language)
        said = [block for block in shown.blocks if isinstance(block, StatementBlock)]
        accounts = [block for block in shown.blocks if isinstance(block, AccountsBlock)]
        first = _first(said)
        self._head(column, store, event, words)
        self._facts(column, store, event, len(said), len({source.id for source in _cited([*said, *accounts])}), words)
        column.addSpacing(14)
        column.addWidget(_rule())
        column.addSpacing(12)
        if not first:
            column.addWidget(self._text(shown.summary, "reading", shown=shown))
        for block in first:
            self._statement(column, block, shown)
        for account in accounts[:_ACCOUNTS]:
            column.addSpacing(8)
            column.addWidget(self._accounts(account, shown))
        self._same_day(column, event, words)
        self._sources(column, shown, [*first, *accounts])

    def _head(self, column: QVBoxLayout, store: Store, event: Event, words: Words) -> None:
        coordinator, theme = self._coordinator, self._coordinator.theme
        row = QHBoxLayout()
        row.setSpacing(8)
        sign = QLabel()
        sign.setPixmap(pixmap("event", theme.type_color("event"), coordinator.length(16)))
        term = store.archive.kinds.get("event", {}).get(event.kind)
        kind = one_line(term.label.show(coordinator.language)[:_TITLE]) if term is not None else event.kind
        label = plain_label(words.say("punctuation.dot").join((words.say("type.event"), kind)), wrap=True)
        label.setFont(coordinator.font("small"))
        tint(label, theme.type_color("event"))
        row.addWidget(sign)
        row.addWidget(label, 1)
        column.addLayout(row)
        column.addSpacing(6)
        column.addWidget(self._text((Text(event.title.show(coordinator.language)[:_TITLE]),), "section"))
        other = other_title(event, words)
        if other:
            column.addWidget(self._text((Text(other[:_TITLE]),), "ui", "ink-2"))
        column.addSpacing(12)

    def _facts(self, column: QVBoxLayout, store: Store, event: Event, said: int, cited: int, words: Words) -> None:
        """Date, places, and how much is stated by how many, with the sign of it all."""
        coordinator = self._coordinator
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, Inlines]] = [(words.say("fact.date"), (Text(event.date.phrase.show(words.language)),))]
        if event.places:
            rows.append((words.say("fact.places"), words.links(store, event.places)))
        if said:
            told = coordinator.words("window.timeline.stated", count=said, documents=cited)
            rows.append((words.say("section.statements"), (Text(told),)))
        for place, (name, value) in enumerate(rows):
            label = plain_label(name)
            label.setFont(coordinator.font("ui"))
            label.setMinimumHeight(coordinator.length(20))
            tint(label, coordinator.theme.color("ink-3"))
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._text(value, "ui"), place, 1)
        sign = store.overall(event.id)
        if sign is not None:
            grid.addLayout(self._sign(sign, 3), len(rows) - 1, 2)
        column.addLayout(grid)

    def _statement(self, column: QVBoxLayout, block: StatementBlock, shown: Page) -> None:
        inlines = tuple(inline for inline in block.inlines if not isinstance(inline, Sign))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._text(inlines, "reading", shown=shown), 1)
        row.addLayout(self._sign(block.certainty, 6))
        column.addLayout(row)
        column.addSpacing(6)

    def _accounts(self, block: AccountsBlock, shown: Page) -> QWidget:
        coordinator = self._coordinator
        box = _AccountsBox(coordinator)
        inner = QVBoxLayout(box)
        inner.setContentsMargins(15, 10, 12, 10)
        inner.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(self._sign("disputed", 3))
        question = Words(coordinator.language).say("accounts_differ", question=block.question)
        head.addWidget(self._text((Text(question),), "ui-strong"), 1)
        inner.addLayout(head)
        for place, answer in enumerate(block.answers[:_ANSWERS]):
            if place:
                inner.addWidget(_rule())
            inner.addWidget(self._text(answer, "ui", "ink-2", shown=shown))
        return box

    def _same_day(self, column: QVBoxLayout, event: Event, words: Words) -> None:
        """Links to other events of the day, where the day is known."""
        if event.date.precision != "day":
            return
        day = event.date.edtf[:_DAY]
        same = [row for row in self._events if row.date.edtf.rstrip("~?%") == day and row.id != event.id]
        if not same:
            return
        self._heading(column, self._coordinator.words("window.timeline.same_day"))
        for row in same[:_SAME_DAY]:
            title = row.title.show(words.language)[:_TITLE]
            link = self._text((RecordLink(row.id, (Text(title),)),), "ui", follow=False)
            link.followed.connect(lambda record_id, _new_tab: self.marked.emit(record_id))
            column.addWidget(link)
            column.addSpacing(4)
        if len(same) > _SAME_DAY:
            label = plain_label(words.say("more", number=len(same) - _SAME_DAY))
            label.setProperty("role", "faint")
            column.addWidget(label)

    def _sources(self, column: QVBoxLayout, shown: Page, blocks: Sequence[Block]) -> None:
        """The documents that the card cites, then the others of the record's page, by their numbers there."""
        near = {source.id for source in _cited(blocks)}
        entries = sorted(shown.sources, key=lambda entry: (entry.id not in near, entry.number))
        if not entries:
            return
        self._heading(column, Words(self._coordinator.language).say("section.sources"))
        for entry in entries[: _MOST_SOURCES if self._all_sources else _SOURCES]:
            row = QHBoxLayout()
            row.setSpacing(8)
            number = plain_label(str(entry.number))
            number.setFont(self._coordinator.font("ui-strong"))
            tint(number, self._coordinator.theme.color("accent"))
            number.setMinimumWidth(self._coordinator.length(16))
            row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
            reference = one_line(plain(entry.inlines)[:_TITLE])
            short = reference if len(reference) <= _REFERENCE else f"{reference[: _REFERENCE - 1]}…"
            row.addWidget(self._text((RecordLink(entry.id, (Text(short),)),), "small"), 1)
            column.addLayout(row)
            column.addSpacing(4)
        if len(entries) > _SOURCES and not self._all_sources:
            more = QPushButton(Words(self._coordinator.language).say("more", number=len(entries) - _SOURCES))
            more.setProperty("role", "link")
            more.setAccessibleName(more.text())
            more.clicked.connect(self._show_sources)
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _sign(self, certainty: str, above: int) -> QVBoxLayout:
        """A sign in the middle of a text's first line, `above` pixels below its top."""
        made = QVBoxLayout()
        made.addSpacing(self._coordinator.length(above))
        made.addWidget(CertaintySign(self._coordinator, certainty))
        made.addStretch(1)
        return made

    def _heading(self, column: QVBoxLayout, text: str) -> None:
        label = plain_label(text)
        label.setFont(self._coordinator.font("heading"))
        tint(label, self._coordinator.theme.color("ink-3"))
        column.addSpacing(14)
        column.addWidget(label)
        column.addSpacing(6)

    def _text(
        self, inlines: Inlines, role: Role, color: str = "ink", *, shown: Page | None = None, follow: bool = True
    ) -> InlineText:
        """A text that wraps; its links open their record, its citations their document."""
        made = InlineText(self._coordinator, role, color)
        sources = {entry.id: (entry.number, plain(entry.inlines)) for entry in shown.sources} if shown else {}
        made.show_inlines(inlines, sources)
        if follow:
            made.followed.connect(self.opened)
        made.cited.connect(self._open_source)
        made.pointed.connect(lambda target, area: self._point(made, target, area))
        return made

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


class _AccountsBox(QWidget):
    """The ground of accounts that differ, with their edge at the left."""

    def __init__(self, coordinator: Coordinator) -> None:
        super().__init__()
        self._coordinator = coordinator

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground and edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._coordinator.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accounts"))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.fillRect(0, 0, 3, self.height(), theme.color("accounts-edge"))
        painter.end()


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule


def _first(said: Sequence[StatementBlock]) -> list[StatementBlock]:
    """The first statements, as many as a card has room for; one at least where there are any."""
    taken: list[StatementBlock] = []
    length = 0
    for block in said[:_STATEMENTS]:
        if taken and length > _STATED:
            break
        taken.append(block)
        length += len(plain(block.inlines))
    return taken


def _cited(blocks: Sequence[Block]) -> list[CitedSource]:
    return [source for inlines in texts(blocks) for source in citations(inlines)]
