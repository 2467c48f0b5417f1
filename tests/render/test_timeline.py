"""The layout of the timeline: nothing overlaps, nothing is dropped, nothing moves while scrolling."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.dates import parse
from jasic_desktop.core.errors import Cancelled
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.localised import Localised
from jasic_desktop.packs.store import EventRow, Store
from jasic_desktop.render.timeline import (
    FEWEST_ROWS,
    GAP,
    MOST_ROWS,
    Arrangement,
    Item,
    LaneLayout,
    Shape,
    approximate_width,
    items,
    timeline_json,
)
from jasic_desktop.render.timeline_scale import Scale, density, ordinal, starts, ticks, unit_for

_FIRST = ordinal("2017-01-01")


@st.composite
def item_lists(draw: st.DrawFn) -> list[Item]:
    count = draw(st.integers(0, 60))
    found = []
    for number in range(count):
        first = _FIRST + draw(st.integers(0, 400))
        shape = draw(st.sampled_from(Shape))
        last = first + draw(st.sampled_from((0, 3, 30, 365))) if shape is Shape.BAR else first
        label = "名" * draw(st.integers(0, 3)) + "label" * draw(st.integers(0, 4))
        found.append(Item(f"e{number}", draw(st.sampled_from("ab")), label, first, last, shape))
    return found


scales = st.sampled_from((300, 1200, 9000)).map(lambda width: Scale.linear(_FIRST, _FIRST + 800, width))


def stretches(lane: LaneLayout) -> dict[int, list[tuple[float, float]]]:
    """What each row of a lane holds: marks, labels and pills."""
    rows: dict[int, list[tuple[float, float]]] = {}
    for mark in lane.marks:
        rows.setdefault(mark.row, []).append((mark.left, mark.right))
        if mark.label_left is not None and mark.label_right is not None:
            # The label of the selected event may cover its own mark, in a view too narrow for both.
            covers = mark.selected and mark.label_left < mark.right and mark.left < mark.label_right
            if not covers:
                rows[mark.row].append((mark.label_left, mark.label_right))
    for pill in lane.pills:
        rows.setdefault(pill.row, []).append((pill.left, pill.right))
    return rows


def assert_apart(lane: LaneLayout) -> None:
    for row in stretches(lane).values():
        ordered = sorted(row)
        for (_, right), (left, _) in pairwise(ordered):
            assert left - right >= GAP - 1e-6


@given(item_lists(), scales, st.integers(0, 59), st.sets(st.integers(0, 59)))
def test_nothing_overlaps_and_nothing_is_dropped(
    events: list[Item], scale: Scale, selected: int, matched: set[int]
) -> None:
    arrangement = Arrangement(events, scale, selected=f"e{selected}", matches={f"e{n}" for n in matched})
    whole = arrangement.whole()
    for lane in whole:
        assert_apart(lane)
        assert FEWEST_ROWS <= lane.rows <= MOST_ROWS
        assert all(mark.row < lane.rows for mark in lane.marks)
        assert all(pill.row < lane.rows for pill in lane.pills)
        shown = [mark.item.id for mark in lane.marks] + [event for pill in lane.pills for event in pill.ids]
        assert sorted(shown) == sorted(event.id for event in events if event.lane == lane.id)
        assert lane.count == len(shown)
        for mark in lane.marks:
            assert mark.matched == (mark.item.id in {f"e{n}" for n in matched})
            if mark.item.id == f"e{selected}":
                assert mark.selected
                assert mark.labelled


@given(item_lists(), scales, st.floats(0, 9000), st.floats(50, 1500))
def test_rows_do_not_depend_on_what_is_in_view(events: list[Item], scale: Scale, left: float, width: float) -> None:
    arrangement = Arrangement(events, scale, selected="e0", matches={"e1", "e2"})
    placed = {event for lane in arrangement.whole() for pill in lane.pills for event in pill.ids}
    rows = {mark.item.id: (mark.row, mark.left) for lane in arrangement.whole() for mark in lane.marks}
    for lane in arrangement.view(left, left + width):
        assert_apart(lane)
        for mark in lane.marks:
            assert (mark.row, mark.left) == rows[mark.item.id]
            assert mark.right >= left
            assert mark.left <= left + width
            if mark.selected:
                assert mark.labelled
            elif mark.label_left is not None and mark.label_right is not None:
                assert left <= mark.label_left
                assert mark.label_right <= left + width
        pilled = [event for pill in lane.pills for event in pill.ids] + list(lane.unplaced)
        assert len(pilled) == len(set(pilled))
        assert (
            placed
            >= set(pilled)
            >= {
                event.id
                for event in events
                if event.lane == lane.id
                and event.id in placed
                and scale.x(event.first + 0.5) < left + width
                and scale.x(event.last + 0.5) > left
            }
        )
        assert lane.rows <= MOST_ROWS
        assert all(left < pill.right and pill.left < left + width for pill in lane.pills)
        seen = {mark.item.id for mark in lane.marks}
        assert seen == {
            mark.item.id
            for whole in arrangement.whole()
            if whole.id == lane.id
            for mark in whole.marks
            if mark.right >= left and mark.left <= left + width
        }


@given(item_lists(), scales, st.integers(0, 59), st.sets(st.integers(0, 59)), st.floats(0, 9000), st.floats(50, 1500))
def test_a_lane_of_one_row_holds_everything_too(
    events: list[Item], scale: Scale, selected: int, matched: set[int], left: float, width: float
) -> None:
    matches = {f"e{n}" for n in matched}
    arrangement = Arrangement(events, scale, selected=f"e{selected}", matches=matches, most=1)
    for lane in arrangement.whole():
        assert_apart(lane)
        assert lane.rows == 1
        shown = [mark.item.id for mark in lane.marks] + [event for pill in lane.pills for event in pill.ids]
        assert sorted(shown) == sorted(event.id for event in events if event.lane == lane.id)
        for mark in lane.marks:
            assert mark.selected == (mark.item.id == f"e{selected}")
            assert mark.matched == (mark.item.id in matches)
            assert mark.labelled or not mark.selected
        for pill in lane.pills:
            assert f"e{selected}" not in pill.ids
            inside = [event for event in events if event.id in pill.ids]
            assert (pill.first, pill.last) == (min(e.first for e in inside), max(e.last for e in inside))
    for lane in arrangement.view(left, left + width):
        assert_apart(lane)


def test_bold_labels_have_the_room_they_need() -> None:
    events = [Item(f"e{n}", "a", "label", _FIRST + n * 100, _FIRST + n * 100, Shape.DAY) for n in range(3)]
    arrangement = Arrangement(
        events,
        Scale((_FIRST, _FIRST + 1000), (0, 1000)),
        selected="e0",
        matches={"e1"},
        measure=lambda _: 20,
        measure_bold=lambda _: 30,
    )
    marks = arrangement.whole()[0].marks
    assert [mark.label_right - mark.label_left for mark in marks] == [30, 30, 20]


@given(st.permutations(range(12)))
def test_the_order_of_the_events_given_does_not_matter(order: list[int]) -> None:
    events = [Item(f"e{n}", "a", "label", _FIRST + n % 5, _FIRST + n % 5, Shape.DAY) for n in range(12)]
    scale = Scale.linear(_FIRST, _FIRST + 60, 900)
    assert Arrangement([events[n] for n in order], scale).whole() == Arrangement(events, scale).whole()


def test_the_selected_event_is_placed_first_then_matches() -> None:
    events = [Item(f"e{n}", "a", "a long label", _FIRST, _FIRST, Shape.DAY) for n in range(8)]
    lane = Arrangement(events, Scale.linear(_FIRST, _FIRST + 10, 300), selected="e7", matches={"e5"}).whole()[0]
    rows = {mark.item.id: mark.row for mark in lane.marks}
    assert (rows["e7"], rows["e5"], rows["e0"]) == (0, 1, 2)
    assert [pill.ids for pill in lane.pills] == [("e2", "e3", "e4", "e6")]


def test_a_label_goes_right_else_left_else_down_else_away() -> None:
    def place(*days: int) -> list[tuple[int, bool | None]]:
        events = [Item(f"e{n}", "a", "eight ch", _FIRST + day, _FIRST + day, Shape.DAY) for n, day in enumerate(days)]
        lane = Arrangement(events, Scale((_FIRST, _FIRST + 1000), (0, 1000)), measure=lambda _: 50).whole()[0]
        by_id = sorted(lane.marks, key=lambda mark: mark.item.id)
        return [(mark.row, None if mark.label_left is None else mark.label_left > mark.left) for mark in by_id]

    assert place(100, 200) == [(0, True), (0, True)]
    assert place(100, 110) == [(0, True), (1, True)]
    # In reach of a match on its right, which is placed first, the label goes left.
    events = [
        Item("e0", "a", "x", _FIRST + 100, _FIRST + 100, Shape.DAY),
        Item("e1", "a", "x", _FIRST + 130, _FIRST + 130, Shape.DAY),
    ]
    lane = Arrangement(events, Scale((_FIRST, _FIRST + 1000), (0, 1000)), matches={"e1"}, measure=lambda _: 50).whole()[
        0
    ]
    assert [(mark.row, mark.label_left is not None and mark.label_left < mark.left) for mark in lane.marks] == [
        (0, True),
        (0, False),
    ]


def test_an_edge_of_the_view_moves_a_label_to_the_other_side() -> None:
    scale = Scale((_FIRST, _FIRST + 1000), (0, 1000))
    events = [Item("e0", "a", "x", _FIRST + 500, _FIRST + 500, Shape.DAY)]
    arrangement = Arrangement(events, scale, measure=lambda _: 50)
    mark = arrangement.view(0, 520)[0].marks[0]
    assert mark.label_right is not None
    assert mark.label_right < mark.left
    assert not arrangement.view(480, 520)[0].marks[0].labelled
    chosen = Arrangement(events, scale, selected="e0", measure=lambda _: 50)
    assert chosen.view(480, 520)[0].marks[0].labelled
    assert chosen.view(0, 520)[0].marks[0].labelled


def row(edtf: str, short: str | None = None, lane: str | None = "a") -> EventRow:
    title = Localised(en=f"Event of {edtf}")
    return EventRow(
        edtf, title, Localised(en=short) if short else None, parse(edtf), "kind", lane, None, (), (), (), ()
    )


@pytest.mark.parametrize(
    ("edtf", "shape", "soft"),
    [
        ("2018-07-27", Shape.DAY, (False, False)),
        ("2018-07-27~", Shape.ABOUT, (False, False)),
        ("2018-07-27?", Shape.ABOUT, (False, False)),
        ("2018-07", Shape.BAR, (True, True)),
        ("2018", Shape.BAR, (True, True)),
        ("2018-07-01/2018-08-24", Shape.BAR, (False, False)),
        ("2018-07~/2018-08-24", Shape.BAR, (True, False)),
        ("2018-07-01/2018-08-24?", Shape.BAR, (False, True)),
        ("2018-08-01/..", Shape.BAR, (False, True)),
        ("../2018-08-01", Shape.BAR, (True, False)),
    ],
)
def test_a_date_is_never_drawn_as_more_certain_than_it_is(edtf: str, shape: Shape, soft: tuple[bool, bool]) -> None:
    item = items([row(edtf), row("2017-01-01"), row("2019-12-31")], "en")[0]
    assert (item.shape, item.soft_start, item.soft_end) == (shape, *soft)
    if edtf.endswith(".."):
        assert item.last == ordinal("2019-12-31")
    if edtf.startswith(".."):
        assert item.first == ordinal("2017-01-01")


def test_items_have_the_short_words_where_there_are_any() -> None:
    assert [item.label for item in items([row("2018", "short"), row("2019")], "zh-Hans")] == ["short", "Event of 2019"]
    assert items([], "en") == ()
    assert items([row("2018", lane=None)], "en")[0].lane == ""


def test_wide_characters_are_wide() -> None:
    assert approximate_width("米久平", 10) == 30
    assert approximate_width("abc", 10) < 30


@given(st.lists(st.integers(1, 700_000), min_size=2, max_size=5, unique=True), st.floats(-1000, 800_000))
def test_a_scale_goes_there_and_back(days: list[int], day: float) -> None:
    scale = Scale(tuple(sorted(days)), tuple(float(n * 100) for n in range(len(days))))
    assert scale.day(scale.x(day)) == pytest.approx(day, abs=1e-3, rel=1e-6)
    assert scale.x(day + 1) > scale.x(day)


@pytest.mark.parametrize(
    "knots", [((1.0,), (0.0,)), ((1.0, 1.0), (0.0, 1.0)), ((1.0, 2.0), (1.0, 0.0)), ((1.0, 2.0), (0.0,))]
)
def test_a_scale_without_rising_knots_is_refused(knots: tuple[tuple[float, ...], tuple[float, ...]]) -> None:
    with pytest.raises(ValueError, match="knots"):
        Scale(*knots)


def test_a_broken_axis_gives_most_room_to_most_events() -> None:
    many = [ordinal("2018-01-01") + n for n in range(200)]
    scale = Scale.broken([*many, ordinal("1998-01-01"), ordinal("2024-01-01")], 1000)
    first, last = scale.core
    assert scale.x(last) - scale.x(first) == pytest.approx(880)
    assert scale.x(ordinal("1998-01-01")) >= 0
    assert scale.x(ordinal("2024-01-02")) <= 1000
    only_before = Scale.broken([*many, ordinal("1998-01-01")], 1000)
    assert only_before.x(only_before.core[1]) == 1000
    only_after = Scale.broken([*many, ordinal("2024-01-01")], 1000)
    assert only_after.x(only_after.core[0]) == 0
    assert len(Scale.broken(many, 1000).days) == 2
    assert len(Scale.broken([1, 365], 1000).days) == 2


def test_ticks_stand_where_units_begin() -> None:
    first, last = ordinal("2018-11-15"), ordinal("2019-02-15")
    months = ticks(first, last, "month", "en")
    assert [(tick.label, tick.major) for tick in months] == [("Dec 2018", False), ("Jan 2019", True), ("Feb", False)]
    assert [tick.label for tick in ticks(first, last, "month", "zh-Hans")] == ["2018年12月", "2019年1月", "2月"]
    weeks = ticks(first, first + 20, "week", "en")
    assert [date.fromordinal(tick.day).weekday() for tick in weeks] == [0, 0, 0]
    assert [tick.label for tick in ticks(first, first + 1, "day", "en")] == ["15 Nov 2018", "16 Nov"]
    assert [tick.label for tick in ticks(first, last, "quarter", "en")] == ["Q1 2019"]
    wide = ordinal("1995-01-01"), ordinal("2024-01-01")
    assert [(t.label, t.major) for t in ticks(*wide, "decade", "en")] == [
        ("2000s", True),
        ("2010s", False),
        ("2020s", False),
    ]
    assert [t.label for t in ticks(*wide, "year", "zh-Hant") if t.major] == ["2000年", "2010年", "2020年"]
    assert [t.label for t in ticks(1, ordinal("9999-12-31"), "century", "en")][-1] == "9900"


def test_units_are_as_small_as_their_labels_allow() -> None:
    assert [unit_for(scale) for scale in (100, 10, 3, 1, 0.2, 0.02, 0.0001)] == [
        *("day", "week", "month", "quarter", "year", "decade", "century")
    ]


def test_density_counts_only_what_is_known_closely_enough() -> None:
    dates = [
        parse(edtf)
        for edtf in ("2018-07-03", "2018-07", "2018", "2018-07-30/2018-09-01", "2018-09-01", "../2018-08-02", "2001")
    ]
    buckets, coarse = density(dates, "month", ordinal("2018-07-01"), ordinal("2018-12-31"))
    assert [
        (date.fromordinal(b.first).isoformat(), date.fromordinal(b.last).isoformat(), b.count) for b in buckets
    ] == [
        ("2018-07-01", "2018-07-31", 3),
        ("2018-09-01", "2018-09-30", 1),
    ]
    # 2001 is out of the range, and an open start has no bucket.
    assert coarse == (2, 5)
    assert [*starts(ordinal("2018-07-01"), ordinal("2018-08-01"), "month")] == [
        ordinal("2018-07-01"),
        ordinal("2018-08-01"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_bundled_archive_is_laid_out(bundled: Store, language: str) -> None:
    events = items(bundled.events(), language)
    scale = Scale.broken([event.first for event in events], 1200)
    lanes = Arrangement(events, scale, lanes=[lane.id for lane in bundled.archive.lanes]).whole()
    assert [lane.id for lane in lanes] == [lane.id for lane in bundled.archive.lanes]
    assert sum(lane.count for lane in lanes) == len(bundled.events()) > 130
    for lane in lanes:
        assert_apart(lane)


def test_a_hundred_thousand_events_are_all_there() -> None:
    events = [
        Item(
            f"e{n}",
            f"lane{n % 5}",
            "label",
            _FIRST + n * 7 % 20_000,
            _FIRST + n * 7 % 20_000 + n % 3,
            Shape(("day", "about", "bar")[n % 3]),
        )
        for n in range(100_000)
    ]
    arrangement = Arrangement(events, Scale.linear(_FIRST, _FIRST + 20_000, 1200), selected="e5")
    lanes = arrangement.whole()
    assert sum(len(lane.marks) + sum(len(pill.ids) for pill in lane.pills) for lane in lanes) == 100_000
    for lane in lanes:
        assert_apart(lane)


def test_the_json_has_the_promised_shape(store: Store) -> None:
    found = timeline_json(store, store.events())
    assert found["total"] == 2
    assert found["events"][1] == {
        "id": "2018-07-27-mass-arrest",
        "title": "Mass arrest in Pingshan",
        "short": "Mass arrest, 27 July",
        "date": "2018-07-27",
        "earliest": "2018-07-27",
        "latest": "2018-07-27",
        "phrase": "27 July 2018",
        "kind": "arrest",
        "lane": "state",
        "certainty": "corroborated",
    }


@pytest.mark.parametrize("most", [1, MOST_ROWS])
def test_a_layout_that_nobody_waits_for_ends_within_a_lane(most):
    asked = []

    def cancelled():
        asked.append(None)
        return len(asked) > 50

    many = [Item(f"e{number}", "a", "label", _FIRST + number, _FIRST + number, Shape.DAY) for number in range(300)]
    with pytest.raises(Cancelled):
        Arrangement(many, Scale.linear(_FIRST, _FIRST + 800, 9000), most=most, progress=Progress(cancelled=cancelled))
    assert len(asked) == 51
