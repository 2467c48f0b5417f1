"""The words of the language of questions, in English and Chinese: names of fields and of their fixed values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from jasic_desktop.core.folding import fold
from jasic_desktop.core.paths import resource


@cache
def _tables() -> Mapping[str, Mapping[str, str]]:
    with resource("search", "words.toml").open("rb") as file:
        tables = tomllib.load(file)
    return {
        table: {fold(word): meaning for meaning, words in entries.items() for word in words}
        for table, entries in tables.items()
    }


def field_of(word: str) -> str | None:
    """The field that `word` names, in either language."""
    return _tables()["fields"].get(fold(word))


def value_of(field: str, word: str) -> str | None:
    """The value that `word` names for a field with fixed values (type, certainty, language, has)."""
    return _tables().get(field, {}).get(" ".join(fold(word).split()))
