"""What a text of an archive may hold: composed characters, one line, nothing invisible that could deceive."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

# Controls, line and paragraph separators, marks that turn the direction of text around, and non-characters.
FORBIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_HAN: Final = "\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK: Final = re.compile("[ \t\r\n]*[\t\r\n][ \t\r\n]*")
HAN: Final = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


def one_line(text: str) -> str:
    """`text` composed (NFC) and in one line; a line break between Chinese characters leaves no space behind."""
    return joined(text.strip())


def joined(text: str) -> str:
    """`text` composed and in one line, with the spaces at its ends; a line break at an end becomes such a space."""
    text = unicodedata.normalize("NFC", text)
    return _BREAK.sub(" ", _break_in_han().sub("", text)) if _BREAK.search(text) else text


@cache
def _break_in_han() -> re.Pattern[str]:
    """Made when the first text has a line break: it takes long, and what is in an archive has none."""
    return re.compile(f"(?<=[{_HAN}])[ \t]*\r?\n[ \t]*(?=[{_HAN}]|$)|^[ \t]*\r?\n[ \t]*(?=[{_HAN}])")


def forbidden(text: str) -> str | None:
    """The first character of `text` that an archive may not hold, as `U+202E`; None if there is none."""
    found = FORBIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def has_han(text: str) -> bool:
    """Whether `text` has a Chinese character."""
    return HAN.search(text) is not None
