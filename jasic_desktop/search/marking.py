"""Finds in a text, as it was written, the characters that answer a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from jasic_desktop.search.analysis import is_han
from jasic_desktop.search.answer import Span
from jasic_desktop.search.looked import Folded, Looked
from jasic_desktop.search.needles import LETTERS, Needle


class Mark(NamedTuple):
    """Characters [start, end) of a text, and the number of the needle that they answer."""

    start: int
    end: int
    needle: int


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class Marker:
    """Marks texts for one question and one record."""

    def __init__(self, wanted: tuple[Needle, ...]) -> None:
        self.needles = wanted

    def marks(self, text: str) -> list[Mark]:
        """The marks in `text`, in order, none overlapping another."""
        return self.marks_in(Folded((text,))).get(0, [])

    def marks_in(self, texts: Folded) -> dict[int, list[Mark]]:
        """The numbers of the texts in which something is marked, and their marks."""
        found: dict[int, list[Mark]] = {}
        numbered = list(enumerate(self.needles))
        for looked in texts:
            if wanted := looked.look(numbered):
                _mark(looked, wanted, found)
        return found


_Found = tuple[int, int, int]
"""A mark on folded text: where it begins; where it ends, below 0, so that the longest comes first; its needle."""


def _mark(looked: Looked, wanted: Sequence[tuple[int, Needle]], found: dict[int, list[Mark]]) -> None:
    """Add to `found` what of `looked` answers any of `wanted`."""
    starts, offsets = looked.starts, looked.offsets
    place, begin, end = 0, 0, -1
    marks: list[Mark] = []
    for start, last, needle in _found(looked, None, wanted):
        if start >= end:
            place = looked.place(start)
            begin, end = starts[place], starts[place + 1]
            marks = found[looked.numbers[place]] = []
        if -last >= end:
            # A row of words that begins in one text and ends in the next, where another row may begin.
            _mark_one_by_one(looked, wanted, found)
            return
        marks.append(_written(start - begin, -last - begin, needle, offsets[place] if offsets is not None else None))


def _mark_one_by_one(looked: Looked, wanted: Sequence[tuple[int, Needle]], found: dict[int, list[Mark]]) -> None:
    for place, (start, end) in enumerate(pairwise(looked.starts)):
        offsets = looked.offsets[place] if looked.offsets is not None else None
        marks = [
            _written(begin, -last, needle, offsets)
            for begin, last, needle in _found(looked, looked.whole[start : end - 1], wanted)
        ]
        found.pop(looked.numbers[place], None)
        if marks:
            found[looked.numbers[place]] = marks


def _found(looked: Looked, text: str | None, wanted: Sequence[tuple[int, Needle]]) -> list[_Found]:
    """Marks on what is looked through as a whole, or one `text` of it, in order, none overlapping another."""
    found: list[_Found] = []
    spaced = looked.spaced if text is None else None
    for number, needle in wanted:
        if not looked.literally(needle):
            _by_pattern(looked.whole if text is None else text, number, needle, found)
        elif spaced is not None and needle.begins:
            _by_words(spaced, number, needle, found)
        else:
            _by_letters(looked.whole if text is None else text, number, needle, found)
    if len(wanted) < 2:
        return found
    found.sort()
    kept: list[_Found] = []
    at = 0
    for mark in found:
        if mark[0] >= at:
            kept.append(mark)
            at = -mark[1]
    return kept


def _by_pattern(folded: str, number: int, needle: Needle, found: list[_Found]) -> None:
    for match in _compiled(needle.pattern).finditer(folded):
        start, end = match.span()
        if _stands(folded, start, end, needle) and (needle.check is None or needle.check(match.group())):
            found.append((start, -end, number))


def _by_letters(folded: str, number: int, needle: Needle, found: list[_Found]) -> None:
    """The same where the pattern is some letters and what follows them: to compile it would take longer than this."""
    literal, rest, check = needle.literal, needle.rest, needle.check
    size = len(literal)
    start = folded.find(literal)
    while start >= 0:
        end = start + size
        if rest is not None and (more := rest.match(folded, end)) is not None:
            end = more.end()
        if _stands(folded, start, end, needle) and (check is None or check(folded[start:end])):
            found.append((start, -end, number))
        start = folded.find(literal, end)


def _by_words(spaced: str, number: int, needle: Needle, found: list[_Found]) -> None:
    """The same in a text of words with spaces between, where a match is a word or its beginning."""
    check = needle.check
    if needle.rest is None:
        word = f" {needle.literal} " if needle.ends else f" {needle.literal}"
        size = len(needle.literal)
        at = spaced.find(word)
        while at >= 0:
            found.append((at, -at - size, number))
            at = spaced.find(word, at + size + 1)
        return
    letters = needle.rest is LETTERS
    at = spaced.find(f" {needle.literal}")
    while at >= 0:
        end = spaced.find(" ", at + 1)
        word = spaced[at + 1 : end]
        if (not letters or word.isalpha()) and (check is None or check(word)):
            found.append((at, 1 - end, number))
        at = spaced.find(f" {needle.literal}", end)


def _stands(folded: str, start: int, end: int, needle: Needle) -> bool:
    """Whether what was found begins and ends words as it must."""
    return not (
        (needle.begins and start > 0 and _in_word(folded[start - 1]))
        or (needle.ends and end < len(folded) and _in_word(folded[end]))
    )


def _in_word(char: str) -> bool:
    return char.isalnum() and not is_han(char)


def _written(start: int, end: int, needle: int, offsets: Sequence[int] | None) -> Mark:
    """A mark on a folded text as one on the text as written: whole characters."""
    if offsets is None:
        return Mark(start, end, needle)
    return Mark(offsets[start], max(offsets[end], offsets[end - 1] + 1), needle)


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
