"""The store's facets as sets: which records have a value, which ones filters leave, and how many of each there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain

from jasic_desktop.packs.store import FACETS, FacetColumn, Store
from jasic_desktop.search.dayspan import DaySpan
from jasic_desktop.search.request import Filters

Ordinals = frozenset[int]


class Columns:
    """The facets and dates of one store; each is read when first needed, then kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._columns: dict[str, FacetColumn] = {}
        self._by_value: dict[str, dict[str, Ordinals]] = {}

    def having(self, facet: str, values: Iterable[str]) -> Ordinals:
        """Records that have any of `values`."""
        by_value = self._values(facet)
        return frozenset().union(*(by_value.get(value, ()) for value in values))

    def values(self, facet: str) -> Iterable[str]:
        """All values of a facet."""
        return self._values(facet)

    def dated(self, span: DaySpan) -> Ordinals:
        """Records with a date that may fall into `span`."""
        return frozenset(
            ordinal
            for ordinal in range(self._store.count)
            if any(span.overlaps(*days) for days in self._store.dates(ordinal) if days != (None, None))
        )

    def first_day(self, ordinal: int) -> str | None:
        """The earliest day of a record, for sorting; None where it has no date."""
        return min((first or last or "" for first, last in self._store.dates(ordinal) if first or last), default=None)

    def events(self, found: Iterable[int]) -> tuple[int, ...]:
        """Those of `found` that are events, rising."""
        return tuple(sorted(self.having("type", ("event",)).intersection(found)))

    def _column(self, facet: str) -> FacetColumn:
        known = self._columns.get(facet)
        if known is None:
            known = self._columns[facet] = self._store.facet(facet)
        return known

    def _values(self, facet: str) -> dict[str, Ordinals]:
        known = self._by_value.get(facet)
        if known is None:
            column = self._column(facet)
            sets: list[list[int]] = [[] for _ in column.values]
            for ordinal, row in enumerate(column.rows):
                for value in row:
                    sets[value].append(ordinal)
            known = {value: frozenset(found) for value, found in zip(column.values, sets, strict=True)}
            self._by_value[facet] = known
        return known

    def allowed(self, filters: Filters) -> dict[str, Ordinals]:
        """For each filter that is set the records it leaves, by facet (`date` for since and until)."""
        wanted = {
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
        allowed = {facet: self.having(facet, values) for facet, values in wanted.items() if values}
        if filters.accounts is not None:
            some = self.having("accounts", ("yes",))
            allowed["accounts"] = some if filters.accounts else frozenset(range(self._store.count)) - some
        if filters.since or filters.until:
            allowed["date"] = self.dated(DaySpan(filters.since, filters.until))
        return allowed

    def counts(self, found: Iterable[int], allowed: Mapping[str, Ordinals]) -> dict[str, tuple[tuple[str, int], ...]]:
        """For each facet how many records of `found` have each value, the most frequent first.

        A facet's own filter does not narrow its counts: they say what ticking one more value would add.
        """
        found = tuple(found)
        outside = {ordinal: [facet for facet, left in allowed.items() if ordinal not in left] for ordinal in found}
        inside = [ordinal for ordinal, facets in outside.items() if not facets]
        result: dict[str, tuple[tuple[str, int], ...]] = {}
        for facet in FACETS:
            counted = inside
            if facet in allowed:
                counted = inside + [ordinal for ordinal, facets in outside.items() if facets == [facet]]
            column = self._column(facet)
            numbers = Counter(chain.from_iterable(map(column.rows.__getitem__, counted)))
            by_count = sorted(numbers.items(), key=lambda item: (-item[1], column.values[item[0]]))
            result[facet] = tuple((column.values[value], count) for value, count in by_count)
        return result
