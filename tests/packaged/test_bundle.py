"""The built program by itself: it does its work, indexes nothing, writes nothing, and is what was built."""

import hashlib
import json
import os
import shutil
import stat
import struct
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import home_variables
from tests.packaged.conftest import Bundled, run_in, written_below


def test_it_passes_its_own_test(bundled: Bundled, home: Path) -> None:
    done = bundled("self-test")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("  passed: ") == 11
    assert written_below(home) == []


def test_the_first_search_indexes_nothing(bundled: Bundled, home: Path) -> None:
    for question in ("岳昕", "yuexin", "Yue Xin"):
        done = bundled("search", question, "--json")
        assert json.loads(done.stdout)["hits"][0]["id"] == "yue-xin"
        assert (done.returncode, done.stderr) == (0, "")
    assert written_below(home) == []


def test_the_window_is_drawn_with_what_its_search_process_found(bundled: Bundled, home: Path, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    done = bundled("--screenshot", picture, "--size", "1200x800", "--search", "yuexin", "--open", "yue-xin")
    assert (done.returncode, done.stderr) == (0, "")
    data = picture.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (1200, 800)
    assert written_below(home) == []


def test_only_the_window_loads_qt(bundled: Bundled, tmp_path: Path) -> None:
    for name, words, loaded in (("a", ["--version"], False), ("b", ["search", "x"], False), ("c", ["self-test"], True)):
        (tmp_path / name).mkdir()
        # The system's loader writes down which files it opens, for each process.
        variables = {"LD_DEBUG": "files", "LD_DEBUG_OUTPUT": str(tmp_path / name / "log")}
        assert bundled(*words, env=variables).returncode == 0
        said = "".join(path.read_text("utf-8", "replace") for path in (tmp_path / name).iterdir())
        assert "libpython3" in said
        assert ("libQt6Core" in said) == loaded, words


def test_the_archive_proves_itself(bundled: Bundled) -> None:
    done = bundled("archive", "verify", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["state"] == "complete"


def test_curators_can_build_with_it(bundled: Bundled, root: Path, tmp_path: Path) -> None:
    done = bundled("archive", "build", root / "archive", tmp_path / "own.jasicpack", "--json")
    assert done.returncode == 0, done.stderr
    done = bundled("--archive", tmp_path / "own.jasicpack", "search", "岳昕", "--json")
    assert json.loads(done.stdout)["hits"][0]["id"] == "yue-xin"


def test_every_file_is_the_one_that_was_built(bundle: Path) -> None:
    listed = dict(reversed(line.split("  ", 1)) for line in (bundle / "FILES.sha256").read_text().splitlines())
    there = {path.relative_to(bundle).as_posix(): path for path in bundle.rglob("*") if path.is_file()}
    others = {"FILES.sha256", "uninstall.sh", "portable", *(n for n in there if n.startswith(("share/", "installed-")))}
    assert there.keys() - others == listed.keys()
    for name, digest in listed.items():
        assert hashlib.sha256(there[name].read_bytes()).hexdigest() == digest, name


def test_nobody_else_can_write_to_it_and_nothing_is_privileged(bundle: Path) -> None:
    for path in (bundle, *bundle.rglob("*")):
        mode = path.lstat().st_mode
        assert not path.is_symlink(), path
        assert not mode & (stat.S_IWGRP | stat.S_IWOTH | stat.S_ISUID | stat.S_ISGID), path


def test_it_carries_fonts_and_the_licences_of_all(bundle: Path) -> None:
    families = {path.name.partition("-")[0] for path in (bundle / "program" / "fonts").iterdir()}
    assert families == {"Inter", "NotoSerif", "NotoSansSC", "NotoSerifSC"}
    named = {path.name for path in (bundle / "licences").iterdir()}
    assert {"LICENSE.txt", "Python", "pyside6-essentials", "whoosh3", "pillow", "fonts-noto-cjk"} <= named
    assert all(any(path.iterdir()) for path in (bundle / "licences").iterdir() if path.is_dir())


def test_it_carries_the_sample_policies_and_what_makes_a_reading_room(bundle: Path, root: Path) -> None:
    for name, origin in (("policies", "policies"), ("kiosk", "linux/kiosk")):
        given = {path.name: path.read_bytes() for path in (root / "packaging" / origin).iterdir()}
        assert {path.name: path.read_bytes() for path in (bundle / name).iterdir()} == given
    assert os.access(bundle / "kiosk" / "session.sh", os.X_OK)


def test_a_damaged_index_is_made_again_in_the_cache(stick: Path, home: Path) -> None:
    segment = max(stick.glob("program/derived/*/index/*"), key=lambda path: path.stat().st_size)
    segment.write_bytes(segment.read_bytes()[:-1] + b"?")
    done = run_in(stick, home, "search", "岳昕", "--json")
    assert json.loads(done.stdout)["hits"][0]["id"] == "yue-xin"
    assert written_below(home / ".cache" / "jasic-desktop" / "derived") != []


def test_where_the_folder_of_a_library_is_gone_the_search_says_so_and_all_else_works(stick: Path, home: Path) -> None:
    shutil.rmtree(stick / "program" / "numpy")
    done = run_in(stick, home, "--lang", "en", "search", "岳昕")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
    assert "The search cannot be loaded here: No module named 'numpy" in done.stderr
    assert "install the program again" in done.stderr
    assert run_in(stick, home, "show", "yue-xin").returncode == 0


def test_a_damaged_archive_is_not_read(stick: Path, home: Path) -> None:
    (stick / "program" / "pack" / "data" / "records" / "0001.jsonl").write_text("{}\n")
    done = run_in(stick, home, "archive", "verify")
    assert done.returncode == 3
    assert "data/records/0001.jsonl" in done.stdout + done.stderr


def test_a_portable_program_keeps_everything_beside_it(stick: Path, home: Path, tmp_path: Path, root: Path) -> None:
    (stick / "portable").touch()
    assert run_in(stick, home, "archive", "build", root / "archive", tmp_path / "own.jasicpack").returncode == 0
    done = run_in(stick, home, "archive", "install", tmp_path / "own.jasicpack")
    assert done.returncode == 0, done.stderr
    assert run_in(stick, home, "archive", "use", "jasic").returncode == 0
    assert json.loads(run_in(stick, home, "search", "岳昕", "--json").stdout)["total"] > 0
    assert run_in(stick, home, "--screenshot", tmp_path / "window.png").returncode == 0
    assert written_below(home) == []
    kept = {name.split("/")[0] for name in written_below(stick / "data")}
    assert {"data", "cache"} <= kept


def test_it_runs_from_a_read_only_place(stick: Path, home: Path) -> None:
    (stick / "portable").touch()
    for path in (stick, *stick.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        done = run_in(stick, home, "search", "岳昕", "--json")
        assert json.loads(done.stdout)["hits"][0]["id"] == "yue-xin"
    finally:
        for path in (stick, *stick.rglob("*")):
            path.chmod(path.stat().st_mode | 0o200)


def test_on_a_drive_that_vanishes_it_ends_and_leaves_nothing(stick: Path, home: Path, tmp_path: Path) -> None:
    variables = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **home_variables(home)}
    for delay in (0.02, 0.2, 0.6):
        words = [str(stick / "jasic-desktop"), "export", "--query", "岳昕", "--format", "docx"]
        words += ["--out", str(tmp_path / f"{delay}.docx")]
        running = subprocess.Popen(words, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(delay)
        gone = stick.parent.with_name("gone")
        stick.parent.rename(gone)
        try:
            _, said = running.communicate(timeout=120)
        finally:
            gone.rename(stick.parent)
        assert running.returncode == 0 or said, delay
        there = tmp_path / f"{delay}.docx"
        assert not there.exists() or zipfile.ZipFile(there).testzip() is None
        assert list(tmp_path.glob(f"*{delay}*")) in ([], [there])
    assert not [name for name in written_below(home) if not name.endswith(".log")]


ON_A_STICK = """
set -u
mount -t tmpfs -o size=400m tmpfs "$2"
cp -a "$1" "$2/app"
cd "$2/app"
touch portable
run() { ./jasic-desktop --lang en "$@"; echo "code $?"; }
run note add yue-xin one
mount -o remount,ro "$2"
run note add yue-xin two
run note list
mount -o remount,rw "$2"
head -c 500m /dev/zero >"$2/fill" 2>/dev/null
run note add yue-xin three
rm "$2/fill"
run note list
"""


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("unshare") is None, reason="only root may mount"
)
def test_a_stick_that_cannot_be_written_or_is_full(bundle: Path, home: Path, tmp_path: Path) -> None:
    """On a file system of its own: one sentence and a code each time, and the note that was written stays."""
    stick = tmp_path / "stick 岳"
    stick.mkdir()
    variables = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **home_variables(home)}
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", ON_A_STICK, "sh", str(bundle), str(stick)],
        capture_output=True,
        encoding="utf-8",
        env=variables,
        timeout=300,
        check=False,
    )
    codes = [line for line in done.stdout.splitlines() if line.startswith("code ")]
    assert codes == ["code 0", "code 7", "code 0", "code 7", "code 0"], done.stdout + done.stderr
    notes = done.stdout.rpartition("code 7\n")[2]
    assert "one" in notes
    assert not {"two", "three"} & set(notes.split())
    assert "Read-only file system" in done.stderr
    assert "the disk is full" in done.stderr
    assert all(line.startswith("jasic-desktop: ") for line in done.stderr.splitlines()), done.stderr
    assert written_below(home) == []


