"""Proving the open copy in the window: each damaged file, a certificate, and what the window says from then on."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton

from jasic_desktop.packs.minisign import new_key, write_public_key
from jasic_desktop.packs.signing import sign_pack
from jasic_desktop.ui.about_dialog import AboutDialog
from jasic_desktop.ui.verify_dialog import VerifyDialog
from tests.helpers.archives import make_pack
from tests.ui.conftest import wait_for

LONG = 60


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return make_pack(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def opened(make_window, whole, tmp_path):
    """A window on a copy of the small archive that a test may damage or sign."""

    def make(*, key=None, **options):
        pack = shutil.copytree(whole, tmp_path / "pack")
        window = make_window(**options)
        own = window.coordinator.places
        window.coordinator.places = replace(own, cache=tmp_path / "cache", config=tmp_path / "own")
        if key is not None:
            sign_pack(pack, key)
            folder = tmp_path / "own" / "keys"
            folder.mkdir(parents=True)
            (folder / "editors.pub").write_bytes(write_public_key(replace(key.public_key, comment="The Editors")))
            (folder / "editors.pub").chmod(0o644)
        window.opener.open(str(pack))
        assert wait_for(lambda: window.coordinator.store.archive.id == "mill" and not window.opener.busy, LONG)
        assert wait_for(lambda: not window.coordinator.is_searching, LONG)
        return window, pack

    return make


def verify(window):
    window.coordinator.run("verify")
    dialog = window.findChildren(VerifyDialog)[-1]
    assert wait_for(lambda: dialog.result_found is not None, LONG)
    return dialog


def status(window):
    return " ".join(label.text() for label in window.status_bar.findChildren(QLabel) if label.isVisible())


def facts(window):
    return " ".join(label.text() for label in window.start_page.findChildren(QLabel) if label.isVisible())


def test_a_whole_copy(opened):
    window, _ = opened()
    dialog = verify(window)
    assert dialog.state.text() == "Complete, maker unknown"
    assert f"all {dialog.result_found.files} files match" in dialog.told.text()
    assert not dialog.problems.isVisible() and not dialog.bar.isVisible()
    dialog.reject()


def test_a_damaged_copy_is_named_file_by_file_everywhere(opened):
    window, pack = opened()
    (pack / "data/records/0001.jsonl").write_bytes(b"x")
    (pack / "data/stray.txt").write_bytes(b"x")
    dialog = verify(window)
    lines = dialog.problems.toPlainText().splitlines()
    assert [line.split(":")[0] for line in lines] == ["data/records/0001.jsonl", "data/stray.txt"]
    assert dialog.state.text().startswith("Damaged: ")
    dialog.reject()
    window.status_bar.clear()
    assert "Damaged: 2 files" in status(window)
    assert wait_for(lambda: "Damaged: data/records/0001.jsonl" in facts(window))


def test_a_signed_copy_says_by_whom(opened):
    window, _ = opened(key=new_key())
    assert "Verified, signed by The Editors" in status(window)
    assert "Verified, signed by The Editors" in facts(window)
    dialog = verify(window)
    assert dialog.state.text() == "Verified, signed by The Editors"
    assert "you trust" in dialog.told.text()
    dialog.reject()


def test_it_can_be_cancelled_and_done_again(opened):
    window, _ = opened()
    window.coordinator.run("verify")
    dialog = window.findChildren(VerifyDialog)[-1]
    dialog.cancel.click()
    assert wait_for(dialog.again.isVisible, LONG)
    if dialog.result_found is None:
        assert dialog.outcome.kind == "error" and not dialog.save.isVisible()
    dialog.again.click()
    assert wait_for(lambda: dialog.result_found is not None, LONG)
    assert dialog.save.isVisible()
    dialog.reject()


def test_a_drive_that_vanished_is_damage_not_a_crash(opened):
    window, pack = opened()
    shutil.rmtree(pack)
    dialog = verify(window)
    assert dialog.state.text().startswith("Damaged")
    assert dialog.problems.toPlainText()
    dialog.reject()
    window.coordinator.open_record("shan-xin")
    assert window.coordinator.moment.record == "shan-xin"


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_a_certificate_is_saved_where_the_person_says(opened, tmp_path, language):
    window, _ = opened(language=language)
    dialog = verify(window)
    target = tmp_path / "证书 1.pdf"

    def answer():
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, QFileDialog)
        asked.findChild(QLineEdit).setText(str(target))
        asked.accept()

    QTimer.singleShot(200, answer)
    dialog.save.click()
    assert target.read_bytes().startswith(b"%PDF-")
    assert dialog.outcome.kind == "done"
    dialog.outcome.button.click()
    assert QGuiApplication.clipboard().text() == str(target)
    QTimer.singleShot(200, lambda: QApplication.activeModalWidget().reject())
    dialog.save.click()
    dialog.reject()


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_about_says_who_made_what(opened, language):
    window, _ = opened(key=new_key(), language=language)
    window.coordinator.run("about")
    dialog = window.findChild(AboutDialog)
    shown = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    for fact in ("The Editors", "Jasic Desktop 0.1.0", "MIT", "CC BY 4.0", "PySide6-Essentials", "PyNaCl", "Python"):
        assert fact in shown, fact
    words = window.coordinator.words
    next(b for b in dialog.findChildren(QPushButton) if b.text() == words("window.about.copy_all")).click()
    copied = QGuiApplication.clipboard().text()
    assert window.coordinator.store.fingerprint in copied and "PySide6-Essentials" in copied
    next(b for b in dialog.findChildren(QPushButton) if b.text() == words("window.command.verify")).click()
    (checking,) = window.findChildren(VerifyDialog)
    assert wait_for(lambda: checking.result_found is not None, LONG)
    checking.reject()
