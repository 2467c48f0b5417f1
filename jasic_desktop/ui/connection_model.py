"""The connections of a record as a list: headings, the first of each group, and a row that shows the rest."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from jasic_desktop.app.profile import Group, Member, member
from jasic_desktop.core.errors import Fault
from jasic_desktop.packs.store import Connection
from jasic_desktop.render.wording import Words
from jasic_desktop.ui.coordinator import Coordinator

FIRST: Final = 6
"""Rows of a group that are shown at once; one more is shown rather than a row that says so."""

Index = QModelIndex | QPersistentModelIndex


class Entry(Struct, frozen=True):
    """A row: the heading of a group (`connection` None), one of its members, or what opens and shuts it (`more`)."""

    group: int
    connection: Connection | None = None
    more: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it only parts the groups."""
        return self.connection is None and not self.more


class ConnectionModel(QAbstractListModel):
    """Holds ids; the words of a row are fetched when it is painted or read aloud."""

    def __init__(self, coordinator: Coordinator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._groups: Sequence[Group] = ()
        self._open: set[int] = set()
        self._entries: list[Entry] = []
        self._members: dict[tuple[int, str, str], Member | None] = {}

    # ---------------------------------------------------------------- slots

    def show(self, groups: Sequence[Group]) -> None:
        """Show other connections, each group folded."""
        self.beginResetModel()
        self._groups = groups
        self._open.clear()
        self._members.clear()
        self._entries = [entry for at in range(len(groups)) for entry in self._of(at)]
        self.endResetModel()

    def switch(self, number: int) -> int:
        """Show all of the group of a row, or only its first; tells the row that then stands where to go on."""
        group = self._entries[number].group
        first = next(at for at, entry in enumerate(self._entries) if entry.group == group)
        before = sum(entry.group == group for entry in self._entries)
        after = self._of(group, whole=group not in self._open)
        if len(after) > before:
            # The row that was asked for more stays the last of its group; those in between are new.
            self.beginInsertRows(QModelIndex(), first + before - 1, first + len(after) - 2)
            self._entries[first : first + before] = after
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), first + len(after) - 1, first + before - 2)
            self._entries[first : first + before] = after
            self.endRemoveRows()
        self._open ^= {group}  # now the row that stays says something else
        last = self.index(first + len(after) - 1)
        self.dataChanged.emit(last, last)
        return first + FIRST + 1 if group in self._open else first + len(after) - 1

    # ---------------------------------------------------------------- the model

    def rowCount(self, parent: Index = QModelIndex(), /) -> int:  # noqa: B008 - Qt's signature
        """All rows, headings among them."""
        return 0 if parent.isValid() else len(self._entries)

    def flags(self, index: Index, /) -> Qt.ItemFlag:
        """Headings are no stops."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._entries[index.row()].is_heading:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> Any:
        """The words of a row, as shown and as read aloud."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            found = self.member(index.row())
            return (
                f"{self._groups[self.entry(index.row()).group].heading}: {found.spoken}"
                if found
                else self.words(index.row())
            )
        return None

    # ---------------------------------------------------------------- what rows say

    def entry(self, number: int) -> Entry:
        """What a row is."""
        return self._entries[number]

    def id(self, number: int) -> str | None:
        """The record a row leads to."""
        connection = self._entries[number].connection if 0 <= number < len(self._entries) else None
        return connection.to if connection is not None else None

    def member(self, number: int) -> Member | None:
        """The words of a row that leads to a record; None for others, and where the store does not give it."""
        entry = self._entries[number]
        connection, store = entry.connection, self._coordinator.store
        if connection is None or store is None:
            return None
        key = (entry.group, connection.to, connection.reason.show("en"))
        if key not in self._members:
            try:
                words = Words(self._coordinator.language)
                self._members[key] = member(store, connection, self._groups[entry.group].key, words)
            except (Fault, sqlite3.Error):
                self._members[key] = None
        return self._members[key]

    def words(self, number: int) -> str:
        """The words of a row in short: heading, title, or what it opens."""
        entry = self._entries[number]
        group = self._groups[entry.group]
        if entry.more:
            if entry.group in self._open:
                return self._coordinator.words("window.profile.fewer")
            key = "all" if group.is_whole else "first"
            return self._coordinator.words(f"window.profile.{key}", count=len(group.members))
        if entry.connection is None:
            return group.heading
        found = self.member(number)
        return found.title if found is not None else entry.connection.to

    def next_stop(self, number: int, step: int) -> int:
        """The next row that is no heading, from `number` on; `number` itself where there is none."""
        at = number + step
        while 0 <= at < len(self._entries):
            if not self._entries[at].is_heading:
                return at
            at += step
        return number

    # ---------------------------------------------------------------- helpers

    def _of(self, at: int, *, whole: bool = False) -> list[Entry]:
        members = self._groups[at].members
        foldable = len(members) > FIRST + 1
        shown = members if whole or not foldable else members[:FIRST]
        entries = [Entry(at), *(Entry(at, connection) for connection in shown)]
        return [*entries, Entry(at, more=True)] if foldable else entries
