"""Values of the store sealed with a checksum of what they are and whose, so that a damaged file is never read as whole.

A sealed value ends with a CRC-32 of its place (a column and a key) and its bytes. SQLite itself notices little of what
a disk or a copy did to a file, and may follow a damaged page to the row of another record: the seal of that row names
another place. Records and what is told of them are compressed first, with what many have in common as a dictionary.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

_SUM: Final = struct.Struct("<I")
DICTIONARY_BYTES: Final = 8000
"""A longer one makes records a few percent smaller, and takes longer to load for each of them than it saves."""
_LEVEL: Final = 6
_BARE: Final = -15
"""Compressed without a head and a checksum of zlib's own, which the seal makes needless."""


def seal(place: str, value: bytes) -> bytes:
    """`value` with its checksum for `place`."""
    return value + _SUM.pack(zlib.crc32(value, zlib.crc32(place.encode())))


def unseal(place: str, sealed: bytes) -> bytes:
    """What was sealed for `place`. Raises ValueError when it was not, or not so."""
    end = len(sealed) - _SUM.size
    if end < 0:
        raise ValueError(place)
    value = sealed[:end]
    if zlib.crc32(value, zlib.crc32(place.encode())) != _SUM.unpack_from(sealed, end)[0]:
        raise ValueError(place)
    return value


def packed(value: bytes, dictionary: bytes) -> bytes:
    """`value` compressed."""
    packer = zlib.compressobj(_LEVEL, wbits=_BARE, zdict=dictionary)
    return packer.compress(value) + packer.flush()


def unpacked(value: bytes, dictionary: bytes) -> bytes:
    """What was compressed with the same dictionary. Raises ValueError when it was not."""
    unpacker = zlib.decompressobj(_BARE, zdict=dictionary)
    try:
        found = unpacker.decompress(value)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if not unpacker.eof:
        raise ValueError("cut short")
    return found
