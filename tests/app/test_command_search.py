"""Commands are found by any word of their names in any language, by their menus and by their keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.app.command_search import find_commands
from jasic_desktop.app.commands import COMMANDS
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import LANGUAGES

LISTED = tuple(command for command in COMMANDS if command.menu is not None and command.id != "palette")


def found(question, possible=lambda _id: True):
    return [entry.command.id for entry in find_commands(question, possible)]


def test_an_empty_question_lists_all_in_the_order_of_the_menus():
    assert found("") == found("  \n ") == [command.id for command in LISTED]


@given(st.sampled_from(LISTED), st.sampled_from(LANGUAGES), st.data())
def test_every_command_is_found_by_any_word_of_its_name_in_any_language(command, language, data):
    name = translate(command.label, language).rstrip("…")
    word = data.draw(st.sampled_from(name.split()))
    assert command.id in found(word) and command.id in found(word.upper())
    assert command.id in found(name)


@given(st.sampled_from([command for command in LISTED if command.keys]), st.data())
def test_every_command_is_found_first_by_its_key(command, data):
    key = data.draw(st.sampled_from(command.keys))
    assert found(key)[0] == found(key.lower())[0] == command.id


@given(st.sampled_from(LISTED), st.sampled_from(LANGUAGES))
def test_a_whole_name_comes_before_its_beginning_and_that_before_the_rest(command, language):
    name = translate(command.label, language).rstrip("…")
    same = {other.id for other in LISTED for known in LANGUAGES if translate(other.label, known).rstrip("…") == name}
    assert set(found(name)[: len(same)]) == same


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("copy", "copy-citation"),
        ("citation", "copy-citation"),
        ("引文", "copy-citation"),
        ("複製", "copy-citation"),
        ("复制", "copy-citation"),
        ("search", "go-search"),
        ("dark", "theme-dark"),
        ("tab next", "next-tab"),
        ("ctrl shift c", "copy-citation"),
        ("f11", "full-screen"),
        ("ctrl++", "text-larger"),
    ],
)
def test_what_a_person_would_type_comes_first(question, first):
    assert found(question)[0] == first


def test_a_menu_brings_its_commands():
    assert {command.id for command in LISTED if command.menu == "go"} <= set(found("go"))


@given(st.text(), st.text())
def test_more_words_find_no_more_and_nothing_can_be_asked_that_fails(question, more):
    # What is beyond 200 characters is not looked at.
    narrowed = set(found(f"{question[:90]} {more[:90]}"))
    assert narrowed <= set(found(question[:90]))


@given(st.sampled_from(["", "t", "the", "ctrl", "表"]), st.sets(st.sampled_from([command.id for command in LISTED])))
def test_what_is_not_possible_stands_at_the_end_with_nothing_lost(question, impossible):
    entries = find_commands(question, lambda command_id: command_id not in impossible)
    states = [entry.possible for entry in entries]
    assert states == sorted(states, reverse=True)
    assert {entry.command.id for entry in entries} == set(found(question))
    assert all(entry.possible == (entry.command.id not in impossible) for entry in entries)


def test_what_is_nowhere_is_not_found():
    assert found("zzzz") == [] and found("copy zzzz") == []
