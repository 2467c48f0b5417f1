"""A codec for Whoosh: its writers, readers and searchers over postings that are mapped arrays, and nothing pickled.

It stands at Whoosh's own extension points (whoosh.codec.base), so that Whoosh builds the index and its searcher can
answer from it. What is not used here is not kept: stored fields, columns, vectors, and deletions, as an index is made
anew when its archive changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.reading import TermInfo, TermNotFound
from whoosh.util.numeric import length_to_byte

from jasic_desktop.search.arrays import write_arrays
from jasic_desktop.search.fields import KEYS, SPOKEN, STEMMED, WRITTEN
from jasic_desktop.search.inverting import Inverter
from jasic_desktop.search.pinyin import sound_key
from jasic_desktop.search.terms import stemmable
from jasic_desktop.search.whoosh.lengths import LENGTH_OF_BYTE, LENGTHS, Lengths
from jasic_desktop.search.whoosh.matcher import PostingsMatcher
from jasic_desktop.search.whoosh.stem import stem
from jasic_desktop.search.whoosh.table import FieldTable, Kind, Table, TableWriter

_FIRST_HAN: Final = "\u2e80"
"""In texts only words of letters are asked for by likeness; characters are by their sound."""
_END: Final = "\U0010ffff"


_code: Final = lru_cache(maxsize=4096)(length_to_byte)


def segment_path(storage: Any, segment: Any, ending: str = "") -> Path:
    """The path of a file of a segment."""
    return Path(storage.folder) / str(segment.make_filename(ending))


def _stem(word: str) -> str | None:
    return stem(word) if stemmable(word) else None


def _sound(word: str) -> str | None:
    return sound_key(word) if word.isascii() else None


def _kind(name: str, fieldobj: Any) -> Kind:
    trait = _stem if name in STEMMED else _sound if name in KEYS else None
    like = _END if name in KEYS else _FIRST_HAN if name in (*WRITTEN, *SPOKEN) else None
    return Kind(fieldobj.has_positions, like, trait)


class ArrayCodec(base.Codec):
    """Writes and reads segments of arrays."""

    def per_document_writer(self, storage: Any, segment: Any) -> LengthsWriter:
        """Writes how long the fields of each record are."""
        return LengthsWriter(storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> ArrayFieldWriter:
        """Writes terms and postings."""
        return ArrayFieldWriter(storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> ArrayTermsReader:
        """Reads terms and postings."""
        return ArrayTermsReader(storage, segment)

    def per_document_reader(self, storage: Any, segment: Any) -> LengthsReader:
        """Reads how long the fields of each record are."""
        return LengthsReader(storage, segment)

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        """A segment with nothing in it yet."""
        return ArraySegment(indexname)


class ArraySegment(base.Segment):
    """A segment: how many records it holds and, by field, how long they are together."""

    def __init__(self, indexname: str, segid: str = "", documents: int = 0) -> None:
        super().__init__(indexname)
        self.segid: str = segid or "0"
        self.documents = documents
        self.lengths: dict[str, int] = {}

    def codec(self) -> ArrayCodec:
        """The codec that reads it."""
        return ArrayCodec()

    def should_assemble(self) -> bool:
        """Its files stay files, to be mapped."""
        return False

    def doc_count_all(self) -> int:
        """How many records it holds."""
        return self.documents

    def set_doc_count(self, doccount: int) -> None:
        """Say how many records it holds."""
        self.documents = doccount

    def deleted_count(self) -> int:
        """None is ever marked as deleted."""
        return 0

    def deleted_docs(self) -> tuple[int, ...]:
        """None is ever marked as deleted."""
        return ()

    def is_deleted(self, docnum: int) -> bool:
        """None is ever marked as deleted."""
        return False

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Refused: an archive that changed is indexed anew."""
        raise NotImplementedError("an index is made anew when its archive changes")


