"""The records of one archive by id, with titles, certainties, connections and facets; read only, and never changed."""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote

import msgspec

from jasic_desktop.core.archive import Archive
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.certainty import Certainty, overall
from jasic_desktop.core.errors import DamagedFault, NotFoundFault
from jasic_desktop.core.folding import without_surrogates
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.core.records import Record
from jasic_desktop.packs.connections import GROUPS, Connection
from jasic_desktop.packs.facets import FACETS
from jasic_desktop.packs.identifiers import Identifier, nearest, newer, parse_identifier
from jasic_desktop.packs.refusals import WithdrawnFault
from jasic_desktop.packs.sealing import unpacked, unseal
from jasic_desktop.packs.store_rows import FORMAT, ConnectionRow, EventRow, FacetColumn, Head, narrowed

if TYPE_CHECKING:
    from jasic_desktop.packs.bag import Pack

__all__ = ["FACETS", "GROUPS", "Connection", "EventRow", "FacetColumn", "Store", "write_store"]

Days = tuple[str | None, str | None]
_HEAD = msgspec.json.Decoder(Head)
_SIGNS = msgspec.json.Decoder(dict[str, Certainty])
_CONNECTIONS = msgspec.json.Decoder(tuple[ConnectionRow, ...])
_IDS = msgspec.json.Decoder(tuple[str, ...])
_BETWEEN = re.compile("[,;，、；]")


@cache
def _records() -> msgspec.json.Decoder[Any]:
    # To make it takes milliseconds, and whoever searches needs no whole record.
    return msgspec.json.Decoder(Record)


def write_store(pack: Pack, path: Path, progress: Progress = SILENT) -> None:
    """Write the store of `pack` to the new file `path`. Raises DamagedPack, Cancelled, NotWrittenFault."""
    from jasic_desktop.packs.store_write import write_store as write

    write(pack, path, progress)


