"""The program as a person meets it: the bundled archive, derived once, and a way to run commands on it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jasic_desktop.cli import main
from tests.helpers.derived import places_of


@dataclass(frozen=True)
class Ran:
    """What one command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document on standard output."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def profile(used_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that stands for a person's own, with the archive derived in its cache as in a home."""
    folder = tmp_path_factory.mktemp("person") / "profile"
    shutil.copytree(places_of(used_home).cache, folder / "cache")
    return folder


@pytest.fixture
def run(profile: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process, on the shared profile unless it names its own."""
    monkeypatch.setenv("COLUMNS", "100")

    def run_here(*words: str | Path) -> Ran:
        arguments = [str(word) for word in words]
        if "--profile" not in arguments:
            arguments = ["--profile", str(profile), *arguments]
        code = main(arguments)
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return run_here
