"""What the tests of access share: one window on the bundled archive, which all that is shown is brought onto."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from tests.helpers.shown import Stage


@pytest.fixture(scope="module")
def stage(used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The window, 1024x768, made once for a module: a test takes it as the one before left it."""
    made = Stage(used_home, tmp_path_factory.mktemp("stage"))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def qt_is_silent(stage: Stage) -> Iterator[None]:
    """Fails a test in which Qt said anything: its warnings are faults of ours."""
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind != QtMsgType.QtDebugMsg and "propagateSizeHints" not in text:
            said.append(text)

    before = qInstallMessageHandler(hear)
    yield
    stage.dress()
    qInstallMessageHandler(before)
    assert said == []
