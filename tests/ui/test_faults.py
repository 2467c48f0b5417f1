"""What may go wrong while the window is open: one sentence in it, and all the rest goes on working."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from jasic_desktop.core import records as r
from jasic_desktop.core.errors import DamagedFault
from jasic_desktop.core.own_file import OwnFile
from jasic_desktop.core.paths import Places
from jasic_desktop.core.remembered import FILE_NAME, Remembered
from jasic_desktop.core.settings import Settings
from jasic_desktop.packs.store import Store
from jasic_desktop.ui import faults as faults_module
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.faults import ChangeNotice, SlotFaults, sentence
from jasic_desktop.ui.opening import Opener
from jasic_desktop.ui.window import MainWindow
from tests.helpers.derived import derived_in
from tests.helpers.sample import ARCHIVE, text
from tests.helpers.stores import forged_store
from tests.ui.conftest import settle, wait_for

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")
LONG = 60.0
MANY = 10_000


@pytest.fixture
def used_home(used_home, tmp_path):
    """A home like the one that all tests share, to be damaged."""
    home = tmp_path / "home"
    shutil.copytree(used_home, home)
    return home


@pytest.fixture
def make_guarded(make_window):
    """Makes the window with the last resort for faults in place, as the program has it."""
    listening = []

    def make():
        window = make_window()
        faults = SlotFaults(window.coordinator, window.coordinator)
        faults.listen()
        listening.append(faults)
        return window

    yield make
    for faults in listening:
        faults.ignore()


@pytest.fixture
def make_bare(qapp, tmp_path):
    """Makes the window without an archive; settings come from and go to the folder `config`."""
    made = []

    def make(remembered=None):
        config = tmp_path / "config"
        places = Places(tmp_path / "data", tmp_path / "cache", config)
        coordinator = Coordinator(places, Settings.load(config))
        opener = Opener(coordinator)
        window = MainWindow(coordinator, opener, remembered)
        window.coordinator = coordinator
        window.show()
        made.append((window, opener, coordinator))
        return window

    yield make
    for window, opener, coordinator in made:
        window.close()
        coordinator.close()
        for thing in (window, opener, coordinator):
            thing.deleteLater()
    made.clear()
    settle()


def heard(coordinator):
    """All that the coordinator tells from now on."""
    said = []
    coordinator.told.connect(lambda sentence, kind: said.append((kind, sentence)))
    return said


def found(coordinator, question):
    """The ids found for a question."""
    coordinator.ask(question, False)
    assert wait_for(lambda: not coordinator.is_searching, LONG)
    return [hit.id for hit in coordinator.answer.hits]


def make_again(window):
    """Let the window derive the archive again."""
    window.coordinator.run("rebuild")
    assert window.opener.busy
    assert wait_for(lambda: not window.opener.busy, LONG)


# ------------------------------------------------------------------------------------- what the archive is read from


def test_a_damaged_derived_folder_is_made_again_with_progress(make_window, used_home):
    store, index = derived_in(used_home)
    for path in (store, *index.iterdir()):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] + b"?" + data[len(data) // 2 + 1 :])
    window = make_window(ready=False)
    steps = []
    window.opener.progressed.connect(lambda step, _done, _total: steps.append(step))
    assert wait_for(window.progress_page.isVisible, LONG)
    assert wait_for(lambda: window.coordinator.answer is not None, LONG)
    assert len(set(steps)) > 1
    assert window.start_page.isVisible()
    assert found(window.coordinator, "yuexin")[0] == "yue-xin"


@POSIX
def test_a_store_that_is_cut_short_is_told_and_can_be_made_again(make_guarded):
    window = make_guarded()
    coordinator = window.coordinator
    assert found(coordinator, "mi jiuping")
    said = heard(coordinator)
    os.truncate(coordinator.archive.store_path, 4096)
    coordinator.run("go-timeline")
    coordinator.run("go-browse")
    # What was read before is still known: sooner or later something is asked for that is not.
    for record in coordinator.store.ids[::-7]:
        coordinator.open_record(record)
        window.grab()
        if wait_for(lambda: bool(said), 0.02):
            break
    else:
        # Where all of it was read before, a worker that opens it anew cannot know it.
        os.kill(coordinator.searcher.worker_pid, signal.SIGKILL)
        coordinator.ask("yuexin", False)
        assert wait_for(lambda: bool(said), LONG)
    assert any("prepared again" in text or "rebuild" in text for _, text in said), said
    assert wait_for(lambda: not window.opener.busy, LONG)
    make_again(window)
    assert found(coordinator, "yuexin")[0] == "yue-xin"
    coordinator.open_record("yue-xin")
    assert coordinator.moment.record == "yue-xin"


@POSIX
def test_an_archive_that_is_taken_away_is_told_and_can_be_made_again(make_guarded):
    window = make_guarded()
    coordinator = window.coordinator
    assert found(coordinator, "yuexin")
    shutil.rmtree(coordinator.archive.store_path.parent)
    os.kill(coordinator.searcher.worker_pid, signal.SIGKILL)
    said = heard(coordinator)
    coordinator.ask("mi jiuping", False)
    assert wait_for(lambda: bool(said), LONG)
    assert all(kind in ("warn", "error") for kind, _ in said)
    assert wait_for(lambda: not window.opener.busy, LONG)
    coordinator.open_record("yue-xin")
    assert coordinator.moment.record == "yue-xin"
    make_again(window)
    assert found(coordinator, "mi jiuping")[0] == "mi-jiuping"


@pytest.mark.parametrize(
    ("error", "goes_on"), [(MemoryError("no room"), True), (DamagedFault("core.cancelled"), False)]
)
def test_what_a_slot_raises_is_told_in_one_sentence(make_bare, monkeypatch, error, goes_on):
    def fail():
        raise error

    coordinator = make_bare().coordinator
    said, passed_on = heard(coordinator), []
    monkeypatch.setattr(sys, "excepthook", lambda *seen: passed_on.append(seen))
    faults = SlotFaults(coordinator, coordinator)
    faults.listen()
    coordinator.selection_changed.connect(fail)
    coordinator.clear_selection()
    faults.ignore()
    assert said == []  # not in the midst of what failed
    assert wait_for(lambda: bool(said))
    assert said == [("error", sentence(error, coordinator))]
    assert bool(passed_on) == goes_on


def test_what_fails_because_another_version_was_installed_is_told_as_that(make_bare, monkeypatch, tmp_path):
    own = tmp_path / "program"
    own.write_text("1")
    monkeypatch.setattr(faults_module, "OWN", OwnFile(str(own)))
    coordinator = make_bare().coordinator
    assert "MemoryError" in sentence(MemoryError("x"), coordinator)
    (tmp_path / "new").write_text("2")
    (tmp_path / "new").rename(own)
    assert sentence(ImportError("x"), coordinator) == coordinator.words("window.task.replaced")
    own.unlink()
    assert sentence(OSError("x"), coordinator) == coordinator.words("window.task.gone")
    fault = DamagedFault("core.cancelled")
    assert sentence(fault, coordinator) == fault.sentence(coordinator.language)


def test_who_comes_back_to_a_window_whose_program_was_replaced_is_told_once(make_bare, monkeypatch, tmp_path):
    own = tmp_path / "program"
    own.write_text("1")
    monkeypatch.setattr(faults_module, "OWN", OwnFile(str(own)))
    coordinator = make_bare().coordinator
    ChangeNotice(coordinator, coordinator)
    said, told = heard(coordinator), QGuiApplication.instance().applicationStateChanged.emit
    active = Qt.ApplicationState.ApplicationActive
    told(active)
    assert said == []
    own.write_text("another")
    for state in (Qt.ApplicationState.ApplicationInactive, active, active):
        told(state)
    assert said == [("warn", coordinator.words("window.task.replaced"))]


# --------------------------------------------------------------------------------------------------- the search process


@POSIX
def test_a_worker_that_is_killed_twice_while_somebody_types_is_replaced(make_window):
    window = make_window()
    coordinator = window.coordinator
    coordinator.show_view("browse")
    killed = []
    for at, letter in enumerate("yuexin"):
        QTest.keyClicks(window.top_bar.search, letter)
        if at in (2, 3):
            assert wait_for(lambda: coordinator.searcher.worker_pid not in (None, *killed))
            killed.append(coordinator.searcher.worker_pid)
            os.kill(killed[-1], signal.SIGKILL)
    assert wait_for(lambda: not coordinator.is_searching, LONG)
    assert coordinator.answer.hits[0].id == "yue-xin"
    assert coordinator.searcher.worker_pid not in (None, *killed)


@POSIX
def test_a_worker_that_is_stuck_is_replaced_and_the_window_goes_on_meanwhile(make_window):
    window = make_window()
    coordinator = window.coordinator
    stuck = coordinator.searcher.worker_pid
    os.kill(stuck, signal.SIGSTOP)
    coordinator.ask("yuexin")
    turns = []
    assert wait_for(lambda: turns.append(coordinator.open_record("mi-jiuping")) or not coordinator.is_searching, LONG)
    assert len(turns) > 50 and coordinator.moment.record == "mi-jiuping"
    assert coordinator.answer.hits[0].id == "yue-xin"
    assert coordinator.searcher.worker_pid != stuck


# -------------------------------------------------------------------------------------------------- what is remembered


@pytest.mark.parametrize(
    "left",
    [
        b"",
        b"\x00\xff{",
        b"[]",
        b'{"width": -5, "height": -5}',
        b'{"width": 1, "height": 1}',
        b'{"width": 99999, "height": 99999}',
        b'{"width": 1e400, "height": "wide"}',
        b'{"width": 100000000000000000000, "height": true}',
        b'{"width": 1000, "height": 700, "splits": {"across": [99999, 99999, 9], "whole": [-1, 5], "reading": [0]}}',
        b'{"splits": {"across": [0, 0, 0], "whole": {}, "reading": "x"}, "hidden": ["sidebar", 3, "no"], "tabs": 7}',
        b'{"width": 1000, "height": 700, "tabs": ["../../etc", "no-such-record"], "fingerprint": null}',
    ],
)
def test_whatever_was_remembered_the_window_fits_the_screen(make_bare, tmp_path, left):
    (tmp_path / FILE_NAME).write_bytes(left)
    window = make_bare(Remembered.load(tmp_path))
    room = window.screen().availableGeometry()
    assert room.width() >= window.width() >= min(800, room.width())
    assert room.height() >= window.height() >= min(500, room.height())
    window.coordinator.show_view("browse")
    for pane in window.panes.order:
        assert not pane.isVisible() or (pane.width() > 50 and pane.height() > 50), pane
    window.state.save(tmp_path)
    again = Remembered.load(tmp_path)
    assert (again.width, again.height) == (window.width(), window.height())


@pytest.mark.parametrize("left", [b"\xff\xfe", b"{", b'{"theme": 5, "text_size": 100000}', None])
def test_settings_that_cannot_be_read_do_not_keep_the_window_from_opening(make_bare, tmp_path, left):
    file = tmp_path / "config" / "settings.json"
    file.parent.mkdir()
    if left is None:
        file.mkdir()
    else:
        file.write_bytes(left)
    assert Settings.load(file.parent).faults
    window = make_bare()
    assert window.isVisible() and window.coordinator.text_scale == 1.0


def test_a_choice_that_cannot_be_kept_holds_and_is_told(make_bare, tmp_path):
    (tmp_path / "config").write_text("in the way")
    window = make_bare()
    coordinator = window.coordinator
    said = heard(coordinator)
    coordinator.run("theme-dark")
    coordinator.run("text-larger")
    assert coordinator.theme.mode == "dark" and coordinator.text_scale == 1.1
    assert [kind for kind, _ in said] == ["error", "error"]
    window.state.save(tmp_path / "config")
    assert (tmp_path / "config").read_text() == "in the way"


# ------------------------------------------------------------------------------------------------------------ very many


@pytest.fixture
def many(tmp_path):
    """An archive of 10,000 records, without an index."""
    topics = [
        r.Topic(
            id=f"topic-{number:05}",
            kind="subject",
            title=text(f"Topic {number}", f"主题{number}"),
            names=r.Names(display=f"Topic {number}", zh_hans=f"主题{number}"),
            scope_note=text("One of very many."),
        )
        for number in range(MANY)
    ]
    (tmp_path / "many").mkdir()
    store = forged_store(ARCHIVE, topics, tmp_path / "many")
    path = tmp_path / "many" / "records.sqlite"
    facts = {"store_path": path, "index_folder": path.parent, "place": path.parent, "standing": None}
    yield SimpleNamespace(store=store, close=store.close, **facts)
    store.close()


def test_ten_thousand_ticked_records_cost_what_is_shown_of_them(make_bare, many, monkeypatch):
    """The work of a tick, a key and a picture is counted in reads of the store; it must not grow with the selection."""
    window = make_bare()
    coordinator = window.coordinator
    coordinator.open(many)
    coordinator.show_view("browse")
    coordinator.select(many.store.ids)
    coordinator.run("show-selection")
    assert len(coordinator.selection) == MANY == window.panes.results.model.rowCount()
    settle()
    reads = []
    read = Store._row
    monkeypatch.setattr(Store, "_row", lambda store, *words: reads.append(words) or read(store, *words))
    view = window.panes.results.view
    shown = view.viewport().height() // view.sizeHintForRow(0) + 2
    coordinator.toggle(many.store.ids[5000])
    window.grab()
    assert len(coordinator.selection) == MANY - 1
    assert len(reads) < 10 * shown
    reads.clear()
    view.setFocus()
    for _ in range(20):
        QTest.keyClick(view, Qt.Key.Key_Down)
    window.grab()
    assert view.currentIndex().row() >= 19
    assert len(reads) < 10 * (20 + shown)
    reads.clear()
    coordinator.run("clear-selection")
    window.grab()
    assert len(reads) < 10 * shown
