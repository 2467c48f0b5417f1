"""What `pip install .` installs: the program with its resources and the archive, working away from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

hatchling = pytest.importorskip("hatchling", reason="the build backend is not installed")


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-P", "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("jasic_desktop-*.whl")
    return built


def test_it_carries_resources_and_archive_and_nothing_else(wheel: Path, root: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("resources", "archive"):
        there = {path.relative_to(root).as_posix() for path in (root / folder).rglob("*") if path.is_file()}
        assert {f"jasic_desktop/_data/{name}" for name in there} <= names
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"jasic_desktop"}
    assert not [name for name in names if "__pycache__" in name]


def test_it_has_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "jasic-desktop = jasic_desktop.__main__:main" in archive.read(points).decode()


def test_the_installed_program_finds_its_own_data(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            target = tmp_path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))
    code = (
        "from jasic_desktop.core import paths\n"
        "print(paths.program_data())\n"
        "assert paths.resource('translations', 'en.toml').is_file()\n"
        "assert (paths.bundled_archive() / 'archive.toml').is_file()\n"
    )
    variables = {**os.environ, "PYTHONPATH": str(tmp_path)}
    run = {"cwd": tmp_path, "env": variables, "capture_output": True, "encoding": "utf-8"}
    done = subprocess.run([sys.executable, "-P", "-c", code], **run)
    assert (done.stdout.strip(), done.returncode) == (str(tmp_path / "jasic_desktop" / "_data"), 0), done.stderr
    done = subprocess.run([sys.executable, "-P", "-m", "jasic_desktop", "--version"], **run)
    assert done.returncode == 0, done.stderr
