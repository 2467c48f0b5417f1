"""What can go wrong around the window, met by the program as a person starts it: a sentence, a code, nothing left."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import ROOT, Program


@pytest.fixture
def no_qt(tmp_path: Path) -> dict[str, str]:
    """Variables under which PySide6 cannot be imported."""
    package = tmp_path / "without" / "PySide6"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('raise ImportError("libEGL.so.1: cannot open shared object file")\n')
    return {"PYTHONPATH": os.pathsep.join([str(package.parent), str(ROOT)])}


def one_sentence(err: str) -> bool:
    """Whether a program said exactly one line about a fault."""
    lines = err.strip().splitlines()
    return len(lines) == 1 and lines[0].startswith("jasic-desktop") and "Traceback" not in err


def test_without_qt_the_window_is_refused_with_the_reason(program: Program, used_home: Path, no_qt: dict[str, str]):
    done = program(home=used_home, env=no_qt)
    assert done.returncode == 6
    assert one_sentence(done.stderr) and "libEGL" in done.stderr


def test_without_qt_the_self_test_checks_the_rest(program: Program, used_home: Path, no_qt: dict[str, str]):
    done = program("self-test", "--json", home=used_home, env=no_qt)
    assert done.returncode == 6, done.stderr
    checks = json.loads(done.stdout)["checks"]
    assert [check["passed"] for check in checks] == [True, True, True, True, False]
    assert "libEGL" in checks[-1]["detail"]
