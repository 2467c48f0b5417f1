"""The rows of the results: the records found, as far as they were told, and the words of a row when it is shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItemModel

from jasic_desktop.core.errors import Fault
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.packs.store import Store
from jasic_desktop.render.labels import RowWords, row_words, ways_matched
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words
from jasic_desktop.search.answer import Hit, Reason, Span
from jasic_desktop.search.request import PAGE
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.results_groups import ResultGroups

Index = QModelIndex | QPersistentModelIndex
_WORDS_KEPT: Final = 400


class Row(NamedTuple):
    """All that is shown of one record: `words` is None where the archive could not be read.

    `how` names the ways in which it matched; `unmarked` those that the marks in title and snippet do not show.
    """

    hit: Hit
    words: RowWords | None
    how: str | None
    unmarked: str | None


class ResultsModel(QStandardItemModel):
    """As many rows as records were found. `page_wanted` asks for the hits from an offset, when such a row is shown.

    Of Qt's model only the empty rows are used: a list asks for the place of each of 100,000 rows when it is laid out,
    and Qt answers that a hundred times faster than Python would.
    """

    page_wanted = Signal(int)

    def __init__(self, coordinator: Coordinator, parent: QObject | None = None) -> None:
        super().__init__(0, 1, parent)
        self._coordinator = coordinator
        self.groups = ResultGroups()
        self.total = 0
        self._hits: dict[int, Hit] = {}
        self._rows: dict[str, Row] = {}
        self._missing: int | None = None
        self._asked = QTimer(self)
        self._asked.setSingleShot(True)
        self._asked.setInterval(0)
        self._asked.timeout.connect(self._ask)

    def show(self, total: int, hits: Sequence[Hit], groups: tuple[tuple[str, int], ...] = ()) -> None:
        """Show an answer: so many records, of which these are the first; in `groups`, each with a heading above."""
        self.setRowCount(0)
        self.groups = ResultGroups(groups)
        self._hits = dict(enumerate(hits))
        self._rows.clear()
        self._missing = None
        self.total = max(total, len(hits))
        self.setRowCount(self.total + len(groups))

    def add(self, offset: int, hits: Sequence[Hit]) -> None:
        """Take further hits, from `offset` on."""
        count = self.total
        new = {offset + place: hit for place, hit in enumerate(hits) if offset + place < count}
        self._hits |= new
        if new:
            rows = self.groups.row(min(new)), self.groups.row(max(new))
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[1], 0))

    def forget_words(self) -> None:
        """The language changed: rows are worded anew."""
        self._rows.clear()
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))

    def row(self, number: int) -> Row | None:
        """What is shown in a row; None while its page is still to come, which is then asked for, and of a heading."""
        if self.groups.heading(number) is not None:
            return None
        place = self.groups.place(number)
        hit = self._hits.get(place)
        if hit is None:
            if self._missing is None or not self._asked.isActive():
                self._asked.start()
            self._missing = place
            return None
        known = self._rows.get(hit.id)
        if known is None:
            if len(self._rows) > _WORDS_KEPT:
                self._rows.clear()
            known = self._rows[hit.id] = self._worded(hit)
        return known

    def id(self, number: int) -> str | None:
        """The record of a row, if it is known yet; None of a heading."""
        hit = self._hits.get(self.groups.place(number)) if self.groups.heading(number) is None else None
        return hit.id if hit is not None else None

    def number(self, record_id: str | None) -> int | None:
        """The row of a record among those known."""
        return next((self.groups.row(place) for place, hit in self._hits.items() if hit.id == record_id), None)

    def heading(self, number: int) -> str | None:
        """The words of a heading; None of any other row."""
        found, words = self.groups.heading(number), self._coordinator.words
        if found is None:
            return None
        value = found[0]
        if value.isdecimal():
            return value
        return words(f"render.types.{value}") if value else words("window.results.no_year")

    # ---------------------------------------------------------------- the model, as Qt asks for it

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the spoken words, and whether the record is selected."""
        if role == Qt.ItemDataRole.DisplayRole:
            heading = self.heading(index.row())
            hit = self._hits.get(self.groups.place(index.row()))
            title = one_line("".join(span.text for span in hit.title)) if hit is not None else ""
            return title if heading is None else heading
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index.row())
        if role == Qt.ItemDataRole.CheckStateRole:
            if self.groups.heading(index.row()) is not None:
                return None
            is_selected = self.id(index.row()) in self._coordinator.selection
            return Qt.CheckState.Checked if is_selected else Qt.CheckState.Unchecked
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A row can be chosen and ticked."""
        if not index.isValid() or self.groups.heading(index.row()) is not None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ARG002
        """Tick a record, which a screen reader may do by itself."""
        record_id = self.id(index.row())
        if role != Qt.ItemDataRole.CheckStateRole or record_id is None:
            return False
        self._coordinator.toggle(record_id)
        return True

    def spoken(self, number: int) -> str:
        """A row as one sentence for a screen reader."""
        language = self._coordinator.language
        group = self.groups.heading(number)
        if group is not None:
            return self._coordinator.words("window.results.heading", group=self.heading(number), count=group[1])
        row = self.row(number)
        if row is None:
            return translate("window.results.loading", language)
        title = "".join(span.text for span in row.hit.title)
        parts = [title]
        if row.words is not None:
            parts += [*row.words.others, row.words.type_word, *row.words.details]
        if row.how:
            parts.append(Words(language).say("matched_by", how=row.how))
        if row.hit.id in self._coordinator.selection:
            parts.append(translate("window.results.selected", language))
        parts.append("".join(span.text for span in row.hit.snippet).strip())
        return one_line(Words(language).say("punctuation.semicolon").join(filter(None, parts)))

    # ---------------------------------------------------------------- helpers

    def _ask(self) -> None:
        if self._missing is not None and self._missing not in self._hits and self._missing < self.total:
            self.page_wanted.emit(self._missing // PAGE * PAGE)

    def _worded(self, hit: Hit) -> Row:
        store, language = self._coordinator.store, self._coordinator.language
        words = Words(language)
        try:
            shown = row_words(store, store.get(hit.id), words) if store is not None else None
        except (Fault, sqlite3.Error, OSError):
            shown = None  # the archive vanished while it was open: what the answer itself says is still shown
        return Row(hit, shown, ways_matched(hit.matched, words), ways_matched(_unmarked(hit), words))


def _unmarked(hit: Hit) -> Sequence[Reason]:
    """Why a record was found, without what a look at the marked words tells."""
    marked = "".join(span.text for span in (*hit.title, *hit.snippet) if span.match)
    if not marked:
        return hit.matched
    # Letters that are marked show by themselves how they were typed; characters do not.
    shown = {"related", "pinyin"} if marked.isascii() else {"related"}
    return tuple(reason for reason in hit.matched if reason not in shown)


def hit_of(store: Store, record_id: str, language: Language) -> Hit:
    """A record as a hit of no question: its title and what it is in short. Raises NotFoundFault."""
    record = store.get(record_id)
    summary = record.summary.show(language) if record.summary is not None else ""
    return Hit(record_id, 0.0, (Span(record.title.show(language)),), (Span(summary),), ())
