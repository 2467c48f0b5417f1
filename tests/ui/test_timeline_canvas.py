"""The painted timeline: nothing lost at any scale; moved, zoomed, brushed and walked through with mouse and keys."""

import time
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication

from jasic_desktop.core.paths import bundled_archive
from jasic_desktop.core.settings import Settings
from jasic_desktop.render.timeline import GAP, MOST_ROWS, Arrangement, Item, Mark, Pill, Shape
from jasic_desktop.render.timeline_scale import ordinal
from jasic_desktop.render.timeline_view import axis
from jasic_desktop.search.request import Filters
from jasic_desktop.ui import timeline_easel
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.timeline_brush import Brush
from jasic_desktop.ui.timeline_canvas import TimelineCanvas
from jasic_desktop.ui.timeline_layout import AT_ONCE, REST_MS, Layouts
from tests.helpers.derived import places_of
from tests.helpers.timeline import coordinator_of, event, many
from tests.helpers.window import SOON, coordinator_in, open_bundled

EVENTS = len(list((bundled_archive() / "records" / "event").glob("*.md")))
"""Events of the bundled archive, which grows."""
RAID = "2018-08-24-huizhou-raid"
ARREST = "2018-07-27-mass-arrest"
NO_KEYS = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
STILL = QPoint(0, 0)


@pytest.fixture
def coordinator(qtbot, used_home, tmp_path):
    """A coordinator without a search and no archive yet, with settings of the test's own."""
    places = replace(places_of(used_home), config=tmp_path / "config")
    made = Coordinator(places, Settings.load(places.config), "en", "light")
    yield made
    made.close()


@pytest.fixture
def pane(qtbot, coordinator):
    """A full canvas on a coordinator without an archive yet."""
    return shown(qtbot, coordinator)


@pytest.fixture
def canvas(pane, coordinator, qtbot):
    """A full canvas on the bundled archive, before any answer."""
    open_bundled(coordinator)
    pane.setFocus()
    return pane


@pytest.fixture
def searched(qtbot, used_home, tmp_path):
    """A full canvas on the bundled archive with its search, and what asks it for events."""
    coordinator = coordinator_in(used_home, tmp_path / "config")
    made = shown(qtbot, coordinator)
    open_bundled(coordinator)

    def ask(text="", **filters):
        coordinator.ask(text, live=False)
        coordinator.narrow(Filters(**filters))
        qtbot.waitUntil(lambda: not coordinator.is_searching, timeout=SOON)
        return {coordinator.store.ids[number] for number in coordinator.answer.events}

    yield made, ask
    coordinator.close()


@pytest.fixture
def made_up(qtbot, tmp_path):
    """Makes a canvas on an archive that holds only the events it is given."""
    coordinators = []

    def make(rows, lanes=(), **how):
        coordinators.append(coordinator_of(tmp_path, rows, lanes))
        made = shown(qtbot, coordinators[-1], **how)
        qtbot.waitUntil(lambda: not made.placing, timeout=SOON)
        return made

    yield make
    for coordinator in coordinators:
        coordinator.close()


def shown(qtbot, coordinator, *, full=True, size=(1104, 620)):
    made = TimelineCanvas(coordinator)
    qtbot.addWidget(made)
    made.full = full
    made.resize(*size)
    made.show()
    made.activateWindow()
    made.setFocus()
    return made


def places(canvas):
    return {mark.item.id: (mark.row, mark.left, mark.label_left) for _, mark in scene(canvas).marks()}


def scene(canvas):
    return canvas._picture.scene


def held(canvas):
    """Every event that is in view as a mark or in a pill, and how often."""
    marks = [mark.item.id for _, mark in scene(canvas).marks()]
    pilled = [event_id for _, pill in scene(canvas).pills() for event_id in pill.ids]
    return sorted(marks + pilled + [event_id for lane in scene(canvas).lanes for event_id in lane.layout.unplaced])


def in_span(canvas):
    """The events of which the sign would be in view."""
    view = canvas._view
    inside = set()
    for item in canvas._model.events.items:
        days = (item.first, item.last + 1) if item.shape is Shape.BAR else (item.first + 0.5,) * 2
        if days[0] < view.end and days[1] > view.begin:
            inside.add(item.id)
    return inside


def centre(canvas, event_id):
    """Where an event stands in the widget."""
    found = scene(canvas).find(canvas._model.events.item(event_id))
    assert found is not None, event_id
    return (scene(canvas).box(*found).center() + QPointF(canvas.axis_left, 0)).toPoint()


def at_day(canvas, day, y):
    return QPoint(round(canvas.axis_left + canvas._view.x(day)), y)


def drag(qtbot, canvas, start, end, modifiers=NO_KEYS):
    qtbot.mousePress(canvas, LEFT, modifiers, start)
    for step in range(1, 5):
        move(canvas, start + (end - start) * step / 4, modifiers, LEFT)
    qtbot.mouseRelease(canvas, LEFT, modifiers, end)


