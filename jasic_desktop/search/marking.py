"""Finds in a text, as it was written, the characters that answer a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from jasic_desktop.core.folding import fold, fold_with_offsets
from jasic_desktop.core.records import Reading
from jasic_desktop.search.analysis import JOINERS, LETTER, Run, has_han, runs
from jasic_desktop.search.answer import Span
from jasic_desktop.search.edits import within
from jasic_desktop.search.pinyin import MAX_APART, Syllable, divisions, same_sound, spoken
from jasic_desktop.search.query import Fuzzy, Node, Phrase, Prefix, Typed, Wildcard, Word, leaves
from jasic_desktop.search.terms import Stem, stemmable

_JOINER: Final = f"[{JOINERS}]?"
_BEFORE: Final = f"(?<!{LETTER})"
_AFTER: Final = f"(?!{LETTER})"
_REST: Final = f"(?:{LETTER}|[{JOINERS}](?={LETTER}))*"
_PART: Final = re.compile(f"{LETTER}+")

Check = Callable[[str], bool]


class Mark(NamedTuple):
    """Characters [start, end) of a text, and the number of the needle that they answer."""

    start: int
    end: int
    needle: int


@dataclass(frozen=True, slots=True)
class Needle:
    """A pattern over folded text, and what a match must fulfil besides; `weight` says how telling it is."""

    pattern: str
    check: Check | None = None
    weight: float = 1.0


def needles(node: Node | None, stem: Stem) -> tuple[Needle, ...]:
    """What to mark for a question: every word that is wanted, with its stem, beginning, pattern or likeness."""
    found: list[Needle] = []
    for leaf, wanted in leaves(node):
        if wanted:
            found.extend(_of(leaf, stem))
    return tuple(found)


def _of(leaf: Node, stem: Stem) -> Iterator[Needle]:
    match leaf:
        case Word(text):
            found = list(runs(text))
            yield Needle(_in_a_row(found))
            yield from _alike(found, stem)
        case Typed(text):
            found = list(runs(text))
            yield Needle(_in_a_row(found, unfinished=True))
            yield from _alike(found, stem)
        case Phrase(text):
            yield Needle(_in_a_row(list(runs(text))), weight=2.0)
        case Prefix(text):
            yield Needle(_in_a_row(list(runs(text)), unfinished=True))
        case Wildcard(pattern):
            parts = (_JOINER.join(map(re.escape, re.sub(_JOINER, "", fold(part)))) for part in pattern.split("*"))
            yield Needle(_BEFORE + _REST.join(parts) + _AFTER)
        case Fuzzy(text, distance):
            yield from _near(next(runs(text)), distance)
        case _:
            return


def _in_a_row(found: list[Run], *, unfinished: bool = False) -> str:
    """The pattern of runs that follow each other with nothing but spaces and signs between them."""
    pattern = ""
    for number, run in enumerate(found):
        if number:
            pattern += r"[\W_]*" if run.han or found[number - 1].han else r"[\W_]+"
        if run.han:
            pattern += re.escape(run.text)
            continue
        last = number == len(found) - 1
        word = _JOINER.join(map(re.escape, run.joined))
        pattern += _BEFORE + word + (_REST if unfinished and last else _AFTER)
    return pattern


def _alike(found: list[Run], stem: Stem) -> Iterator[Needle]:
    """A Latin word with another ending, and as pinyin written apart."""
    if len(found) != 1 or found[0].han:
        return
    word = found[0].joined
    if stemmable(word):
        yield _stemmed(word, stem)
    for division in divisions(word)[:MAX_APART]:
        if len(division) > 1:
            yield Needle(_BEFORE + r"[\W_]*".join(division) + _AFTER)


def _stemmed(word: str, stem: Stem) -> Needle:
    """Words with the same stem: they begin alike, but for a last letter that the ending changes."""
    target = stem(word)
    begin = target if word.startswith(target) and target[-1] not in "ei" else target[:-1]

    def same(found: str) -> bool:
        return any(stem(part) == target for part in (found, *_PART.findall(found)))

    return Needle(_BEFORE + re.escape(begin) + r"[a-z]*" + _AFTER, same, 0.8)


def _near(run: Run, distance: int) -> Iterator[Needle]:
    if run.han:
        return

    word = run.joined

    def near(found: str) -> bool:
        return within(word, re.sub(f"[{JOINERS}]", "", found), distance)

    yield Needle(_BEFORE + re.escape(word[0]) + _REST + _AFTER, near, 0.8)


@lru_cache(maxsize=4096)
def _spoken(pinyin: str) -> tuple[Syllable, ...]:
    return spoken(pinyin).syllables


Asked = tuple[tuple[tuple[str, ...], bool], ...]
"""Runs of syllables, each with whether its last one is unfinished."""


def spoken_needles(asked: Asked, readings: Iterable[Reading]) -> tuple[Needle, ...]:
    """The Chinese characters that pinyin of a question reads, by the readings of the record at hand."""
    found: dict[str, None] = {}
    if not asked:
        return ()
    for reading in readings:
        said = _spoken(reading.pinyin)
        han = fold(reading.han)
        if len(said) != len(han):
            # Letters or digits among the characters: no telling which syllable is whose.
            continue
        for wanted, unfinished in asked:
            for start in range(len(said) - len(wanted) + 1):
                here = said[start : start + len(wanted)]
                ends = [part in syllable.spellings for part, syllable in zip(wanted, here, strict=True)]
                if unfinished:
                    ends[-1] = here[-1].plain.startswith(wanted[-1])
                if all(ends):
                    found[han[start : start + len(wanted)]] = None
    return tuple(Needle(re.escape(text), weight=1.5) for text in found if has_han(text))


def syllables_asked(node: Node | None) -> Asked:
    """The pinyin of a question: words that divide, and runs of words that are one syllable each."""
    return tuple(dict.fromkeys(_syllables_asked(node)))


def _syllables_asked(node: Node | None) -> Iterator[tuple[tuple[str, ...], bool]]:
    row: list[str] = []
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
            if len(ways) > 0 and len(ways[0]) == 1:
                row.append(ways[0][0])
    if len(row) > 1:
        yield tuple(row), False


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class Marker:
    """Marks texts for one question and one record; `needles` are looked for one by one."""

    def __init__(self, wanted: tuple[Needle, ...]) -> None:
        self.needles = wanted
        self._patterns = [_compiled(needle.pattern) for needle in wanted]

    def marks(self, text: str) -> list[Mark]:
        """The marks in `text`, in order, none overlapping another."""
        if not self.needles:
            return []
        folded, offsets = _folded(text)
        found: list[Mark] = []
        for number, pattern in enumerate(self._patterns):
            check = self.needles[number].check
            for match in pattern.finditer(folded):
                start, end = match.span()
                if start < end and (check is None or check(match.group())):
                    found.append(Mark(start, end, number))
        found.sort(key=lambda mark: (mark.start, -mark.end))
        kept: list[Mark] = []
        for mark in found:
            if not kept or mark.start >= kept[-1].end:
                kept.append(mark)
        return [_written(mark, offsets) for mark in kept]


def _written(mark: Mark, offsets: Sequence[int]) -> Mark:
    """A mark on folded text as one on the text as written: whole characters."""
    start, end = offsets[mark.start], offsets[mark.end]
    return mark._replace(start=start, end=max(end, offsets[mark.end - 1] + 1))


@lru_cache(maxsize=4096)
def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The texts of an archive are marked again with each key press; they are folded once."""
    return fold_with_offsets(text)


def spans(text: str, marks: Iterable[Mark]) -> tuple[Span, ...]:
    """`text` as spans; their texts together are `text`."""
    found: list[Span] = []
    at = 0
    for mark in marks:
        if mark.start > at:
            found.append(Span(text[at : mark.start]))
        if mark.end > at:
            found.append(Span(text[max(at, mark.start) : mark.end], match=True))
            at = mark.end
    if at < len(text):
        found.append(Span(text[at:]))
    return tuple(found)
