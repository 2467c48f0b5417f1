"""A librarian's way with a new edition: look at what changes, install it, read old citations in it, go back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jasic_desktop.core.languages import LANGUAGES
from tests.e2e.conftest import Ran, Run
from tests.helpers.editions import REASON, make_edition, make_second


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two editions, 两版")
    make_edition(folder, suffix=".jasicpack")
    make_second(folder, ".jasicpack")
    return folder


@pytest.fixture
def own(run: Run, tmp_path: Path) -> Any:
    """Runs a command on a profile of the test's own."""

    def run_own(*words: str | Path) -> Ran:
        return run("--profile", tmp_path / "own", *words)

    return run_own


def test_diff_tells_all_three_lists(own: Any, packs: Path) -> None:
    words = ("archive", "diff", packs / "mill-1.0.jasicpack", packs / "mill-1.1.jasicpack")
    found = own(*words, "--json").document
    assert (found["from"]["version"], found["to"]["version"]) == ("1.0", "1.1")
    assert [entry["id"] for entry in found["added"]] == ["lin-yue"]
    assert {entry["id"] for entry in found["changed"]} >= {"willow-town", "2018-04-protest"}
    gone = {entry["id"]: entry for entry in found["withdrawn"]}
    assert gone["unnamed-clerk"]["replaced_by"] == "lin-yue"
    assert gone["essay-mill"]["reason"]["en"] == REASON
    for language in LANGUAGES:
        said = own(*words, "--lang", language)
        assert said.code == 0
        for record_id in ("lin-yue", "willow-town", "unnamed-clerk", "essay-mill"):
            assert record_id in said.out
    assert REASON in own(*words, "--lang", "en").out


def test_an_update_from_the_first_edition_and_back(own: Any, packs: Path) -> None:
    assert own("archive", "install", packs / "mill-1.0.jasicpack").code == 0
    assert own("archive", "use", "mill").code == 0
    assert own("show", "essay-mill").code == 0
    said = own("archive", "install", packs / "mill-1.1.jasicpack")
    assert said.code == 0
    assert "1 added, 4 changed, 2 withdrawn" in said.out
    assert REASON in said.out
    assert "mill@1.0" in said.out
    # An old citation leads to what replaced its record, or says why there is none.
    replaced = own("show", "mill:person/unnamed-clerk@1.0#s1")
    assert replaced.code == 0
    assert "Lin Yue" in replaced.out
    assert "lin-yue" in replaced.err and "1.0" in replaced.err
    withdrawn = own("show", "mill:document/essay-mill@1.0")
    assert withdrawn.code == 4
    assert REASON in withdrawn.err
    assert own("archive", "use", "mill@1.0").code == 0
    assert own("show", "mill:document/essay-mill@1.0").code == 0
    assert own("archive", "remove", "mill@1.1").code == 0
    assert own("archive", "use", "mill@1.1").code == 4


def test_an_older_edition_is_a_downgrade(own: Any, packs: Path) -> None:
    assert own("archive", "install", packs / "mill-1.1.jasicpack").code == 0
    refused = own("archive", "install", packs / "mill-1.0.jasicpack")
    assert (refused.code, refused.out) == (7, "")
    assert "1.1" in refused.err and "--force" in refused.err
    read = own("--archive", packs / "mill-1.0.jasicpack", "show", "shan-xin")
    assert read.code == 0
    assert "older edition" in read.err
    assert own("archive", "install", packs / "mill-1.0.jasicpack", "--force").code == 0


def test_two_different_archives_differ_in_all(own: Any, packs: Path, tmp_path: Path) -> None:
    assert own("archive", "diff", packs / "mill-1.0.jasicpack", tmp_path / "none").code == 4
    (tmp_path / "letter").write_text("Dear reader")
    assert own("archive", "diff", tmp_path / "letter", packs / "mill-1.0.jasicpack").code == 3


def test_open_draws_a_pack_and_a_record(own: Any, packs: Path, tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    for target in (packs / "mill-1.0.jasicpack", "yue-xin"):
        assert own("open", target, "--screenshot", picture, "--size", "800x600", "--force").code == 0
        assert picture.read_bytes().startswith(b"\x89PNG")
    missing = own("open", tmp_path / "none.jasicpack", "--screenshot", tmp_path / "other.png", "--size", "800x600")
    assert missing.code == 3
    assert "none.jasicpack" in missing.err
