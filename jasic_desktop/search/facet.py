"""One facet of all records as arrays: which records have a value, and how many of those found have each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
_GATHER, _GATHER_SINGLE, _RECORD = 6.0, 2.5, 5.0
_WORD, _RARE, _BEGIN = 1.3, 2.5, 10_000.0
"""About how many nanoseconds it takes to gather a value of a record, and where each has one; to look how many a record
has; to look at 64 records of a frequent value, at a record of a rare one, and to begin with it.
"""
_LEAST_FEW: Final = 2.2
_COUNTABLE: Final = 1 << 16
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

    def are_few(self, one_in: float) -> bool:
        """Whether they are at most one in so many."""
        return len(self.ids) * one_in < self.count

    @cached_property
    def rest(self) -> Chosen:
        """All other records."""
        return Chosen(np.flatnonzero(self.flags == 0), self.count)

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


def _words(count: int) -> int:
    """How many large numbers the bits of `count` records take."""
    return -(-count // 64)


class ByValue(NamedTuple):
    """Which records have each value: `bits`, a row for each frequent value, and the `records` of each rare one, value
    after value. It is sorted out with the index, and read from there.
    """

    bits: NDArray[np.uint64]
    records: Ordinals


class Facet:
    """One facet: how many values each record has (`lengths`), and the numbers of these, record after record.

    `known` reads what `by_value` came to when the index was made, where there is one.
    """

    def __init__(
        self,
        values: tuple[str, ...],
        lengths: NDArray[np.unsignedinteger[Any]],
        numbers: NDArray[np.unsignedinteger[Any]],
        known: Callable[[], ByValue] | None = None,
    ) -> None:
        self.values = values
        self._known = known
        self.numbers = numbers
        self.lengths = lengths
        self._single = bool((lengths == 1).all())

    @cached_property
    def _starts(self) -> NDArray[np.uint32]:
        """Where the numbers of each record begin."""
        starts = np.zeros(len(self.lengths), np.uint32)
        np.cumsum(self.lengths[:-1], out=starts[1:])
        return starts

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of each value."""
        return {value: number for number, value in enumerate(self.values)}

    def prepare(self) -> None:
        """Read which records have each value."""
        self._ready, self._rare  # noqa: B018 - read and kept

    def having(self, values: Iterable[str]) -> Flags:
        """Which records have any of `values`."""
        wanted = [self.places[value] for value in values if value in self.places]
        if not wanted:
            return np.zeros(len(self.lengths), np.bool_)
        before = np.zeros(len(self.numbers) + 1, np.int32)
        np.cumsum(np.isin(self.numbers, wanted), out=before[1:])
        found: Flags = before[self._starts + self.lengths] > before[self._starts]
        return found

    def counts(self, chosen: Chosen) -> Numbers:
        """How many of the records have each value, by its number. Raises DamagedFault."""
        if len(chosen.ids) == chosen.count:
            return self._totals
        if chosen.are_few(self._few):
            return self._gathered(chosen.ids)
        if len(chosen.ids) * 2 > chosen.count and chosen.rest.are_few(self._few):
            return self._totals - self._gathered(chosen.rest.ids)
        counts = np.zeros(len(self.values), np.int64)
        if len(self._frequent):
            # The bits of all values are looked at together: that is a few operations, however many records there are.
            there = np.bitwise_count(self._ready.bits & chosen.bits)
            counts[self._frequent] = there.sum(axis=1, dtype=np.uint32)
        if len(self._rare):
            own = self._totals[self._rare]
            there = chosen.flags.take(self._ready.records)
            counts[self._rare] = np.add.reduceat(there, np.cumsum(own) - own, dtype=np.uint32)
        return counts

    @cached_property
    def _totals(self) -> Numbers:
        """How many of all records have each value."""
        return np.bincount(self.numbers, minlength=len(self.values))

    @cached_property
    def _few(self) -> float:
        """One record in how many it is as quick to look at by itself as all of them value by value."""
        rare = int(self._totals[self._rare].sum())
        gather = len(self.numbers) * _GATHER_SINGLE
        if not self._single:
            gather = len(self.numbers) * _GATHER + len(self.lengths) * _RECORD
        by_value = len(self._frequent) * _words(len(self.lengths)) * _WORD + rare * _RARE + _BEGIN
        return max(_LEAST_FEW, gather / by_value)

    @cached_property
    def _often(self) -> NDArray[np.bool_]:
        often: NDArray[np.bool_] = self._totals * _FREQUENT > len(self.lengths)
        return often

    @cached_property
    def _frequent(self) -> Numbers:
        return np.flatnonzero(self._often)

    @cached_property
    def _rare(self) -> Numbers:
        # A value that no record has would take up what begins after it.
        return np.flatnonzero(~self._often & (self._totals > 0))

    @cached_property
    def _ready(self) -> ByValue:
        bits, records = self._known() if self._known is not None else self.by_value()
        rows, words = len(self._frequent), _words(len(self.lengths))
        if bits.size != rows * words or len(records) != self._totals[self._rare].sum():
            raise ValueError("by value there are other records than record by record")
        # Numbers as wide as places in memory are taken without being made so each time.
        return ByValue(bits.reshape(rows, words), records.astype(np.int64))

    def by_value(self) -> ByValue:
        """All records sorted by value."""
        count = len(self.lengths)
        records = np.repeat(np.arange(count, dtype=fitting(count)), self.lengths)
        is_frequent = self._often[self.numbers]
        rows = np.zeros((len(self._frequent), _words(count) * 64), np.uint8)
        row = np.cumsum(self._often) - 1
        rows[row[self.numbers.compress(is_frequent)], records.compress(is_frequent)] = 1
        # Narrow numbers are sorted by their digits, ten times as fast as wide ones by comparing.
        numbers = self.numbers.compress(~is_frequent).astype(fitting(len(self.values)))
        records = records.compress(~is_frequent)[np.argsort(numbers, kind="stable")]
        return ByValue(np.packbits(rows, axis=1).view(np.uint64), records)

    def _gathered(self, ids: Ordinals) -> Numbers:
        if self._single:
            found = self.numbers[ids]
        else:
            lengths = self.lengths[ids].astype(np.int64)
            before = np.cumsum(lengths) - lengths
            found = self.numbers[np.repeat(self._starts[ids] - before, lengths) + np.arange(int(lengths.sum()))]
        return np.bincount(found, minlength=len(self.values))

    def listed(self, counts: Numbers, kept: tuple[str, ...] = ()) -> Counted:
        """The values that are counted at all, the most frequent first, at most MOST_VALUES, but each of `kept`."""
        there = np.flatnonzero(counts > 0)
        best = _most(there, counts)
        # Values stand in order of their words, so that a stable sort by counts leaves those in it.
        listed = best[np.argsort(-counts[best], kind="stable")]
        if kept and len(there) > len(best):
            rest = {self.places[value] for value in kept if value in self.places}.difference(listed.tolist())
            more = [number for _, number in sorted((-counts[number], number) for number in rest if counts[number])]
            listed = np.concatenate((listed, np.asarray(more, np.int64)))
        places, numbers = listed.tolist(), counts[listed].tolist()
        if len(places) < 2:
            return tuple((self.values[place], count) for place, count in zip(places, numbers, strict=True))
        return tuple(zip(itemgetter(*places)(self.values), numbers, strict=True))


def _most(there: Ordinals, counts: NDArray[Any]) -> Ordinals:
    """The MOST_VALUES of `there` with the highest counts, rising; of equal ones the first. Nothing else is sorted."""
    if len(there) <= MOST_VALUES:
        return there
    most: Ordinals = there.compress(most_of(counts[there]))
    return most


def most_of(counts: NDArray[Any]) -> NDArray[np.bool_]:
    """Which are the MOST_VALUES highest of more `counts`; of equal ones the first."""
    most = int(counts.max())
    if most < _COUNTABLE:
        # How many are at least so high, from the highest down: to count that takes less than to sort halfway.
        at_least = np.bincount(counts)[::-1].cumsum()
        least = most - int(at_least.searchsorted(MOST_VALUES))
    else:
        least = np.partition(counts, -MOST_VALUES)[-MOST_VALUES]
    taken: NDArray[np.bool_] = counts > least
    taken[np.flatnonzero(counts == least)[: MOST_VALUES - int(taken.sum())]] = True
    return taken
