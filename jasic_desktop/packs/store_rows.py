"""What the store's file looks like, and the rows it gives out."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from typing import Final

import msgspec

from jasic_desktop.core.certainty import Certainty
from jasic_desktop.core.dates import Date
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.core.records import Key, RecordId

FORMAT: Final = "6"
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
CREATE TABLE facet (name TEXT PRIMARY KEY, names BLOB NOT NULL, counts BLOB NOT NULL, numbers BLOB NOT NULL) STRICT;
"""
"""All values are sealed (see packs.sealing) for the name of their column and the ordinal, name or key of their row.

`record` is compressed with the `dictionary` in `meta`; `signs`, `connections` and `cited` with the `side_dictionary`;
`events` in `meta` without one. The `counts` and `numbers` of a facet are as narrow as they can be (see narrow).
"""

_CODES: Final = {1: "B", 2: "H", 4: "I"}


def narrow(numbers: Iterable[int]) -> bytes:
    """Numbers up to four bytes as one, two or four bytes each, as few as hold all of them, the lowest byte first."""
    wide = array("I", numbers)
    most = max(wide, default=0)
    width = 1 if most < 1 << 8 else 2 if most < 1 << 16 else 4
    found = array(_CODES[width], wide)
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def narrowed(data: bytes, count: int) -> array[int]:
    """The `count` numbers that `narrow` made `data` of. Raises ValueError where there are not so many."""
    width = len(data) // count if count else 1
    if width not in _CODES or width * count != len(data):
        raise ValueError(f"{len(data)} bytes for {count} numbers")
    found = array(_CODES[width], data)
    if sys.byteorder == "big":
        found.byteswap()
    return found


ConnectionRow = tuple[int, int, int, int, tuple[int, ...]]
"""A connection in numbers: ordinal of the other record, group, reason, count, ordinals of the sources."""


class Head(msgspec.Struct, frozen=True, array_like=True):
    """What is asked of a record most often: its id, type, voice and title."""

    id: RecordId
    type: RecordType
    voice: str | None
    title: Localised


class EventRow(msgspec.Struct, frozen=True, gc=False):
    """What a timeline needs of an event. There may be very many, so a search for garbage passes over them."""

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
