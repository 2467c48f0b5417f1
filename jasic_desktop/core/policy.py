"""The policy of a machine: its file read strictly, tightened by the command line, each value with its origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Literal

from jasic_desktop.core.errors import Fault, RefusedFault, UsageFault
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.core.ownership import is_administrators
from jasic_desktop.core.policy_keys import KEYS, SETTING_KEYS, Key, Value, is_within
from jasic_desktop.core.regular import UnreadableError, printable, read_regular
from jasic_desktop.core.strict_json import JsonFault, as_number, read_json

FILE_NAME: Final = "policies.json"
DEFAULTS: Final = "defaults"
"""The one key of the file that lays nothing down: the settings under it hold until a person chooses others."""
MOST_BYTES: Final = 1 << 16
"""The largest file that is read."""
_MOST_FAULTS: Final = 20

Origin = Literal["program", "machine", "command_line", "bad"]
"""Who says so: nobody, so that the program's own default holds; the machine's policy; the command line; or nobody who
could be understood, so that the strictest value holds.
"""


class PolicyFault(UsageFault):
    """Something wrong with a policy file. A value that is a pair is a text of the catalogue with its own values."""

    def sentence(self, language: Language = "en") -> str:
        """The fault as one sentence in `language`."""
        told = {
            name: translate(value[0], language, **value[1]) if isinstance(value, tuple) else value
            for name, value in self.values.items()
        }
        return translate(self.key, language, **told)


@dataclass(frozen=True)
class Layer:
    """What one policy file, or the options of the command line, lay down; one with faults lays down the strictest."""

    origin: Origin
    path: Path | None = None
    values: Mapping[str, Value] = field(default_factory=dict)
    defaults: Mapping[str, str | int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Held:
    """The value in force for one key, whose it is, and the file that says so, if one does."""

    value: Value
    origin: Origin = "program"
    path: Path | None = None

    @property
    def is_locked(self) -> bool:
        """Whether it was laid down."""
        return self.origin != "program"


class Policy:
    """What holds on this machine for this run: for every key a value with its origin.

    `keys` are all keys by name; `faults` say what is wrong with a policy file, and there the strictest holds.
    `defaults` are settings that hold until the person chooses others.
    """

    def __init__(
        self, keys: Iterable[Key] = (), machine: Layer | None = None, command_line: Iterable[Layer] = ()
    ) -> None:
        every = {key: key for key in (*KEYS, *SETTING_KEYS, *keys)}
        self.keys: Mapping[str, Key] = {key.key: key for key in every}
        if len(self.keys) != len(every):
            raise ValueError("two keys of one name")
        self.machine = machine
        layers = (*((machine,) if machine is not None else ()), *command_line)
        self.faults = tuple(fault for layer in layers for fault in layer.faults)
        self.defaults: Mapping[str, str | int] = machine.defaults if machine is not None else {}
        self._held: dict[str, Held] = {}
        for layer in layers:
            self._add(layer)

    # --------------------------------------------------------------------------------------------- what is in force

    def held(self, key: str) -> Held:
        """The value of a key in force, with its origin. Raises KeyError for an unknown key."""
        return self._held.get(key) or Held(self.keys[key].default)

    def flag(self, key: str) -> bool:
        """The value of a key that is yes or no."""
        return bool(self.held(key).value)

    def text(self, key: str) -> str:
        """The value of a key that is a word; empty where nothing is laid down."""
        value = self.held(key).value
        return "" if value is None else str(value)

    def number(self, key: str) -> int | None:
        """The value of a key that is a number; None is no limit."""
        value = self.held(key).value
        return value if isinstance(value, int) else None

    def names(self, key: str) -> tuple[str, ...] | None:
        """The value of a key that is a list; None where all are allowed."""
        value = self.held(key).value
        return value if isinstance(value, tuple) else None

    def has(self, key: str, name: str) -> bool:
        """Whether a key that is a list allows this name."""
        names = self.names(key)
        return names is None or name in names

    @property
    def is_laid_down(self) -> bool:
        """Whether anything is laid down at all, by a file or on the command line."""
        return bool(self._held) or bool(self.faults)

    # ------------------------------------------------------------------------------------------------------ commands

    def allows(self, command: str) -> bool:
        """Whether a command is open: nothing closes it, nor what it is a part of."""
        return self.closed_by(command) is None

    def closed_by(self, command: str) -> Key | None:
        """The key that closes a command: its own, or that of what it is a part of; None for an open one.

        Raises KeyError for an unknown command, where anything is laid down.
        """
        if not self._held:
            return None
        key = self.keys[command]
        if not self.flag(command):
            return key
        return next((closing for name in key.under if (closing := self.closed_by(name)) is not None), None)

    def refusal(self, command: str, name: str = "") -> RefusedFault:
        """Why a closed command is closed, in one sentence that calls it by `name`."""
        closing = self.closed_by(command) or self.keys[command]
        return self.refused(closing.key, "policy.closed", name=name or command)

    def require(self, command: str) -> None:
        """Go on if a command is open. Raises RefusedFault."""
        if not self.allows(command):
            raise self.refusal(command)

    def refused(self, key: str, sentence: str, /, **values: object) -> RefusedFault:
        """A refusal because of `key`; `sentence` is of the catalogue and may name `{policy}`, where it is laid down."""
        held = self.held(key)
        if held.origin == "bad" and held.path is not None:
            return RefusedFault("policy.closed_as_bad", path=printable(str(held.path)), **{"name": key, **values})
        where = printable(str(held.path)) if held.path is not None else "--kiosk"
        return RefusedFault(sentence, policy=where, **values)

    # ------------------------------------------------------------------------------------------------------ settings

    @cached_property
    def locks(self) -> Mapping[str, str | int]:
        """The settings that are laid down, by key: no person changes these."""
        return {
            key.key: held.value
            for key in SETTING_KEYS
            if (held := self.held(key.key)).is_locked and isinstance(held.value, (str, int))
        }

    # -------------------------------------------------------------------------------------------------------- export

    def allows_folder(self, folder: Path) -> bool:
        """Whether something may be written into a folder, whatever links lead there."""
        allowed = self.names("export_folders")
        if allowed is None:
            return True
        try:
            real = folder.resolve(strict=False)
            return is_within(str(real), [str(Path(name).resolve(strict=False)) for name in allowed])
        except (OSError, RuntimeError):  # a loop of links
            return False

    def _add(self, layer: Layer) -> None:
        for key in self.keys.values():
            value, origin = layer.values.get(key.key), layer.origin
            if layer.faults:
                value, origin = key.floor, "bad"
                if not key.kind.is_ordered and value == key.default:
                    continue  # none of its values is strict
            elif key.key not in layer.values:
                continue
            before = self.held(key.key)
            if key.kind.is_ordered or before.is_locked:
                value = key.kind.tighter(before.value, value)
            if value != before.value or not before.is_locked:
                self._held[key.key] = Held(value, origin, layer.path)


OPEN: Final = Policy()
"""The policy of a machine that has none, without the keys of commands: only for what asks for no command."""


def read_layer(path: Path, origin: Origin, keys: Mapping[str, Key], *, administrators: bool) -> Layer | None:
    """What the policy file at `path` lays down; one that is no good lays down the strictest, and its faults say why.

    With `administrators` it counts only where nobody but an administrator can write to it or its folder. None where
    there is no such file and `administrators` is given; a file that the command line names has to be there.
    """
    try:
        data = read_regular(path, MOST_BYTES)
        if administrators and not (is_administrators(path) and is_administrators(path.parent)):
            return _bad(path, _fault("not_administrators", path))
    except UnreadableError as error:
        if error.what == "missing" and administrators:
            return None
        return _bad(path, _fault(f"unreadable.{error.what}", path, system=error.system))
    return layer_of(data, path, origin, keys)


def layer_of(data: bytes, path: Path, origin: Origin, keys: Mapping[str, Key]) -> Layer:
    """What the bytes of the policy file at `path` lay down, as `read_layer`."""
    try:
        table = read_json(data, as_number)
    except JsonFault as error:
        return _bad(path, _fault("bad_json", path, reason=(f"packs.json.{error.reason}", error.values)))
    if not isinstance(table, dict):
        return _bad(path, _fault("no_object", path))
    return _layer(path, origin, table, keys)


def _layer(path: Path, origin: Origin, table: Mapping[str, Any], keys: Mapping[str, Key]) -> Layer:
    values: dict[str, Value] = {}
    defaults: dict[str, str | int] = {}
    faults: list[Fault] = []
    for name, value in table.items():
        if name.startswith("_"):
            continue  # JSON has no comments; a key with an underscore is one.
        if name == DEFAULTS and origin == "machine":
            faults += _defaults(path, value, defaults)
        elif name not in keys:
            faults.append(_fault("unknown", path, name=printable(name)))
        else:
            fault = _read(path, name, value, keys[name], values)
            faults += [fault] if fault is not None else []
    if faults:
        return Layer(origin, path, faults=tuple(faults[:_MOST_FAULTS]))
    return Layer(origin, path, values, defaults)


def _defaults(path: Path, table: object, found: dict[str, str | int]) -> list[Fault]:
    if not isinstance(table, dict):
        return [_fault("bad_defaults", path)]
    known = {key.key: key for key in SETTING_KEYS}
    faults: list[Fault] = []
    read: dict[str, Value] = {}
    for name, value in table.items():
        if name.startswith("_"):
            continue
        if name not in known:
            settings = ", ".join(known)
            faults.append(_fault("no_setting", path, name=printable(name), known=settings))
        else:
            fault = _read(path, name, value, known[name], read)
            faults += [fault] if fault is not None else []
    found.update({name: value for name, value in read.items() if isinstance(value, (str, int))})
    return faults


def _read(path: Path, name: str, value: object, key: Key, found: dict[str, Value]) -> Fault | None:
    try:
        found[name] = key.kind.read(value)
    except ValueError:
        takes = (key.kind.takes, key.kind.told)
        return _fault("bad_value", path, name=name, value=printable(repr(value))[:80], takes=takes)
    return None


def _bad(path: Path, fault: Fault) -> Layer:
    return Layer("bad", path, faults=(fault,))


def _fault(key: str, path: Path, **values: object) -> PolicyFault:
    return PolicyFault(f"policy.{key}", path=printable(str(path)), **values)
