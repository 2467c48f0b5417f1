"""The dialogs that ask for a file: what they give, and that they leave nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QWidget

from jasic_desktop.ui import files
from tests.helpers.window import coordinator_in

IN_A_PROCESS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from jasic_desktop.core.paths import Places
from jasic_desktop.core.settings import Settings
from jasic_desktop.ui.toolkit import make_application
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.files import open_path, save_path

application = make_application()
parent = QWidget()
places = Places.of(Path(sys.argv[1]) / "profile")
coordinator = Coordinator(places, Settings.load(places.config))


def choose():
    dialog = QApplication.activeModalWidget()
    dialog.findChild(QLineEdit).setText("notes.csv")
    dialog.accept()


QTimer.singleShot(200, choose)
chosen = save_path(parent, coordinator, "Save", "notes.csv", ("csv",))
chosen.write_text("a,b")
QTimer.singleShot(200, choose)
print(chosen, open_path(parent, coordinator, "Open", ("csv",)))
"""


@pytest.fixture
def parent(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def when_it_stands(act):
    """Let `act` have the dialog once it is shown; say what it raised there."""
    seen = []

    def meet():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        seen.append(dialog.windowTitle())
        act(dialog)

    QTimer.singleShot(50, meet)
    return seen


def type_and_accept(text):
    def act(dialog):
        dialog.findChild(QLineEdit).setText(text)
        dialog.accept()

    return act


def files_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.skipif(sys.platform == "win32", reason="a home is not found by HOME there")
def test_after_choosing_no_file_is_in_the_home_but_the_chosen_one(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    drop = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR")
    env = {name: value for name, value in os.environ.items() if name not in drop}
    env |= {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-B", "-c", IN_A_PROCESS, str(tmp_path)],
        env=env,
        cwd=root,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    left = {name for name in files_below(home) if not name.startswith(".cache/fontconfig/")}
    assert left == {"notes.csv"}
    assert str(home / "notes.csv") in done.stdout


def test_a_name_without_an_ending_gets_one(parent, coordinator, tmp_path):
    seen = when_it_stands(type_and_accept(str(tmp_path / "my list")))
    chosen = files.save_path(parent, coordinator, "Where to", "list.csl.json", ("csl.json",))
    assert chosen == tmp_path / "my list.csl.json"
    assert seen == ["Where to"]


def test_giving_up_gives_nothing_and_changes_nothing(parent, coordinator):
    before = files.usual_folder(coordinator)
    for ask in (
        lambda: files.save_path(parent, coordinator, "Where to", "a.csv", ("csv",)),
        lambda: files.open_path(parent, coordinator, "Which", ("jasicpack",)),
        lambda: files.folder_path(parent, coordinator, "Which"),
    ):
        seen = when_it_stands(lambda dialog: dialog.reject())
        assert ask() is None
        assert seen
    assert files.usual_folder(coordinator) == before


def test_the_folder_last_chosen_is_where_the_next_dialog_begins(parent, coordinator, tmp_path):
    (tmp_path / "there").mkdir()
    when_it_stands(type_and_accept(str(tmp_path / "there" / "a.csv")))
    files.save_path(parent, coordinator, "Where to", "a.csv", ("csv",))
    began = []

    def act(dialog):
        began.append(Path(dialog.directory().absolutePath()))
        dialog.reject()

    when_it_stands(act)
    files.open_path(parent, coordinator, "Which", ("csv",))
    assert began == [tmp_path / "there"]


def test_an_open_dialog_shows_the_endings_and_names_it_is_for(parent, coordinator, tmp_path):
    (tmp_path / "a.jasicpack").write_bytes(b"")
    filters = []

    def act(dialog):
        filters.extend(dialog.nameFilters())
        dialog.findChild(QLineEdit).setText(str(tmp_path / "a.jasicpack"))
        dialog.accept()

    when_it_stands(act)
    chosen = files.open_path(parent, coordinator, "Which", ("jasicpack",), ("bagit.txt",))
    assert chosen == tmp_path / "a.jasicpack"
    assert filters and "*.jasicpack bagit.txt" in filters[0]


def test_a_folder_is_chosen(parent, coordinator, tmp_path):
    when_it_stands(type_and_accept(str(tmp_path)))
    assert files.folder_path(parent, coordinator, "Which") == tmp_path


def test_qts_own_dialog_speaks_the_language_of_the_window(qtbot, parent, used_home, tmp_path):
    coordinator = coordinator_in(used_home, tmp_path / "config", "zh-Hans")
    seen = []

    def act(dialog):
        seen.extend(button.text() for button in dialog.findChildren(QPushButton))
        dialog.reject()

    when_it_stands(act)
    files.save_path(parent, coordinator, "导出", "a.csv", ("csv",))
    assert "保存" in seen and "取消" in seen
    coordinator.close()
    # Afterwards everything else speaks as before.
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_where_qts_store_cannot_be_led_astray_what_stood_there_is_put_back(tmp_path, monkeypatch):
    # What happens on Windows and macOS, tried on a store of this test's own.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    monkeypatch.setattr(files, "_DIVERTS", False)

    def store():
        return QSettings(QSettings.Scope.UserScope, "QtProject")

    theirs = store()
    theirs.setValue("FileDialog/history", ["file:///theirs"])
    theirs.setValue("Other/kept", "yes")
    theirs.sync()
    try:
        with files._no_history():
            ours = store()
            ours.setValue("FileDialog/history", ["file:///ours"])
            ours.setValue("FileDialog/lastVisited", "file:///ours")
            ours.sync()
        left = store()
        assert sorted(left.allKeys()) == ["FileDialog/history", "Other/kept"]
        assert "theirs" in str(left.value("FileDialog/history"))
    finally:
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
