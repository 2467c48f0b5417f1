"""Names as Wade and Giles wrote them, as in older catalogues: Yüeh Hsin, Mao Tse-tung, with or without their signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, product
from typing import Final

from jasic_desktop.core.folding import fold
from jasic_desktop.search.pinyin import syllables

_WAYS: Final = 64
_SYLLABLES: Final = 6
_WHOLE: Final = {
    "zhi": "chih",
    "chi": "chih",
    "shi": "shih",
    "ri": "jih",
    "zi": "tzu",
    "ci": "tzu",
    "si": "ssu",
    "er": "erh",
    "ye": "yeh",
    "yan": "yen",
    "yong": "yung",
    "you": "yu",
    "yi": "i",
    "ge": "ko",
    "ke": "ko",
    "he": "ho",
    "e": "o",
    "gui": "kuei",
    "kui": "kuei",
    "yuan": "yuan",
    "yue": "yueh",
}
_OTHERS: Final = {"si": ("szu", "sze"), "zi": ("tze",), "yi": ("yi",), "e": ("eh",), "ke": ("ke",), "he": ("he",)}
_INITIALS: Final = (
    *(("zh", "ch"), ("ch", "ch"), ("sh", "sh"), ("b", "p"), ("d", "t"), ("g", "k"), ("j", "ch"), ("q", "ch")),
    *(("x", "hs"), ("z", "ts"), ("c", "ts"), ("r", "j"), *((letter, letter) for letter in "ptkmfnlshw")),
)
"""How a syllable begins in pinyin and in Wade and Giles, where breathing is marked by a sign that most leave out."""
_FINALS: Final = {"ong": "ung", "iong": "iung", "ian": "ien", "ie": "ieh", "ue": "ueh"}
_KEEP_UO: Final = ("g", "k", "h", "sh")
_SIGNS: Final = re.compile("['’‘ʼ]")
_BETWEEN: Final = re.compile(r"[\s‐‑-]+")


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """The syllables of pinyin that each syllable of Wade and Giles may be, its signs left out."""
    found: dict[str, dict[str, None]] = {}
    for syllable in sorted(syllables()):
        for written in (_WHOLE.get(syllable) or _written(syllable), *_OTHERS.get(syllable, ())):
            found.setdefault(written, {})[syllable] = None
    return {written: tuple(meant) for written, meant in found.items()}


def _written(syllable: str) -> str:
    initial, own = next((pair for pair in _INITIALS if syllable.startswith(pair[0])), ("", ""))
    final = syllable.removeprefix(initial)
    if final == "uo" and initial not in _KEEP_UO:
        return own + "o"
    return own + _FINALS.get(final, final)


def readings(words: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The ways in which words that are all syllables of Wade and Giles read in pinyin, at most a few."""
    parts = [part for word in words for part in _BETWEEN.split(_SIGNS.sub("", fold(word))) if part]
    ways = [_spellings().get(part, ()) for part in parts]
    if 1 < len(parts) <= _SYLLABLES and all(ways):
        yield from islice(product(*ways), _WAYS)
