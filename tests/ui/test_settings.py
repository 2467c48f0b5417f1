"""The settings: every one changed in the dialog, by keys alone, and the window follows at once."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QSpinBox

from jasic_desktop.app.keymap import Keymap
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.settings import KEYS, SETTINGS, Settings
from jasic_desktop.ui.actions import Actions
from jasic_desktop.ui.choice_box import ChoiceBox
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.key_sheet import key_groups
from jasic_desktop.ui.palette import Palette
from jasic_desktop.ui.settings_dialog import SettingsDialog
from jasic_desktop.ui.tick_box import TickBox
from tests.helpers.derived import places_of

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def make_frame(qtbot, used_home, tmp_path):
    """A window with the commands and nothing in it."""

    def make(locked=None):
        config = tmp_path / "config"
        places = replace(places_of(used_home), config=config)
        window = QMainWindow()
        qtbot.addWidget(window)
        settings = replace(Settings.load(config), locked=locked or {})
        window.coordinator = Coordinator(places, settings, "en", "light")
        window.actions_table = Actions(window.coordinator, window)
        window.resize(1024, 768)
        window.show()
        return window

    return make


@pytest.fixture
def make_dialog(make_frame, qtbot):
    def make(page="", **options):
        window = make_frame(**options)
        dialog = SettingsDialog(window.coordinator, window, page)
        qtbot.addWidget(dialog)
        dialog.open()
        QApplication.processEvents()
        return dialog

    yield make
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        dialog.reject()


def coordinator_of(dialog):
    return dialog.parent().coordinator


def kept(dialog):
    path = coordinator_of(dialog).places.config / "settings.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def other(setting):
    """A value that is not the default, as the file holds it."""
    if setting.choices:
        return next(choice for choice in reversed(setting.choices) if choice != setting.default)
    return setting.steps[-1] if setting.steps else setting.most


def change_by_keys(control, setting, value):
    """Give a control another value as a person without a mouse does."""
    control.setFocus()
    if isinstance(control, TickBox):
        QTest.keyClick(control, Qt.Key.Key_Space)
    elif isinstance(control, ChoiceBox):
        values = [control.itemData(at) for at in range(control.count())]
        steps = values.index(value) - control.currentIndex()
        for _ in range(abs(steps)):
            QTest.keyClick(control, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    else:
        assert isinstance(control, QSpinBox)
        control.selectAll()
        QTest.keyClicks(control, str(value))
        QTest.keyClick(control, Qt.Key.Key_Tab)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_is_changed_by_keys_at_once_kept_and_put_back(setting, make_dialog):
    dialog = make_dialog(setting.group)
    coordinator, row = coordinator_of(dialog), dialog.rows[setting.key]
    assert row.isVisible() and not row.reset.isVisible()
    heard = []
    coordinator.setting_changed.connect(heard.append)
    value = other(setting)
    change_by_keys(row.control, setting, value)
    assert coordinator.settings.values[setting.key] == value and setting.key in heard
    assert kept(dialog) == {setting.key: value}
    assert row.reset.isVisible() and row.reset.accessibleName()
    row.reset.setFocus()
    QTest.keyClick(row.reset, Qt.Key.Key_Space)
    assert kept(dialog) == {} and coordinator.settings.is_default(setting.key)
    assert not row.reset.isVisible() and row.control.hasFocus()


def test_what_changes_elsewhere_is_shown_here(make_dialog):
    dialog = make_dialog()
    coordinator_of(dialog).run("theme-dark")
    assert dialog.rows["theme"].control.currentData() == "dark"
    coordinator_of(dialog).run("text-larger")
    assert dialog.rows["text_size"].control.currentData() == 110
    coordinator_of(dialog).change("text_size", 133)
    assert dialog.rows["text_size"].control.currentText() == "133 %"


def test_theme_language_and_size_hold_behind_the_dialog_at_once(make_dialog):
    dialog = make_dialog()
    coordinator = coordinator_of(dialog)
    change_by_keys(dialog.rows["theme"].control, None, "dark")
    assert coordinator.theme.mode == "dark"
    change_by_keys(dialog.rows["language"].control, None, "zh-Hant")
    assert coordinator.language == "zh-Hant" and dialog.windowTitle() == "設定"
    change_by_keys(dialog.rows["text_size"].control, None, 150)
    assert coordinator.text_scale == 1.5


def test_the_language_can_be_that_of_the_machine(make_dialog, monkeypatch):
    dialog = make_dialog()
    coordinator = coordinator_of(dialog)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    coordinator.change("language", "en")
    coordinator.change("language", "system")
    assert coordinator.language == "zh-Hans" and kept(dialog) == {}
    assert dialog.rows["language"].control.currentData() == "system"


def test_settings_are_found_by_words_and_keys_are_a_step_away(make_dialog):
    dialog = make_dialog()
    dialog.field.setFocus()
    QTest.keyClicks(dialog.field, "citation")
    assert [key for key, row in dialog.rows.items() if row.isVisible()] == ["citation_style"]
    assert dialog._headings["citing"].isVisible() and dialog.among_keys.isVisible()
    dialog.among_keys.click()
    assert dialog.page == KEYS and dialog.keys.current.id == "copy-citation"
    dialog.show_page("look")
    assert dialog.field.text() == ""
    QTest.keyClicks(dialog.field, "zzzz")
    assert dialog._nothing.isVisible() and not any(row.isVisible() for row in dialog.rows.values())
    dialog.field.clear()
    assert dialog.page == "look" and dialog.rows["language"].isVisible()


def test_all_is_reset_and_that_can_be_undone(make_dialog):
    dialog = make_dialog()
    coordinator = coordinator_of(dialog)
    assert not dialog.reset.isEnabled()
    coordinator.change("theme", "dark")
    coordinator.change("results", 7)
    coordinator.set_keys(Keymap().given("profile", ("F7",)))
    before = kept(dialog)
    dialog.reset.click()
    assert kept(dialog) == {} and coordinator.theme.mode != "dark"
    dialog.reset.click()
    assert kept(dialog) == before == {"theme": "dark", "results": 7, "keys": {"profile": ["F7"]}}
    assert coordinator.key("profile") == "F7"


def test_what_is_locked_says_by_whom_and_cannot_be_changed_by_any_way(make_dialog):
    origin = "/etc/jasic-desktop/policies.json"
    dialog = make_dialog(locked=dict.fromkeys(("theme", "history", "text_size", "language", KEYS), origin))
    coordinator, before = coordinator_of(dialog), coordinator_of(dialog).settings.values
    row = dialog.rows["theme"]
    assert not row.control.isEnabled() and origin in row.control.accessibleDescription() and row._lock.isVisible()
    for command_id in ("theme-dark", "text-larger", "language-zh-Hans"):
        assert not coordinator.can(command_id)
        coordinator.run(command_id)
    coordinator.change("history", "on")
    coordinator.set_keys(Keymap().given("profile", ("F7",)))
    assert coordinator.settings.values == before and coordinator.key("profile") == "Ctrl+I"
    dialog.show_page(KEYS)
    assert not dialog.keys.catcher.isEnabled() and origin in dialog.keys.said.text()
    palette = Palette(coordinator, dialog.parent())
    palette.field.setText("dark")
    assert "set for this machine" in palette.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    palette.deleteLater()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dialog_stands_inside_the_window_with_no_text_cut(language, make_dialog):
    dialog = make_dialog()
    coordinator_of(dialog).set_language(language)
    for size in (100, 200):
        coordinator_of(dialog).change("text_size", size)
        QApplication.processEvents()
        assert dialog.width() <= 1024 and dialog.height() <= 768
        for page in ("look", "reading", "results", "citing", "keeping"):
            dialog.show_page(page)
            for _ in range(3):  # Qt lays out what was hidden step by step
                QApplication.processEvents()
            for row in dialog.rows.values():
                if row.isVisible():
                    assert row.width() >= row.minimumSizeHint().width()
                    assert row.height() >= row.heightForWidth(row.width())


# --------------------------------------------------------------------------------------------------------------- keys


@pytest.fixture
def keys(make_dialog):
    dialog = make_dialog(KEYS)
    page = dialog.keys
    page.dialog = dialog
    page.coordinator = coordinator_of(dialog)
    return page


def mark(page, command_id):
    page.ask("")
    page.list.setCurrentIndex(page.model.index([found.command.id for found in page.model.found].index(command_id)))
    assert page.current.id == command_id


def test_new_keys_are_pressed_and_menus_palette_and_sheet_follow(keys):
    coordinator, window = keys.coordinator, keys.dialog.parent()
    mark(keys, "profile")
    QTest.keyClick(keys.list, Qt.Key.Key_Return)
    QTest.keyClick(keys.catcher, Qt.Key.Key_Y, CTRL | ALT)
    assert coordinator.keymap.keys("profile") == ("Ctrl+Alt+Y",)
    assert kept(keys.dialog) == {"keys": {"profile": ["Ctrl+Alt+Y"]}}
    assert [key.toString() for key in window.actions_table["profile"].shortcuts()] == ["Ctrl+Alt+Y"]
    assert "Ctrl+Alt+Y" in window.actions_table.hint("profile")
    assert "Ctrl+Alt+Y" in {key for group in key_groups(coordinator) for _, held in group.rows for key in held}
    assert "Ctrl+Alt+Y" in keys.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    keys.dialog.field.setText("ctrl+alt+y")
    assert keys.current.id == "profile"
    palette = Palette(coordinator, window)
    palette.field.setText("ctrl+alt+y")
    assert palette.current.command.id == "profile"
    palette.deleteLater()
    again = Settings.load(coordinator.places.config)
    assert Keymap(again.keys).keys("profile") == ("Ctrl+Alt+Y",)


def test_keys_of_another_command_are_told_and_given_by_enter_only(keys):
    coordinator = keys.coordinator
    mark(keys, "profile")
    keys.catcher.setFocus()
    QTest.keyClick(keys.catcher, Qt.Key.Key_J, CTRL)
    assert coordinator.keymap.keys("profile") == ("Ctrl+I",)
    assert "Timeline below" in keys.said.text() and keys.take.isVisible()
    assert keys.catcher.accessibleDescription() == keys.said.text()
    QTest.keyClick(keys.catcher, Qt.Key.Key_Return)
    assert coordinator.keymap.keys("profile") == ("Ctrl+J",) and coordinator.keymap.keys("timeline-pane") == ()
    mark(keys, "timeline-pane")
    keys.reset_one.click()
    assert coordinator.keymap.keys("timeline-pane") == ("Ctrl+J",) and coordinator.keymap.keys("profile") == ()
    keys.reset_all.click()
    assert coordinator.keymap.chosen == {} and kept(keys.dialog) == {}


@pytest.mark.parametrize(
    ("key", "held", "said"),
    [
        (Qt.Key.Key_C, CTRL, "needed for writing"),
        (Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "typed into fields"),
        (Qt.Key.Key_Left, CTRL | SHIFT, "needed for writing"),
        (Qt.Key.Key_I, CTRL, "has Ctrl+I already"),
        (Qt.Key.Key_Control, CTRL, ""),
    ],
)
def test_keys_that_cannot_be_say_why(key, held, said, keys):
    mark(keys, "profile")
    keys.catcher.setFocus()
    QTest.keyClick(keys.catcher, key, held)
    assert said in keys.said.text() and bool(said) == bool(keys.said.text())
    assert keys.coordinator.keymap.chosen == {}


def test_keys_can_be_kept_beside_one_another_and_taken_away_one_by_one(keys):
    coordinator = keys.coordinator
    mark(keys, "profile")
    keys.also.setChecked(True)
    keys.catcher.setFocus()
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_F12):
        QTest.keyClick(keys.catcher, key)
    assert coordinator.keymap.keys("profile") == ("F9", "F8", "F7", "Ctrl+I")
    assert "at most" in keys.said.text()
    keys._flow.itemAt(1).widget().click()
    assert coordinator.keymap.keys("profile") == ("F9", "F7", "Ctrl+I")


def test_tab_leaves_the_field_and_esc_the_dialog(keys):
    keys.catcher.setFocus()
    QTest.keyClick(keys.catcher, Qt.Key.Key_Tab)
    assert not keys.catcher.hasFocus()
    keys.catcher.setFocus()
    QTest.keyClick(keys.catcher, Qt.Key.Key_Escape)
    assert not keys.dialog.isVisible()


def test_a_changed_key_does_its_command_in_the_window(make_window):
    window = make_window((1024, 768))
    coordinator = window.coordinator
    coordinator.show_view("browse")
    coordinator.set_keys(coordinator.keymap.given("go-timeline", ("Ctrl+Alt+Y",)).given("go-search", ()))
    QTest.keyClick(window, Qt.Key.Key_Y, CTRL | ALT)
    assert coordinator.moment.view == "timeline"
    QTest.keyClick(window, Qt.Key.Key_2, ALT)
    window.grab()
    QTest.keyClick(window, Qt.Key.Key_Comma, CTRL)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    dialog.reject()


def test_the_column_of_the_reader_is_as_wide_as_is_wanted(make_window):
    window = make_window()
    coordinator, view = window.coordinator, window.panes.reader.view
    coordinator.open_record("yue-xin")
    coordinator.run("profile")
    widths = []
    for choice in ("narrow", "medium", "wide", "full"):
        coordinator.change("line_width", choice)
        QApplication.processEvents()
        widths.append(view.viewport().width())
    assert widths[0] < widths[1] < widths[2] <= widths[3]


def test_what_the_machine_gives_is_what_a_reset_brings_back(make_dialog):
    dialog = make_dialog()
    coordinator = coordinator_of(dialog)
    coordinator.settings = coordinator.settings.laid_down({}, {}, {"results": 25, "line_width": "wide"})
    coordinator.change("results", 7)
    coordinator.change("line_width", "full")
    assert "25" in dialog.rows["results"].reset.accessibleName()
    dialog.rows["results"].reset.click()
    assert coordinator.settings.number("results") == 25
    dialog.reset.click()
    assert coordinator.settings.text("line_width") == "wide"
