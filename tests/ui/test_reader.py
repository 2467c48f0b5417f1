"""The reader: tabs, names and numbers by mouse and by keys, the card of a source, find in page, copying."""

import os
import shutil
import sqlite3
from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QToolButton, QWidget

from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite
from jasic_desktop.ui import document_view
from jasic_desktop.ui.page_search import matches
from jasic_desktop.ui.reader import ReaderPane
from jasic_desktop.ui.text_areas import areas_of
from tests.helpers.derived import derived_in
from tests.helpers.stores import bundled_store
from tests.helpers.window import coordinator_in
from tests.ui.conftest import wait_for

EVENT = "2018-07-27-mass-arrest"
ESSAY = "how-to-read-this-archive"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def coordinator(qapp, used_home, tmp_path):
    """A coordinator with the bundled archive open, and nobody to search it."""
    made = coordinator_in(used_home, tmp_path / "config")
    told = dict.fromkeys(("answered", "failed"), made.told)
    silent = SimpleNamespace(connect=nothing)
    made.set_searcher(SimpleNamespace(**told, damaged=silent, start=nothing, stop=nothing))
    made.search = nothing
    yield made
    made.deleteLater()


def nothing(*_, **__):
    """What stands for a search that nobody waits for."""


@pytest.fixture
def pane(qtbot, coordinator, monkeypatch):
    """The reader, which writes every page at once however slow the machine is."""
    monkeypatch.setattr(document_view, "FIRST_SLICE", 60.0)
    made = ReaderPane(coordinator)
    qtbot.addWidget(made)
    made.resize(574, 640)
    made.show()
    made.activateWindow()
    coordinator.open(SimpleNamespace(store=bundled_store(), close=nothing, store_path=None, index_folder=None))
    return made


def at(pane, link):
    area = areas_of(pane.view, link.start, link.end)[0]
    return area.center().toPoint()


def link_to(pane, target):
    return next(link for link in pane.view.links if link.target == target)


def click(pane, link, button=Qt.MouseButton.LeftButton, modifiers=Qt.KeyboardModifier.NoModifier):
    pane.view.go_to(link.start, link.end)
    QTest.mouseClick(pane.view.viewport(), button, modifiers, at(pane, link))


