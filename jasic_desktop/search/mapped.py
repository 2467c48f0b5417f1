"""Files mapped into memory whose blocks are compared with their checksums when they are first touched.

Beside each file NAME lies NAME.sums: the size of the file and a CRC-32 of each of its blocks, closed by a CRC-32 of
its own. A block that is asked for the first time is compared before a byte of it is given out, so that a file of any
size opens at once and nothing is ever answered from a byte that is not as it was written: a CRC-32 notices every change
of up to 32 neighbouring bits, and any other but once in four thousand million times. Nobody but the person can write
here (app.derived_files sees to that), and nothing that is read becomes code, so no more is asked of the sums than to
tell damage. A file that is shorter or longer than it was is not opened.
"""

from __future__ import annotations

import builtins
import mmap
import os
import struct
import zlib
from array import array
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.core.errors import DamagedFault

BLOCK_BITS: Final = 14
BLOCK: Final = 1 << BLOCK_BITS
"""Bytes that are compared at once."""
SUMS: Final = ".sums"
_HEAD: Final = struct.Struct("<8sQ")
_MAGIC: Final = b"jasums1\n"
_SUM: Final = struct.Struct("<I")


def damaged(path: Path) -> DamagedFault:
    """The fault of an index that is not as it was made."""
    return DamagedFault("search.damaged", path=path)


def write_sums(path: Path) -> None:
    """Write the checksums of the finished file at `path` beside it. Raises OSError."""
    sums = array("I")
    size = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            sums.append(zlib.crc32(block))
            size += len(block)
    body = _HEAD.pack(_MAGIC, size) + np.asarray(sums, "<u4").tobytes()
    sums_path(path).write_bytes(body + _SUM.pack(zlib.crc32(body)))


def sums_path(path: Path) -> Path:
    """Where the checksums of a file stand."""
    return path.with_name(path.name + SUMS)


class MappedFile:
    """One file. Raises DamagedFault when it, or its checksums, are not there or not as they were made."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._sums = self._read_sums()
        try:
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                # A file of no bytes cannot be mapped.
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else None
        except (OSError, ValueError) as error:
            raise damaged(path) from error
        if size != self.size:
            raise damaged(path)
        self._data: memoryview | bytes = b"" if self._map is None else memoryview(self._map)
        self._seen = bytearray(len(self._sums))

    def _read_sums(self) -> NDArray[np.uint32]:
        try:
            body = sums_path(self.path).read_bytes()
        except OSError as error:
            raise damaged(self.path) from error
        end = len(body) - _SUM.size
        if end < _HEAD.size or _SUM.unpack_from(body, end)[0] != zlib.crc32(body[:end]):
            raise damaged(self.path)
        magic, self.size = _HEAD.unpack_from(body)
        if magic != _MAGIC or (end - _HEAD.size) // _SUM.size != -(-self.size // BLOCK):
            raise damaged(self.path)
        return np.frombuffer(body[_HEAD.size : end], "<u4")

    def check(self, start: int, end: int) -> None:
        """Compare the blocks that hold bytes [start, end), those that were not compared before. Raises DamagedFault."""
        if not 0 <= start <= end <= self.size:
            raise damaged(self.path)
        if start == end:
            return
        first, last = start >> BLOCK_BITS, ((end - 1) >> BLOCK_BITS) + 1
        if self._seen.find(0, first, last) < 0:
            return
        self._fetch(first, last)
        for number in range(first, last):
            if not self._seen[number]:
                here = number << BLOCK_BITS
                if zlib.crc32(self._data[here : here + BLOCK]) != self._sums[number]:
                    raise damaged(self.path)
                self._seen[number] = 1

    def _fetch(self, first: int, last: int) -> None:
        """Have the system read these blocks at once, where it can be told to: it reads less at a time by itself."""
        if self._map is not None and hasattr(mmap, "MADV_WILLNEED"):
            with suppress(OSError):
                self._map.madvise(mmap.MADV_WILLNEED, first << BLOCK_BITS, (last - first) << BLOCK_BITS)

    def bytes(self, start: int, end: int) -> memoryview | bytes:
        """The bytes [start, end), compared. Raises DamagedFault."""
        self.check(start, end)
        return self._data[start:end]

    def column(self, dtype: str, start: int, count: int) -> Column:
        """`count` numbers of `dtype` from byte `start` on; none of them is compared yet. Raises DamagedFault."""
        return Column(self, np.dtype(dtype), start, count)

    def stretch(self, start: int, size: int) -> Stretch:
        """`size` bytes from byte `start` on; none of them is compared yet. Raises DamagedFault."""
        return Stretch(self, start, size)

    def compare_all(self) -> None:
        """Compare every block. Raises DamagedFault."""
        self.check(0, self.size)

    def view(self, dtype: np.dtype[Any], start: int, count: int) -> NDArray[Any]:
        """Numbers that were not compared; for Column."""
        return np.frombuffer(self._data, dtype, count, start) if count else np.zeros(0, dtype)

    def raw(self, start: int, end: int) -> memoryview | builtins.bytes:
        """Bytes that were not compared; for Stretch."""
        return self._data[start:end]


class Column:
    """Numbers in a mapped file; a slice of them is compared when it is taken."""

    def __init__(self, file: MappedFile, dtype: np.dtype[Any], start: int, count: int) -> None:
        if start < 0 or count < 0 or start + count * dtype.itemsize > file.size:
            raise damaged(file.path)
        self._file = file
        self._start = start
        self._width = dtype.itemsize
        self.dtype = dtype
        self._numbers = file.view(dtype, start, count)
        self.count = count

    def slice(self, begin: int, end: int) -> NDArray[Any]:
        """The numbers [begin, end), mapped and read only. Raises DamagedFault."""
        self._file.check(self._start + begin * self._width, self._start + end * self._width)
        return self._numbers[begin:end]

    def whole(self) -> NDArray[Any]:
        """All of them. Raises DamagedFault."""
        return self.slice(0, self.count)


class Stretch:
    """Bytes in a mapped file, to be compared before they are read: `uncompared` are all of them."""

    def __init__(self, file: MappedFile, start: int, size: int) -> None:
        if start < 0 or size < 0 or start + size > file.size:
            raise damaged(file.path)
        self._file = file
        self._start = start
        self.uncompared = file.raw(start, start + size)

    def compare(self, begin: int, end: int) -> None:
        """Compare the bytes [begin, end). Raises DamagedFault."""
        self._file.check(self._start + begin, self._start + end)
