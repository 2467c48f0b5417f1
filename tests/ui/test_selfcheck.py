"""The window's part of the self-test: what it says of a good window, and that it sees what is wrong with a bad one."""

from __future__ import annotations

import pytest

from jasic_desktop.core.settings import Settings
from jasic_desktop.ui import selfcheck
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.theme import Theme
from jasic_desktop.ui.window import MainWindow
from tests.helpers.derived import places_of


@pytest.fixture
def check(qapp, used_home):
    """Runs the checks; what each of them says by its name."""

    def run(archive=None, language="en"):
        places = places_of(used_home)
        outcomes = selfcheck.check_window(places, Settings.load(places.config), language, archive)
        return {outcome.check.rpartition(".")[2]: (outcome.passed, outcome.detail) for outcome in outcomes}

    return run


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_good_window_passes_and_nothing_is_remembered(check, used_home, language):
    said = check(language=language)
    assert list(said) == ["window", "window_search", "window_export", "window_print"]
    assert all(passed for passed, _ in said.values()), said
    assert not places_of(used_home).config.exists()


def test_a_missing_letter_is_seen(qapp):
    assert selfcheck.missing_letters(Theme(), "汉字 Yuè") == set()
    assert selfcheck.missing_letters(Theme(), "a\U0010fffdb") == {"\U0010fffd"}


def test_an_empty_window_is_seen(check, monkeypatch):
    monkeypatch.setattr(MainWindow, "grab", lambda self: self.centralWidget().grab().copy(0, 0, 60, 2))
    said = check()
    assert not said["window"][0]
    assert not said["window_search"][0]


def test_a_window_whose_search_does_not_find_is_seen(check, monkeypatch):
    monkeypatch.setattr(Coordinator, "ask", lambda self, _text, live=True: None)
    monkeypatch.setattr(selfcheck, "asked_people", lambda store: [store.get(store.ids[-1])])
    said = check()
    assert said["window"][0] and not said["window_search"][0]


def test_an_archive_that_cannot_be_opened_fails_every_check_that_reads_it(check):
    said = check(archive="no-such-archive")
    assert [passed for passed, _ in said.values()] == [False, False, False, True]
    assert "no-such-archive" in said["window"][1]
