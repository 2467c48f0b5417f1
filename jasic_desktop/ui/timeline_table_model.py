"""The events of the timeline as rows of a table: ids in an order, worded when a row is shown."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from jasic_desktop.core.certainty import Certainty
from jasic_desktop.core.errors import Fault
from jasic_desktop.core.folding import fold
from jasic_desktop.packs.store import EventRow
from jasic_desktop.render.labels import other_title
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words
from jasic_desktop.ui.coordinator import Coordinator

Index = QModelIndex | QPersistentModelIndex
COLUMNS: Final = ("date", "event", "lane", "place", "certainty", "selected")
DATE, EVENT, LANE, PLACE, CERTAINTY, SELECTED = range(len(COLUMNS))
_SIGNS: Final = {str(sign): place for place, sign in enumerate(Certainty)}
_WORDS_KEPT: Final = 1000
_PLACES: Final = 12
_LONGEST: Final = 500
"""Characters of a title or a name; more do not fit into any row."""


class EventWords(NamedTuple):
    """All that is shown of an event; `lane_place` is its lane's place from the top, `other` its title in the other
    script or nothing, `certainty` a value of core.certainty or nothing.
    """

    date: str
    title: str
    other: str
    lane: str
    lane_place: int
    places: str
    certainty: str
    certainty_word: str


class TimelineTableModel(QAbstractTableModel):
    """As many rows as events, in the order of the drawing until another is asked for by `sort`."""

    def __init__(self, coordinator: Coordinator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._events: Sequence[EventRow] = ()
        self._matches: Container[str] | None = None
        self._order: Sequence[int] = ()
        self._rows: dict[str, int] | None = None
        self._sorted = (DATE, Qt.SortOrder.AscendingOrder)
        self._worded: dict[str, EventWords] = {}
        self._places: dict[str, str] = {}
        self._lanes: dict[str, tuple[int, str]] = {}

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def lane_labels(self) -> tuple[str, ...]:
        """What the lanes are called, from the top."""
        return tuple(label for _, label in self._lanes.values())

    @property
    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        """The column in whose order the rows are, and which way."""
        return self._sorted

    # ------------------------------------------------------------------------------------------------------ slots

    def show(self, events: Sequence[EventRow], matches: Container[str] | None = None) -> None:
        """Show other events, in the order that was asked for last; `matches` are those that answer the question, None
        where all do.
        """
        self.beginResetModel()
        self._events, self._matches = events, matches
        self._read_lanes()
        self._order = self._ordered()
        self._rows = None
        self._worded.clear()
        self.endResetModel()

    def forget_words(self) -> None:
        """The language changed: rows are worded anew."""
        self._places.clear()
        self.show(self._events, self._matches)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def selection_changed(self) -> None:
        """Records were ticked, or their ticks were taken away."""
        if self._events:
            first, last = self.index(0, SELECTED), self.index(len(self._events) - 1, SELECTED)
            self.dataChanged.emit(first, last, [Qt.ItemDataRole.CheckStateRole, Qt.ItemDataRole.AccessibleTextRole])

    def answers(self, row: int) -> bool:
        """Whether the event of a row answers the question."""
        return self._matches is None or self.id(row) in self._matches

    def at(self, row: int) -> EventRow | None:
        """The event of a row."""
        return self._events[self._order[row]] if 0 <= row < len(self._order) else None

    def id(self, row: int) -> str | None:
        """The record of a row."""
        found = self.at(row)
        return found.id if found is not None else None

    def row(self, record_id: str | None) -> int | None:
        """The row of a record."""
        if self._rows is None:
            self._rows = {self._events[place].id: row for row, place in enumerate(self._order)}
        return self._rows.get(record_id or "")

    def words(self, row: int) -> EventWords | None:
        """What is shown in a row."""
        found = self.at(row)
        if found is None:
            return None
        known = self._worded.get(found.id)
        if known is None:
            if len(self._worded) > _WORDS_KEPT:
                self._worded.clear()
            known = self._worded[found.id] = self._words(found)
        return known

    # ---------------------------------------------------------------- the model, as Qt asks for it

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of events."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The words of a cell, the tick of the last one."""
        row, column = index.row(), index.column()
        if column == SELECTED and role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self._is_ticked(row) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if column == EVENT and not self.answers(row):
                return self._coordinator.words("window.timeline.other_event", title=self._cell(row, column))
            if column != SELECTED:
                return self._cell(row, column)
            return self._coordinator.words(f"window.timeline.{'ticked' if self._is_ticked(row) else 'not_ticked'}")
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._coordinator.words(f"window.timeline.column.{COLUMNS[section]}")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A row can be chosen, and ticked in its last cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return plain | Qt.ItemFlag.ItemIsUserCheckable if index.column() == SELECTED else plain

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ARG002
        """Tick an event, which a screen reader may do by itself."""
        record_id = self.id(index.row())
        if role != Qt.ItemDataRole.CheckStateRole or record_id is None:
            return False
        self._coordinator.toggle(record_id)
        return True

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in the order of a column; what is alike in it stays in the order of dates."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [(index.column(), self.id(index.row())) for index in before]
        self._sorted = (column, order)
        self._order = self._ordered()
        self._rows = None
        rows = ((self.row(record_id), place) for place, record_id in ids)
        after = [self.index(row, place) if row is not None else QModelIndex() for row, place in rows]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    # ---------------------------------------------------------------- helpers

    def _cell(self, row: int, column: int) -> str:
        words = self.words(row)
        if words is None:
            return ""
        # Not run together: a screen reader makes a pause there, and a cell that is copied is two titles.
        dot = Words(self._coordinator.language).say("punctuation.dot")
        title = dot.join(filter(None, (words.title, words.other)))
        return (words.date, title, words.lane, words.places, words.certainty_word, "")[column]

    def _is_ticked(self, row: int) -> bool:
        return self.id(row) in self._coordinator.selection

    def _words(self, row: EventRow) -> EventWords:
        language = self._coordinator.language
        words = Words(language)
        lane_place, lane = self._lanes.get(row.lane or "", (len(self._lanes), row.lane or ""))
        return EventWords(
            one_line(row.date.phrase.show(language)),
            one_line(row.title.show(language)[:_LONGEST]),
            (other_title(row, words) or "")[:_LONGEST],
            lane,
            lane_place,
            words.say("punctuation.list").join(map(self._place, row.places[:_PLACES])),
            str(row.certainty or ""),
            words.known(f"certainty.{row.certainty}", "") if row.certainty else "",
        )

    def _place(self, record_id: str) -> str:
        known = self._places.get(record_id)
        if known is None:
            store = self._coordinator.store
            try:
                title = store.title(record_id).show(self._coordinator.language) if store is not None else record_id
                known = one_line(title[:_LONGEST])
            except Fault:
                known = record_id  # a place that the archive names and does not have
            self._places[record_id] = known
        return known

    def _read_lanes(self) -> None:
        store, language = self._coordinator.store, self._coordinator.language
        lanes = store.archive.lanes if store is not None else ()
        self._lanes = {
            lane.id: (place, one_line(lane.label.show(language)[:_LONGEST])) for place, lane in enumerate(lanes)
        }
        self._places.clear()

    def _ordered(self) -> Sequence[int]:
        column, order = self._sorted
        events, language = self._events, self._coordinator.language
        descending = order == Qt.SortOrder.DescendingOrder
        if column == DATE:
            return range(len(events))[:: -1 if descending else 1]
        keys: dict[int, Callable[[EventRow], object]] = {
            EVENT: lambda row: fold(row.title.show(language)),
            LANE: lambda row: self._lanes.get(row.lane or "", (len(self._lanes), ""))[0],
            PLACE: lambda row: (not row.places, fold(self._place(row.places[0])) if row.places else ""),
            CERTAINTY: lambda row: _SIGNS.get(str(row.certainty), len(_SIGNS)),
            SELECTED: lambda row: row.id not in self._coordinator.selection,
        }
        told = [keys[column](row) for row in events]
        return sorted(range(len(events)), key=told.__getitem__, reverse=descending)  # type: ignore[arg-type]
