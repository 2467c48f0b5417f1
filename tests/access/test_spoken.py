"""What a screen reader is told without asking: counts, outcomes, faults, progress and what the keyboard is on (A8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest

from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.search.request import Filters
from jasic_desktop.ui import speaking
from jasic_desktop.ui.speaking import EVERY_SECONDS, SpokenProgress
from tests.helpers.shown import EVENT, Stage, _idle

SPOKEN: dict[Language, str] = {"en": "en-GB", "zh-Hans": "zh-Hans-CN", "zh-Hant": "zh-Hant-TW"}


@pytest.fixture
def said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What is announced from now on."""
    stage.clear()
    heard: list[str] = []

    def hear(event: Any) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            heard.append(event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(hear))
    monkeypatch.setattr(QAccessible, "isActive", staticmethod(lambda: True))
    yield heard
    monkeypatch.undo()
    stage.clear()


def test_a8_the_number_of_results_is_said_for_words_and_for_filters(stage: Stage, said: list[str]) -> None:
    coordinator = stage.coordinator
    coordinator.ask("yuexin", False)
    assert stage.wait(stage.calm)
    assert coordinator.answer is not None
    assert any(one.startswith(f"{coordinator.answer.total} results") for one in said)
    coordinator.ask("", False)
    assert stage.wait(stage.calm)
    said.clear()
    coordinator.narrow(Filters(types=("event",)))
    assert stage.wait(stage.calm)
    assert coordinator.answer is not None
    assert any(one.startswith(f"{coordinator.answer.total} results") for one in said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a12_a_screen_reader_is_told_the_language_of_what_it_reads(stage: Stage, language: Language) -> None:
    stage.dress(language=language)
    panes, dialog = stage.window.panes, stage.dialog("settings")
    for widget in (stage.window, panes.reader.view, panes.results.view, panes.timeline.canvas, dialog):
        assert widget.locale() == QLocale(SPOKEN[language]), widget
        about = QAccessible.queryAccessibleInterface(widget).attributesInterface()
        told = about.attributeValue(QAccessible.Attribute.Locale) if about is not None else QLocale()
        assert told == QLocale(SPOKEN[language]), widget  # what has no interface for it is told of in the default
    stage.clear()


def test_a8_a_fault_and_a_message_are_said(stage: Stage, said: list[str]) -> None:
    stage.coordinator.open_record("no-such-record")
    assert any("no-such-record" in one for one in said)
    stage.window.progress_page.show_failure("One sentence that failed.", "details")
    assert said[-1] == "One sentence that failed."


def test_a8_the_outcome_of_verifying_is_said(stage: Stage, said: list[str]) -> None:
    dialog = stage.dialog("verify")
    assert stage.wait(lambda: _idle(dialog))
    begun, ended = stage.coordinator.words("window.verify.running"), "Complete"
    assert begun in said and any(one.startswith(ended) for one in said)


def test_a8_how_often_a_word_stands_in_the_page_is_said(stage: Stage, said: list[str]) -> None:
    stage.read(EVENT)
    stage.coordinator.run("find-in-page")
    bar = stage.window.panes.reader.find_bar
    QTest.keyClicks(bar.field, "police")
    assert stage.wait(lambda: bar.count.text() in said)
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert stage.wait(lambda: said[-1] == bar.count.text()) and said[-1].startswith("2")


def test_a8_the_link_the_keyboard_is_on_is_said(stage: Stage, said: list[str]) -> None:
    stage.read(EVENT)
    view = stage.window.panes.reader.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert said and said[-1] == view.accessibleDescription()


def test_a8_progress_is_said_when_a_step_begins_and_then_every_five_seconds(
    stage: Stage, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(speaking.time, "monotonic", lambda: now[0])
    progress = SpokenProgress(stage.window)
    for number in range(200):
        progress.tell("one", f"{number} of 200")
        now[0] += 0.1
    assert len(said) == 20 / EVERY_SECONDS and said[0] == "0 of 200"
    progress.tell("two", "another step")
    assert said[-1] == "another step"


def test_a8_the_preparing_of_an_archive_is_said(stage: Stage, said: list[str]) -> None:
    stage.opener.progressed.emit("packs.step_storing", 3, 10)
    assert said and "3" in said[-1]
