"""Citing in the window: what stands under the caret, in which style, and what comes to the clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest

from jasic_desktop.core.blocks import StatementBlock
from jasic_desktop.core.settings import SETTINGS
from jasic_desktop.export.citation_styles import STYLES
from jasic_desktop.ui.cite_dialog import CiteDialog
from jasic_desktop.ui.citing import citable, passage_of
from tests.ui.conftest import wait_for

EVENT = "2018-07-27-mass-arrest"
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(make_window):
    made = make_window()
    made._coordinator.open_record(EVENT)
    view = made.panes.reader.view
    assert wait_for(lambda: view.is_whole and view.page is not None and view.page.id == EVENT)
    return made


def put_caret(view, number, length=0):
    """Put the caret into the text of the statement of this number; select as many characters."""
    blocks = [at for at, block in enumerate(view.page.blocks) if isinstance(block, StatementBlock)]
    at = blocks[number]
    statement = view.page.blocks[at]
    words = statement.inlines[0].text if hasattr(statement.inlines[0], "text") else statement.inlines[0].inlines[0].text
    found = view.document().find(words[:30], view._writing.starts[at])
    start = found.selectionStart()
    cursor = view.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    return statement.id


def opened(window) -> CiteDialog:
    found = window.findChildren(CiteDialog)
    assert len(found) == 1
    return found[0]


def test_the_setting_takes_the_styles_there_are() -> None:
    setting = next(setting for setting in SETTINGS if setting.key == "citation_style")
    assert setting.allowed == ", ".join(STYLES)
    assert setting.default == STYLES[0]


def test_the_keys_open_it_on_the_statement_under_the_caret(window) -> None:
    view = window.panes.reader.view
    statement = put_caret(view, 1)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_C, BOTH)
    dialog = opened(window)
    assert f"Statement {statement}" in dialog.what.itemText(0)
    dialog.style_box.setCurrentIndex(STYLES.index("apa"))
    dialog.copy("text")
    text = QGuiApplication.clipboard().text()
    assert text.startswith("“")
    assert f"jasic:event/{EVENT}@1.0#{statement}, fingerprint" in text
    assert "(2026)" in text
    # The style is remembered, and the short way uses it.
    window._coordinator.run("copy-citation")
    assert "The editors of Jasic Desktop. (2026)." in QGuiApplication.clipboard().text()


def test_words_selected_are_cited_as_a_passage(window) -> None:
    view = window.panes.reader.view
    statement = put_caret(view, 0, 20)
    words = passage_of(view)
    first = citable(window._coordinator, view)[0]
    assert first.subjects[0].quote == words
    assert first.subjects[0].statement == statement
    view.selectAll()
    assert all(choice.subjects[0].quote is None for choice in citable(window._coordinator, view))


@pytest.mark.parametrize("style", STYLES)
def test_html_and_markdown_come_to_the_clipboard(window, style: str) -> None:
    window._coordinator.run("cite")
    dialog = opened(window)
    dialog.style_box.setCurrentIndex(STYLES.index(style))
    dialog.what.setCurrentIndex(dialog.what.count() - 1)
    dialog.copy("html")
    data = QGuiApplication.clipboard().mimeData()
    assert bytes(data.data("text/html").data()).decode().startswith('<p lang="en">')
    assert "jasic@1.0" in data.text()
    window._coordinator.run("cite")
    opened_now = next(found for found in window.findChildren(CiteDialog) if found.isVisible())
    opened_now.copy("markdown")
    assert "\\@1.0" in QGuiApplication.clipboard().text()


def test_an_identifier_in_the_search_field_opens_its_record_or_says_why_not(window) -> None:
    coordinator = window._coordinator
    for text, told in (
        (f"jasic:event/{EVENT}@0.9", "0.9"),
        ("jasic:event/long-gone@0.1", "0.1"),
        ("other:event/x@1.0", "other"),
    ):
        coordinator.ask(text)
        assert wait_for(lambda told=told: told in window.panes.results._notes.text(), 30), text
