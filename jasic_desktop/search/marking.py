"""Finds in a text, as it was written, the characters that answer a question."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from jasic_desktop.core.folding import fold_with_offsets
from jasic_desktop.search.analysis import is_han
from jasic_desktop.search.answer import Span
from jasic_desktop.search.needles import Needle

_BETWEEN: Final = "\0"
"""Between texts that are looked through at once; no text of a record has it."""


class Mark(NamedTuple):
    """Characters [start, end) of a text, and the number of the needle that they answer."""

    start: int
    end: int
    needle: int


_SIGNS: Final = re.compile(r"[\W_]+")
_ASCII_SIGNS: Final = dict.fromkeys(code for code in range(128) if not chr(code).isalnum())


def _without_signs(folded: str) -> str:
    # Leaving characters out by a table is far quicker, but for a text beyond ASCII.
    return folded.translate(_ASCII_SIGNS) if folded.isascii() else _SIGNS.sub("", folded)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class Folded:
    """Texts as they are looked through, all at once: of looking into each for each needle, most would be beginning to
    look. What a record shows is kept as this, as typing looks through nearly the same records with each key press.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)
        folded = [fold_with_offsets(text) for text in self.texts]
        self.whole = _BETWEEN.join(text for text, _ in folded)
        self._looked_through = False
        self.starts = [0, *accumulate(len(text) + 1 for text, _ in folded)]
        self.offsets = [offsets for _, offsets in folded]

    @cached_property
    def _letters(self) -> str:
        """All of the texts without signs and spaces."""
        parts = self.whole.split(_BETWEEN)
        kinds = ([part for part in parts if part.isascii() is plain] for plain in (True, False))
        return "".join(_without_signs(_BETWEEN.join(kind)) for kind in kinds)

    def may_hold(self, wanted: Sequence[Needle]) -> list[tuple[int, Needle]]:
        """The needles, with their numbers, but for some that surely match nothing."""
        numbered = list(enumerate(wanted))
        if not self._looked_through:
            # To find that out costs as much as it saves once, and little of it from then on.
            self._looked_through = True
            return numbered
        return [entry for entry in numbered if entry[1].letters in self._letters]


class Marker:
    """Marks texts for one question and one record; the needles are looked for one by one."""

    def __init__(self, wanted: tuple[Needle, ...]) -> None:
        self.needles = wanted

    def marks(self, text: str) -> list[Mark]:
        """The marks in `text`, in order, none overlapping another."""
        return self.marks_of(Folded((text,)))

    def marks_of(self, text: Folded) -> list[Mark]:
        """The same for one text that was folded before."""
        return next((marks for _, marks in self.marks_in(text)), [])

    def marks_in(self, texts: Folded) -> Iterator[tuple[int, list[Mark]]]:
        """The numbers of the texts in which something is marked, rising, and their marks."""
        starts = texts.starts
        found: dict[int, list[Mark]] = {}
        number, end = -1, 0
        wanted = texts.may_hold(self.needles)
        for mark in _found(texts.whole, wanted) if wanted else ():
            if mark.start >= end:
                number = bisect_right(starts, mark.start) - 1
                end = starts[number + 1]
                marks = found[number] = []
                begin, offsets = starts[number], texts.offsets[number]
            if mark.end >= end:
                # A row of words that begins in one text and ends in the next, where another row may begin.
                yield from _one_by_one(texts, wanted)
                return
            marks.append(_written(mark, begin, offsets))
        yield from found.items()


def _one_by_one(texts: Folded, wanted: Sequence[tuple[int, Needle]]) -> Iterator[tuple[int, list[Mark]]]:
    for number, (start, end) in enumerate(pairwise(texts.starts)):
        offsets = texts.offsets[number]
        if marks := [_written(mark, 0, offsets) for mark in _found(texts.whole[start : end - 1], wanted)]:
            yield number, marks


def _found(folded: str, wanted: Sequence[tuple[int, Needle]]) -> list[Mark]:
    """Marks on folded text, in order, none overlapping another."""
    found: list[Mark] = []
    for number, needle in wanted:
        for match in _compiled(needle.pattern).finditer(folded):
            start, end = match.span()
            if _stands(folded, start, end, needle) and (needle.check is None or needle.check(match.group())):
                found.append(Mark(start, end, number))
    if len(wanted) < 2:
        return found
    found.sort(key=lambda mark: (mark.start, -mark.end))
    kept: list[Mark] = []
    at = 0
    for mark in found:
        if mark.start >= at:
            kept.append(mark)
            at = mark.end
    return kept


def _stands(folded: str, start: int, end: int, needle: Needle) -> bool:
    """Whether what was found begins and ends words as it must."""
    return not (
        (needle.begins and start > 0 and _in_word(folded[start - 1]))
        or (needle.ends and end < len(folded) and _in_word(folded[end]))
    )


def _in_word(char: str) -> bool:
    return char.isalnum() and not is_han(char)


def _written(mark: Mark, begin: int, offsets: Sequence[int]) -> Mark:
    """A mark on a folded text that begins at `begin` as one on the text as written: whole characters."""
    start, end, needle = mark
    end -= begin
    return Mark(offsets[start - begin], max(offsets[end], offsets[end - 1] + 1), needle)


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
