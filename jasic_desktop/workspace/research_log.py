"""The research log: which questions were asked of which edition, and how many records answered; opt-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jasic_desktop.workspace.database import Database
from jasic_desktop.workspace.items import Logged


class ResearchLog:
    """The questions in the order in which they were asked: "how I searched", with those that found nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> tuple[Logged, ...]:
        """The whole log."""
        return tuple(self._database.items(Logged))

    @property
    def last(self) -> Logged | None:
        """The question asked last."""
        found = self._database.items(Logged, order="number DESC, rowid DESC LIMIT 1")
        return found[0] if found else None

    def add(
        self, archive: str, question: str, filters: Mapping[str, Any], total: int, *, version: str, fingerprint: str
    ) -> None:
        """A question was answered by `total` records. The same one again at once is one entry."""
        last = self.last
        asked = (archive, version, fingerprint, question, dict(filters), total)
        if last is not None and asked == (
            *(last.archive, last.version, last.fingerprint),
            *(last.question, last.filters, last.total),
        ):
            return
        with self._database.edit() as edit:
            logged = Logged(
                id=edit.identity(),
                asked=edit.now,
                archive=archive,
                version=version,
                fingerprint=fingerprint,
                question=question,
                filters=dict(filters),
                total=total,
            )
            edit.put([logged])

    def clear(self) -> int:
        """Forget all of it; how many there were."""
        with self._database.edit() as edit:
            return edit.remove(Logged, "1")
