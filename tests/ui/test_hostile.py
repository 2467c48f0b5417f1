"""Texts that want to act: the reader shows them, opens no file and no connection, and goes on answering."""

import json
import sys
from dataclasses import replace
from types import SimpleNamespace

import msgspec
import pytest
from PySide6.QtGui import QImage, QPainter, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from jasic_desktop.core.blocks import ListBlock, Narrative, Paragraph, Quote, Text
from jasic_desktop.packs.problems import SourceFault
from jasic_desktop.render.page import page
from jasic_desktop.ui import document_view
from jasic_desktop.ui.document import LONGEST_PARAGRAPH
from jasic_desktop.ui.document_blank import ClosedDocument
from jasic_desktop.ui.reader import ReaderPane
from tests.helpers.archives import make_pack, make_source, make_store
from tests.helpers.window import coordinator_in

TAGS = (
    '<img src="file:///etc/passwd"><img src="//server/share/x.png">'
    '<a href="javascript:alert(1)">here</a> <link rel="stylesheet" href="http://example.org/x.css">'
    "<script>alert(1)</script> ![x](file:///etc/passwd) //server/share/x.png "
    "\\\\server\\share\\x.png javascript:alert(1)"
)
LONG = "x" * 300_000
EVENT = "2018-03-20-dismissal"

watched: list[str] = []
watching: list[bool] = []


def watch(event, details):
    if watching and event.startswith(("open", "socket.", "subprocess.", "os.system", "urllib.", "webbrowser.")):
        watched.append(f"{event} {details[:1]}")


sys.addaudithook(watch)


@pytest.fixture
def opened():
    """What was opened while the test ran, files of the program itself left out."""
    watched.clear()
    watching.append(True)
    yield lambda: [one for one in watched if "jasic_desktop" not in one and "resources" not in one]
    watching.clear()


@pytest.fixture
def loaded(monkeypatch):
    """What documents were asked to load."""
    asked = []
    monkeypatch.setattr(ClosedDocument, "loadResource", lambda _self, _kind, name: asked.append(str(name)))
    return asked


@pytest.fixture
def read(qtbot, used_home, tmp_path):
    """Opens a record of a small real pack with these changes in a reader."""
    made = []

    def one(changes, record=EVENT):
        folder = tmp_path / str(len(made))
        folder.mkdir()
        store = make_store(folder, make_pack(folder, make_source(folder / "source", changes)))
        coordinator = coordinator_in(used_home, tmp_path / "config")
        coordinator.search = lambda **_: None
        coordinator._searcher = None
        pane = ReaderPane(coordinator)
        made.append((coordinator, store))
        qtbot.addWidget(pane)
        pane.resize(574, 640)
        pane.show()
        coordinator.open(SimpleNamespace(store=store, close=store.close, store_path=None, index_folder=None))
        coordinator.open_record(record)
        qtbot.waitUntil(lambda: pane.view.is_whole, timeout=60_000)
        pane.grab()
        return pane

    yield one
    for coordinator, store in made:
        coordinator.archive = None
        store.close()
        coordinator.deleteLater()


def statements(*texts):
    said = enumerate(texts, start=1)
    return [{"id": f"s{n}", "text": t, "date": "2018-03-20", "sources": ["gazette-report"]} for n, t in said]


def event(**fields):
    return {f"event/{EVENT}": {"accounts": None, **fields}}


def test_tags_and_addresses_are_letters(read, opened, loaded):
    hostile = event(
        title=TAGS,
        short="x",
        summary=TAGS,
        statements=statements(TAGS, "A name."),
        accounts=[
            {
                "id": "a1",
                "question": TAGS,
                "statements": ["s1"],
                "answers": [{"text": TAGS, "sources": ["gazette-report"]}, {"text": "b", "sources": ["circle-letter"]}],
            }
        ],
    )
    pane = read(hostile)
    text = pane.view.toPlainText()
    assert text.count('<img src="file:///etc/passwd">') == 5
    assert {link.target.partition(":")[0] for link in pane.view.links} == {"record", "cite"}
    walk(pane)
    assert isinstance(pane.view.document(), ClosedDocument) and loaded == []
    assert [one for one in opened() if "passwd" in one or "server" in one or "socket" in one] == []


def walk(pane):
    """Everything that can be done with a page: names, numbers, cards, find, copy, tabs, menu."""
    view = pane.view
    for _ in range(min(30, len(view.links) + 1)):
        view.step_link(1)
        QApplication.processEvents()
    view.selectAll()
    view.copy()
    pane.find_bar.open_bar("passwd")
    pane.search.step(1)
    pane.find_bar.close_bar()
    view.context_menu(view.links[0]).deleteLater()
    for label in pane.window().findChildren(QLabel):
        assert label.textFormat() == label.textFormat().PlainText or not label.text()
    pane.tabs.tabToolTip(0)
    pane.grab()