def move(canvas, at, modifiers=NO_KEYS, buttons=Qt.MouseButton.NoButton):
    place = QPointF(at)
    QApplication.sendEvent(
        canvas,
        QMouseEvent(
            QMouseEvent.Type.MouseMove, place, canvas.mapToGlobal(place), Qt.MouseButton.NoButton, buttons, modifiers
        ),
    )


def wheel(canvas, at, angle=STILL, pixels=STILL, modifiers=NO_KEYS):
    place = QPointF(at)
    QApplication.sendEvent(
        canvas,
        QWheelEvent(
            place, canvas.mapToGlobal(place), pixels, angle, Qt.MouseButton.NoButton, modifiers,
            Qt.ScrollPhase.NoScrollPhase, False,
        ),
    )  # fmt: skip


def image(canvas):
    return canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def color(canvas, at):
    return image(canvas).pixelColor(at)


def close(one, other, by=24):
    return max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue())) <= by


# -------------------------------------------------------------------------------------------------------- what it shows


def test_it_opens_where_most_happened_and_shows_every_event_in_view(canvas):
    first, last = canvas.span
    assert ordinal("2018-03-01") < first < ordinal("2018-07-27") < ordinal("2018-12-31") < last < ordinal("2019-12-31")
    assert canvas.total == len(canvas.rows) == EVENTS
    assert canvas.count_in_span() == len(in_span(canvas)) > 90


def test_no_event_is_lost_at_any_scale(canvas):
    for full, size in ((True, (1104, 620)), (False, (1440, 170)), (False, (1024, 320))):
        canvas.full = full
        canvas.resize(*size)
        canvas.fit_all()
        assert len(held(canvas)) == EVENTS
        while not canvas._view.is_closest:
            shown_now = held(canvas)
            assert len(shown_now) == len(set(shown_now))
            assert in_span(canvas) <= set(shown_now)
            canvas.zoom(1.9, ordinal("2018-08-24"))


def test_nothing_overlaps_in_any_row(canvas, coordinator):
    coordinator.open_record(RAID)
    for full in (True, False):
        canvas.full = full
        for zoom in (0.001, 3, 3, 3, 3):
            canvas.zoom(zoom, ordinal("2018-08-24"))
            for lane in scene(canvas).lanes:
                rows = {}
                for mark in lane.layout.marks:
                    rows.setdefault(mark.row, []).append((mark.left, mark.right))
                    if mark.labelled:
                        rows[mark.row].append((mark.label_left, mark.label_right))
                for pill in lane.layout.pills:
                    rows.setdefault(pill.row, []).append((pill.left, pill.right))
                for row in rows.values():
                    row.sort()
                    assert all(b[0] - a[1] >= GAP - 1e-6 for a, b in pairwise(row))
                assert lane.rows_top + lane.layout.rows * lane.row_height <= lane.top + lane.height + 1e-6


def test_lanes_are_the_archives_with_their_counts_in_view(canvas, coordinator):
    heads = canvas._picture.heads
    assert [name.id for name in canvas._model.lanes] == [lane.id for lane in coordinator.store.archive.lanes]
    assert sum(int(head.note.split()[0]) for head in heads.values()) == canvas.count_in_span()
    assert len({head.color.name() for head in heads.values()}) == len(heads)


def test_lanes_by_something_else_draw_every_event_once(canvas):
    canvas.fit_all()
    for by in ("place", "topic", "person"):
        canvas.set_lanes_by(by)
        assert canvas.lanes_by == by
        assert 2 <= len(canvas._model.lanes) <= 10
        assert held(canvas) == sorted(row.id for row in canvas.rows)
    with pytest.raises(ValueError, match="colour"):
        canvas.set_lanes_by("colour")


def test_an_event_of_several_places_stands_in_the_first_that_has_a_lane(made_up):
    rows = [event(f"e{n}", f"2018-01-{n + 1:02}", places=("big",)) for n in range(9)]
    rows += [event(f"p{n}", f"2018-02-{n + 1:02}", places=(f"place{n}",) * 2) for n in range(8)]
    rows += [event("both", "2018-03-01", places=("rare", "big")), event("rare", "2018-03-02", places=("rare",))]
    rows += [event("tiny", "2018-03-03", places=("tiny",)), event("nowhere", "2018-03-04")]
    made = made_up(rows)
    made.set_lanes_by("place")
    assert made.lane_label("both") in ("Title of rare", "Title of big")
    assert made.lane_label("e1") == "Title of big"
    assert made.lane_label("tiny") == "Other"
    assert made.lane_label("nowhere") == "Without one"
    assert [name.label for name in made._model.lanes][-2:] == ["Other", "Without one"]


