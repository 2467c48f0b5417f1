"""The archives of the machine in the window: seen, switched, installed after a look at what changes, gone back from."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from jasic_desktop.app import archives
from jasic_desktop.ui.archives_dialog import ArchivesDialog
from jasic_desktop.ui.changes_dialog import ChangesDialog
from tests.helpers.editions import REASON, make_edition, make_second
from tests.ui.conftest import settle, wait_for

LONG = 60


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("a stick, 优盘")
    make_edition(folder, suffix=".jasicpack")
    make_second(folder, ".jasicpack")
    make_edition(folder, archive_id="loom")
    shutil.copy(folder / "mill-1.1.jasicpack", folder / "damaged.jasicpack")
    data = (folder / "damaged.jasicpack").read_bytes()
    (folder / "damaged.jasicpack").write_bytes(data.replace(b"Spinners stood", b"Spinners stand", 1))
    return folder


@pytest.fixture
def opened(make_window, tmp_path):
    """A window with folders of the test's own, and its dialog, ready."""

    def make(**options):
        window = make_window(**options)
        own = window.coordinator.places
        window.coordinator.places = replace(
            own, data=tmp_path / "data", cache=tmp_path / "cache", system=tmp_path / "no"
        )
        window.coordinator.run("archives")
        (dialog,) = window.findChildren(ArchivesDialog)
        assert wait_for(lambda: not dialog.busy, LONG)
        return window, dialog

    return make


def table(dialog):
    shown = dialog.form.table
    rows = range(shown.rowCount())
    return [tuple(shown.item(row, column).text() for column in range(shown.columnCount())) for row in rows]


def mark(dialog, name):
    at = next(at for at, row in enumerate(dialog._rows) if row.entry.name == name)
    dialog.form.table.selectRow(at)


def idle(window, dialog):
    assert wait_for(lambda: not dialog.busy and not window.opener.busy, LONG)
    assert wait_for(lambda: not window.coordinator.is_searching, LONG)


def accept_changes(dialog):
    assert wait_for(lambda: dialog.findChild(ChangesDialog) is not None, LONG)
    asked = dialog.findChild(ChangesDialog)
    told = asked.counts.text(), asked.lines.toPlainText(), asked.warning.isVisibleTo(asked)
    asked.install.click()
    settle()
    return told


def test_what_came_with_the_program_is_in_use_and_stays(opened):
    _, dialog = opened()
    ((_, version, state, whose, in_use),) = table(dialog)
    assert (version, state, whose, in_use) == ("1.0", "Complete, maker unknown", "comes with the program", "in use")
    assert not dialog.form.use.isEnabled() and not dialog.form.remove.isEnabled()
    assert dialog.form.install.isEnabled()
    dialog.reject()


def test_from_the_first_edition_to_the_second_and_back(opened, packs):
    window, dialog = opened()
    coordinator = window.coordinator
    dialog.install_from(packs / "mill-1.0.jasicpack")
    idle(window, dialog)
    assert dialog.form.outcome.kind == "done"
    assert coordinator.store.archive.id == "jasic"  # a new archive is not switched to unasked
    mark(dialog, "mill")
    QTest.mouseClick(dialog.form.use, Qt.MouseButton.LeftButton)
    idle(window, dialog)
    assert (coordinator.store.archive.id, coordinator.store.archive.version) == ("mill", "1.0")
    assert [row[4] for row in table(dialog)] == ["", "in use"]
    dialog.install_from(packs / "mill-1.1.jasicpack")
    counts, lines, warned = accept_changes(dialog)
    assert "1 added, 4 changed, 2 withdrawn" in counts and not warned
    assert REASON in lines and "lin-yue replaces it" in lines
    assert wait_for(lambda: coordinator.store.archive.version == "1.1", LONG)
    idle(window, dialog)
    told = []
    coordinator.told.connect(lambda text, kind: told.append(text))
    coordinator.open_record("mill:person/unnamed-clerk@1.0")
    assert coordinator.moment.record == "lin-yue"
    assert any("replaced" in text for text in told) and any("1.0" in text for text in told)
    coordinator.open_record("mill:document/essay-mill@1.0")
    assert REASON in told[-1]
    mark(dialog, "mill@1.0")
    dialog.use()
    assert wait_for(lambda: coordinator.store.archive.version == "1.0", LONG)
    idle(window, dialog)
    mark(dialog, "mill@1.1")
    dialog.remove()
    assert dialog.form.outcome.kind == "ask"
    dialog.form.outcome.button.click()
    idle(window, dialog)
    assert [row.entry.name for row in dialog._rows] == ["jasic", "mill"]
    dialog.reject()


