"""Printing: pages are seen first, a PDF is saved without a printer, and a printer is made only when it is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled
from jasic_desktop.export.options import Options
from jasic_desktop.ui.paper.book import Book
from jasic_desktop.ui.print_dialog import PrintDialog, show_print
from jasic_desktop.ui.printing import new_printer, print_leaves
from tests.helpers.stores import bundled_store
from tests.ui.conftest import settle, wait_for

CONTROL = Qt.KeyboardModifier.ControlModifier


def calm(dialog):
    assert wait_for(lambda: not (dialog._making.running or dialog._working.running), 60)
    assert dialog.view.leaves, dialog.outcome.sentence.text()
    return dialog


@pytest.fixture
def dialogs():
    """Closes what is still open."""
    made = []

    def opened():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PrintDialog)
        made.append(dialog)
        return calm(dialog)

    yield opened
    for dialog in made:
        try:
            dialog.done(0)
        except RuntimeError:
            continue
    settle()


def saved(dialog, path: Path) -> PdfReader:
    dialog.save_to(path)
    calm(dialog)
    assert str(path) in dialog.outcome.sentence.accessibleName().replace("\u200b", "")
    return PdfReader(path)


def test_the_record_the_selection_and_the_timeline_are_seen_and_saved(make_window, dialogs, tmp_path):
    window = make_window()
    coordinator = window.coordinator
    assert not coordinator.can("print")
    coordinator.open_record("yue-xin")
    QTest.keyClick(window, Qt.Key.Key_P, CONTROL)
    dialog = dialogs()
    assert QApplication.focusWidget() is dialog.view.page
    assert "Yue Xin" in dialog.view.leaves[0].text
    read = saved(dialog, tmp_path / "one.pdf")
    assert len(read.pages) == len(dialog.view.leaves)
    dialog.done(0)
    ids = [i for i in coordinator.store.ids if coordinator.store.type(i) == "event"][:3]
    coordinator.select(ids)
    coordinator.run("print")
    dialog = dialogs()
    dialog.scope.setCurrentIndex(1)
    calm(dialog)
    words = " ".join(" ".join(leaf.text for leaf in dialog.view.leaves).split())
    for record_id in ids:
        assert "".join(coordinator.store.title(record_id).show("en").split()) in "".join(words.split())
    dialog.done(0)
    coordinator.show_view("timeline")
    coordinator.run("print")
    dialog = dialogs()
    assert dialog.job.rows == window.panes.timeline.canvas.rows
    assert dialog.view.leaves[0].pictures
    read = saved(dialog, tmp_path / "timeline.pdf")
    text = "".join("".join(leaf.extract_text() for leaf in read.pages).split())
    for row in dialog.job.rows:
        assert "".join(row.title.show("en").split()) in text


def test_everything_is_reached_by_keys_and_paper_can_be_chosen(make_window, dialogs, tmp_path):
    window = make_window((1024, 768), "zh-Hans")
    window.coordinator.open_record("yue-xin")
    window.coordinator.run("print")
    dialog = dialogs()
    reached = []
    for _ in range(12):
        focus = QApplication.focusWidget()
        if focus in reached:
            break
        reached.append(focus)
        assert focus.accessibleName(), focus
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert {dialog.view.page, dialog.scope, dialog.paper, dialog.save, dialog.cancel, dialog.print} <= set(reached)
    assert all("&" not in button.text() for button in dialog.findChildren(QPushButton))
    dialog.paper.setCurrentIndex(1)
    calm(dialog)
    assert float(saved(dialog, tmp_path / "a.pdf").pages[0].mediabox.width) == 612
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_where_a_pdf_cannot_be_saved_it_is_said_and_nothing_is_left(make_window, dialogs, tmp_path):
    window = make_window()
    window.coordinator.open_record("yue-xin")
    show_print(window.coordinator, window)
    dialog = dialogs()
    dialog.save_to(tmp_path / "gone" / "a.pdf")
    calm(dialog)
    assert dialog.outcome.kind == "error"
    assert list(tmp_path.glob("gone*")) == []


def test_a_printer_gets_the_pages_of_the_range_and_stops_when_asked(qapp, tmp_path):
    store = bundled_store()
    ids = ("2018-07-27-mass-arrest", "mi-jiuping")

    def printer(name: str) -> QPrinter:
        made = new_printer("a4", "test")
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(tmp_path / name))
        return made

    leaves = list(Book(store, ids, Options()).pages())
    assert print_leaves(printer("all.pdf"), leaves, "en", Progress()) == len(leaves) > 3
    read = PdfReader(tmp_path / "all.pdf")
    assert len(read.pages) == len(leaves)
    assert "Massarrest" in "".join(read.pages[0].extract_text().split())
    some = printer("some.pdf")
    some.setFromTo(2, 3)
    assert print_leaves(some, leaves, "en", Progress()) == 2
    assert len(PdfReader(tmp_path / "some.pdf").pages) == 2
    left = iter([False, False, True])
    with pytest.raises(Cancelled):
        print_leaves(printer("stopped.pdf"), leaves, "en", Progress(cancelled=lambda: next(left)))


def test_no_printer_is_there_until_print_is_pressed(used_home, tmp_path):
    """In a process of its own: pages are seen and saved, and neither a printer's library nor a socket is there."""
    script = """
import json, sys
opened = []
sys.addaudithook(lambda event, details: opened.append(event) if event.startswith("socket.connect") else None)
from pathlib import Path
from PySide6.QtWidgets import QApplication, QWidget
from jasic_desktop.app.context import open_archive
from jasic_desktop.core.paths import Places
from jasic_desktop.core.settings import Settings
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.print_dialog import show_print
from jasic_desktop.ui.toolkit import make_application
application = make_application()
places = Places.of()
coordinator = Coordinator(places, Settings.load(places.config))
coordinator.archive = open_archive(None, places)
coordinator.select(["yue-xin"])
window = QWidget(); window.show()
show_print(coordinator, window)
dialog = QApplication.activeModalWidget()
while dialog._making.running: application.processEvents()
dialog.save_to(Path(sys.argv[1]))
while dialog._working.running: application.processEvents()
maps = Path("/proc/self/maps")
print(json.dumps({
    "printing": "PySide6.QtPrintSupport" in sys.modules or (maps.exists() and "PrintSupport" in maps.read_text()),
    "opened": opened, "bytes": Path(sys.argv[1]).stat().st_size,
}))
dialog.done(0); coordinator.close()
"""
    root = str(Path(__file__).resolve().parents[2])
    env = {**os.environ, "PYTHONPATH": root, "HOME": str(used_home), "XDG_CACHE_HOME": str(used_home / ".cache")}
    words = [sys.executable, "-c", script, str(tmp_path / "a.pdf")]
    done = subprocess.run(words, env=env, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert (seen["printing"], seen["opened"]) == (False, [])
    assert seen["bytes"] > 10_000