def test_matches_are_filled_and_the_others_are_outlines(searched):
    canvas, ask = searched
    matched = ask(since="2018-07-25", until="2018-08-03")
    assert canvas._model.matches == matched
    assert 0 < len(matched) < EVENTS
    canvas.show_span(ordinal("2018-07-10"), ordinal("2018-08-20"))
    grabbed = image(canvas)
    days = [(lane, mark) for lane, mark in scene(canvas).marks() if mark.item.shape is Shape.DAY]
    marks = [(lane, mark) for lane, mark in days if not mark.item.differs]
    assert {mark.item.id in matched for _, mark in marks} == {True, False}
    for lane, mark in marks:
        full = canvas._picture.heads[lane.layout.id].color
        middle = centre(canvas, mark.item.id)
        assert close(grabbed.pixelColor(middle), full) == (mark.item.id in matched), mark.item.id
        edge = [grabbed.pixelColor(middle + QPoint(-away, 0)) for away in (3, 4)]
        assert any(close(pixel, full, 70) for pixel in edge), mark.item.id
    canvas.set_matches_only(True)
    assert canvas.matches_only
    assert {row.id for row in canvas.rows} == matched
    assert canvas.total == len(matched)
    canvas.set_matches_only(False)
    assert canvas.total == EVENTS
    assert len(ask()) == EVENTS
    assert canvas._model.matches == frozenset()
    assert canvas._model.any_strong((RAID,))


def test_accounts_that_differ_are_a_diamond_half_of_it_filled(canvas):
    canvas.show_span(ordinal("2018-07-10"), ordinal("2018-08-20"))
    grabbed = image(canvas)
    marks = [(lane, mark) for lane, mark in scene(canvas).marks() if mark.item.shape is Shape.DAY]
    assert {mark.item.differs for _, mark in marks} == {True, False}
    for lane, mark in marks:
        full = canvas._picture.heads[lane.layout.id].color
        middle = centre(canvas, mark.item.id)
        left, right = (grabbed.pixelColor(middle + QPoint(away, 0)) for away in (-2, 3))
        assert close(left, full), mark.item.id
        assert close(right, full) != mark.item.differs, mark.item.id


def test_other_matches_stand_out_at_once_and_get_their_places_when_no_answer_follows(searched, qtbot):
    canvas, ask = searched
    canvas._renewing.setInterval(SOON)  # another answer always comes
    before = places(canvas)
    matched = ask(since="2018-07-25", until="2018-08-03")
    assert canvas.placing
    assert places(canvas) == before
    for _, mark in scene(canvas).marks():
        assert mark.matched == canvas._picture.any_strong((mark.item.id,)) == (mark.item.id in matched)
    canvas._renewing.start(0)
    qtbot.waitUntil(lambda: not canvas.placing, timeout=SOON)
    assert places(canvas) != before
    assert {mark.item.id for _, mark in scene(canvas).marks() if mark.matched} <= matched


def test_a_picture_painted_in_turns_is_seen_when_it_is_whole_and_the_one_before_until_then(
    searched, qtbot, monkeypatch
):
    monkeypatch.setattr(timeline_easel, "_AT_A_TIME", 0.0)
    canvas, ask = searched
    before = canvas._picture
    ask(since="2018-07-25", until="2018-08-03")
    qtbot.waitUntil(lambda: not canvas.placing, timeout=SOON)
    after, easel, turns = canvas._picture, timeline_easel.Easel(), 0

    def seen(easel, picture):
        drawn = QImage(canvas.size(), QImage.Format.Format_RGB32)
        painter = QPainter(drawn)
        easel.show(painter, picture)
        painter.end()
        return drawn

    old, new = seen(easel, before), seen(timeline_easel.Easel(), after)
    assert old != new
    easel.begin(after)
    while easel.busy:
        assert seen(easel, after) == old
        easel._turns.timeout.emit()
        turns += 1
    assert turns > 100  # each mark, pill and label has one
    assert seen(easel, after) == new
    easel.begin(before)
    easel._turns.timeout.emit()
    assert seen(easel, after) == new  # it is there already, and what was begun goes on
    assert easel.busy
    easel.stop()
    assert not easel.busy
    assert seen(easel, before) == old


def test_what_was_being_painted_when_the_timeline_is_hidden_is_painted_when_it_is_seen_again(searched, qtbot):
    canvas, ask = searched
    matched = ask(since="2018-07-25", until="2018-08-03")
    canvas._follow()
    assert canvas.placing
    canvas.hide()
    assert not canvas.placing
    canvas.show()
    assert canvas.placing
    qtbot.waitUntil(lambda: not canvas.placing, timeout=SOON)
    assert {mark.item.id for _, mark in scene(canvas).marks() if mark.matched} <= matched


def test_answers_that_come_while_it_is_not_seen_are_drawn_when_it_is(searched):
    canvas, ask = searched
    canvas.hide()
    drawn = canvas._picture
    matched = ask(since="2018-07-25", until="2018-08-03")
    assert canvas._picture is drawn and not canvas.placing
    assert canvas._model.matches == matched
    canvas.show()
    assert canvas._picture is not drawn
    assert any(mark.matched for _, mark in scene(canvas).marks())


def test_without_a_match_it_says_so(searched, qtbot):
    canvas, ask = searched
    assert ask("zzzzqqqq") == set()
    canvas.set_matches_only(True)
    assert canvas.rows == ()
    assert canvas._picture.sentence == "No event matches."
    assert canvas.count_in_span() == 0
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_BracketLeft, Qt.Key.Key_End, Qt.Key.Key_Down):
        qtbot.keyClick(canvas, key)
    assert canvas.current is None
    image(canvas)


