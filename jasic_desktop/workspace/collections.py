"""Collections: records put together under a name, in an order, with a note on each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import msgspec

from jasic_desktop.core.errors import NotFoundFault, UsageFault
from jasic_desktop.core.folding import fold
from jasic_desktop.workspace.database import Database
from jasic_desktop.workspace.items import Collection, Entry

_LIVE: Final = "deleted IS NULL"
_OF: Final = f"collection = ? AND {_LIVE}"
_SHOWN: Final = 60


class Member(NamedTuple):
    """A record to be put into a collection: its archive, its id, and what it is called."""

    archive: str
    record: str
    title: str = ""


class Collections:
    """All collections that are not in the trash. A name belongs to one of them only, however it is written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> tuple[Collection, ...]:
        """The collections in the order in which they were made."""
        return tuple(self._database.items(Collection, _LIVE))

    def count(self, collection: str) -> int:
        """How many records a collection (its id) holds."""
        return self._database.count(Entry, _OF, collection)

    def find(self, name: str) -> Collection:
        """The collection of this name, or of this id. Raises NotFoundFault."""
        wanted, known = fold(name.strip()), self.list()
        for one in known:
            if name == one.id or fold(one.name) == wanted:
                return one
        if known:
            names = ", ".join(one.name for one in known)
            raise NotFoundFault("workspace.no_collection", name=name[:_SHOWN], known=names)
        raise NotFoundFault("workspace.no_collections", name=name[:_SHOWN])

    def create(self, name: str, members: Iterable[Member] = ()) -> Collection:
        """Make a collection, with these records in it. Raises UsageFault where the name is taken or empty."""
        name = self._free(name)
        with self._database.edit() as edit:
            made = Collection(id=edit.identity(), created=edit.now, modified=edit.now, name=name)
            entries = [
                _entry(edit.identity(), edit.now, made.id, at, member)
                for at, member in enumerate({one[:2]: one for one in members}.values())
            ]
            edit.put([made])
            edit.put(entries)
        return made

    def rename(self, collection: Collection, name: str) -> Collection:
        """Give a collection another name. Raises UsageFault where it is taken or empty."""
        name = self._free(name, collection.id)
        with self._database.edit() as edit:
            changed = msgspec.structs.replace(collection, name=name, modified=edit.now)
            edit.put([changed])
        return changed

    def delete(self, collection: Collection) -> None:
        """Put a collection into the trash, with all that is in it."""
        with self._database.edit() as edit:
            edit.put([msgspec.structs.replace(collection, deleted=edit.now)])

    def entries(self, collection: str) -> tuple[Entry, ...]:
        """The entries of a collection (its id), in its order."""
        return tuple(self._database.items(Entry, _OF, collection, order="place, number, rowid"))

    def holding(self, archive: str, record: str) -> tuple[str, ...]:
        """The ids of the collections that hold a record."""
        where = f"archive = ? AND record = ? AND {_LIVE}"
        return tuple(one.collection for one in self._database.items(Entry, where, archive, record))

    def add(self, collection: str, members: Iterable[Member]) -> int:
        """Put records at the end of a collection; how many were not in it yet."""
        there = {(one.archive, one.record) for one in self.entries(collection)}
        new = {one[:2]: one for one in members if one[:2] not in there}
        if not new:
            return 0
        last = self._database.number(f"SELECT max(place) + 1 FROM entry WHERE {_OF}", collection)  # noqa: S608
        with self._database.edit() as edit:
            edit.put(
                _entry(edit.identity(), edit.now, collection, last + at, member)
                for at, member in enumerate(new.values())
            )
        return len(new)

    def remove(self, entries: Iterable[Entry]) -> None:
        """Take records out of their collection, into the trash."""
        with self._database.edit() as edit:
            edit.put(msgspec.structs.replace(one, deleted=edit.now) for one in entries)

    def move(self, entry: Entry, step: int) -> bool:
        """Move a record up (-1) or down (1) by so many places; whether it could be moved."""
        order = list(self.entries(entry.collection))
        at = next((at for at, one in enumerate(order) if one.id == entry.id), None)
        if at is None or not 0 <= at + step < len(order) or not step:
            return False
        order.insert(at + step, order.pop(at))
        with self._database.edit() as edit:
            edit.put(
                msgspec.structs.replace(one, place=place, modified=edit.now if one.id == entry.id else one.modified)
                for place, one in enumerate(order)
                if one.place != place
            )
        return True

    def annotate(self, entry: Entry, note: str) -> Entry:
        """Let this be the note on an entry."""
        with self._database.edit() as edit:
            changed = msgspec.structs.replace(entry, note=note, modified=edit.now)
            edit.put([changed])
        return changed

    def _free(self, name: str, but: str = "") -> str:
        name = " ".join(name.split())
        if not name:
            raise UsageFault("workspace.no_name")
        if any(fold(one.name) == fold(name) for one in self.list() if one.id != but):
            raise UsageFault("workspace.name_taken", name=name[:_SHOWN])
        return name


def _entry(identity: str, now: str, collection: str, place: int, member: Member) -> Entry:
    return Entry(
        id=identity,
        created=now,
        modified=now,
        collection=collection,
        archive=member.archive,
        record=member.record,
        title=member.title,
        place=place,
    )
