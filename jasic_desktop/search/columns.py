"""The store's facets as arrays: which records have a value, which ones filters leave, and how many have each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.packs.store import FACETS, Store
from jasic_desktop.search.arrays import ArrayFile, write_arrays
from jasic_desktop.search.dayspan import DaySpan
from jasic_desktop.search.facet import ByValue, Chosen, Counted, Facet, Flags
from jasic_desktop.search.fields import NAMED
from jasic_desktop.search.leaves import Ordinals
from jasic_desktop.search.request import Filters
from jasic_desktop.search.together import Together

FILE: Final = "facets"
_MOST_TOGETHER: Final = 20_000
"""A facet of more values is counted by itself: it would make the numbers of all wider, and takes long anyway."""
_NO_DAY: Final = 0
_LAST_DAY: Final = np.iinfo(np.uint32).max


class Columns:
    """The facets and dates of one store; each is read when first needed, then kept. `folder` is that of its index.

    Raises DamagedFault.
    """

    def __init__(self, store: Store, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder
        self._facets: dict[str, Facet] = {}
        self._together: Together | None = None

    def _facet(self, name: str) -> Facet:
        known = self._facets.get(name)
        if known is None:
            values, counts, numbers = self._store.facet_numbers(name)
            sorted_out = partial(self._sorted_out, name) if self._folder is not None else None
            known = Facet(values, np.asarray(counts), np.asarray(numbers), sorted_out)
            self._facets[name] = known
        return known

    @cached_property
    def _file(self) -> ArrayFile:
        return ArrayFile((self._folder or Path()) / FILE)

    def prepare(self) -> Iterator[None]:
        """Read the facets, one with each step."""
        for name in FACETS:
            self._facet(name).prepare()
            yield
        some = {name: self._facet(name) for name in FACETS}
        together = Together({name: facet for name, facet in some.items() if len(facet.values) <= _MOST_TOGETHER})
        yield from together.fill()
        self._together = together
        self._event_range, self.named  # noqa: B018 - read and kept

    def _sorted_out(self, name: str) -> ByValue:
        return ByValue(*(self._file.array(f"{name}.{part}") for part in ByValue._fields))

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
        """Those of `found`, which rise, that are events."""
        first, last = np.searchsorted(found, self._event_range)
        return tuple(found[first:last].tolist())

    @cached_property
    def _event_range(self) -> tuple[int, int]:
        """The first event, and the record after the last: the records of a type stand together in a store."""
        events = np.flatnonzero(self._events)
        return (int(events[0]), int(events[-1]) + 1) if len(events) else (0, 0)

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

    def counts(self, found: Ordinals, allowed: Mapping[str, Flags], filters: Filters) -> dict[str, Counted]:
        """For each facet how many records of `found` have each value, the most frequent first, at most MOST_VALUES.

        A facet's own filter does not narrow its counts: they say what ticking one more value would add.
        """
        failed = np.zeros(len(found), np.uint8)
        for left in allowed.values():
            failed += ~left[found]
        inside = Chosen(found.compress(failed == 0) if allowed else found, self._store.count)
        kept = ticked(filters)
        known = self._together.listed(self._together.counts(inside)) if self._together is not None else {}
        result: dict[str, Counted] = {}
        for name in FACETS:
            if name in known and name not in allowed and not kept.get(name):
                result[name] = known[name]
                continue
            facet = self._facet(name)
            counted = inside
            if name in allowed:
                own = found.compress((failed == 0) | ((failed == 1) & ~allowed[name][found]))
                counted = Chosen(own, self._store.count)
            result[name] = facet.listed(facet.counts(counted), kept.get(name, ()))
        return result


def write_facets(store: Store, folder: Path) -> None:
    """Write into the `folder` of an index which records have each value of each facet. Raises OSError, DamagedFault."""
    columns = Columns(store)
    arrays: dict[str, NDArray[Any]] = {}
    for name in FACETS:
        bits, records = columns._facet(name).by_value()  # noqa: SLF001 - of this module
        arrays |= {f"{name}.bits": bits.ravel(), f"{name}.records": records}
    write_arrays(folder / FILE, arrays, {})


def _numbers_of(span: DaySpan) -> tuple[int, int]:
    """The first and last day of a span as YYYYMMDD."""
    since = int(span.since.replace("-", "")) if span.since else _NO_DAY
    return since, int(span.until.replace("-", "")) if span.until else int(_LAST_DAY)


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
