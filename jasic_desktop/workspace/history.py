"""What was read, the latest first; nothing is written here unless the person asked for it."""

from __future__ import annotations

from typing import Final

from jasic_desktop.workspace.database import Database
from jasic_desktop.workspace.items import Visit

MOST: Final = 1000
"""So many records are remembered; the oldest are forgotten."""


class ReadingHistory:
    """Each record that was read, once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, archive: str | None = None, most: int = MOST) -> tuple[Visit, ...]:
        """What was read last of an archive (its id), or of all."""
        where, values = ("1", []) if archive is None else ("archive = ?", [archive])
        return tuple(self._database.items(Visit, where, *values, order=f"number DESC LIMIT {int(most)}"))

    def note(self, archive: str, record: str, title: str = "") -> None:
        """A record is read now."""
        with self._database.edit() as edit:
            edit.put([Visit(archive=archive, record=record, title=title, seen=edit.now)], renumber=True)
            edit.remove(Visit, "number <= (SELECT number FROM visit ORDER BY number DESC LIMIT 1 OFFSET ?)", MOST)

    def clear(self) -> int:
        """Forget all of it; how many there were."""
        with self._database.edit() as edit:
            return edit.remove(Visit, "1")