def press(pane, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(pane.view, key, modifiers)


def walk_to(pane, wanted):
    """Tab from the top until the keyboard is on what is wanted."""
    pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in pane.view.links:
        press(pane, Qt.Key.Key_Tab)
        if wanted(pane.view.focused_link):
            return pane.view.focused_link
    raise AssertionError("Tab never came there")


def buttons(widget):
    QApplication.processEvents()
    return {
        button.accessibleName(): button for button in widget.findChildren(QPushButton) if button.isVisibleTo(widget)
    }


# ------------------------------------------------------------------------------------------------------------- tabs


def test_while_nothing_is_read_one_sentence_and_one_action_stand_there(pane):
    assert pane.first_focus is pane.notice
    assert pane.notice.sentence.text().startswith("Nothing is being read")
    assert list(buttons(pane.notice)) == ["Search"]


def test_before_an_archive_is_open_the_pane_says_so(qtbot, coordinator):
    made = ReaderPane(coordinator)
    qtbot.addWidget(made)
    assert made.notice.sentence.text() == "No archive is open."


def test_the_action_opens_the_first_result(make_window):
    window = make_window()
    window.coordinator.ask("yuexin", False)
    assert wait_for(lambda: not window.coordinator.is_searching)
    buttons(window.panes.reader.notice)["Open the first result"].click()
    assert window.coordinator.moment.record == window.coordinator.answer.hits[0].id
    assert window.panes.reader.view.page.id == window.coordinator.moment.record


def test_a_record_is_read_in_the_tab_that_is_read(pane, coordinator):
    coordinator.open_record(EVENT)
    assert (pane.tabs.records, pane.view.page.id) == ((EVENT,), EVENT)
    assert pane.view.accessibleName() == "Mass arrest in Pingshan"
    coordinator.open_record(ESSAY)
    assert (pane.tabs.records, pane.view.page.id) == ((ESSAY,), ESSAY)
    assert coordinator.tabs == (ESSAY,) and coordinator.tab_count == 1


def test_a_new_tab_stands_behind_the_one_that_is_read(pane, coordinator):
    for record in (EVENT, ESSAY):
        coordinator.open_record(record, True)
    coordinator.open_record(EVENT)  # it is there already
    assert (pane.tabs.records, pane.tabs.currentIndex()) == ((EVENT, ESSAY), 0)
    coordinator.open_record("yue-xin", True)
    assert pane.tabs.records == (EVENT, "yue-xin", ESSAY)
    assert pane.tabs.currentIndex() == 1 and pane.view.page.id == "yue-xin"


def test_a_tab_is_left_and_found_again_where_it_was(pane, coordinator):
    coordinator.open_record(EVENT)
    bar = pane.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    coordinator.open_record(ESSAY, True)
    assert bar.value() == 0
    pane.step_tab(1)
    assert coordinator.moment.record == EVENT and pane.view.page.id == EVENT
    assert abs(bar.value() - place) <= 2
    assert coordinator.moment.scroll == pytest.approx(0.5, abs=0.01)


def test_the_commands_of_tabs(pane, coordinator):
    coordinator.open_record(EVENT)
    coordinator.run("new-tab")
    assert pane.tabs.records == (EVENT, EVENT) and pane.tabs.currentIndex() == 1
    coordinator.open_record(ESSAY)
    assert pane.tabs.records == (EVENT, ESSAY)
    coordinator.run("next-tab")
    assert coordinator.moment.record == EVENT
    coordinator.run("previous-tab")
    assert coordinator.moment.record == ESSAY
    coordinator.run("close-tab")
    assert pane.tabs.records == (EVENT,) and coordinator.moment.record == EVENT
    assert pane.view.page.id == EVENT
    coordinator.run("close-tab")
    assert pane.tabs.records == () and coordinator.moment.record is None
    assert pane.first_focus is pane.notice
    assert not coordinator.can("close-tab") and coordinator.tab_count == 0


def test_tabs_by_mouse(pane, coordinator):
    for record in (EVENT, ESSAY, "yue-xin"):
        coordinator.open_record(record, True)
    tabs = pane.tabs
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(0).center() - QPoint(20, 0))
    assert coordinator.moment.record == EVENT
    QTest.mouseClick(tabs, Qt.MouseButton.MiddleButton, pos=tabs.tabRect(1).center())
    assert tabs.records == (EVENT, "yue-xin") and coordinator.moment.record == EVENT
    close = tabs.tabButton(1, tabs.ButtonPosition.RightSide)
    assert isinstance(close, QToolButton) and close.accessibleName() == "Close Yue Xin"
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert tabs.records == (EVENT,)


def test_tabs_by_keys(pane, coordinator):
    for record in (EVENT, ESSAY):
        coordinator.open_record(record, True)
    pane.tabs.setFocus()
    QTest.keyClick(pane.tabs, Qt.Key.Key_Left)
    assert coordinator.moment.record == EVENT
    QTest.keyClick(pane.tabs, Qt.Key.Key_Delete)
    assert pane.tabs.records == (ESSAY,) and coordinator.moment.record == ESSAY


def test_tabs_of_last_time_wait_without_being_read(pane, coordinator):
    coordinator.restore_tabs((EVENT, ESSAY))
    assert pane.tabs.records == (EVENT, ESSAY) == coordinator.tabs
    assert coordinator.moment.record is None and pane.tabs.current is None
    assert pane.first_focus is pane.notice
    QTest.mouseClick(pane.tabs, Qt.MouseButton.LeftButton, pos=pane.tabs.tabRect(0).center() - QPoint(20, 0))
    assert coordinator.moment.record == EVENT and pane.tabs.records == (EVENT, ESSAY)


