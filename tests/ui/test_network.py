"""The small network drawing: who is near, where nodes and names stand, and that keys and mouse lead on."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest

from jasic_desktop.app.network import MOST, neighbours
from jasic_desktop.app.profile import profile
from jasic_desktop.ui.network_drawing import NetworkDrawing
from jasic_desktop.ui.network_layout import NODE, seats
from tests.helpers.window import still_coordinator

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def coordinator(qtbot, used_home, tmp_path):
    made = still_coordinator(used_home, tmp_path / "config")
    yield made
    made.close()


@pytest.fixture
def store(coordinator):
    return coordinator.store


@pytest.fixture
def near(store):
    events = {row.id: row for row in store.events()}
    return lambda record: neighbours(store, store.get(record), store.connections(record), events, "en")


@pytest.fixture
def drawing(qtbot, coordinator, store):
    made = NetworkDrawing(coordinator)
    qtbot.addWidget(made)
    shown = profile(store, "mi-jiuping", "en", {row.id: row for row in store.events()})
    made.show_network(shown.type, shown.mark, shown.near)
    made.resize(320, made.sizeHint().height())
    made.show()
    QTest.qWaitForWindowExposed(made)
    return made


@given(
    st.lists(st.floats(1, 2000), min_size=1, max_size=MOST),
    st.floats(160, 900),
    st.floats(12, 40),
)
def test_no_name_lies_over_another_or_outside(widths, width, line):
    area = QRectF(4, 30, width, 11 * line)
    placed = seats(widths, area, line)
    for seat in placed:
        assert area.adjusted(-0.01, -0.01, 0.01, 0.01).contains(seat.label)
        assert area.contains(QRectF(seat.middle.x() - NODE, seat.middle.y() - NODE, 2 * NODE, 2 * NODE))
    for one, other in combinations(placed, 2):
        assert not one.label.intersects(other.label)


def test_the_number_on_an_edge_is_that_of_the_events_both_have(near, store):
    rows = store.events()
    for record in ("mi-jiuping", "jasic-technology", "pingshan-district", "picking-quarrels"):
        with_it = [row for row in rows if record in (*row.people, *row.organisations, *row.places, *row.topics)]
        found = near(record)
        assert 0 < len(found) <= MOST
        for node in found:
            assert node.count == sum(node.id in (*row.people, *row.organisations) for row in with_it)
        assert [node.count for node in found] == sorted((node.count for node in found), reverse=True)


@pytest.mark.parametrize("record", ["2018-07-27-mass-arrest", "chrd-2019-03-13-submission"])
def test_whom_an_event_or_a_document_names_is_joined_without_a_number(near, store, record):
    found = near(record)
    named = {connection.to for connection in store.connections(record)}
    assert found and all(node.count == 0 and node.id in named for node in found)
    assert {node.type for node in found} <= {"person", "organisation"}


def test_keys_go_around_follow_and_tick(drawing, qtbot):
    drawing.setFocus(Qt.FocusReason.TabFocusReason)
    first = drawing.nodes[0]
    assert drawing.current == first and drawing.accessibleDescription() == drawing.words_of(first)
    assert str(first.count) in drawing.words_of(first)
    QTest.keyClick(drawing, Qt.Key.Key_Left)
    assert drawing.current == drawing.nodes[-1]
    QTest.keyClick(drawing, Qt.Key.Key_Down)
    with qtbot.waitSignal(drawing.followed) as followed:
        QTest.keyClick(drawing, Qt.Key.Key_Return, CTRL)
    assert followed.args == [first.id, True]
    with qtbot.waitSignal(drawing.ticked) as ticked:
        QTest.keyClick(drawing, Qt.Key.Key_Space)
    assert ticked.args == [first.id]


def test_a_click_on_a_node_or_its_name_follows(drawing, qtbot):
    seat, node = drawing.places()[2], drawing.nodes[2]
    for place in (seat.middle, seat.label.center()):
        with qtbot.waitSignal(drawing.followed) as followed:
            QTest.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=place.toPoint())
        assert followed.args == [node.id, False]
    with qtbot.assertNotEmitted(drawing.followed, wait=10):
        QTest.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=drawing.rect().center())


def test_people_are_circles_organisations_squares(drawing, coordinator):
    image = drawing.grab().toImage()
    for seat, node in zip(drawing.places(), drawing.nodes, strict=True):
        color = coordinator.theme.type_color(node.type)
        corner = image.pixelColor(round(seat.middle.x() + NODE - 2), round(seat.middle.y() - NODE + 2))
        assert image.pixelColor(seat.middle.toPoint()) == color
        assert (corner == color) == (node.type == "organisation")


def test_without_neighbours_there_is_no_drawing(drawing):
    drawing.show_network("person", "米", ())
    assert not drawing.isVisible()
