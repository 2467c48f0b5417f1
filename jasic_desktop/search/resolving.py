"""From the value of a field in a question to the records it means: ids, keys, or any name in any script."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final

import numpy as np

from jasic_desktop.core.folding import fold
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.packs.store import Store
from jasic_desktop.search.analysis import key
from jasic_desktop.search.columns import Columns
from jasic_desktop.search.facet import Flags
from jasic_desktop.search.fields import KEYS, Field
from jasic_desktop.search.leaves import Leaves, Ordinals
from jasic_desktop.search.matches import flags
from jasic_desktop.search.query import Restrict
from jasic_desktop.search.vocabulary import value_of

_RECORDS: Final[dict[str, tuple[RecordType, str]]] = {
    "place": ("place", "place"),
    "person": ("person", "person"),
    "org": ("organisation", "organisation"),
    "topic": ("topic", "topic"),
    "source": ("document", "source"),
}
"""For each field whose values are records: their type, and the facet that holds their ids."""

Named = Callable[[str, RecordType], Flags]
"""Records of a type whose names hold all words of a text."""


class Resolver:
    """Finds what `field:value` means in one archive."""

    def __init__(self, store: Store, leaves: Leaves, columns: Columns, named: Named) -> None:
        self._store = store
        self._leaves = leaves
        self._columns = columns
        self._named = named

    def records(self, restrict: Restrict) -> Flags | None:
        """The records that `restrict` leaves, or None where its value names nothing in this archive."""
        field, value = restrict.field, restrict.value
        if field in _RECORDS:
            return self._by_record(*_RECORDS[field], value)
        if field == "kind":
            kinds = self._kinds.get(" ".join(fold(value).split()))
            return self._columns.having("kind", kinds) if kinds else None
        meaning = value_of(field, value)
        if field == "language":
            wanted = meaning or fold(value)
            languages = [
                v for v in self._columns.values("language") if fold(v).split("-")[0] == wanted or fold(v) == wanted
            ]
            return self._columns.having("language", languages) if languages else None
        if meaning is None:
            return None
        return self._columns.having(*(("accounts", ("yes",)) if field == "has" else (field, (meaning,))))

    def one(self, value: str) -> int | None:
        """The ordinal of the record with this id, or with this as its whole name or title; None where there is none."""
        for field in (Field.KEY_ID, *KEYS):
            found = self._leaves.records(field, fold(value) if field is Field.KEY_ID else key(value))
            if len(found):
                return int(found[0])
        return None

    @cached_property
    def _kinds(self) -> dict[str, list[str]]:
        """Keys of kinds by key and by label in each language, folded."""
        found: dict[str, list[str]] = {}
        for kinds in self._store.archive.kinds.values():
            for kind, term in kinds.items():
                for word in {kind, *(fold(text) for _, text in term.label.items())}:
                    found.setdefault(word, []).append(kind)
        return found

    def _by_record(self, type_: RecordType, facet: str, value: str) -> Flags | None:
        records = self._of_type(value, type_)
        if type_ == "document" and not records.any():
            records = self._flags(self._leaves.records(Field.KEY_SOURCE, key(value)))
        if not records.any():
            records = self._named(value, type_)
        if not records.any():
            return None
        ids = [self._store.id_at(ordinal) for ordinal in np.flatnonzero(records).tolist()]
        found = self._columns.having(facet, ids)
        return found | records if type_ == "document" else found

    def _of_type(self, value: str, type_: RecordType) -> Flags:
        """Records of a type with this id, or with this as one of their names."""
        own = self._columns.having("type", (type_,))
        found = own & self._flags(self._leaves.records(Field.KEY_ID, fold(value)))
        for field in KEYS:
            if found.any():
                break
            found = own & self._flags(self._leaves.records(field, key(value)))
        return found

    def _flags(self, ordinals: Ordinals) -> Flags:
        return flags(ordinals, self._leaves.count)