def test_another_archive_has_no_tabs_of_this_one(pane, coordinator):
    coordinator.open_record(EVENT)
    coordinator.open(SimpleNamespace(store=bundled_store(), close=nothing, store_path=None, index_folder=None))
    assert pane.tabs.records == () and pane.view.page is None and coordinator.tabs == ()


# ------------------------------------------------------------------------------------------------------ the journey


def test_back_and_forward_bring_record_and_place_back(pane, coordinator):
    coordinator.open_record(EVENT)
    bar = pane.view.verticalScrollBar()
    bar.setValue(700)
    coordinator.open_record(ESSAY)
    bar.setValue(200)
    coordinator.back()
    assert pane.view.page.id == EVENT and abs(bar.value() - 700) <= 2
    coordinator.forward()
    assert pane.view.page.id == ESSAY and abs(bar.value() - 200) <= 2
    coordinator.back()
    coordinator.back()
    assert coordinator.moment.record is None and pane.first_focus is pane.notice
    assert pane.tabs.records == (EVENT,)


def test_a_name_is_shown_beside_and_the_reading_place_stays(pane, coordinator):
    coordinator.open_record(EVENT)
    pane.view.verticalScrollBar().setValue(30)
    click(pane, link_to(pane, "record:pingshan-district"))
    assert (coordinator.moment.record, coordinator.moment.profile) == (EVENT, "pingshan-district")
    assert pane.view.verticalScrollBar().value() == 30


@pytest.mark.parametrize(("button", "modifiers"), [("LeftButton", CONTROL), ("MiddleButton", Qt.KeyboardModifier(0))])
def test_ctrl_and_the_middle_button_open_a_name_in_a_new_tab(pane, coordinator, button, modifiers):
    coordinator.open_record(EVENT)
    click(pane, link_to(pane, "record:pingshan-district"), Qt.MouseButton[button], modifiers)
    assert pane.tabs.records == (EVENT, "pingshan-district")
    assert coordinator.moment.record == "pingshan-district"


def test_a_press_that_ends_elsewhere_chooses_nothing(pane, coordinator):
    coordinator.open_record(EVENT)
    link, port = link_to(pane, "record:pingshan-district"), pane.view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=at(pane, link))
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=at(pane, link) + QPoint(0, 90))
    assert coordinator.moment.profile != "pingshan-district"


def test_tab_walks_through_names_and_numbers_in_reading_order(pane, coordinator):
    coordinator.open_record(EVENT)
    pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in pane.view.links:
        press(pane, Qt.Key.Key_Tab)
        seen.append(pane.view.focused_link)
        area = areas_of(pane.view, seen[-1].start, seen[-1].end)[0]
        assert pane.view.viewport().rect().intersects(area.toAlignedRect())
    assert seen == pane.view.links
    press(pane, Qt.Key.Key_Backtab, SHIFT)
    assert pane.view.focused_link is seen[-2]


def test_tab_goes_on_from_what_is_seen(pane, coordinator):
    coordinator.open_record(EVENT)
    pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(pane, Qt.Key.Key_Tab)
    bar = pane.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    QApplication.processEvents()
    press(pane, Qt.Key.Key_Tab)
    assert abs(bar.value() - place) < 60
    assert pane.view.focused_link.start >= pane.view.cursorForPosition(QPoint(0, 0)).position()


def test_enter_follows_and_ctrl_enter_opens_a_tab(pane, coordinator):
    coordinator.open_record(EVENT)
    pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(pane, Qt.Key.Key_Tab)
    name = pane.view.focused_link
    assert name.text in pane.view.accessibleDescription()
    press(pane, Qt.Key.Key_Return)
    assert (coordinator.moment.record, coordinator.moment.profile) == (EVENT, name.record)
    press(pane, Qt.Key.Key_Return, CONTROL)
    assert pane.tabs.records == (EVENT, name.record)


