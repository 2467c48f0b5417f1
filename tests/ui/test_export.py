"""The export dialog: from the keys that open it to the file that others read, and what goes wrong on the way."""

from __future__ import annotations

import csv
import json
import os
import resource
import shutil
import subprocess
import zipfile
from io import StringIO
from pathlib import Path

import bibtexparser
import pytest
import rispy
from docx import Document
from msgspec.structs import replace
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from jasic_desktop.app.context import open_archive
from jasic_desktop.app.exporting import contents
from jasic_desktop.core.localised import Localised
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.ui import tasks
from jasic_desktop.ui.export_dialog import ExportDialog, show_export
from tests.helpers.sample import ARCHIVE, MI
from tests.helpers.stores import forged_store
from tests.helpers.window import coordinator_in
from tests.ui.conftest import settle, wait_for

CONTROL = Qt.KeyboardModifier.ControlModifier


def records_of(path):
    with zipfile.ZipFile(path) as bag:
        name = next(name for name in bag.namelist() if name.endswith("/data/records.jsonl"))
        return len(bag.read(name).splitlines()) - 1


READERS = {
    "pdf": lambda path: len(PdfReader(path).outline) - 1,  # and the list of sources
    "dossier": records_of,
    "html": lambda path: path.read_text("utf-8").count("<article id="),
    "docx": lambda path: sum(p.style.name == "Heading 1" for p in Document(path).paragraphs) - 1,  # and its provenance
    "markdown": lambda path: sum(line.startswith("# ") for line in path.read_text("utf-8").splitlines()),
    "xlsx": lambda path: load_workbook(path).worksheets[0].max_row - 1,
    "csv": lambda path: len(list(csv.DictReader(StringIO(path.read_text("utf-8-sig"), newline="")))),
    "json": lambda path: len(json.loads(path.read_bytes())["records"]),
    "jsonl": lambda path: sum(json.loads(line)["type"] != "archive" for line in path.read_bytes().splitlines()),
    "jsonld": lambda path: len(json.loads(path.read_bytes())["@graph"]) - 1,
    "bibtex": lambda path: len(bibtexparser.parse_string(path.read_text("utf-8")).entries),
    "ris": lambda path: len(rispy.loads(path.read_text("utf-8"))),
    "csl-json": lambda path: len(json.loads(path.read_bytes())),
}


def calm(dialog):
    """Wait until everything shown in the dialog is final."""
    works = (dialog._surveying, dialog._looking, dialog._writing, dialog._listing, dialog._citing)
    assert wait_for(lambda: not any(work.running for work in works), 30)
    return dialog


@pytest.fixture
def open_dialog(make_window, qapp):
    """Opens the dialog by its keys, on records that are selected first."""
    made = []

    def open_(ids=(), window=None, form="html", **options):
        window = window or make_window(**options)
        window.coordinator.ask("", False)
        assert wait_for(lambda: not window.coordinator.is_searching)
        if ids:
            window.coordinator.select(ids)
        if made:
            window.coordinator.run("export")  # without a screen no window becomes active again
        else:
            QTest.keyClick(window, Qt.Key.Key_E, CONTROL)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        made.append(dialog)
        dialog.coordinator = window.coordinator
        dialog.form.formats.set_format(form)
        return dialog

    yield open_
    for dialog in made:
        try:
            dialog.done(0)
        except RuntimeError:
            continue  # it was closed and is gone
    settle()


@pytest.fixture
def bare(qtbot, used_home, tmp_path):
    """Opens the dialog on records of the bundled archive over a bare widget: no panes, and nothing searches."""
    made = []

    def open_(ids=None, size=(1024, 768), language="en", percent=100, archive=None, form="html"):
        coordinator = coordinator_in(used_home, tmp_path / "config", language)
        coordinator.settings = coordinator.settings.changed("text_size", percent)
        QApplication.instance().setFont(coordinator.font("ui"))
        QApplication.instance().setStyleSheet(coordinator.theme.stylesheet(coordinator.text_scale))
        coordinator.archive = archive or open_archive(None, coordinator.places)
        parent = QWidget()
        made.append((coordinator, parent))
        store = coordinator.store
        coordinator.select(ids(store) if ids else store.ids[:3])
        qtbot.addWidget(parent)
        parent.resize(*size)
        parent.show()
        show_export(coordinator, parent)
        dialog = QApplication.activeModalWidget()
        dialog.coordinator = coordinator
        dialog.form.formats.set_format(form)
        return calm(dialog)

    yield open_
    for coordinator, _ in made:
        tasks.end_all()
        coordinator.close()


