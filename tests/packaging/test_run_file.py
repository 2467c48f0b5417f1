"""The file that installs itself, with a small program in it: whatever stops it, what was there is there still."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import home_variables

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("xz") is None, reason="a shell script for Linux, which unpacks with xz"
)
as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("unshare") is None, reason="only root may mount"
)
Make = Callable[..., Path]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the installers lie that were made already."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def make(small, part, shelf: Path) -> Make:
    """Makes an installer of a version; with `line`, one that is interrupted behind that line of its script."""

    def made(version: str, line: str = "", signal: str = "TERM") -> Path:
        kept = shelf / f"{version}.run"
        if not kept.exists():
            bundle = small(f"bundle {version}")
            (bundle.folder / "version").write_text(version)
            (bundle.folder / f"only of {version}").touch()
            listed = (f"{digest}  {name}\n" for name, digest in part("build_tree").digests(bundle.folder))
            bundle.seal.write_text("".join(entry for entry in listed if not entry.endswith("  FILES.sha256\n")))
            work = bundle.folder.parent
            part("build_linux").make_run(bundle, work, work, version, 1_000_000_000).rename(kept)
        return interrupted(kept, line, signal) if line else kept

    return made


def interrupted(script: Path, line: str, signal: str) -> Path:
    """A copy that sends itself a signal behind a line; where its program begins is moved by as much."""
    data = script.read_bytes()
    begins = re.search(rb"tail -c \+(\d{8})", data)
    assert begins is not None
    offset = int(begins[1])
    head, added = data[: offset - 1], f"{line}\nkill -{signal} $$\n".encode()
    assert head.count(f"{line}\n".encode()) == 1
    head = head.replace(f"{line}\n".encode(), added)
    head = head.replace(begins[1], b"%08d" % (len(head) + 1))
    target = script.with_name("interrupted.run")
    target.write_bytes(head + data[offset - 1 :])
    return target


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    home_variables(folder)
    return folder


def run(script: Path, home: Path, *words: str | Path, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run the installer; with `before`, a line of shell that mounts something for it alone."""
    variables = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **home_variables(home)}
    command = ["sh", str(script), *map(str, words)]
    if before:
        command = ["unshare", "--mount", "sh", "-c", f'{before}\nexec "$@"', "sh", *command]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=variables, cwd=home, check=False)


