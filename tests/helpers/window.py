"""What panes are tested on: a coordinator with the bundled archive open and its search running; what Qt says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from jasic_desktop.app.context import open_archive
from jasic_desktop.app.permissions import settings_in_force
from jasic_desktop.core.languages import Language
from jasic_desktop.core.policy import OPEN, Policy
from jasic_desktop.core.settings import Settings
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.searching import Searcher
from tests.helpers.derived import places_of

EXPECTED = ("propagateSizeHints",)
"""What the platform without a screen says of every window."""
SOON = 30_000
"""Milliseconds after which an answer that did not come is a failure."""


@contextmanager
def silent_qt(*expected: str) -> Iterator[list[str]]:
    """Fails where Qt says anything but the platform's own and what is `expected`: its warnings are faults of ours."""
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind != QtMsgType.QtDebugMsg and not any(known in text for known in (*EXPECTED, *expected)):
            said.append(text)

    before = qInstallMessageHandler(hear)
    try:
        yield said
    finally:
        qInstallMessageHandler(before)
    assert said == []


def coordinator_in(
    home: Path, config: Path, language: Language = "en", theme: str = "light", policy: Policy = OPEN
) -> Coordinator:
    """A coordinator with a searcher and no archive yet; `home` is one in which the bundled archive was searched.

    Settings go to `config`, a folder of the test's own: the home is shared.
    """
    made = _coordinator(home, config, language, theme, policy)
    made.set_searcher(Searcher(made))
    return made


def open_bundled(coordinator: Coordinator) -> None:
    """Open the bundled archive."""
    coordinator.open(open_archive(None, coordinator.places))


def still_coordinator(home: Path, config: Path) -> Coordinator:
    """A coordinator with the bundled archive open and no search: what needs no answer is tested sooner on it."""
    made = _coordinator(home, config)
    open_bundled(made)
    return made


def _coordinator(
    home: Path, config: Path, language: Language = "en", theme: str = "light", policy: Policy = OPEN
) -> Coordinator:
    places = replace(places_of(home), config=config, policy=policy)
    return Coordinator(places, settings_in_force(Settings.load(config), policy), language, theme)