class LengthsWriter(base.PerDocumentWriter):
    """Keeps how long the fields of each record are."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._path = segment_path(storage, segment, LENGTHS)
        self._segment = segment
        self._lengths: dict[str, bytearray] = {}
        self._document = 0
        self._count = 0
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin a record."""
        self._document = docnum
        self._count = docnum + 1

    def cancel_doc(self) -> None:
        """Take the record back that was begun."""
        self._count = self._document

    def add_field(self, fieldname: str, fieldobj: Any, value: object, length: int) -> None:
        """Note the length of a field of the record that was begun."""
        lengths = self._lengths.setdefault(fieldname, bytearray())
        lengths.extend(bytes(self._count - len(lengths)))
        lengths[self._document] = length_to_byte(length)
        self._segment.lengths[fieldname] = self._segment.lengths.get(fieldname, 0) + length

    def add_records(self, count: int, lengths: Mapping[str, Sequence[int]]) -> None:
        """Note the lengths of the fields of the next `count` records; 0 where a record has no such field."""
        start = self._count
        self._count += count
        for fieldname, own in lengths.items():
            codes = self._lengths.setdefault(fieldname, bytearray())
            codes.extend(bytes(start - len(codes)))
            codes.extend(map(_code, own))
            self._segment.lengths[fieldname] = self._segment.lengths.get(fieldname, 0) + sum(own)

    def add_column_value(self, fieldname: str, columnobj: object, value: object) -> None:
        """Refused: there are no columns."""
        raise NotImplementedError("no columns")

    def add_vector_items(self, fieldname: str, fieldobj: object, items: object) -> None:
        """Refused: there are no vectors."""
        raise NotImplementedError("no vectors")

    def close(self) -> None:
        """Write them."""
        arrays = {
            name: np.frombuffer(bytes(lengths[: self._count]).ljust(self._count, b"\0"), "u1")
            for name, lengths in sorted(self._lengths.items())
        }
        write_arrays(self._path, arrays, {})
        self.is_closed = True


class LengthsReader(base.PerDocumentReader):
    """Reads how long the fields of each record are."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._segment = segment
        path = segment_path(storage, segment, LENGTHS)
        self._lengths = Lengths(path, segment.doc_count_all(), segment.lengths)

    def codes(self, fieldname: str) -> NDArray[np.uint8]:
        """The length of a field in each record, as bytes of LENGTH_OF_BYTE. Raises DamagedFault."""
        return self._lengths.codes(fieldname)

    def doc_count(self) -> int:
        """How many records there are."""
        return int(self._segment.doc_count_all())

    def doc_count_all(self) -> int:
        """How many records there are."""
        return int(self._segment.doc_count_all())

    def has_deletions(self) -> bool:
        """None is ever marked as deleted."""
        return False

    def is_deleted(self, docnum: int) -> bool:
        """None is ever marked as deleted."""
        return False

    def deleted_docs(self) -> tuple[int, ...]:
        """None is ever marked as deleted."""
        return ()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """How long a field of a record is."""
        code = int(self.codes(fieldname)[docnum])
        return int(LENGTH_OF_BYTE[code]) if code else default

    def field_length(self, fieldname: str) -> int:
        """How long a field is in all records together."""
        return self._lengths.total(fieldname)

    def min_field_length(self, fieldname: str) -> int:
        """The shortest."""
        return int(LENGTH_OF_BYTE[int(self.codes(fieldname).min(initial=255))])

    def max_field_length(self, fieldname: str) -> int:
        """The longest."""
        return int(LENGTH_OF_BYTE[int(self.codes(fieldname).max(initial=0))])

    def stored_fields(self, docnum: int) -> dict[str, object]:
        """Nothing is stored."""
        return {}

    def supports_columns(self) -> bool:
        """There are none."""
        return False


class ArrayFieldWriter(base.FieldWriter):
    """Writes terms and postings."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._path = segment_path(storage, segment)
        self._segment = segment
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Inverter) -> None:
        """Write what the writer's pool took. Raises OSError."""
        kinds = {name: _kind(name, fieldobj) for name, fieldobj in schema.items()}
        TableWriter(self._path, kinds).write(items, lengths.doc_count_all())

    def close(self) -> None:
        """All is written as soon as it is added."""
        self.is_closed = True


