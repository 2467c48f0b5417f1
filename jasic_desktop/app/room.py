"""What a reading room allows: the rules of its sessions, and the folder each of them has to itself."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from jasic_desktop.core.languages import Language
from jasic_desktop.core.paths import Places
from jasic_desktop.core.policy import Policy
from jasic_desktop.core.settings import SETTINGS, Settings

SPOKEN: Final = (60, 30, 10)
"""Seconds before the end at which the countdown is read aloud, beside its beginning."""
IDLE_MINUTES: Final = 10
"""How long nothing happens before a session ends, where no policy says otherwise."""
WARNING_SECONDS: Final = 60
COMMANDS: Final = frozenset(
    {
        *("search", "show", "timeline", "export", "copy-citation"),
        *("go-search", "go-start", "go-browse", "go-timeline", "back", "forward"),
        *("text-larger", "text-smaller", "text-normal", "theme-light", "theme-dark"),
        *("language-en", "language-zh-Hans", "language-zh-Hant"),
    }
)
"""All that there is in a reading room; a policy takes from it."""
_CACHE: Final = "archive"
_HOME: Final = "session"


@dataclass(frozen=True)
class Clipboard:
    """What readers may copy: so many characters at once (None for any number, 0 for nothing)."""

    most: int | None = 0

    def taken(self, text: str) -> str | None:
        """What of `text` may be copied; None where that is nothing."""
        shown = text if self.most is None else text[: self.most]
        return shown or None


@dataclass(frozen=True)
class Rules:
    """How a session runs. `folders` take copies, in these `formats` (None for all); without folders nothing leaves.

    `idle_seconds` without a sign of life end it, `warning_seconds` of them with a countdown. `closed` holds the
    commands and `locked` the settings that a policy took away. `faults` are sentences the room has to show.
    """

    idle_seconds: int = IDLE_MINUTES * 60
    warning_seconds: int = WARNING_SECONDS
    folders: tuple[Path, ...] = ()
    formats: tuple[str, ...] | None = None
    clipboard: Clipboard = Clipboard()
    closed: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    start_page: str = "start"
    faults: tuple[str, ...] = ()

    def allows(self, command_id: str) -> bool:
        """Whether a command exists in this room."""
        if command_id == "export":
            return bool(self.folders) and command_id not in self.closed
        if command_id == "copy-citation":
            return self.clipboard.most != 0 and not self.closed & {"cite", "copy-citation"}
        return command_id in COMMANDS and command_id not in self.closed


def rules_of(policy: Policy, language: Language) -> Rules:
    """The rules that a policy lays down for a room; `language` is that in which faults are told.

    Where a policy names no folders for copies there are none: in a room every place is not one.
    """
    off = policy.text("clipboard") == "off"
    return Rules(
        idle_seconds=(policy.number("idle_minutes") or IDLE_MINUTES) * 60,
        warning_seconds=policy.number("idle_warning_seconds") or WARNING_SECONDS,
        folders=tuple(Path(name) for name in policy.names("export_folders") or ()),
        formats=policy.names("export_formats"),
        clipboard=Clipboard(0 if off else policy.number("clipboard_characters")),
        closed=frozenset(command for command in (*COMMANDS, "cite") if not policy.allows(command)),
        locked=frozenset(policy.locks),
        start_page=policy.text("start_page") or "start",
        faults=tuple(fault.sentence(language) for fault in policy.faults),
    )


def settings_of(policy: Policy) -> Settings:
    """The settings with which a session begins: what the policy locks, else its defaults, else the program's own."""
    values = {setting.key: setting.default for setting in SETTINGS}
    return Settings({**values, **policy.defaults, **policy.locks})


def home_of(root: Path) -> Path:
    """Where a session below the private folder `root` has its home: wiped when it ends."""
    return root / _HOME


def session_places(root: Path, places: Places) -> Places:
    """The folders of a session below the private folder `root`: nothing is read or written in the account's own.

    What is derived from an archive stands beside the session's home, for the next one too: it tells of no reader.
    """
    home = home_of(root)
    return replace(places, data=home / "data", cache=root / _CACHE, config=home / "config")


def is_there(folder: Path) -> bool:
    """Whether a folder for copies can be written to now; a stick that was pulled cannot."""
    try:
        return folder.is_dir() and os.access(folder, os.W_OK)
    except OSError:
        return False
