"""One facet of all records as arrays: which records have a value, and how many of those found have each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from operator import itemgetter
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.arrays import fitting
from jasic_desktop.search.leaves import Ordinals
from jasic_desktop.search.matches import flags
from jasic_desktop.search.wordlist import Numbers

MOST_VALUES: Final = 400
"""Values of one facet that are listed, the most frequent; a list of more helps nobody. What is ticked stays."""
_FEW: Final = 8
"""Where at most one in so many records is counted, their values are gathered; else every value is gone through."""
_FREQUENT: Final = 64
"""A value that one in so many records has is kept as a bit for each record, which takes no more room than a list."""

Flags = NDArray[np.bool_]
"""True or false for each record, by ordinal."""
Counted = tuple[tuple[str, int], ...]
"""Values with how many records have each."""


class Chosen:
    """Records that are counted, rising, out of `count`."""

    def __init__(self, ids: Ordinals, count: int) -> None:
        self.ids = ids
        self.count = count

    @cached_property
    def are_few(self) -> bool:
        """Whether it is quicker to look at each of them than at each value."""
        return len(self.ids) * _FEW < self.count

    @cached_property
    def flags(self) -> NDArray[np.uint8]:
        """1 or 0 for each record."""
        return flags(self.ids, self.count).view(np.uint8)

    @cached_property
    def bits(self) -> NDArray[np.uint64]:
        """The same as bits of large numbers."""
        return _bits(self.flags)


def _bits(flagged: NDArray[np.uint8]) -> NDArray[np.uint64]:
    packed = np.packbits(flagged)
    return np.pad(packed, (0, -len(packed) % 8)).view(np.uint64)


class _ByValue(NamedTuple):
    """Which records have each value: those of the `frequent` values as bits; of the `rare` ones as `records`, value
    after value, those of each from its place in `starts` on.
    """

    frequent: Numbers
    bits: NDArray[np.uint64]
    rare: Numbers
    records: NDArray[np.int64]
    starts: NDArray[np.int64]


class Facet:
    """One facet: the numbers of its values, record after record; those of each record end where `ends` says."""

    def __init__(self, values: tuple[str, ...], ends: NDArray[np.uint32], numbers: NDArray[np.uint32]) -> None:
        self.values = values
        self._numbers = numbers
        self._lengths = np.diff(ends, prepend=np.uint32(0))
        self._starts = ends - self._lengths
        self._single = bool((self._lengths == 1).all())
        self._by_value: _ByValue | None = None

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of each value."""
        return {value: number for number, value in enumerate(self.values)}

    def having(self, values: Iterable[str]) -> Flags:
        """Which records have any of `values`."""
        wanted = [self.places[value] for value in values if value in self.places]
        if not wanted:
            return np.zeros(len(self._lengths), np.bool_)
        before = np.zeros(len(self._numbers) + 1, np.int32)
        np.cumsum(np.isin(self._numbers, wanted), out=before[1:])
        found: Flags = before[self._starts + self._lengths] > before[self._starts]
        return found

    @property
    def is_ready(self) -> bool:
        """Whether many records are counted as quickly as can be."""
        return self._by_value is not None

    def make_ready(self) -> None:
        """Sort all by value, which takes some milliseconds in a large archive."""
        if self._by_value is None:
            self._by_value = self._sorted_by_value()

    def counts(self, chosen: Chosen) -> Numbers:
        """How many of the records have each value, by its number."""
        by_value = self._by_value
        if len(chosen.ids) == chosen.count:
            return self._totals
        if chosen.are_few or by_value is None:
            if len(chosen.ids) * 2 > chosen.count:
                # Of more than half those that are left out are fewer.
                return self._totals - self._gathered(np.flatnonzero(chosen.flags == 0))
            return self._gathered(chosen.ids)
        counts = np.zeros(len(self.values), np.int64)
        if len(by_value.frequent):
            # The bits of all values are looked at together: that is a few operations, however many records there are.
            counts[by_value.frequent] = np.bitwise_count(by_value.bits & chosen.bits).sum(axis=1, dtype=np.uint32)
        if len(by_value.rare):
            there = chosen.flags.take(by_value.records)
            counts[by_value.rare] = np.add.reduceat(there, by_value.starts, dtype=np.uint32)
        return counts

    @cached_property
    def _totals(self) -> Numbers:
        """How many of all records have each value."""
        return np.bincount(self._numbers, minlength=len(self.values))

    def _sorted_by_value(self) -> _ByValue:
        count = len(self._lengths)
        often = self._totals * _FREQUENT > count
        frequent = np.flatnonzero(often)
        records = np.repeat(np.arange(count), self._lengths)
        is_frequent = often[self._numbers]
        rows = np.zeros((len(frequent), -(-count // 64) * 64), np.uint8)
        row = np.cumsum(often) - 1
        rows[row[self._numbers.compress(is_frequent)], records.compress(is_frequent)] = 1
        # A value that no record has would take up what begins after it.
        rare = np.flatnonzero(~often & (self._totals > 0))
        kept = self._totals[rare]
        # Narrow numbers are sorted by their digits, ten times as fast as wide ones by comparing.
        numbers = self._numbers.compress(~is_frequent).astype(fitting(len(self.values)))
        records = records.compress(~is_frequent)[np.argsort(numbers, kind="stable")]
        return _ByValue(frequent, np.packbits(rows, axis=1).view(np.uint64), rare, records, np.cumsum(kept) - kept)

    def _gathered(self, ids: Ordinals) -> Numbers:
        if self._single:
            found = self._numbers[ids]
        else:
            lengths = self._lengths[ids].astype(np.int64)
            before = np.cumsum(lengths) - lengths
            found = self._numbers[np.repeat(self._starts[ids] - before, lengths) + np.arange(int(lengths.sum()))]
        return np.bincount(found, minlength=len(self.values))

    def listed(self, counts: Numbers, kept: tuple[str, ...] = ()) -> Counted:
        """The values that are counted at all, the most frequent first, at most MOST_VALUES, but each of `kept`."""
        there = np.flatnonzero(counts > 0)
        best = _most(there, counts)
        # Values stand in order of their words, so that a stable sort by counts leaves those in it.
        listed = best[np.argsort(-counts[best], kind="stable")].tolist()
        if len(there) > len(best):
            rest = {self.places[value] for value in kept if value in self.places}.difference(listed)
            listed += [number for _, number in sorted((-counts[number], number) for number in rest if counts[number])]
        numbers: list[int] = counts[listed].tolist()
        if len(listed) < 2:
            return tuple((self.values[number], count) for number, count in zip(listed, numbers, strict=True))
        return tuple(zip(itemgetter(*listed)(self.values), numbers, strict=True))


def _most(there: Ordinals, counts: NDArray[Any]) -> Ordinals:
    """The MOST_VALUES of `there` with the highest counts, rising; of equal ones the first. Nothing else is sorted."""
    if len(there) <= MOST_VALUES:
        return there
    own = counts[there]
    least = np.partition(own, -MOST_VALUES)[-MOST_VALUES]
    taken = own > least
    taken[np.flatnonzero(own == least)[: MOST_VALUES - int(taken.sum())]] = True
    most: Ordinals = there.compress(taken)
    return most