@pytest.fixture
def some(make_window):
    """A window with three records of different types selected."""
    window = make_window()
    store = window.coordinator.store
    ids = [next(i for i in store.ids if store.type(i) == kind) for kind in ("person", "event", "document")]
    window.coordinator.select(ids)
    return window, ids


def said(dialog) -> str:
    return dialog.form.outcome.sentence.accessibleName() if dialog.form.outcome.kind else ""


def write_to(dialog, path) -> str:
    """Write to `path`; what is said then."""
    dialog.form.path.setText(str(path))
    dialog.form.export.click()
    calm(dialog)
    return said(dialog)


def test_three_records_leave_in_every_format_by_keys_alone(open_dialog, some, tmp_path):
    window, ids = some
    dialog = calm(open_dialog(window=window, form="pdf"))
    assert QApplication.focusWidget() is dialog.form.formats
    assert dialog.form._title.text() == "Export 3 records"
    for key, form in FORMATS.items():
        assert dialog.form.formats.format == key
        path = Path(dialog.form.path.text())
        assert path.name.startswith("jasic-3-records") and path.name.endswith(f".{form.extension}")
        dialog.form.path.setText(str(tmp_path / f"{key}.{form.extension}"))
        QTest.keyClick(dialog.form.formats, Qt.Key.Key_Return)
        calm(dialog)
        assert "Exported 3 records" in said(dialog)
        dialog.form.path.setText(str(path))
        dialog.form.formats.setFocus()
        QTest.keyClick(dialog.form.formats, Qt.Key.Key_Down)
        calm(dialog)
    for key, read in READERS.items():
        assert read(tmp_path / f"{key}.{FORMATS[key].extension}") == 3, key
    store = window.coordinator.store
    assert READERS["csv"](tmp_path / "csv-statements.csv") == contents(store, ids).statements


def test_what_is_said_before_is_what_leaves(bare, tmp_path):
    dialog = bare()
    shown = {row: label.text() for row, label in dialog.form.facts._values.items()}
    held = contents(dialog.coordinator.store, dialog._ids)
    assert (shown["records"], shown["statements"], shown["sources"]) == ("3", str(held.statements), str(held.sources))
    dialog.form.formats.set_format("bibtex")
    calm(dialog)
    assert dialog.form.facts._values["statements"].text() == "none"
    path = tmp_path / "a.bib"
    write_to(dialog, path)
    size = path.stat().st_size
    told = f"{size} bytes" if size < 1000 else f"{round(size / 1000)} kB"
    assert dialog.form.facts._values["size"].text() == f"1 file, {told}"
    assert path.read_text("utf-8").startswith(dialog.form.preview.text.toPlainText()[:200])


def test_the_preview_of_a_pdf_is_its_pages_turned_by_keys_and_buttons(bare, tmp_path):
    dialog = bare(form="pdf")
    pages = dialog.form.preview.pages
    assert dialog.form.preview.currentWidget() is pages
    assert pages.at == 0 and not pages.turner.previous.isEnabled() and pages.turner.next.isEnabled()
    path = tmp_path / "a.pdf"
    assert "Exported 3 records" in write_to(dialog, path)
    written = PdfReader(path).pages
    assert len(written) == len(pages.leaves)
    assert pages.turner.label.text() == f"page 1 of {len(written)}"
    pages.turner.next.click()
    assert pages.at == 1
    QTest.keyClick(pages.page, Qt.Key.Key_End)
    assert pages.at == len(written) - 1 and not pages.turner.next.isEnabled()
    shown = "".join(pages.leaves[pages.at].text.split())
    assert sorted(shown) == sorted("".join(written[pages.at].extract_text().split()))
    assert pages.page.accessibleDescription() == pages.leaves[pages.at].text
    image = pages.page.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}) > 20


