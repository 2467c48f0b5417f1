"""Filters as single choices: each can be made and taken back, and none is lost on the way."""

from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.app.narrowing import (
    MEMBERS,
    Chosen,
    chosen,
    only,
    toggled,
    values,
    without,
    without_facet,
    worth_dropping,
)
from jasic_desktop.search.answer import Answer
from jasic_desktop.search.request import Filters

FACETS = sorted(MEMBERS)
steps = st.lists(st.tuples(st.sampled_from(FACETS), st.sampled_from("abc")), max_size=12)


def answer(**facets):
    return Answer("", "", 0, (), {name: ((value, 1),) for name, value in facets.items()}, None, (), 0.0)


@given(steps)
def test_choosing_twice_is_not_choosing(taken):
    filters, expected = Filters(), {}
    for facet, value in taken:
        filters = toggled(filters, facet, value)
        if expected.pop((facet, value), True):
            expected[facet, value] = False
    assert sorted(chosen(filters)) == sorted(expected)
    for choice in chosen(filters):
        assert choice.value in values(filters, choice.facet)
        filters = without(filters, choice)
    assert filters == Filters()


def test_dates_and_accounts_are_choices_too():
    filters = Filters(years=("2018",), since="2018-07-01", accounts=False)
    assert chosen(filters) == (Chosen("year", "2018"), Chosen("accounts", "no"), Chosen("date", "2018-07-01.."))
    assert chosen(Filters(accounts=True, until="2019-01-01")) == (("accounts", "yes"), ("date", "..2019-01-01"))
    assert without_facet(without_facet(filters, "date"), "accounts") == Filters(years=("2018",))
    assert without(filters, Chosen("year", "1999")) == filters


def test_just_these_values():
    filters = Filters(types=("person", "event"), years=("2018",))
    assert only(filters, "type", "place") == Filters(types=("place",), years=("2018",))
    assert only(filters, "type") == Filters(years=("2018",))


def test_what_is_worth_dropping_leaves_something():
    both = Filters(years=("1650",), types=("person", "event"))
    assert worth_dropping(both, answer(year="2018")) == ("year",)
    assert worth_dropping(both, answer()) == ()
    assert worth_dropping(Filters(years=("1650", "1651")), answer()) == ("year",)
    assert worth_dropping(Filters(since="1650-01-01", types=("person",)), answer()) == ("date",)
