"""What a person makes: selection, collections, notes, saved searches, history, research log, trash."""

from __future__ import annotations

from pathlib import Path

import pytest

from jasic_desktop.core.errors import NotFoundFault, UsageFault
from jasic_desktop.workspace.collections import Member
from jasic_desktop.workspace.history import MOST
from jasic_desktop.workspace.opening import Workspace
from tests.helpers.workspaces import ARCHIVE, RECORDS, held, steady, steady_tools


@pytest.fixture
def workspace() -> Workspace:
    return steady()


def some(*records: str) -> list[Member]:
    return [Member(ARCHIVE, record, record.title()) for record in records]


def order(workspace: Workspace, name: str) -> list[str]:
    collection = workspace.collections.find(name)
    return [entry.record for entry in workspace.collections.entries(collection.id)]


def test_everything_is_there_again_after_the_workspace_was_closed(tmp_path: Path) -> None:
    with steady(tmp_path / "workspace") as first:
        first.selection.keep(ARCHIVE, ["b", "a"])
        first.collections.create("Chapter 2", some("a", "b"))
        first.notes.add(ARCHIVE, "a", "a note")
        first.searches.save("Mine", ARCHIVE, "yuexin", {"years": ["2018"]})
        first.history.note(ARCHIVE, "a", "A")
        first.log.add(ARCHIVE, "yuexin", {}, 3, version="1.0", fingerprint="ab")
        before = held(first)
    with steady(tmp_path / "workspace") as second:
        assert held(second) == before
        assert second.selection.ids(ARCHIVE) == ("b", "a")


def test_a_selection_belongs_to_its_archive(workspace: Workspace) -> None:
    workspace.selection.keep(ARCHIVE, ["b", "a", "b"])
    workspace.selection.keep("other", ["c"])
    assert workspace.selection.ids(ARCHIVE) == ("b", "a")
    workspace.selection.keep(ARCHIVE, [])
    assert (workspace.selection.ids(ARCHIVE), workspace.selection.ids("other")) == ((), ("c",))


def test_a_collection_keeps_its_order_and_holds_a_record_once(workspace: Workspace) -> None:
    made = workspace.collections.create("  Chapter   2 ", some("a", "b", "a"))
    assert made.name == "Chapter 2"
    assert workspace.collections.add(made.id, some("b", "c", "d")) == 2
    assert order(workspace, "chapter 2") == ["a", "b", "c", "d"]
    entries = workspace.collections.entries(made.id)
    assert workspace.collections.move(entries[3], -2)
    assert order(workspace, "Chapter 2") == ["a", "d", "b", "c"]
    assert not workspace.collections.move(workspace.collections.entries(made.id)[0], -1)
    assert workspace.collections.count(made.id) == 4


def test_what_is_taken_out_can_be_put_in_again(workspace: Workspace) -> None:
    made = workspace.collections.create("One", some("a", "b"))
    workspace.collections.remove(workspace.collections.entries(made.id)[:1])
    assert order(workspace, "One") == ["b"]
    assert workspace.collections.add(made.id, some("a")) == 1
    assert order(workspace, "One") == ["b", "a"]


@pytest.mark.parametrize("name", ["Chapter 2", "CHAPTER 2", "chapter  2"])
def test_a_name_belongs_to_one_collection(workspace: Workspace, name: str) -> None:
    workspace.collections.create("Chapter 2")
    with pytest.raises(UsageFault, match="choose another name"):
        workspace.collections.create(name)
    other = workspace.collections.create("Other")
    with pytest.raises(UsageFault):
        workspace.collections.rename(other, name)
    assert workspace.collections.rename(other, "OTHER").name == "OTHER"


@pytest.mark.parametrize("name", ["", "  ", "\n\t"])
def test_a_collection_needs_a_name(workspace: Workspace, name: str) -> None:
    with pytest.raises(UsageFault, match="name is needed"):
        workspace.collections.create(name)
    assert held(workspace) == []


def test_a_name_that_no_field_takes_changes_nothing(workspace: Workspace) -> None:
    with pytest.raises(UsageFault, match="cannot be kept"):
        workspace.collections.create("x" * 500, some("a"))
    assert (held(workspace), workspace.database.edits) == ([], 0)


def test_hostile_text_is_kept_as_it_is(workspace: Workspace) -> None:
    text = "'; DROP TABLE note; --\0\u202e<b>\n笔记"
    workspace.notes.add(ARCHIVE, "a", text)
    assert workspace.notes.list()[0].text == text
    workspace.notes.add(ARCHIVE, "b", "a \ud800 b")
    assert workspace.notes.list()[1].text == "a \ufffd b"


