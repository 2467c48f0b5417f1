"""Finds in a text, as it was written, the characters that answer a question."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from jasic_desktop.search.analysis import is_han
from jasic_desktop.search.answer import Span
from jasic_desktop.search.looked import Folded, Looked
from jasic_desktop.search.needles import LETTERS, OTHER, Check, Needle


class Mark(NamedTuple):
    """Characters [start, end) of a text, and the number of the needle that they answer."""

    start: int
    end: int
    needle: int


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_mark: Callable[[tuple[int, int, int]], Mark] = partial(tuple.__new__, Mark)
"""Makes a mark in half the time that Mark takes: a letter that is being typed marks a thousand places."""
Marks = dict[int, list[Mark]]
"""The marks in some texts of a record, by their numbers."""


class Marker:
    """Marks texts for one question and one record."""

    def __init__(self, wanted: tuple[Needle, ...]) -> None:
        self.needles = wanted
        self.weights = [needle.weight for needle in wanted]

    def marks(self, text: str) -> list[Mark]:
        """The marks in `text`, in order, none overlapping another."""
        return self.marks_in(Folded((text,))).get(0, [])

    def marks_in(self, texts: Folded) -> Marks:
        """The numbers of the texts in which something is marked, and their marks."""
        return marks_of(self.needles, [texts], [self])[0]


_Found = tuple[int, int, int]
"""A mark on folded text: where it begins; where it ends, below 0, so that the longest comes first; its needle."""
_Numbered = Sequence[tuple[int, Needle]]


def marks_of(common: tuple[Needle, ...], records: Sequence[Folded], markers: Sequence[Marker]) -> list[Marks]:
    """For each of `records` the marks of its marker, by the number of the text.

    All markers begin with the needles `common`; what they have besides is Chinese. Texts in ASCII, which most are, are
    looked through together.
    """
    found: list[Marks] = [{} for _ in records]
    numbered = list(enumerate(common))
    plain = [(texts.plain, own) for texts, own in zip(records, found, strict=True) if texts.plain is not None]
    if plain and (wanted := [entry for entry in numbered if entry[1].script != OTHER]):
        _mark_plain(plain, wanted)
    for texts, own, marker in zip(records, found, markers, strict=True):
        if (looked := texts.others) is not None:
            more = numbered if marker.needles is common else list(enumerate(marker.needles))
            if some := looked.look(more):
                _place(looked, some, _found(looked, None, some), own)
    return found


def _mark_plain(parts: Sequence[tuple[Looked, Marks]], wanted: _Numbered) -> None:
    """Add the marks on texts in ASCII."""
    spaced: list[str] = []
    starts: list[int] = []
    sewn: dict[str, list[int]] = {}
    at = 0
    for number, (looked, _) in enumerate(parts):
        looked.fold()
        spaced.append(looked.spaced)
        starts.append(at)
        at += looked.size + 1
        for pair in looked.sewn:
            sewn.setdefault(pair, []).append(number)
    starts.append(at)
    together = f" {' '.join(spaced)} "
    found: list[list[_Found]] = [[] for _ in parts]
    for number, needle in wanted:
        odd: Iterable[int] = range(len(parts))
        if needle.literal and needle.begins:
            odd = _sewn_in(needle, sewn)
            _by_words(together, starts, number, needle, found)
        for part in odd:
            looked = parts[part][0]
            if needle.literal and needle.begins:
                found[part] = [mark for mark in found[part] if mark[2] != number]
            elif looked.lacks(needle):
                continue
            _by_pattern(looked.whole, number, needle, found[part])
    for (looked, own), marks in zip(parts, found, strict=True):
        if marks:
            _place(looked, wanted, _apart(marks) if len(wanted) > 1 else marks, own)


def _sewn_in(needle: Needle, sewn: Mapping[str, Sequence[int]]) -> set[int]:
    """The records in which a sign may stand inside of the literal letters of `needle`."""
    if not needle.spread:
        return set()
    return {record for pair in pairwise(needle.literal) for record in sewn.get("".join(pair), ())}


def _place(looked: Looked, wanted: _Numbered, found: Sequence[_Found], marks: Marks) -> None:
    """Add to `marks` what was `found` in `looked`, text by text."""
    starts, offsets = looked.starts, looked.offsets
    place, begin, end = 0, 0, -1
    here: list[Mark] = []
    for start, last, needle in found:
        if start >= end:
            place = looked.place(start)
            begin, end = starts[place], starts[place + 1]
            here = marks[looked.numbers[place]] = []
        if -last >= end:
            # A row of words that begins in one text and ends in the next, where another row may begin.
            _mark_one_by_one(looked, wanted, marks)
            return
        if offsets is None:
            here.append(_mark((start - begin, -last - begin, needle)))
        else:
            here.append(_written(start - begin, -last - begin, needle, offsets[place]))


def _mark_one_by_one(looked: Looked, wanted: _Numbered, found: Marks) -> None:
    for place, (start, end) in enumerate(pairwise(looked.starts)):
        offsets = looked.offsets[place] if looked.offsets is not None else None
        marks = [
            _written(begin, -last, needle, offsets)
            for begin, last, needle in _found(looked, looked.whole[start : end - 1], wanted)
        ]
        found.pop(looked.numbers[place], None)
        if marks:
            found[looked.numbers[place]] = marks


def _found(looked: Looked, text: str | None, wanted: _Numbered) -> list[_Found]:
    """Marks on what is looked through as a whole, or one `text` of it, in order, none overlapping another."""
    found: list[_Found] = []
    folded = looked.whole if text is None else text
    for number, needle in wanted:
        if looked.literally(needle):
            _by_letters(folded, number, needle, found)
        else:
            _by_pattern(folded, number, needle, found)
    return _apart(found) if len(wanted) > 1 else found


def _apart(found: list[_Found]) -> list[_Found]:
    """Those in order that overlap none before; of several at one place the longest."""
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


def _by_words(spaced: str, starts: Sequence[int], number: int, needle: Needle, found: Sequence[list[_Found]]) -> None:
    """The same for records in ASCII, in a text of words with spaces between, in which each record begins at one of
    `starts`: there a match is a word or its beginning.
    """
    literal, check = needle.literal, needle.check
    size = len(literal)
    word = f" {literal} " if needle.rest is None and needle.ends else f" {literal}"
    letters = needle.rest is LETTERS
    any_word = not letters and check is None
    record, begin, behind = 0, 0, starts[1]
    here = found[0]
    at = spaced.find(word)
    while at >= 0:
        if at >= behind:
            record = bisect_right(starts, at) - 1
            begin, behind, here = starts[record], starts[record + 1], found[record]
        if needle.rest is None:
            here.append((at - begin, begin - at - size, number))
            at = spaced.find(word, at + size + 1)
            continue
        end = spaced.find(" ", at + 1)
        if any_word or _fits(spaced[at + 1 : end], check, letters=letters):
            here.append((at - begin, begin + 1 - end, number))
        at = spaced.find(word, end)


def _fits(word: str, check: Check | None, *, letters: bool) -> bool:
    return (not letters or word.isalpha()) and (check is None or check(word))


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


def spans(text: str, marks: Iterable[Mark], begin: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """`text`, or [begin, end) of it, where all of `marks` are, as spans; their texts together are that."""
    found: list[Span] = []
    at = begin
    until = len(text) if end is None else end
    for start, last, _ in marks:
        if start > at:
            found.append(Span(text[at:start]))
        if last > at:
            found.append(Span(text[max(at, start) : last], True))  # noqa: FBT003 - by its name takes twice as long
            at = last
    if at < until:
        found.append(Span(text[at:until]))
    return tuple(found)
