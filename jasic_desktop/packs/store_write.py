"""Writes the store of a pack: one SQLite file with every record, and what is asked of all of them computed before."""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec

from jasic_desktop.core import atomic
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.certainty import Certainty, certainties, overall
from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Event, Record
from jasic_desktop.packs.bag import Pack
from jasic_desktop.packs.connections import GROUPS, connections_of
from jasic_desktop.packs.facets import FACETS, facets_of, record_dates
from jasic_desktop.packs.sealing import DICTIONARY_BYTES, packed, seal
from jasic_desktop.packs.store_index import Index
from jasic_desktop.packs.store_rows import FORMAT, SCHEMA, ConnectionRow, EventRow, Head, narrow

_PAGE: Final = 32768
"""Records of two or three thousand bytes leave little of such pages empty."""
_BATCH: Final = 256
_SAMPLES: Final = 16
_SAMPLE_BYTES: Final = 1000


def write_store(pack: Pack, path: Path, progress: Progress = SILENT) -> None:
    """Write the store of `pack` to the new file `path`; nothing stays there after an error.

    Raises DamagedPack, Cancelled, and NotWrittenFault when the system refuses.
    """
    index = Index(pack.archive, _counted(pack, progress))
    try:
        with atomic.writing(path) as part, closing(sqlite3.connect(part)) as database:
            # The file is new and private until it gets its name: a journal would only cost.
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", f"page_size={_PAGE}"):
                database.execute(f"PRAGMA {pragma}")
            database.executescript(SCHEMA)
            _Writer(database, pack, index).write(progress)
            database.commit()
            _close_up(database, part)
    except sqlite3.OperationalError as error:
        key = "core.disk_full" if "full" in str(error) else "core.not_written"
        raise NotWrittenFault(key, path=path, system=str(error)) from error


def _close_up(database: sqlite3.Connection, path: Path) -> None:
    """Write the file at `path` anew: rows that did not come in their order leave a quarter of its pages empty."""
    with atomic.writing(path, force=True) as other:
        database.execute("VACUUM INTO ?", (str(other),))
        database.close()


def _counted(pack: Pack, progress: Progress) -> Iterator[Record]:
    for number, record in enumerate(pack.records()):
        if number % _BATCH == 0:
            progress.step("packs.step_reading", number)
        yield record


