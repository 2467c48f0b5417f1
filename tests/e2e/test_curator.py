"""A curator's and a librarian's way: check, build, prove, install."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jasic_desktop.core.paths import bundled_archive
from tests.e2e.conftest import Run
from tests.helpers.archives import make_source
from tests.helpers.shared import bundled_pack


@pytest.fixture
def pack() -> Path:
    """A pack of the bundled archive. Not to be changed."""
    return bundled_pack()


def test_a_source_without_a_fault_is_told_so(run: Run, tmp_path: Path) -> None:
    """The bundled archive's own check is in tests/archive."""
    said = run("archive", "check", make_source(tmp_path / "source"), "--json")
    assert said.code == 0
    assert not [problem for problem in said.document["problems"] if problem["severity"] == "error"]


def test_two_builds_are_the_same_bytes(run: Run, pack: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    built = run("archive", "build", bundled_archive(), again, "--json").document
    names = sorted(p.relative_to(pack).as_posix() for p in pack.rglob("*") if p.is_file())
    assert names == sorted(p.relative_to(again).as_posix() for p in again.rglob("*") if p.is_file())
    assert all((pack / name).read_bytes() == (again / name).read_bytes() for name in names)
    assert run("archive", "verify", pack, "--json").document["fingerprint"] == built["fingerprint"]


def _flip(pack: Path) -> str:
    path = next((pack / "data" / "records").glob("0002*"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return path.name


def _lose(pack: Path) -> str:
    path = next((pack / "data" / "records").glob("0001*"))
    path.unlink()
    return path.name


def _add(pack: Path) -> str:
    (pack / "data" / "extra.json").write_text("{}")
    return "extra.json"


def _link(pack: Path) -> str:
    path = pack / "data" / "archive.json"
    path.rename(pack.parent / "elsewhere.json")
    path.symlink_to(pack.parent / "elsewhere.json")
    return "archive.json"


@pytest.mark.parametrize("damage", [_flip, _lose, _add, _link])
def test_verify_names_the_damaged_file_and_ends_with_3(run: Run, pack: Path, tmp_path: Path, damage: object) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(pack, copy)
    assert run("archive", "verify", copy).code == 0
    name = damage(copy)  # type: ignore[operator]
    said = run("archive", "verify", copy)
    assert said.code == 3
    assert name in said.out
    assert run("--archive", copy, "search", "huizhou").code == 3


def test_install_use_remove(run: Run, pack: Path, profile: Path, tmp_path: Path) -> None:
    own = ("--profile", shutil.copytree(profile, tmp_path / "own"))

    def listed() -> list[tuple[str, str]]:
        return [
            (entry["name"], entry["whose"]) for entry in run("archive", "list", *own, "--json").document["archives"]
        ]

    assert listed() == [("jasic", "program")]
    name = run("archive", "install", pack, *own, "--json").document["name"]
    assert (name, "person") in listed()
    assert run("archive", "use", name, *own).code == 0
    assert run("search", "huizhou", *own, "--json").document["total"] > 3
    assert run("archive", "info", name, *own, "--json").document["records"] > 700
    assert run("archive", "rebuild", name, *own).code == 0
    assert run("archive", "remove", name, *own).code == 0
    assert run("archive", "remove", name, *own).code in (4, 7)  # the one left came with the program
    assert listed() == [("jasic", "program")]