def listing(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def contents(folder: Path) -> dict[str, bytes | str]:
    """Each file below a folder with what is in it, and where each link leads."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        name: str(path.readlink()) if path.is_symlink() else path.read_bytes()
        for name, path in found.items()
        if path.is_symlink() or path.is_file()
    }


def is_told(done: subprocess.CompletedProcess[str], words: str) -> bool:
    return (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1) and words in done.stderr


LINES = (
    "old=$part.old",
    'chmod 755 "$part"',
    'write_lists 2>/dev/null || fail "$full"',
    "    swapped=1",
    "placed=1",
    '    move_own "$old" "$target" || fail "what you keep in $target cannot be moved"',
)


@pytest.mark.parametrize("signal", ["TERM", "KILL"])
@pytest.mark.parametrize("line", LINES)
def test_an_update_that_is_interrupted_loses_nothing(make: Make, home: Path, line: str, signal: str) -> None:
    target = home / "a stick 岳" / "program"
    assert run(make("1"), home, "--user", "--target", target, "--silent").returncode == 0
    (target / "portable").touch()
    (target / "data").mkdir()
    (target / "data" / "own").write_text("mine")
    before = contents(home)
    done = run(make("2", line, signal), home, "--user", "--target", target, "--silent")
    assert done.returncode in (143, -9, 137)
    if signal == "TERM":
        assert contents(home) == before
    else:  # nothing can be put in order any more, and nothing was deleted
        kept = [path.read_text() for path in target.parent.rglob("own")]
        assert kept == ["mine"]
        assert "1" in [path.read_text() for path in target.parent.rglob("version")]
    again = run(make("2"), home, "--user", "--target", target, "--silent")
    if (target / "version").exists():
        assert (again.returncode, (target / "version").read_text()) == (0, "2"), again.stderr


@pytest.mark.parametrize("line", LINES[:-1])
def test_a_first_installation_that_is_interrupted_leaves_nothing(make: Make, home: Path, line: str) -> None:
    before = listing(home)
    done = run(make("1", line), home, "--user", "--target", home / "new" / "program")
    if line == "    swapped=1":
        assert done.returncode == 0  # nothing was there that it could take the place of
    else:
        assert (done.returncode, listing(home)) == (143, before)


def test_entries_of_another_version_go_and_its_own_come(make: Make, home: Path) -> None:
    target = home / "program"
    assert run(make("1"), home, "--user", "--target", target, "--silent").returncode == 0
    stale = home / ".local" / "share" / "applications" / "of-an-older-version.desktop"
    stale.touch()
    with (target / "installed-links.txt").open("a", encoding="utf-8") as links:
        links.write(f"{stale}\n")
    assert run(make("2"), home, "--user", "--target", target, "--silent").returncode == 0
    assert not stale.exists()
    assert not (target / "only of 1").exists()
    assert (home / ".local" / "bin" / "jasic-desktop").readlink() == target / "jasic-desktop"
    assert not [name for name in listing(home) if name.endswith(".new")]
    done = subprocess.run(["sh", str(target / "uninstall.sh"), "--silent"], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert contents(home) == {}


def test_a_menu_that_cannot_be_written_stops_it_before_anything_is_changed(make: Make, home: Path) -> None:
    target = home / "program"
    assert run(make("1"), home, "--user", "--target", target, "--silent").returncode == 0
    icons = home / ".local" / "share" / "icons" / "hicolor" / "scalable"
    shutil.rmtree(icons)
    icons.touch()
    before = contents(home)
    assert is_told(run(make("2"), home, "--user", "--target", target, "--silent"), "icons")
    assert contents(home) == before


@as_root
def test_where_a_drive_begins_it_says_so_and_what_is_kept_there_stays(make: Make, home: Path) -> None:
    target = home / "stick"
    target.mkdir()
    inside = f'mount -t tmpfs tmpfs "{target}" && touch "{target}/installed-files.txt" "{target}/portable" && '
    inside += f'mkdir "{target}/data" && echo mine >"{target}/data/own" && trap "" EXIT'
    script = make("1")
    look = home.parent / "look.sh"
    look.write_text(f'sh "{script}" --target "{target}" --silent\ncode=$?\ncat "{target}/data/own"\nexit $code\n')
    before = listing(home)
    done = run(look, home, before=inside)
    assert (done.returncode, done.stdout) == (1, "mine\n")
    assert (
        done.stderr == f"jasic-desktop: {target} cannot be replaced: where a drive begins there, name a folder on it\n"
    )
    assert listing(home) == before


@as_root
@pytest.mark.parametrize("place", ["program", "menu"])
def test_on_a_full_disk_it_says_so_and_changes_nothing(make: Make, home: Path, place: str) -> None:
    """On a real file system of a few pages, in which for each run one page more is free, until it is enough."""
    target = home / "disk" / "program"
    share = home / ".local" / "share"
    full = target.parent if place == "program" else share
    full.mkdir(parents=True, exist_ok=True)
    script, seen = make("1"), set[int]()
    look = home.parent / "look.sh"
    after = f'find "{full}" ! -path "{full}" >&2; find "{home}" -name "*.new" >&2'
    look.write_text(
        f'sh "{script}" --user --target "{target}" --silent\ncode=$?\n[ $code -eq 0 ] || {{ {after}; }}\nexit $code\n'
    )
    for pages in range(1, 200, 3 if place == "program" else 1):
        done = run(look, home, before=f'mount -t tmpfs -o size={pages * 4}k,nr_inodes=500 tmpfs "{full}"')
        seen.add(done.returncode)
        if done.returncode == 0:
            break
        assert is_told(done, "full" if place == "program" else "cannot be written"), done.stderr
        shutil.rmtree(home / "disk" / "program", ignore_errors=True)
    assert seen == {0, 1}
