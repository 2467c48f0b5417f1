"""What a policy makes of a reading room: its rules, the settings it begins with, the folders it has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jasic_desktop.app.permissions import policy_in_force
from jasic_desktop.app.room import COMMANDS, Rules, is_there, rules_of, session_places, settings_of
from jasic_desktop.core.paths import Places
from jasic_desktop.core.policy import Policy


def policy_of(folder: Path, table: object) -> Policy:
    """A policy as an administrator lays it down, by way of the command line, which takes it from anybody."""
    file = folder / "policy.json"
    file.write_text(table if isinstance(table, str) else json.dumps(table), encoding="utf-8")
    return policy_in_force(folder / "machine", file, kiosk=True)


def test_without_a_policy_nothing_leaves_but_what_is_copied(tmp_path: Path) -> None:
    rules = rules_of(policy_in_force(tmp_path, kiosk=True), "en")
    assert (rules.idle_seconds, rules.warning_seconds, rules.folders) == (600, 60, ())
    assert not rules.allows("export") and rules.allows("copy-citation") and rules.clipboard.most is None
    assert all(rules.allows(command) for command in COMMANDS - {"export"})
    for command in ("print", "open-pack", "quit", "palette", "archives", "menu", "note", "backups"):
        assert not rules.allows(command)


def test_each_key_of_the_policy_is_heeded(tmp_path: Path) -> None:
    table = {
        "idle_minutes": 5,
        "idle_warning_seconds": 30,
        "export_folders": [str(tmp_path)],
        "export_formats": ["html"],
        "clipboard": "text",
        "clipboard_characters": 80,
        "timeline": False,
        "language": "zh-Hant",
        "text_size": 125,
        "start_page": "archive-introduction",
    }
    policy = policy_of(tmp_path, table)
    rules = rules_of(policy, "en")
    assert (rules.idle_seconds, rules.warning_seconds, rules.start_page) == (300, 30, "archive-introduction")
    assert rules.folders == (tmp_path,) and rules.formats == ("html",) and rules.allows("export")
    assert rules.clipboard.taken("a" * 100) == "a" * 80 and rules.clipboard.taken("") is None
    assert not rules.allows("timeline") and rules.allows("search")
    assert {"language", "text_size"} <= rules.locked
    settings = settings_of(policy)
    assert (settings.text("language"), settings.number("text_size")) == ("zh-Hant", 125)


@pytest.mark.parametrize("closed", ["cite", "copy-citation"])
def test_what_citing_is_part_of_closes_it(tmp_path: Path, closed: str) -> None:
    assert not rules_of(policy_of(tmp_path, {closed: False}), "en").allows("copy-citation")


@pytest.mark.parametrize("table", ["", "{", "[]", '{"kiosk": 1}', '{"no_such_key": true}', '{"idle_minutes": 0}'])
def test_a_bad_policy_gives_the_strictest_room_with_the_reason(tmp_path: Path, table: str) -> None:
    rules = rules_of(policy_of(tmp_path, table), "en")
    assert rules.faults and "policy.json" in rules.faults[0]
    assert not rules.allows("export") and not rules.allows("copy-citation") and rules.clipboard.most == 0
    assert rules.allows("search") and rules.allows("back")
    assert rules.idle_seconds <= 600


def test_a_session_reads_and_writes_nothing_of_the_accounts_own(tmp_path: Path) -> None:
    own = Places.of(tmp_path / "own")
    places = session_places(tmp_path / "private", own)
    for folder in (places.data, places.cache, places.config, places.library, places.workspace, places.derived):
        assert folder.is_relative_to(tmp_path / "private")
    assert (places.system, places.machine) == (own.system, own.machine)


def test_only_a_folder_that_can_be_written_to_is_there(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert is_there(tmp_path)
    assert not is_there(tmp_path / "gone") and not is_there(tmp_path / "file")
    assert Rules().allows("search")
