"""Notes and highlights: on records, and on words of them."""

from __future__ import annotations

from typing import Final

import msgspec

from jasic_desktop.core.errors import NotFoundFault
from jasic_desktop.workspace.database import Database
from jasic_desktop.workspace.items import Anchor, Note

_LIVE: Final = "deleted IS NULL"


class Notes:
    """All notes that are not in the trash, in the order in which they were made."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, archive: str | None = None, record: str | None = None) -> tuple[Note, ...]:
        """All notes, or those on an archive (its id), or on one record of it."""
        where, values = _LIVE, []
        for name, value in (("archive", archive), ("record", record)):
            if value is not None:
                where += f" AND {name} = ?"
                values.append(value)
        return tuple(self._database.items(Note, where, *values))

    def count(self, archive: str | None = None) -> int:
        """How many notes there are, or are on an archive (its id)."""
        if archive is None:
            return self._database.count(Note, _LIVE)
        return self._database.count(Note, f"{_LIVE} AND archive = ?", archive)

    def find(self, identity: str) -> Note:
        """The note of this id, or whose id begins so where no other's does. Raises NotFoundFault."""
        wanted = identity.strip().lower()
        found = [note for note in self.list() if wanted and note.id.startswith(wanted)]
        if len(found) != 1:
            raise NotFoundFault("workspace.no_note", id=identity[:40])
        return found[0]

    def add(
        self,
        archive: str,
        record: str,
        text: str = "",
        *,
        version: str = "",
        title: str = "",
        anchor: Anchor | None = None,
        colour: str = "yellow",
    ) -> Note:
        """Make a note on a record, or on the words of it that `anchor` names."""
        with self._database.edit() as edit:
            note = Note(
                id=edit.identity(),
                created=edit.now,
                modified=edit.now,
                archive=archive,
                version=version,
                record=record,
                title=title,
                text=text,
                anchor=anchor,
                colour=colour,
            )
            edit.put([note])
        return note

    def change(self, note: Note, *, text: str | None = None, colour: str | None = None) -> Note:
        """Give a note another text or colour."""
        with self._database.edit() as edit:
            changed = msgspec.structs.replace(
                note,
                text=note.text if text is None else text,
                colour=note.colour if colour is None else colour,
                modified=edit.now,
            )
            edit.put([changed])
        return changed

    def delete(self, note: Note) -> None:
        """Put a note into the trash."""
        with self._database.edit() as edit:
            edit.put([msgspec.structs.replace(note, deleted=edit.now)])
