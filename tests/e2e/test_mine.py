"""What a person makes, by the command line: collections, notes, saved searches, log, history, backups, transfer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from jasic_desktop.core.paths import Places
from tests.e2e.conftest import Ran, Run

ARREST = "2018-07-27-mass-arrest"


@pytest.fixture
def mine(run: Run, profile: Path, tmp_path: Path) -> Run:
    """Runs a command on a profile of the test's own, which shares nothing with others but what is derived."""
    own = tmp_path / "profile"
    own.mkdir()
    (own / "cache").symlink_to(profile / "cache")
    return lambda *words: run("--profile", own, *words)


def good(ran: Ran) -> Ran:
    assert (ran.code, ran.err) == (0, ""), ran
    return ran


def test_notes_leave_with_a_dossier_when_they_are_asked_for(mine: Run, tmp_path: Path) -> None:
    good(mine("note", "add", "mi-jiuping", "compare with the petition"))
    good(mine("note", "add", "yue-xin", "not on a record that leaves"))
    words = ("export", "--ids", "mi-jiuping", "--format", "dossier", "--without-pdf", "--out")
    good(mine(*words, tmp_path / "plain"))
    good(mine(*words, tmp_path / "noted", "--notes", "yes"))
    assert not (tmp_path / "plain" / "data" / "notes").exists()
    (line,) = (tmp_path / "noted" / "data" / "notes" / "notes.jsonl").read_text("utf-8").splitlines()
    note = json.loads(line)
    assert (note["record"], note["text"]) == ("mi-jiuping", "compare with the petition")
    (annotation,) = json.loads((tmp_path / "noted" / "data" / "notes" / "annotations.jsonld").read_text())["@graph"]
    assert annotation["target"]["source"].startswith("jasic:person/mi-jiuping@")


def test_a_collection_is_made_put_in_order_noted_exported_and_deleted(mine: Run, tmp_path: Path) -> None:
    assert "no collection yet" in good(mine("collection", "list")).out
    assert "2 records" in good(mine("collection", "create", "Chapter 2", "mi-jiuping", "yue-xin")).out
    added = good(mine("collection", "add", "chapter 2", ARREST, "yue-xin", "--json")).document
    assert (added["count"], added["records"]) == (1, 3)
    good(mine("collection", "move", "Chapter 2", ARREST, "1"))
    good(mine("collection", "note", "Chapter 2", "yue-xin", "read again 再读"))
    shown = good(mine("collection", "show", "Chapter 2", "--json")).document
    assert [entry["id"] for entry in shown["entries"]] == [ARREST, "mi-jiuping", "yue-xin"]
    assert shown["entries"][2]["note"] == "read again 再读"
    assert "read again 再读" in good(mine("collection", "show", "Chapter 2")).out
    out = tmp_path / "out.jsonl"
    good(mine("export", "--collection", "Chapter 2", "--format", "jsonl", "--out", out))
    ids = [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()]
    assert ids == ["jasic", ARREST, "mi-jiuping", "yue-xin"]  # the first line tells of the archive
    good(mine("collection", "remove", "Chapter 2", "mi-jiuping"))
    good(mine("collection", "rename", "Chapter 2", "第二章"))
    listed = good(mine("collection", "list", "--json")).document["collections"]
    assert [(one["name"], one["records"]) for one in listed] == [("第二章", 2)]
    good(mine("collection", "delete", "第二章"))
    assert good(mine("collection", "list", "--json")).document == {"collections": []}
    trash = good(mine("workspace", "trash", "--json")).document["trash"]
    deleted = next(one for one in trash if one["kind"] == "collection")
    good(mine("workspace", "trash", "--bring-back", deleted["id"][:8]))
    assert good(mine("collection", "list", "--json")).document["collections"] == listed


def test_a_collection_is_filled_by_a_question(mine: Run) -> None:
    made = good(mine("collection", "create", "Found", "--query", "id-that-is-nowhere OR yuexin", "--json")).document
    found = good(mine("search", "id-that-is-nowhere OR yuexin", "--json")).document["total"]
    assert made["records"] == found > 1


def test_notes_are_written_listed_changed_and_handed_over(mine: Run, tmp_path: Path) -> None:
    note = good(mine("note", "add", "mi-jiuping", "a note *with* marks", "--json")).document["notes"][0]["id"]
    statement = good(mine("show", ARREST, "--json")).document["statements"][0]["text"]["en"]
    words = " ".join(statement.split()[2:6])
    good(mine("note", "add", ARREST, "--quote", words, "--colour", "blue"))
    (marked,) = good(mine("note", "list", ARREST, "--json")).document["notes"]
    assert (marked["quote"], marked["colour"], marked["found"], marked["text"]) == (words, "blue", "same", "")
    good(mine("note", "edit", note[:8], "changed"))
    listed = good(mine("note", "list", "--json")).document["notes"]
    assert [one["text"] for one in listed] == ["changed", ""]
    markdown = good(mine("note", "export")).out
    assert "changed" in markdown and f"jasic:{ARREST}@1.0" in markdown
    out = tmp_path / "notes.jsonld"
    good(mine("note", "export", "--format", "jsonld", "--out", out))
    assert len(json.loads(out.read_bytes())["items"]) == 2
    assert mine("note", "export", "--format", "jsonld", "--out", out).code == 7
    good(mine("note", "remove", note))
    assert len(good(mine("note", "list", "--json")).document["notes"]) == 1