class _Writer:
    """Holds what is gathered over all records while their rows are written."""

    def __init__(self, database: sqlite3.Connection, pack: Pack, index: Index) -> None:
        self._database = database
        self._pack = pack
        self._index = index
        count = len(index.ids)
        self._dates: list[tuple[tuple[int, int], ...]] = [()] * count
        self._facets: dict[str, list[tuple[str, ...]]] = {name: [()] * count for name in FACETS}
        self._events: dict[int, EventRow] = {}
        self._reasons: dict[Localised, int] = {}
        self._aliases: dict[str, int] = {}
        self._dictionary = self._side_dictionary = b""

    def write(self, progress: Progress) -> None:
        total = len(self._index.ids)
        rows: list[tuple[Any, ...]] = []
        insert = "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)"
        self._make_dictionaries(total)
        for number, record in enumerate(self._pack.records()):
            if number % _BATCH == 0:
                progress.step("packs.step_storing", number, total)
                self._database.executemany(insert, rows)
                rows.clear()
            rows.append(self._row(record))
        self._database.executemany(insert, rows)
        self._whole()
        progress.step("packs.step_storing", total, total)

    def _row(self, record: Record) -> tuple[Any, ...]:
        index, ordinal = self._index, self._index.ordinals[record.id]
        signs = certainties(record, index.voices.get)
        for name, values in facets_of(record, index, signs.values()).items():
            self._facets[name][ordinal] = values
        self._dates[ordinal] = tuple((_day(date.earliest), _day(date.latest)) for date in record_dates(record))
        if isinstance(record, Event):
            self._events[ordinal] = EventRow(
                id=record.id,
                title=record.title,
                short=record.short,
                date=record.date,
                kind=record.kind,
                lane=index.archive.lane_of(record.kind),
                certainty=overall(signs.values()),
                places=record.places,
                people=record.people,
                organisations=record.organisations,
                topics=record.topics,
            )
        for alias in record.aliases:
            self._aliases.setdefault(alias, ordinal)
        head = Head(record.id, record.type, index.voices.get(record.id), record.title)
        return (
            ordinal,
            record.id,
            seal(f"head {ordinal}", _json(head)),
            *(
                seal(f"{column} {ordinal}", packed(value, self._side_dictionary))
                for column, value in self._told(record, signs).items()
            ),
            seal(f"record {ordinal}", packed(_json(record), self._dictionary)),
        )

    def _told(self, record: Record, signs: Mapping[str, Certainty]) -> dict[str, bytes]:
        """What is told of a record beside it, in the order of the columns."""
        cited = sorted(self._index.cited.get(record.id, ()), key=self._index.ordinals.__getitem__)
        return {"signs": _json(signs), "connections": _json(self._connections(record)), "cited": _json(cited)}

    def _make_dictionaries(self, total: int) -> None:
        """From some records, evenly taken, what the others are compressed with; the last of them is nearest at hand."""
        texts, told = list[bytes](), list[bytes]()
        for record in islice(self._pack.records(), 0, None, max(1, total // _SAMPLES)):
            texts.append(_json(record)[:_SAMPLE_BYTES])
            told += self._told(record, certainties(record, self._index.voices.get)).values()
            if sum(map(len, texts)) > DICTIONARY_BYTES:
                break
        self._dictionary = b"".join(texts)[-DICTIONARY_BYTES:]
        self._side_dictionary = b"".join(told)[-DICTIONARY_BYTES:]

    def _connections(self, record: Record) -> list[ConnectionRow]:
        """The connections in numbers: spelled out, the same few reasons would fill most of the file."""
        ordinals = self._index.ordinals
        return [
            (
                ordinals[connection.to],
                GROUPS.index(connection.group),
                self._reasons.setdefault(connection.reason, len(self._reasons)),
                connection.count,
                tuple(ordinals[source] for source in connection.sources if source in ordinals),
            )
            for connection in connections_of(record, self._index)
        ]

    def _whole(self) -> None:
        """What is asked of all records at once."""
        meta: dict[str, str | bytes] = {
            "format": FORMAT,
            "fingerprint": self._pack.fingerprint,
            "archive": _json(self._pack.archive),
            "ids": "\n".join(self._index.ids),
            "count": str(len(self._index.ids)),
            "aliases": _json(self._aliases),
            "dictionary": self._dictionary,
            "side_dictionary": self._side_dictionary,
            **self._days(),
            "reasons": _json(list(self._reasons)),
            "events": packed(_json(sorted(self._events.values(), key=lambda row: (row.date.sort_key, row.id))), b""),
        }
        self._database.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [
                (key, seal(f"meta {key}", value.encode() if isinstance(value, str) else value))
                for key, value in sorted(meta.items())
            ],
        )
        for name, rows in self._facets.items():
            values = sorted({value for row in rows for value in row})
            numbers = {value: number for number, value in enumerate(values)}
            flat = (numbers[value] for row in rows for value in row)
            columns = {"names": _json(values), "counts": narrow(map(len, rows)), "numbers": narrow(flat)}
            sealed = (seal(f"{column} {name}", value) for column, value in columns.items())
            self._database.execute("INSERT INTO facet VALUES (?, ?, ?, ?)", (name, *sealed))

    def _days(self) -> dict[str, bytes]:
        """The dates of all records as numbers (see Store.day_numbers)."""
        ends, first, last = array("I"), array("I"), array("I")
        for spans in self._dates:
            first.extend(span[0] for span in spans)
            last.extend(span[1] for span in spans)
            ends.append(len(first))
        return {"day_ends": _bytes(ends), "first_days": _bytes(first), "last_days": _bytes(last)}


def _day(day: str | None) -> int:
    """An ISO day as YYYYMMDD; 0 for none."""
    return int(day.replace("-", "")) if day else 0


def _bytes(numbers: array[int]) -> bytes:
    """Numbers as four bytes each, the lowest first."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _json(value: object) -> bytes:
    return msgspec.json.encode(value)
