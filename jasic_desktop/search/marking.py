"""Finds in a text, as it was written, the characters that answer a question."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
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


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=4096)
def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The texts of an archive are marked again with each key press; they are folded once."""
    return fold_with_offsets(text)


class Marker:
    """Marks texts for one question and one record; the needles are looked for one by one."""

    def __init__(self, wanted: tuple[Needle, ...]) -> None:
        self.needles = wanted
        self._patterns = [_compiled(needle.pattern) for needle in wanted]

    def marks(self, text: str) -> list[Mark]:
        """The marks in `text`, in order, none overlapping another."""
        if not self.needles:
            return []
        folded, offsets = _folded(text)
        return [_written(mark, offsets) for mark in self._found(folded)]

    def marks_in(self, texts: Sequence[str]) -> Iterator[tuple[int, list[Mark]]]:
        """The numbers of the texts in which something is marked, and their marks.

        All are looked through at once: of looking into each for each needle, most would be beginning to look.
        """
        if not self.needles:
            return
        folded = [_folded(text) for text in texts]
        starts = [0, *accumulate(len(text) + 1 for text, _ in folded)]
        found: dict[int, list[Mark]] = {}
        for mark in self._found(_BETWEEN.join(text for text, _ in folded)):
            number = bisect_right(starts, mark.start) - 1
            if mark.end >= starts[number + 1]:
                # A row of words that begins in one text and ends in the next, where another row may begin.
                marked = [(number, self.marks(text)) for number, text in enumerate(texts)]
                yield from ((number, marks) for number, marks in marked if marks)
                return
            found.setdefault(number, []).append(mark)
        for number, marks in found.items():
            begin, offsets = starts[number], folded[number][1]
            yield (
                number,
                [_written(m._replace(start=m.start - begin, end=m.end - begin), offsets) for m in marks],
            )

    def _found(self, folded: str) -> list[Mark]:
        """Marks on folded text, in order, none overlapping another."""
        found: list[Mark] = []
        for number, (needle, pattern) in enumerate(zip(self.needles, self._patterns, strict=True)):
            for match in pattern.finditer(folded):
                start, end = match.span()
                if _stands(folded, start, end, needle) and (needle.check is None or needle.check(match.group())):
                    found.append(Mark(start, end, number))
        found.sort(key=lambda mark: (mark.start, -mark.end))
        kept: list[Mark] = []
        for mark in found:
            if not kept or mark.start >= kept[-1].end:
                kept.append(mark)
        return kept


def _stands(folded: str, start: int, end: int, needle: Needle) -> bool:
    """Whether what was found begins and ends words as it must."""
    return not (
        (needle.begins and start > 0 and _in_word(folded[start - 1]))
        or (needle.ends and end < len(folded) and _in_word(folded[end]))
    )


def _in_word(char: str) -> bool:
    return char.isalnum() and not is_han(char)


def _written(mark: Mark, offsets: Sequence[int]) -> Mark:
    """A mark on folded text as one on the text as written: whole characters."""
    start, end = offsets[mark.start], offsets[mark.end]
    return mark._replace(start=start, end=max(end, offsets[mark.end - 1] + 1))


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
