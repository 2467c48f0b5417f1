"""What was deleted: it can be brought back for thirty days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from jasic_desktop.workspace.database import Database
from jasic_desktop.workspace.items import Collection, Entry, Kept, Note, SavedSearch

DAYS: Final = 30
_FORM: Final = "%Y-%m-%dT%H:%M:%SZ"
_KINDS: Final[tuple[type[Kept], ...]] = (Entry, Note, SavedSearch, Collection)


class Trash:
    """The deleted things. What lies in a deleted collection comes back with it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> tuple[Kept, ...]:
        """What was deleted, by kind."""
        return tuple(item for kind in _KINDS for item in self._database.items(kind, "deleted IS NOT NULL"))

    def bring_back(self, items: Iterable[Kept]) -> None:
        """Let deleted things be there again."""
        with self._database.edit() as edit:
            edit.put(msgspec.structs.replace(item, deleted=None) for item in items)

    def empty(self, days: int = DAYS) -> int:
        """Take away for good what was deleted more than `days` ago, and not in a time to come; how many there were.

        To be called when a backup that holds it was made.
        """
        now = datetime.strptime(self._database.tools.now(), _FORM).replace(tzinfo=UTC)
        before = (now - timedelta(days=days)).strftime(_FORM)
        where = "deleted IS NOT NULL AND deleted < ?"
        if not any(self._database.count(kind, where, before) for kind in _KINDS):
            return 0
        with self._database.edit() as edit:
            of_gone = f"collection IN (SELECT id FROM collection WHERE {where})"  # noqa: S608 - SQL of ours
            gone = edit.remove(Entry, of_gone, before)
            return gone + sum(edit.remove(kind, where, before) for kind in _KINDS)
