"""`archive verify --certificate`: a page for the file of a librarian, also of a copy that is not whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.e2e.conftest import Run
from tests.helpers.archives import make_pack

WITHOUT_QT = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "PySide6":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
from jasic_desktop.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pack(tmp_path_factory.mktemp("mill"))


def test_a_certificate_of_each_outcome(run: Run, pack: Path, tmp_path: Path) -> None:
    target = tmp_path / "Bericht, 报告.pdf"
    said = run("archive", "verify", pack, "--certificate", target)
    assert said.code == 0, said.err
    assert str(target) in said.out
    assert target.read_bytes().startswith(b"%PDF-")
    assert run("archive", "verify", pack, "--certificate", target).code == 7
    assert run("archive", "verify", pack, "--certificate", target, "--force", "--json").document["certificate"] == str(
        target
    )
    bad = shutil.copytree(pack, tmp_path / "bad")
    (bad / "data/records/0001.jsonl").unlink()
    said = run("archive", "verify", bad, "--certificate", tmp_path / "bad.pdf")
    assert said.code == 3
    assert "0001.jsonl" in said.out
    assert (tmp_path / "bad.pdf").read_bytes().startswith(b"%PDF-")


def test_a_wrong_place_is_told_before_the_check(run: Run, pack: Path, tmp_path: Path) -> None:
    said = run("archive", "verify", pack, "--certificate", tmp_path / "certificate.txt")
    assert (said.code, said.out) == (2, "")
    said = run("archive", "verify", pack, "--certificate", tmp_path / "none" / "certificate.pdf")
    assert said.code == 7
    assert list(tmp_path.iterdir()) == []


def test_without_qt_there_is_no_page_and_the_check_goes_on_without(pack: Path, tmp_path: Path) -> None:
    def ran(*words: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", WITHOUT_QT, "--profile", tmp_path / "own", "archive", "verify", pack, *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)

    refused = ran("--certificate", tmp_path / "certificate.pdf")
    assert (refused.returncode, refused.stdout) == (6, "")
    assert refused.stderr.count("\n") == 1 and "PySide6" in refused.stderr
    assert not (tmp_path / "certificate.pdf").exists()
    assert ran().returncode == 0
