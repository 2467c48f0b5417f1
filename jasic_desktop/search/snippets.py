"""Cuts from a record the few sentences that answer a question best."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from jasic_desktop.core.languages import Language
from jasic_desktop.search.analysis import has_han
from jasic_desktop.search.answer import Span
from jasic_desktop.search.looked import Folded
from jasic_desktop.search.marking import Mark, Marker, spans
from jasic_desktop.search.texts import Passage

MAX_LATIN: Final = 200
MAX_HAN: Final = 100
"""At most this many characters are cut, by script: Chinese says as much in half of them."""
ELLIPSIS: Final = "…"

_SENTENCE_END: Final = re.compile(r"[.!?][\"'”’)\]]*\s+|[。！？；][”’」』）]*\s*")
_LONGEST_END: Final = 16
"""Characters with which a sentence ends at most: a longer row of quotes and spaces is cut as it comes."""
_SPACE: Final = re.compile(r"\s")
_OTHER_LANGUAGE: Final = 0.5
"""What a match counts in a text that is not in the language of the reader, where the record has both."""
_LATER: Final = 0.002
_AGAIN: Final = 0.05
"""What a match counts where what it answers is matched already."""


class Passages(Folded):
    """The passages of a record, and `others` of its texts behind them, to be looked through for one question after
    another.
    """

    def __init__(self, passages: Iterable[Passage], others: Iterable[str] = ()) -> None:
        self.passages = tuple(passages)
        super().__init__([*(passage.text for passage in self.passages), *others])


def snippet(
    passages: tuple[Passage, ...], found: Mapping[int, list[Mark]], marker: Marker, language: Language
) -> tuple[Span, ...]:
    """The best window of the best passage, its matches marked; without any match the beginning of the first.

    `found` are the marks of `marker` in the passages, by the number of the passage. Cut texts begin or end with
    ELLIPSIS as a span of its own. Empty where there are no passages.
    """
    if not passages:
        return ()
    marked = [number for number in sorted(found) if number < len(passages)]
    if not marked:
        first = next((p for p in passages if _reads(p.language, language)), passages[0])
        return _cut(first.text, [], [], _length(first.text))
    best: tuple[float, str, list[Mark], list[Mark], int] | None = None
    for number in marked:
        passage, marks = passages[number], found[number]
        share = 1.0 if _reads(passage.language, language) else _OTHER_LANGUAGE
        if best is not None and _value(marks, marker) * share - number * _LATER <= best[0]:
            continue  # all of its marks together would not be worth more
        length = _length(passage.text)
        window = _best_window(marks, marker.weights, length)
        # Of one passage alone it does not matter what it is worth.
        value = _value(window, marker) * share - number * _LATER if len(marked) > 1 else 0.0
        if best is None or value > best[0]:
            best = (value, passage.text, marks, window, length)
    return _cut(*best[1:]) if best is not None else ()


def _reads(text: Language, reader: Language) -> bool:
    return (text == "en") == (reader == "en")


def _length(text: str) -> int:
    return MAX_HAN if has_han(text) else MAX_LATIN


def _value(marks: Sequence[Mark], marker: Marker) -> float:
    """Different needles count whole, the same one again only a little."""
    different = {mark[2] for mark in marks}
    return _whole(different, marker.weights) + _AGAIN * (len(marks) - len(different))


def _whole(different: Collection[int], weights: Sequence[float]) -> float:
    return sum([weights[number] for number in different])


def _best_window(marks: list[Mark], weights: Sequence[float], length: int) -> list[Mark]:
    """The neighbouring marks, no further apart than a snippet of `length` is long, that are worth most."""
    if marks[-1].end - marks[0].start <= length:
        return marks
    if len(weights) == 1:
        return _fullest_window(marks, length)
    best, value = slice(0), -1.0
    end, count = 0, len(marks)
    counts: dict[int, int] = {}
    whole, kinds, changed = 0.0, 0, True
    for start, (begin, _, needle) in enumerate(marks):
        while end < count and (end <= start or marks[end][1] - begin <= length):
            other = marks[end][2]
            held = counts.get(other, 0)
            counts[other] = held + 1
            changed = changed or not held
            end += 1
        if changed:
            kinds, whole, changed = len(counts), _whole(set(counts), weights), False
        worth = whole + _AGAIN * (end - start - kinds)
        if worth > value:
            best, value = slice(start, end), worth
        if end == count:
            break  # what begins later is a part of this
        if counts[needle] > 1:
            counts[needle] -= 1
        else:
            del counts[needle]
            changed = True
    return marks[best]


def _fullest_window(marks: list[Mark], length: int) -> list[Mark]:
    """The same where all marks are of one needle: the first of those that hold most."""
    best, most, end, count = 0, 0, 0, len(marks)
    for start, (begin, _, _) in enumerate(marks):
        end = max(end, start + 1)
        while end < count and marks[end][1] - begin <= length:
            end += 1
        if end - start > most:
            best, most = start, end - start
        if end == count:
            break  # what begins later is a part of this
    return marks[best : best + most]


def _cut(text: str, marks: list[Mark], window: list[Mark], length: int) -> tuple[Span, ...]:
    """The window with what fits around it, from a sentence's beginning to a sentence's end where that is near."""
    if len(text) <= length:
        return spans(text, marks)
    first = window[0].start if window else 0
    last = max(window[-1].end, first) if window else 0
    room = max(0, length - (last - first))
    begin = _begin(text, first, room)
    end = _end(text, max(last, begin), begin + max(length, last - begin))
    cut = spans(text, [mark for mark in marks if mark.start >= begin and mark.end <= end], begin, end)
    before = (Span(ELLIPSIS),) if begin > 0 else ()
    after = (Span(ELLIPSIS),) if end < len(text) else ()
    return (*before, *cut, *after)


def _begin(text: str, first: int, room: int) -> int:
    """The start of the sentence that holds `first`, or a word's start at most two thirds of `room` before it."""
    earliest = max(0, first - room * 2 // 3)
    if earliest == 0:
        return 0
    near = max(0, earliest - _LONGEST_END)
    for match in _SENTENCE_END.finditer(text, near, first):
        if match.end() >= earliest:
            return match.end()
    space = _SPACE.search(text, earliest, first)
    if space:
        return space.end()
    return earliest if has_han(text[earliest : first + 1]) else first


def _end(text: str, last: int, latest: int) -> int:
    """The end of a sentence after `last`, or of a word, at most at `latest`."""
    if latest >= len(text):
        return len(text)
    near = min(len(text), latest + _LONGEST_END)
    found = _SENTENCE_END.finditer(text, last, near)
    ends = [m.start() + len(m.group().rstrip()) for m in found if m.end() <= latest + 1]
    ends = [end for end in ends if end <= latest]
    if ends:
        return ends[-1]
    if has_han(text[last:latest]):
        return latest
    space = text.rfind(" ", last, latest + 1)
    return space if space > last else max(last, latest)