def test_the_focus_is_drawn_around_what_has_it(pane, coordinator):
    coordinator.open_record(EVENT)
    pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(pane, Qt.Key.Key_Tab)
    link = pane.view.focused_link
    area = areas_of(pane.view, link.start, link.end)[0]
    picture = pane.view.viewport().grab().toImage()
    accent = coordinator.theme.color("accent").name()
    for x in (round(area.left()) + 9, round(area.right()) - 9):
        for y in (round(area.top()), round(area.bottom())):
            assert accent in {picture.pixelColor(x, y + off).name() for off in range(-3, 4)}


def test_escape_lets_go_and_other_keys_are_left_to_others(pane, coordinator):
    coordinator.open_record(EVENT)
    pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(pane, Qt.Key.Key_Tab)
    press(pane, Qt.Key.Key_Escape)
    assert pane.view.focused_link is None
    text, value = pane.view.toPlainText(), pane.view.verticalScrollBar().value()
    for key in (Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_X, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        press(pane, key)
    assert (pane.view.toPlainText(), pane.view.verticalScrollBar().value()) == (text, value)


def test_arrows_and_pages_scroll(pane, coordinator):
    coordinator.open_record(EVENT)
    bar = pane.view.verticalScrollBar()
    values = [bar.value()]
    for key in ("Down", "PageDown", "End", "PageUp", "Up", "Home", "Space"):
        press(pane, getattr(Qt.Key, f"Key_{key}"))
        values.append(bar.value())
    assert values[0] < values[1] < values[2] < values[3] == bar.maximum() > values[4] > values[5] > values[6] == 0
    assert values[7] > 0
    assert coordinator.moment.scroll == pytest.approx(bar.value() / bar.maximum())


# ------------------------------------------------------------------------------------------------ the card of a source


def test_a_number_shows_its_source_for_the_keyboard_without_taking_it(pane, coordinator):
    coordinator.open_record(EVENT)
    number = walk_to(pane, lambda link: link.record is None)
    source = pane.view.page.sources[int(number.text) - 1]
    assert pane.card.isVisible() and pane.card.document == source.id
    assert QApplication.focusWidget() is pane.view
    assert pane.rect().contains(pane.card.geometry())
    for told in ("Independence", "Enter opens"):
        assert told in pane.card.spoken and told in pane.view.accessibleDescription()
    scroll = pane.view.verticalScrollBar().value()
    press(pane, Qt.Key.Key_Escape)
    assert not pane.card.isVisible() or pane.card._going.isActive()
    assert pane.view.verticalScrollBar().value() == scroll


def test_enter_on_a_number_opens_its_document(pane, coordinator):
    coordinator.open_record(EVENT)
    number = walk_to(pane, lambda link: link.record is None)
    source = pane.view.page.sources[int(number.text) - 1]
    press(pane, Qt.Key.Key_Return)
    assert coordinator.moment.record == source.id and not pane.card.isVisible()


def test_the_mouse_on_a_number_shows_its_source_and_can_go_over_to_it(qtbot, pane, coordinator):
    coordinator.open_record(EVENT)
    number = next(link for link in pane.view.links if link.record is None)
    QTest.mouseMove(pane.view.viewport(), QPoint(2, 2))
    QTest.mouseMove(pane.view.viewport(), at(pane, number))
    qtbot.waitUntil(pane.card.isVisible)
    source = pane.view.page.sources[int(number.text) - 1]
    assert pane.card.document == source.id
    pane.card.findChild(QPushButton).click()
    assert coordinator.moment.record == source.id


def test_the_card_goes_with_the_mouse_and_when_the_page_moves(qtbot, pane, coordinator):
    coordinator.open_record(EVENT)
    number = next(link for link in pane.view.links if link.record is None)
    QTest.mouseMove(pane.view.viewport(), QPoint(2, 2))
    QTest.mouseMove(pane.view.viewport(), at(pane, number))
    qtbot.waitUntil(pane.card.isVisible)
    QTest.mouseMove(pane.view.viewport(), QPoint(3, 3))
    qtbot.waitUntil(lambda: not pane.card.isVisible())
    assert pane.card.document is None


def test_the_card_goes_when_a_dialog_stands_over_the_window(qtbot, pane, coordinator):
    coordinator.open_record(EVENT)
    number = next(link for link in pane.view.links if link.record is None)
    QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at(pane, number))
    assert pane.card.isVisible()
    dialog = QDialog(pane.window())
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: not pane.card.isVisible())


