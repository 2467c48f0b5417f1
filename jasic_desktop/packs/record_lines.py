"""Records as a pack holds them, one canonical line of JSON each: written, and read back without mercy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

from jasic_desktop.core.archive import Archive
from jasic_desktop.core.clean import FORBIDDEN
from jasic_desktop.core.records import Record
from jasic_desktop.core.strict_json import JsonFault, read_json
from jasic_desktop.packs import layout
from jasic_desktop.packs.refusals import Code

_RECORD: Final = msgspec.json.Decoder(Record)
_ARCHIVE: Final = msgspec.json.Decoder(Archive)
# Canonical JSON needs no escape but these two, because texts hold no control characters.
_ESCAPE: Final = re.compile(r'\\(?!["\\])')
_ESCAPED_PAIR: Final = re.compile(r'\\["\\]')


class LineRefused(ValueError):
    """A line that is not accepted: the code, and what fills its sentence (`line` counts from 1)."""

    def __init__(self, code: Code, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


def encode(value: Record | Archive) -> bytes:
    """The canonical line of a record or an archive, with its line feed."""
    return msgspec.json.encode(value, order="sorted") + b"\n"


def record_files(records: Iterable[Record]) -> Iterator[bytes]:
    """The contents of the record files, in order, none over the limits of count and size.

    Raises ValueError for a single record over the limit.
    """
    lines: list[bytes] = []
    size = 0
    for record in records:
        line = encode(record)
        if len(line) > layout.RECORD_BYTES:
            raise ValueError(record.id)
        if lines and (len(lines) == layout.RECORDS_PER_FILE or size + len(line) > layout.RECORD_FILE_BYTES):
            yield b"".join(lines)
            lines, size = [], 0
        lines.append(line)
        size += len(line)
    if lines:
        yield b"".join(lines)


def read_records(data: bytes) -> Iterator[Record]:
    """The records of one record file. Raises LineRefused at the first line that is not canonical or not a record."""
    lines = data.split(b"\n")
    if lines.pop() != b"" or not lines:
        raise LineRefused(Code.JSON, line=len(lines) + 1, reason=("syntax", {"column": 1, "reason": "no line feed"}))
    if len(lines) > layout.RECORDS_PER_FILE:
        raise LineRefused(Code.TOO_MUCH, most=layout.RECORDS_PER_FILE)
    for number, line in enumerate(lines, 1):
        record: Record = _decoded(line, _RECORD, number)
        yield record


def read_archive(data: bytes) -> Archive:
    """The description of an archive from the bytes of archive.json. Raises LineRefused."""
    if not data.endswith(b"\n"):
        raise LineRefused(Code.JSON, line=1, reason=("syntax", {"column": len(data) + 1, "reason": "no line feed"}))
    archive: Archive = _decoded(data[:-1], _ARCHIVE, 1)
    return archive


def _decoded(line: bytes, decoder: msgspec.json.Decoder[Any], number: int) -> Any:
    if len(line) > layout.RECORD_BYTES and decoder is _RECORD:
        raise LineRefused(Code.TOO_MUCH, most=layout.RECORD_BYTES)
    try:
        value = decoder.decode(line)
        text = line.decode("utf-8")
    except msgspec.ValidationError as error:
        raise _refusal(line, number) or LineRefused(Code.RECORD, line=number, reason=str(error)[:300]) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _refusal(line, number) or LineRefused(Code.RECORD, line=number, reason=str(error)[:300]) from error
    # What our own writer would not have written is not canonical: another order, a repeated key, a default spelled out.
    if (
        msgspec.json.encode(value, order="sorted") != line
        or FORBIDDEN.search(text)
        or not unicodedata.is_normalized("NFC", text)
        or _ESCAPE.search(_ESCAPED_PAIR.sub("", text))
    ):
        raise _refusal(line, number) or LineRefused(Code.JSON, line=number, reason=("canonical", {}))
    return value


def _refusal(line: bytes, number: int) -> LineRefused | None:
    """The exact fault of the JSON, if it is one of JSON."""
    try:
        read_json(line)
    except JsonFault as fault:
        return LineRefused(Code.JSON, line=number, reason=(fault.reason, fault.values))
    return None
