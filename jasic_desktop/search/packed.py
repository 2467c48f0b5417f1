"""Columns of numbers that are small for the most part, in little room: written as they come, unpacked by the stretch.

`Flags` are bits, of which it is known at once how many came before any place. `Small` numbers take a byte each, and
those that need more have a flag and their other bytes in a column of their own, which may be of small numbers again:
of four bytes most numbers of an index take one and a bit. `Even` numbers have their low byte in one column and as many
bits as the highest of them needs in another, so that any of them is found without those before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.arrays import fitting
from jasic_desktop.search.mapped import Column

Whole = NDArray[np.integer[Any]]

_STEP_BITS: Final = 12
STEP: Final = 1 << _STEP_BITS
"""Flags between two places of which it is written down how many were set before."""
_BYTE: Final = 8
_LOW: Final = 0xFF
_LONGEST: Final = 0xFF


class Numbers(Protocol):
    """What numbers are read from by the stretch."""

    def slice(self, begin: int, end: int) -> Whole:
        """The numbers [begin, end). Raises DamagedFault."""
        ...


# Flags --------------------------------------------------------------------------------------------------------------


class FlagsWriter:
    """Writes flags into a file as bits, the first in the lowest bit of the first byte."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = np.zeros(0, np.bool_)
        self._counts: list[Whole] = []
        self.count = 0

    def add(self, flags: NDArray[np.bool_]) -> None:
        """Write more of them. Raises OSError."""
        self.count += len(flags)
        flags = np.concatenate((self._left, flags))
        whole = len(flags) >> _STEP_BITS << _STEP_BITS
        self._put(flags[:whole])
        self._left = flags[whole:]

    def _put(self, flags: NDArray[np.bool_]) -> None:
        self._file.write(np.packbits(flags, bitorder="little").tobytes())
        starts = np.arange(0, len(flags), STEP)
        if len(starts):
            self._counts.append(np.add.reduceat(flags, starts, dtype=np.int64))

    def ranks(self) -> Whole:
        """Write what is left; how many flags are set before each STEP of them."""
        self._put(self._left)
        counts = np.concatenate([np.zeros(1, np.int64), *self._counts])
        before = np.cumsum(counts)
        return before.astype(fitting(int(before[-1])))


