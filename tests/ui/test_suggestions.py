"""The list under the search field: what it offers, how it is chosen, and that nothing moves under the hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent, QMouseEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QPushButton

from jasic_desktop.search.answer import Suggestion
from jasic_desktop.ui import hand
from tests.ui.conftest import wait_for

KEYS = Qt.Key


@pytest.fixture
def window(make_window):
    """A window with the cursor in the field at the top."""
    made = make_window()
    made.activateWindow()
    made.coordinator.show_view("browse")
    made.go_search()
    made.tester = QAbstractItemModelTester(made.suggestions.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return made


def type_in(window, text):
    """Type, and wait until the results and the list have followed."""
    for letter in text:
        QTest.keyClick(window.focusWidget(), letter)
    assert wait_for(lambda: not window.coordinator.is_searching and not pending(window))


def pending(window):
    suggestions = window.suggestions
    return suggestions._pause.isActive() or suggestions._awaited


def press(window, key):
    QTest.keyClick(window.focusWidget(), key)


def point(window, view, row, kind=QEvent.Type.MouseMove):
    """The pointer moves over a row, or presses or lets go there."""
    place = QPointF(view.visualRect(view.model().index(row, 0)).center())
    pressed = kind == QEvent.Type.MouseButtonPress
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.LeftButton if pressed else Qt.MouseButton.NoButton
    where = view.viewport().mapToGlobal(place)
    QApplication.sendEvent(
        view.viewport(), QMouseEvent(kind, place, where, button, held, Qt.KeyboardModifier.NoModifier)
    )


def compose(window, letters, commit=""):
    event = QInputMethodEvent(letters, [])
    event.setCommitString(commit)
    QApplication.sendEvent(window.focusWidget(), event)


def titles(window):
    return [offer.text for offer in window.suggestions.model.offers]


# ---------------------------------------------------------------------------------------------------------- what it is


def test_names_places_and_topics_are_offered_with_their_type_and_why(window):
    type_in(window, "shen")
    assert window.suggestions.isVisible()
    offers = {offer.id: offer for offer in window.suggestions.model.offers}
    assert {"shen-mengyu", "shenzhen"} <= set(offers)
    assert offers["shen-mengyu"].type == "person"
    assert offers["shen-mengyu"].others.startswith("沈梦雨")
    assert offers["shenzhen"].why == "Place · title"
    assert len(offers) <= 8


def test_a_name_that_was_found_stands_once_with_the_title_beside_it(window):
    compose(window, "", "岳昕")
    assert wait_for(lambda: not window.coordinator.is_searching and not pending(window))
    offers = {offer.id: offer for offer in window.suggestions.model.offers}
    assert (offers["yue-xin"].text, offers["yue-xin"].others) == ("岳昕", "Yue Xin · Yuè Xīn")
    assert all(offer.text not in offer.others.split(" · ") for offer in offers.values())


@pytest.mark.parametrize(
    ("typed", "wanted"), [("sang yangxue", "shang-yangxue"), ("米九平", "mi-jiuping"), ("Mi Jiupin", "mi-jiuping")]
)
def test_a_misspelt_name_is_guessed_and_stands_in_place_of_no_results(window, typed, wanted):
    if typed.isascii():
        type_in(window, typed)
    else:
        compose(window, "", typed)
        assert wait_for(lambda: not window.coordinator.is_searching and not pending(window))
    first = window.suggestions.model.offers[0]
    if window.coordinator.answer.total == 0:
        assert (first.id, first.why) == (wanted, "Person · did you mean this?")
        names = [button.accessibleName() for button in window.panes.results._notice.findChildren(QPushButton)]
        assert f"Did you mean: {first.text}" in names


def test_the_list_lies_beside_the_results_and_inside_the_window(make_window):
    for size in ((1440, 900), (1024, 768)):
        window = make_window(size=size)
        window.activateWindow()
        type_in(window, "shen")
        results, rows = window.panes.results, window.suggestions
        assert rows.isVisible()
        right = results.mapTo(rows.parentWidget(), QPoint(results.width(), 0)).x()
        assert rows.geometry().left() >= right
        assert rows.parentWidget().rect().contains(rows.geometry())
        assert rows.view.viewport().height() >= len(titles(window)) * rows.view.sizeHintForRow(0)


def test_the_first_character_on_the_start_page_brings_it_too(make_window):
    window = make_window()
    window.activateWindow()
    window.go_search()
    compose(window, "", "岳昕")
    assert wait_for(window.suggestions.isVisible)
    assert window.suggestions.model.offers[0].id == "yue-xin"


def test_what_the_field_says_already_is_not_offered(window):
    window.suggestions._show(())
    assert not window.suggestions.isVisible()
    window.top_bar.search.setText("Yue Xin")
    window.suggestions._show((Suggestion("Yue Xin", "yue-xin", "person", "title"),))
    assert not window.suggestions.isVisible()


def test_questions_asked_before_come_first_where_they_are_kept(window):
    window.suggestions.past = lambda text: ["shen mengyu detained", text]
    type_in(window, "shen m")
    first = window.suggestions.model.offers[0]
    assert (first.text, first.id, first.why) == ("shen mengyu detained", None, "asked before")
    press(window, KEYS.Key_Down)
    press(window, KEYS.Key_Return)
    assert window.coordinator.moment.text == "shen mengyu detained"
    assert window.coordinator.moment.record is None


# ---------------------------------------------------------------------------------------------------------------- keys


def test_keys_choose_while_the_cursor_stays_in_the_field(window):
    type_in(window, "shen meng")
    field = window.top_bar.search
    press(window, KEYS.Key_Down)
    assert field.hasFocus()
    assert window.suggestions.view.currentIndex().row() == 0
    assert field.accessibleDescription() == window.suggestions.model.offers[0].spoken
    press(window, KEYS.Key_Up)
    assert window.suggestions.view.currentIndex().row() == -1
    press(window, KEYS.Key_Down)
    press(window, KEYS.Key_Return)
    assert window.coordinator.moment.record == "shen-mengyu"
    assert window.coordinator.moment.text == "Shen Mengyu"
    assert not window.suggestions.isVisible()


def test_escape_puts_the_list_away_and_only_then_clears(window):
    type_in(window, "shen")
    press(window, KEYS.Key_Escape)
    assert not window.suggestions.isVisible()
    assert window.top_bar.search.text() == "shen"
    press(window, KEYS.Key_Escape)
    assert window.top_bar.search.text() == ""


def test_down_goes_to_the_results_without_a_list_and_tab_leaves_one(window):
    type_in(window, "shen")
    press(window, KEYS.Key_Tab)
    assert not window.suggestions.isVisible()
    assert not window.top_bar.search.hasFocus()
    window.go_search()
    press(window, KEYS.Key_Down)
    assert window.panes.results.view.hasFocus()


def test_enter_without_a_marked_row_opens_the_first_result(window):
    type_in(window, "shen mengyu")
    press(window, KEYS.Key_Return)
    assert wait_for(lambda: window.coordinator.moment.record == "shen-mengyu")
    assert not window.suggestions.isVisible()


def test_a_click_takes_a_row_and_the_list_goes_with_the_focus(window):
    type_in(window, "shen meng")
    view = window.suggestions.view
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(0)).center())
    assert window.coordinator.moment.record == "shen-mengyu"
    window.go_search()
    type_in(window, "shen")
    assert window.suggestions.isVisible()
    window.panes.results.view.setFocus()
    assert not window.suggestions.isVisible()


def test_a_screen_reader_is_told(window):
    type_in(window, "shen")
    rows = window.suggestions
    assert rows.view.accessibleName() == "Suggestions"
    assert QAccessible.queryAccessibleInterface(rows.view).childCount() == len(titles(window))
    spoken = rows.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == rows.model.offers[0].spoken
    window.coordinator.set_language("zh-Hans")
    assert rows.view.accessibleName() == "建议"


# ------------------------------------------------------------------------------------------------------- input methods


def test_letters_that_are_no_characters_yet_are_not_asked(window):
    type_in(window, "shen")
    asked = []
    window.coordinator.moment_changed.connect(lambda _old, new: asked.append(new.text))
    window.top_bar.search.selectAll()
    for letters in ("y", "yu", "yue", "yue'xin"):
        compose(window, letters)
    assert window.top_bar.search.is_composing
    assert asked == []
    press(window, KEYS.Key_Escape)
    assert asked == []
    compose(window, "", "岳昕")
    assert asked == ["岳昕"]
    assert wait_for(lambda: not window.coordinator.is_searching and not pending(window))
    assert window.coordinator.answer.hits[0].id == "yue-xin"


def test_letters_that_come_to_nothing_leave_what_is_in_the_field(window):
    type_in(window, "shen")
    window.top_bar.search.selectAll()
    compose(window, "yue")
    compose(window, "")
    assert window.top_bar.search.text() == window.coordinator.moment.text == ""


# ------------------------------------------------------------------------------------------------------ under the hand


@pytest.fixture
def hand_stays(monkeypatch):
    """A pointer that moved is taken to be under way for a minute, however slow the machine is."""
    monkeypatch.setattr(hand, "SETTLE_MS", 60_000)


def rest(view):
    """The pointer rests, or has gone."""
    view.forget_hand()
    view.wait_for_hand()


def test_a_list_with_the_pointer_in_it_is_not_replaced_until_the_pointer_rests(window, hand_stays):
    type_in(window, "shen")
    before = titles(window)
    point(window, window.suggestions.view, 1)
    type_in(window, " meng")
    assert titles(window) == before
    rest(window.suggestions.view)
    assert wait_for(lambda: titles(window) != before)
    assert titles(window)[0] == "Shen Mengyu"


def test_a_row_that_is_pressed_is_the_one_that_opens(window):
    type_in(window, "union")
    pane = window.panes.results
    record = pane.model.id(1)
    point(window, pane.view, 1)
    point(window, pane.view, 1, QEvent.Type.MouseButtonPress)
    window.coordinator.ask("岳昕", live=True)
    assert wait_for(lambda: not window.coordinator.is_searching)
    assert pane.model.id(1) == record
    point(window, pane.view, 1, QEvent.Type.MouseButtonRelease)
    assert window.coordinator.moment.record == record
    assert wait_for(lambda: pane.model.id(0) == "yue-xin")


def test_rows_wait_while_the_pointer_goes_for_one_and_come_when_it_rests(window, hand_stays):
    type_in(window, "union")
    pane = window.panes.results
    before = pane.model.id(0)
    point(window, pane.view, 2)
    window.coordinator.ask("岳昕", live=True)
    pane._show_bars()
    assert wait_for(lambda: not window.coordinator.is_searching)
    assert pane.model.id(0) == before
    assert pane._count.text() != f"{window.coordinator.answer.total} records"
    rest(pane.view)
    assert wait_for(lambda: pane.model.id(0) == "yue-xin")
    assert pane._count.text() == f"{window.coordinator.answer.total} records"


def test_a_pointer_that_rests_holds_nothing_back(window):
    view = window.panes.results.view
    came = []
    view.hand_left.connect(lambda: came.append(view.hand_in))
    type_in(window, "union")
    point(window, view, 0)
    view.wait_for_hand()
    assert wait_for(lambda: bool(came), hand.SETTLE_MS / 1000 + 5)
    assert came == [False]


def test_rows_that_nobody_goes_for_are_shown_at_once(window):
    type_in(window, "union")
    pane = window.panes.results
    window.coordinator.ask("岳昕", live=True)
    assert wait_for(lambda: not window.coordinator.is_searching)
    assert pane.model.id(0) == "yue-xin"


def test_enter_with_control_opens_in_a_new_tab_from_the_field_and_from_the_list(window):
    tabs, field = window.panes.reader.tabs, window.top_bar.search
    control = Qt.KeyboardModifier.ControlModifier
    type_in(window, "mi jiuping")
    press(window, KEYS.Key_Return)
    assert wait_for(lambda: tabs.records == ("mi-jiuping",))
    window.go_search()
    field.selectAll()
    type_in(window, "shen mengyu")
    QTest.keyClick(field, KEYS.Key_Return, control)
    assert wait_for(lambda: tabs.count() == 2)
    window.go_search()
    field.selectAll()
    type_in(window, "yue xin")
    press(window, KEYS.Key_Down)
    QTest.keyClick(field, KEYS.Key_Return, control)
    assert wait_for(lambda: tabs.count() == 3)
    assert (tabs.records[0], tabs.records[2]) == ("mi-jiuping", "yue-xin")
