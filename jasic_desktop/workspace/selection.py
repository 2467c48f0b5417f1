"""The ticked records of each archive, kept from one run to the next."""

from __future__ import annotations

from collections.abc import Iterable

from jasic_desktop.workspace.database import Database
from jasic_desktop.workspace.items import Selected


class KeptSelection:
    """What is ticked, by archive (its id): record ids in the order in which they were ticked."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self, archive: str) -> tuple[str, ...]:
        """The ticked records of an archive."""
        return tuple(one.record for one in self._database.items(Selected, "archive = ?", archive, order="place"))

    def keep(self, archive: str, ids: Iterable[str]) -> None:
        """Let these be the ticked records of an archive."""
        wanted = [Selected(archive=archive, record=record, place=at) for at, record in enumerate(dict.fromkeys(ids))]
        with self._database.edit() as edit:
            edit.remove(Selected, "archive = ?", archive)
            edit.put(wanted)