def test_a_click_on_a_number_goes_nowhere(pane, coordinator):
    coordinator.open_record(EVENT)
    number = next(link for link in pane.view.links if link.record is None)
    pane.view.go_to(number.start, number.end)
    scroll, moment = pane.view.verticalScrollBar().value(), coordinator.moment
    QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at(pane, number))
    assert replace(coordinator.moment, scroll=0) == replace(moment, scroll=0)
    assert pane.view.verticalScrollBar().value() == scroll
    assert pane.view.focused_link is number and pane.card.isVisible()


# ------------------------------------------------------------------------------------------------------- find in page


def found(pane):
    return pane.find_bar.count.text()


def marked(pane):
    return [selection.cursor.selectedText() for selection in pane.view.extraSelections()]


def test_words_are_found_counted_and_marked(pane, coordinator):
    coordinator.open_record(EVENT)
    coordinator.run("find-in-page")
    assert pane.find_bar.isVisible() and QApplication.focusWidget() is pane.find_bar.field
    QTest.keyClicks(pane.find_bar.field, "DETAINED")
    count = pane.view.toPlainText().lower().count("detained")
    assert found(pane) == f"1 of {count}"
    assert marked(pane) and {text.lower() for text in marked(pane)} == {"detained"}
    grounds = {selection.format.background().color().name() for selection in pane.view.extraSelections()}
    assert {coordinator.theme.color("accent").name(), coordinator.theme.color("match").name()} == grounds
    coordinator.run("find-next")
    assert found(pane) == f"2 of {count}"
    coordinator.run("find-previous")
    coordinator.run("find-previous")
    assert found(pane) == f"{count} of {count} · from the end again"
    QTest.keyClick(pane.find_bar.field, Qt.Key.Key_Return)
    assert found(pane) == f"1 of {count} · from the top again"


def test_what_is_not_there_is_said(pane, coordinator):
    coordinator.open_record(EVENT)
    coordinator.run("find-in-page")
    QTest.keyClicks(pane.find_bar.field, "zebra")
    assert found(pane) == "Not found on this page" == pane.find_bar.field.accessibleDescription()
    assert marked(pane) == []
    coordinator.run("find-next")


@pytest.mark.parametrize("question", ["米久平", "深圳市", "ＪＡＳＩＣ", "mǐ jiǔpíng", "mi jiuping"])
def test_every_script_and_width_is_found(pane, coordinator, question):
    coordinator.open_record("mi-jiuping")
    if question == "深圳市":
        coordinator.run("language-zh-Hans")
    coordinator.run("find-in-page")
    pane.find_bar.field.setText(question)
    assert pane.search.count > 0
    assert pane.view.extraSelections()


def test_escape_closes_the_bar_and_takes_the_marks(pane, coordinator):
    coordinator.open_record(EVENT)
    coordinator.run("find-in-page")
    QTest.keyClicks(pane.find_bar.field, "police")
    QTest.keyClick(pane.find_bar.field, Qt.Key.Key_Escape)
    assert not pane.find_bar.isVisible() and marked(pane) == []
    assert QApplication.focusWidget() is pane.view
    coordinator.run("find-next")  # looks for the same again
    assert pane.find_bar.isVisible() and marked(pane)


def test_the_next_page_is_searched_for_the_same_words(pane, coordinator):
    coordinator.open_record(EVENT)
    coordinator.run("find-in-page")
    QTest.keyClicks(pane.find_bar.field, "certainty")
    assert found(pane) == "Not found on this page"
    coordinator.open_record(ESSAY)
    assert pane.search.count > 0 and "of" in found(pane)


