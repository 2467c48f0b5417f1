"""Folding: the one form in which texts, names and questions are compared, with offsets back to the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

from jasic_desktop.core.paths import resource

_WIDE: Final = {chr(ord(sign) + 0xFEE0): sign for sign in ",:;?!()"}
"""The signs of Chinese texts, and what they fold to."""
_SHORT: Final = 24
"""Texts up to this length are folded character by character at once."""
_FEW: Final = 32
"""Different characters that are each replaced in a whole text sooner than it is looked at character by character."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_KEPT: Final = 1 << 17  # characters whose folding is remembered; more than any archive uses


@cache
def _simplified() -> dict[int, str]:
    """Traditional characters to simplified ones, one to one (resources/search/t2s.txt)."""
    traditional, simplified = resource("search", "t2s.txt").read_text("utf-8").splitlines()[:2]
    return dict(zip(map(ord, traditional), simplified, strict=True))


def _invisible(char: str) -> bool:
    """Whether `char` only changes how its neighbours look: accents, soft hyphens, zero-width and variation signs."""
    return (
        unicodedata.combining(char) != 0
        or unicodedata.category(char) == "Cf"
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
        or char == "\u034f"
    )


class _Folded(dict[int, str]):
    """The folded form of each character by its number, found when first asked for."""

    def __missing__(self, code: int) -> str:
        visible = "".join(c for c in unicodedata.normalize("NFKD", chr(code)) if not _invisible(c))
        folded = visible.casefold().translate(_simplified())
        if len(self) < _KEPT:
            self[code] = folded
        return folded


_FOLDED: Final = _Folded()


@cache
def _changing() -> re.Pattern[str]:
    """What may fold to anything but its small letter: all but ASCII, dashes, quotes and simplified characters."""
    # Of those in the table the others are named already. Named one by one, those beyond U+FFFF would take long to pass.
    traditional = "".join(chr(code) for code in _simplified() if 0x4E00 <= code <= 0x9FFF)
    others = "\x80-\u2013\u2015-\u2017\u201a\u201b\u201e-\u3000\u3003-\u3009\u3012-\u4dff\ua000-\U0010ffff"
    return re.compile(f"[{others}{traditional}]")


@cache
def _maybe_uneven() -> re.Pattern[str]:
    """What is not surely one character after folding too: nearly all that stands in our texts is."""
    # ASCII, quotes, Han, wide forms.
    return re.compile("[^\x00-\x7f\u2010-\u2015\u2018-\u201f\u3000-\u301b\u4e00-\u9fff\uff01-\uff5e]")


def prepare_folding() -> None:
    """Read and make now what the first text in Chinese needs."""
    _changing()
    _maybe_uneven()


def _folded_at_once(text: str) -> str | None:
    """`text` folded, where each character folds to one, and few to another than its small letter: one by one takes ten
    times as long.
    """
    if len(text) <= _SHORT:
        return None
    for wide, sign in _WIDE.items():
        text = text.replace(wide, sign)
    if others := set(_changing().findall(text)):
        if len(others) > _FEW:
            return None
        for char in others:
            folded = _FOLDED[ord(char)]
            # Of some scripts the folded letters are the large ones.
            if len(folded) != 1 or folded.lower() != folded:
                return None
            text = text.replace(char, folded)
    return text.lower()


def fold(text: str) -> str:
    """`text` without case, accents, width, invisible characters and the difference of simplified and traditional.

    Each character folds by itself: fold(a + b) == fold(a) + fold(b) for any a and b. Nothing that can be typed is
    refused, lone surrogates included, and folding twice changes nothing more.
    """
    if text.isascii():
        return text.lower()
    found = _folded_at_once(text)
    return text.translate(_FOLDED) if found is None else found


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the index in `text` of the character it came from.

    The offsets end with len(text), so that a span [a, b) of the folded text is text[offsets[a]:offsets[b]]; accents
    that follow belong to it. A character may fold to several (a ligature), which then share an offset.
    """
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    found = _folded_at_once(text)
    if found is not None:
        return found, range(len(text) + 1)
    folded = text.translate(_FOLDED)
    offsets: list[int] = []
    even_from = 0
    for uneven in _maybe_uneven().finditer(text):
        index = uneven.start()
        length = len(_FOLDED[ord(uneven.group())])
        if length != 1:
            offsets.extend(range(even_from, index))
            offsets.extend([index] * length)
            even_from = index + 1
    if even_from == 0:
        return folded, range(len(text) + 1)
    offsets.extend(range(even_from, len(text) + 1))
    return folded, offsets


def without_surrogates(text: str) -> str:
    """`text` with each lone surrogate, which no file or terminal can carry, as U+FFFD."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
