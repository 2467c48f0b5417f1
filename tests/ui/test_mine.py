"""What the person makes, in the window: collections, notes and highlights, saved searches, history, log, backups."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.ui import document_view
from jasic_desktop.ui.backups_dialog import BackupsDialog
from jasic_desktop.ui.collect_dialog import CollectDialog, NameDialog
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.sidebar_model import Node
from jasic_desktop.ui.window import MainWindow
from jasic_desktop.workspace.anchors import anchor_for
from jasic_desktop.workspace.backups import make_backup
from jasic_desktop.workspace.files import workspace_file
from jasic_desktop.workspace.opening import open_workspace
from tests.ui.conftest import wait_for

ARREST, YUE = "2018-07-27-mass-arrest", "yue-xin"

Make = Callable[..., MainWindow]


@pytest.fixture
def window(make_window: Make) -> MainWindow:
    """A window with a record read; what is made is in memory."""
    window = make_window()
    coordinator_of(window).open_record(ARREST)
    assert wait_for(lambda: window.panes.reader.view.is_whole and coordinator_of(window).mine.is_open)
    return window


def coordinator_of(window: MainWindow) -> Coordinator:
    return window.coordinator  # type: ignore[attr-defined]


def select(window: MainWindow, field: str, begin: int, end: int) -> str:
    """Select characters of a passage that is shown, as somebody who drags over them does."""
    view = window.panes.reader.view
    run = next(run for run in view.marks.runs if run.field == field)
    cursor = view.textCursor()
    cursor.setPosition(run.start + begin)
    cursor.setPosition(run.start + end, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    return view.selected_text()


def dialog(kind: type[QDialog]) -> QDialog:
    assert wait_for(lambda: any(isinstance(one, kind) and one.isVisible() for one in QApplication.topLevelWidgets()))
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def mine_rows(window: MainWindow) -> list[Node]:
    """The rows of the sidebar under "Mine"."""
    mine = next(node for node in window.panes.sidebar.model.nodes() if node.value == "mine")
    return mine.children


# --------------------------------------------------------------------------------------------------------- collections


def test_records_are_put_into_a_new_collection_and_an_old_one(window: MainWindow) -> None:
    coordinator = coordinator_of(window)
    coordinator.select([YUE, "mi-jiuping"])
    coordinator.run("collect")
    made = dialog(CollectDialog)
    assert isinstance(made, CollectDialog)
    assert made.ids == (YUE, "mi-jiuping")
    QTest.keyClicks(made.name, "Chapter 2")
    made.accept()
    workspace = coordinator.mine.workspace
    (collection,) = workspace.collections.list()
    assert [entry.record for entry in workspace.collections.entries(collection.id)] == [YUE, "mi-jiuping"]
    coordinator.clear_selection()
    coordinator.run("collect")
    again = dialog(CollectDialog)
    assert isinstance(again, CollectDialog)
    assert again.ids == (ARREST,)  # what is read
    again.accept()  # the one collection there is, is chosen
    assert workspace.collections.count(collection.id) == 3
    row = next(node for node in mine_rows(window) if node.kind == "collection")
    assert (row.label, row.count) == ("Chapter 2", 3)


def test_a_taken_name_is_said_in_the_dialog_and_nothing_typed_is_lost(window: MainWindow) -> None:
    coordinator = coordinator_of(window)
    coordinator.mine.do(lambda workspace: workspace.collections.create("Taken"))
    coordinator.run("collect")
    made = dialog(CollectDialog)
    assert isinstance(made, CollectDialog)
    made.name.setText("taken")
    made.accept()
    assert made.isVisible() and made.name.text() == "taken"
    assert "already" in made.fault.text()
    made.reject()


def test_a_collection_is_put_in_order_and_noted_by_keys_alone(window: MainWindow) -> None:
    coordinator = coordinator_of(window)
    workspace = coordinator.mine.workspace
    ids = ["mi-jiuping", YUE, ARREST]
    from jasic_desktop.app.collecting import members

    assert coordinator.store is not None
    collection = workspace.collections.create("One", members(coordinator.store, ids, "en"))
    coordinator.mine.show_list("collection", collection.id)
    pane = window.panes.mine
    assert pane.isVisible() and not window.panes.results.isVisible()
    assert pane.list.item(0).text().startswith("1. Mi Jiuping")
    coordinator.set_language("zh-Hans")
    assert pane.list.item(0).text().startswith("1. 米久平") and pane.title.text().startswith("One")
    coordinator.set_language("en")
    QTest.keyClick(pane.list, Qt.Key.Key_J)
    QTest.keyClick(pane.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [entry.record for entry in workspace.collections.entries(collection.id)] == [YUE, "mi-jiuping", ARREST]
    assert pane.list.currentRow() == 0  # the entry that was moved
    pane.editor.field.setFocus()
    QTest.keyClicks(pane.editor.field, "read again")
    assert pane.editor.state.text() == "Not saved yet"
    pane.editor.flush()
    assert pane.editor.state.text() == "Saved"
    assert workspace.collections.entries(collection.id)[0].note == "read again"
    pane.list.setFocus()
    QTest.keyClick(pane.list, Qt.Key.Key_Delete)
    assert workspace.collections.count(collection.id) == 2
    coordinator.run("undelete")
    assert workspace.collections.count(collection.id) == 3
    QTest.keyClick(pane.list, Qt.Key.Key_Escape)
    assert window.panes.results.isVisible() and not pane.isVisible()


def test_another_question_brings_the_results_back(window: MainWindow) -> None:
    coordinator = coordinator_of(window)
    coordinator.mine.show_list("notes")
    assert window.panes.mine.isVisible()
    coordinator.ask("huizhou", False)
    assert window.panes.results.isVisible()
    coordinator.mine.show_list("notes")
    coordinator.run("show-selection")
    assert window.panes.results.isVisible() and window.panes.results.shows_selection


# --------------------------------------------------------------------------------------------------- notes, highlights


def test_words_are_highlighted_in_colour_and_with_a_line(window: MainWindow) -> None:
    coordinator = coordinator_of(window)
    chosen = select(window, "s1", 0, 12)
    coordinator.run("highlight")
    (note,) = coordinator.mine.workspace.notes.list()
    assert note.anchor is not None
    assert (note.anchor.exact, note.anchor.field, note.version) == (chosen.strip(), "s1", "1.0")
    assert wait_for(lambda: bool(window.panes.reader.view.extraSelections()))
    (mark,) = window.panes.reader.view.extraSelections()
    assert mark.cursor.selectedText() == chosen.strip()
    assert mark.format.background().color().isValid()
    assert mark.format.underlineStyle() != mark.format.UnderlineStyle.NoUnderline


def test_words_that_are_no_passage_are_not_highlighted_and_it_is_said(window: MainWindow) -> None:
    said: list[str] = []
    coordinator = coordinator_of(window)
    coordinator.told.connect(lambda text, _kind: said.append(text))
    cursor = window.panes.reader.view.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(5, QTextCursor.MoveMode.KeepAnchor)  # the title
    window.panes.reader.view.setTextCursor(cursor)
    coordinator.run("highlight")
    assert coordinator.mine.workspace.notes.list() == ()
    assert "Select words" in said[-1]


def test_a_note_on_words_is_written_saved_by_itself_and_listed(window: MainWindow) -> None:
    coordinator, panel = coordinator_of(window), window.panes.reader.notes
    chosen = select(window, "s1", 0, 12)
    coordinator.run("note")
    assert panel.isVisible() and panel.editor.field.hasFocus()
    QTest.keyClicks(panel.editor.field, "why")
    assert coordinator.mine.workspace.notes.list() == ()
    assert wait_for(lambda: panel.editor.state.text() == "Saved", 5)
    (note,) = coordinator.mine.workspace.notes.list()
    assert note.anchor is not None and (note.text, note.anchor.exact) == ("why", chosen.strip())
    QTest.keyClicks(panel.editor.field, " not")
    window.panes.reader.view.setFocus()  # leaving the field saves
    assert [one.text for one in coordinator.mine.workspace.notes.list()] == ["why not"]
    assert wait_for(lambda: panel.list.count() == 1)
    assert "why not" in panel.list.item(0).text()
    QTest.keyClick(panel.list, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    coordinator.run("record-notes")
    assert panel.isVisible() and panel.editor.field.toPlainText() == "why not"


def test_another_record_is_read_where_words_are_marked_and_pages_take_turns(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The page before is gone when the next one is whole; its marks must not be looked at then.
    monkeypatch.setattr(document_view, "FIRST_SLICE", 0.0)
    monkeypatch.setattr(document_view, "SLICE", 0.0)
    coordinator, view = coordinator_of(window), window.panes.reader.view
    for record in (YUE, ARREST, YUE):
        select(window, "s1", 0, 12)
        coordinator.run("highlight")
        assert wait_for(lambda: len(view.extraSelections()) > 0)
        coordinator.open_record(record, True)
        assert view.extraSelections() == [] and not view.is_whole
        assert wait_for(lambda: view.is_whole)
    assert len(coordinator.mine.workspace.notes.list()) == 3


def test_where_nothing_is_written_nothing_is_said_to_be_saved(window: MainWindow) -> None:
    coordinator, panel = coordinator_of(window), window.panes.reader.notes
    coordinator.run("note")
    assert panel.editor.state.text() == ""
    QTest.keyClicks(panel.editor.field, "a")
    panel.editor.flush()
    QTest.keyClick(panel.editor.field, Qt.Key.Key_Backspace)
    panel.editor.flush()
    assert panel.editor.state.text() == "Saved"  # that it is empty now is on the disk


@pytest.mark.parametrize("kind", ["collection", "notes", "history"])
def test_an_empty_list_is_one_sentence_and_what_brings_a_first_row(window: MainWindow, kind: str) -> None:
    coordinator, pane = coordinator_of(window), window.panes.mine
    coordinator.mine.show_list(kind, coordinator.mine.workspace.collections.create("One").id)
    assert pane.notice.isVisible() and not pane.list.isVisible() and not pane.editor.isVisible()
    assert pane.first_focus is pane.notice and pane.notice.sentence.text()
    (button,) = [one for one in pane.notice.findChildren(QPushButton) if one.isVisible()]
    button.click()
    if kind == "collection":
        made = dialog(CollectDialog)
        assert isinstance(made, CollectDialog)
        made.accept()
    elif kind == "notes":
        QTest.keyClicks(window.panes.reader.notes.editor.field, "first")
        window.panes.reader.notes.editor.flush()
    else:
        assert "has been read since" in pane.notice.sentence.text()
        coordinator.open_record(YUE)
    assert wait_for(lambda: pane.list.isVisible() and pane.list.count() == 1)
    assert not pane.notice.isVisible() and pane.first_focus is pane.list


def test_a_note_on_the_whole_record_needs_no_words(window: MainWindow) -> None:
    coordinator, panel = coordinator_of(window), window.panes.reader.notes
    coordinator.run("note")
    QTest.keyClicks(panel.editor.field, "about it all")
    panel.editor.flush()
    (note,) = coordinator.mine.workspace.notes.list()
    assert (note.anchor, note.record) == (None, ARREST)
    coordinator.open_record(YUE)
    assert not panel.isVisible()
    assert wait_for(lambda: window.panes.reader.view.is_whole)
    coordinator.mine.show_list("notes")
    window.panes.mine.list.itemActivated.emit(window.panes.mine.list.item(0))
    assert coordinator.moment.record == ARREST


def test_when_the_disk_is_full_the_text_stays_and_can_be_saved_later(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    coordinator, panel = coordinator_of(window), window.panes.reader.notes
    coordinator.run("note")

    def full(*_: object, **__: object) -> None:
        raise NotWrittenFault("core.disk_full", path=Path("workspace.sqlite"))

    with monkeypatch.context() as patch:
        patch.setattr(type(coordinator.mine.workspace.notes), "add", full)
        QTest.keyClicks(panel.editor.field, "must not be lost")
        panel.editor.flush()
        assert "disk is full" in panel.editor.state.text()
        coordinator.open_record(YUE)  # the panel does not go with the record: its text is not on the disk
        assert panel.isVisible() and panel.editor.field.toPlainText() == "must not be lost"
        panel.close_panel()
        assert panel.isVisible()
    assert panel.editor.flush()
    assert panel.editor.state.text() == "Saved"
    (note,) = coordinator.mine.workspace.notes.list()
    assert (note.text, note.record) == ("must not be lost", ARREST)


def test_words_that_are_gone_are_listed_with_their_quote(window: MainWindow) -> None:
    coordinator = coordinator_of(window)
    gone = anchor_for("s1", "en", "Words that stood in an older edition of this record.", 0, 40)
    coordinator.mine.do(lambda workspace: workspace.notes.add("jasic", ARREST, "mine", anchor=gone, version="0.9"))
    panel = window.panes.reader.notes
    assert wait_for(lambda: panel.list.count() == 1)
    text = panel.list.item(0).text()
    assert "Words that stood in an older edition" in text and "no longer there" in text and "mine" in text
    assert window.panes.reader.view.extraSelections() == []


def test_a_note_is_deleted_and_brought_back(window: MainWindow) -> None:
    coordinator, panel = coordinator_of(window), window.panes.reader.notes
    coordinator.run("note")
    QTest.keyClicks(panel.editor.field, "x")
    panel.editor.flush()
    assert wait_for(lambda: panel.list.count() == 1)
    panel.list.setCurrentRow(0)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert coordinator.mine.workspace.notes.list() == ()
    coordinator.run("undelete")
    assert len(coordinator.mine.workspace.notes.list()) == 1


def test_find_in_page_and_notes_do_not_take_each_others_marks(window: MainWindow) -> None:
    coordinator, reader = coordinator_of(window), window.panes.reader
    select(window, "s1", 0, 12)
    coordinator.run("highlight")
    assert wait_for(lambda: len(reader.view.extraSelections()) == 1)
    reader.search.look_for("police")
    assert len(reader.view.extraSelections()) > 1
    reader.search.stop()
    assert len(reader.view.extraSelections()) == 1


# ------------------------------------------------------------------------------------- searches, history, research log


def test_a_search_is_saved_and_asked_again_from_the_sidebar(window: MainWindow) -> None:
    coordinator = coordinator_of(window)
    coordinator.ask("huizhou", False)
    coordinator.run("save-search")
    named = dialog(NameDialog)
    assert isinstance(named, NameDialog)
    assert named.name.text() == "huizhou"
    named.name.setText("Raid")
    named.accept()
    coordinator.ask("yuexin", False)
    row = next(node for node in mine_rows(window) if node.kind == "search")
    assert row.label == "Raid"
    window.panes.sidebar.tree.activate(window.panes.sidebar.model.index_of(row))
    assert coordinator.moment.text == "huizhou"


def test_nothing_is_remembered_until_it_is_wanted(window: MainWindow) -> None:
    coordinator = coordinator_of(window)
    workspace = coordinator.mine.workspace
    coordinator.open_record(YUE)
    coordinator.ask("huizhou", False)
    assert wait_for(lambda: not coordinator.is_searching)
    assert (workspace.history.list(), workspace.log.list()) == ((), ())
    coordinator.run("keep-history")
    coordinator.run("keep-log")
    coordinator.open_record("mi-jiuping")
    coordinator.ask("picking quarrels", False)
    assert wait_for(lambda: not coordinator.is_searching)
    assert [visit.record for visit in workspace.history.list()] == ["mi-jiuping"]
    (logged,) = workspace.log.list()
    assert coordinator.answer is not None
    assert (logged.question, logged.total) == ("picking quarrels", coordinator.answer.total)
    assert any(node.kind == "history" for node in mine_rows(window))
    coordinator.run("show-history")
    assert window.panes.mine.list.count() == 1
    coordinator.run("clear-history")
    assert (workspace.history.list(), workspace.log.list()) == ((), ())


# --------------------------------------------------------------------------------------------------- kept, brought back


def kept_in(window: MainWindow, folder: Path) -> Coordinator:
    coordinator = coordinator_of(window)
    coordinator.mine.keep_in(folder)
    coordinator.mine.reopen()
    return coordinator


def test_what_is_ticked_is_ticked_again_next_time(make_window: Make, tmp_path: Path) -> None:
    first = kept_in(make_window(), tmp_path / "w")
    first.select([YUE, "mi-jiuping"])
    first.close()
    second = kept_in(make_window(), tmp_path / "w")
    assert second.selection.ids == (YUE, "mi-jiuping")


def test_a_damaged_file_is_told_and_a_backup_brought_back_from_the_window(make_window: Make, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with open_workspace(folder) as workspace:
        workspace.notes.add("jasic", YUE, "kept")
        make_backup(folder)
    bad = random.Random(1).randbytes(5000)
    workspace_file(folder).write_bytes(bad)
    window = make_window()
    coordinator = kept_in(window, folder)
    shown = dialog(BackupsDialog)
    assert isinstance(shown, BackupsDialog)
    assert "damaged" in shown.sentence.text()
    assert workspace_file(folder).read_bytes() == bad
    # Until then nothing is written, and that is said before anything is typed.
    assert coordinator.mine.refusal
    assert shown.list.count() == 1 and shown.restore.isEnabled()
    shown.restore.click()
    assert [note.text for note in coordinator.mine.workspace.notes.list()] == ["kept"]
    assert not coordinator.mine.refusal
    assert "set aside" in shown.told.text()
    shown.reject()


def test_where_another_program_writes_the_window_reads_and_says_so(make_window: Make, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with open_workspace(folder) as other:
        other.notes.add("jasic", ARREST, "of the other")
        window = make_window()
        coordinator = kept_in(window, folder)
        coordinator.open_record(ARREST)
        assert wait_for(lambda: window.panes.reader.view.is_whole)
        coordinator.run("note")
        panel = window.panes.reader.notes
        assert panel.editor.field.isReadOnly()
        assert "another program" in panel.editor.state.text()
        assert [note.text for note in coordinator.mine.workspace.notes.list()] == ["of the other"]
        panel.close_panel()


def test_backups_are_made_in_the_background_when_the_workspace_was_opened(make_window: Make, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with open_workspace(folder) as workspace:
        workspace.notes.add("jasic", YUE, "kept")
    coordinator = kept_in(make_window(), folder)
    coordinator.mine.back_up()
    assert wait_for(lambda: any((folder / "backups").glob("*.sqlite")))


def test_a_window_in_memory_writes_nothing(window: MainWindow, tmp_path: Path) -> None:
    coordinator = coordinator_of(window)
    coordinator.mine.do(lambda workspace: workspace.notes.add("jasic", ARREST, "canary"))
    coordinator.select([YUE])
    coordinator.mine.close()
    found = [path for path in tmp_path.rglob("*") if path.is_file() and b"canary" in path.read_bytes()]
    assert found == [] and not list(tmp_path.rglob("*.sqlite"))


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_everything_is_said_in_each_language(make_window: Make, language: str) -> None:
    window = make_window(language=language)
    coordinator = coordinator_of(window)
    coordinator.open_record(ARREST)
    assert wait_for(lambda: window.panes.reader.view.is_whole and coordinator.mine.is_open)
    coordinator.run("note")
    coordinator.mine.show_list("notes")
    for widget in (window.panes.mine.list, window.panes.reader.notes.list, window.panes.reader.notes.editor.field):
        assert widget.accessibleName()
    text = window.panes.mine.buttons["take_out"].text()
    assert text.isascii() == (language == "en")
    window.panes.reader.notes.close_panel()


def test_a_workspace_that_vanishes_under_the_window_is_told(make_window: Make, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    coordinator = kept_in(make_window(), folder)
    said: list[str] = []
    coordinator.told.connect(lambda text, _kind: said.append(text))
    folder.rename(tmp_path / "elsewhere")
    assert not coordinator.mine.do(lambda workspace: workspace.notes.add("jasic", YUE, "not written"))
    assert said and "was not written" in said[-1]
    database = sqlite3.connect(workspace_file(tmp_path / "elsewhere"))
    assert database.execute("SELECT count(*) FROM note").fetchone()[0] == 0
    database.close()
