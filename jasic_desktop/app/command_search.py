"""Finds commands by the words of their names in every language of the program, by their menus, and by their keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from jasic_desktop.app.commands import COMMANDS, Command
from jasic_desktop.app.keymap import Keymap
from jasic_desktop.core.folding import fold
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.search.pinyin import spellings

_NEVER: Final = 6
"""The rank of what does not match; the lower the better: the whole name, its beginning, words of it, beginnings of its
words, parts of it or its pinyin, then words of its menu and keys."""
_LONGEST: Final = 200
"""Characters of a question that are looked at."""


@dataclass(frozen=True)
class FoundCommand:
    """A command that answers the question, and whether it is possible now."""

    command: Command
    possible: bool


def find_commands(
    question: str, possible: Callable[[str], bool], keymap: Keymap | None = None, *, with_palette: bool = False
) -> tuple[FoundCommand, ...]:
    """The commands of the menus that answer `question`, all of them for an empty one: those possible first, in each
    part the best first, else in the order of the menus. Every word of the question must be found: in any language of
    the program, Chinese also by its pinyin or the initials of it, or among the keys in force.
    """
    keymap = keymap or Keymap()
    asked = " ".join(fold(question[:_LONGEST]).split())
    found = []
    for order, command in enumerate(COMMANDS):
        if command.menu is None or (command.id == "palette" and not with_palette):
            continue
        rank = _rank(asked, _texts(command, keymap.keys(command.id))) if asked else 0
        if rank < _NEVER:
            can = possible(command.id)
            found.append((not can, rank, order, FoundCommand(command, can)))
    return tuple(entry for *_, entry in sorted(found, key=lambda one: one[:3]))


@dataclass(frozen=True)
class _Texts:
    """What a command is found by, folded: its names, their words, its keys, and the words of its menu and keys."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    spoken: tuple[str, ...]
    keys: frozenset[str]
    others: tuple[str, ...]


@lru_cache(maxsize=1024)
def _texts(command: Command, own_keys: tuple[str, ...]) -> _Texts:
    names = tuple(fold(translate(command.label, language)).rstrip("…") for language in LANGUAGES)
    menus = tuple(fold(translate(f"window.menu.{command.menu}", language)) for language in LANGUAGES)
    keys = frozenset(fold(key) for key in own_keys)
    # The last key may be a plus itself.
    parts = tuple(part for key in keys for part in (*key[:-1].split("+"), key[-1], key.rsplit("+", 1)[-1]) if part)
    words = tuple(word for name in names for word in name.replace("-", " ").split())
    spoken = tuple(way for name in dict.fromkeys(names) for way in spellings(name))
    return _Texts(names, words, spoken, keys, (*menus, *(word for menu in menus for word in menu.split()), *parts))


def _rank(asked: str, texts: _Texts) -> int:
    if asked in texts.names or not texts.keys.isdisjoint((asked.replace(" ", ""), asked.replace(" ", "+"))):
        return 0
    if any(name.startswith(asked) for name in texts.names):
        return 1
    return max(_rank_word(word, texts) for word in asked.split())


def _rank_word(word: str, texts: _Texts) -> int:
    if word in texts.words:
        return 2
    if any(known.startswith(word) for known in texts.words):
        return 3
    if any(word in name for name in texts.names) or any(way.startswith(word) for way in texts.spoken):
        return 4
    if len(word) > 2 and any(word in way for way in texts.spoken):
        return 5
    if any(key.startswith(word) for key in texts.keys) or any(other.startswith(word) for other in texts.others):
        return 5
    return _NEVER