def test_the_record_that_is_read_is_the_selected_event(canvas, coordinator):
    canvas.show_span(ordinal("2019-06-01"), ordinal("2019-12-31"))
    coordinator.open_record(RAID)
    first, last = canvas.span
    assert first <= ordinal("2018-08-24") <= last
    lane, mark = scene(canvas).find(canvas._model.events.item(RAID))
    assert isinstance(mark, Mark)
    assert mark.selected
    assert mark.labelled
    assert mark.row == 0
    accent = coordinator.theme.color("accent")
    middle = centre(canvas, RAID)
    canvas.clearFocus()
    grabbed = image(canvas)
    # Accounts of it differ: half of its sign is filled.
    assert close(grabbed.pixelColor(middle - QPoint(2, 0)), accent)
    column = [grabbed.pixelColor(middle.x(), y) for y in range(round(lane.top + lane.height) + 2, 580)]
    assert sum(close(pixel, accent, 90) for pixel in column) > len(column) / 4
    coordinator.open_record("yue-xin")
    assert canvas._picture.selected is None


def test_the_axis_names_its_units_in_each_language(canvas, coordinator):
    for language, words in (("en", "events"), ("zh-Hans", "个事件"), ("zh-Hant", "個事件")):
        coordinator.set_language(language)
        assert all(words in head.note for head in canvas._picture.heads.values())
        assert canvas._picture.language == language
    assert canvas.accessibleName() == "時間線"


def test_it_follows_theme_and_text_size(canvas, coordinator):
    light = color(canvas, QPoint(4, 300))
    before = canvas.span
    coordinator.set_theme("dark")
    assert color(canvas, QPoint(4, 300)) == coordinator.theme.color("sunken") != light
    for _ in range(20):
        coordinator.zoom_text(1)
    assert coordinator.text_scale == 2
    assert canvas.span == pytest.approx(before)
    assert scene(canvas).unit == 2
    assert {lane.row_height for lane in scene(canvas).lanes} == {40}
    assert in_span(canvas) <= set(held(canvas))
    image(canvas)


def test_the_density_counts_every_event_that_is_known_closely_enough(canvas):
    canvas.fit_all()
    assert sum(bucket.count for bucket in canvas._picture.density) > 120
    assert canvas._picture.density_words[0].startswith("All lanes, by ")
    tallest = max(bucket.count for bucket in canvas._picture.density)
    assert canvas._picture.density_words[1] == f"tallest: {tallest} events"
    canvas.full = False
    assert canvas._picture.density == ()
    assert canvas._picture.legend == ()


def test_any_size_can_be_painted(canvas):
    canvas.setMinimumSize(1, 1)
    for full in (True, False):
        canvas.full = full
        for size in ((1104, 620), (320, 80), (40, 10), (3000, 200)):
            canvas.resize(*size)
            image(canvas)
    assert canvas.minimumSizeHint().width() <= QSize(320, 80).width()
    assert canvas.sizeHint().height() > 100


# --------------------------------------------------------------------------------------------------------- odd archives


def test_without_an_archive_it_is_empty_and_takes_every_key(pane, qtbot):
    assert pane.rows == ()
    assert pane.total == pane.count_in_span() == 0
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Plus, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Home):
        qtbot.keyClick(pane, key)
    wheel(pane, QPoint(400, 300), QPoint(0, 120))
    qtbot.mouseClick(pane, LEFT, NO_KEYS, QPoint(400, 300))
    pane.show_span(1, 2)
    pane.fit_all()
    pane.fit_most()
    pane.zoom(2)
    pane.set_brush((1.0, 4.0))
    pane.set_matches_only(True)
    pane.set_lanes_by("topic")
    assert pane._picture.sentence == ""
    image(pane)


def test_an_archive_without_events_says_so(made_up):
    made = made_up([])
    assert made._picture.sentence == "This archive has no events."
    image(made)


def test_one_event_is_shown_whenever_it_was(made_up, qtbot):
    days = ("2018-07-27", "1000-01-01", "9999-12-31", "1000-01-01/9999-12-31", "2018-07-27~", "2018-01-01/..")
    for edtf in days:
        for full in (True, False):
            made = made_up([event("only", edtf)], full=full)
            assert held(made) == ["only"]
            for _ in range(30):
                qtbot.keyClick(made, "+")
            assert made._view.is_closest
            assert in_span(made) <= set(held(made))
            for _ in range(60):
                qtbot.keyClick(made, "-")
            made.fit_all()
            assert held(made) == ["only"]
            qtbot.keyClick(made, Qt.Key.Key_Right)
            assert made.current == "only"
            image(made)


def test_first_and_last_year_together_are_walked_through(made_up, qtbot):
    made = made_up([event("first", "1000-01-01"), event("last", "9999-12-31", lane=None)])
    made.fit_all()
    assert held(made) == ["first", "last"]
    for _ in range(40):
        qtbot.keyClick(made, "+")
    for key, where in ((Qt.Key.Key_End, "last"), (Qt.Key.Key_Home, "first")):
        qtbot.keyClick(made, key)
        assert made.current == where
        assert scene(made).find(made._model.events.item(where)) is not None
        image(made)


