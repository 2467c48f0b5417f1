"""The keys in force: any assignment leaves each key with one command, and can be taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.app.commands import COMMANDS, command
from jasic_desktop.app.keymap import MOST, Keymap, normal, objection

LISTED = [entry.id for entry in COMMANDS if entry.menu is not None]
FREE = ["Ctrl+Alt+Y", "F7", "Alt+9", "Ctrl+Shift+F9", "Ctrl+E", "Ctrl+J", "F1", "Ctrl+D"]


def test_the_table_itself_is_in_force_and_every_key_of_it_could_be_chosen():
    keymap = Keymap()
    assert keymap.chosen == {}
    for entry in COMMANDS:
        assert keymap.keys(entry.id) == entry.keys
        for key in entry.keys:
            assert normal(key) == key and objection(key) is None
            assert keymap.holder(key) is entry


def test_a_key_that_is_given_away_is_no_longer_anothers():
    keymap = Keymap().given("profile", ("ctrl+j",))
    assert keymap.keys("profile") == ("Ctrl+J",) and keymap.keys("timeline-pane") == ()
    assert keymap.holder("Ctrl+J") is command("profile") and keymap.holder("Ctrl+I") is None
    assert keymap.chosen == {"profile": ("Ctrl+J",), "timeline-pane": ()}
    again = keymap.reset("timeline-pane")
    assert again.keys("timeline-pane") == ("Ctrl+J",) and again.keys("profile") == ()
    assert again.reset("profile").chosen == {}


@given(st.lists(st.tuples(st.sampled_from(LISTED), st.lists(st.sampled_from(FREE), max_size=3)), max_size=8))
def test_whatever_is_chosen_no_key_does_two_things_and_it_is_kept_as_it_is(steps):
    keymap = Keymap()
    for command_id, keys in steps:
        keymap = keymap.given(command_id, tuple(keys))
        assert keymap.keys(command_id) == tuple(dict.fromkeys(keys))
        held = [key for entry in LISTED for key in keymap.keys(entry)]
        assert len(held) == len(set(held))
    kept = Keymap(keymap.chosen)
    assert all(kept.keys(entry) == keymap.keys(entry) for entry in LISTED)
    assert Keymap({}).chosen == {}


@given(st.dictionaries(st.one_of(st.text(), st.sampled_from(LISTED)), st.lists(st.text()).map(tuple)))
def test_nothing_that_a_file_holds_breaks_the_keys(chosen):
    keymap = Keymap(chosen)
    for key in keymap.all:
        assert objection(key) is None and normal(key) == key
    assert set(keymap.chosen) <= set(LISTED)
    assert all(len(keymap.keys(entry)) <= MOST for entry in LISTED)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("ctrl+c", "text"),
        ("Shift+Ctrl+Left", "text"),
        ("Tab", "text"),
        ("Esc", "text"),
        ("Return", "text"),
        ("Alt+F4", "text"),
        ("a", "bare"),
        ("Shift+A", "bare"),
        ("7", "bare"),
        ("Ctrl+K, Ctrl+L", "unknown"),
        ("", "unknown"),
        ("foo+x", "unknown"),
        ("shift+f3", None),
        ("Alt+Home", None),
        ("ctrl++", None),
        ("Meta+X", None),
    ],
)
def test_keys_that_cannot_be_given_say_why(key, why):
    assert objection(normal(key)) == why