def test_reading_opens_no_file_but_the_programs_own_drawings(read, opened):
    pane = read(event(statements=statements(TAGS)))
    walk(pane)
    opened_before = len(opened())
    for record in ("shan-xin", "gazette-report", "essay-mill", EVENT):
        pane._coordinator.open_record(record)
        QApplication.processEvents()
        walk(pane)
    assert opened()[opened_before:] == []


def test_a_word_of_300_000_letters_is_shown_whole_in_lines(read):
    pane = read(event(statements=statements(LONG), title=LONG[:2000], summary=LONG[:5000]))
    assert pane.view.toPlainText().replace("\n", "").count("x" * 300_000) == 1
    block, longest = pane.view.document().begin(), 0
    while block.isValid():
        longest = max(longest, block.length())
        block = block.next()
    assert longest <= LONGEST_PARAGRAPH + 1
    assert pane.view.document().size().width() <= pane.view.viewport().width()
    QTest.keyClick(pane.view, "a")  # the window answers
    assert pane.view.scroll_share == 0
    pane.view._scroll_by("end", 1)
    assert pane.view.scroll_share == 1


def test_marks_of_direction_are_refused_or_seen(read, tmp_path):
    with pytest.raises(SourceFault, match="U\\+202E"):
        make_pack(tmp_path, make_source(tmp_path / "turned", event(statements=statements("a\u202eb"))))
    pane = read(event(statements=statements("Arabic مرحبا and עברית stay where they are.")))
    assert "مرحبا" in pane.view.toPlainText()
    shown = page(pane._coordinator.store, EVENT, "en")
    pane.view.show_page(replace(shown, title="a\u202eb", blocks=(Paragraph((Text("c\u2066d\u0000"),)),)))
    text = pane.view.toPlainText()
    assert "a\u27e8U+202E\u27e9b" in text and "c\u27e8U+2066\u27e9d\u2400" in text
    assert "\u202e" not in pane.view.accessibleName()


def test_5000_levels_are_no_narrative():
    nested = Paragraph((Text("deep"),))
    for _ in range(5000):
        nested = Quote((nested,))
    with pytest.raises((ValueError, RecursionError)):
        Narrative(en=(nested,))
    text = '{"en":[' + '{"t":"quote","blocks":[' * 5000 + "]}" * 5000 + "]}"
    with pytest.raises((msgspec.ValidationError, msgspec.DecodeError, RecursionError)):
        msgspec.json.decode(text, type=Narrative)
    assert json.dumps(text)


def test_the_deepest_page_that_a_pack_can_hold_stays_in_its_column(read):
    pane = read(event(statements=statements("Said.")))
    block = Paragraph((Text("deep"),))
    for level in range(Narrative.MAX_DEPTH):
        block = Quote((block,)) if level % 2 else ListBlock(((block,),))
    shown = page(pane._coordinator.store, EVENT, "en")
    pane.view.show_page(replace(shown, blocks=(block,)))
    pane.grab()
    assert "deep" in pane.view.toPlainText()
    assert pane.view.document().size().width() <= pane.view.viewport().width()


def test_a_page_of_2000_statements_comes_in_turns(read, qtbot, monkeypatch):
    pane = read(event(statements=statements(*(f"Statement number {n} of very many." for n in range(2000)))))
    turns = []
    write = pane.view._write_for
    monkeypatch.setattr(pane.view, "_write_for", lambda seconds: (turns.append(seconds), write(seconds)))
    pane._coordinator.open_record("shan-xin")
    turns.clear()
    pane._coordinator.open_record(EVENT)
    assert not pane.view.is_whole and len(pane.view.links) < 2000  # the window is free again before the page is whole
    assert pane.view.toPlainText().startswith("Dismissal")
    qtbot.waitUntil(lambda: pane.view.is_whole, timeout=60_000)
    assert turns[0] == document_view.FIRST_SLICE and set(turns[1:]) == {document_view.SLICE}
    assert "Statement number 1999" in pane.view.toPlainText()


def test_a_document_that_names_a_picture_does_not_open_it(qapp, tmp_path):
    path = tmp_path / "secret.png"
    secret = QImage(40, 40, QImage.Format.Format_RGB32)
    secret.fill(0xFF00C8)
    assert secret.save(str(path))
    document = ClosedDocument()
    QTextCursor(document).insertImage(str(path))
    shown = QImage(60, 60, QImage.Format.Format_RGB32)
    shown.fill(0xFFFFFF)
    painter = QPainter(shown)
    document.drawContents(painter)
    painter.end()
    assert not any(shown.pixel(x, y) & 0xFFFFFF == 0xFF00C8 for x in range(60) for y in range(60))