def test_events_without_a_lane_have_one_of_their_own(made_up):
    made = made_up([event("a", "2018-01-01", lane=None), event("b", "2018-01-02", lane="unknown")], lanes=["known"])
    assert [name.label for name in made._model.lanes] == ["Other", "Without one"]
    assert held(made) == ["a", "b"]


def test_five_thousand_events_on_one_day_are_all_there(made_up, qtbot):
    made = made_up([event(f"e{n:04}", "2018-07-27") for n in range(5000)])
    assert len(held(made)) == made.count_in_span() == 5000
    assert any(isinstance(part, Pill) for _, part in scene(made).pills())
    assert "+" in "".join(f"+{len(pill.ids)}" for _, pill in scene(made).pills())
    made.go("e2500")
    assert "of" in made.accessibleDescription()
    pointed = []
    made.pointed.connect(pointed.append)
    for _ in range(20):
        qtbot.keyClick(made, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not made.placing, timeout=SOON)
    assert pointed[-1] == "e2500"
    assert len(held(made)) == 5000
    image(made)


def test_hostile_words_are_shown_as_they_are_and_cost_no_time(made_up):
    words = "\u202eevil\u0000 <b>x</b>\n" + "长" * 300_000
    made = made_up([event("a", "2018-01-01", title=words), event("b", "2018-01-02", title="&amp;")])
    _, mark = scene(made).find(made._model.events.item("a"))
    assert mark.item.label.startswith("⟨U+202E⟩evil␀ <b>x</b> ")
    assert len(mark.item.label) <= 60
    made.go("a")
    image(made)


# ---------------------------------------------------------------------------------------------------------------- keys


def test_arrows_go_from_event_to_event_and_across_lanes(canvas, qtbot):
    canvas.go(ARREST)
    steps = []
    canvas.stepped.connect(steps.append)
    order = [row.id for row in canvas.rows]
    at = order.index(ARREST)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.current == order[at + 1]
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    assert canvas.current == order[at - 1]
    assert steps == [order[at + 1], order[at], order[at - 1]]
    lane = canvas._model.events.item(canvas.current).lane
    lanes = [name.id for name in canvas._model.lanes]
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    below = canvas._model.events.item(canvas.current)
    assert lanes.index(below.lane) == lanes.index(lane) + 1
    for _ in range(len(lanes)):
        qtbot.keyClick(canvas, Qt.Key.Key_Up)
    assert canvas._model.events.item(canvas.current).lane == lanes[0]
    qtbot.keyClick(canvas, Qt.Key.Key_End)
    assert canvas.current == order[-1]
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.current == order[-1]
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.current == order[0]


def test_the_current_event_is_always_in_view_with_a_ring(canvas, coordinator, qtbot):
    canvas.resize(1104, 300)
    canvas.zoom(4)
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    for key in [Qt.Key.Key_Right] * 40 + [Qt.Key.Key_Down] * 4 + [Qt.Key.Key_End]:
        qtbot.keyClick(canvas, key)
        part = canvas._picture.focus
        assert part is not None, canvas.current
        box = scene(canvas).box(*part)
        rooms = canvas._picture.rooms
        assert rooms.body_top <= box.top()
        assert box.bottom() <= rooms.body_top + rooms.body
        assert box.right() > 0
        assert box.left() < rooms.width
    ring = scene(canvas).box(*canvas._picture.focus).topLeft() + QPointF(canvas.axis_left, 0)
    around = [color(canvas, ring.toPoint() + QPoint(dx, 6)) for dx in (-4, -3, -2, -1)]
    assert any(close(pixel, coordinator.theme.color("accent"), 60) for pixel in around)


def test_the_first_arrow_begins_in_view_and_tab_brings_a_ring(canvas, coordinator, qtbot):
    canvas._current = None
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.current in in_span(canvas)
    canvas._current = None
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert canvas.current in in_span(canvas)
    canvas._current = None
    canvas.clearFocus()
    assert canvas._picture.focus is None
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.current in in_span(canvas)
    assert canvas._picture.focus is not None


def test_enter_points_space_ticks(canvas, qtbot):
    canvas.show_span(ordinal("2018-08-10"), ordinal("2018-09-10"))
    canvas.go(RAID)
    with qtbot.waitSignal(canvas.pointed) as pointed:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    with qtbot.waitSignal(canvas.ticked) as ticked:
        qtbot.keyClick(canvas, Qt.Key.Key_Space)
    assert pointed.args == ticked.args == [RAID]


def test_enter_on_a_pill_zooms_until_it_opens(canvas, qtbot):
    canvas.fit_all()
    pointed = []
    canvas.pointed.connect(pointed.append)
    _, pill = max(scene(canvas).pills(), key=lambda found: len(found[1].ids))
    canvas.go(pill.ids[1])
    assert canvas._picture.card is not None
    assert f"2 of {len(pill.ids)} here" in canvas.accessibleDescription()
    days = canvas._view.days
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert pointed == []
    assert canvas._view.days < days
    assert canvas.current == pill.ids[1]
    assert isinstance(scene(canvas).find(canvas._model.events.item(pill.ids[1]))[1], Mark)