def test_matches_are_counted_as_qt_counts():
    assert matches("a👩b👩b", "b") == [(3, 4), (6, 7)]
    assert matches("ＡＢ ab", "ab") == [(0, 2), (3, 5)]
    assert matches("text", " ") == [] == matches("", "x")
    assert matches("aaaa", "aa") == [(0, 2), (2, 4)]


# ----------------------------------------------------------------------------------------------------------- copying


def test_the_citation_is_copied_and_that_is_told(pane, coordinator):
    told = []
    coordinator.told.connect(lambda text, kind: told.append((text, kind)))
    coordinator.open_record(EVENT)
    coordinator.run("copy-citation")
    assert QGuiApplication.clipboard().text() == cite(bundled_store(), EVENT)
    coordinator.close_record()
    coordinator.select(("yue-xin", "mi-jiuping"))
    coordinator.run("copy-citation")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines == [cite(bundled_store(), record) for record in ("yue-xin", "mi-jiuping")]
    assert told == [("Citation copied", "info"), ("2 citations copied", "info")]


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_text_is_copied_as_plain_text_only(pane, coordinator, language):
    coordinator.run(f"language-{language}")
    coordinator.open_record(EVENT)
    pane.view.setFocus()
    press(pane, Qt.Key.Key_A, CONTROL)
    press(pane, Qt.Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert all(name.startswith("text/plain") for name in data.formats())
    assert ("Hu Kaiqiao" if language == "en" else "胡开巧") in data.text()
    assert not {"\u2060", "\ufffc"} & set(data.text())
    assert ("corroborated" if language == "en" else "多方印证") in data.text()


def test_a_selection_by_keys_begins_at_the_name_that_has_the_focus(pane, coordinator):
    coordinator.open_record(EVENT)
    pane.view.setFocus(Qt.FocusReason.TabFocusReason)
    press(pane, Qt.Key.Key_Tab)
    for _ in range(4):
        press(pane, Qt.Key.Key_Right, SHIFT)
    assert pane.view.selected_text() == pane.view.focused_link.text[:4]
    press(pane, Qt.Key.Key_Escape)
    assert pane.view.selected_text() == ""


def test_the_menu_is_small_and_plain(pane, coordinator):
    coordinator.open_record(EVENT)
    link = link_to(pane, "record:pingshan-district")
    menu = pane.view.context_menu(link)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    mine = ["Highlight words", "Write a note", "Add to collection…"]
    assert list(actions) == ["Copy", "Select all", "Open in a new tab", *mine, "Copy citation", "Cite…"]
    assert not actions["Copy"].isEnabled()
    actions["Select all"].trigger()
    assert pane.view.context_menu(None).actions()[0].isEnabled()
    actions["Open in a new tab"].trigger()
    assert pane.tabs.records == (EVENT, "pingshan-district")
    menu.deleteLater()


# -------------------------------------------------------------------------------------------- how it looks, and faults


def seen(pane):
    """The paragraph at the top of what is seen."""
    return pane.view.place.block


@pytest.mark.parametrize("command", ["text-larger", "theme-dark", "language-zh-Hans"])
def test_the_reading_place_stays_when_all_is_written_anew(pane, coordinator, command):
    coordinator.open_record("mi-jiuping")
    bar = pane.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before, document = seen(pane), pane.view.document()
    coordinator.run(command)
    assert pane.view.document() is not document
    assert before > 5 and abs(seen(pane) - before) <= 1
    assert pane.view.page.language == coordinator.language


def test_a_long_page_is_written_in_turns_and_read_meanwhile(qtbot, pane, coordinator, monkeypatch):
    monkeypatch.setattr(document_view, "FIRST_SLICE", 0.0)
    monkeypatch.setattr(document_view, "SLICE", 0.0)
    coordinator.open_record(EVENT)
    assert not pane.view.is_whole
    qtbot.waitUntil(lambda: pane.view.is_whole)
    coordinator.open_record(ESSAY)
    coordinator.note_scroll(0.25)
    coordinator.open_record(EVENT)  # while the other is written
    coordinator.back()
    qtbot.waitUntil(lambda: pane.view.is_whole)
    assert pane.view.page.id == ESSAY and pane.view.toPlainText().rstrip().endswith(
        pane.view.page.blocks[-1].rows[-1][1][-1].text
    )
    assert pane.view.scroll_share == pytest.approx(0.25, abs=0.01)
    assert len(pane.view.links) == len({link.start for link in pane.view.links})


def test_all_is_said_in_the_language_of_the_window(pane, coordinator):
    coordinator.open_record(EVENT)
    coordinator.run("language-zh-Hans")
    assert pane.tabs.tabText(0) == "7·27大抓捕" == pane.view.accessibleName()
    assert "陈述" in pane.view.toPlainText() and pane.accessibleName() == "阅读"


def test_everything_that_takes_the_keyboard_has_a_name(pane, coordinator):
    coordinator.open_record(EVENT)
    coordinator.run("find-in-page")
    for widget in (pane, *pane.findChildren(QWidget)):
        if widget.isVisibleTo(pane) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            assert widget.accessibleName(), widget


@pytest.mark.parametrize("width", [320, 574, 1400])
@pytest.mark.parametrize("percent", [100, 200])
def test_the_column_fits_and_is_no_wider_than_can_be_read(pane, coordinator, width, percent):
    pane.resize(width, 640)
    coordinator.change("text_size", percent)
    coordinator.open_record(EVENT)
    QApplication.processEvents()
    view = pane.view
    assert view.document().size().width() <= view.viewport().width()
    cursor = QTextCursor(view.document().findBlockByNumber(2))
    line = cursor.block().layout().lineAt(0)
    assert line.textLength() <= 72
    margins = view.viewportMargins()
    assert margins.left() == margins.right()


def test_a_record_that_cannot_be_read_is_a_sentence_and_the_rest_goes_on(pane, coordinator, monkeypatch):
    real = bundled_store()

    def get(record_id):
        if record_id == ESSAY:
            raise sqlite3.DatabaseError("database disk image is malformed")
        return real.get(record_id)

    class Worn:
        """The store, of which one record cannot be read any more."""

        def __getattr__(self, name):
            return get if name == "get" else getattr(real, name)

    coordinator.open(SimpleNamespace(store=Worn(), close=nothing, store_path=None, index_folder=None))
    coordinator.open_record(ESSAY)
    assert pane.first_focus is pane.notice and "cannot be read" in pane.notice.sentence.text()
    buttons(pane.notice)["Copy details"].click()
    assert "malformed" in QGuiApplication.clipboard().text()
    assert not coordinator.can("find-in-page")
    coordinator.open_record(EVENT)
    assert pane.first_focus is pane.view and pane.view.page.id == EVENT


def test_a_store_that_was_damaged_while_it_was_open(pane, coordinator, used_home, tmp_path):
    path = shutil.copy(derived_in(used_home)[0], tmp_path / "store.sqlite")
    with Store.open(path) as store:
        store._database.execute("PRAGMA cache_size=1")  # so small a file would be in memory, whole
        coordinator.open(SimpleNamespace(store=store, close=nothing, store_path=None, index_folder=None))
        coordinator.open_record("yue-xin")
        os.truncate(path, 8192)
        coordinator.open_record("mi-jiuping")
        assert pane.first_focus is pane.notice
        assert list(buttons(pane.notice)) == ["Try again", "Copy details"]
        coordinator.close_record()


def test_the_reader_reads_the_real_archive_in_the_real_window(make_window):
    window = make_window((1024, 768), remembered=None)
    coordinator, pane = window.coordinator, window.panes.reader
    coordinator.open_record(EVENT)
    QApplication.processEvents()
    assert pane.isVisible() and pane.view.viewport().width() > 200
    assert window.actions_table["copy-citation"].isEnabled() and window.actions_table["close-tab"].isEnabled()
    assert window.state.tabs == (EVENT,)
