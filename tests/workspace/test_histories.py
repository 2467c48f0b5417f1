"""Random histories of edits: what is on the disk is what a plain model of it says, and opening it changes nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from jasic_desktop.workspace.collections import Member
from jasic_desktop.workspace.opening import open_workspace
from tests.helpers.workspaces import ARCHIVE, RandomEdits, held, steady, steady_tools


@settings(max_examples=12)
@given(seed=st.integers(0, 10**6), edits=st.integers(1, 30), pause=st.integers(1, 15))
def test_a_workspace_that_is_closed_and_opened_is_as_one_that_never_was(seed: int, edits: int, pause: int) -> None:
    with tempfile.TemporaryDirectory() as place, steady() as unbroken:
        tools, folder = steady_tools(), Path(place, "w")
        wanted, made = RandomEdits(seed), RandomEdits(seed)
        opened = open_workspace(folder, tools)
        for number in range(edits):
            assert made.make(opened) == wanted.make(unbroken)
            assert held(opened) == held(unbroken)
            assert opened.database.edits == number + 1
            if number % pause == 0:
                opened.close()
                opened = open_workspace(folder, tools)
        opened.close()


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.sampled_from("abcdefgh"), max_size=4)),
        st.tuples(st.just("remove"), st.sampled_from("abcdefgh")),
        st.tuples(st.just("move"), st.sampled_from("abcdefgh"), st.integers(-3, 3)),
        st.tuples(st.just("note"), st.sampled_from("abcdefgh"), st.text(max_size=9)),
    ),
    max_size=25,
)


@given(actions=ACTIONS)
def test_a_collection_is_an_ordered_set_with_notes(actions: list[tuple]) -> None:
    workspace, model = steady(), dict[str, str]()
    made = workspace.collections.create("One")
    for verb, what, *more in actions:
        entries = {entry.record: entry for entry in workspace.collections.entries(made.id)}
        if verb == "add":
            new = list(dict.fromkeys(one for one in what if one not in model))
            assert workspace.collections.add(made.id, [Member(ARCHIVE, one) for one in what]) == len(new)
            model |= dict.fromkeys(new, "")
        elif what not in model:
            assert what not in entries
        elif verb == "remove":
            workspace.collections.remove([entries[what]])
            del model[what]
        elif verb == "note":
            workspace.collections.annotate(entries[what], more[0])
            model[what] = more[0].encode("utf-8", "replace").decode() if not more[0].isascii() else more[0]
        else:
            order = list(model)
            at = order.index(what)
            possible = bool(more[0]) and 0 <= at + more[0] < len(order)
            assert workspace.collections.move(entries[what], more[0]) == possible
            if possible:
                order.insert(at + more[0], order.pop(at))
                model = {one: model[one] for one in order}
        now = workspace.collections.entries(made.id)
        assert [(entry.record, entry.note) for entry in now] == list(model.items())
