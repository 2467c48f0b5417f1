"""The store's facets as arrays: which records have a value, which ones filters leave, and how many have each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.packs.store import FACETS, Store
from jasic_desktop.search.dayspan import DaySpan
from jasic_desktop.search.fields import NAMED
from jasic_desktop.search.leaves import Ordinals
from jasic_desktop.search.matches import flags
from jasic_desktop.search.request import Filters
from jasic_desktop.search.wordlist import Numbers

MOST_VALUES: Final = 400
"""Values of one facet that are listed, the most frequent; a list of more helps nobody. What is ticked stays."""

Flags = NDArray[np.bool_]
"""True or false for each record, by ordinal."""

_NO_DAY: Final = 0
_LAST_DAY: Final = np.iinfo(np.uint32).max


class _Facet:
    """One facet: the numbers of its values, record after record."""

    def __init__(self, values: tuple[str, ...], ends: NDArray[np.uint32], numbers: NDArray[np.uint32]) -> None:
        self.values = values
        self.numbers = numbers
        self.lengths = np.diff(ends, prepend=np.uint32(0))
        self._starts = ends - self.lengths
        self._single = bool((self.lengths == 1).all())

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of each value."""
        return {value: number for number, value in enumerate(self.values)}

    @cached_property
    def records(self) -> Ordinals:
        """The record of each of `numbers`."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int32), self.lengths)

    def having(self, values: Iterable[str]) -> Flags:
        """Which records have any of `values`."""
        found = np.zeros(len(self.lengths), np.bool_)
        wanted = [self.places[value] for value in values if value in self.places]
        if wanted:
            found[self.records[np.isin(self.numbers, wanted)]] = True
        return found

    @cached_property
    def totals(self) -> Numbers:
        """How many records have each value, by its number."""
        return np.bincount(self.numbers, minlength=len(self.values))

    def counts(self, ids: Ordinals) -> Numbers:
        """How many of the records have each value, by its number."""
        count = len(self.lengths)
        if len(ids) * 2 > count:
            # Most of all records: those that are left out are fewer to count.
            return self.totals - self._counted(np.flatnonzero(~flags(ids, count)))
        return self._counted(ids)

    def _counted(self, ids: Ordinals) -> Numbers:
        if self._single:
            found = self.numbers[ids]
        else:
            lengths = self.lengths[ids].astype(np.int64)
            before = np.cumsum(lengths) - lengths
            found = self.numbers[np.repeat(self._starts[ids] - before, lengths) + np.arange(int(lengths.sum()))]
        return np.bincount(found, minlength=len(self.values))


class Columns:
    """The facets and dates of one store; each is read when first needed, then kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._facets: dict[str, _Facet] = {}

    def _facet(self, name: str) -> _Facet:
        known = self._facets.get(name)
        if known is None:
            values, ends, numbers = self._store.facet_numbers(name)
            known = _Facet(values, np.frombuffer(ends, "<u4"), np.frombuffer(numbers, "<u4"))
            self._facets[name] = known
        return known

    def having(self, facet: str, values: Iterable[str]) -> Flags:
        """Which records have any of `values`."""
        return self._facet(facet).having(values)

    @cached_property
    def named(self) -> Flags:
        """Which records have names."""
        return self.having("type", NAMED)

    def values(self, facet: str) -> tuple[str, ...]:
        """All values of a facet."""
        return self._facet(facet).values

    @cached_property
    def _days(self) -> tuple[Ordinals, NDArray[np.uint32], NDArray[np.uint32]]:
        """Each span of days of each record: its record, first and last day as YYYYMMDD; open ends reach for ever."""
        ends, first, last = (np.frombuffer(part, "<u4") for part in self._store.day_numbers())
        last = np.where(last == _NO_DAY, _LAST_DAY, last)
        return np.repeat(np.arange(self._store.count), np.diff(ends, prepend=np.uint32(0))), first, last

    def dated(self, span: DaySpan) -> Flags:
        """Which records have a date that may fall into `span`."""
        records, first, last = self._days
        since, until = _numbers_of(span)
        found = np.zeros(self._store.count, np.bool_)
        some = (first != _NO_DAY) | (last != _LAST_DAY)
        found[records[some & (last >= since) & (first <= until)]] = True
        return found

    def events_within(self, span: DaySpan) -> Ordinals:
        """Events all of whose possible days lie in `span`, rising."""
        records, first, last = self._days
        since, until = _numbers_of(span)
        within = self._events & self.dated(span)
        within[records[(first < since) | (last > until)]] = False
        return np.flatnonzero(within)

    @cached_property
    def first_days(self) -> NDArray[np.uint32]:
        """The earliest day of each record as YYYYMMDD, for sorting; those without a date come last."""
        records, first, last = self._days
        days = np.full(self._store.count, _LAST_DAY, np.uint32)
        known = np.where(first != _NO_DAY, first, last)
        np.minimum.at(days, records, known.astype(np.uint32))
        return days

    def events(self, found: Ordinals) -> tuple[int, ...]:
        """Those of `found` that are events, rising."""
        return tuple(found[self._events[found]].tolist())

    @cached_property
    def _events(self) -> Flags:
        return self.having("type", ("event",))

    def allowed(self, filters: Filters) -> dict[str, Flags]:
        """For each filter that is set the records it leaves, by facet (`date` for since and until)."""
        allowed = {facet: self.having(facet, values) for facet, values in ticked(filters).items() if values}
        if filters.accounts is not None:
            some = self.having("accounts", ("yes",))
            allowed["accounts"] = some if filters.accounts else ~some
        if filters.since or filters.until:
            allowed["date"] = self.dated(DaySpan(filters.since, filters.until))
        return allowed

    def left(self, filters: Filters) -> list[int]:
        """The records that all filters leave, rising."""
        left = np.ones(self._store.count, np.bool_)
        for records in self.allowed(filters).values():
            left &= records
        ordinals: list[int] = np.flatnonzero(left).tolist()
        return ordinals

    def counts(
        self, found: Ordinals, allowed: Mapping[str, Flags], filters: Filters
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        """For each facet how many records of `found` have each value, the most frequent first, at most MOST_VALUES.

        A facet's own filter does not narrow its counts: they say what ticking one more value would add.
        """
        failed = np.zeros(len(found), np.uint8)
        for left in allowed.values():
            failed += ~left[found]
        inside = found[failed == 0] if allowed else found
        kept = ticked(filters)
        result: dict[str, tuple[tuple[str, int], ...]] = {}
        for name in FACETS:
            facet = self._facet(name)
            counted = inside
            if name in allowed:
                counted = found[(failed == 0) | ((failed == 1) & ~allowed[name][found])]
            result[name] = _listed(facet, facet.counts(counted), kept.get(name, ()))
        return result


def _numbers_of(span: DaySpan) -> tuple[int, int]:
    """The first and last day of a span as YYYYMMDD."""
    since = int(span.since.replace("-", "")) if span.since else _NO_DAY
    return since, int(span.until.replace("-", "")) if span.until else int(_LAST_DAY)


def _listed(facet: _Facet, counts: Numbers, kept: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    there = np.flatnonzero(counts)
    best = _most(there, counts)
    # Values stand in order of their words, so that a stable sort by counts leaves those in it.
    listed = best[np.argsort(-counts[best], kind="stable")].tolist()
    if len(there) > len(best):
        rest = {facet.places[value] for value in kept if value in facet.places}.difference(listed)
        listed += sorted((number for number in rest if counts[number]), key=lambda number: (-counts[number], number))
    values, numbers = facet.values, counts[listed].tolist()
    return tuple((values[number], count) for number, count in zip(listed, numbers, strict=True))


def _most(there: Ordinals, counts: Numbers) -> Ordinals:
    """The MOST_VALUES of `there` with the highest counts, rising; of equal ones the first. Nothing else is sorted."""
    if len(there) <= MOST_VALUES:
        return there
    own = counts[there]
    least = np.partition(own, -MOST_VALUES)[-MOST_VALUES]
    taken = own > least
    taken[np.flatnonzero(own == least)[: MOST_VALUES - int(taken.sum())]] = True
    most: Ordinals = there[taken]
    return most


def ticked(filters: Filters) -> dict[str, tuple[str, ...]]:
    """The values of the filters, by facet."""
    return {
        "type": filters.types,
        "kind": filters.kinds,
        "year": filters.years,
        "place": filters.places,
        "person": filters.people,
        "organisation": filters.organisations,
        "topic": filters.topics,
        "source": filters.sources,
        "language": filters.languages,
        "certainty": filters.certainties,
    }
