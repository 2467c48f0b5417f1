"""The person's settings: one table that says what each is, and the small JSON file that holds those they changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jasic_desktop.core import atomic
from jasic_desktop.core.errors import Fault, UsageFault
from jasic_desktop.core.languages import LANGUAGES

FILE_NAME: Final = "settings.json"
_LIMIT_BYTES: Final = 1 << 20


@dataclass(frozen=True)
class Setting:
    """One setting: its key, what it is for (a catalogue key), its value when nobody chose one, and what it may be."""

    key: str
    description: str
    default: str | int
    allowed: str
    accepts: Callable[[object], bool]


def _one_of(*values: str) -> tuple[str, Callable[[object], bool]]:
    return ", ".join(values), lambda value: value in values


def _between(low: int, high: int) -> tuple[str, Callable[[object], bool]]:
    def accepts(value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high

    return f"{low} … {high}", accepts


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("language", "settings.language", "system", *_one_of("system", *LANGUAGES)),
    Setting("theme", "settings.theme", "system", *_one_of("system", "light", "dark")),
    Setting("text_size", "settings.text_size", 100, *_between(50, 200)),
    Setting("tabs", "settings.tabs", "keep", *_one_of("keep", "forget")),
    Setting("history", "settings.history", "off", *_one_of("off", "on")),
    Setting("research_log", "settings.research_log", "off", *_one_of("off", "on")),
    # The keys of export.citation_styles.STYLES, which stand above; a test holds them together.
    Setting("citation_style", "settings.citation_style", "house", *_one_of("house", "chicago", "apa", "mla", "gb7714")),
    Setting("results", "settings.results", 10, *_between(1, 200)),
)


@dataclass(frozen=True)
class Settings:
    """The settings in force, by key, and the faults found in the file; a bad entry leaves the default in force."""

    values: Mapping[str, str | int]
    faults: tuple[Fault, ...] = ()

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
        known = {setting.key: setting for setting in SETTINGS}
        for key, value in chosen.items():
            if key.startswith("_"):
                continue  # JSON has no comments; a key with an underscore is one.
            setting = known.get(key)
            if setting is None:
                faults.append(UsageFault("settings.unknown", path=path, name=key, known=", ".join(known)))
            elif not setting.accepts(value):
                values_told = {"name": key, "value": value, "allowed": setting.allowed}
                faults.append(UsageFault("settings.bad_value", path=path, **values_told))
            else:
                values[key] = value
        return cls(values, tuple(faults))

    def changed(self, key: str, value: str | int) -> Settings:
        """These settings with another value for `key`. Raises ValueError for what the setting does not take."""
        setting = next(setting for setting in SETTINGS if setting.key == key)
        if not setting.accepts(value):
            raise ValueError(f"{key} takes {setting.allowed}, not {value!r}")
        return Settings({**self.values, key: value}, self.faults)

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
            table.pop(setting.key, None)
            if self.values[setting.key] != setting.default:
                table[setting.key] = self.values[setting.key]
        write_table(path, table)

    def text(self, key: str) -> str:
        """The value of a setting as text."""
        return str(self.values[key])

    def number(self, key: str) -> int:
        """The value of a setting that is a number."""
        return int(self.values[key])


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
