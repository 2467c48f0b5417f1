"""Records on their way into collections and out of them again, whatever edition of the archive is open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from jasic_desktop.core.errors import NotFoundFault
from jasic_desktop.core.languages import Language
from jasic_desktop.packs.store import Store
from jasic_desktop.workspace.collections import Member
from jasic_desktop.workspace.items import Entry


class Resolved(NamedTuple):
    """The ids of the open archive that entries mean, in their order, each once; and the entries that mean none."""

    ids: tuple[str, ...]
    missing: tuple[Entry, ...]


def members(store: Store, ids: Iterable[str], language: Language) -> list[Member]:
    """Records of the open archive as members of a collection. Raises NotFoundFault."""
    return [Member(store.archive.id, one, store.title(one).show(language)) for one in ids]


def resolved(store: Store, entries: Iterable[Entry]) -> Resolved:
    """The records that entries mean in the open archive: by id, or by an id that was theirs once."""
    ids: list[str] = []
    missing: list[Entry] = []
    for entry in entries:
        found = current_id(store, entry.archive, entry.record)
        if found is None:
            missing.append(entry)
        else:
            ids.append(found)
    return Resolved(tuple(dict.fromkeys(ids)), tuple(missing))


def current_id(store: Store, archive: str, record: str) -> str | None:
    """The id in the open archive of a record of `archive`; None where it is another one, or has no such record."""
    if archive != store.archive.id:
        return None
    if record in store.ordinals:
        return record
    try:
        return store.resolve(record)
    except NotFoundFault:
        return None
