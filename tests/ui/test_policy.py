"""The window under a policy: what is closed is not done, says why, and is seen in the page that shows it all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from jasic_desktop.app.permissions import command_keys
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.policy import Layer, Policy, PolicyFault
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.ui.clipboard import ClipboardGuard
from jasic_desktop.ui.export_dialog import ExportDialog
from jasic_desktop.ui.files import save_path
from jasic_desktop.ui.open_pack import dropped
from jasic_desktop.ui.policy_dialog import PolicyDialog
from tests.helpers.policies import FILE, laid_down
from tests.helpers.window import coordinator_in
from tests.ui.conftest import settle, wait_for

MI = "mi-jiuping"


@pytest.fixture(scope="module")
def closed():
    return laid_down(
        export=False, print=False, language="en", text_size=125, **{"note add": False, "archive install": False}
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_command_is_not_done_and_says_why_in_the_menu_and_in_the_status_bar(make_window, closed, language):
    window = make_window(policy=closed, language=language)
    coordinator = window.coordinator
    coordinator.open_record(MI)
    told = []
    coordinator.told.connect(lambda text, kind: told.append((text, kind)))
    for command in ("export", "save-timeline", "print", "print-timeline", "note", "highlight"):
        action = window.actions_table[command]
        assert not action.isEnabled(), command
        assert str(FILE) in action.toolTip(), command
        assert str(FILE) in window.actions_table.hint(command), command
        coordinator.run(command)
        action.hovered.emit()
        assert [kind for _, kind in told] == ["warn", "warn"]
        assert all(str(FILE) in text and action.text().rstrip("…") in text for text, _ in told), told
        told.clear()
    for command in ("cite", "collect", "select"):
        assert window.actions_table[command].isEnabled(), command
        assert window.actions_table[command].toolTip() in ("", window.actions_table[command].text().rstrip("…"))
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.findChildren(ExportDialog) == []


def test_a_locked_setting_stays_as_it_is(make_window, closed, tmp_path):
    coordinator = make_window(policy=closed).coordinator
    assert not coordinator.can("language-zh-Hans")
    coordinator.set_language("zh-Hans")
    coordinator.zoom_text(1)
    coordinator.keep("text_size", 200)
    assert (coordinator.language, coordinator.settings.number("text_size")) == ("en", 125)
    coordinator.set_theme("dark")
    assert (tmp_path / "config" / "settings.json").read_text() == '{\n  "theme": "dark"\n}\n'


def test_formats_that_the_policy_forbids_stay_in_the_list_with_the_reason(make_window):
    window = make_window(policy=laid_down(export_formats=["html", "csv"]))
    window.coordinator.open_record(MI)
    window.coordinator.run("export")
    (dialog,) = window.findChildren(ExportDialog)
    formats = dialog.form.formats
    assert formats.format in ("html", "csv")
    for row in range(formats.count()):
        item = formats.item(row)
        key = item.data(Qt.ItemDataRole.UserRole)
        if key is not None:
            allowed = key in ("html", "csv")
            assert bool(item.flags() & Qt.ItemFlag.ItemIsEnabled) is allowed
            assert ("policy" in item.text().split("\n")[1]) is not allowed
    assert len(FORMATS) > 2
    dialog.reject()


def test_an_export_goes_into_a_folder_of_the_policy_or_nowhere(make_window, tmp_path):
    copies = tmp_path / "copies"
    copies.mkdir()
    window = make_window(policy=laid_down(export_folders=[str(copies)]))
    window.coordinator.open_record(MI)
    window.coordinator.run("export")
    (dialog,) = window.findChildren(ExportDialog)
    dialog.form.formats.set_format("html")
    assert wait_for(lambda: dialog._ids is not None)
    assert dialog.path is not None
    assert dialog.path.parent == copies
    outside = tmp_path / "mi.html"
    dialog.form.path.setText(str(outside))
    dialog.export()
    assert str(copies) in dialog.form.outcome.sentence.accessibleName()
    assert not outside.exists()
    dialog.form.path.setText(str(copies / "mi.html"))
    dialog.export()
    assert wait_for(lambda: not dialog.is_writing and (copies / "mi.html").exists())
    dialog.reject()


def test_no_dialog_saves_outside_the_folders_of_the_policy(qtbot, used_home, tmp_path, monkeypatch):
    copies = tmp_path / "copies"
    copies.mkdir()
    coordinator = coordinator_in(used_home, tmp_path / "config", policy=laid_down(export_folders=[str(copies)]))
    told = []
    coordinator.told.connect(lambda text, _kind: told.append(text))
    for folder, expected in ((tmp_path, None), (copies, copies / "a.pdf")):
        monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: QFileDialog.DialogCode.Accepted)
        monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog, where=folder: [str(where / "a.pdf")])
        assert save_path(None, coordinator, "Save", "a.pdf", ("pdf",)) == expected
    assert len(told) == 1
    assert str(copies) in told[0]
    coordinator.close()


def test_a_pack_is_not_dropped_where_opening_is_closed(make_window, tmp_path):
    window = make_window(policy=laid_down(open=False))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "other.jasicpack"))])
    assert dropped(data) is not None
    assert not window.coordinator.can("open-pack")


def test_what_somebody_made_stays_where_changing_it_is_closed(qtbot, used_home, tmp_path):
    policy = laid_down(**{"note remove": False, "collection *": False})
    coordinator = coordinator_in(used_home, tmp_path / "config", policy=policy)
    told = []
    coordinator.told.connect(lambda text, _kind: told.append(text))
    mine = coordinator.mine
    notes = mine.workspace.notes
    note = notes.add("jasic", MI, "mine")
    assert not mine.do(lambda workspace: workspace.notes.delete(note), "note remove")
    assert not mine.do(lambda workspace: workspace.collections.create("mine"), "collection create")
    assert mine.do(lambda workspace: workspace.notes.change(note, text="still mine"), "note edit")
    assert [one.text for one in notes.list()] == ["still mine"]
    assert [str(FILE) in text for text in told] == [True, True]
    coordinator.close()
    coordinator.deleteLater()


# ------------------------------------------------------------------------------------------------------- clipboard


@pytest.fixture
def copy(qtbot, used_home, tmp_path):
    """Copies something under a policy; what is on the clipboard then, and what was told."""
    made = []

    def do(policy, text="", html=""):
        coordinator = coordinator_in(used_home, tmp_path / "config", policy=policy)
        guard = ClipboardGuard(coordinator, coordinator)
        made.append((coordinator, guard))
        told = []
        coordinator.told.connect(lambda sentence, _kind: told.append(sentence))
        data = QMimeData()
        if text:
            data.setText(text)
        if html:
            data.setHtml(html)
        QGuiApplication.clipboard().setMimeData(data)
        return QGuiApplication.clipboard().mimeData() or QMimeData(), told

    yield do
    for coordinator, guard in made:
        guard.end()
        coordinator.close()
        coordinator.deleteLater()
    QGuiApplication.clipboard().clear()


def test_nothing_is_copied_where_the_policy_says_so(copy):
    put, told = copy(laid_down(clipboard="off"), "a name", "<b>a name</b>")
    assert (put.text(), put.hasHtml()) == ("", False)
    assert str(FILE) in told[0]


def test_of_marked_up_text_the_text_is_left_and_no_history_takes_it(copy):
    put, told = copy(laid_down(clipboard="text"), "a name", "<b>a name</b>")
    assert (put.text(), put.hasHtml(), told) == ("a name", False, [])
    assert bytes(put.data("x-kde-passwordManagerHint").data()) == b"secret"


def test_only_so_many_characters_are_copied(copy):
    put, told = copy(laid_down(clipboard="text", clipboard_characters=5), "岳昕的公开信全文")
    assert put.text() == "岳昕的公开"
    assert "5" in told[0]


def test_markup_is_cut_away_with_the_text(copy):
    put, _ = copy(laid_down(clipboard_characters=3), "abcdef", "<p>abcdef</p>")
    assert (put.text(), put.hasHtml()) == ("abc", False)


def test_without_a_policy_all_is_copied_as_it_is(copy):
    put, told = copy(laid_down(), "a name", "<b>a name</b>")
    assert (put.text(), put.html(), told) == ("a name", "<b>a name</b>", [])
    assert not put.hasFormat("x-kde-passwordManagerHint")


def test_at_the_end_the_clipboard_is_emptied(copy, qtbot, used_home, tmp_path):
    put, _ = copy(laid_down(clipboard_cleared=True), "a name")
    assert put.text() == "a name"
    coordinator = coordinator_in(used_home, tmp_path / "config", policy=laid_down(clipboard_cleared=True))
    ClipboardGuard(coordinator, coordinator).end()
    assert QGuiApplication.clipboard().text() == ""
    coordinator.close()
    coordinator.deleteLater()


# ------------------------------------------------------------------------------------------------- the page of it all


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_each_value_with_its_origin_in_every_language(make_window, closed, language):
    window = make_window(policy=closed, language=language)
    window.coordinator.run("show-policy")
    (dialog,) = window.findChildren(PolicyDialog)
    table = dialog.table
    shown = [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]
    laid = [row for row in shown if str(FILE) in row[2]]
    # Five of the file, and what goes with them: three ways to export, the printing and highlighting of two.
    assert {row[1] for row in laid} >= {"en", "125"}
    assert len(laid) >= 9
    assert str(FILE.name) in dialog.about.text()
    assert dialog.faults == []
    dialog.reject()


def test_the_page_tells_what_is_wrong_with_a_policy(make_window):
    bad = PolicyFault("policy.unknown", path=str(FILE), name="exprot")
    window = make_window(policy=Policy(command_keys(), Layer("bad", FILE, faults=(bad,))))
    assert not window.coordinator.can("export")
    window.coordinator.run("show-policy")
    (dialog,) = window.findChildren(PolicyDialog)
    (label,) = dialog.faults
    assert "exprot" in label.text()
    assert label.focusPolicy() & Qt.FocusPolicy.TabFocus
    dialog.reject()