def test_a_window_goes_on_where_another_version_takes_its_place(stick: Path, home: Path, display: str) -> None:
    """What it had not loaded yet comes from the file that was started, though another one has its name."""
    variables = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "DISPLAY": display, **home_variables(home)}

    def key(*words: str) -> str:
        return subprocess.run(["xdotool", *words], env=variables, capture_output=True, encoding="utf-8").stdout

    def wait_for(condition: Callable[[], object]) -> object:
        until = time.monotonic() + 60
        while not (found := condition()) and time.monotonic() < until and running.poll() is None:
            time.sleep(0.1)
        return found

    running = subprocess.Popen(
        [str(stick / "jasic-desktop"), "--lang", "en", "--open", "yue-xin"],
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        assert wait_for(lambda: Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text())
        windows = str(wait_for(lambda: key("search", "--onlyvisible", "--pid", str(running.pid)))).split()
        newer = stick / "newer"
        newer.write_bytes(bytes(range(256)) * 100_000)
        newer.replace(stick / "jasic-desktop.bin")
        key("windowfocus", "--sync", windows[0])
        key("key", "F1")
        shown = wait_for(lambda: set(key("search", "--onlyvisible", "--pid", str(running.pid)).split()) - set(windows))
        assert shown, "the sheet of keys, a module that was not loaded yet, did not open"
    finally:
        running.terminate()
        said = running.communicate(timeout=60)[0]
    assert "Traceback" not in said
    assert "Error" not in said
