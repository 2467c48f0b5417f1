"""The commands of packaging/README.md, run on what was built as they stand there, VERSION and DIR filled in."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import home_variables

SYSTEM = "JASIC_CHANGE_SYSTEM"


@pytest.fixture(scope="module")
def commands(root: Path) -> list[str]:
    """Every command of the page, in its order."""
    page = (root / "packaging" / "README.md").read_text(encoding="utf-8")
    return [line.strip() for line in page.splitlines() if line.startswith("    ")]


@pytest.fixture
def folder(root: Path, tmp_path: Path) -> Path:
    """A folder with what was built, as somebody has it who fetched it."""
    named = os.environ.get("JASIC_RUN")
    if not named:
        pytest.skip("JASIC_RUN names no built installer (packaging/build.py run makes one in dist)")
    run = Path(named).resolve()
    folder = tmp_path / "fetched"
    folder.mkdir()
    (folder / run.name).symlink_to(run)
    shutil.copy(run.with_name("SHA256SUMS"), folder)
    return folder


def test_what_one_person_is_told_works_in_that_order(commands: list[str], folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    target = tmp_path / "a place 岳" / "program"
    version = next(folder.glob("*.run")).name.split("-")[2]
    variables = {"PATH": f"{home}/.local/bin:{os.environ['PATH']}", "LANG": "C.UTF-8", **home_variables(home)}
    before = sorted(home.rglob("*"))

    def told(*parts: str) -> None:
        """Run the one command of the page that has all these parts in it."""
        elsewhere = ("exe", "runuser")  # on Windows, on the account of a reading room
        mine = (line for line in commands if not any(word in line for word in elsewhere))
        (command,) = {line for line in mine if all(part in line for part in parts)}
        command = command.replace("VERSION", version).replace("DIR", f"'{target}'")
        done = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=variables, capture_output=True, encoding="utf-8", timeout=300
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)

    told("sha256sum --check --ignore-missing SHA256SUMS")
    told("sh jasic-desktop-VERSION-linux-x86_64.run --silent")
    told("jasic-desktop archive verify")
    told("jasic-desktop self-test")
    told("sh ~/.local/lib/jasic-desktop/uninstall.sh")
    assert sorted(home.rglob("*")) == before
    told(".run --target DIR --silent")
    assert (target / "jasic-desktop").is_file()
    told("sh DIR/uninstall.sh --silent")
    assert not target.parent.exists()


@pytest.mark.skipif(os.environ.get(SYSTEM) != "1", reason=f"{SYSTEM}=1 allows to install for everybody")
def test_what_an_administrator_is_told_works_in_that_order(commands: list[str], folder: Path) -> None:
    version = next(folder.glob("*.run")).name.split("-")[2]
    for part in (".run --system --silent", "sh /opt/jasic-desktop/uninstall.sh --silent"):
        (command,) = [line.replace("VERSION", version) for line in commands if part in line]
        assert subprocess.run(["sh", "-c", command], cwd=folder, check=False).returncode == 0
    assert not Path("/opt/jasic-desktop").exists()
    assert not Path("/usr/local/bin/jasic-desktop").exists()
