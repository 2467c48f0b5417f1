"""What a policy can lay down: one record for each key, with its type, its default and its strictest value."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final, Protocol

from jasic_desktop.core.settings import SETTINGS, Setting

Value = bool | int | str | tuple[str, ...] | None
"""What a key holds. None where nothing is laid down: no limit, all of them, or what the person chooses."""

PACK_STATES: Final = ("signed", "unsigned")
"""Who made a pack: a signer whose key counts on this machine, or nobody who could be named. Damaged ones never open."""
CLIPBOARD: Final = ("all", "text", "off")
START_PAGES: Final = ("start", "browse", "timeline")
_MOST: Final = 200
_LONGEST: Final = 1000
_RECORD_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,99}(?:@[0-9A-Za-z.]{1,40})?|[0-9a-f]{16,128}")
_FORMAT: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_SUM: Final = re.compile(r"[0-9a-f]{64}")
_KEY: Final = re.compile(r"RW[A-Za-z0-9+/]{54}")


class Kind(Protocol):
    """A type of value: what is one, which of two is stricter, and the strictest there is."""

    @property
    def is_ordered(self) -> bool:
        """Whether one value can be stricter than another; where none can, the administrator's counts."""

    @property
    def takes(self) -> str:
        """The catalogue key of what it takes, in words."""

    def read(self, value: object) -> Value:
        """`value`, as it came out of JSON, as a value of this type. Raises ValueError."""

    def tighter(self, one: Value, other: Value) -> Value:
        """What both allow."""

    @property
    def strictest(self) -> Value:
        """What is at least as strict as any other."""

    @property
    def told(self) -> dict[str, object]:
        """What the words of `takes` name."""


@dataclass(frozen=True)
class Flag:
    """Yes or no; `strict` is the stricter of them."""

    strict: bool = False
    is_ordered: bool = True
    takes: str = "policy.takes.flag"

    def read(self, value: object) -> Value:
        """A boolean. Raises ValueError."""
        if isinstance(value, bool):
            return value
        raise ValueError(value)

    def tighter(self, one: Value, other: Value) -> Value:
        """The strict one, if either is."""
        return self.strict if self.strict in (one, other) else not self.strict

    @property
    def strictest(self) -> Value:
        """The strict one."""
        return self.strict

    @property
    def told(self) -> dict[str, object]:
        """Nothing."""
        return {}


@dataclass(frozen=True)
class Limit:
    """A whole number that is stricter the smaller it is; None is no limit."""

    low: int
    high: int
    is_ordered: bool = True
    takes: str = "policy.takes.number"

    def read(self, value: object) -> Value:
        """A whole number within the bounds. Raises ValueError."""
        if isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high:
            return value
        raise ValueError(value)

    def tighter(self, one: Value, other: Value) -> Value:
        """The smaller one."""
        numbers = [value for value in (one, other) if isinstance(value, int)]
        return min(numbers, default=None)

    @property
    def strictest(self) -> Value:
        """The lowest."""
        return self.low

    @property
    def told(self) -> dict[str, object]:
        """The bounds."""
        return {"low": self.low, "high": self.high}


@dataclass(frozen=True)
class Steps:
    """One of some words, each stricter than the one before it."""

    values: tuple[str, ...]
    is_ordered: bool = True
    takes: str = "policy.takes.one_of"

    def read(self, value: object) -> Value:
        """One of the words. Raises ValueError."""
        if isinstance(value, str) and value in self.values:
            return value
        raise ValueError(value)

    def tighter(self, one: Value, other: Value) -> Value:
        """The later one."""
        return max((one, other), key=lambda value: self.values.index(str(value)))

    @property
    def strictest(self) -> Value:
        """The last."""
        return self.values[-1]

    @property
    def told(self) -> dict[str, object]:
        """The words."""
        return {"values": ", ".join(self.values)}


@dataclass(frozen=True)
class Names:
    """Those of some names that are allowed; None allows all."""

    pattern: re.Pattern[str]
    takes: str
    known: tuple[str, ...] = ()
    is_ordered: bool = True

    def read(self, value: object) -> Value:
        """A list of names, each once. Raises ValueError."""
        names = _texts(value)
        for name in names:
            if not self.pattern.fullmatch(name) or (self.known and name not in self.known):
                raise ValueError(name)
        return tuple(sorted(names))

    def tighter(self, one: Value, other: Value) -> Value:
        """Those that both name."""
        if one is None or other is None:
            return other if one is None else one
        return tuple(name for name in _tuple(one) if name in _tuple(other))

    @property
    def strictest(self) -> Value:
        """None of them."""
        return ()

    @property
    def told(self) -> dict[str, object]:
        """The names there are, if they are known."""
        return {"values": ", ".join(self.known)} if self.known else {}


