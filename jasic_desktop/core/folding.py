"""Folding: the one form in which texts, names and questions are compared, with offsets back to the original."""

from __future__ import annotations

import unicodedata
from functools import cache

from jasic_desktop.core.paths import resource


@cache
def _simplified() -> dict[int, str]:
    """Traditional characters to simplified ones, one to one (resources/search/t2s.txt, made by packaging/make_t2s.py)."""
    traditional, simplified = resource("search", "t2s.txt").read_text("utf-8").splitlines()[:2]
    return dict(zip(map(ord, traditional), simplified, strict=True))


@cache
def fold_char(char: str) -> str:
    """The folded form of one character: none for a combining mark, several for a ligature."""
    return fold(char)


def fold(text: str) -> str:
    """`text` without case, accents, width and the difference of simplified and traditional characters.

    Characters fold one by one, so fold(a + b) == fold(a) + fold(b); nothing that can be typed is refused.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().translate(_simplified())
    # Casefolding can bring back a combining mark (U+0130) or a compatibility character: fold to the fixed point.
    again = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return again.translate(_simplified()) if again != bare else bare


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index in `text` of the character it came from,
    followed by len(text), so that a span [a, b) of the folded text is text[offsets[a]:offsets[b]]."""
    if text.isascii():
        return text.lower(), list(range(len(text) + 1))
    folded: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text):
        part = fold_char(char)
        folded.append(part)
        offsets.extend([index] * len(part))
    offsets.append(len(text))
    return "".join(folded), offsets


def without_surrogates(text: str) -> str:
    """`text` with each lone surrogate, which no file or terminal can carry, as U+FFFD."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if not text.isascii() else text
