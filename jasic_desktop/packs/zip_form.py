"""The one form of zip that carries a pack: stored entries, one after the other, with nothing between, before or behind.

Every header is what `local_header` and `central_header` make of name, size and checksum, byte for byte, so that two
programs cannot see two different contents in one file.
"""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

_LOCAL: Final = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL: Final = struct.Struct("<4sHHHHHHIIIHHHHHII")
END: Final = struct.Struct("<4sHHHHIIH")
LOCAL_SIZE: Final = _LOCAL.size
_VERSION: Final = 20
_UNIX: Final = 3
_FIRST_OF_1980: Final = (1 << 5) | 1
_REGULAR: Final = 0o100644 << 16
MOST_ENTRIES: Final = 0xFFFE


class ZipEntry(NamedTuple):
    """One file in the zip: its whole name, its size, its CRC-32, and where its local header begins."""

    name: str
    size: int
    crc: int
    offset: int


class ZipFault(ValueError):
    """A zip of another form; `kind` is `zip`, `stored`, `hidden` or `header`, `entry` the name where it is known."""

    def __init__(self, kind: str, entry: str = "") -> None:
        super().__init__(kind, entry)
        self.kind = kind
        self.entry = entry


def local_header(entry: ZipEntry) -> bytes:
    """What stands before the bytes of an entry."""
    name = entry.name.encode("ascii")
    sizes = (entry.crc, entry.size, entry.size, len(name), 0)
    return _LOCAL.pack(b"PK\x03\x04", _VERSION, 0, 0, 0, _FIRST_OF_1980, *sizes) + name


def central_header(entry: ZipEntry) -> bytes:
    """What stands for an entry in the directory at the end."""
    name = entry.name.encode("ascii")
    fixed = ((_UNIX << 8) | _VERSION, _VERSION, 0, 0, 0, _FIRST_OF_1980)
    sizes = (entry.crc, entry.size, entry.size, len(name), 0, 0, 0, 0)
    return _CENTRAL.pack(b"PK\x01\x02", *fixed, *sizes, _REGULAR, entry.offset) + name


def end_record(count: int, size: int, offset: int) -> bytes:
    """What stands at the very end: number of entries, size and place of the directory."""
    return END.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, 0)


def read_end(data: bytes, file_size: int) -> tuple[int, int, int]:
    """Number of entries, size and place of the directory, from the last bytes of the file. Raises ZipFault."""
    if len(data) != END.size or data[:4] != b"PK\x05\x06":
        raise ZipFault("zip")
    _, _, _, count, _, size, offset, _ = END.unpack(data)
    if count > MOST_ENTRIES or data != end_record(count, size, offset):
        raise ZipFault("zip")
    if offset + size + END.size != file_size:
        raise ZipFault("hidden")
    return count, size, offset


def read_directory(data: bytes, count: int, end: int) -> list[ZipEntry]:
    """The entries of a directory that begins at `end` in the file. Raises ZipFault."""
    entries: list[ZipEntry] = []
    place = expected = 0
    for _ in range(count):
        fields = data[place : place + _CENTRAL.size]
        if len(fields) < _CENTRAL.size or fields[:4] != b"PK\x01\x02":
            raise ZipFault("zip")
        _, _, _, flags, method, _, _, crc, packed, size, name_size, *_, offset = _CENTRAL.unpack(fields)
        raw = data[place + _CENTRAL.size : place + _CENTRAL.size + name_size]
        name = raw.decode("ascii", "backslashreplace")
        if flags & 1 or method != 0 or packed != size:
            raise ZipFault("stored", name)
        entry = ZipEntry(name, size, crc, offset)
        if not raw.isascii() or data[place : place + _CENTRAL.size + name_size] != central_header(entry):
            raise ZipFault("header", name)
        if offset != expected:
            raise ZipFault("hidden", name)
        expected += LOCAL_SIZE + name_size + size
        place += _CENTRAL.size + name_size
        entries.append(entry)
    if place != len(data) or expected != end:
        raise ZipFault("hidden")
    return entries
