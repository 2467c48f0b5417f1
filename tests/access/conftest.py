"""What the tests of access share: one window on the bundled archive, which all that is shown is brought onto."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.shown import Stage
from tests.helpers.window import silent_qt


@pytest.fixture(scope="module")
def stage(used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The window, 1024x768, made once for a module: a test takes it as the one before left it."""
    made = Stage(used_home, tmp_path_factory.mktemp("stage"))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def qt_is_silent(stage: Stage) -> Iterator[None]:
    """Fails a test in which Qt said anything; the window looks as before again."""
    with silent_qt():
        yield
        stage.dress()
