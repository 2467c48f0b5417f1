"""The palette and the sheet of keys, over the real window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from jasic_desktop.app.commands import COMMANDS
from jasic_desktop.core.settings import Settings
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.key_sheet import KeySheet, key_groups
from jasic_desktop.ui.palette import Palette
from tests.helpers.derived import places_of


@pytest.fixture
def window(qtbot, used_home, tmp_path):
    """A window with nothing in it, and the commands that need no pane."""
    places = replace(places_of(used_home), config=tmp_path / "config")
    made = QMainWindow()
    qtbot.addWidget(made)
    made.coordinator = Coordinator(places, Settings.load(places.config), "en", "light")
    made.coordinator.handle("palette", lambda: Palette(made.coordinator, made).open())
    made.coordinator.handle("keys", lambda: KeySheet(made.coordinator, made).open())
    made.resize(1024, 768)
    made.show()
    return made


def opened(window, command_id):
    """The dialog that a command opens; the test may close it, or leave it to the end."""
    window.coordinator.run(command_id)
    QApplication.processEvents()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    return dialog


@pytest.fixture
def palette(window):
    made = opened(window, "palette")
    assert isinstance(made, Palette)
    yield made
    close(made)


def close(dialog):
    if QApplication.activeModalWidget() is dialog:
        dialog.reject()
    QApplication.processEvents()


def ids(palette):
    return [found.command.id for found in palette.found]


def test_it_lists_every_command_of_the_menus_those_possible_first(palette, window):
    assert set(ids(palette)) == {entry.id for entry in COMMANDS if entry.menu is not None} - {"palette"}
    states = [found.possible for found in palette.found]
    assert states == sorted(states, reverse=True) and not all(states)
    assert states == [window.coordinator.can(command_id) for command_id in ids(palette)]
    assert palette.field.hasFocus() and palette.current is palette.found[0]


def test_typing_narrows_and_enter_does_the_command_marked(palette, window):
    QTest.keyClicks(palette.field, "dark")
    assert ids(palette)[0] == "theme-dark"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert QApplication.activeModalWidget() is None
    assert window.coordinator.theme_choice == "dark"


def test_arrows_move_the_mark_while_the_cursor_stays_in_the_field(palette):
    for key, row in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 2), (Qt.Key.Key_Up, 1), (Qt.Key.Key_PageDown, 9)):
        QTest.keyClick(palette.field, key)
        assert palette.list.currentIndex().row() == row
        assert palette.field.hasFocus()
    shown = palette.list.currentIndex().data()
    assert palette.field.accessibleDescription().startswith(f"{shown}, ")


def test_words_of_another_language_and_keys_find_too(palette):
    for question, expected in (("引文", "copy-citation"), ("ctrl+b", "sidebar"), ("側欄", "sidebar")):
        palette.field.setText(question)
        assert ids(palette)[0] == expected, question


def test_a_command_that_is_not_possible_says_why_and_does_nothing(palette, window):
    palette.field.setText("find in page")
    assert palette.current.command.id == "find-in-page" and not palette.current.possible
    spoken = palette.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert "not now, because no record is open" in spoken and "Ctrl+F" in spoken
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert QApplication.activeModalWidget() is palette
    assert not palette.grab().isNull()


def test_where_nothing_is_found_a_sentence_says_what_to_do(palette):
    palette.field.setText("zzzz")
    assert palette.nothing.isVisible() and not palette.list.isVisible()
    assert "Try one word" in palette.nothing.text()
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    palette.field.clear()
    assert palette.list.isVisible() and palette.current is not None


def test_a_click_does_a_command(palette, window):
    palette.field.setText("dark")
    QTest.mouseClick(
        palette.list.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        palette.list.visualRect(palette.list.currentIndex()).center(),
    )
    QApplication.processEvents()
    assert window.coordinator.theme_choice == "dark"


def test_in_the_whole_window_it_is_a_key_away_and_the_focus_comes_back(make_window):
    window = make_window((1024, 768))
    window.coordinator.show_view("browse")
    window.top_bar.search.setFocus()
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    close(QApplication.activeModalWidget())
    for way in (lambda made: QTest.keyClick(made.field, Qt.Key.Key_Escape), lambda made: made._close.click()):
        made = opened(window, "palette")
        way(made)
        QApplication.processEvents()
        assert QApplication.activeModalWidget() is None
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        assert QApplication.focusWidget() is window.top_bar.search


def test_it_stands_inside_the_window_at_any_text_size(window):
    for size in (100, 200):
        window.coordinator.settings = window.coordinator.settings.changed("text_size", size)
        window.coordinator.text_size_changed.emit()
        made = opened(window, "palette")
        assert window.frameGeometry().contains(made.geometry()), size
        close(made)


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_sheet_has_every_key_of_every_command_and_nothing_is_cut(language, window):
    window.coordinator.set_language(language)
    sheet = opened(window, "keys")
    assert isinstance(sheet, KeySheet)
    shown = {key for group in key_groups(window.coordinator) for _, keys in group.rows for key in keys}
    native = {
        QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for entry in COMMANDS for key in entry.keys
    }
    assert native <= shown and {"J", "K", "←", "[", "T"} <= shown
    assert window.frameGeometry().contains(sheet.frameGeometry())
    metrics, small = sheet.sheet.fontMetrics(), 12
    for group in sheet.sheet.groups:
        for what, keys in group.rows:
            room = sheet.sheet._column - sum(metrics.horizontalAdvance(key) + small + 4 for key in keys)
            assert metrics.horizontalAdvance(what) < room, what
    lowest = max(place.y() for place in sheet.sheet._places)
    assert sheet.sheet.minimumHeight() > lowest
    assert not sheet.grab().isNull()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert QApplication.activeModalWidget() is None


def test_the_sheet_in_a_narrow_window_has_fewer_columns_and_scrolls(window):
    sheet = opened(window, "keys")
    columns = len({place.x() for place in sheet.sheet._places})
    sheet.resize(420, 400)
    QApplication.processEvents()
    assert len({place.x() for place in sheet.sheet._places}) == 1 < columns
    assert sheet.sheet.height() > 400
    close(sheet)


def test_about_and_keys_open_over_the_whole_window_and_close(make_window):
    window = make_window((1024, 768))
    close(opened(window, "keys"))
    about = opened(window, "about")
    assert not about.grab().isNull()
    QTest.keyClick(about, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert QApplication.activeModalWidget() is None
