"""The small archive as source, pack folder and pack file, made once; tests that change one take a copy."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jasic_desktop.packs.problems import Problem
from tests.helpers.archives import make_pack, make_source


@pytest.fixture(scope="session")
def small_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small archive in source form. Not to be changed."""
    return make_source(tmp_path_factory.mktemp("small") / "source")


@pytest.fixture(scope="session")
def small_pack(small_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small archive as a pack folder. Not to be changed."""
    return make_pack(tmp_path_factory.mktemp("folder"), small_source)


@pytest.fixture(scope="session")
def small_file(small_source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small archive as one file. Not to be changed."""
    return make_pack(tmp_path_factory.mktemp("file"), small_source, "small.jasicpack")


@pytest.fixture
def pack(small_pack: Path, tmp_path: Path) -> Path:
    """A copy of the pack folder to change."""
    return shutil.copytree(small_pack, tmp_path / "pack")


@pytest.fixture
def pack_file(small_file: Path, tmp_path: Path) -> Path:
    """A copy of the pack file to change."""
    return shutil.copy(small_file, tmp_path / "small.jasicpack")


@pytest.fixture
def problems_of(tmp_path: Path) -> Callable[..., list[Problem]]:
    """What `check` says of the small archive with changes: see make_source."""
    from jasic_desktop.packs.check import check

    def problems(changes: dict[str, dict[str, Any] | None] | None = None, **options: Any) -> list[Problem]:
        return list(check(make_source(tmp_path / "changed", changes, **options)).problems)

    return problems
