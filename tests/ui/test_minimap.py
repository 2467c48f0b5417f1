"""The minimap: the whole archive in small, and the box that shows and moves what the drawing shows."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jasic_desktop.render.timeline_scale import ordinal
from jasic_desktop.ui.minimap import Minimap
from jasic_desktop.ui.month_bars import MonthBars
from tests.helpers.window import still_coordinator

JULY, DECEMBER = float(ordinal("2018-07-01")), float(ordinal("2018-12-31"))
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def coordinator(qapp, used_home, tmp_path):
    made = still_coordinator(used_home, tmp_path / "config")
    yield made
    made.close()


@pytest.fixture
def minimap(qtbot, coordinator):
    made = Minimap(coordinator)
    qtbot.addWidget(made)
    made.resize(1200, 84)
    made.show_events(coordinator.store.events())
    made.show_span(JULY, DECEMBER)
    # The drawing above answers every wish.
    made.moved.connect(made.show_span)
    made.show()
    made.setFocus()
    return made


def picture(widget):
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def colors(image):
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def edges(minimap):
    """The pixels of both handles."""
    box = minimap._box.translated(minimap._left, 0)
    return QPoint(round(box.left()), round(box.center().y())), QPoint(round(box.right()), round(box.center().y()))


def drag(widget, begin, end):
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(widget, end)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=end)


def test_every_event_is_counted_in_a_month_beyond_a_break_or_as_a_soft_bar(coordinator):
    events = coordinator.store.events()
    bars = MonthBars(coordinator)
    bars.take(events)
    bars.measure(1000)
    begins = [row.date.stated[0] for row in events]
    core = [date.fromordinal(int(day)).year for day in (bars.buckets[0].first, bars.buckets[-1].last)]
    beyond = sum(outer.count for outer in bars.outer)
    assert beyond == sum(1 for day in begins if not core[0] <= int(day[:4]) <= core[1])
    assert sum(bucket.count for bucket in bars.buckets) <= len(events) - beyond
    assert bars.scale.days[0] <= min(map(ordinal, begins)) and bars.scale.days[-1] > max(map(ordinal, begins))
    # The axis rises from edge to edge, however close the sparse years are drawn.
    assert (bars.scale.positions[0], bars.scale.positions[-1]) == (0, 1000)


def test_nothing_is_drawn_without_events_or_room(coordinator, minimap):
    minimap.show_events(())
    assert minimap.limits == (0.0, 0.0)
    quiet = picture(minimap)
    QTest.keyClick(minimap, Qt.Key.Key_Right)
    QTest.mouseClick(minimap, Qt.MouseButton.LeftButton, pos=QPoint(600, 40))
    assert minimap.span == (JULY, DECEMBER) and picture(minimap) == quiet
    minimap.show_events(coordinator.store.events())
    minimap.resize(90, 84)
    minimap.grab()


def test_the_box_stands_around_what_is_shown_and_is_told_in_words(minimap, coordinator):
    theme = coordinator.theme
    assert {theme.color(name).name() for name in ("accent", "accent-soft", "ink-3")} <= colors(picture(minimap))
    assert minimap.accessibleName() == "The whole archive by month"
    assert minimap.accessibleDescription() == "Shown: July to December 2018"
    start, end = edges(minimap)
    minimap.show_span(JULY, DECEMBER + 365)
    assert edges(minimap)[0] == start and edges(minimap)[1].x() > end.x()
    assert minimap.accessibleDescription() == "Shown: July 2018 to December 2019"
    coordinator.set_language("zh-Hans")
    assert minimap.accessibleDescription() == "当前显示：2018年7月至2019年12月"


def test_the_box_moves_by_keys_and_stays_within_the_archive(minimap):
    first, last = minimap.limits
    wide = DECEMBER - JULY
    QTest.keyClick(minimap, Qt.Key.Key_Right)
    assert minimap.span == (JULY + wide / 10, DECEMBER + wide / 10)
    QTest.keyClick(minimap, Qt.Key.Key_Left)
    QTest.keyClick(minimap, Qt.Key.Key_Right, SHIFT)
    assert minimap.span[0] == JULY and minimap.span[1] == pytest.approx(DECEMBER + wide / 10)
    QTest.keyClick(minimap, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(minimap, Qt.Key.Key_PageUp)
    assert minimap.span[1] == pytest.approx(JULY, abs=20)
    QTest.keyClick(minimap, Qt.Key.Key_Home)
    assert minimap.span[0] == first
    QTest.keyClick(minimap, Qt.Key.Key_Left)
    assert minimap.span[0] == first
    QTest.keyClick(minimap, Qt.Key.Key_End)
    assert minimap.span[1] == last
    for _ in range(200):
        QTest.keyClick(minimap, Qt.Key.Key_Left, SHIFT)
    assert minimap.span[1] - minimap.span[0] == pytest.approx(1.0)


def test_other_keys_go_on_to_the_view(minimap):
    for key, held in ((Qt.Key.Key_T, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Left, SHIFT | ALT)):
        event = QKeyEvent(QEvent.Type.KeyPress, key, held)
        QApplication.sendEvent(minimap, event)
        assert not event.isAccepted()
    assert minimap.span == (JULY, DECEMBER)


def test_handles_and_box_are_dragged(minimap):
    start, end = edges(minimap)
    drag(minimap, end, end + QPoint(80, 0))
    assert minimap.span[0] == JULY and minimap.span[1] > DECEMBER + 30
    drag(minimap, edges(minimap)[0], start - QPoint(60, 0))
    assert minimap.span[0] < JULY - 30
    begun = minimap.span
    middle = (edges(minimap)[0] + edges(minimap)[1]) / 2
    drag(minimap, middle, middle + QPoint(50, 0))
    assert minimap.span[0] > begun[0]
    assert minimap.span[1] - minimap.span[0] == pytest.approx(begun[1] - begun[0])
    # A handle cannot be drawn over the other one.
    start, end = edges(minimap)
    drag(minimap, start, end + QPoint(100, 0))
    assert minimap.span[1] - minimap.span[0] >= 1.0


def test_a_click_beside_the_box_brings_it_there(minimap):
    start, _ = edges(minimap)
    QTest.mouseClick(minimap, Qt.MouseButton.LeftButton, pos=start - QPoint(200, 0))
    assert minimap.span[1] < JULY
    assert minimap.span[1] - minimap.span[0] == pytest.approx(DECEMBER - JULY)
    QTest.mouseClick(minimap, Qt.MouseButton.LeftButton, pos=QPoint(minimap.width() - 17, 40))
    assert minimap.span[1] == minimap.limits[1]


def test_one_day_still_makes_a_box_that_can_be_held(minimap):
    minimap.show_span(JULY, JULY)
    start, end = edges(minimap)
    assert end.x() - start.x() >= 9
    drag(minimap, end, end + QPoint(120, 0))
    assert minimap.span[1] > JULY + 30


def test_text_size_and_theme_are_followed(minimap, coordinator):
    before, high = picture(minimap), minimap.sizeHint().height()
    coordinator.set_theme("dark")
    assert coordinator.theme.color("accent").name() in colors(picture(minimap)) and picture(minimap) != before
    for _ in range(4):
        coordinator.zoom_text(1)
    assert minimap.sizeHint().height() > high
    coordinator.zoom_text(0)