class Store:
    """An open store; a context manager. `ordinal` is a record's place in `ids`: by type, then date, then title.

    Methods that take an id raise NotFoundFault for an unknown one; only `resolve` knows old ids and identifiers. All
    that read raise DamagedFault where the file was damaged since it was opened.
    """

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self._database = database
        self._path = path

    @classmethod
    def open(cls, path: Path) -> Store:
        """The store at `path`. Raises DamagedFault when the file is missing, damaged or of another format."""
        address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        try:
            database = sqlite3.connect(address, uri=True, isolation_level=None)
        except sqlite3.Error as error:
            raise DamagedFault("packs.store_damaged", path=path) from error
        try:
            for pragma in ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON", "temp_store=MEMORY"):
                database.execute(f"PRAGMA {pragma}")
            store = cls(database, path)
            if store._meta("format") != FORMAT.encode():
                raise DamagedFault("packs.store_damaged", path=path)
        except BaseException as error:
            database.close()
            if isinstance(error, sqlite3.Error):
                raise DamagedFault("packs.store_damaged", path=path) from error
            raise
        return store

    @property
    def path(self) -> Path:
        """Its file."""
        return self._path

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _row(self, sql: str, *values: str | int) -> tuple[Any, ...] | None:
        try:
            row: tuple[Any, ...] | None = self._database.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise self._damaged() from error
        return row

    def _damaged(self) -> DamagedFault:
        return DamagedFault("packs.store_damaged", path=self._path)

    def _unsealed(self, place: str, value: object) -> bytes:
        try:
            return unseal(place, value if isinstance(value, bytes) else b"")
        except ValueError as error:
            raise self._damaged() from error

    def _meta(self, key: str) -> bytes:
        row = self._row("SELECT value FROM meta WHERE key = ?", key)
        if row is None:
            raise self._damaged()
        return self._unsealed(f"meta {key}", row[0])

    def _of(self, column: str, record_id: str) -> bytes:
        """One column of the row of a record; `column` is a name of ours."""
        row = self._row(f"SELECT ordinal, head, {column} FROM record WHERE id = ?", record_id)  # noqa: S608
        if row is None:
            raise self._unknown(record_id)
        # A damaged page may lead to the row of another record: each row says itself whose it is.
        if self._head(row[0], row[1]).id != record_id:
            raise self._damaged()
        return self._unsealed(f"{column} {row[0]}", row[2])

    def _side(self, column: str, record_id: str) -> bytes:
        """The same, of what is told of records beside them."""
        return self._unpacked(self._of(column, record_id), self._side_dictionary)

    def _at(self, column: str, ordinal: int) -> bytes:
        row = self._row(f"SELECT {column} FROM record WHERE ordinal = ?", ordinal)  # noqa: S608
        if row is None:
            raise self._damaged()
        return self._unsealed(f"{column} {ordinal}", row[0])

    def _head(self, ordinal: int, head: object) -> Head:
        return _HEAD.decode(self._unsealed(f"head {ordinal}", head))

    def _record(self, value: bytes) -> Record:
        record: Record = _records().decode(self._unpacked(value, self._dictionary))
        return record

    def _unpacked(self, value: bytes, dictionary: bytes) -> bytes:
        try:
            return unpacked(value, dictionary)
        except ValueError as error:
            raise self._damaged() from error

    def _unknown(self, text: str) -> NotFoundFault | DamagedFault:
        if text in self.ordinals:
            return self._damaged()
        shown = without_surrogates(text[:100])
        if any(part.strip() in self.ordinals for part in _BETWEEN.split(text)):
            return NotFoundFault("packs.no_record_commas", id=shown)
        near = nearest(text, self.ids)
        if near:
            return NotFoundFault("packs.no_record_near", id=shown, near=", ".join(near))
        return NotFoundFault("packs.no_record", id=shown)

    def _withdrawn(self, record_id: str) -> NotFoundFault | None:
        reason = self.archive.withdrawn.get(record_id)
        return WithdrawnFault(record_id, self.archive.version, reason) if reason is not None else None

    @cached_property
    def _dictionary(self) -> bytes:
        """What records are compressed with."""
        return self._meta("dictionary")

    @cached_property
    def _side_dictionary(self) -> bytes:
        """What is told of them is compressed with this."""
        return self._meta("side_dictionary")

    @cached_property
    def archive(self) -> Archive:
        """What the archive says of itself."""
        return msgspec.json.decode(self._meta("archive"), type=Archive)

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the pack this store was made from."""
        return self._meta("fingerprint").decode()

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """All ids in the order of the store."""
        text = self._meta("ids").decode()
        return tuple(text.split("\n")) if text else ()

    @cached_property
    def count(self) -> int:
        """The number of records."""
        return int(self._meta("count"))

    def head_at(self, ordinal: int) -> Head:
        """Id, type, voice and title of a record by its ordinal."""
        return _HEAD.decode(self._at("head", ordinal))

    def id_at(self, ordinal: int) -> str:
        """The id of a record by its ordinal; `ids` is for who needs all of them."""
        return self.head_at(ordinal).id

    def json_at(self, ordinal: int) -> bytes:
        """The record by its ordinal, as the JSON it was written as."""
        return self._unpacked(self._at("record", ordinal), self._dictionary)

    def jsons_at(self, ordinals: Sequence[int]) -> dict[int, bytes]:
        """Several records by their ordinals, in one go."""
        marks = ", ".join("?" * len(ordinals))
        try:
            rows = self._database.execute(
                f"SELECT ordinal, record FROM record WHERE ordinal IN ({marks})",  # noqa: S608 - question marks alone
                ordinals,
            ).fetchall()
        except sqlite3.Error as error:
            raise self._damaged() from error
        found = {o: self._unpacked(self._unsealed(f"record {o}", value), self._dictionary) for o, value in rows}
        if len(found) != len(set(ordinals)):
            raise self._damaged()
        return found

    def at(self, ordinal: int) -> Record:
        """The record by its ordinal."""
        return self._record(self._at("record", ordinal))

    def records(self) -> Iterator[Record]:
        """All records in the order of the store."""
        return map(self.at, range(self.count))

    @cached_property
    def ordinals(self) -> dict[str, int]:
        """The place of each id in `ids`."""
        return {record_id: ordinal for ordinal, record_id in enumerate(self.ids)}

    def resolve(self, text: str) -> str:
        """The id that an id, an old id or an identifier (`jasic:event/ID@1.0#s1`) means.

        Raises NotFoundFault, which says why a record was withdrawn, else names ids that are near.
        """
        found = parse_identifier(text)
        if found is None:
            raise self._unknown(text)
        if found.archive is not None and found.archive != self.archive.id:
            raise NotFoundFault("packs.other_archive", id=text, archive=found.archive, here=self.archive.id)
        if found.id in self.ordinals:
            return found.id
        ordinal = self._aliases.get(found.id)
        if ordinal is None:
            raise self._withdrawn(found.id) or self._elsewhere(found) or self._unknown(found.id)
        return self.ids[ordinal]

    @cached_property
    def _aliases(self) -> dict[str, int]:
        return msgspec.json.decode(self._meta("aliases"), type=dict[str, int])

    def _elsewhere(self, asked: Identifier) -> NotFoundFault | None:
        """What to tell of a record that another version of this archive has, and of the archive's own identifier."""
        here = self.archive
        if asked.id == here.id:
            return NotFoundFault("packs.whole_archive", id=asked.id)
        if asked.version is None or not (newer(asked.version, here.version) or newer(here.version, asked.version)):
            return None
        key = "packs.came_later" if newer(asked.version, here.version) else "packs.gone"
        return NotFoundFault(key, id=asked.id, version=asked.version, here=here.version)

    def get(self, record_id: str) -> Record:
        """The record."""
        return self._record(self._of("record", record_id))

    def many(self, ids: Iterable[str]) -> list[Record]:
        """The records, in the order asked for."""
        return [self.get(record_id) for record_id in ids]

    def title(self, record_id: str) -> Localised:
        """The title."""
        return _HEAD.decode(self._of("head", record_id)).title

    def type(self, record_id: str) -> RecordType:
        """The type."""
        return _HEAD.decode(self._of("head", record_id)).type

    def voice(self, document_id: str) -> str | None:
        """The voice a document speaks with; None for one that counts as none, and for other records."""
        return _HEAD.decode(self._of("head", document_id)).voice

    def certainties(self, record_id: str) -> dict[str, Certainty]:
        """The certainty of each statement, by its id."""
        return _SIGNS.decode(self._side("signs", record_id))

    def overall(self, record_id: str) -> Certainty | None:
        """One certainty for the record; None where it has no statements."""
        return overall(self.certainties(record_id).values())

    def connections(self, record_id: str) -> tuple[Connection, ...]:
        """The connections, grouped in the order of GROUPS."""
        ids = self.ids
        return tuple(
            Connection(ids[to], GROUPS[group], self._reasons[reason], count, tuple(ids[source] for source in sources))
            for to, group, reason, count, sources in _CONNECTIONS.decode(self._side("connections", record_id))
        )

    @cached_property
    def _reasons(self) -> tuple[Localised, ...]:
        return msgspec.json.decode(self._meta("reasons"), type=tuple[Localised, ...])

    def cited_by(self, document_id: str) -> tuple[str, ...]:
        """The records whose statements or answers cite a document, in the order of the store."""
        return _IDS.decode(self._side("cited", document_id))

    def facet(self, name: str) -> FacetColumn:
        """One of FACETS for all records. Raises KeyError for another name."""
        values, counts, numbers = self.facet_numbers(name)
        ends = list(accumulate(counts, initial=0))
        rows = tuple(tuple(numbers[start:end]) for start, end in pairwise(ends))
        return FacetColumn(values, rows)

    def facet_numbers(self, name: str) -> tuple[tuple[str, ...], array[int], array[int]]:
        """One of FACETS as numbers: its values, sorted; how many of them each record has; and their numbers, record
        after record. Raises KeyError for another name.
        """
        row = self._row("SELECT names, counts, numbers FROM facet WHERE name = ?", name)
        if row is None:
            raise self._damaged() if name in FACETS else KeyError(name)
        names, counted, numbers = (
            self._unsealed(f"{column} {name}", value)
            for column, value in zip(("names", "counts", "numbers"), row, strict=True)
        )
        try:
            counts = narrowed(counted, self.count)
            return _IDS.decode(names), counts, narrowed(numbers, _sum(counts))
        except ValueError as error:
            raise self._damaged() from error

    def day_numbers(self) -> tuple[bytes, bytes, bytes]:
        """The dates of all records as numbers of four bytes, the lowest first: where those of each record end; then the
        earliest and the latest day of each, as YYYYMMDD, 0 for an open end.
        """
        return self._meta("day_ends"), self._meta("first_days"), self._meta("last_days")

    @cached_property
    def _days(self) -> tuple[array[int], array[int], array[int]]:
        ends, first, last = (array("I", part) for part in self.day_numbers())
        return ends, first, last

    def dates(self, ordinal: int) -> tuple[Days, ...]:
        """Earliest and latest day of the record's own date, else of its statements' dates; None for an open end."""
        ends, first, last = self._days
        spans = range(ends[ordinal - 1] if ordinal else 0, ends[ordinal])
        return tuple((_day(first[span]), _day(last[span])) for span in spans)

    def events(self) -> tuple[EventRow, ...]:
        """All events in order of their dates."""
        return msgspec.json.decode(self._unpacked(self._meta("events"), b""), type=tuple[EventRow, ...])


def _sum(counts: array[int]) -> int:
    """The sum of counts of which most are 0 or 1: those are counted at once."""
    if counts.itemsize > 1:
        return sum(counts)
    own = counts.tobytes()
    return own.count(1) + sum(own.translate(None, b"\0\1"))


def _day(number: int) -> str | None:
    """YYYYMMDD as an ISO day; None for 0."""
    return f"{number // 10000:04}-{number // 100 % 100:02}-{number % 100:02}" if number else None