@dataclass(frozen=True)
class Folders:
    """Folders, each with all that is in it; None allows every place."""

    is_ordered: bool = True
    takes: str = "policy.takes.folders"

    def read(self, value: object) -> Value:
        """A list of whole paths, each once, for one system or another; those of this one. Raises ValueError."""
        for text in _texts(value):
            kinds = (PurePosixPath(text), PureWindowsPath(text))
            if not any(path.is_absolute() for path in kinds) or ".." in (*kinds[0].parts, *kinds[1].parts):
                raise ValueError(text)
        return tuple(sorted({os.path.normpath(text) for text in _texts(value) if Path(text).is_absolute()}))

    def tighter(self, one: Value, other: Value) -> Value:
        """The folders of each that lie in one of the other's."""
        if one is None or other is None:
            return other if one is None else one
        both = [name for name in _tuple(one) if is_within(name, _tuple(other))]
        both += [name for name in _tuple(other) if is_within(name, _tuple(one))]
        return tuple(sorted(set(both)))

    @property
    def strictest(self) -> Value:
        """None."""
        return ()

    @property
    def told(self) -> dict[str, object]:
        """Nothing."""
        return {}


@dataclass(frozen=True)
class Laid:
    """A value of which none is stricter than another, except `strict`, if there is one."""

    accepts: Callable[[object], bool]
    takes: str
    values: str = ""
    default: Value = None
    strict: Value = None
    is_ordered: bool = False

    def read(self, value: object) -> Value:
        """What is accepted. Raises ValueError."""
        if isinstance(value, (str, int)) and self.accepts(value):
            return value
        raise ValueError(value)

    def tighter(self, one: Value, other: Value) -> Value:
        """The strict one if the other is it, else the first."""
        return other if self.strict is not None and other == self.strict else one

    @property
    def strictest(self) -> Value:
        """The strict one, else what holds without a policy."""
        return self.default if self.strict is None else self.strict

    @property
    def told(self) -> dict[str, object]:
        """What it may be."""
        return {"values": self.values}


@dataclass(frozen=True)
class Key:
    """One thing that a policy can lay down.

    `default` holds where it says nothing, `floor` where the policy is bad; `description` is the catalogue key of what
    it is for. `under` names the keys that close this one as well: commands that it is a part of.
    """

    key: str
    kind: Kind
    default: Value
    floor: Value
    description: str
    under: tuple[str, ...] = ()


def _key(key: str, kind: Kind, default: Value = None) -> Key:
    return Key(key, kind, default, kind.strictest, f"policy.key.{key}")


def _is_start_page(value: object) -> bool:
    return value in START_PAGES or (isinstance(value, str) and len(value) <= 100 and bool(_RECORD_ID.fullmatch(value)))


def _is_warning(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 20 <= value <= 120


KEYS: Final[tuple[Key, ...]] = (
    _key("archives_allowed", Names(_NAME, "policy.takes.archives")),
    _key("pack_states", Names(_FORMAT, "policy.takes.some_of", PACK_STATES)),
    _key("trusted_keys", Names(_KEY, "policy.takes.keys")),
    _key("downgrade", Flag(), default=True),
    _key("export_formats", Names(_FORMAT, "policy.takes.formats")),
    _key("export_folders", Folders()),
    _key("clipboard", Steps(CLIPBOARD), default="all"),
    _key("clipboard_characters", Limit(1, 1_000_000)),
    _key("clipboard_cleared", Flag(strict=True), default=False),
    _key("kiosk", Flag(strict=True), default=False),
    # A bad policy names none, and none would keep the room closed in which its reason is seen: nothing is strictest.
    Key(
        "programs_allowed",
        Names(_SUM, "policy.takes.sums", is_ordered=False),
        None,
        None,
        "policy.key.programs_allowed",
    ),
    _key("session_on_disk", Flag(), default=True),
    _key("idle_minutes", Limit(3, 240)),
    _key("idle_warning_seconds", Laid(_is_warning, "policy.takes.seconds", "20 … 120", 60), default=60),
    _key("start_page", Laid(_is_start_page, "policy.takes.page", ", ".join(START_PAGES), "start"), default="start"),
)
"""What a policy can lay down beside commands and settings."""

_STRICT_SETTINGS: Final[dict[str, str | int]] = {"history": "off", "research_log": "off", "tabs": "forget"}
"""The settings of which one value keeps less about a person than the others."""


def setting_key(setting: Setting) -> Key:
    """The key that locks a setting."""
    strict = _STRICT_SETTINGS.get(setting.key)
    kind = Laid(setting.accepts, "policy.takes.setting", setting.allowed, None, strict)
    return Key(setting.key, kind, None, strict, setting.description)


def command_key(command_id: str, description: str, under: Iterable[str] = (), *, reads: bool = False) -> Key:
    """The key that closes a command; one that only `reads` stays open where the policy is bad."""
    return Key(command_id, Flag(), default=True, floor=reads, description=description, under=tuple(under))


SETTING_KEYS: Final[tuple[Key, ...]] = tuple(setting_key(setting) for setting in SETTINGS)
"""A key for each setting, of the same name; its value cannot be changed then."""


def is_within(path: str, folders: Iterable[str]) -> bool:
    """Whether a path is one of `folders` or stands in one of them; both are whole paths. Follows no link."""
    place = Path(os.path.normcase(path))
    return any(place.is_relative_to(os.path.normcase(folder)) for folder in folders)


def _texts(value: object) -> tuple[str, ...]:
    """A list of different texts. Raises ValueError."""
    if not isinstance(value, list) or len(value) > _MOST:
        raise ValueError(value)
    for text in value:
        if not isinstance(text, str) or not 0 < len(text) <= _LONGEST:
            raise ValueError(text)
    if len(set(value)) != len(value):
        raise ValueError(value)
    return tuple(value)


def _tuple(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
