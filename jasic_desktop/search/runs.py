"""Sorted runs of postings in files: an array of numbers after the other, and where each stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import msgspec
import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.arrays import fitting

Whole = NDArray[np.integer[Any]]


class Saved(msgspec.Struct, frozen=True, array_like=True):
    """An array in the file of a run."""

    start: int
    dtype: str
    count: int


class Part(msgspec.Struct, frozen=True, array_like=True):
    """One field of one run, in the file called `file`; another process is told of it as JSON.

    `words` are its terms, sorted, each with a line end behind it. Then for each of them its records and how often it
    stands in all of them; record by record its ordinal and how often the term stands there; and each position.
    """

    file: str
    words: Saved
    records: Saved
    tokens: Saved
    ids: Saved
    frequencies: Saved
    positions: Saved
    last_position: int


def save(file: BinaryIO, values: Whole) -> Saved:
    """Write numbers as narrow as they can be. Raises OSError."""
    narrow = values.astype(fitting(int(values.max())) if len(values) else np.dtype("u1"))
    saved = Saved(file.tell(), narrow.dtype.str, len(narrow))
    file.write(narrow.tobytes())
    return saved


def read(path: Path, saved: Saved, begin: int, end: int) -> Whole:
    """The numbers [begin, end) of a saved array. Raises OSError."""
    dtype = np.dtype(saved.dtype)
    return np.fromfile(path, dtype, end - begin, offset=saved.start + begin * dtype.itemsize)
