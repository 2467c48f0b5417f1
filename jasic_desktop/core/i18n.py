"""The one catalogue of the program's own words, for the window and the command line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.core.paths import resource

if TYPE_CHECKING:
    from jasic_desktop.core.localised import Localised


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Every text of one language by dotted key, such as `cli.no_hits`."""
    with resource("translations", f"{language}.toml").open("rb") as file:
        return dict(_flat(tomllib.load(file)))


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