def test_keys_zoom_around_the_current_event_and_move_the_view(canvas, qtbot):
    canvas.go(RAID)
    canvas.show_span(ordinal("2018-08-01"), ordinal("2018-12-31"))
    day = ordinal("2018-08-24") + 0.5
    x, days = canvas._view.x(day), canvas._view.days
    qtbot.keyClick(canvas, "+")
    assert canvas._view.days == pytest.approx(days / 1.5)
    assert canvas._view.x(day) == pytest.approx(x, abs=0.1)
    qtbot.keyClick(canvas, "=")
    qtbot.keyClick(canvas, "-")
    assert canvas._view.days == pytest.approx(days / 1.5)
    begin = canvas._view.begin
    qtbot.keyClick(canvas, Qt.Key.Key_Right, CONTROL)
    assert canvas._view.begin > begin
    qtbot.keyClick(canvas, Qt.Key.Key_Left, CONTROL)
    assert canvas._view.begin == pytest.approx(begin)
    qtbot.keyClick(canvas, Qt.Key.Key_PageDown)
    qtbot.keyClick(canvas, Qt.Key.Key_PageUp)
    assert canvas._view.begin == pytest.approx(begin)
    assert canvas.current == RAID


def test_brackets_brush_and_escape_takes_it_away(canvas, qtbot):
    told = []
    canvas.brushed.connect(told.append)
    canvas.go(ARREST)
    qtbot.keyClick(canvas, "[")
    assert told == []
    assert canvas.brush is None
    assert canvas._picture.brush == (float(ordinal("2018-07-27")),) * 2
    canvas.go(RAID)
    qtbot.keyClick(canvas, "]")
    days = float(ordinal("2018-07-27")), float(ordinal("2018-08-24"))
    assert told == [days]
    assert canvas.brush == days
    canvas.go(canvas.rows[-1].id)
    qtbot.keyClick(canvas, "]")
    assert canvas.brush[1] > days[1]
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.brush is None
    assert told[-1] is None
    before = len(told)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert len(told) == before


def test_keys_that_are_not_its_own_go_on(canvas, qtbot):
    def taken(key, modifiers=NO_KEYS, text=""):
        pressed = QKeyEvent(QKeyEvent.Type.KeyPress, key, modifiers, text)
        canvas.keyPressEvent(pressed)
        return pressed.isAccepted()

    assert not taken(Qt.Key.Key_F5)
    assert not taken(Qt.Key.Key_Escape)
    assert not taken(Qt.Key.Key_Plus, CONTROL, "+")
    assert not taken(Qt.Key.Key_Right, CONTROL | SHIFT)
    assert not taken(Qt.Key.Key_A, NO_KEYS, "a")
    assert taken(Qt.Key.Key_BracketLeft, CONTROL | Qt.KeyboardModifier.AltModifier, "[")


def test_a_brush_is_kept_in_order_and_told_when_it_is_whole():
    brush = Brush()
    assert brush.shown is None
    assert not brush.clear()
    assert not brush.put(1, 9)
    assert brush.shown == (9, 9)
    assert brush.ends == (False, True)
    assert brush.put(0, 12)
    assert brush.days == (9, 12)
    assert brush.ends == (True, True)
    assert brush.put(0, 10)
    assert brush.days == (10, 12)
    assert brush.clear()
    assert brush.days is None


# --------------------------------------------------------------------------------------------------------------- mouse


def test_a_click_points_and_a_click_on_a_pill_opens_it(canvas, qtbot):
    canvas.show_span(ordinal("2018-08-01"), ordinal("2018-09-15"))
    pointed = []
    canvas.pointed.connect(pointed.append)
    qtbot.mouseClick(canvas, LEFT, NO_KEYS, centre(canvas, RAID))
    assert pointed == [RAID]
    assert canvas.current == RAID
    canvas.fit_all()
    _, pill = max(scene(canvas).pills(), key=lambda found: len(found[1].ids))
    days = canvas._view.days
    qtbot.mouseClick(canvas, LEFT, NO_KEYS, centre(canvas, pill.ids[0]))
    assert canvas._view.days < days
    assert pointed == [RAID]
    qtbot.mouseClick(canvas, LEFT, NO_KEYS, QPoint(5, 5))
    qtbot.mouseClick(canvas, Qt.MouseButton.RightButton, NO_KEYS, centre(canvas, canvas.current))
    assert pointed == [RAID]


def test_a_label_is_part_of_its_mark(canvas, qtbot):
    lane, mark = next(
        (lane, mark) for lane, mark in scene(canvas).marks() if mark.labelled and mark.label_left > mark.right
    )
    x = canvas.axis_left + scene(canvas).x((mark.label_left + mark.label_right) / 2)
    with qtbot.waitSignal(canvas.pointed) as pointed:
        qtbot.mouseClick(canvas, LEFT, NO_KEYS, QPointF(x, lane.middle(mark.row)).toPoint())
    assert pointed.args == [mark.item.id]