def test_an_unknown_collection_is_told_with_those_there_are(workspace: Workspace) -> None:
    with pytest.raises(NotFoundFault, match="collection create"):
        workspace.collections.find("x")
    workspace.collections.create("Chapter 2")
    with pytest.raises(NotFoundFault, match="there are: Chapter 2"):
        workspace.collections.find("x")


def test_notes_are_listed_by_record_and_found_by_the_beginning_of_their_id(workspace: Workspace) -> None:
    first = workspace.notes.add(ARCHIVE, "a", "one")
    workspace.notes.add(ARCHIVE, "b", "two")
    assert workspace.notes.find(first.id[:8]) == first
    assert [note.text for note in workspace.notes.list(ARCHIVE, "b")] == ["two"]
    assert (workspace.notes.count(ARCHIVE), workspace.notes.count("other")) == (2, 0)
    changed = workspace.notes.change(first, text="three", colour="blue")
    assert workspace.notes.find(first.id) == changed
    assert changed.modified > changed.created
    for wrong in ("", "zz"):
        with pytest.raises(NotFoundFault):
            workspace.notes.find(wrong)


def test_a_search_saved_again_under_its_name_is_replaced(workspace: Workspace) -> None:
    first = workspace.searches.save("Mine", ARCHIVE, "one", {})
    again = workspace.searches.save("mine", ARCHIVE, "two", {"accounts": True}, "date")
    assert workspace.searches.list() == (again,)
    assert (again.id, again.created, again.question) == (first.id, first.created, "two")
    with pytest.raises(NotFoundFault):
        workspace.searches.find("mine", "other")


def test_the_history_holds_each_record_once_the_latest_first_and_not_for_ever(workspace: Workspace) -> None:
    for record in ("a", "b", "a"):
        workspace.history.note(ARCHIVE, record)
    assert [visit.record for visit in workspace.history.list()] == ["a", "b"]
    for number in range(MOST + 5):
        workspace.history.note(ARCHIVE, f"r-{number}")
    visits = workspace.history.list()
    assert (len(visits), visits[0].record) == (MOST, f"r-{MOST + 4}")
    assert workspace.history.clear() == MOST
    assert workspace.history.list() == ()


def test_the_log_holds_what_was_asked_and_no_question_twice_in_a_row(workspace: Workspace) -> None:
    for question, total in (("a", 1), ("a", 1), ("b", 0), ("a", 1)):
        workspace.log.add(ARCHIVE, question, {"years": ["2018"]}, total, version="1.0", fingerprint="ab")
    assert [(one.question, one.total) for one in workspace.log.list()] == [("a", 1), ("b", 0), ("a", 1)]


def test_a_deleted_collection_of_ten_thousand_comes_back_whole(workspace: Workspace) -> None:
    many = [Member(ARCHIVE, f"r-{number}") for number in range(10_000)]
    made = workspace.collections.create("Many", many)
    workspace.collections.delete(made)
    assert workspace.collections.list() == ()
    workspace.trash.bring_back(workspace.trash.list())
    assert order(workspace, "Many") == [member.record for member in many]


def test_the_trash_is_emptied_after_thirty_days_and_not_before(tmp_path: Path) -> None:
    workspace = steady()
    workspace.notes.delete(workspace.notes.add(ARCHIVE, "a", "old"))
    made = workspace.collections.create("Old", some("a", "b"))
    workspace.collections.delete(made)
    kept = workspace.notes.add(ARCHIVE, "b", "kept")
    workspace.database.tools = steady_tools("2018-08-26T07:00:00Z")
    assert workspace.trash.empty() == 0
    workspace.database.tools = steady_tools("2018-08-26T09:00:00Z")
    assert workspace.trash.empty() == 4
    assert held(workspace) == [kept]


def test_a_clock_set_back_empties_no_trash_and_mixes_no_order(tmp_path: Path) -> None:
    workspace = steady()
    for record in RECORDS[:3]:
        workspace.notes.add(ARCHIVE, record, record)
    workspace.notes.delete(workspace.notes.list()[0])
    workspace.database.tools = steady_tools("2017-01-01T00:00:00Z", seed=5)
    workspace.notes.add(ARCHIVE, "later", "later")
    assert workspace.trash.empty() == 0
    assert [note.record for note in workspace.notes.list()] == [*RECORDS[1:3], "later"]
