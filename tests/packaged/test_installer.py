"""The file that installs itself: what it puts where, what it refuses, and that it leaves nothing when it goes."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import home_variables
from tests.packaged.conftest import run_in

VARIABLE = "JASIC_RUN"


@pytest.fixture(scope="session")
def installer() -> Path:
    """The built .run file."""
    named = os.environ.get(VARIABLE)
    if not named:
        pytest.skip(f"{VARIABLE} names no built installer (packaging/build.py run makes one in dist)")
    return Path(named).resolve()


def shell(home: Path, script: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    variables = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **home_variables(home)}
    command = ["sh", str(script), *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=variables, cwd=home, check=False)


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder to install in that does not exist yet, nor does the one it is in."""
    return tmp_path / "Été 岳 & $HOME's 100%" / "program"


def test_a_target_alone_is_a_folder_that_runs(installer: Path, home: Path, target: Path) -> None:
    home_variables(home)
    before = listing(home)
    done = shell(home, installer, "--target", target, "--silent")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert run_in(target, home, "search", "岳昕", "--limit", "1").returncode == 0
    assert listing(home) == before
    done = shell(home, target / "uninstall.sh", "--silent")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not target.parent.exists()
    assert listing(home) == before


def test_for_one_person_it_is_in_the_menu_and_goes_without_a_trace(installer: Path, home: Path, target: Path) -> None:
    home_variables(home)
    before = listing(home)
    done = shell(home, installer, "--user", "--target", target)
    assert done.returncode == 0, done.stderr
    command = home / ".local" / "bin" / "jasic-desktop"
    ran = subprocess.run([str(command), "--version"], capture_output=True, encoding="utf-8", check=False)
    assert ran.stdout.startswith("Jasic Desktop ")
    share = home / ".local" / "share"
    for name in (
        "icons/hicolor/scalable/apps/jasic-desktop.svg",
        "man/man1/jasic-desktop.1",
        "mime/packages/jasic-desktop.xml",
    ):
        assert (share / name).is_file(), name
    entry = configparser.RawConfigParser()
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(share / "applications" / "jasic-desktop.desktop", encoding="utf-8")
    # As the desktop entry specification reads it: escapes of strings first, then those inside of quotes.
    started = entry["Desktop Entry"]["Exec"].replace("\\\\", "\\").replace("%%", "%")
    assert re.sub(r"\\(.)", r"\1", started) == f'"{target / "jasic-desktop"}"'
    assert shell(home, target / "uninstall.sh").returncode == 0
    assert listing(home) == before
    assert not target.parent.exists()


def test_another_version_takes_the_place_and_leaves_what_the_person_keeps(
    installer: Path, home: Path, target: Path
) -> None:
    assert shell(home, installer, "--target", target).returncode == 0
    (target / "portable").touch()
    (target / "data").mkdir()
    (target / "data" / "own").write_text("mine")
    (target / "program" / "of an older version").touch()
    done = shell(home, installer, "--target", target)
    assert done.returncode == 0, done.stderr
    assert not (target / "program" / "of an older version").exists()
    assert (target / "data" / "own").read_text() == "mine"
    assert (target / "portable").exists()
    assert [path.name for path in target.parent.iterdir()] == ["program"]
    assert shell(home, target / "uninstall.sh").returncode == 0
    assert listing(target) == ["data", "data/own", "portable"]


def test_an_older_version_takes_the_place_of_a_newer_one(installer: Path, home: Path, target: Path) -> None:
    assert shell(home, installer, "--target", target).returncode == 0
    newer = target / "program" / "of a newer version"
    newer.touch()
    with (target / "installed-files.txt").open("a", encoding="utf-8") as listed:
        listed.write("./program/of a newer version\n")
    assert shell(home, installer, "--target", target).returncode == 0
    assert not newer.exists()
    listed = (target / "FILES.sha256").read_text(encoding="utf-8").splitlines()
    assert {line.partition("  ")[2] for line in listed} <= set(listing(target))
    assert shell(home, target / "uninstall.sh", "--silent").returncode == 0
    assert not target.exists()


def test_it_replaces_a_program_that_is_running(installer: Path, home: Path, target: Path) -> None:
    assert shell(home, installer, "--target", target).returncode == 0
    variables = {"PATH": os.environ["PATH"], **home_variables(home)}
    running = subprocess.Popen(
        [str(target / "jasic-desktop"), "--screenshot", str(home / "window.png"), "--search", "岳昕"], env=variables
    )
    assert shell(home, installer, "--target", target).returncode == 0
    assert running.wait(120) == 0
    assert run_in(target, home, "--version").returncode == 0


def test_what_is_not_ours_is_not_replaced(installer: Path, home: Path, target: Path) -> None:
    target.mkdir(parents=True)
    (target / "thesis.odt").write_text("mine")
    done = shell(home, installer, "--target", target)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert listing(target) == ["thesis.odt"]


def test_a_damaged_file_installs_nothing(installer: Path, home: Path, target: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.run"
    shutil.copy(installer, damaged)
    with damaged.open("r+b") as file:
        file.seek(-1000, os.SEEK_END)
        file.write(b"?")
    for words in (["--check"], ["--target", target]):
        done = shell(home, damaged, *words)
        assert done.returncode == 1
        assert "damaged" in done.stderr
    assert not target.parent.exists()
    assert shell(home, installer, "--check").returncode == 0


@pytest.mark.parametrize("words", [["--fast"], ["--user", "--system"], ["--target"]])
def test_wrong_usage_installs_nothing(installer: Path, home: Path, words: list[str]) -> None:
    home_variables(home)
    before = listing(home)
    done = shell(home, installer, *words)
    assert done.returncode == 2
    assert listing(home) == before


def test_a_place_that_cannot_be_written_is_told(installer: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = shell(home, installer, "--target", tmp_path / "file" / "program")
    assert done.returncode == 1
    assert done.stderr.startswith("jasic-desktop: ")
    assert done.stderr.count("\n") == 1


def test_where_there_is_no_room_nothing_stays(installer: Path, home: Path, target: Path) -> None:
    variables = {"PATH": os.environ["PATH"], **home_variables(home)}
    # No file may be larger than some megabytes: to what unpacks that is as a disk that is full.
    command = ["sh", "-c", 'ulimit -f 4000 && exec sh "$0" --target "$1"', str(installer), str(target)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=variables, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "jasic-desktop: it could not be unpacked: is the disk full?"
    assert not target.parent.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_person_installs_from_a_folder_that_is_closed_to_them(installer: Path, tmp_path: Path) -> None:
    person, closed = tmp_path / "person", tmp_path / "closed"
    for folder, mode in ((person, 0o755), (closed, 0o700)):
        folder.mkdir()
        folder.chmod(mode)
    os.chown(person, 1000, 1000)
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    copied = tmp_path / "copied.run"
    shutil.copyfile(installer, copied)
    variables = {"PATH": os.environ["PATH"], "HOME": str(person)}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        become = {"user": 1000, "group": 1000, "extra_groups": []}
        return subprocess.run(words, capture_output=True, encoding="utf-8", env=variables, cwd=closed, **become)

    done = run("sh", str(copied), "--silent")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert run(str(person / ".local/bin/jasic-desktop"), "search", "岳昕").returncode == 0
    assert run("sh", str(copied), "--system").returncode == 1
    done = run("sh", str(person / ".local/lib/jasic-desktop/uninstall.sh"), "--silent")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert listing(person) == []
