"""The person's settings: one table that says what each is, and the small JSON file that holds those they changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal

from jasic_desktop.core import atomic
from jasic_desktop.core.errors import Fault, UsageFault
from jasic_desktop.core.languages import LANGUAGES

FILE_NAME: Final = "settings.json"
_LIMIT_BYTES: Final = 1 << 20


Group = Literal["look", "reading", "results", "citing", "keeping"]
GROUPS: Final[tuple[Group, ...]] = ("look", "reading", "results", "citing", "keeping")
"""What settings are about, in the order in which they are shown."""
KEYS: Final = "keys"
"""The entry of the file that holds the keys of commands: a list of keys, in Qt's portable words, by command."""


@dataclass(frozen=True)
class Setting:
    """One setting: its key, what it is about, its value when nobody chose one, and what it may be.

    It is one of `choices`, of which a `switch` has two, off and on; or a whole number from `least` to `most`, of which
    the window offers `steps`, where there are any.
    """

    key: str
    group: Group
    default: str | int
    choices: tuple[str, ...] = ()
    switch: bool = False
    least: int = 0
    most: int = 0
    steps: tuple[int, ...] = ()

    @property
    def description(self) -> str:
        """The catalogue key of what it is for."""
        return f"settings.{self.key}"

    @property
    def allowed(self) -> str:
        """What it may be, in a form for people."""
        return ", ".join(self.choices) if self.choices else f"{self.least} … {self.most}"

    def accepts(self, value: object) -> bool:
        """Whether it may be `value`."""
        if self.choices:
            return isinstance(value, str) and value in self.choices
        return isinstance(value, int) and not isinstance(value, bool) and self.least <= value <= self.most


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("language", "look", "system", ("system", *LANGUAGES)),
    Setting("theme", "look", "system", ("system", "light", "dark")),
    Setting("contrast", "look", "system", ("system", "high", "normal")),
    Setting("text_size", "look", 100, least=50, most=200, steps=(50, 67, 80, 90, 100, 110, 125, 150, 175, 200)),
    Setting("line_width", "reading", "medium", ("narrow", "medium", "wide", "full")),
    Setting("tabs", "reading", "keep", ("forget", "keep"), switch=True),
    Setting("group", "results", "none", ("none", "type", "year")),
    Setting("results", "results", 10, least=1, most=200),
    # The keys of export.citation_styles.STYLES, which stand above; a test holds them together.
    Setting("citation_style", "citing", "house", ("house", "chicago", "apa", "mla", "gb7714")),
    Setting("history", "keeping", "off", ("off", "on"), switch=True),
    Setting("research_log", "keeping", "off", ("off", "on"), switch=True),
)


