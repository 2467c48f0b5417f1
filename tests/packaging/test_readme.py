"""The README and the scripts say the same: what it tells people to run is what runs."""

import os
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"])
def test_no_merge_left_its_marks(root: Path, name: str) -> None:
    lines = (root / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith(("<<<<<<< ", "=======", ">>>>>>> "))] == []


def test_the_continuous_integration_runs_the_readmes_test_command(root: Path, readme: str) -> None:
    script = root / ".ci" / "run"
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert commands[-1] == "exec python3 packaging/dev.py test"
    assert all(line.startswith(("set ", "cd ")) for line in commands[:-1])
    assert "\n    python3 packaging/dev.py test\n" in readme
    assert os.name != "posix" or os.access(script, os.X_OK)


def test_the_readme_tells_how_to_run_it_everywhere(readme: str) -> None:
    assert "\n    python3 packaging/dev.py run\n" in readme
    assert "`py packaging\\dev.py`" in readme


def test_the_readme_names_the_package_that_a_fresh_debian_lacks(readme: str, dev: ModuleType) -> None:
    assert f"`{dev.VENV_PACKAGE.name}`" in readme
