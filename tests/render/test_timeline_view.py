"""The days in view: there and back, zoomed around a day, moved, and never beyond the limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.render.timeline_scale import ordinal
from jasic_desktop.render.timeline_view import CLOSEST, Limits, Viewport, busiest

limits = st.tuples(st.floats(1, 3_000_000), st.floats(1, 300_000)).map(lambda pair: Limits(pair[0], pair[0] + pair[1]))
widths = st.floats(50, 4000)
shares = st.floats(0, 1)


@st.composite
def views(draw):
    bounds = draw(limits)
    first, last = sorted((draw(shares), draw(shares)))
    begin, end = (bounds.begin + share * bounds.days for share in (first, last))
    return Viewport.of(bounds, begin, end, draw(widths), draw(st.sampled_from((0.5, 1.0, 2.0))))


def keeps_limits(view):
    slack = 1e-6 * max(view.limits.end, 1)
    return (
        view.begin >= view.limits.begin - slack
        and view.end <= view.limits.end + slack
        and view.per_day <= view.closest * (1 + 1e-9)
        and view.closest >= CLOSEST * view.unit
    )


@given(views(), shares)
def test_a_position_goes_to_its_day_and_back(view, share):
    x = share * view.width
    assert view.x(view.day(x)) == pytest.approx(x, abs=1e-3)
    assert view.x(view.begin) == 0
    assert view.x(view.end) == pytest.approx(view.width, abs=1e-3)


@given(views(), shares, st.floats(0.01, 100))
def test_zooming_keeps_the_day_under_the_pointer_where_the_limits_allow_it(view, share, factor):
    x = share * view.width
    day = view.day(x)
    zoomed = view.zoomed(factor, x)
    assert keeps_limits(zoomed)
    at_a_limit = zoomed.begin <= zoomed.limits.begin + 1e-6 or zoomed.end >= zoomed.limits.end - 1e-6
    assert at_a_limit or zoomed.x(day) == pytest.approx(x, abs=0.05)


@given(views(), st.floats(-1e6, 1e6))
def test_moving_stays_within_the_limits_and_keeps_the_scale(view, pixels):
    moved = view.panned(pixels)
    assert keeps_limits(moved)
    assert moved.per_day == view.per_day


@given(views(), widths)
def test_another_width_shows_the_same_days_where_it_can(view, width):
    wider = Viewport.of(view.limits, view.begin, view.end, width, view.unit)
    assert keeps_limits(wider)
    if not wider.is_closest:
        assert (wider.begin, wider.end) == pytest.approx((view.begin, view.end), rel=1e-6)


@given(views(), shares, st.integers(0, 400))
def test_what_is_brought_into_view_is_there(view, share, length):
    first = int(view.limits.begin + share * (view.limits.days - 1))
    last = int(min(first + length, view.limits.end - 1))
    brought = view.bringing(first, last, 40)
    assert keeps_limits(brought)
    assert brought.shows(first, last)
    assert brought.bringing(first, last, 40).x(first) == pytest.approx(brought.x(first), abs=200)


@given(st.lists(st.integers(1, 700_000), min_size=1, max_size=80))
def test_the_busiest_stretch_holds_most_of_the_days(days):
    begin, end = busiest(days)
    assert sum(begin <= day < end for day in days) >= round(len(days) * 0.75)


def test_limits_stay_within_the_years_that_there_are():
    assert Limits.around(1, 1).begin == 1
    assert Limits.around(ordinal("9999-12-31"), ordinal("9999-12-31")).end == ordinal("9999-12-31") + 1