def test_options_are_there_where_the_format_heeds_them_and_change_the_file(bare, tmp_path):
    dialog = bare(lambda store: ["2018-07-27-mass-arrest"], form="pdf")
    options = dialog.form.options
    assert options.tick("side_by_side").isVisible() and options.paper_box.isVisible()
    assert not options.tick("notes").isVisible()
    before = [leaf.inks for leaf in dialog.form.preview.pages.leaves]
    options.tick("side_by_side").click()
    calm(dialog)
    assert [leaf.inks for leaf in dialog.form.preview.pages.leaves] != before
    options.paper_box.setCurrentIndex(1)
    calm(dialog)
    write_to(dialog, tmp_path / "a.pdf")
    assert float(PdfReader(tmp_path / "a.pdf").pages[0].mediabox.width) == 612
    dialog.form.formats.set_format("csv")
    assert not options.tick("side_by_side").isVisible() and not options.paper_box.isVisible()
    assert not dialog.form.style_box.isEnabled() and not dialog.form.example.isEnabled()


def test_an_example_of_the_citation_style_is_shown_and_copied(bare):
    dialog = bare(lambda store: ["2018-07-27-mass-arrest"])
    dialog.form.style_box.setCurrentIndex(dialog.form.style_box.findData("gb7714"))
    calm(dialog)
    dialog.form.example.click()
    calm(dialog)
    assert "[N" in said(dialog) or "[EB" in said(dialog) or "[J" in said(dialog)
    dialog.form.outcome.button.click()
    assert QGuiApplication.clipboard().text() == said(dialog)


def test_a_format_that_is_forbidden_stays_in_the_list_with_the_reason(bare):
    dialog = bare(form="pdf")
    formats = dialog.form.formats
    formats.forbid({"pdf": "Closed by the library.", "dossier": "Closed too."})
    assert formats.format == "html"
    shown = {formats.item(row).text(): formats.item(row).flags() for row in range(formats.count())}
    assert shown["PDF\nClosed by the library."] == Qt.ItemFlag.NoItemFlags
    formats.setFocus()
    QTest.keyClick(formats, Qt.Key.Key_Up)
    assert formats.format == "html"


def test_where_nothing_is_selected_the_record_that_is_read_leaves(open_dialog, make_window, tmp_path):
    window = make_window()
    window.coordinator.open_record("yue-xin")
    dialog = calm(open_dialog(window=window))
    assert dialog.scope.kind == "record"
    assert Path(dialog.form.path.text()).name == "yue-xin.html"
    assert "Yue Xin" in dialog.form.preview.text.toPlainText()
    assert "1 record" in write_to(dialog, tmp_path / "a.html")
    assert 'id="yue-xin"' in (tmp_path / "a.html").read_text("utf-8")


def test_all_that_was_found_leaves_not_only_what_is_listed(open_dialog, make_window, tmp_path):
    window = make_window()
    coordinator = window.coordinator
    coordinator.open_record("yue-xin")
    dialog = open_dialog(window=window)
    found = [number for number, scope in enumerate(dialog._scopes) if scope.kind == "found"]
    dialog.form.scope.setCurrentIndex(found[0])
    calm(dialog)
    assert len(coordinator.answer.hits) < coordinator.answer.total == coordinator.store.count
    dialog.form.formats.set_format("jsonl")
    calm(dialog)
    write_to(dialog, tmp_path / "all.jsonl")
    assert READERS["jsonl"](tmp_path / "all.jsonl") == coordinator.store.count
    # A question that is still being typed gives the records that it shows.
    dialog.reject()
    settle()
    coordinator.ask("shen", True)
    assert wait_for(lambda: not coordinator.is_searching)
    total = coordinator.answer.total
    coordinator.run("export")
    dialog = QApplication.activeModalWidget()
    dialog.form.scope.setCurrentIndex(1)
    calm(dialog)
    assert len(dialog._ids) == total > 0
    dialog.done(0)


