"""What the card of an event says: heading, facts, first statements, accounts that differ, same day, sources."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

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
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.inline_text import InlineText
from jasic_desktop.ui.plain import let_read, plain_label, tint
from jasic_desktop.ui.theme import Role

if TYPE_CHECKING:
    from jasic_desktop.packs.store import Store

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


class EventCardBody(QWidget):
    """The words of one event, or one sentence where there is none; made anew for each.

    `followed` tells a record to be read and whether in a new tab, `marked` another event, `cited` a document,
    `pointed` the text, what in it is pointed at and where; `more_wanted` asks for all sources.
    """

    followed = Signal(str, bool)
    marked = Signal(str)
    cited = Signal(str)
    pointed = Signal(object, object, QRect)
    more_wanted = Signal()

    def __init__(self, coordinator: Coordinator, events: Sequence[EventRow], *, all_sources: bool = False) -> None:
        super().__init__()
        self._coordinator = coordinator
        self._events = events
        self._all_sources = all_sources
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 16, 0)
        self._column.setSpacing(0)

    # ------------------------------------------------------------------------------------------------------ slots

    def show_event(self, record_id: str | None) -> None:
        """Say what is known of an event, in the language, colours and size of now."""
        column, coordinator = self._column, self._coordinator
        store = coordinator.store
        try:
            if store is None or record_id is None:
                self._say(column, coordinator.words("window.timeline.none_chosen"))
            elif isinstance(record := store.get(record_id), Event):
                self._show(column, store, record, page(store, record_id, coordinator.language))
        except Fault as fault:
            self._say(column, fault.sentence(coordinator.language))
        except (sqlite3.Error, OSError) as error:
            self._say(column, coordinator.words("window.timeline.unreadable", system=one_line(str(error))))
        column.addStretch(1)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _say(self, column: QVBoxLayout, sentence: str) -> None:
        label = plain_label(sentence, wrap=True)
        label.setProperty("role", "second")
        let_read(label)
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
            link.followed.connect(lambda other, _new_tab: self.marked.emit(other))
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
            more.clicked.connect(self.more_wanted)
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
            made.followed.connect(self.followed)
        made.cited.connect(self.cited)
        made.pointed.connect(lambda target, area: self.pointed.emit(made, target, area))
        return made


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
