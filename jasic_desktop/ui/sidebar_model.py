"""The tree of the sidebar: the archive by type, the facets of the answer with counts, and what is the person’s."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from jasic_desktop.app.narrowing import values
from jasic_desktop.core.errors import Fault
from jasic_desktop.core.record_types import RECORD_TYPES
from jasic_desktop.packs.store import Store
from jasic_desktop.render.labels import facet_label
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words
from jasic_desktop.ui.coordinator import Coordinator

Index = QModelIndex | QPersistentModelIndex
Kind = Literal[
    "heading", "all", "type", "facet", "value", "more", "selection", "collection", "notes", "search", "history"
]

FACETS_SHOWN: Final = ("year", "place", "person", "topic", "kind", "language", "certainty")
FIRST: Final = 8
MORE: Final = 50
"""Values of a facet shown at first, and how many come with each `more…`."""
_LABELS_KEPT: Final = 5000
NODE: Final = Qt.ItemDataRole.UserRole
_NUMBERS: Final = itertools.count(1)


@dataclass(eq=False)
class Node:
    """One row: what it is, what it stands for, its words and count, and the rows under it.

    Qt knows it by its `number`, which no other row ever has: one that is gone is found to be gone.
    """

    kind: Kind
    value: str = ""
    label: str = ""
    count: int | None = None
    is_chosen: bool = False
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    number: int = field(default_factory=_NUMBERS.__next__)

    @property
    def key(self) -> tuple[str, ...]:
        """What stays the same when words and counts change."""
        above = self.parent.key if self.parent is not None else ()
        return (*above, f"{self.kind} {self.value}")

    def add(self, child: Node) -> Node:
        """Put a row under this one and give it."""
        child.parent = self
        self.children.append(child)
        return child

    def walk(self) -> Iterator[Node]:
        """All rows under this one."""
        for child in self.children:
            yield child
            yield from child.walk()


class SidebarModel(QAbstractItemModel):
    """The rows for the moment and its answer. `refresh` brings it up to date and keeps what can stay."""

    def __init__(self, coordinator: Coordinator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._shown: dict[str, int] = {}
        self._types: tuple[Store, Counter[str]] | None = None
        self._labels: tuple[Store | None, str, dict[tuple[str, str], str]] = (None, "", {})
        self._root = self._built()
        self._by_number = {node.number: node for node in self._root.walk()}

    def refresh(self) -> bool:
        """Read everything anew. Whether rows came, went or moved, so that a view must open its branches again."""
        new = self._built()
        if [node.key for node in new.walk()] == [node.key for node in self._root.walk()]:
            for old, node in zip(self._root.walk(), new.walk(), strict=True):
                if (old.label, old.count, old.is_chosen) != (node.label, node.count, node.is_chosen):
                    old.label, old.count, old.is_chosen = node.label, node.count, node.is_chosen
                    index = self.index_of(old)
                    self.dataChanged.emit(index, index)
            return False
        self.beginResetModel()
        self._root = new
        self._by_number = {node.number: node for node in new.walk()}
        self.endResetModel()
        return True

    def show_more(self, facet: str) -> None:
        """Show further values of a facet at the next refresh."""
        self._shown[facet] = self._shown.get(facet, FIRST) + MORE

    def show_few(self) -> None:
        """Another archive: show the first values only."""
        self._shown.clear()

    def node(self, index: Index) -> Node:
        """The row at `index`; the root for an invalid one."""
        return self._by_number.get(index.internalId(), self._root) if index.isValid() else self._root

    def nodes(self) -> Iterator[Node]:
        """All rows from the top."""
        return self._root.walk()

    def index_of(self, node: Node) -> QModelIndex:
        """Where a row stands."""
        if node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.children.index(node), 0, node.number)

    def spoken(self, node: Node) -> str:
        """A row as a screen reader says it."""
        words = self._coordinator.words
        parts = [node.label]
        if node.kind == "notes":
            parts[0] = words("window.mine.notes_count", count=node.count or 0)
        elif node.count is not None:
            parts.append(Words(self._coordinator.language).say("records", count=node.count))
        if node.is_chosen:
            parts.append(words("window.sidebar.chosen"))
        return Words(self._coordinator.language).say("punctuation.list").join(parts)

    # ---------------------------------------------------------------- the model, as Qt asks for it

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        """Where a row under `parent` stands."""
        children = self.node(parent).children
        if column or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, children[row].number)

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject has another of this name
        """The row over another."""
        above = self.node(index).parent
        return self.index_of(above) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """The number of rows under `parent`."""
        return len(self.node(parent).children)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One column."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The label, the spoken words, the row itself."""
        if not index.isValid():
            return None
        node = self.node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return node.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(node)
        return node if role == NODE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Keys pass over headings; everything else can be chosen."""
        if not index.isValid() or self.node(index).kind == "heading":
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    # ---------------------------------------------------------------- helpers

    def _built(self) -> Node:
        root, words, store = Node("heading"), self._coordinator.words, self._coordinator.store
        archive = root.add(Node("heading", "archive", words("window.sidebar.archive")))
        if store is not None:
            self._add_types(archive, store)
            narrow = root.add(Node("heading", "narrow", words("window.sidebar.narrow")))
            for facet in FACETS_SHOWN:
                self._add_facet(narrow, facet, store)
            if not narrow.children:
                root.children.remove(narrow)
        mine = root.add(Node("heading", "mine", words("window.sidebar.mine")))
        mine.add(Node("selection", "", words("window.sidebar.selection"), len(self._coordinator.selection)))
        if self._coordinator.mine.is_open:
            self._add_mine(mine)
        return root

    def _add_mine(self, section: Node) -> None:
        """Collections, notes, saved searches, and what was read where that is remembered."""
        mine, words = self._coordinator.mine, self._coordinator.words
        try:
            workspace = mine.workspace
            for collection in workspace.collections.list():
                count = workspace.collections.count(collection.id)
                section.add(Node("collection", collection.id, one_line(collection.name), count))
            section.add(Node("notes", "", words("window.sidebar.notes"), workspace.notes.count()))
            for search in workspace.searches.list(mine.archive_id):
                section.add(Node("search", search.id, one_line(search.name)))
        except Fault:
            return  # whoever opens one of them is told
        if self._coordinator.settings.text("history") == "on":
            section.add(Node("history", "", words("window.sidebar.history")))

    def _add_types(self, section: Node, store: Store) -> None:
        if self._types is None or self._types[0] is not store:
            column = store.facet("type")
            self._types = (store, Counter(column.values[number] for row in column.rows for number in row))
        counts, chosen = self._types[1], self._coordinator.moment.filters.types
        label = self._coordinator.words("window.sidebar.all")
        section.add(Node("all", "", label, store.count, is_chosen=not chosen))
        for record_type in RECORD_TYPES:
            label = self._label(store, "type", record_type)
            section.add(Node("type", record_type, label, counts[record_type], record_type in chosen))

    def _add_facet(self, section: Node, facet: str, store: Store) -> None:
        answer, words = self._coordinator.answer, Words(self._coordinator.language)
        counted = dict(answer.facets.get(facet, ())) if answer is not None else {}
        chosen = values(self._coordinator.moment.filters, facet)
        # What is chosen always stands there, so that it can be taken back.
        shown = dict.fromkeys((*chosen, *list(counted)[: self._shown.get(facet, FIRST)]))
        if not shown:
            return
        node = section.add(Node("facet", facet, words.say(f"facet.{facet}")))
        order = (
            sorted(shown, reverse=True) if facet == "year" else sorted(shown, key=lambda value: -counted.get(value, 0))
        )
        for value in order:
            node.add(Node("value", value, self._label(store, facet, value), counted.get(value, 0), value in chosen))
        left = len(counted.keys() - shown.keys())
        if left:
            node.add(Node("more", facet, self._coordinator.words("window.sidebar.more", count=left)))

    def _label(self, store: Store, facet: str, value: str) -> str:
        """The words of a value on one line: read from the archive once, not at each answer."""
        language = self._coordinator.language
        if self._labels[:2] != (store, language) or len(self._labels[2]) > _LABELS_KEPT:
            self._labels = (store, language, {})
        known = self._labels[2].get((facet, value))
        if known is None:
            known = one_line(facet_label(store, facet, value, Words(language)))
            self._labels[2][facet, value] = known
        return known
