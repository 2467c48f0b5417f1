"""Characters that would act instead of being read, shown as visible marks."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Controls (C0, DEL, C1), marks of direction, invisible and tag characters, line separators, interlinear notes,
# lone surrogates, and the code points that are no characters. Tab and line feed are dealt with by who draws.
_ACTING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff\ud800-\udfff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_BREAKS: Final = re.compile("[\t-\r\x1c-\x1e\x85\u2028\u2029]+")
_JOINERS: Final = "\u200c\u200d"
_PILED: Final = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{9,}")
_MOST_MARKS: Final = 8


def visible(text: str) -> str:
    """`text` with each character that would move, hide or reorder others as a mark such as `⟨U+202E⟩` or `␛`.

    A control of the first 32 becomes its picture, a lone surrogate U+FFFD, and of more than eight combining marks on
    one letter the rest is counted. Joiners stay where writing needs them: between emoji and in joined scripts.
    """
    if text.isascii() and text.isprintable():
        return text
    return _PILED.sub(_cut, _ACTING.sub(_mark, text))


def one_line(text: str) -> str:
    """`visible(text)` on one line, with each run of line ends and tabs as one space."""
    return visible(_BREAKS.sub(" ", text))


def strip_acting(text: str) -> str:
    """`text` without the characters that `visible` would mark, for names and places that cannot show a mark."""
    return _PILED.sub(lambda found: found[0][:_MOST_MARKS], _ACTING.sub(_dropped, text))


def _mark(found: re.Match[str]) -> str:
    char = found[0]
    if char in _JOINERS and _joins(found):
        return char
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"\u27e8U+{code:04X}\u27e9"


def _dropped(found: re.Match[str]) -> str:
    return found[0] if found[0] in _JOINERS and _joins(found) else ""


def _joins(found: re.Match[str]) -> bool:
    """Whether the joiner found stands after something that joins: a symbol, a sign of a joined script."""
    if not found.start():
        return False
    before = found.string[found.start() - 1]
    return unicodedata.category(before) in ("So", "Sk", "Mn", "Mc") or unicodedata.bidirectional(before) == "AL"


def _cut(found: re.Match[str]) -> str:
    return f"{found[0][:_MOST_MARKS]}\u27e8+{len(found[0]) - _MOST_MARKS}\u27e9"
