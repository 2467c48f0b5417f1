"""The installer for Windows, run on Windows or in Wine: it installs, answers, leaves nothing but one's own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaged import wine

VARIABLE = "JASIC_SETUP"
WINE = shutil.which("wine64") or shutil.which("wine64", path="/usr/lib/wine")
REMOVAL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\Jasic Desktop"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def setup() -> Path:
    """The installer."""
    named = os.environ.get(VARIABLE)
    if not named:
        pytest.skip(f"{VARIABLE} names no installer (packaging/build.py windows makes it)")
    if sys.platform != "win32" and WINE is None:
        pytest.skip("neither Windows nor Wine is here")
    return Path(named).resolve()


@pytest.fixture(scope="module")
def drive(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """A fresh drive C: of Wine; None on Windows itself."""
    if sys.platform == "win32":
        return None
    prefix = tmp_path_factory.mktemp("wine")
    variables = {**os.environ, "WINEPREFIX": str(prefix), "WINEDEBUG": "-all", "DISPLAY": ""}
    key = r"HKCU\Software\Wine"
    for words in (["wineboot", "-i"], ["reg", "add", key, "/v", "Version", "/d", "win10", "/f"]):
        subprocess.run([str(WINE), *words], env=variables, capture_output=True, stdin=subprocess.DEVNULL, timeout=300)
    return prefix / "drive_c"


@pytest.fixture
def run(drive: Path | None) -> Run:
    """Runs a program of Windows, with pipes for its console."""

    def start(*words: str | Path, cwd: Path | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        wine = [] if drive is None else [str(WINE)]
        if drive is not None:
            variables = {"WINEPREFIX": str(drive.parent), "WINEDEBUG": "-all", "DISPLAY": "", **variables}
            variables["LC_ALL"] = "C.UTF-8"
        return subprocess.run(
            [*wine, *map(str, words)],
            input="",
            capture_output=True,
            encoding="utf-8",
            errors="replace",  # the tools of Windows write in the console's own code page
            env={**os.environ, **variables},
            cwd=cwd,
            timeout=300,
            check=False,
        )

    return start


def there(drive: Path | None, path: Path) -> str:
    """A path as Windows writes it."""
    return str(path) if drive is None else "C:\\" + "\\".join(path.relative_to(drive).parts)


@pytest.fixture
def place(drive: Path | None, tmp_path: Path) -> Path:
    """A folder that is not there yet, its name with an accent and Chinese; NSIS takes no /D that another quoted."""
    return (tmp_path if drive is None else drive / "users") / "Jasic-é-岳昕"


@pytest.fixture
def installed(setup: Path, run: Run, drive: Path | None, place: Path):
    """The folder in which the program was installed, silently and for one person; removed afterwards."""
    done = run(setup, "/S", "/CurrentUser", f"/D={there(drive, place)}")
    assert done.returncode == 0, done.stderr
    yield place
    if (place / "uninstall.exe").exists():
        remove(run, place)
    shutil.rmtree(place, ignore_errors=True)


def remove(run: Run, place: Path) -> None:
    """Uninstall silently; the uninstaller goes on in a copy of itself, so wait for its last deed."""
    assert run(place / "uninstall.exe", "/S").returncode == 0
    for _ in range(100):
        if not (place / "uninstall.exe").exists():
            break
        time.sleep(0.1)
    time.sleep(1)


def contents(folder: Path) -> dict[str, int]:
    """The files below a folder with their sizes."""
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*") if path.is_file()}


def listing(drive: Path) -> list[str]:
    """All that stands on the drive, without Windows itself and the copy of the uninstaller that it deletes later."""
    found = [path.relative_to(drive).as_posix() for path in drive.rglob("*")]
    return sorted(name for name in found if not name.startswith("windows/") and "/Temp/~nsu" not in name)


def answers(run: Run, folder: Path, drive: Path | None, **told: object) -> None:
    """Shows a record, and finds it by its name in three scripts; in Wine after numpy was given what Wine lacks."""
    program = folder / "jasic-desktop.exe"
    done = run(program, "show", "yue-xin", "--json", **told)
    assert (done.returncode, json.loads(done.stdout)["id"]) == (0, "yue-xin"), done.stderr
    if drive is not None and not wine.complete(folder / "program", drive.parent):
        return
    for question in ("岳昕", "yuexin", "Yue Xin"):
        done = run(program, "search", question, "--json", **told)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["hits"][0]["id"] == "yue-xin"


def test_it_answers_and_makes_nothing_again(installed: Path, run: Run, drive: Path | None) -> None:
    answers(run, installed, drive)
    if drive is not None:
        assert not [name for name in listing(drive) if "AppData/Local/jasic-desktop" in name]


@pytest.mark.parametrize("form", ["docx", "odt", "html"])
def test_it_writes_what_others_read(installed: Path, run: Run, drive: Path | None, tmp_path: Path, form: str) -> None:
    from jasic_desktop.app.selftest_reading import read_back

    folder = tmp_path if drive is None else drive / "users"
    target = folder / f"written-岳.{form}"
    done = run(
        installed / "jasic-desktop.exe", "export", "--ids", "yue-xin", "--format", form, "--out", there(drive, target)
    )
    assert done.returncode == 0, done.stderr
    assert "Yue Xin" in read_back(form, target.read_bytes())
    target.unlink()


def test_the_archive_proves_itself(installed: Path, run: Run) -> None:
    done = run(installed / "jasic-desktop.exe", "archive", "verify", "--json")
    assert json.loads(done.stdout)["state"] == "complete"


def test_it_passes_its_own_test(installed: Path, run: Run, drive: Path | None) -> None:
    if drive is not None:
        pytest.skip("Wine lacks icuuc.dll, which Qt asks Windows for")
    done = run(installed / "jasic-desktop.exe", "self-test", QT_QPA_PLATFORM="offscreen")
    assert (done.returncode, done.stdout.count("  passed: ")) == (0, 11), done.stdout


def test_each_file_is_the_one_that_was_packed(installed: Path) -> None:
    import hashlib

    for line in (installed / "FILES.sha256").read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((installed / name).read_bytes()).hexdigest() == digest, name


def test_s4_a_reading_room_stays_closed_where_the_program_is_the_readers_own(
    installed: Path, run: Run, drive: Path | None
) -> None:
    done = run(installed / "jasic-desktop.exe", "--kiosk", "--lang", "en", QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 5, done.stderr
    assert "The reading room stays closed, because this account could change the program" in done.stderr
    assert there(drive, installed.parent) in done.stderr


def test_what_is_planted_changes_nothing(installed: Path, run: Run, drive: Path | None, tmp_path: Path) -> None:
    for name in ("json.py", "msgspec.py", "sitecustomize.py", "start.py"):
        (tmp_path / name).write_text(f"raise SystemExit('planted {name}')\n")
    for name in ("python311.dll", "python3.dll", "vcruntime140.dll", "sqlite3.dll", "libcrypto-3.dll", "version.dll"):
        (tmp_path / name).write_bytes(b"MZ planted")
    own = str(tmp_path)
    variables = {
        "PYTHONPATH": own,
        "PYTHONHOME": own,
        "PYTHONSTARTUP": own,
        "QT_PLUGIN_PATH": own,
        "PYTHONINSPECT": "1",
    }
    answers(run, installed, drive, cwd=tmp_path, **variables)


def test_it_leaves_nothing_but_the_person_s_own(setup: Path, run: Run, drive: Path | None, place: Path) -> None:
    if drive is None:
        pytest.skip("the drive of a real Windows changes by itself")
    local = next((drive / "users").glob("*/AppData/Local"))
    note = local / "jasic-desktop" / "notes" / "mine.txt"
    note.parent.mkdir(parents=True)
    note.write_text("mine")
    before = listing(drive)
    (local / "jasic-desktop" / "Cache").mkdir()
    assert run(setup, "/S", "/CurrentUser", f"/D={there(drive, place)}").returncode == 0
    assert len(listing(drive)) > len(before) + 500
    told = run("reg", "query", rf"HKCU\{REMOVAL}", "/v", "QuietUninstallString").stdout
    assert "uninstall.exe" in told
    answers(run, place, drive)
    wine.take_back(place / "program")
    remove(run, place)
    assert listing(drive) == before
    for key in (REMOVAL, r"Software\Classes\.jasicpack", r"Software\Classes\JasicDesktop.Pack"):
        assert run("reg", "query", rf"HKCU\{key}").returncode != 0, key
    shutil.rmtree(local / "jasic-desktop")


def test_it_takes_the_place_of_another_version(installed: Path, setup: Path, run: Run, drive: Path | None) -> None:
    (installed / "portable").touch()
    version = ("reg", "query", rf"HKCU\{REMOVAL}", "/v", "DisplayVersion")
    for other in ("0.0.1", "99.0"):  # an older one, and a newer one
        run("reg", "add", rf"HKCU\{REMOVAL}", "/v", "DisplayVersion", "/d", other, "/f")
        assert other in run(*version).stdout
        assert run(setup, "/S", "/CurrentUser", f"/D={there(drive, installed)}").returncode == 0
        assert other not in run(*version).stdout
    assert (installed / "portable").exists()
    answers(run, installed, drive)


def test_a_copy_that_runs_is_neither_replaced_nor_removed(
    installed: Path, setup: Path, run: Run, drive: Path | None
) -> None:
    wine_or_none = [] if drive is None else [str(WINE)]
    told = {} if drive is None else {"WINEPREFIX": str(drive.parent), "WINEDEBUG": "-all", "DISPLAY": ""}
    # The process that decodes pictures waits for one as long as its pipe is open.
    running = subprocess.Popen(
        [*wine_or_none, str(installed / "jasic-desktop.exe"), "--worker-of-the-window", "picture"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **told},
    )
    try:
        before = contents(installed)
        for _ in range(100):  # until it is there
            if run(setup, "/S", "/CurrentUser", f"/D={there(drive, installed)}").returncode == 2:
                break
        assert run(setup, "/S", "/CurrentUser", f"/D={there(drive, installed)}").returncode == 2
        assert run(installed / "uninstall.exe", "/S", f"_?={there(drive, installed)}").returncode == 2
        assert running.poll() is None
        assert contents(installed) == before
    finally:
        running.communicate(timeout=60)
    assert run(setup, "/S", "/CurrentUser", f"/D={there(drive, installed)}").returncode == 0
    assert contents(installed) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount a small disk")
def test_on_a_full_disk_nothing_is_written_and_nothing_is_lost(
    setup: Path, run: Run, drive: Path | None, tmp_path
) -> None:
    """Too small for it; with too few places for files; large enough, and then too full for another version."""
    assert drive is not None
    disk, letter = tmp_path / "disk", drive.parent / "dosdevices" / "e:"
    disk.mkdir()
    letter.symlink_to(disk)

    def mount(options: str) -> None:
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)], check=True)

    try:
        for options in ("size=60m", "size=400m,nr_inodes=500"):
            mount(options)
            assert run(setup, "/S", "/CurrentUser", r"/D=E:\Jasic").returncode == 2
            assert list(disk.iterdir()) == []
            subprocess.run(["umount", str(disk)], check=True)
        mount("size=165m")
        assert run(setup, "/S", "/CurrentUser", r"/D=E:\Jasic").returncode == 0
        before = contents(disk / "Jasic")
        assert run(setup, "/S", "/CurrentUser", r"/D=E:\Jasic").returncode == 2
        assert contents(disk / "Jasic") == before
        remove(run, disk / "Jasic")
    finally:
        subprocess.run(["umount", str(disk)], check=False)
        letter.unlink()


def test_what_somebody_put_among_its_files_is_moved_aside(
    installed: Path, setup: Path, run: Run, drive: Path | None
) -> None:
    (installed / "program" / "mine.txt").write_text("mine")
    (installed / ".new").mkdir()
    (installed / ".new" / "of an installation that was cut off").touch()
    assert run(setup, "/S", "/CurrentUser", f"/D={there(drive, installed)}").returncode == 0
    assert [path.name for path in (installed / "program.kept").iterdir()] == ["mine.txt"]
    assert not (installed / ".new").exists()
    answers(run, installed, drive)


def test_a_folder_that_holds_something_else_is_left_alone(
    setup: Path, run: Run, drive: Path | None, place: Path
) -> None:
    place.mkdir()
    (place / "thesis.txt").write_text("mine")
    assert run(setup, "/S", "/CurrentUser", f"/D={there(drive, place)}").returncode == 2
    assert [path.name for path in place.iterdir()] == ["thesis.txt"]
    shutil.rmtree(place)
