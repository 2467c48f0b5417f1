"""What the store's file looks like, and the rows it gives out."""

from __future__ import annotations

from typing import Final

import msgspec

from jasic_desktop.core.certainty import Certainty
from jasic_desktop.core.dates import Date
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.core.records import Key, RecordId

FORMAT: Final = "5"
"""Changed whenever the tables or what stands in them change: a store of another format is made again."""

SCHEMA: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE record (
    ordinal INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    head BLOB NOT NULL,
    signs BLOB NOT NULL,
    connections BLOB NOT NULL,
    cited BLOB NOT NULL,
    record BLOB NOT NULL
) STRICT;
CREATE TABLE facet (name TEXT PRIMARY KEY, names BLOB NOT NULL, ends BLOB NOT NULL, numbers BLOB NOT NULL) STRICT;
"""
"""All values are sealed (see packs.sealing) for the name of their column and the ordinal, name or key of their row.

`record` is compressed with the `dictionary` in `meta`; `signs`, `connections` and `cited` with the `side_dictionary`;
`events` in `meta` without one.
"""


ConnectionRow = tuple[int, int, int, int, tuple[int, ...]]
"""A connection in numbers: ordinal of the other record, group, reason, count, ordinals of the sources."""


class Head(msgspec.Struct, frozen=True, array_like=True):
    """What is asked of a record most often: its id, type, voice and title."""

    id: RecordId
    type: RecordType
    voice: str | None
    title: Localised


class EventRow(msgspec.Struct, frozen=True):
    """What a timeline needs of an event."""

    id: RecordId
    title: Localised
    short: Localised | None
    date: Date
    kind: Key
    lane: str | None
    certainty: Certainty | None
    places: tuple[RecordId, ...]
    people: tuple[RecordId, ...]
    organisations: tuple[RecordId, ...]
    topics: tuple[RecordId, ...]


class FacetColumn(msgspec.Struct, frozen=True):
    """One facet of all records: its values, sorted, and for each record (by ordinal) the numbers of its values."""

    values: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]
