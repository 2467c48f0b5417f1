"""What tests of a built program get: its folder, and a way to run it as a person does, with a home of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tests.conftest import home_variables

VARIABLE = "JASIC_BUNDLE"
Bundled = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def bundle() -> Path:
    """The folder of a built program, such as build/bundle or /usr/lib/jasic-desktop."""
    named = os.environ.get(VARIABLE)
    if not named:
        pytest.skip(f"{VARIABLE} names no built program (packaging/build.py tar --keep makes build/bundle)")
    return Path(named).resolve()


def run_in(
    folder: Path,
    home: Path,
    *words: str | Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    starter: str = "jasic-desktop",
) -> subprocess.CompletedProcess[str]:
    """Run the program that stands in `folder`, with nothing of this environment but the path."""
    variables = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "dumb", **home_variables(home), **(env or {})}
    return subprocess.run(
        [str(folder / starter), *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env=variables,
        cwd=cwd,
        timeout=300,
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def bundled(bundle: Path, home: Path) -> Bundled:
    """Runs the built program where it stands: `bundled("search", "yuexin", env={...})`."""

    def run(*words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
        return run_in(bundle, home, *words, **options)  # type: ignore[arg-type]

    return run


@pytest.fixture
def display() -> Iterator[str]:
    """A display of its own, with nothing on it; the tool that types on it is there too."""
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        pytest.skip("there is no Xvfb, or no xdotool")
    told, tells = os.pipe()
    command = ["Xvfb", "-displayfd", str(tells), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[tells], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(tells)
    with os.fdopen(told, encoding="ascii") as number:
        yield f":{number.readline().strip()}"
    server.terminate()
    server.wait(60)


@pytest.fixture
def stick(bundle: Path, tmp_path: Path) -> Path:
    """A copy of the built program that a test may change, in a folder with a space, an accent and a Chinese name."""
    folder = tmp_path / "clé USB 岳昕" / "jasic-desktop"
    shutil.copytree(bundle, folder)
    return folder


def written_below(folder: Path) -> list[str]:
    """The files below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
