"""Spans of days as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.search.dayspan import DaySpan, day_span


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2018-2", "2018-02-01", "2018-02-28"),
        ("2018-07-27", "2018-07-27", "2018-07-27"),
        ("20180727", "2018-07-27", "2018-07-27"),
        ("2018/7/27", "2018-07-27", "2018-07-27"),
        ("2018年7月", "2018-07-01", "2018-07-31"),
        ("2018年7月27日", "2018-07-27", "2018-07-27"),
        ("2018-07..2018-08", "2018-07-01", "2018-08-31"),
        ("2018-07..", "2018-07-01", None),
        ("..2018", None, "2018-12-31"),
    ],
)
def test_spans(text: str, since: str | None, until: str | None) -> None:
    assert day_span(text) == DaySpan(since, until)


@pytest.mark.parametrize("text", ["", "..", "x", "2018-13", "2018-02-30", "2019..2018", "2018..x", "0000", "２０１８"])
def test_what_is_no_span(text: str) -> None:
    assert day_span(text) is None


@given(st.dates(min_value=dt.date(1000, 1, 1)), st.dates(min_value=dt.date(1000, 1, 1)))
def test_the_words_of_a_span_are_the_span(one: dt.date, other: dt.date) -> None:
    since, until = sorted((one.isoformat(), other.isoformat()))
    for span in (DaySpan(since, until), DaySpan(since, None), DaySpan(None, until)):
        assert day_span(str(span)) == span


@pytest.mark.parametrize(
    ("earliest", "latest", "overlaps"),
    [
        ("2018-07-27", "2018-07-27", True),
        ("2018-06-01", "2018-07-01", True),
        ("2018-06-01", "2018-06-30", False),
        ("2018-08-01", None, False),
        (None, "2018-07-15", True),
        ("2018-07-31", None, True),
    ],
)
def test_overlap(earliest: str | None, latest: str | None, overlaps: bool) -> None:
    span = day_span("2018-07")
    assert span is not None
    assert span.overlaps(earliest, latest) == overlaps
