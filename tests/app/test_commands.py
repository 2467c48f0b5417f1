"""The one table of commands: whole, worded, drawn, and no key given twice."""

from collections import Counter

import pytest

from jasic_desktop.app.commands import COMMANDS, MENUS, command, command_line, of_menu
from jasic_desktop.core.i18n import has
from jasic_desktop.core.paths import resource


def test_every_command_has_its_words_and_its_drawing():
    for entry in COMMANDS:
        assert entry.group or entry.menu, entry.id
        if entry.group:
            assert has(entry.text)
        if entry.menu:
            assert has(entry.label)
        if entry.icon:
            assert resource("icons", f"{entry.icon}.svg").is_file()
        if entry.needs:
            assert has(f"window.needs.{entry.needs}")
        assert entry.menu or not entry.keys


def test_no_id_and_no_key_stands_twice():
    assert max(Counter(entry.id for entry in COMMANDS).values()) == 1
    assert max(Counter(key for entry in COMMANDS for key in entry.keys).values()) == 1


def test_every_menu_holds_something_and_its_sections_stand_together():
    for menu in MENUS:
        sections = [entry.section for entry in of_menu(menu)]
        assert sections and sections == sorted(sections), menu


def test_commands_are_found_by_id():
    assert command("export").menu == "file" and command("export") in command_line()
    assert command("keys") not in command_line()
    with pytest.raises(KeyError):
        command("nothing")


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("Ctrl+L", "go-search"),
        ("Ctrl+K", "go-search"),
        ("Ctrl+Shift+P", "palette"),
        ("Ctrl+F", "find-in-page"),
        ("F3", "find-next"),
        ("Alt+Left", "back"),
        ("Alt+Right", "forward"),
        ("Ctrl+T", "new-tab"),
        ("Ctrl+W", "close-tab"),
        ("Ctrl+Tab", "next-tab"),
        ("Ctrl+D", "select"),
        ("Ctrl+Shift+C", "copy-citation"),
        ("Ctrl+E", "export"),
        ("Ctrl++", "text-larger"),
        ("Ctrl+-", "text-smaller"),
        ("Ctrl+0", "text-normal"),
        ("F6", "next-pane"),
        ("F11", "full-screen"),
        ("F1", "keys"),
    ],
)
def test_the_keys_people_know_do_what_they_expect(key, what):
    assert key in command(what).keys
