"""Every text of the window follows the language at once, and has room in a language longer than English."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from jasic_desktop.core import i18n
from jasic_desktop.core.languages import Language
from jasic_desktop.ui.plain import plain_label
from tests.helpers.derived import places_of
from tests.helpers.spoken import cut, foreign, made_up, window_texts
from tests.ui import screenshots
from tests.ui.screenshots import DIALOGS, VIEWS, Studio

STANDING = (
    "start",
    "browse",
    "timeline",
    "timeline-table",
    "nothing-found",
    "notes",
    "settings",
    "edit-keys",
    "export",
)
"""What is on the screen while the language changes."""
SEEN = ("start", "browse", "by-year", "timeline", "event", "document", "nothing-found", "bad-question", "find", "notes")


@pytest.fixture(scope="module")
def studio(used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """One window, brought from view to view."""
    own = tmp_path_factory.mktemp("languages")
    screenshots.make_application()
    patience, screenshots.SETTLED_MS = screenshots.SETTLED_MS, 50
    made = Studio(replace(places_of(used_home), data=own / "data", config=own / "config"))
    made.window.resize(1024, 768)
    yield made
    screenshots.SETTLED_MS = patience
    made.close()
    for thing in (made.window, made.opener, made.coordinator):
        thing.deleteLater()
    QApplication.processEvents()


@pytest.fixture(autouse=True)
def nothing_is_left() -> None:
    """The window of this module stays from one test to the next."""


def speak(studio: Studio, language: Language) -> None:
    studio.coordinator.set_language(language)
    studio.settle()


@pytest.mark.parametrize("view", STANDING)
def test_every_text_that_is_on_the_screen_changes_at_once(view: str, studio: Studio) -> None:
    speak(studio, "en")
    studio.forget()
    with screenshots._put_back(studio):
        VIEWS[view](studio)
        studio.settle()
        for language in ("zh-Hant", "zh-Hans", "en"):
            speak(studio, language)
            assert sum(1 for _ in window_texts(studio.window)) > 100
            assert foreign(studio.window, language) == set()


@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog_opens_in_the_language_of_the_window(name: str, studio: Studio) -> None:
    speak(studio, "zh-Hant")
    studio.forget()
    with screenshots._put_back(studio):
        VIEWS[name](studio)
        studio.settle()
        assert foreign(studio.window, "zh-Hant") == set()


def test_a_text_of_another_language_would_be_found(studio: Studio) -> None:
    speak(studio, "zh-Hans")
    label = plain_label("Take away all filters", studio.window)
    label.show()
    try:
        assert foreign(studio.window, "zh-Hans") == {("QLabel", "Take away all filters")}
    finally:
        label.setParent(None)
        label.deleteLater()


def test_labels_and_buttons_have_room_in_a_longer_language(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Accented and two fifths longer than English, in every view and dialog of a small screen."""
    real = i18n.catalogue
    longer = made_up(real("en"))
    assert longer["window.settings.title"] == "Séttîñgsôôô"
    speak(studio, "zh-Hans")
    monkeypatch.setattr(i18n, "catalogue", lambda language: longer if language == "en" else real(language))
    found = {}
    try:
        speak(studio, "en")
        for view in (*SEEN, *DIALOGS):
            studio.forget()
            with screenshots._put_back(studio):
                VIEWS[view](studio)
                studio.settle()
                if missing := cut(studio.window):
                    found[view] = missing
                for dialog in studio.window.findChildren(screenshots.QDialog):
                    assert not dialog.isVisible() or (dialog.width() <= 1024 and dialog.height() <= 768), view
    finally:
        monkeypatch.undo()
        speak(studio, "zh-Hans")
    assert found == {}


def test_a_button_without_room_would_be_found(studio: Studio) -> None:
    button = QPushButton("Take away all filters", studio.window)
    button.setFixedWidth(40)
    button.show()
    try:
        assert {text for _, text, _ in cut(studio.window)} == {"Take away all filters"}
    finally:
        button.setParent(None)
        button.deleteLater()