def test_the_pointer_names_what_it_is_on(canvas):
    canvas.show_span(ordinal("2018-08-01"), ordinal("2018-09-15"))
    move(canvas, centre(canvas, RAID))
    _, title, note = canvas._picture.card
    assert title == "Police raid the supporters’ lodging in Huizhou"
    assert note == "24 August 2018 · Police and courts"
    assert canvas.cursor().shape() == Qt.CursorShape.PointingHandCursor
    image(canvas)
    move(canvas, QPoint(5, 5))
    assert canvas._picture.card is None or canvas._picture.focus is not None
    assert canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    move(canvas, centre(canvas, RAID))
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    assert canvas._hover is None


def test_dragging_moves_through_time_and_lanes(canvas, qtbot):
    canvas.resize(1104, 300)
    assert canvas._bar.isVisible()
    spans, pointed = [], []
    canvas.spanned.connect(lambda first, last: spans.append((first, last)))
    canvas.pointed.connect(pointed.append)
    day = canvas._view.day(500 - canvas.axis_left)
    drag(qtbot, canvas, QPoint(500, 200), QPoint(380, 150))
    assert canvas._view.day(380 - canvas.axis_left) == pytest.approx(day)
    assert spans[-1] == canvas.span
    assert canvas._bar.value() == 50
    assert pointed == []


def test_a_brush_is_drawn_with_shift_and_in_the_bars_and_its_ends_are_moved(canvas, qtbot):
    told = []
    canvas.brushed.connect(told.append)
    july, august, september = (ordinal(f"2018-{month}-05") for month in ("07", "08", "09"))
    drag(qtbot, canvas, at_day(canvas, july + 0.5, 300), at_day(canvas, august + 0.5, 320), SHIFT)
    assert told == [(july, august)]
    assert canvas.brush == (july, august)
    soft = canvas._coordinator.theme.color("accent-soft")
    band = [color(canvas, at_day(canvas, (july + august) / 2 + shift, 80)) for shift in (0, 0.3, 0.6)]
    assert any(close(pixel, soft, 6) for pixel in band)
    move(canvas, at_day(canvas, august + 1, 300))
    assert canvas.cursor().shape() == Qt.CursorShape.SizeHorCursor
    drag(qtbot, canvas, at_day(canvas, august + 1, 300), at_day(canvas, september + 0.5, 300))
    assert told[-1] == (july, september)
    drag(qtbot, canvas, at_day(canvas, september + 0.5 + 20, 20), at_day(canvas, august + 0.5, 20))
    assert told[-1] == (august, september + 20)
    canvas.set_brush(None)
    assert len(told) == 3


def test_the_wheel_zooms_around_the_pointer(canvas):
    at = QPoint(700, 300)
    x = at.x() - canvas.axis_left
    day, days = canvas._view.day(x), canvas._view.days
    wheel(canvas, at, QPoint(0, 120))
    assert canvas._view.days < days
    assert canvas._view.day(x) == pytest.approx(day, abs=0.01)
    wheel(canvas, at, QPoint(0, -120))
    assert canvas._view.days == pytest.approx(days)
    wheel(canvas, at, QPoint(0, 120), QPoint(0, 7))
    assert days > canvas._view.days > days / 1.1
    begin = canvas._view.begin
    wheel(canvas, at, QPoint(-30, 0), QPoint(-30, 4))
    assert canvas._view.begin == pytest.approx(begin + 30 / canvas._view.per_day)
    for _ in range(60):
        wheel(canvas, at, QPoint(0, 240))
    assert canvas._view.is_closest
    for _ in range(80):
        wheel(canvas, at, QPoint(0, -240))
    assert len(held(canvas)) == EVENTS


def test_lanes_scroll_with_shift_and_by_a_bar_that_is_seen(canvas):
    assert canvas._bar.maximum() == 0 or canvas._bar.isVisible()
    canvas.resize(1104, 260)
    assert canvas._bar.isVisible()
    wheel(canvas, QPoint(500, 150), QPoint(0, -120), modifiers=SHIFT)
    assert canvas._bar.value() == 40
    top = scene(canvas).lanes[0].top
    canvas._bar.setValue(0)
    assert scene(canvas).lanes[0].top == top + 40
    canvas.resize(1104, 1200)
    assert not canvas._bar.isVisible()


def test_a_strip_shows_each_lane_in_as_many_rows_as_it_has_room_for(canvas):
    canvas.full = False
    canvas.resize(1440, 170)
    assert {lane.layout.rows for lane in scene(canvas).lanes} == {1}
    assert not canvas._bar.isVisible()
    canvas.resize(1440, 320)
    assert {lane.layout.rows for lane in scene(canvas).lanes} == {2}
    canvas.resize(1440, 900)
    assert max(lane.layout.rows for lane in scene(canvas).lanes) == MOST_ROWS


# ------------------------------------------------------------------------------------------------------ who cannot see


def test_the_current_event_is_told_in_words(canvas, coordinator, qtbot):
    assert canvas.accessibleName() == "Timeline"
    canvas.show_span(ordinal("2018-08-10"), ordinal("2018-09-10"))
    canvas.go(RAID)
    assert canvas.accessibleDescription() == (
        "Police raid the supporters’ lodging in Huizhou, 24 August 2018, Police and courts, disputed"
    )
    coordinator.set_language("zh-Hans")
    assert "2018年8月24日" in canvas.accessibleDescription()


