"""The frame around the panes: what each page shows, keys and menus, language, theme, size, opening and failing."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton

from jasic_desktop.app.commands import COMMANDS
from jasic_desktop.app.keymap import Keymap
from jasic_desktop.core.errors import Cancelled
from jasic_desktop.core.remembered import Remembered
from jasic_desktop.core.settings import Settings
from jasic_desktop.ui import tasks
from jasic_desktop.ui.icons import icon
from jasic_desktop.ui.plain import plain_tooltip
from jasic_desktop.ui.reader import ReaderPane
from jasic_desktop.ui.start_tiles import EntryRow, SamplePill, Tile
from jasic_desktop.ui.theme import Theme
from jasic_desktop.ui.verify_dialog import VerifyDialog
from tests.ui.conftest import settle, wait_for

KEYS = Qt.KeyboardModifier


def answered(coordinator):
    assert wait_for(lambda: not coordinator.is_searching)
    return coordinator.answer


def test_the_start_page_shows_true_counts_and_leads_to_them(make_window):
    window = make_window()
    coordinator, page = window.coordinator, window.start_page
    assert page.isVisible() and QApplication.focusWidget() is page.search
    tiles = {tile.record_type: tile for tile in page.findChildren(Tile)}
    assert len(tiles) == 6
    people = sum(coordinator.store.type(record_id) == "person" for record_id in coordinator.store.ids)
    assert str(people) in tiles["person"].accessibleName()
    tiles["person"].click()
    assert coordinator.moment.view == "browse" and coordinator.moment.filters.types == ("person",)
    assert answered(coordinator).total == people
    assert not page.isVisible()


def test_what_is_typed_on_the_start_page_goes_on_in_the_field_above(make_window):
    window = make_window()
    QTest.keyClicks(window.start_page.search, "y")
    assert window.coordinator.moment.view == "browse"
    field = window.top_bar.search
    assert QApplication.focusWidget() is field and field.text() == "y"
    QTest.keyClicks(field, "uexin")
    assert answered(window.coordinator).hits[0].id == "yue-xin"
    assert "yuexin" in window.coordinator.moment.text


def test_enter_opens_the_first_result_and_back_restores_each_moment(make_window):
    window = make_window()
    coordinator = window.coordinator
    coordinator.ask("yuexin")
    QTest.keyClick(window.top_bar.search, Qt.Key.Key_Return)
    assert wait_for(lambda: coordinator.moment.record == "yue-xin")
    QTest.keyClick(window, Qt.Key.Key_Left, KEYS.AltModifier)
    assert coordinator.moment.record is None and coordinator.moment.text == "yuexin"
    QTest.keyClick(window, Qt.Key.Key_Left, KEYS.AltModifier)
    assert coordinator.moment.view == "start" and window.start_page.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Right, KEYS.AltModifier)
    assert window.top_bar.search.text() == "yuexin"


def test_the_buttons_at_the_side_of_a_mouse_go_back_and_forward_wherever_it_is(make_window):
    window = make_window()
    coordinator = window.coordinator
    coordinator.ask("yuexin")
    answered(coordinator)
    coordinator.open_record("yue-xin")
    asked = coordinator.moment
    spots = [window.panes.reader, window.panes.results, window.panes.timeline, window.top_bar.search]
    assert wait_for(lambda: all(spot.isVisible() for spot in spots))
    for spot in spots:
        at = spot.mapTo(window, spot.rect().center())
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.BackButton, pos=at)
        assert coordinator.moment != asked
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.ForwardButton, pos=at)
        assert coordinator.moment == asked


def test_escape_clears_the_field(make_window):
    window = make_window()
    window.coordinator.ask("yuexin")
    QTest.keyClick(window.top_bar.search, Qt.Key.Key_Escape)
    assert window.top_bar.search.text() == "" == window.coordinator.moment.text


@pytest.mark.parametrize("key", [Qt.Key.Key_K, Qt.Key.Key_L])
def test_the_search_field_takes_the_focus_by_key_even_from_a_text_field(make_window, key):
    window = make_window()
    window.coordinator.ask("yuexin", False)
    QTest.keyClick(window.top_bar.search, key, KEYS.ControlModifier)
    assert QApplication.focusWidget() is window.top_bar.search
    assert window.top_bar.search.text() == "yuexin"  # the key did not edit


def test_a_key_of_a_command_is_the_command_s_even_where_a_field_has_a_use_for_it(make_window):
    window = make_window()
    coordinator = window.coordinator
    coordinator.ask("yuexin", False)
    coordinator.set_keys(Keymap().given("sidebar", ("Ctrl+Shift+Z",)))  # to a field it means: do again
    field, on = window.top_bar.search, window.panes.is_on("sidebar")
    field.setFocus()
    field.insert("s")
    field.undo()
    assert field.isRedoAvailable()
    before = field.text()
    QTest.keyClick(field, Qt.Key.Key_Z, KEYS.ControlModifier | KEYS.ShiftModifier)
    assert (window.panes.is_on("sidebar"), field.text()) == (not on, before)


def test_samples_and_entries_lead_somewhere(make_window):
    window = make_window()
    coordinator = window.coordinator
    for at in range(3):
        coordinator.show_view("start")
        window.start_page.findChildren(SamplePill)[at].click()
        assert answered(coordinator).total > 0
    coordinator.show_view("start")
    row = window.start_page.findChildren(EntryRow)[0]
    row.click()
    assert coordinator.moment.record == row.entry.id


def test_every_command_of_a_menu_has_an_action_with_its_words_and_keys(make_window):
    window = make_window()
    menu = window.actions_table.menu(window)
    shown = {action.objectName() for part in menu.actions() for action in part.menu().actions()} - {""}
    assert shown == {entry.id for entry in COMMANDS if entry.menu}
    for entry in (entry for entry in COMMANDS if entry.menu):
        action = window.actions_table[entry.id]
        assert action.text() and len(action.shortcuts()) == len(entry.keys)
        assert window.actions_table.hint(entry.id)
    menu.deleteLater()


def test_a_command_that_is_not_possible_is_disabled_and_does_nothing(make_window):
    window = make_window()
    coordinator = window.coordinator
    assert not window.actions_table["back"].isEnabled()
    coordinator.run("back")
    with pytest.raises(KeyError):
        coordinator.run("nothing")
    coordinator.open_record("yue-xin")
    assert window.actions_table["back"].isEnabled()
    coordinator.run("select")
    assert coordinator.selection.ids == ("yue-xin",)
    assert window.actions_table["clear-selection"].isEnabled()


def test_an_unknown_record_is_told_and_the_window_stays(make_window):
    window = make_window()
    window.coordinator.open_record("no-such-record")
    assert window.coordinator.moment.record is None
    shown = [label.text() for label in window.status_bar.findChildren(QLabel) if label.isVisible()]
    assert any("no-such-record" in text for text in shown)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_the_language_changes_at_once_and_is_kept(make_window, language):
    window = make_window()
    coordinator = window.coordinator
    coordinator.run(f"language-{language}")
    answered(coordinator)
    assert coordinator.words("window.command.export") in [
        button.text() for button in window.top_bar.findChildren(QPushButton)
    ]
    assert coordinator.store.archive.title.show(language) in window.windowTitle()
    assert Settings.load(coordinator.places.config).text("language") == language


def test_theme_and_text_size_change_at_once_and_are_kept(make_window):
    window = make_window()
    coordinator = window.coordinator
    coordinator.run("theme-dark")
    assert QApplication.palette().window().color() == Theme("dark").color("paper")
    assert window.actions_table["theme-dark"].isChecked()
    size = QApplication.font().pixelSize()
    coordinator.run("text-larger")
    assert QApplication.font().pixelSize() > size
    kept = Settings.load(coordinator.places.config)
    assert (kept.text("theme"), kept.number("text_size")) == ("dark", 110)
    coordinator.run("text-normal")
    assert QApplication.font().pixelSize() == size
    # A new style sheet takes the fonts away that the parts of the window gave themselves before it.
    assert window.start_page._about.fontInfo().pixelSize() == Theme().font("reading").pixelSize()


@pytest.mark.parametrize("size", [(1024, 768), (1440, 900), (800, 560)])
@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_of_the_bars_is_outside_the_window(make_window, size, percent):
    window = make_window(size)
    coordinator = window.coordinator
    coordinator.change("text_size", percent)
    assert coordinator.settings.number("text_size") == percent
    coordinator.ask("yuexin", False)
    answered(coordinator)
    if percent == 100:
        assert (window.width(), window.height()) == size
    for bar in (window.top_bar, window.status_bar):
        for child in bar.findChildren(QPushButton):
            if child.isVisible():
                corner = child.mapTo(bar, child.rect().bottomRight())
                assert bar.rect().contains(corner) and bar.rect().contains(child.mapTo(bar, child.rect().topLeft()))


def test_open_tabs_are_remembered_only_as_long_as_the_reader_agrees(make_window):
    window = make_window()
    window.coordinator.tabs = ("mi-jiuping", "yue-xin")
    action = window.actions_table["keep-tabs"]
    assert action.isChecked()
    assert window.state.tabs == ("mi-jiuping", "yue-xin")
    action.trigger()
    assert not action.isChecked()
    assert window.state.tabs == ()
    assert Settings.load(window.coordinator.places.config).text("tabs") == "forget"


def test_tabs_of_last_time_come_back_whenever_the_reader_is_made(make_window):
    window = make_window()
    coordinator = window.coordinator
    coordinator.restore_tabs(("mi-jiuping", "yue-xin"))
    assert window.state.tabs == ("mi-jiuping", "yue-xin") == window.panes.reader.tabs.records
    later = ReaderPane(coordinator, window)  # as one that is made after the archive was opened
    assert later.tabs.records == ("mi-jiuping", "yue-xin")
    coordinator.open(coordinator.archive)
    assert coordinator.tabs == later.tabs.records == ()


def test_the_window_remembers_how_it_was_left(make_window):
    window = make_window(remembered=Remembered(1100, 700, hidden=("profile",)), size=(1100, 700))
    assert (window.width(), window.height()) == (1100, 700)
    assert not window.panes.is_on("profile") and not window.actions_table["profile"].isChecked()
    window.coordinator.run("profile")
    assert window.panes.is_on("profile")
    left = window.state
    assert (left.width, left.height, left.hidden) == (1100, 700, ())
    assert left.fingerprint == window.coordinator.store.fingerprint


def test_an_archive_that_cannot_be_opened_is_told_with_what_to_do(make_window, tmp_path):
    window = make_window(selector=str(tmp_path / "nothing" / "there"), ready=False)
    assert wait_for(window.progress_page.isVisible)
    assert wait_for(lambda: not window.opener.busy)
    visible = [button.text() for button in window.progress_page.findChildren(QPushButton) if button.isVisible()]
    assert window.coordinator.words("window.progress.again") in visible
    assert window.coordinator.words("window.progress.cancel") not in visible


def test_a_message_leaves_the_height_of_the_status_line_and_its_button_whole(make_window):
    window = make_window()
    bar = window.status_bar
    high = bar.height()
    window.coordinator.told.emit("One sentence.", "info")
    settle()
    close = next(button for button in bar.findChildren(QToolButton) if button.isVisible())
    assert bar.height() == high
    assert bar.rect().contains(close.geometry())
    bar.clear()


def test_verifying_says_that_the_copy_is_complete(make_window):
    window = make_window()
    told = []
    window.coordinator.told.connect(lambda text, kind: told.append(kind))
    window.coordinator.run("verify")
    assert wait_for(lambda: told == ["info"])
    window.findChild(VerifyDialog).reject()


def test_a_task_tells_its_outcome_in_the_thread_of_the_window(qapp):
    seen = []
    for work in (lambda progress: "done", lambda progress: 1 / 0):
        task = tasks.start(work)
        task.finished.connect(partial(seen.append))
        task.failed.connect(lambda error: seen.append(type(error)))
        assert wait_for(lambda task=task: not task.running)
    assert seen == ["done", ZeroDivisionError]


def test_a_task_ends_at_its_next_step_when_it_is_cancelled(qapp):
    def work(progress):
        while True:
            progress.step("derive.step")

    ended = []
    task = tasks.start(work)
    task.failed.connect(ended.append)
    task.cancel()
    assert wait_for(lambda: bool(ended))
    assert isinstance(ended[0], Cancelled) and tasks.was_cancelled(ended[0])


def test_a_tooltip_is_never_markup(qapp):
    assert "&lt;img" in plain_tooltip("<img src='file:///etc/passwd'>")
    assert plain_tooltip("") == ""
    assert len(plain_tooltip("x" * 100_000)) < 3000


def test_icons_take_the_colour_they_are_given(qapp):
    color = Theme("light").color("accent")
    image = icon("sign-single-source", color, 14).pixmap(14, 14).toImage()
    inked = [image.pixelColor(x, y) for x in range(14) for y in range(14) if image.pixelColor(x, y).alpha() == 255]
    assert inked and all(pixel == color for pixel in inked)
    with pytest.raises(FileNotFoundError):
        icon("no-such-drawing", color)


def test_what_labels_gave_themselves_outlives_a_change_of_language(make_window):
    """A new style sheet takes colours and fonts from labels: they are to be given theirs after it."""
    window = make_window((1024, 768))
    coordinator = window.coordinator
    coordinator.select(["yue-xin"])
    coordinator.set_theme("dark")
    coordinator.set_language("zh-Hant")
    window.grab()
    word = window.top_bar._selection._word
    assert word.palette().windowText().color() == coordinator.theme.color("ink")
    assert word.font().families() == coordinator.font("ui").families()


def test_what_is_done_with_the_text_brings_it_into_sight_and_find_keeps_its_place(make_window):
    window = make_window((1024, 768))
    coordinator, reader = window.coordinator, window.panes.reader
    coordinator.open_record("2018-07-27-mass-arrest")
    assert wait_for(lambda: reader.view.is_whole)
    for command, hide in (
        ("record-notes", lambda: coordinator.show_profile("mi-jiuping")),
        ("both-languages", lambda: coordinator.show_view("timeline")),
        ("find-in-page", lambda: coordinator.show_profile("yue-xin")),
    ):
        hide()
        assert not reader.isVisible()
        coordinator.run(command)
        assert reader.isVisible() and wait_for(lambda: reader.view.is_whole)
    QTest.keyClicks(reader.find_bar.field, "police")
    reader.find_bar.go(1)
    assert (reader.search.number, reader.search.count > 2) == (2, True)
    coordinator.show_profile("mi-jiuping")
    reader.search.step(-1)
    coordinator.run("find-previous")  # the last one stands far below, where the page has its width only now
    reader.find_bar.go(1)
    place = reader.view.document().toPlainText().lower().index("police")
    assert reader.search.number == 1 and reader.view.first_seen <= place <= reader.view.last_seen
    reader.find_bar.go(1)
    coordinator.set_theme("dark")  # the page is written anew
    assert wait_for(lambda: reader.view.is_whole) and reader.search.number == 2
    coordinator.open_record("yue-xin")
    assert wait_for(lambda: reader.view.is_whole) and reader.search.number == 0
