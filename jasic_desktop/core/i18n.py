"""The one catalogue of the program's own words, for the window and the command line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.core.paths import resource

if TYPE_CHECKING:
    from jasic_desktop.core.localised import Localised


_LINE: Final = re.compile(
    r'(?:\[([\w.-]+)\]|([\w.-]+) = (?:"([^"\\\n]*)"|("""(?:[^"\\]|\\[\s\S]|"(?!""))*"""|"[^\n]*"))|#[^\n]*)?\n'
)
"""A line of a catalogue: the name of a table, a key with its text, plain or as TOML has it, a comment, or nothing."""


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Every text of one language by dotted key, such as `cli.no_hits`."""
    return texts_of(resource("translations", f"{language}.toml").read_text("utf-8"))


def texts_of(text: str) -> Mapping[str, str]:
    """The texts of a catalogue by dotted key. Raises ValueError where it is no TOML.

    Nearly all of one is plain lines. They are read here, in a seventh of the time that a reader of all of TOML takes,
    at every start; what is not as plain is left to that.
    """
    found, table, end = dict[str, str](), "", 0
    for line in _LINE.finditer(text):
        if line.start() != end:
            break
        end = line.end()
        name, key, plain, other = line.groups()
        if name is not None:
            table = f"{name}."
        elif key is not None:
            found[table + key] = plain if other is None else tomllib.loads(f"it = {other}")["it"]
    return found if end == len(text) else dict(_flat(tomllib.loads(text)))


def translate(key: str, language: Language, /, **values: object) -> str:
    """The text of `key` with `values` in its named placeholders.

    Where the values hold `count`, the entry `key.one` is taken for 1 and `key.other` else, if the catalogue has them.
    Raises KeyError for an unknown key: a missing text is a fault of the program, found by a test, never shown blank.
    """
    texts = catalogue(language)
    if "count" in values:
        plural = f"{key}.{'one' if values['count'] == 1 else 'other'}"
        key = plural if plural in texts else key
    return texts[key].format_map(values)


def has(key: str) -> bool:
    """Whether the catalogue knows `key`."""
    return key in catalogue("en")


def localised(key: str, /, **values: object) -> Localised:
    """The text of `key` in all languages of the program."""
    from jasic_desktop.core.localised import Localised

    en, zh_hans, zh_hant = (translate(key, language, **values) for language in LANGUAGES)
    return Localised(en=en, zh_hans=zh_hans, zh_hant=zh_hant)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, str(value)
