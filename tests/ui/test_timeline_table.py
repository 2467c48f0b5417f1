"""The timeline as a table: the events of the drawing in its order, by keys and mouse, sorted, ticked, and many."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from jasic_desktop.core.localised import Localised
from jasic_desktop.ui.timeline_table import TimelineTable
from jasic_desktop.ui.timeline_table_model import (
    CERTAINTY,
    DATE,
    EVENT,
    LANE,
    PLACE,
    SELECTED,
    TimelineTableModel,
)
from tests.helpers.window import still_coordinator

RAID = "2018-08-24-huizhou-raid"
ROLE = Qt.ItemDataRole


@pytest.fixture
def coordinator(qapp, used_home, tmp_path):
    made = still_coordinator(used_home, tmp_path / "config")
    yield made
    made.close()


@pytest.fixture
def table(qtbot, coordinator):
    made = TimelineTable(coordinator)
    qtbot.addWidget(made)
    made.tester = QAbstractItemModelTester(made.events, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.resize(1100, 600)
    made.show_events(coordinator.store.events())
    made.show()
    made.setFocus()
    return made


def ids(table):
    return [table.events.id(row) for row in range(table.events.rowCount())]


def cell(table, record_id, column, role=ROLE.DisplayRole):
    return table.events.index(table.events.row(record_id), column).data(role)


def told(signal):
    heard = []
    signal.connect(heard.append)
    return heard


def picture(widget):
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_a_row_tells_date_title_lane_place_and_certainty_in_words(table, coordinator):
    assert cell(table, RAID, DATE) == "24 August 2018"
    assert cell(table, RAID, EVENT) == "Police raid the supporters’ lodging in Huizhou · 8·24清场"
    assert cell(table, RAID, LANE) == "Police and courts"
    assert "Huizhou" in cell(table, RAID, PLACE)
    assert cell(table, RAID, CERTAINTY) == "disputed"
    assert cell(table, RAID, SELECTED, ROLE.AccessibleTextRole) == "not selected"
    names = [table.events.headerData(column, Qt.Orientation.Horizontal) for column in range(6)]
    assert names == ["Date", "Event", "Lane", "Place", "Certainty", "Selected"]
    coordinator.set_language("zh-Hans")
    assert cell(table, RAID, DATE) == "2018年8月24日"
    assert cell(table, RAID, EVENT).startswith("8·24清场")
    assert table.events.headerData(DATE, Qt.Orientation.Horizontal) == "日期"


def test_the_events_stand_in_the_order_of_the_drawing(table, coordinator):
    assert ids(table) == [row.id for row in coordinator.store.events()]


def test_keys_move_open_and_tick(table, coordinator):
    opened, pointed = told(table.opened), told(table.pointed)
    assert table.currentIndex().row() == 0  # the keyboard has a place as soon as it comes
    for key in (Qt.Key.Key_Down, Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_K):
        QTest.keyClick(table, key)
    assert table.currentIndex().row() == 2
    assert pointed == [ids(table)[row] for row in (1, 2, 3, 2)]
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert coordinator.selection.ids == (ids(table)[2],)
    assert cell(table, ids(table)[2], SELECTED, ROLE.CheckStateRole) == Qt.CheckState.Checked
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [ids(table)[2]]
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.current == ids(table)[-1]
    QTest.keyClick(table, Qt.Key.Key_J)
    assert table.current == ids(table)[-1]
    QTest.keyClick(table, Qt.Key.Key_Home)
    QTest.keyClick(table, Qt.Key.Key_K)
    assert table.current == ids(table)[0]


def test_a_click_points_a_double_click_opens_and_a_click_on_the_box_ticks(table, coordinator):
    opened, pointed = told(table.opened), told(table.pointed)
    place = table.visualRect(table.events.index(4, EVENT)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (pointed, opened) == ([ids(table)[4]], [])
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [ids(table)[4]]
    box = table.visualRect(table.events.index(5, SELECTED)).topLeft() + QPoint(14, 16)
    before = picture(table.viewport())
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert coordinator.selection.ids == (ids(table)[5],)
    assert picture(table.viewport()) != before


@pytest.mark.parametrize("column", [EVENT, LANE, PLACE, CERTAINTY, SELECTED])
def test_each_column_sorts_and_what_is_alike_stays_in_order_of_date(table, coordinator, column):
    table.show_events(
        [row for row in coordinator.store.events() if row.date.edtf[:7] in ("2018-04", "2018-07", "2018-08")]
    )
    dated = ids(table)
    coordinator.toggle(dated[9])
    table.go(RAID)
    kept = table.events.index(table.events.row(RAID), EVENT)
    heard = told(table.pointed)
    QTest.keyClick(table, Qt.Key(Qt.Key.Key_1 + column))
    assert sorted(ids(table)) == sorted(dated) and ids(table) != dated
    words = [str(cell(table, record_id, column)) for record_id in ids(table)]
    if column == EVENT:
        assert [word.casefold() for word in words][:3] == sorted(word.casefold() for word in words)[:3]
    elif column == SELECTED:
        assert ids(table)[0] == dated[9] and ids(table)[1:] == [event for event in dated if event != dated[9]]
    else:
        # Each word's rows stand together, in order of date.
        seen = list(dict.fromkeys(words)) if column != PLACE else []
        for word in seen:
            rows = [at for at, other in enumerate(words) if other == word]
            assert rows == list(range(rows[0], rows[-1] + 1))
            assert [ids(table)[at] for at in rows] == [
                event for event in dated if event in {ids(table)[at] for at in rows}
            ]
    assert table.current == RAID and kept.isValid() and heard == []
    first = ids(table)
    QTest.keyClick(table, Qt.Key(Qt.Key.Key_1 + column))
    assert ids(table) != first and ids(table)[-1] in (first[0], *first)
    QTest.keyClick(table, Qt.Key.Key_1)
    assert ids(table) == dated
    QTest.keyClick(table, Qt.Key.Key_1)
    assert ids(table) == dated[::-1]


def test_a_click_on_a_heading_sorts(table):
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(LANE) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.events.sorted_by == (LANE, Qt.SortOrder.AscendingOrder)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.events.sorted_by == (LANE, Qt.SortOrder.DescendingOrder)


def test_other_events_keep_the_order_asked_for_and_the_current_row(table, coordinator):
    table.go(RAID)
    QTest.keyClick(table, Qt.Key.Key_5)
    heard = told(table.pointed)
    some = tuple(row for row in coordinator.store.events() if row.date.edtf.startswith("2018-08"))
    table.show_events(some)
    assert table.events.sorted_by[0] == CERTAINTY
    assert table.current == RAID and heard == []
    table.show_events(tuple(row for row in some if row.id != RAID))
    assert table.current is None
    table.show_events(())
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_J, Qt.Key.Key_End, Qt.Key.Key_3):
        QTest.keyClick(table, key)
    assert coordinator.selection.ids == ()


def test_events_that_do_not_answer_are_lighter_and_said_to_be(table, coordinator):
    before = picture(table.viewport())
    table.show_events(coordinator.store.events(), frozenset({RAID}))
    assert picture(table.viewport()) != before
    assert cell(table, RAID, EVENT, ROLE.AccessibleTextRole) == cell(table, RAID, EVENT)
    assert "does not answer" in cell(table, ids(table)[0], EVENT, ROLE.AccessibleTextRole)


def test_letters_go_on_to_the_view(table):
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_T, Qt.KeyboardModifier.NoModifier, "t")
    QApplication.sendEvent(table, event)
    assert not event.isAccepted() and table.currentIndex().row() == 0


def test_columns_fit_the_width_and_leave_the_rest_to_the_titles(table, coordinator):
    def width():
        return sum(table.columnWidth(column) for column in range(6))

    assert width() == table.viewport().width()
    before = table.columnWidth(EVENT)
    table.resize(1400, 600)
    assert width() == table.viewport().width() and table.columnWidth(EVENT) > before
    table.resize(500, 600)
    assert table.columnWidth(EVENT) >= 240  # and the rest is reached by scrolling
    high = table.rowHeight(0)
    coordinator.zoom_text(1)
    assert table.rowHeight(0) == table.rowHeight(20) > high
    coordinator.zoom_text(0)


def test_a_hostile_title_is_shown_by_marks_and_a_missing_place_by_its_id(coordinator, qtbot):
    row = coordinator.store.events()[0]
    title = Localised(en="a\u202eb\n<b>c</b>", zh_hans="字" * 100_000)
    model = TimelineTableModel(coordinator)
    model.show((replace(row, title=title, places=("nowhere",), lane="unknown", certainty=None),))
    words = model.words(0)
    assert words.title == "a⟨U+202E⟩b <b>c</b>"
    assert (words.places, words.lane, words.certainty_word) == ("nowhere", "unknown", "")
    table = TimelineTable(coordinator)
    qtbot.addWidget(table)
    table.show_events((replace(row, title=title, places=("nowhere",), lane="unknown", certainty=None),))
    table.show()
    table.grab()
    model.deleteLater()


def test_of_a_hundred_thousand_rows_only_what_is_seen_is_worded(coordinator, qtbot):
    events = coordinator.store.events()
    table = TimelineTable(coordinator)
    qtbot.addWidget(table)
    table.resize(1100, 600)
    table.show()
    table.show_events([replace(events[at % len(events)], id=f"event-{at}") for at in range(100_000)])
    table.grab()
    for key in (Qt.Key.Key_End, Qt.Key.Key_K, Qt.Key.Key_Home, Qt.Key.Key_2):
        QTest.keyClick(table, key)
        table.grab()
    assert table.events.rowCount() == 100_000
    assert len(table.events._worded) < 300