class ArrayTermsReader(base.TermsReader):
    """Reads terms and postings, as Whoosh asks for them; `table` has them as arrays."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self._lengths = LengthsReader(storage, segment)
        self.table = Table(segment_path(storage, segment))

    def _found(self, fieldname: str, text: bytes) -> tuple[FieldTable, int]:
        field = self.table.fields.get(fieldname)
        number = field.words.find(text) if field is not None else -1
        if field is None or number < 0:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return field, number

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self.table.fields.get(term[0])
        return field is not None and field.words.find(term[1]) >= 0

    def indexed_field_names(self) -> Iterable[str]:
        """The fields that have terms."""
        return self.table.fields.keys()

    def cursor(self, fieldname: str, fieldobj: Any) -> base.FieldCursor:
        """A place among the terms of a field."""
        field = self.table.fields.get(fieldname)
        return base.EmptyCursor() if field is None else _Cursor(self, field, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every term, by field."""
        return ((name, text) for name, field in self.table.fields.items() for _, text in field.terms())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Every term from this one of this field on."""
        return (term for term, _ in self._from(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every term with what is known of it."""
        return ((term, self.info(self.table.fields[term[0]], number)) for term, number in self._from("", b""))

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every term from this one of this field on, with what is known of it."""
        return ((term, self.info(self.table.fields[term[0]], number)) for term, number in self._from(fieldname, prefix))

    def _from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], int]]:
        for name, field in self.table.fields.items():
            if name >= fieldname:
                first = field.words.lower(prefix) if name == fieldname else 0
                yield from (((name, text), number) for number, text in field.terms(first))

    def info(self, field: FieldTable, number: int) -> TermInfo:
        """What is known of a term."""
        ids, frequencies = field.ids(number), field.frequencies(number)
        lengths = LENGTH_OF_BYTE[self._lengths.codes(field.name)[ids]]
        return TermInfo(
            weight=float(frequencies.sum()),
            df=len(ids),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(frequencies.max()),
            minid=int(ids[0]),
            maxid=int(ids[-1]),
        )

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """What is known of a term. Raises TermNotFound."""
        return self.info(*self._found(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> int:
        """How often a term stands in all records."""
        if (fieldname, text) not in self:
            return 0
        field, number = self._found(fieldname, text)
        return int(field.tokens[number + 1] - field.tokens[number])

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many records a term stands."""
        if (fieldname, text) not in self:
            return 0
        field, number = self._found(fieldname, text)
        return field.document_frequency(number)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> PostingsMatcher:
        """The postings of a term, one by one. Raises TermNotFound."""
        field, number = self._found(fieldname, text)
        return PostingsMatcher(field, number, format_, scorer, lambda: self.info(field, number))


class _Cursor(base.FieldCursor):
    """A place among the terms of a field."""

    def __init__(self, reader: ArrayTermsReader, field: FieldTable, fieldobj: Any) -> None:
        self._reader = reader
        self._field = field
        self._fieldobj = fieldobj
        self._number = 0

    def first(self) -> str | None:
        """Go to the first term."""
        self._number = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        """Go to the first term that is not before `term`."""
        self._number = self._field.words.lower(term if isinstance(term, bytes) else self._fieldobj.to_bytes(term))
        return self.text()

    def next(self) -> str | None:
        """Go to the next term."""
        self._number += 1
        return self.text()

    def text(self) -> str | None:
        """The term here; None behind the last."""
        return self._field.words.text(self._number) if self.is_valid() else None

    def term_info(self) -> TermInfo:
        """What is known of the term here."""
        return self._reader.info(self._field, self._number)

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._number < len(self._field.words)
