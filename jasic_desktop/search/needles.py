"""What to look for in a text, so that it shows why the text answers a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

import msgspec

from jasic_desktop.core.folding import fold
from jasic_desktop.core.records import Reading
from jasic_desktop.search.analysis import JOINERS, Run, has_han, runs
from jasic_desktop.search.edits import within
from jasic_desktop.search.pinyin import MAX_APART, Syllable, divisions, same_sound, spoken
from jasic_desktop.search.query import Fuzzy, Node, Phrase, Prefix, Typed, Wildcard, Word, leaves
from jasic_desktop.search.terms import Stem, stemmable

# Patterns begin with a letter, and hold no sets of characters beyond ASCII: such compile and run ten times as fast.
_SIGN: Final = r"[^\w\s]?"
_REST: Final = "[0-9a-z]*"
_ENDING: Final = "[a-z]*"
LETTERS: Final = re.compile(_ENDING)
_RESTS: Final = {"": None, _REST: re.compile(_REST)}
_SIGNS: Final = re.compile(f"[{JOINERS}]")

_WORDS_OF_A_NAME: Final = 4
_ROW: Final = 12
"""Words of a question in which names are looked for."""

LATIN: Final = "latin"
OTHER: Final = "other"

Check = Callable[[str], bool]


class Needle(msgspec.Struct, frozen=True):
    """A pattern over folded text; whether it must begin and end a word; and what a match must fulfil besides.

    `weight` says how telling a match is. `letters` are those, or characters, that stand one after another in whatever
    matches, once all signs and spaces are left out: where they do not, nothing has to be looked for. Where the pattern
    is no more than that, they are the `literal` with the `rest` of a word after it, and with signs inside if `spread`.
    `script` is LATIN where nothing matches that has no letters of ASCII, OTHER where nothing does that has no others.
    """

    pattern: str
    letters: str
    begins: bool = False
    ends: bool = False
    check: Check | None = None
    weight: float = 1.0
    literal: str = ""
    rest: re.Pattern[str] | None = None
    spread: bool = False
    script: str = ""

    def __post_init__(self) -> None:
        letters = self.letters
        script = "" if not letters.isalnum() else LATIN if letters.isascii() else OTHER
        msgspec.structs.force_setattr(self, "script", script)


def needles(node: Node | None, stem: Stem) -> tuple[Needle, ...]:
    """What to look for: every word that is wanted, with its stem, beginning, pattern or likeness."""
    found: list[Needle] = []
    for leaf, wanted in leaves(node):
        if wanted:
            found.extend(_of(leaf, stem))
    return tuple(found)


def _of(leaf: Node, stem: Stem) -> Iterator[Needle]:
    match leaf:
        case Word(text):
            found = list(runs(text))
            yield _in_a_row(found)
            yield from _alike(found, stem)
        case Typed(text):
            found = list(runs(text))
            yield _in_a_row(found, unfinished=True)
            yield from _alike(found, stem)
        case Phrase(text):
            yield _in_a_row(list(runs(text)), weight=2.0)
        case Prefix(text):
            yield _in_a_row(list(runs(text)), unfinished=True)
        case Wildcard(pattern):
            parts = [_SIGNS.sub("", fold(part)) for part in pattern.split("*")]
            yield Needle(_REST.join(map(_spread, parts)), max(parts, key=len), begins=True, ends=True)
        case Fuzzy(text, distance):
            yield from _near(next(runs(text)), distance)
        case _:
            return


def _spread(word: str) -> str:
    """A word with or without signs inside it."""
    return _SIGN.join(map(re.escape, word))


def _in_a_row(found: list[Run], *, unfinished: bool = False, weight: float = 1.0) -> Needle:
    """Runs that follow each other with nothing but spaces and signs between them."""
    pattern = letters = ""
    for number, run in enumerate(found):
        if number:
            pattern += r"[\W_]*" if run.han or found[number - 1].han else r"[\W_]+"
        pattern += re.escape(run.text) if run.han else _spread(run.joined)
        letters += run.joined
    latin = not found[-1].han
    rest = _REST if unfinished and latin else ""
    alone = len(found) == 1 and (letters.isascii() or not latin)
    return Needle(
        pattern + rest,
        letters,
        begins=not found[0].han,
        ends=latin and not unfinished,
        weight=weight,
        literal=letters if alone else "",
        rest=_RESTS[rest],
        spread=latin,
    )


def _alike(found: list[Run], stem: Stem) -> Iterator[Needle]:
    """A Latin word with another ending, and as pinyin written apart."""
    if len(found) != 1 or found[0].han:
        return
    word = found[0].joined
    if stemmable(word):
        yield _stemmed(word, stem)
    for division in divisions(word)[:MAX_APART]:
        if len(division) > 1:
            yield Needle(r"[\W_]*".join(division), "".join(division), begins=True, ends=True)


def _stemmed(word: str, stem: Stem) -> Needle:
    """Words with the same stem: they begin alike, but for a last letter that the ending changes."""
    target = stem(word)
    begin = target if word.startswith(target) and target[-1] not in "ei" else target[:-1]
    return Needle(
        begin + _ENDING,
        begin,
        begins=True,
        ends=True,
        check=lambda found: stem(found) == target,
        weight=0.8,
        literal=begin,
        rest=LETTERS,
    )


def _near(run: Run, distance: int) -> Iterator[Needle]:
    if not run.han:
        word = run.joined
        pattern = re.escape(word[0]) + _REST
        yield Needle(
            pattern, word[0], begins=True, ends=True, check=lambda found: within(word, found, distance), weight=0.8
        )


# Pinyin ------------------------------------------------------------------------------------------------------------

Asked = tuple[tuple[tuple[str, ...], bool], ...]
"""Runs of syllables, each with whether its last one is unfinished."""


@lru_cache(maxsize=4096)
def _spoken(pinyin: str) -> tuple[Syllable, ...]:
    return spoken(pinyin).syllables


@lru_cache(maxsize=4096)
def _letters(pinyin: str) -> str:
    """All letters of a reading, in a row, without tones."""
    return "".join(filter(str.isalpha, fold(pinyin)))


def _may_say(asked: Asked, pinyin: str) -> bool:
    """Whether all syllables of any run may stand in a reading: to cut it into syllables takes fifty times as long."""
    letters = _letters(pinyin)
    return any(
        all((part := spelling.rstrip("12345")) in letters or part.replace("v", "u") in letters for spelling in wanted)
        for wanted, _ in asked
    )


def spoken_needles(asked: Asked, readings: Iterable[Reading]) -> tuple[Needle, ...]:
    """The Chinese characters that pinyin of a question reads, by the readings of the record at hand."""
    if not asked:
        return ()
    found: dict[str, None] = {}
    for reading in readings:
        if not _may_say(asked, reading.pinyin):
            continue
        said = _spoken(reading.pinyin)
        han = fold(reading.han)
        # With letters or digits among the characters there is no telling which syllable is whose.
        if len(said) == len(han):
            found.update((han[start:end], None) for start, end in _places(asked, said))
    return tuple(Needle(re.escape(text), text, weight=1.5, literal=text) for text in found if has_han(text))


def _places(asked: Asked, said: tuple[Syllable, ...]) -> Iterator[tuple[int, int]]:
    for wanted, unfinished in asked:
        for start in range(len(said) - len(wanted) + 1):
            here = said[start : start + len(wanted)]
            last = here[-1].plain.startswith(wanted[-1]) if unfinished else wanted[-1] in here[-1].spellings
            if last and all(part in other.spellings for part, other in zip(wanted[:-1], here[:-1], strict=True)):
                yield start, start + len(wanted)


def syllables_asked(node: Node | None) -> Asked:
    """The pinyin of a question: words that divide, and words in a row, as a name is written (`Mi Jiuping`)."""
    return tuple(dict.fromkeys(_syllables_asked(node)))


def _syllables_asked(node: Node | None) -> Iterator[tuple[tuple[str, ...], bool]]:
    row: list[tuple[str, ...]] = []
    for leaf, wanted in leaves(node):
        if not wanted or not isinstance(leaf, Word | Typed | Phrase | Fuzzy):
            continue
        for run in runs(leaf.text):
            if run.han:
                if isinstance(leaf, Fuzzy):
                    yield from ((way, False) for way in same_sound(run.text))
                continue
            ways = divisions(run.joined)
            yield from ((way, False) for way in ways if len(way) > 1)
            if isinstance(leaf, Typed):
                yield from ((way, True) for way in divisions(run.joined, unfinished=True) if len(way) > 1)
            if ways:
                row.append(ways[0])
    for start in range(min(len(row), _ROW)):
        for end in range(start + 2, min(len(row), start + _WORDS_OF_A_NAME) + 1):
            yield tuple(chain.from_iterable(row[start:end])), False
    if len(row) > _WORDS_OF_A_NAME:
        yield tuple(chain.from_iterable(row)), False