def test_a_search_is_saved_and_asked_again_with_its_filters(mine: Run) -> None:
    first = good(mine("search", "shenzhen", "--type", "event", "--year", "2018", "--save", "Mine", "--json")).document
    again = good(mine("search", "--saved", "mine", "--json")).document
    assert (again["total"], [hit["id"] for hit in again["hits"]]) == (
        first["total"],
        [hit["id"] for hit in first["hits"]],
    )
    (saved,) = good(mine("search", "--list-saved", "--json")).document["saved"]
    assert (saved["question"], saved["filters"]) == ("shenzhen", {"types": ["event"], "years": ["2018"]})
    good(mine("search", "--delete-saved", "Mine"))
    assert mine("search", "--saved", "Mine").code == 4


def test_the_research_log_is_empty_until_it_is_wanted_and_replays_to_the_same_counts(mine: Run) -> None:
    mine("search", "yuexin")
    assert good(mine("log", "list", "--json")).document == {"log": [], "on": False}
    good(mine("log", "on"))
    for words in (("yuexin",), ("picking quarrels", "--type", "event"), ("nothing-at-all-zzz",)):
        mine("search", *words)
    log = good(mine("log", "list", "--json")).document
    assert [one["question"] for one in log["log"]] == ["yuexin", "picking quarrels", "nothing-at-all-zzz"]
    assert log["on"] and log["log"][2]["total"] == 0
    replayed = good(mine("log", "replay", "--json")).document
    assert (replayed["asked"], replayed["same"]) == (3, 3)
    assert "as many answers as then: 3" in good(mine("log", "replay")).out
    good(mine("log", "off"))
    mine("search", "huizhou")
    assert len(good(mine("log", "list", "--json")).document["log"]) == 3
    assert good(mine("log", "clear", "--json")).document == {"cleared": 3}


def test_the_history_is_switched_on_and_off(mine: Run) -> None:
    assert good(mine("history", "list", "--json")).document == {"history": [], "on": False}
    good(mine("history", "on"))
    assert good(mine("history", "list", "--json")).document["on"]
    good(mine("history", "off"))
    assert "No record is remembered" in good(mine("history", "list")).out


@pytest.mark.parametrize("form", ["jsonl", "jsonld"])
def test_all_of_it_is_taken_to_another_machine(mine: Run, run: Run, tmp_path: Path, form: str) -> None:
    good(mine("collection", "create", "One", "mi-jiuping"))
    good(mine("note", "add", "yue-xin", "笔记"))
    good(mine("search", "yuexin", "--save", "Mine", "--json"))
    out, again = tmp_path / f"mine.{form}", tmp_path / f"again.{form}"
    good(mine("workspace", "export", out, "--format", form))
    other = tmp_path / "other"
    assert good(run("--profile", other, "workspace", "import", out, "--json")).document["added"] == 4
    good(run("--profile", other, "workspace", "export", again, "--format", form))
    assert again.read_bytes() == out.read_bytes()


def test_a_damaged_workspace_is_told_set_aside_and_brought_back(mine: Run, tmp_path: Path) -> None:
    good(mine("note", "add", "mi-jiuping", "kept"))
    good(mine("workspace", "backup"))
    folder = Places.of(tmp_path / "profile").workspace
    (folder / "workspace.sqlite").write_bytes(b"rubbish")
    for words in (("note", "list"), ("note", "add", "yue-xin", "x"), ("collection", "create", "x")):
        refused = mine(*words)
        assert (refused.code, refused.out) == (3, "")
        assert refused.err.count("\n") == 1 and "workspace restore" in refused.err
    assert (folder / "workspace.sqlite").read_bytes() == b"rubbish"
    backups = good(mine("workspace", "backup", "--list", "--json")).document["backups"]
    assert [(one["sound"], one["notes"]) for one in backups] == [(True, 1)]
    restored = good(mine("workspace", "restore", "--json")).document
    assert Path(restored["aside"]).read_bytes() == b"rubbish"
    assert [one["text"] for one in good(mine("note", "list", "--json")).document["notes"]] == ["kept"]


WRONG: list[tuple[int, tuple[str, ...]]] = [
    (2, ("search",)),
    (2, ("collection", "create", " ")),
    (4, ("collection", "show", "nothing")),
    (4, ("collection", "create", "x", "no-such-record")),
    (4, ("export", "--collection", "nothing", "--out", "x.html")),
    (2, ("note", "add", "mi-jiuping")),
    (4, ("note", "add", "mi-jiuping", "--quote", "words that are nowhere")),
    (4, ("note", "edit", "zz", "x")),
    (4, ("workspace", "restore", "99")),
    (4, ("workspace", "restore")),
    (4, ("workspace", "import", "/nowhere/x.jsonl")),
    (3, ("workspace", "import", "/dev/null/x")),
    (4, ("workspace", "trash", "--bring-back", "zz")),
    (4, ("search", "--saved", "nothing")),
]


@pytest.mark.parametrize(
    ("code", "words"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_a_wrong_call_ends_in_one_sentence(mine: Callable[..., Ran], code: int, words: tuple[str, ...]) -> None:
    ran = mine(*words)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("jasic-desktop: ") and ran.err.count("\n") == 1


def test_what_nobody_made_leaves_no_folder(mine: Run, tmp_path: Path) -> None:
    for words in (("collection", "list"), ("note", "list"), ("log", "list"), ("workspace", "trash")):
        good(mine(*words))
    assert not Places.of(tmp_path / "profile").workspace.exists()
