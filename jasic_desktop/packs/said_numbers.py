"""The numbers that a sentence states, in English or in Chinese, so that two versions of it can be compared."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


def _numbered(words: str, first: int = 1) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), first)}


_SMALL: Final = _numbered(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_ORDINALS: Final = _numbered("first second third fourth fifth sixth seventh eighth ninth tenth")
_UNITS: Final = {word: unit for word, unit in (_SMALL | _ORDINALS).items() if unit < 10}
_TENS: Final = {
    word: 10 * tens for word, tens in _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()
}
_MONTHS: Final = _numbered("January February March April May June July August September October November December")
_SCALES: Final = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_NUMBER_WORD: Final = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<unit>{'|'.join(_UNITS)}))?|(?P<small>{'|'.join(_SMALL)}))"
    rf"(?:[- ](?P<scale>{'|'.join(_SCALES)}))?\b",
    re.IGNORECASE,
)
_SCALED: Final = re.compile(rf"\b(\d+(?:\.\d+)?) ({'|'.join(_SCALES)})\b", re.IGNORECASE)
_MONTH: Final = re.compile(rf"\b({'|'.join(_MONTHS)})\b")
_MAY: Final = re.compile(
    r"\d(?:st|nd|rd|th)? May\b|\bMay (?:and|or|to|\d)|"
    r"\b(?:in|of|since|until|from|to|by|and|mid|early|late|before|after)[ -]May\b"
)
_DIGITS: Final = re.compile(r"\d+(?:[,\u202f]\d{3})+|\d+")
_OTHERS: Final = (" other", " more")
_LOOSE: Final = {
    "a": 1,
    "an": 1,
    "single": 1,
    "once": 1,
    "twice": 2,
    "both": 2,
    "half": 2,
    "pair": 2,
    "couple": 2,
    "dozens": 10,
    "dozen": 12,
    "hundred": 100,
    "hundreds": 100,
    "thousand": 1000,
    "thousands": 1000,
    **_ORDINALS,
}
_LOOSE_WORD: Final = re.compile(rf"\b({'|'.join(_LOOSE)})\b", re.IGNORECASE)
_CENTURY: Final = re.compile(r"\b(\d{2})(\d0)s\b")

_HAN_DIGITS: Final = {char: digit for digit, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_HAN_SCALES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_HAN_NUMBER: Final = re.compile(r"[零〇一二两兩三四五六七八九十百千万]+")
_MIXED: Final = re.compile(r"(\d+(?:\.\d+)?)(?:多|余|几)?([百千万])")


class Said(NamedTuple):
    """The numbers of a sentence: `stated` a translation must have too, `possible` are all that it may have."""

    stated: frozenset[int]
    possible: frozenset[int]


def in_english(text: str) -> Said:
    """The numbers of an English sentence. Months count by their number; "one" and ordinals need not be repeated."""
    stated: set[int] = set()
    possible: set[int] = set()
    for century, decade in _CENTURY.findall(text):
        possible |= {int(century) + 1, int(decade), int(century + decade)}
    text = _CENTURY.sub(" ", text)
    for number, scale in _SCALED.findall(text):
        stated.add(round(float(number) * _SCALES[scale.lower()]))
    text = _SCALED.sub(" ", text)
    stated |= {int(re.sub(r"\D", "", digits)) for digits in _DIGITS.findall(text)}
    for found in _NUMBER_WORD.finditer(text):
        value = _TENS.get((found["tens"] or "").lower(), 0)
        value += (_UNITS | _SMALL).get((found["unit"] or found["small"] or "").lower(), 0)
        value *= _SCALES.get((found["scale"] or "").lower(), 1)
        # “and six others” may be seven in all, as Chinese counts them.
        (possible if value == 1 or text.startswith(_OTHERS, found.end()) else stated).add(value)
    stated |= {_MONTHS[month] for month in _MONTH.findall(text) if month != "May"}
    if _MAY.search(text):
        stated.add(5)
    possible |= {_LOOSE[word.lower()] for word in _LOOSE_WORD.findall(text)}
    possible |= {5} if "May" in text else set()
    return Said(frozenset(stated), frozenset(stated | possible))


def in_chinese(text: str) -> Said:
    """The numbers of a Chinese sentence. Those in digits are stated; characters may be part of a word (一起, 统一)."""
    scales = _HAN_SCALES
    stated = {round(float(number) * scales[scale]) for number, scale in _MIXED.findall(text)}
    left = re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", _MIXED.sub(" ", text))
    stated |= {int(digits) for digits in re.findall(r"\d+", left)}
    possible = set(stated)
    for found in _HAN_NUMBER.findall(text):
        possible.add(_value(found))
        possible |= {_HAN_DIGITS[char] for char in found if char in _HAN_DIGITS}
        possible |= {scales[char] for char in found if char in scales}
    return Said(frozenset(stated), frozenset(possible))


def _value(digits: str) -> int:
    """The value of Chinese digits: 二十九 is 29, 二〇一八 is 2018."""
    if not any(char in _HAN_SCALES for char in digits):
        return int("".join(str(_HAN_DIGITS[char]) for char in digits))
    total = part = 0
    for char in digits:
        if char in _HAN_DIGITS:
            part = _HAN_DIGITS[char]
        elif char == "万":
            total, part = (total + part or 1) * 10_000, 0
        else:
            total, part = total + (part or 1) * _HAN_SCALES[char], 0
    return total + part