@dataclass(frozen=True)
class Settings:
    """The settings in force, by key, and the faults found in the file; a bad entry leaves the default in force.

    `keys` are those that the person gave to commands in place of the program's own. `locked` names what cannot be
    changed here, each with where its value comes from.
    """

    values: Mapping[str, str | int]
    faults: tuple[Fault, ...] = ()
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    locked: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str | int] = field(default_factory=dict)
    """What this machine's administrator gives in place of the program's defaults."""
    chosen: frozenset[str] = field(default_factory=frozenset, compare=False)
    """What the file gives a value to, be it the default."""

    @classmethod
    def load(cls, folder: Path) -> Settings:
        """The settings of the file in `folder`; without a file, the defaults."""
        values: dict[str, str | int] = {setting.key: setting.default for setting in SETTINGS}
        path = folder / FILE_NAME
        try:
            chosen = _read(path)
        except (FileNotFoundError, NotADirectoryError):
            return cls(values)
        except (OSError, ValueError, RecursionError) as error:
            return cls(values, (UsageFault("settings.unreadable", path=path, reason=error),))
        faults: list[Fault] = []
        keys: Mapping[str, tuple[str, ...]] = {}
        known = {setting.key: setting for setting in SETTINGS}
        for key, value in chosen.items():
            if key.startswith("_"):
                continue  # JSON has no comments; a key with an underscore is one.
            setting = known.get(key)
            if key == KEYS and (found := _keys(value)) is not None:
                keys = found
            elif key == KEYS:
                values_told = {"name": key, "value": value, "allowed": '{"command": ["Ctrl+X"]}'}
                faults.append(UsageFault("settings.bad_value", path=path, **values_told))
            elif setting is None:
                faults.append(UsageFault("settings.unknown", path=path, name=key, known=", ".join((*known, KEYS))))
            elif not setting.accepts(value):
                values_told = {"name": key, "value": value, "allowed": setting.allowed}
                faults.append(UsageFault("settings.bad_value", path=path, **values_told))
            else:
                values[key] = value
        return cls(values, tuple(faults), keys, chosen=frozenset(chosen) & frozenset(values))

    def laid_down(
        self, locks: Mapping[str, str | int], origins: Mapping[str, str], defaults: Mapping[str, str | int]
    ) -> Settings:
        """These settings with what a policy lays down: `locks` whatever the file says, and `origins` says whose they
        are; `defaults` where the file says nothing.
        """
        given = {key: value for key, value in defaults.items() if key not in self.chosen}
        return replace(self, values={**self.values, **given, **locks}, locked=dict(origins), defaults=dict(defaults))

    def changed(self, key: str, value: str | int) -> Settings:
        """These settings with another value for `key`. Raises ValueError for what the setting does not take."""
        setting = setting_of(key)
        if not setting.accepts(value):
            raise ValueError(f"{key} takes {setting.allowed}, not {value!r}")
        return replace(self, values={**self.values, key: value})

    def with_keys(self, keys: Mapping[str, tuple[str, ...]]) -> Settings:
        """These settings with other keys of the person's own."""
        return replace(self, keys=dict(keys))

    def is_default(self, key: str) -> bool:
        """Whether a setting, or `keys`, is as the program comes."""
        return not self.keys if key == KEYS else self.values[key] == self.default(key)

    def default(self, key: str) -> str | int:
        """What a setting is where nobody chose: on this machine, else as the program comes."""
        return self.defaults.get(key, setting_of(key).default)

    def save(self, folder: Path) -> None:
        """Write what differs from the defaults to the file in `folder`, which is made if it is missing.

        Entries that are no setting, such as comments, stay. A file that cannot be read is left as it is: raises
        UsageFault for it, NotWrittenFault when the system refuses.
        """
        path = folder / FILE_NAME
        try:
            table = _read(path)
        except FileNotFoundError:
            table = {}
        except NotADirectoryError as error:
            raise atomic.fault(error, path) from error
        except (OSError, ValueError, RecursionError) as error:
            raise UsageFault("settings.unreadable", path=path, reason=error) from error
        for setting in SETTINGS:
            if setting.key in self.locked:
                continue  # what the person chose holds again when the lock goes
            table.pop(setting.key, None)
            if self.values[setting.key] != self.default(setting.key):
                table[setting.key] = self.values[setting.key]
        table.pop(KEYS, None)
        if self.keys:
            table[KEYS] = {command: list(keys) for command, keys in self.keys.items()}
        write_table(path, table)

    def text(self, key: str) -> str:
        """The value of a setting as text."""
        return str(self.values[key])

    def number(self, key: str) -> int:
        """The value of a setting that is a number."""
        return int(self.values[key])


def setting_of(key: str) -> Setting:
    """The setting of this key. Raises KeyError for an unknown one."""
    return _BY_KEY[key]


_BY_KEY: Final = {setting.key: setting for setting in SETTINGS}


def _keys(value: object) -> Mapping[str, tuple[str, ...]] | None:
    """The keys of commands that an entry of the file holds; None where it is something else."""
    if not isinstance(value, dict):
        return None
    if not all(isinstance(keys, list) and all(isinstance(key, str) for key in keys) for keys in value.values()):
        return None
    return {str(command): tuple(keys) for command, keys in value.items()}


def write_table(path: Path, table: Mapping[str, Any]) -> None:
    """Write a small table as JSON, whole or not at all; its folder is made if it is missing. Raises NotWrittenFault."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise atomic.fault(error, path) from error
    text = json.dumps(table, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    # A lone surrogate, which a file can hold as an escape, becomes one again.
    atomic.write(path, text.encode("utf-8", "backslashreplace"), force=True)


def read_table(path: Path) -> dict[str, Any]:
    """A small table written as JSON; empty where there is none or it cannot be read."""
    try:
        return _read(path)
    except (OSError, ValueError, RecursionError):
        return {}


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        data = file.read(_LIMIT_BYTES + 1)
    if len(data) > _LIMIT_BYTES:
        raise ValueError(f"over {_LIMIT_BYTES} bytes")
    table = json.loads(data.decode("utf-8-sig"))
    if not isinstance(table, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - the file is wrong, not the call
    return table
