"""The policy in force as rows to be shown: each key with its value in words, whose it is, and the file that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.core.policy import Policy
from jasic_desktop.core.policy_keys import KEYS, SETTING_KEYS, Key, Value
from jasic_desktop.core.regular import printable
from jasic_desktop.core.settings import Settings

Section = Literal["room", "settings", "commands"]
SECTIONS: Final[tuple[Section, ...]] = ("room", "settings", "commands")
"""What is shown, in order: what holds in the room, the settings, the commands."""

Whose = Literal["program", "person", "defaults", "machine", "command_line", "bad"]
"""Who says so: as an Origin, and a setting may be the person's own, or one of the defaults of the machine's policy."""


@dataclass(frozen=True)
class Row:
    """One key: its value in force, who says so, the file that does, and what else closes a command."""

    section: Section
    key: Key
    value: Value
    whose: Whose
    path: str = ""
    closed_by: str = ""

    def description(self, language: Language) -> str:
        """What it is for, in words."""
        return translate(self.key.description, language).rstrip("…")

    def told(self, language: Language) -> str:
        """The value in words."""
        if self.section == "commands":
            return translate("policy.value.open" if self.value else "policy.value.shut", language)
        if isinstance(self.value, bool):
            return translate("policy.value.yes" if self.value else "policy.value.no", language)
        if self.value is None:
            return translate("policy.value.free", language)
        if isinstance(self.value, tuple):
            return ", ".join(map(printable, self.value)) or translate("policy.value.none", language)
        return str(self.value)

    def origin(self, language: Language) -> str:
        """Who says so, in words."""
        where = self.path or "--kiosk"
        said = translate(f"policy.origin.{self.whose}", language, path=where)
        return said + (translate("policy.because", language, name=self.closed_by) if self.closed_by else "")

    def document(self) -> dict[str, Any]:
        """The row for programs."""
        facts = {"key": self.key.key, "value": self.value, "origin": self.whose, "path": self.path or None}
        return {**facts, "closed_by": self.closed_by or None} if self.section == "commands" else facts


def rows(policy: Policy, settings: Settings) -> tuple[Row, ...]:
    """All keys, in order: those of the room, the settings, the commands."""
    settled = [_setting(policy, settings, key) for key in SETTING_KEYS]
    others = set(KEYS) | set(SETTING_KEYS)
    commands = [_command(policy, key) for key in policy.keys.values() if key not in others and key.key[-1] != "*"]
    return (*(_row("room", policy, key) for key in KEYS), *settled, *commands)


def _row(section: Section, policy: Policy, key: Key) -> Row:
    held = policy.held(key.key)
    return Row(section, key, held.value, held.origin, _path(held.path))


def _command(policy: Policy, key: Key) -> Row:
    closing = policy.closed_by(key.key)
    held = policy.held((closing or key).key)
    by = closing.key if closing is not None and closing is not key else ""
    return Row("commands", key, closing is None, held.origin, _path(held.path), by)


def _setting(policy: Policy, settings: Settings, key: Key) -> Row:
    row = _row("settings", policy, key)
    if row.value is not None:
        return row
    value = settings.values[key.key]
    if not settings.is_default(key.key):
        return Row("settings", key, value, "person")
    if key.key in settings.defaults and policy.machine is not None:
        return Row("settings", key, value, "defaults", _path(policy.machine.path))
    return Row("settings", key, value, "program")


def _path(path: object) -> str:
    return "" if path is None else printable(str(path))