def bytes_of(flags: int) -> int:
    """How many bytes so many flags take."""
    return -(-flags // _BYTE)


class Flags:
    """Flags that a FlagsWriter wrote."""

    def __init__(self, bits: Column, ranks: Whole) -> None:
        self._bits = bits
        self._ranks = ranks

    def slice(self, begin: int, end: int) -> NDArray[np.bool_]:
        """The flags [begin, end). Raises DamagedFault."""
        bits = np.unpackbits(self._bits.slice(begin >> 3, bytes_of(end)), bitorder="little")
        return bits[begin & 7 : (begin & 7) + end - begin].view(np.bool_)

    def before(self, place: int) -> int:
        """How many flags are set before `place`. Raises DamagedFault."""
        step = place >> _STEP_BITS
        found = int(self._ranks[step])
        if rest := place & STEP - 1:
            # As one long number they are counted several times as fast as in an array.
            bits = int.from_bytes(self._bits.slice(step << _STEP_BITS - 3, bytes_of(place)).tobytes(), "little")
            found += (bits & (1 << rest) - 1).bit_count()
        return found


# Small numbers ------------------------------------------------------------------------------------------------------


def small(numbers: Whole) -> tuple[NDArray[np.uint8], NDArray[np.bool_], Whole]:
    """Numbers as their low bytes, which of them have more than that, and of these what is beyond it."""
    flags = numbers > _LOW
    return (numbers & _LOW).astype(np.uint8), flags, numbers.compress(flags) >> _BYTE


class Small:
    """Numbers that `small` divided."""

    def __init__(self, low: Column, flags: Flags, more: Numbers) -> None:
        self._low = low
        self._flags = flags
        self._more = more

    def slice(self, begin: int, end: int) -> NDArray[np.int64]:
        """The numbers [begin, end). Raises DamagedFault."""
        numbers = self._low.slice(begin, end).astype(np.int64)
        flagged = self._flags.slice(begin, end).nonzero()[0]
        if len(flagged):
            first = self._flags.before(begin)
            numbers[flagged] += self._more.slice(first, first + len(flagged)).astype(np.int64) << _BYTE
        return numbers


# Even numbers -------------------------------------------------------------------------------------------------------


def high_bits(most: int) -> int:
    """How many bits of each number up to `most` stand beside its low byte: 0, or a power of two."""
    bits = (most >> _BYTE).bit_length()
    return 1 << (bits - 1).bit_length() if bits else 0


class HighWriter:
    """Writes so many bits of each number into a file, several numbers in a byte or a number in several bytes."""

    def __init__(self, file: BinaryIO, bits: int) -> None:
        self._file = file
        self._bits = bits
        self._left: Whole = np.zeros(0, np.int64)

    def add(self, numbers: Whole) -> None:
        """Write what is beyond the low bytes of more numbers. Raises OSError."""
        if not self._bits:
            return
        high = numbers.astype(np.int64) >> _BYTE
        if self._bits >= _BYTE:
            self._file.write(high.astype(f"<u{self._bits // _BYTE}").tobytes())
            return
        high = np.concatenate((self._left, high))
        whole = len(high) - len(high) % (_BYTE // self._bits)
        self._put(high[:whole])
        self._left = high[whole:]

    def _put(self, high: Whole) -> None:
        rows = high.reshape(-1, _BYTE // self._bits)
        shifts = np.arange(0, _BYTE, self._bits)
        self._file.write((rows << shifts).sum(axis=1).astype(np.uint8).tobytes())

    def finish(self) -> None:
        """Write what is left. Raises OSError."""
        if len(self._left):
            row = _BYTE // self._bits
            self._put(np.pad(self._left, (0, row - len(self._left))))


def high_bytes(count: int, bits: int) -> int:
    """How many bytes such bits of `count` numbers take."""
    return -(-count * bits // _BYTE)


class Even:
    """Numbers whose low bytes and other bits are in a column each."""

    def __init__(self, low: Column, high: Column | None, bits: int) -> None:
        self._low = low
        self._high = high
        self._bits = bits

    def slice(self, begin: int, end: int) -> NDArray[np.int64]:
        """The numbers [begin, end). Raises DamagedFault."""
        return self.take(begin, end, np.arange(end - begin))

    def take(self, begin: int, end: int, places: Whole) -> NDArray[np.int64]:
        """Some of the numbers [begin, end): those at `places` from `begin` on. Raises DamagedFault."""
        numbers = self._low.slice(begin, end)[places].astype(np.int64)
        if self._high is None:
            return numbers
        bits = self._bits
        if bits >= _BYTE:
            width = bits // _BYTE
            high = self._high.slice(begin * width, end * width).view(f"<u{width}")[places].astype(np.int64)
        else:
            first = begin * bits >> 3
            at = (places + begin) * bits
            found = self._high.slice(first, high_bytes(end, bits))[(at >> 3) - first]
            high = (found >> (at & 7).astype(np.uint8)).astype(np.int64) & (1 << bits) - 1
        return numbers + (high << _BYTE)


# Counts of which all are read at once ---------------------------------------------------------------------------------


def packed_counts(counts: Whole) -> Iterator[tuple[str, Whole]]:
    """Counts as a byte each, and as far as that is not enough as wider numbers, under the ends of their names."""
    yield "", np.minimum(counts, _LONGEST).astype(np.uint8)
    longer = counts.compress(counts >= _LONGEST)
    yield ".longer", longer.astype(fitting(int(longer.max(initial=0))))


def unpacked_counts(short: Whole, longer: Whole) -> Whole:
    """The counts that `packed_counts` made two arrays of. Raises ValueError where they do not belong together."""
    counts = short.astype(max(short.dtype, longer.dtype))
    counts[short == _LONGEST] = longer
    return counts
