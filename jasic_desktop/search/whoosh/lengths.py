"""How long the fields of each record are, a byte each, read from a mapped file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length

from jasic_desktop.search.arrays import ArrayFile

LENGTHS: Final = ".lengths"
LENGTH_OF_BYTE: Final = np.array([byte_to_length(code) for code in range(256)], np.float64)
"""Lengths are kept in a byte each, as Whoosh keeps them: exact while short, in steps when long."""


class Lengths:
    """The lengths in the file at `path`, of `count` records; `totals` says by field how long these are together.

    Raises DamagedFault.
    """

    def __init__(self, path: Path, count: int, totals: Mapping[str, int]) -> None:
        self._file = ArrayFile(path)
        self._count = count
        self._totals = totals
        self._codes: dict[str, NDArray[np.uint8]] = {}

    def codes(self, field: str) -> NDArray[np.uint8]:
        """The length of a field in each record, as bytes of LENGTH_OF_BYTE. Raises DamagedFault."""
        codes = self._codes.get(field)
        if codes is None:
            codes = self._file.array(field) if field in self._file else np.zeros(self._count, np.uint8)
            self._codes[field] = codes
        return codes

    def total(self, field: str) -> int:
        """How long a field is in all records together."""
        return self._totals.get(field, 0)
