"""The sample policies and the sample of Assigned Access: each is read by its reader, and lays down what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from jasic_desktop.app.admission import allows_format
from jasic_desktop.app.commands import COMMANDS
from jasic_desktop.app.permissions import command_keys, settings_in_force
from jasic_desktop.app.room import rules_of
from jasic_desktop.core.policy import Policy, read_layer
from jasic_desktop.core.settings import Settings
from jasic_desktop.export.registry import FORMATS

ROOMS = ("open-study", "supervised", "public-hall")
ACCESS = "{http://schemas.microsoft.com/AssignedAccess/2017/config}"
LATER = "{http://schemas.microsoft.com/AssignedAccess/201810/config}"


@pytest.fixture
def policy(root: Path):
    """The policy of a sample, as if it were that of this machine."""

    def read(room: str) -> Policy:
        keys = Policy(command_keys()).keys
        layer = read_layer(root / "packaging" / "policies" / f"{room}.json", "machine", keys, administrators=False)
        made = Policy(command_keys(), layer)
        assert made.faults == ()
        return made

    return read


def closed(policy: Policy) -> set[str]:
    return {entry.id for entry in COMMANDS if not policy.allows(entry.id)}


def test_there_is_a_sample_for_each_room(root: Path) -> None:
    assert {path.stem for path in (root / "packaging" / "policies").glob("*.json")} == set(ROOMS)
    for room in ROOMS:
        assert json.loads((root / "packaging" / "policies" / f"{room}.json").read_text("utf-8"))["_about"]


def test_an_open_study_installs_nothing_and_remembers_nothing(policy, tmp_path) -> None:
    study = policy("open-study")
    assert closed(study) == {"archive install", "archive remove", "archive use"}
    assert study.locks == {"history": "off", "research_log": "off", "tabs": "forget"}
    assert not study.flag("downgrade")
    assert not study.flag("kiosk")
    assert study.flag("clipboard_cleared")
    assert all(allows_format(study, key) for key in FORMATS)
    (tmp_path / "settings.json").write_text('{"history": "on", "text_size": 150}')
    settings = settings_in_force(Settings.load(tmp_path), study)
    assert (settings.text("history"), settings.number("text_size")) == ("off", 150)
    assert settings_in_force(Settings.load(tmp_path / "none"), study).number("text_size") == 110


def test_a_supervised_room_lets_copies_leave_on_the_librarys_stick_only(policy) -> None:
    room = policy("supervised")
    assert room.flag("kiosk")
    assert {"print", "archive install", "note add", "workspace export", "backups", "collect"} <= closed(room)
    assert not {"search", "show", "export", "cite", "session end"} & closed(room)
    assert {key for key in FORMATS if allows_format(room, key)} == {"pdf", "html", "markdown"}
    assert room.names("pack_states") == ("signed",)
    rules = rules_of(room, "en")
    assert (rules.idle_seconds, rules.warning_seconds) == (600, 60)
    assert rules.allows("export")
    assert rules.clipboard.taken("x" * 2000) == "x" * 1000
    assert room.allows_folder(rules.folders[0] / "today")
    assert not room.allows_folder(Path.home().absolute())


def test_in_a_public_hall_nothing_leaves_the_screen(policy) -> None:
    hall = policy("public-hall")
    rules = rules_of(hall, "en")
    assert hall.flag("kiosk")
    assert not rules.allows("export")
    assert not rules.allows("copy-citation")
    assert rules.idle_seconds == 180
    assert rules.start_page == "archive-introduction"
    assert hall.locks == {
        "history": "off",
        "research_log": "off",
        "tabs": "forget",
        "text_size": 125,
        "theme": "light",
    }
    for nothing in ("archives_allowed", "pack_states", "trusted_keys"):
        assert hall.names(nothing) == ()
    left = {entry.id for entry in COMMANDS} - closed(hall)
    assert {"search", "show", "timeline", "go-search", "language-zh-Hans", "show-policy"} <= left
    assert not {"export", "print", "save-timeline", "open", "open-pack", "archives", "settings", "edit-keys"} & left
    assert not any(entry.id in left for entry in COMMANDS if entry.group == "mine")


def test_assigned_access_starts_the_program_and_nothing_else(root: Path) -> None:
    tree = ET.fromstring((root / "packaging" / "windows" / "kiosk" / "assigned-access.xml").read_bytes())
    assert tree.tag == f"{ACCESS}AssignedAccessConfiguration"
    (profile,) = tree.iter(f"{ACCESS}Profile")
    assert [part.tag.removeprefix(ACCESS) for part in profile] == ["AllAppsList", "StartLayout", "Taskbar"]
    (app,) = tree.iter(f"{ACCESS}App")
    script = (root / "packaging" / "windows" / "setup.nsi").read_text("utf-8")
    window = re.search(r"jasic-desktopw", script)
    assert window is not None
    assert app.attrib == {
        "DesktopAppPath": r"%ProgramFiles%\Jasic Desktop\jasic-desktopw.exe",
        f"{LATER}AutoLaunch": "true",
        f"{LATER}AutoLaunchArguments": "--kiosk",
    }
    (layout,) = profile.findall(f"{ACCESS}StartLayout")
    tiles = ET.fromstring((layout.text or "").strip())
    links = [
        part.attrib["DesktopApplicationLinkPath"]
        for part in tiles.iter()
        if "DesktopApplicationLinkPath" in part.attrib
    ]
    assert [link.rpartition("\\")[2] for link in links] == ["Jasic Desktop.lnk"]
    (config,) = tree.iter(f"{ACCESS}Config")
    account, chosen = config.find(f"{ACCESS}Account"), config.find(f"{ACCESS}DefaultProfile")
    assert account is not None
    assert chosen is not None
    assert account.text == "reading-room"
    assert chosen.attrib == profile.attrib
    assert profile.find(f"{ACCESS}Taskbar").attrib == {"ShowTaskbar": "false"}
