"""All facets counted in one go: where few records are counted, each step over one facet takes as long as over all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.arrays import fitting
from jasic_desktop.search.facet import MOST_VALUES, Chosen, Counted, Facet, most_of
from jasic_desktop.search.leaves import Ordinals
from jasic_desktop.search.wordlist import Numbers, bounds

_MOST: Final = 120_000
"""To gather more values than so many takes longer than to count each facet by itself, value by value."""
_RECORDS: Final = 8192
"""Records whose values are sorted out at once."""
_NARROW: Final = 1 << 16
_SINGLE: Final = 1


class Together:
    """Some facets of the same records: for each record the numbers of all its values, those of each facet counted on
    from those of the one before.
    """

    def __init__(self, facets: Mapping[str, Facet]) -> None:
        self._facets = tuple(facets.values())
        self._names = tuple(facets)
        self._values = tuple(chain.from_iterable(facet.values for facet in facets.values()))
        self._firsts = [0]
        for facet in facets.values():
            self._firsts.append(self._firsts[-1] + len(facet.values))
        lengths = np.zeros(len(self._facets[0].lengths), np.uint32)
        for facet in self._facets:
            lengths += facet.lengths.astype(np.uint32)
        self._starts = bounds(lengths)
        self._lengths = lengths.astype(fitting(int(lengths.max(initial=0))))
        self._numbers = np.empty(int(self._starts[-1]), fitting(len(self._values)))
        self._places = np.zeros(0, np.int64)
        self._found = self._numbers[:0]
        self._one_in = max(2.0, len(self._numbers) / _MOST)

    def fill(self) -> Iterator[None]:
        """Sort out the values of all records, some with each step; to be done before anything is counted."""
        begins = [bounds(facet.lengths) for facet in self._facets]
        for start in range(0, len(self._lengths), _RECORDS):
            behind = self._starts[start : min(start + _RECORDS, len(self._lengths))].astype(np.int64)
            stop = start + len(behind)
            for first, facet, own_begins in zip(self._firsts, self._facets, begins, strict=False):
                own = facet.lengths[start:stop].astype(np.int64)
                places = (behind - (own.cumsum() - own)).repeat(own)
                places += np.arange(len(places))
                numbers = facet.numbers[int(own_begins[start]) : int(own_begins[stop])]
                self._numbers[places] = numbers + self._numbers.dtype.type(first)
                behind += own
            yield
        self._totals  # noqa: B018 - read and kept
        self._room(min(_MOST, len(self._numbers)))

    def counts(self, chosen: Chosen) -> Numbers:
        """How many of the records have each value, those of one facet behind those of another. Raises DamagedFault."""
        if chosen.are_few(self._one_in):
            return self._gathered(chosen.ids)
        if len(chosen.ids) * 2 > chosen.count and chosen.rest.are_few(self._one_in):
            return self._totals - self._gathered(chosen.rest.ids)
        return np.concatenate([facet.counts(chosen) for facet in self._facets])

    @cached_property
    def _totals(self) -> Numbers:
        return np.bincount(self._numbers, minlength=len(self._values))

    def _gathered(self, ids: Ordinals) -> Numbers:
        lengths = self._lengths[ids].astype(np.int64)
        if not lengths.all():
            ids, lengths = ids.compress(lengths > 0), lengths.compress(lengths > 0)
        if not len(ids):
            return np.zeros(len(self._values), np.int64)
        firsts = self._starts[ids].astype(np.int64)
        ends: Numbers = lengths.cumsum()
        # The places of all values: each is the one after that before it, but where a record begins.
        places, found = self._room(int(ends[-1]))
        places.fill(1)
        firsts[1:] -= firsts[:-1] + lengths[:-1] - 1
        places[0] = firsts[0]
        places[ends[:-1]] = firsts[1:]
        places.cumsum(out=places)
        self._numbers.take(places, out=found, mode="clip")
        places[:] = found
        return np.bincount(places, minlength=len(self._values))

    def _room(self, count: int) -> tuple[NDArray[np.int64], NDArray[Any]]:
        """Memory for so many places and values, which is kept: to be given new one takes longer than to count."""
        if len(self._places) < count:
            self._places = np.full(count, 0, np.int64)
            self._found = np.full(count, 0, self._numbers.dtype)
        return self._places[:count], self._found[:count]

    def listed(self, counts: Numbers) -> dict[str, Counted]:
        """The values of each facet that are counted at all, as Facet.listed has them."""
        there = counts.nonzero()[0]
        own = counts.take(there)
        # Narrow numbers are sorted by their digits. The most frequent come first; values stand in order of their words,
        # and a stable sort leaves those of one count in it.
        narrow = len(own) == 0 or int(own.max()) < _NARROW
        ranks = (_NARROW - 1 - own).astype(np.uint16) if narrow else -own
        listed: dict[str, Counted] = {}
        for name, (first, last) in zip(self._names, pairwise(there.searchsorted(self._firsts).tolist()), strict=True):
            mine, here, order = there[first:last], own[first:last], ranks[first:last]
            if last - first > MOST_VALUES:
                kept = most_of(here)
                mine, here, order = mine.compress(kept), here.compress(kept), order.compress(kept)
            best = order.argsort(kind="stable")
            places, numbers = mine.take(best).tolist(), here.take(best).tolist()
            if len(places) > _SINGLE:
                listed[name] = tuple(zip(itemgetter(*places)(self._values), numbers, strict=True))
            else:
                listed[name] = tuple((self._values[place], count) for place, count in zip(places, numbers, strict=True))
        return listed
