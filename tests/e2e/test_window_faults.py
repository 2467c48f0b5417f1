"""What can go wrong around the window, met by the program as a person starts it: a sentence, a code, nothing left."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Program
from tests.e2e.running import OpenWindow, is_gone, parts_in, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")

LARGEST = 8192


@pytest.fixture
def own_home(used_home: Path, tmp_path: Path) -> Path:
    """A home like the shared one, for a test that changes it."""
    home = tmp_path / "home"
    shutil.copytree(used_home, home)
    return home


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[list[OpenWindow]]:
    """The windows a test opens; none of them outlives it."""
    windows: list[OpenWindow] = []
    yield windows
    for window in windows:
        window.kill()


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
    assert [check["passed"] for check in checks] == [True] * 7 + [False]
    assert "libEGL" in checks[-1]["detail"]


# ------------------------------------------------------------------------------------------------------- no display


@pytest.mark.parametrize(
    "display",
    [
        {"DISPLAY": ":59077"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":59077", "QT_QPA_PLATFORM": "xcb"},
        {"WAYLAND_DISPLAY": "wayland-59077"},
        {"QT_QPA_PLATFORM": "no-such-platform"},
    ],
)
def test_a_display_that_cannot_be_used_is_told(program: Program, used_home: Path, display: dict[str, str]) -> None:
    done = program(home=used_home, env={"QT_QPA_PLATFORM": "", **display})
    assert done.returncode == 6, done
    assert one_sentence(done.stderr) and "DISPLAY" in done.stderr, done.stderr
    assert not done.stdout


# ---------------------------------------------------------------------------------------------------- absurd sizes


@pytest.mark.parametrize(
    "size", ["0x5", "5x0", "abc", "x", "", "10", "-5x10", "8193x10", "99999999999x1", "1x1x1", "１x１"]
)
def test_an_absurd_size_is_refused_in_one_sentence(
    program: Program, used_home: Path, tmp_path: Path, size: str
) -> None:
    done = program(f"--size={size}", "--screenshot", tmp_path / "w.png", home=used_home)
    assert done.returncode == 2
    assert one_sentence(done.stderr)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("size", "least"), [("1x1", (400, 300)), ("8192x8192", (LARGEST, LARGEST)), ("1x8192", (400, LARGEST))]
)
def test_an_extreme_size_is_drawn_as_well_as_it_can_be(
    program: Program, used_home: Path, tmp_path: Path, size: str, least: tuple[int, int]
) -> None:
    target = tmp_path / "window.png"
    done = program("--size", size, "--search", "yuexin", "--screenshot", target, home=used_home)
    assert (done.returncode, done.stderr) == (0, "")
    wide, high = png_size(target)
    assert LARGEST >= wide >= least[0] and LARGEST >= high >= least[1]


def png_size(path: Path) -> tuple[int, int]:
    """Width and height as the file says."""
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG") and data.endswith(b"IEND\xaeB`\x82")
    wide, high = struct.unpack(">II", data[16:24])
    return wide, high


# ----------------------------------------------------------------------------------------------- where to put a picture


def test_a_picture_that_cannot_be_put_there_is_told(program: Program, used_home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder.png").mkdir()
    for target, code in (
        (tmp_path / "no" / "such" / "folder" / "w.png", 7),
        (tmp_path / "file" / "w.png", 7),
        (tmp_path / "folder.png", 7),
        (tmp_path / "w.jpeg", 2),
    ):
        done = program("--screenshot", target, home=used_home)
        assert done.returncode == code, (target, done)
        assert one_sentence(done.stderr), done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.png"]
    assert list((tmp_path / "folder.png").iterdir()) == []


def test_a_full_disk_leaves_no_half_a_picture(program: Program, used_home: Path, tmp_path: Path) -> None:
    target = tmp_path / "window.png"
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limit[1]))
    try:
        done = program("--screenshot", target, home=used_home)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, before)
    assert done.returncode == 7, done
    assert one_sentence(done.stderr), done.stderr
    assert list(tmp_path.iterdir()) == []


# -------------------------------------------------------------------------------------------------- ended from outside


@pytest.mark.parametrize(
    ("number", "code", "words"), [(signal.SIGTERM, 0, ""), (signal.SIGHUP, 0, ""), (signal.SIGINT, 130, "as you asked")]
)
def test_a_window_that_is_asked_to_end_remembers_and_leaves_no_process(
    opened: list[OpenWindow], own_home: Path, number: int, code: int, words: str
) -> None:
    window = OpenWindow(own_home)
    opened.append(window)
    worker = window.worker()
    window.signal(number)
    assert window.wait() == code
    assert words in window.errors and "Traceback" not in window.errors
    assert wait_for(lambda: is_gone(worker))
    (remembered,) = own_home.rglob("window.json")
    assert json.loads(remembered.read_text())["width"] > 100
    assert parts_in(own_home) == []


def test_a_worker_does_not_outlive_a_window_that_is_killed(opened: list[OpenWindow], own_home: Path) -> None:
    window = OpenWindow(own_home)
    opened.append(window)
    worker = window.worker()
    window.signal(signal.SIGKILL)
    window.wait()
    assert wait_for(lambda: is_gone(worker))


def test_a_window_closed_while_it_derives_leaves_nothing_half_made(
    opened: list[OpenWindow], program: Program, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    window = OpenWindow(home)
    opened.append(window)
    assert wait_for(lambda: bool(parts_in(home)))
    window.signal(signal.SIGTERM)
    assert window.wait() == 0, window.errors
    assert parts_in(home) == []
    assert not list(home.rglob("derived.json"))
    again = program("search", "yuexin", "--json", home=home)
    assert json.loads(again.stdout)["hits"][0]["id"] == "yue-xin"


def test_a_window_killed_while_it_derives_leaves_what_the_next_start_sweeps_away(
    opened: list[OpenWindow], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    window = OpenWindow(home)
    opened.append(window)
    assert wait_for(lambda: bool(parts_in(home)))
    window.signal(signal.SIGKILL)
    window.wait()
    left = parts_in(home)
    assert left
    after = OpenWindow(home)
    opened.append(after)
    after.worker()
    assert not set(left) & set(parts_in(home))


def test_a_picture_that_is_interrupted_is_not_there(opened: list[OpenWindow], tmp_path: Path) -> None:
    home, target = tmp_path / "home", tmp_path / "pictures" / "w.png"
    target.parent.mkdir()
    window = OpenWindow(home, "--screenshot", target)
    opened.append(window)
    assert wait_for(lambda: bool(parts_in(home)))
    window.signal(signal.SIGINT)
    assert window.wait() == 130
    assert one_sentence(window.errors)
    assert list(target.parent.iterdir()) == [] == parts_in(home)


def test_two_windows_on_one_profile_leave_each_other_alone(opened: list[OpenWindow], tmp_path: Path) -> None:
    home = tmp_path / "home"
    opened += [OpenWindow(home), OpenWindow(home)]
    workers = [window.worker() for window in opened]
    assert workers[0] != workers[1]
    for window in opened:
        window.signal(signal.SIGTERM)
    assert [window.wait() for window in opened] == [0, 0]
    assert [window.errors for window in opened] == ["", ""]
    assert all(wait_for(lambda number=number: is_gone(number)) for number in workers)
    assert parts_in(home) == [] and len(list(home.rglob("derived.json"))) == 1
    (remembered,) = home.rglob("window.json")
    assert json.loads(remembered.read_text())["width"] > 100
