"""Pinyin: syllables, words divided into them, readings with and without tones, and spellings that sound alike."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

import msgspec

from jasic_desktop.core.folding import fold
from jasic_desktop.core.paths import resource
from jasic_desktop.search.analysis import is_han

MAX_WORD: Final = 60
"""Longer words are not divided; the longest reading of one word of Chinese is far shorter."""
_TONE_MARKS: Final = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_WORD: Final = re.compile(r"[^\W\d_]+[1-5]?")
_TONED_RUN: Final = re.compile(r"(?:[a-z]+[1-5])+")
_TONED: Final = re.compile(r"([a-z]+)([1-5])")
NEUTRAL: Final = 5
MAX_APART: Final = 4
"""How many divisions of a word are asked of, and marked in, texts in Latin letters; and how many syllables of it."""

Division = tuple[str, ...]


@cache
def _characters() -> dict[str, str]:
    lines = resource("search", "pinyin.txt").read_text("utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines)


@cache
def syllables() -> frozenset[str]:
    """Every syllable without its tone; ü is u, and v where it follows l or n."""
    known = set(_characters())
    return frozenset(known | {"lv", "nv", "lve", "nve"})


@cache
def beginnings() -> frozenset[str]:
    """Everything that a syllable begins with."""
    return frozenset(syllable[:length] for syllable in syllables() for length in range(1, len(syllable) + 1))


@cache
def _sounds() -> dict[str, tuple[str, ...]]:
    readings: dict[str, list[str]] = {}
    for syllable, characters in _characters().items():
        for char in characters:
            readings.setdefault(char, []).append(syllable)
    return {char: tuple(found) for char, found in readings.items()}


def sounds(char: str) -> tuple[str, ...]:
    """The syllables, without tones, that a folded character can be read as; none for what is no common character."""
    return _sounds().get(char, ())


def spellings(text: str, most: int = 16) -> tuple[str, ...]:
    """How the Han characters of a folded `text` may be typed in Latin letters: all syllables as one word, and their
    initials; at most `most` readings where characters have several. None where nothing of it can be read.
    """
    readings: list[tuple[str, ...]] = [()]
    for char in text:
        said = sounds(char)
        if said:
            readings = [(*before, syllable) for before in readings for syllable in said][:most]
    whole = ("".join(reading) for reading in readings)
    initials = ("".join(syllable[0] for syllable in reading) for reading in readings)
    return tuple(dict.fromkeys(way for way in (*whole, *initials) if way))


@lru_cache(maxsize=2048)
def divisions(word: str, *, unfinished: bool = False, limit: int = 24) -> tuple[Division, ...]:
    """Every way to divide a folded word wholly into syllables, the fewest syllables first, at most `limit` of them.

    With `unfinished` the last syllable may be only begun. A word with tone numbers divides at them, in one way.
    """
    if not 0 < len(word) <= MAX_WORD or not word.isascii():
        return ()
    if toned := _TONED_RUN.match(word):
        parts = _TONED.findall(toned.group())
        rest = word[toned.end() :]
        if not all(letters in syllables() for letters, _ in parts) or (rest and not unfinished):
            return ()
        begun = tuple(letters + tone for letters, tone in parts)
        return tuple((*begun, *way) for way in divisions(rest, unfinished=True)) if rest else (begun,)
    # ways[i]: the divisions of word[i:], fewest syllables first, at most `limit` each; so the work stays bounded.
    ways: list[list[Division]] = [[] for _ in range(len(word) + 1)]
    ways[len(word)].append(())
    known = syllables()
    for start in reversed(range(len(word))):
        found: list[Division] = []
        for end in range(start + 1, min(start + 6, len(word)) + 1):
            if not ways[end]:
                continue
            part = word[start:end]
            if part in known or (unfinished and end == len(word) and part in beginnings()):
                found.extend((part, *rest) for rest in ways[end])
        found.sort(key=len)
        ways[start] = found[:limit]
    return tuple(ways[0])


def apart(division: Division) -> tuple[Division, ...]:
    """How a name of these syllables is written in Latin letters: in two words, or each syllable alone."""
    if not 1 < len(division) <= MAX_APART:
        return ()
    ways = [("".join(division[:cut]), "".join(division[cut:])) for cut in range(1, len(division))]
    return (*ways, division) if len(division) > 2 else tuple(ways)


def without_tones(word: str) -> str | None:
    """A folded word of syllables with tone numbers without them; None for any other word."""
    return re.sub("[1-5]", "", word) if _TONED_RUN.fullmatch(word) else None


class Syllable(msgspec.Struct, frozen=True):
    """One syllable of a reading: its folded letters, tone 1 to 4 or NEUTRAL, and whether its vowel is ü."""

    plain: str
    tone: int = NEUTRAL
    umlaut: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """The ways people type it: plain, with the tone number, and v for ü."""
        plain = (self.plain, self.plain.replace("u", "v", 1)) if self.umlaut else (self.plain,)
        return (*plain, *(f"{spelling}{self.tone}" for spelling in plain))


class Spoken(msgspec.Struct, frozen=True):
    """A reading by words, each of them syllables."""

    words: tuple[tuple[Syllable, ...], ...]

    @property
    def syllables(self) -> tuple[Syllable, ...]:
        """The syllables of all words."""
        return tuple(syllable for word in self.words for syllable in word)

    @property
    def joined(self) -> str:
        """The reading as one word without tones."""
        return "".join(syllable.plain for syllable in self.syllables)

    @property
    def initials(self) -> str:
        """The first letter of each syllable."""
        return "".join(syllable.plain[0] for syllable in self.syllables)


def spoken(reading: str) -> Spoken:
    """A written reading such as `Mǐ Jiǔpíng` or `hao3 ren2`, by words and syllables. What is no pinyin is left out."""
    words: list[tuple[Syllable, ...]] = []
    for word in re.split(r"[\s\-]+", unicodedata.normalize("NFD", reading)):
        found = tuple(s for part in _WORD.findall(_composed(word)) for s in _syllables_of(part))
        if found:
            words.append(found)
    return Spoken(tuple(words))


def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word)


@lru_cache(maxsize=512)
def _letters_of(char: str) -> tuple[tuple[str, int, bool], ...]:
    """The folded letters of a character, each with the tone that is marked on it and whether it has two dots."""
    marks = unicodedata.normalize("NFD", char)
    tone = next((_TONE_MARKS[mark] for mark in marks if mark in _TONE_MARKS), 0)
    return tuple((letter, tone, "\u0308" in marks) for letter in fold(char))


@lru_cache(maxsize=4096)
def _syllables_of(word: str) -> tuple[Syllable, ...]:
    """The syllables of one written word: each has one tone mark at most, which tells many divisions apart."""
    number = int(word[-1]) if word[-1] in "12345" else 0
    letters: list[tuple[str, int, bool]] = []
    for char in word.rstrip("12345"):
        letters += _letters_of(char)
    plain = "".join(letter for letter, _, _ in letters)
    best: tuple[Syllable, ...] = ()
    marked = -1
    for division in divisions(plain):
        candidate, lawful = _with_tones(division, letters, number)
        toned = sum(syllable.tone != NEUTRAL for syllable in candidate)
        if lawful and toned > marked:
            best, marked = candidate, toned
    return best


def _with_tones(
    division: Division, letters: list[tuple[str, int, bool]], number: int
) -> tuple[tuple[Syllable, ...], bool]:
    made: list[Syllable] = []
    lawful = True
    start = 0
    for part in division:
        own = letters[start : start + len(part)]
        tones = [tone for _, tone, _ in own if tone]
        lawful = lawful and len(tones) <= 1
        last = start + len(part) == len(letters)
        made.append(Syllable(part, tones[0] if tones else (last and number) or NEUTRAL, any(u for _, _, u in own)))
        start += len(part)
    return tuple(made), lawful


def sound_key(letters: str) -> str:
    """One form for spellings that are often confused: zh and z, ch and c, sh and s, ng and n, l and n, v and u."""
    alike = letters.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("ng", "n")
    return "".join(a for a, b in pairwise([*alike.replace("l", "n").replace("v", "u").replace("ü", "u"), ""]) if a != b)


def same_sound(han: str, *, limit: int = 24) -> tuple[Division, ...]:
    """The readings, without tones, that a run of folded Chinese characters can have, at most `limit`."""
    ways: list[Division] = [()]
    for char in han:
        if not is_han(char) or not sounds(char):
            return ()
        ways = [(*way, sound) for way in ways for sound in sounds(char)][:limit]
    return tuple(ways)