def test_a_file_that_is_there_is_asked_about_and_replaced_by_a_key(bare, tmp_path):
    path = tmp_path / "notes.html"
    path.write_text("mine")
    dialog = bare()
    assert "already" in write_to(dialog, path)
    assert path.read_text() == "mine"
    assert QApplication.focusWidget() is dialog.form.outcome.button
    assert dialog.form.cancel.text() == "Cancel"
    QTest.keyClick(dialog.form.outcome.button, Qt.Key.Key_Space)
    calm(dialog)
    assert "Exported" in said(dialog)
    assert dialog.form.cancel.text() == "Close"
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_a_file_chosen_in_the_systems_dialog_is_not_asked_about_twice(bare, tmp_path):
    dialog = bare()

    def answer():
        asked = QApplication.activeModalWidget()
        if isinstance(asked, QFileDialog):
            asked.findChild(QLineEdit).setText(str(tmp_path / "chosen.html"))
            asked.accept()

    QTimer.singleShot(50, answer)
    dialog.form.choose.click()
    assert dialog.form.path.text() == str(tmp_path / "chosen.html")
    (tmp_path / "chosen.html").write_text("the dialog has asked about it")
    dialog.form.export.click()
    calm(dialog)
    assert "Exported" in said(dialog)
    # The next one goes beside it, under a name of its own.
    dialog.form.formats.set_format("csv")
    assert dialog.form.path.text() == str(tmp_path / "chosen.csv")


def test_cancel_ends_the_writing_and_leaves_nothing(bare, tmp_path):
    dialog = bare(lambda store: store.ids)
    dialog.form.path.setText(str(tmp_path / "all.html"))
    dialog.form.export.click()
    assert dialog.is_writing and not dialog.form.export.isEnabled() and dialog.form.cancel.isEnabled()
    assert wait_for(lambda: any(tmp_path.glob(".*.part")))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    calm(dialog)
    assert list(tmp_path.iterdir()) == []
    assert "Stopped" in said(dialog)
    assert dialog.form.export.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_closing_the_dialog_while_a_file_is_written_leaves_nothing(bare, tmp_path):
    dialog = bare(lambda store: store.ids)
    dialog.form.path.setText(str(tmp_path / "all.html"))
    dialog.form.export.click()
    assert wait_for(lambda: any(tmp_path.glob(".*.part")))
    dialog.done(0)
    assert wait_for(lambda: not any(tmp_path.glob(".*.part")))
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_written_one_sentence_says_so_and_the_dialog_stays(bare, tmp_path):
    dialog = bare()
    for name in ("gone/a.html", "x" * 300, ".", "a\0b"):
        sentence = write_to(dialog, tmp_path / name)
        assert sentence and "\n" not in sentence
        assert dialog.form.outcome.kind == "error" and dialog.isVisible()
        assert list(tmp_path.iterdir()) == []
    assert write_to(dialog, "~nobody-of-this-name/a.html") and dialog.form.outcome.kind == "error"
    assert write_to(dialog, "  ")
    assert QApplication.focusWidget() is dialog.form.path and not dialog.is_writing
    assert "Exported" in write_to(dialog, tmp_path / "good.html")


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="only root can make a small disk")
def test_a_full_disk_is_told_and_leaves_nothing(bare, tmp_path):
    disk = tmp_path / "stick"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False)
    if made.returncode:
        pytest.skip("this system lets nobody make a small disk")
    try:
        dialog = bare(lambda store: store.ids[:200])
        assert "full" in write_to(dialog, disk / "all.html")
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    assert dialog.isVisible()
    shutil.rmtree(disk)  # the stick is pulled out
    assert "no folder" in write_to(dialog, disk / "all.html")


def test_a_file_that_may_not_grow_is_told_and_leaves_nothing(bare, tmp_path):
    dialog = bare(lambda store: store.ids[:50])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        sentence = write_to(dialog, tmp_path / "all.html")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "not written" in sentence
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_vanished_is_told(bare, tmp_path):
    dialog = bare()
    dialog._source = type(dialog._source)(tmp_path / "gone.sqlite", tmp_path)
    sentence = write_to(dialog, tmp_path / "a.html")
    assert "gone.sqlite" in sentence and dialog.isVisible()
    dialog.form.formats.set_format("csv")
    calm(dialog)
    assert "gone.sqlite" in said(dialog)
    assert list(tmp_path.iterdir()) == []


