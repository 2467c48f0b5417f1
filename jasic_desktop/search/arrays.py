"""A file of named arrays with a few words about them: written at once, mapped and compared when read."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.mapped import Column, MappedFile, Stretch, damaged, write_sums

_MAGIC: Final = b"jarrays1"
_HEAD: Final = struct.Struct("<8sI")
_ALIGNED: Final = 64


class _Place(msgspec.Struct, frozen=True, array_like=True):
    dtype: str
    start: int
    count: int


class _Contents(msgspec.Struct, frozen=True):
    """What the head of the file says: where each array stands (from the end of the head on), and `about` them."""

    arrays: dict[str, _Place]
    about: dict[str, Any]


def fitting(most: int) -> np.dtype[Any]:
    """The narrowest unsigned numbers that hold 0 to `most`."""
    return np.dtype(next(dtype for dtype in ("<u1", "<u2", "<u4", "<u8") if most <= np.iinfo(dtype).max))


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], about: Mapping[str, object]) -> None:
    """Write flat arrays of numbers, and `about` as JSON, to a new file with its checksums. Raises OSError."""
    places: dict[str, _Place] = {}
    at = 0
    for name, values in arrays.items():
        places[name] = _Place(values.dtype.newbyteorder("<").str, at, len(values))
        at += -(-values.nbytes // _ALIGNED) * _ALIGNED
    head = msgspec.json.encode(_Contents(places, dict(about)), order="sorted")
    with path.open("xb") as file:
        file.write(_HEAD.pack(_MAGIC, len(head)) + head)
        file.write(bytes(-file.tell() % _ALIGNED))
        for values in arrays.values():
            file.write(np.ascontiguousarray(values, values.dtype.newbyteorder("<")).tobytes())
            file.write(bytes(-file.tell() % _ALIGNED))
    write_sums(path)


class ArrayFile:
    """Named arrays in a mapped file. Raises DamagedFault where the file is not as it was written."""

    def __init__(self, path: Path) -> None:
        self._file = MappedFile(path)
        head = bytes(self._file.bytes(0, min(_HEAD.size, self._file.size)))
        if len(head) < _HEAD.size or not head.startswith(_MAGIC):
            raise damaged(path)
        length = _HEAD.unpack(head)[1]
        try:
            body = bytes(self._file.bytes(_HEAD.size, _HEAD.size + length))
            contents = msgspec.json.decode(body, type=_Contents)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise damaged(path) from error
        self.about = contents.about
        self._places = contents.arrays
        self._base = -(-(_HEAD.size + length) // _ALIGNED) * _ALIGNED

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def column(self, name: str) -> Column:
        """The array, of which nothing is compared yet. Raises KeyError, DamagedFault."""
        place = self._places[name]
        return self._file.column(place.dtype, self._base + place.start, place.count)

    def array(self, name: str) -> NDArray[Any]:
        """The array, compared as a whole. Raises KeyError, DamagedFault."""
        return self.column(name).whole()

    def stretch(self, name: str) -> Stretch:
        """The bytes of an array, of which nothing is compared yet. Raises KeyError, DamagedFault."""
        place = self._places[name]
        return self._file.stretch(self._base + place.start, place.count * np.dtype(place.dtype).itemsize)
