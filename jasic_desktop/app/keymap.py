"""The keys in force: those of the table of commands, changed as the person wants, and which keys may be given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from jasic_desktop.app.commands import COMMANDS, Command, command

Objection = Literal["text", "bare", "unknown"]
"""Why keys cannot be given to a command: fields of text need them; they lack Ctrl, Alt or Meta and are no function key;
no such keys are known, or they are several presses one after the other."""

MOST: Final = 4
"""Keys that one command can have."""
_HELD: Final = ("Meta", "Ctrl", "Alt", "Shift")
"""What is held down, in the order in which Qt writes it."""
_TEXT: Final = frozenset(
    {
        *(f"Ctrl+{key}" for key in ("A", "C", "V", "X", "Y", "Z", "Ins", "Backspace", "Del")),
        *(
            f"{held}{key}"
            for held in ("Ctrl+", "Ctrl+Shift+")
            for key in ("Left", "Right", "Up", "Down", "Home", "End")
        ),
        "Shift+Ins",
        "Shift+Del",
        "Alt+F4",
        "Meta+L",
    }
)
"""What fields of text and the system itself need."""


def normal(key: str) -> str:
    """Keys as Qt writes them in portable words: held keys in its order, letters as capitals; empty for none."""
    text = " ".join(key.split())
    # The last key may be a plus itself.
    base = "+" if text.endswith("+") else text.rsplit("+", 1)[-1]
    held = {part.strip().capitalize() for part in text[: len(text) - len(base)].split("+") if part.strip()}
    if not base or not held <= set(_HELD):
        return ""
    name = base.strip()
    name = name.upper() if len(name) == 1 else name[:1].upper() + name[1:]
    return "+".join((*(part for part in _HELD if part in held), name))


def objection(key: str) -> Objection | None:
    """Why `key`, as `normal` writes it, cannot be given to a command; None where it can."""
    if not key:
        return "unknown"
    base = "+" if key.endswith("+") else key.rsplit("+", 1)[-1]
    if base in (*_HELD, "Tab", "Backtab", "Esc", "Return", "Enter", "Space", "Backspace", "Del", "Ins"):
        # With Ctrl or Alt some of these are free: Ctrl+Tab goes from tab to tab.
        free = base not in _HELD and base not in ("Esc", "Return", "Enter") and key.startswith(("Ctrl+", "Alt+"))
        if not free or key in ("Alt+Tab", "Alt+Shift+Backtab", "Alt+Space"):
            return "text"
    if key in _TEXT:
        return "text"
    function = base[:1] == "F" and base[1:].isdecimal()
    if function or key.startswith(("Ctrl+", "Alt+", "Meta+")):
        return None
    return "bare"


class Keymap:
    """Which keys do which command. `chosen` are the keys that the person gave to commands, by id; all others keep those
    of the table, unless one of them was given away. What no command or key is, such as a slip in a file, counts as
    nothing.
    """

    def __init__(self, chosen: Mapping[str, tuple[str, ...]] | None = None) -> None:
        known = {entry.id for entry in COMMANDS if entry.menu is not None}
        self._chosen = {command_id: _clean(keys) for command_id, keys in (chosen or {}).items() if command_id in known}
        given = {key for keys in self._chosen.values() for key in keys}
        self._keys: dict[str, tuple[str, ...]] = {}
        held: set[str] = set()
        for entry in COMMANDS:
            own = self._chosen.get(entry.id)
            wanted = own if own is not None else tuple(key for key in entry.keys if key not in given)
            # Two commands of a file may claim one key: the first one has it.
            self._keys[entry.id] = tuple(key for key in wanted if key not in held)
            held |= set(wanted)
        self._holders = {key: command_id for command_id, keys in self._keys.items() for key in keys}

    @property
    def chosen(self) -> Mapping[str, tuple[str, ...]]:
        """What is to be kept: the keys of the commands that have others than in the table."""
        return {command_id: keys for command_id, keys in self._keys.items() if keys != command(command_id).keys}

    @property
    def all(self) -> frozenset[str]:
        """Every key that does something."""
        return frozenset(self._holders)

    def keys(self, command_id: str) -> tuple[str, ...]:
        """The keys of a command, the first one is shown."""
        return self._keys[command_id]

    def holder(self, key: str) -> Command | None:
        """The command that a key does."""
        found = self._holders.get(normal(key))
        return command(found) if found is not None else None

    def is_default(self, command_id: str) -> bool:
        """Whether a command has the keys of the table."""
        return self._keys[command_id] == command(command_id).keys

    def given(self, command_id: str, keys: tuple[str, ...]) -> Keymap:
        """These keys, with others for one command; whoever had one of them loses it."""
        keys = _clean(keys)
        others = {
            other: tuple(key for key in held if key not in keys)
            for other, held in self._keys.items()
            if command(other).menu is not None
        }
        return Keymap({**others, command_id: keys})

    def reset(self, command_id: str) -> Keymap:
        """These keys, with those of the table for one command, taken back from whoever has them now."""
        return self.given(command_id, command(command_id).keys)


def _clean(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The usable of these keys, each once."""
    found = dict.fromkeys(normal(key) for key in keys)
    return tuple(key for key in found if objection(key) is None)[:MOST]
