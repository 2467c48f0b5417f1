"""Saved searches: questions with their filters under a name, to be asked again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from jasic_desktop.core.errors import NotFoundFault, UsageFault
from jasic_desktop.core.folding import fold
from jasic_desktop.workspace.database import Database
from jasic_desktop.workspace.items import SavedSearch

_LIVE: Final = "deleted IS NULL"
_SHOWN: Final = 60


class SavedSearches:
    """All saved searches that are not in the trash; of one archive, a name belongs to one of them only."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, archive: str | None = None) -> tuple[SavedSearch, ...]:
        """The saved searches, of all archives or of one (its id), in the order in which they were saved."""
        if archive is None:
            return tuple(self._database.items(SavedSearch, _LIVE))
        return tuple(self._database.items(SavedSearch, f"{_LIVE} AND archive = ?", archive))

    def find(self, name: str, archive: str | None = None) -> SavedSearch:
        """The saved search of this name, or of this id. Raises NotFoundFault."""
        for one in self.list(archive):
            if name == one.id or fold(one.name) == fold(name.strip()):
                return one
        known = ", ".join(one.name for one in self.list(archive)) or "–"
        raise NotFoundFault("workspace.no_search", name=name[:_SHOWN], known=known)

    def save(
        self, name: str, archive: str, question: str, filters: Mapping[str, Any], sort: str = "relevance"
    ) -> SavedSearch:
        """Save a question; under a name that is taken it replaces what stood there. Raises UsageFault without one."""
        name = " ".join(name.split())
        if not name:
            raise UsageFault("workspace.no_name")
        before = next((one for one in self.list(archive) if fold(one.name) == fold(name)), None)
        with self._database.edit() as edit:
            saved = SavedSearch(
                id=before.id if before is not None else edit.identity(),
                created=before.created if before is not None else edit.now,
                modified=edit.now,
                name=name,
                archive=archive,
                question=question,
                filters=dict(filters),
                sort=sort,
            )
            edit.put([saved])
        return saved

    def delete(self, search: SavedSearch) -> None:
        """Put a saved search into the trash."""
        with self._database.edit() as edit:
            edit.put([msgspec.structs.replace(search, deleted=edit.now)])
