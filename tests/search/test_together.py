"""All facets counted in one go are counted, and listed, as each is by itself."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.packs.store import FACETS, Store
from jasic_desktop.search import together
from jasic_desktop.search.columns import Columns
from jasic_desktop.search.facet import MOST_VALUES, Chosen, Facet
from jasic_desktop.search.request import Filters
from jasic_desktop.search.together import Together

ROWS = st.lists(
    st.tuples(st.sets(st.integers(0, 5)), st.sets(st.integers(0, 2), max_size=1), st.sets(st.just(0))),
    min_size=1,
    max_size=60,
)


def facets_of(rows: list[tuple[set[int], ...]]) -> dict[str, Facet]:
    facets: dict[str, Facet] = {}
    for number, values in enumerate((6, 3, 1)):
        own = [sorted(row[number]) for row in rows]
        numbers = np.array(list(itertools.chain.from_iterable(own)), np.uint8)
        names = tuple(f"{number}-{value}" for value in range(values))
        facets[names[0]] = Facet(names, np.array([len(row) for row in own], np.uint8), numbers)
    return facets


def filled(facets: dict[str, Facet]) -> Together:
    made = Together(facets)
    for _ in made.fill():
        pass
    return made


@pytest.mark.parametrize(("at_once", "most"), [(8192, 120_000), (7, 120_000), (7, 1)])
@given(rows=ROWS, data=st.data())
def test_all_are_counted_as_each_is(at_once: int, most: int, rows: list, data: st.DataObject) -> None:
    ids = np.array(sorted(data.draw(st.sets(st.integers(0, len(rows) - 1)))), np.int64)
    facets = facets_of(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(together, "_RECORDS", at_once)
        patch.setattr(together, "_MOST", most)
        made = filled(facets)
        listed = made.listed(made.counts(Chosen(ids, len(rows))))
    chosen = Chosen(ids, len(rows))
    assert list(listed.items()) == [(name, facet.listed(facet.counts(chosen))) for name, facet in facets.items()]


@pytest.mark.parametrize("most", [3, 40, 70_000])
def test_of_many_values_the_most_frequent_are_listed(most: int) -> None:
    values = tuple(f"v{number:04}" for number in range(3 * MOST_VALUES))
    facet = Facet(values, np.ones(3, np.uint8), np.array([0, 1, 2], np.uint16))
    counts = np.array([number * number % most for number in range(len(values))])
    best = sorted(range(len(values)), key=lambda number: (-counts[number], number))
    wanted = tuple((values[number], int(counts[number])) for number in best[:MOST_VALUES] if counts[number])
    assert filled({"all": facet}).listed(counts) == {"all": wanted}
    assert facet.listed(counts) == wanted


def test_the_archive_is_counted_the_same_before_all_was_read_ahead_and_after(store: Store, derived) -> None:
    before, after = Columns(store, derived / "index"), Columns(store, derived / "index")
    for _ in after.prepare():
        pass
    for step, filters in itertools.product((1, 2, 40), (Filters(), Filters(types=("event",), years=("2018",)))):
        found = np.arange(0, store.count, step)
        counted = [columns.counts(found, columns.allowed(filters), filters) for columns in (before, after)]
        assert list(counted[0].items()) == list(counted[1].items())
        assert tuple(counted[0]) == FACETS
