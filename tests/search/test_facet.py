"""Facets are counted in several ways, by how many records there are; all of them count the same."""

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.search.facet import MOST_VALUES, ByValue, Chosen, Facet

VALUES = tuple(f"v{number:02}" for number in range(12))
ROWS = st.lists(st.sets(st.integers(0, len(VALUES) - 1), max_size=4).map(sorted), min_size=1, max_size=300)


def facet_of(
    rows: list[list[int]], values: tuple[str, ...] = VALUES, known: Callable[[], ByValue] | None = None
) -> Facet:
    lengths = np.array([len(row) for row in rows], np.uint8)
    return Facet(values, lengths, np.array([number for row in rows for number in row], np.uint32), known)


@given(ROWS, st.data())
def test_every_way_counts_the_same(rows: list[list[int]], data: st.DataObject) -> None:
    ids = np.array(sorted(data.draw(st.sets(st.integers(0, len(rows) - 1)))), np.int64)
    expected = Counter(number for ordinal in ids.tolist() for number in rows[ordinal])
    bits, records = facet_of(rows).by_value()
    read = facet_of(rows, known=lambda: ByValue(bits.ravel(), records))
    for facet in (facet_of(rows), read):
        counts = facet.counts(Chosen(ids, len(rows))).tolist()
        assert counts == [expected[number] for number in range(len(VALUES))]
        assert dict(facet.listed(np.array(counts))) == {VALUES[number]: count for number, count in expected.items()}


def test_what_belongs_to_other_records_is_refused() -> None:
    other = facet_of([[0], [1], [1, 2]] * 50).by_value
    with pytest.raises(ValueError, match="other records"):
        facet_of([[0], [1], [1]] * 50, known=other).counts(Chosen(np.arange(75), 150))


def test_values_of_one_record_and_of_most_are_counted_together() -> None:
    facet = facet_of([[0], *([1, 2] if number % 7 else [1] for number in range(999))])
    counts = facet.counts(Chosen(np.arange(0, 1000, 2), 1000))
    assert counts[:4].tolist() == [1, 499, sum(1 for number in range(1, 999, 2) if number % 7), 0]


@pytest.mark.parametrize("kept", [(), ("v0007",), ("v0999", "nonsense")])
def test_the_most_frequent_are_listed_and_what_is_ticked(kept: tuple[str, ...]) -> None:
    values = tuple(f"v{number:04}" for number in range(1000))
    counts = np.array([number // 2 for number in range(1000)])
    listed = facet_of([[0]], values).listed(counts, kept)
    best = sorted(range(1000), key=lambda number: (-counts[number], number))[:MOST_VALUES]
    asked = [value for value in kept if value in values and values.index(value) not in best]
    assert [value for value, _ in listed] == [*(values[number] for number in best), *asked]