def test_list_and_path_are_copied(bare, tmp_path):
    dialog = bare()
    dialog.form.copy_list.click()
    calm(dialog)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 4 and all("jasic:" in line for line in lines[1:])
    write_to(dialog, tmp_path / "a.html")
    dialog.form.outcome.button.click()
    assert QGuiApplication.clipboard().text() == str(tmp_path / "a.html")


def test_another_language_changes_what_leaves_and_another_archive_ends_it(bare):
    dialog = bare()
    before = dialog.form.preview.text.toPlainText()
    dialog.form.options.language_box.setCurrentIndex(1)
    calm(dialog)
    assert dialog.form.preview.text.toPlainText() != before
    dialog.coordinator.archive_opened.emit()
    assert not dialog.isVisible()


def test_everything_is_reached_by_tab_and_has_a_name(bare):
    dialog = bare()
    reached = []
    for _ in range(20):
        focus = QApplication.focusWidget()
        if focus in reached:
            break
        reached.append(focus)
        assert focus.accessibleName(), focus
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    form = dialog.form
    expected = {form.formats, form.scope, form.preview.text, form.options.language_box, form.style_box, form.example}
    expected |= {form.path, form.choose, form.copy_list, form.cancel, form.export}
    assert expected <= set(reached)
    assert all("&" not in button.text() for button in dialog.findChildren(QPushButton))


class Forged:
    """An open archive that no pack could be: `title` and `text` are those of its only record."""

    def __init__(self, folder, title, text):
        record = replace(MI, title=Localised(en=title), summary=Localised(en=text), links=(), affiliations=())
        self.store = forged_store(ARCHIVE, [record], folder)
        self.store_path, self.index_folder = folder / "records.sqlite", folder

    def close(self):
        self.store.close()


def test_a_hostile_record_is_shown_as_what_it_is(bare, tmp_path):
    text = "\u202egro.live//:ptth <img src=file:///etc/passwd> " + "x" * 100_000
    dialog = bare(lambda store: store.ids, archive=Forged(tmp_path, text, text))
    for key in FORMATS:
        dialog.form.formats.set_format(key)
        calm(dialog)
        preview = dialog.form.preview
        shown = preview.text.toPlainText()
        assert len(shown) < 10_000 and "\u202e" not in shown
        if "press" in FORMATS[key].heeds:
            assert 1 < len(preview.pages.leaves) <= 24
            assert "\u202e" not in "".join(leaf.text for leaf in preview.pages.leaves)
    dialog.form.formats.set_format("html")
    assert "<img src=file:///etc/passwd>" in calm(dialog).form.preview.text.toPlainText()
    (tmp_path / "out").mkdir()
    assert "Exported" in write_to(dialog, tmp_path / "out" / "a.html")


@pytest.mark.parametrize(
    ("size", "language"),
    [((1440, 900), "en"), ((1024, 768), "en"), ((1024, 768), "zh-Hans"), ((800, 560), "en"), ((800, 560), "zh-Hant")],
)
def test_nothing_is_cut_off_at_any_size_of_window_and_text(bare, size, language):
    for percent in (100, 200):
        dialog = bare(None, size, language, percent)
        window = dialog.parentWidget()
        dialog.form.path.setText("/no/such/folder/a.html")
        dialog.form.export.click()
        assert dialog.is_writing and dialog.width() <= window.width()
        calm(dialog)
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        assert dialog.width() <= window.width() and dialog.height() <= window.height()
        for widget in (*dialog.findChildren(QLabel), *dialog.findChildren(QPushButton)):
            if widget.isVisible():
                assert fits(widget), (percent, widget.text(), widget.size(), widget.sizeHint())
        for button in (dialog.form.cancel, dialog.form.export, dialog.form.copy_list):
            assert dialog.rect().contains(button.mapTo(dialog, button.rect().bottomRight()))
        dialog.reject()
        window.close()


def fits(widget: QWidget) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() >= widget.heightForWidth(widget.width()) - 1
    return widget.width() >= widget.minimumSizeHint().width() and widget.height() >= widget.minimumSizeHint().height()
