"""The stem of English words: Porter's algorithm as Whoosh has it, remembered."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from whoosh.lang.porter import stem as _porter


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded English word."""
    return cast("str", _porter(word))
