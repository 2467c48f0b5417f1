"""A record in two languages side by side: what is paired, that nothing is lost, and the switch in the reader."""

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest

from jasic_desktop.core.blocks import AccountsBlock, Paragraph, StatementBlock, plain
from jasic_desktop.render.beside import with_other
from jasic_desktop.render.page import page
from jasic_desktop.ui.document import fill
from jasic_desktop.ui.document_format import Formats
from jasic_desktop.ui.reader import ReaderPane
from jasic_desktop.ui.theme import Theme
from tests.helpers.window import still_coordinator

ARREST = "2018-07-27-mass-arrest"
ESSAY = "essay-petition-to-dismissal"


@pytest.fixture
def coordinator(qtbot, used_home, tmp_path):
    made = still_coordinator(used_home, tmp_path / "config")
    yield made
    made.close()


def both(coordinator, record, first="en", second="zh-Hans"):
    other = page(coordinator.store, record, second)
    return with_other(page(coordinator.store, record, first), other), other


@pytest.mark.parametrize("width", [1000, 300])
@pytest.mark.parametrize("record", [ARREST, ESSAY, "mi-jiuping"])
def test_each_statement_account_and_paragraph_stands_in_both(coordinator, record, width):
    made, other = both(coordinator, record)
    document = QTextDocument()
    writing = fill(document, made, Formats(Theme("light")), width)
    text = document.toPlainText()
    for block in (*made.blocks, *other.blocks):
        if isinstance(block, StatementBlock):
            assert plain(block.inlines).strip()[:40] in text.replace("\u2060", "")
        elif isinstance(block, AccountsBlock):
            assert block.question in text
    for block in other.blocks:
        if isinstance(block, Paragraph):
            assert plain(block.inlines)[:12] in text
    fields = {run.field for run in writing.runs}
    assert fields and all(not text[run.start : run.end].startswith("工人") for run in writing.runs)


def test_what_is_in_one_language_only_is_not_shown_twice(coordinator):
    made, _ = both(coordinator, ARREST, "zh-Hans", "zh-Hans")
    assert made.others == {}


def test_the_switch_brings_and_takes_the_other_language(qtbot, coordinator):
    pane = ReaderPane(coordinator)
    qtbot.addWidget(pane)
    pane.resize(900, 700)
    pane.show()
    QTest.qWaitForWindowExposed(pane)
    coordinator.open_record(ARREST)
    qtbot.waitUntil(lambda: pane.view.is_whole)
    chinese = page(coordinator.store, ARREST, "zh-Hans")
    sentence = plain(next(block.inlines for block in chinese.blocks if isinstance(block, StatementBlock))).strip()
    shown = []
    pane.both_shown.connect(shown.append)
    assert sentence[:10] not in pane.view.toPlainText()
    coordinator.run("both-languages")
    qtbot.waitUntil(lambda: pane.view.is_whole)
    assert sentence[:10] in pane.view.toPlainText()
    coordinator.run("both-languages")
    qtbot.waitUntil(lambda: pane.view.is_whole)
    assert sentence[:10] not in pane.view.toPlainText() and shown == [True, False]
