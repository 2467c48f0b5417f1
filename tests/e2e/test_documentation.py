"""What README.md promises is what the program does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from jasic_desktop.app.commands import command_line
from jasic_desktop.core.errors import ExitCode
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.settings import SETTINGS
from tests.conftest import ROOT
from tests.e2e.conftest import Run

README = (ROOT / "README.md").read_text("utf-8")
EXAMPLES = re.findall(r"^    python3 packaging/dev\.py run -- (.+)$", README, re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_works(run: Run, example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(*shlex.split(example))
    assert said.code == 0, said.err
    assert said.out


def test_every_command_is_in_the_readme() -> None:
    table = README[README.index("| command | does |") : README.index("A question is words")]
    assert EXAMPLES
    for command in command_line():
        assert re.search(rf"\b{command.id.split()[-1]}\b", table), command.id


def test_every_command_tells_its_options(run: Run) -> None:
    for command in command_line():
        said = run(*command.id.split(), "--help")
        assert said.code == 0
        assert translate(command.text, "en") in " ".join(said.out.split())


def test_every_exit_code_is_in_readme_and_help(run: Run) -> None:
    told = run("--help").out
    for code in ExitCode:
        assert re.search(rf"^  {int(code)}  ", told, re.MULTILINE), code
        assert re.search(rf"[:;] {int(code)} ", README), code


def test_every_setting_is_in_the_readme() -> None:
    for setting in SETTINGS:
        assert f"`{setting.key}`" in README
