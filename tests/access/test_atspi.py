"""The window as a screen reader meets it: read over AT-SPI by another process, on a real X server (case A11)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, home_variables

READS = Path(__file__).with_name("reads_atspi.py")
PYTHONS = ("/usr/bin/python3", shutil.which("python3") or "python3")
"""The system's own knows gi; an environment does not."""
NEEDED = ("Xvfb", "dbus-run-session", "xdotool")
SECONDS = 240
PLAIN = {"filler", "unknown", "panel", "invalid", ""}
"""Roles that say nothing of what the keyboard is on."""

SESSION = """
set -e
/usr/libexec/at-spi-bus-launcher --launch-immediately &
launcher=$!
XDG_DATA_DIRS="$DATA_DIRS" "$PYTHON" -P -m jasic_desktop --lang en &
program=$!
trap 'kill $program $launcher 2>/dev/null || true' EXIT
"$READER" "$READS" "Jasic Desktop" "yuexin" "Yue Xin"
"""


def reader() -> str:
    """A Python that has gi and AT-SPI; skips where something is missing, and says what."""
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if not Path("/usr/libexec/at-spi-bus-launcher").exists():
        missing.append("at-spi2-core")
    if missing:
        pytest.skip(f"not installed here: {', '.join(missing)}")
    look = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    for python in PYTHONS:
        if Path(python).exists():
            done = subprocess.run(
                [python, "-c", look], capture_output=True, check=False, env={"PATH": os.environ["PATH"]}
            )
            if done.returncode == 0:
                return python
    pytest.skip("not installed here: python3-gi with gir1.2-atspi-2.0")


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """An X server of the test's own."""
    reader()
    told, tell = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=(tell,),
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    with os.fdopen(told) as file:
        display = file.readline().strip()
    yield f":{display}"
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def heard(screen: str, used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What was read of the start page, and after a question was typed and its first record opened."""
    home = tmp_path_factory.mktemp("atspi")
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("QT_", "DBUS_"))},
        **home_variables(used_home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "HOME": str(home),  # where exports go
        "XDG_RUNTIME_DIR": str(home),
        "DATA_DIRS": home_variables(used_home)["XDG_DATA_DIRS"],
        "XDG_DATA_DIRS": "/usr/local/share:/usr/share",  # where the bus has its settings
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "PYTHONPATH": str(ROOT),
        "PYTHON": sys.executable,
        "READER": reader(),
        "READS": str(READS),
    }
    home.chmod(0o700)
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c", SESSION],
        env=variables,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    lines = done.stdout.splitlines()  # those who serve the bus say something as well
    assert done.returncode == 0 and lines and lines[-1].startswith("{"), done.stderr
    found: dict[str, Any] = json.loads(lines[-1])
    assert found["window"], done.stderr
    return found


def test_a11_whatever_takes_the_keyboard_has_a_name_and_a_role(heard: dict[str, Any]) -> None:
    for moment in ("begun", "then"):
        assert len(heard[moment]) > 10
        assert [one for one in heard[moment] if not (one["name"] or one["labels"]) or one["role"] in PLAIN] == []


def test_a11_nothing_is_described_in_markup(heard: dict[str, Any]) -> None:
    for moment in ("begun", "then"):
        assert [one["description"] for one in heard[moment] if "<" in one["description"]] == []


def test_a11_the_record_that_is_opened_can_be_read(heard: dict[str, Any]) -> None:
    read = heard["read"]
    assert any(text.startswith("Yue Xin") and "Sources" in text for text in read.values()), read


def test_a11_a_note_is_written_and_said_to_be_saved(heard: dict[str, Any]) -> None:
    assert heard["field"] is not None and heard["field"]["role"] not in PLAIN
    assert heard["written"] == ["said aloud"]
    assert "Saved" in heard["steps"]["note"]


def test_a11_a_record_is_exported_and_the_outcome_said(heard: dict[str, Any]) -> None:
    assert [one for one in heard["export"] if not (one["name"] or one["labels"]) or one["role"] in PLAIN] == []
    assert any(one["name"] == "Export" for one in heard["export"])
    assert any("/" in words for words in heard["steps"]["export"]), heard["steps"]


def test_a12_whatever_takes_the_keyboard_is_said_in_the_language_of_the_window(heard: dict[str, Any]) -> None:
    assert {one["locale"] for moment in ("begun", "then", "export") for one in heard[moment]} == {"en_GB"}


def test_a11_the_number_of_results_is_announced(heard: dict[str, Any]) -> None:
    assert any("results" in words for words in heard["announced"]), heard["announced"]