# ------------------------------------------------------------------------------------------------------------ very many


def test_many_events_are_placed_in_the_background_and_late_layouts_dropped(made_up, qtbot):
    rows = many(AT_ONCE + 500)
    made = made_up(rows, lanes=[f"lane{number}" for number in range(6)])
    made.fit_all()
    qtbot.waitUntil(lambda: not made.placing, timeout=SOON)
    assert len(held(made)) == len(rows)
    for _ in range(5):
        made.zoom(1.3)
        assert made.placing
        assert made._picture.stretched is not None
        image(made)
    assert scene(made).lanes == ()
    qtbot.waitUntil(lambda: not made.placing, timeout=SOON)
    assert made._picture.stretched is None
    assert in_span(made) <= set(held(made))
    per_day = made._view.per_day
    marks = [mark for _, mark in scene(made).marks() if mark.item.shape is not Shape.BAR][:50]
    for mark in marks:
        middle = scene(made).x((mark.left + mark.right) / 2)
        assert middle == pytest.approx(made._view.x(mark.item.first + 0.5), abs=0.01 + per_day * 1e-6)
    first, last = made.span
    made.show_span(first + 3, last + 3)
    assert not made.placing


def test_an_archive_that_goes_while_events_are_placed_leaves_nothing(made_up, qtbot):
    made = made_up(many(AT_ONCE + 500))
    made.zoom(1.7)
    assert made.placing
    made.set_lanes_by("person")
    made.zoom(1.2)
    qtbot.waitUntil(lambda: not made.placing, timeout=SOON)
    assert in_span(made) <= set(held(made))


def test_of_layouts_that_are_wished_one_after_the_other_the_last_one_is_kept(qtbot):
    made, arrivals = [], []
    layouts = Layouts()
    layouts.arrived.connect(lambda: arrivals.append(len(made)))

    def wish(key, events=AT_ONCE + 1):
        def make(_progress):
            made.append(key)
            return Arrangement([], axis(1.0, 1))

        return layouts.ask(key, events, make)

    assert [wish(key) for key in ("first", "second", "third", "third")] == [None] * 4
    qtbot.waitUntil(lambda: not layouts.waiting, timeout=SOON)
    assert made == ["first", "third"]
    assert arrivals == [2]
    assert wish("third") is not None
    assert made == ["first", "third"]
    assert wish("few", events=AT_ONCE) is wish("few", events=AT_ONCE)
    layouts.forget()
    assert wish("few", events=AT_ONCE) is not None
    assert made == ["first", "third", "few", "few"]
    assert wish("first") is None
    layouts.forget()
    qtbot.waitUntil(lambda: not layouts.waiting, timeout=SOON)
    assert arrivals == [2]


def test_while_scales_follow_one_another_only_the_first_and_the_last_are_laid_out(qtbot):
    layouts, begun, arrivals = Layouts(), [], []
    layouts.arrived.connect(lambda: arrivals.append(len(begun)))
    wished = 0.0

    def wish(key):
        def make(progress):
            begun.append(key)
            while key == 0 and not progress.cancelled():
                time.sleep(0.001)
            assert key == 0 or time.monotonic() - wished > 0.9 * REST_MS / 1000
            return Arrangement([], axis(1.0, 1), lanes=["a"], progress=progress)

        assert layouts.ask(key, AT_ONCE + 1, make) is None
        assert layouts.waiting

    wish(0)
    qtbot.waitUntil(lambda: begun == [0], timeout=SOON)
    for number in range(1, 6):
        wish(number)
    wished = time.monotonic()
    qtbot.waitUntil(lambda: not layouts.waiting, timeout=SOON)
    assert begun == [0, 5]
    assert arrivals == [2]


def test_a_layout_ends_while_somebody_types_and_is_made_when_they_rest(qtbot):
    layouts, begun, arrivals = Layouts(), [], []
    layouts.arrived.connect(lambda: arrivals.append(len(begun)))

    def make(progress):
        begun.append(len(begun))
        while len(begun) == 1 and not progress.cancelled():
            time.sleep(0.001)
        return Arrangement([Item("a", "a", "", 1, 1, Shape.DAY)], axis(1.0, 1), progress=progress)

    layouts.rest()  # nothing is wanted, and nothing comes of it
    assert not layouts.waiting
    assert layouts.ask("key", AT_ONCE + 1, make) is None
    qtbot.waitUntil(lambda: begun == [0], timeout=SOON)
    layouts.rest()
    layouts.rest()
    assert layouts.waiting
    qtbot.waitUntil(lambda: not layouts.waiting, timeout=SOON)
    assert begun == [0, 1]
    assert arrivals == [2]
    assert layouts.ask("key", AT_ONCE + 1, make) is not None


def test_a_layout_that_fails_is_not_waited_for(qtbot):
    layouts = Layouts()

    def fail(_progress):
        raise ValueError("no layout")

    with qtbot.captureExceptions() as raised:
        assert layouts.ask("key", AT_ONCE + 1, fail) is None
        qtbot.waitUntil(lambda: not layouts.waiting, timeout=SOON)
    assert [str(error) for _, error, _ in raised] == ["no layout"]