def test_keeping_what_is_there_installs_nothing(opened, packs):
    window, dialog = opened()
    dialog.install_from(packs / "mill-1.0.jasicpack")
    idle(window, dialog)
    dialog.install_from(packs / "mill-1.1.jasicpack")
    assert wait_for(lambda: dialog.findChild(ChangesDialog) is not None, LONG)
    dialog.findChild(ChangesDialog).reject()
    settle()
    idle(window, dialog)
    assert [row.entry.name for row in dialog._rows] == ["jasic", "mill"]
    dialog.reject()


def test_an_older_edition_is_warned_of(opened, packs):
    window, dialog = opened()
    dialog.install_from(packs / "mill-1.1.jasicpack")
    idle(window, dialog)
    dialog.install_from(packs / "mill-1.0.jasicpack")
    assert wait_for(lambda: dialog.findChild(ChangesDialog) is not None, LONG)
    asked = dialog.findChild(ChangesDialog)
    assert asked.keep.isDefault() and not asked.install.isDefault()
    _, _, warned = accept_changes(dialog)
    assert warned
    idle(window, dialog)
    assert [row.entry.name for row in dialog._rows] == ["jasic", "mill@1.0", "mill@1.1"]
    dialog.reject()


@pytest.mark.parametrize("name", ["damaged.jasicpack", "none.jasicpack"])
def test_a_pack_that_is_no_good_is_one_sentence_and_changes_nothing(opened, packs, name):
    window, dialog = opened()
    dialog.install_from(packs / name)
    idle(window, dialog)
    assert dialog.form.outcome.kind == "error"
    said = dialog.form.outcome.sentence.accessibleName()
    assert name in said and "\n" not in said
    assert [row.entry.name for row in dialog._rows] == ["jasic"]
    dialog.reject()


def test_removing_what_is_shown_shows_what_is_in_use_then(opened, packs):
    window, dialog = opened()
    coordinator = window.coordinator
    for name in ("mill-1.0.jasicpack", "mill-1.1.jasicpack"):
        archives.install(packs / name, coordinator.places)
    dialog.refresh()
    idle(window, dialog)
    mark(dialog, "mill@1.1")
    dialog.use()
    assert wait_for(lambda: coordinator.store.archive.version == "1.1", LONG)
    idle(window, dialog)
    mark(dialog, "mill@1.1")
    dialog.remove()
    dialog.form.outcome.button.click()
    # The edition before is in use again, and shown.
    assert wait_for(lambda: coordinator.store.archive.version == "1.0" and coordinator.store.archive.id == "mill", LONG)
    idle(window, dialog)
    assert [entry.name for entry in archives.archives(coordinator.places) if entry.in_use] == ["mill"]
    dialog.reject()


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_every_button_has_its_words_and_the_keys_reach_them(opened, language):
    _, dialog = opened(language=language, size=(1024, 768))
    form = dialog.form
    for button in (form.use, form.install, form.remove, form.close_button):
        assert button.text()
        assert button.sizeHint().width() <= button.width() or not button.isVisible()
    reached = set()
    form.table.setFocus()
    for _ in range(30):
        QTest.keyClick(QApplication.focusWidget() or dialog, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert {form.table, form.install, form.close_button} <= reached
    dialog.reject()
