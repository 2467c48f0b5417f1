"""Opening an archive by its file, chosen or dropped: what is open stays so unless the other one is whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit

from jasic_desktop.ui.open_pack import dropped, pack_of
from tests.helpers.archives import RECORDS, make_pack
from tests.ui.conftest import wait_for

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    """A small archive as a file and as a folder, and one of each that is damaged."""
    folder = tmp_path_factory.mktemp("packs")
    for name in ("whole.jasicpack", "damaged.jasicpack", "whole", "damaged"):
        make_pack(folder, name=name)
    data = (folder / "damaged.jasicpack").read_bytes()
    (folder / "damaged.jasicpack").write_bytes(data[: len(data) // 2])
    record = folder / "damaged" / "data" / "records" / "0001.jsonl"
    record.write_bytes(record.read_bytes().replace(b"mill", b"mall"))
    (folder / "letter.jasicpack").write_text("Dear reader")
    return folder


@pytest.fixture
def window(make_window, tmp_path):
    """A window on the bundled archive that keeps what is derived from another in a place of the test's own."""
    made = make_window()
    made.coordinator.places = replace(made.coordinator.places, cache=tmp_path / "cache")
    return made


def choose(path):
    """Let the next file dialog give `path`."""

    def answer():
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, QFileDialog)
        asked.findChild(QLineEdit).setText(str(path))
        asked.accept()

    QTimer.singleShot(100, answer)


def settled(window):
    assert wait_for(lambda: not window.opener.busy, 30)
    assert wait_for(lambda: not window.coordinator.is_searching)
    return window.coordinator


def status(window) -> str:
    return " ".join(label.text() for label in window.status_bar.findChildren(QLabel) if label.isVisible())


def test_a_pack_is_opened_by_key_from_a_file_and_from_a_folder(window, packs):
    for name in ("whole.jasicpack", "whole/bagit.txt"):
        before = window.coordinator.archive
        choose(packs / name)
        QTest.keyClick(window, Qt.Key.Key_O, CONTROL) if name.endswith("pack") else window.coordinator.run("open-pack")
        coordinator = settled(window)
        assert coordinator.archive is not before
        assert coordinator.store.archive.id == "mill"
        assert coordinator.moment.view == "start" and window.start_page.isVisible()
        assert "The Mill Dispute" in window.windowTitle()
        assert coordinator.answer.total == len(RECORDS)


@pytest.mark.parametrize("name", ["damaged.jasicpack", "damaged/bagit.txt", "letter.jasicpack"])
def test_a_damaged_pack_is_named_and_what_was_open_stays_open(window, packs, name):
    coordinator = window.coordinator
    coordinator.open_record("yue-xin")
    before, told = coordinator.archive, []
    coordinator.told.connect(lambda text, kind: told.append((text, kind)))
    choose(packs / name)
    coordinator.run("open-pack")
    settled(window)
    assert coordinator.archive is before and coordinator.moment.record == "yue-xin"
    assert window.panes.isVisible()
    ((text, kind),) = told
    assert kind == "error" and "\n" not in text
    assert name.split("/")[0] in text
    # What would be opened or made anew now is what is open, not what could not be opened.
    assert window.opener._selector is None


def test_giving_up_changes_nothing(window):
    before = window.coordinator.archive

    QTimer.singleShot(100, lambda: QApplication.activeModalWidget().reject())
    window.coordinator.run("open-pack")
    assert window.coordinator.archive is before and not window.opener.busy


def test_a_folder_is_meant_by_the_file_that_every_bag_has(packs):
    assert pack_of(packs / "whole" / "bagit.txt") == packs / "whole"
    assert pack_of(packs / "whole.jasicpack") == packs / "whole.jasicpack"


def mime(*urls):
    data = QMimeData()
    data.setUrls([QUrl(url) if "://" in url else QUrl.fromLocalFile(url) for url in urls])
    return data


def test_only_one_pack_of_this_machine_can_be_dropped(packs):
    assert dropped(mime(str(packs / "whole.jasicpack"))) == packs / "whole.jasicpack"
    assert dropped(mime(str(packs / "whole"))) == packs / "whole"
    for urls in (
        ("https://example.org/a.jasicpack",),
        ("file://server/share/a.jasicpack",),
        ("/a.jasicpack", "/b.jasicpack"),
        ("/notes.txt",),
        (),
    ):
        assert dropped(mime(*urls)) is None, urls


def drop(window, data):
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(window.rect().center(), Qt.DropAction.CopyAction, data, buttons, keys)
    entering.ignore()
    QApplication.sendEvent(window, entering)
    if entering.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))
    return entering.isAccepted()


def test_a_dropped_pack_is_opened_and_anything_else_is_refused(window, packs):
    assert not drop(window, mime("/notes.txt"))
    assert not window.opener.busy
    assert drop(window, mime(str(packs / "whole.jasicpack")))
    assert settled(window).store.archive.id == "mill"
