"""The sidebar: the archive by type, facets with the counts of the answer, by mouse and by keys."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester

from jasic_desktop.core.record_types import RECORD_TYPES
from jasic_desktop.search.answer import Answer
from jasic_desktop.search.request import Filters
from jasic_desktop.ui.sidebar import Sidebar
from jasic_desktop.ui.sidebar_model import FIRST, MORE
from tests.helpers.window import SOON, open_bundled


@pytest.fixture
def pane(qtbot, coordinator):
    made = Sidebar(coordinator)
    qtbot.addWidget(made)
    made.tester = QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    made.resize(206, 900)
    made.show()
    return made


def node(pane, kind, value=""):
    return next(found for found in pane.model.nodes() if (found.kind, found.value) == (kind, value))


def value_of(pane, facet, value):
    return next(found for found in node(pane, "facet", facet).children if found.value == value)


def activate(pane, found):
    pane.tree.activate(pane.model.index_of(found))


def test_without_an_archive_there_is_only_what_is_the_persons_own(pane):
    assert [(found.kind, found.label) for found in pane.model.nodes()] == [
        ("heading", "Archive"),
        ("heading", "Mine"),
        ("selection", "Selection"),
    ]


def test_the_archive_is_entered_by_type(ask, pane, coordinator):
    ask("union")
    store = coordinator.store
    counts = {found.value: found.count for found in pane.model.nodes() if found.kind == "type"}
    assert list(counts) == list(RECORD_TYPES)
    assert sum(counts.values()) == node(pane, "all").count == store.count
    assert node(pane, "all").is_chosen
    activate(pane, node(pane, "type", "person"))
    activate(pane, node(pane, "type", "event"))
    assert coordinator.moment.filters.types == ("person", "event")
    assert node(pane, "type", "person").is_chosen
    assert not node(pane, "all").is_chosen
    activate(pane, node(pane, "type", "person"))
    assert coordinator.moment.filters.types == ("event",)
    activate(pane, node(pane, "all"))
    assert coordinator.moment.filters.types == ()


def test_facets_have_the_counts_of_the_answer_and_narrow_it(ask, pane, coordinator, qtbot):
    answer = ask("union")
    wanted = answer.facets["place"][1]
    found = value_of(pane, "place", wanted[0])
    assert (found.count, found.label) == (wanted[1], coordinator.store.title(wanted[0]).show("en"))
    activate(pane, found)
    activate(pane, value_of(pane, "year", "2018"))
    qtbot.waitUntil(lambda: not coordinator.is_searching and not pane.is_counting, timeout=SOON)
    assert coordinator.moment.filters == Filters(places=(wanted[0],), years=("2018",))
    assert coordinator.answer.total == value_of(pane, "year", "2018").count
    assert value_of(pane, "place", wanted[0]).is_chosen
    assert pane.model.spoken(value_of(pane, "year", "2018")) == f"2018, {coordinator.answer.total} records, chosen"
    activate(pane, value_of(pane, "year", "2018"))
    assert coordinator.moment.filters.years == ()


def test_of_many_values_more_can_be_had_and_what_is_chosen_stays(ask, pane, coordinator, qtbot):
    answer = ask("")
    people = answer.facets["person"]
    facet = node(pane, "facet", "person")
    assert len(facet.children) == FIRST + 1
    assert facet.children[-1].label == f"{len(people) - FIRST} more…"
    activate(pane, facet.children[-1])
    facet = node(pane, "facet", "person")
    assert len([child for child in facet.children if child.kind == "value"]) == min(len(people), FIRST + MORE)
    rare = people[FIRST + 20][0]
    activate(pane, value_of(pane, "person", rare))
    qtbot.waitUntil(lambda: not coordinator.is_searching and not pane.is_counting, timeout=SOON)
    open_bundled(coordinator)
    coordinator.narrow(Filters(people=(people[-1][0],)))
    qtbot.waitUntil(lambda: not coordinator.is_searching and not pane.is_counting, timeout=SOON)
    assert value_of(pane, "person", people[-1][0]).is_chosen
    assert len(node(pane, "facet", "person").children) <= FIRST + 2


def test_years_stand_in_order(ask, pane):
    ask("")
    years = [child.value for child in node(pane, "facet", "year").children if child.kind == "value"]
    assert years == sorted(years, reverse=True)


def test_branches_and_the_current_row_stay_when_the_answer_changes(ask, pane, qtbot):
    ask("union")
    tree, model = pane.tree, pane.model
    assert tree.isExpanded(model.index_of(node(pane, "facet", "year")))
    assert not tree.isExpanded(model.index_of(node(pane, "facet", "topic")))
    activate(pane, node(pane, "facet", "topic"))
    activate(pane, node(pane, "facet", "year"))
    tree.setCurrentIndex(model.index_of(node(pane, "facet", "topic")))
    ask("police")
    assert tree.isExpanded(model.index_of(node(pane, "facet", "topic")))
    assert not tree.isExpanded(model.index_of(node(pane, "facet", "year")))
    assert model.node(tree.currentIndex()).value == "topic"
    tree.collapse(model.index(0, 0))
    assert tree.isExpanded(model.index(0, 0))


def test_the_same_rows_are_changed_in_place(ask, pane, coordinator):
    ask("union")
    resets = []
    pane.model.modelReset.connect(lambda: resets.append(1))
    coordinator.toggle("yue-xin")
    assert node(pane, "selection").count == 1
    coordinator.set_language("zh-Hans")
    assert node(pane, "selection").label == "已选记录"
    assert resets == []


def test_keys_reach_every_row(ask, pane, coordinator, qtbot):
    ask("union")
    tree, model = pane.tree, pane.model
    tree.setFocus()
    qtbot.waitUntil(lambda: tree.currentIndex().isValid())
    assert model.node(tree.currentIndex()).kind == "all"
    qtbot.keyClick(tree, Qt.Key.Key_J)
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert coordinator.moment.filters.types == ("person",)
    qtbot.keyClick(tree, Qt.Key.Key_K)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert coordinator.moment.filters.types == ()
    qtbot.waitUntil(lambda: not coordinator.is_searching and not pane.is_counting, timeout=SOON)
    seen = set()
    for _ in range(200):
        seen.add(model.node(tree.currentIndex()).key)
        qtbot.keyClick(tree, Qt.Key.Key_J)
    visible = {
        found.key
        for found in model.nodes()
        if found.kind != "heading" and tree.visualRect(model.index_of(found)).height() > 0
    }
    assert seen == visible
    tree.setCurrentIndex(model.index_of(node(pane, "facet", "kind")))
    qtbot.keyClick(tree, Qt.Key.Key_Right)
    assert tree.isExpanded(model.index_of(node(pane, "facet", "kind")))
    qtbot.keyClick(tree, Qt.Key.Key_A)
    assert model.node(tree.currentIndex()).value == "kind"


def test_a_click_chooses(ask, pane, coordinator, qtbot):
    ask("union")
    place = pane.tree.visualRect(pane.model.index_of(node(pane, "type", "place"))).center()
    qtbot.mouseClick(pane.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert coordinator.moment.filters.types == ("place",)
    qtbot.mouseClick(pane.tree.viewport(), Qt.MouseButton.RightButton, pos=place)
    qtbot.mouseClick(pane.tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 880))
    heading = pane.tree.visualRect(pane.model.index(0, 0)).center()
    qtbot.mouseClick(pane.tree.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert coordinator.moment.filters.types == ("place",)


def test_the_selection_is_shown_by_the_command(ask, pane, coordinator):
    ask("union")
    shown = []
    coordinator.handle("show-selection", lambda: shown.append(1))
    activate(pane, node(pane, "selection"))
    assert shown == [1]


def test_it_is_painted_in_both_themes_and_at_any_size(ask, pane, coordinator):
    ask("union", Filters(years=("2018",), types=("person",)))
    light = pane.grab().toImage()
    coordinator.set_theme("dark")
    assert pane.grab().toImage() != light
    row = pane.tree.visualRect(pane.model.index_of(node(pane, "all"))).height()
    coordinator.zoom_text(1)
    assert pane.tree.visualRect(pane.model.index_of(node(pane, "all"))).height() > row
    coordinator.zoom_text(0)
    pane.resize(20, 40)
    pane.grab()


def test_an_answer_without_facets_leaves_the_sections(pane, coordinator, ask):
    ask("union")
    coordinator.answer = Answer("", "", 0, (), {}, None, (), 0.0)
    pane._refresh()
    assert [found.value for found in pane.model.nodes() if found.kind == "heading"] == ["archive", "mine"]
    assert pane.model.index(99, 0, QModelIndex()) == QModelIndex()
