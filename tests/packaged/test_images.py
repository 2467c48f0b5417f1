"""AppImage and Flatpak, opened: what is inside runs where there is neither FUSE nor a runtime, and tests itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.packaged.conftest import run_in


def built(variable: str, tool: str) -> Path:
    """The file that a variable names; skips without it or without the tool that opens it."""
    named = os.environ.get(variable)
    if not named or shutil.which(tool) is None:
        pytest.skip(f"{variable} names no built file, or {tool} is not installed")
    return Path(named).resolve()


def offset(path: Path) -> int:
    """Where the file system in an AppImage begins: behind the runtime, or at once where that is not there."""
    with path.open("rb") as file:
        data = file.read(4 << 20)
    return 0 if data[:4] == b"hsqs" else data.index(b"hsqs", 1)


def works(folder: Path, starter: str, home: Path) -> None:
    done = run_in(folder, home, "self-test", starter=starter)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    done = run_in(folder, home, "search", "岳昕", "--json", starter=starter)
    assert json.loads(done.stdout)["hits"][0]["id"] == "yue-xin"
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_what_is_in_the_appimage_works(home: Path, tmp_path: Path) -> None:
    image = built("JASIC_APPIMAGE", "unsquashfs")
    target = tmp_path / "image"
    command = ["unsquashfs", "-quiet", "-no-progress", "-offset", str(offset(image)), "-d", str(target), str(image)]
    subprocess.run(command, check=True)
    works(target, "AppRun", home)


@pytest.mark.parametrize("words", [(), ("--appimage-extract-and-run",)], ids=["FUSE", "no FUSE"])
def test_the_appimage_starts_by_itself(home: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    """With its own runtime, or with the one that JASIC_APPIMAGE_TRIED_WITH names put before what comes behind it."""
    image = built("JASIC_APPIMAGE", "sh")
    whole = tmp_path / "a folder 岳" / "jasic-desktop.AppImage"
    whole.parent.mkdir()
    if offset(image) == 0:
        runtime = built("JASIC_APPIMAGE_TRIED_WITH", "sh")
        whole.write_bytes(runtime.read_bytes() + image.read_bytes())
    else:
        shutil.copy(image, whole)
    whole.chmod(0o755)
    if not words and (shutil.which("fusermount3") is None or not os.access("/dev/fuse", os.R_OK | os.W_OK)):
        pytest.skip("there is no FUSE")
    for question in (("self-test",), ("search", "岳昕", "--json")):
        done = run_in(whole.parent, home, *words, *question, starter=whole.name)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert json.loads(done.stdout)["hits"][0]["id"] == "yue-xin"
    assert not [path for path in home.rglob("*") if path.is_file()]


def test_what_is_in_the_flatpak_works(root: Path, home: Path, tmp_path: Path) -> None:
    image = built("JASIC_FLATPAK", "ostree")
    store, target = tmp_path / "store", tmp_path / "app"
    name = json.loads(next((root / "packaging" / "flatpak").glob("*.json")).read_text(encoding="utf-8"))["id"]
    for command in (
        ["ostree", "init", "--mode=archive", f"--repo={store}"],
        ["flatpak", "build-import-bundle", str(store), str(image)],
        ["ostree", "checkout", "-U", f"--repo={store}", f"app/{name}/x86_64/master", str(target)],
    ):
        subprocess.run(command, check=True, capture_output=True)
    assert (target / "export" / "share" / "applications" / f"{name}.desktop").is_file()
    works(target / "files" / "bin", "jasic-desktop", home)
