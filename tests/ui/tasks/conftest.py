"""What the tasks share: one window, and somebody who has nothing but a keyboard and eyes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible

from tests.helpers.person import Person
from tests.helpers.shown import Stage
from tests.helpers.window import silent_qt


@pytest.fixture(scope="module")
def stage(used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The window that all tasks are done in, one after another, as large as an old screen."""
    made = Stage(used_home, tmp_path_factory.mktemp("tasks"))
    QAccessible.setActive(True)  # rows are read as a screen reader does, which hears of each that changes
    yield made
    QAccessible.setActive(False)
    made.close()


@pytest.fixture(autouse=True)
def qt_is_silent(stage: Stage) -> Iterator[list[str]]:
    """Fails a task in which Qt said anything, but for what its platform without a screen cannot do."""
    with silent_qt("This plugin does not support") as said:
        yield said


@pytest.fixture(autouse=True)
def nothing_is_left() -> None:
    """The window goes on after each test here."""


@pytest.fixture
def person(stage: Stage, qt_is_silent: list[str]) -> Iterator[Person]:
    """Somebody in front of the start page, in English."""
    stage.clear()
    yield Person(stage)
    stage.clear()
    stage.dress()
