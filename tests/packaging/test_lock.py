"""The lock: every library that the project names, each file by hash, and nothing of the machine that wrote it."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LINE = re.compile(r"(?P<pin>[a-z0-9.-]+==\S+(?: ; [^\\]+)?)(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n")


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pinned(lock: str) -> dict[str, str]:
    pins = [Requirement(match["pin"]) for match in LINE.finditer(lock)]
    return {canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in pins}


def test_it_holds_pins_and_hashes_and_nothing_else(lock: str) -> None:
    assert LINE.sub("", lock) == ""


def test_every_library_of_the_project_is_in_it(root: Path, pinned: dict[str, str]) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    named = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    named += [name for extra in project["project"]["optional-dependencies"].values() for name in extra]
    for requirement in map(Requirement, named):
        assert pinned[canonicalize_name(requirement.name)] in requirement.specifier, requirement


def test_libraries_with_compiled_parts_are_locked_for_every_system(lock: str, pinned: dict[str, str]) -> None:
    """One file for each system and Python: a lock made for one machine alone would hold one or two hashes."""
    hashes = {match["pin"].partition("==")[0]: match["hashes"].count("--hash") for match in LINE.finditer(lock)}
    for name in ("pillow", "msgspec", "pyyaml", "opencc"):
        assert hashes[name] > 20
