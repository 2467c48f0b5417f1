"""Asks a question of many words loosely, where no record has all of them: records that hold most of what matters.

Words that only hold a sentence together, and words that stand nowhere in the archive, are left out; of a run of Chinese
the pieces that are known are asked. What was asked in the end is told, so that nobody takes it for all of the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

import numpy as np

from jasic_desktop.search.analysis import runs
from jasic_desktop.search.matches import BITS, Matches, any_of, flags
from jasic_desktop.search.query import And, Node, Phrase, Typed, Word

Ask = Callable[[Node], Matches]

LEAST: Final = 3
"""A question of fewer words is asked as it stands."""
_ALL_BUT: Final = 0.4
"""This share of the words asked may be missing from a record."""
_MOST: Final = 16
"""Pieces that are asked."""
_WORDS_ASKING: Final = "who whom whose what which where when why how is are was were did does do has have had"
_WORDS_HOLDING: Final = (
    "a an the this that these those it its he his him she her they their them we our us you your i my me there here of "
    "in on at by to from with for about into after before between during as or and but not no than then now so be been "
    "being will would can could may might shall should must also any some"
)
_ASKING: Final = frozenset(_WORDS_ASKING.split())
_HOLDING: Final = _ASKING.union(_WORDS_HOLDING.split())
_HAN_ASKING: Final = re.compile(
    "为什么|什么时候|什么|怎么样|怎么|怎样|哪里|哪儿|哪些|哪个|哪|谁|何时|何地|多少|是否|有没有|吗|呢|请问"
)
_LONGEST_PIECE: Final = 8
_MOST_HAN: Final = 40


def loose_words(node: Node | None) -> tuple[str, ...]:
    """The words of a question that may be asked loosely: of words side by side, without a sign or a phrase."""
    parts = node.parts if isinstance(node, And) else (node,)
    words = tuple(part.text for part in parts if isinstance(part, Word | Typed))
    return words if len(words) == len(parts) else ()


def is_sentence(words: tuple[str, ...]) -> bool:
    """Whether the words of a question are a sentence that asks, not a list of what is wanted."""
    return len(words) > LEAST and words[0].lower() in _ASKING


def relaxed(words: tuple[str, ...], ask: Ask, count: int, *, live: bool) -> tuple[Matches, tuple[str, ...]]:
    """Records that hold most of the words that matter, each scored by what it holds; and the words asked.

    `count` is that of all records. With `live` the last word may be unfinished. Nothing, and no words, where the
    question is too short for this.
    """
    parts = list(_parts(words, ask, live=live))[:_MOST]
    found = [(text, matches) for text, matches in parts if len(matches)]
    if len(parts) < 2 or not found or max(len(words), len(parts)) < LEAST:
        return Matches(), ()
    least = max(2 if len(found) > 1 else 1, len(found) - int(len(found) * _ALL_BUT))
    return _most_of([matches for _, matches in found], least, count), tuple(text for text, _ in found)


def _parts(words: tuple[str, ...], ask: Ask, *, live: bool) -> Iterable[tuple[str, Matches]]:
    for number, word in enumerate(words):
        for run in runs(word):
            if run.han:
                for piece in _known(run.text, ask):
                    yield piece, ask(Phrase(piece))
            elif live and number == len(words) - 1:
                yield run.text, ask(Typed(run.text))
            elif run.text not in _HOLDING:
                yield run.text, ask(Word(run.text))


def _known(han: str, ask: Ask) -> Iterable[str]:
    """The longest pieces of a run of Chinese that stand somewhere in the archive, without words that only ask."""
    for part in _HAN_ASKING.split(han[:_MOST_HAN]):
        rest = part
        while len(rest) > 1:
            lengths = range(min(len(rest), _LONGEST_PIECE), 1, -1)
            known = next((length for length in lengths if len(ask(Phrase(rest[:length])))), 0)
            if known:
                yield rest[:known]
            rest = rest[known or 1 :]


def _most_of(parts: list[Matches], least: int, count: int) -> Matches:
    """Records that at least `least` parts found: the more of them, the higher. `count` is that of all records."""
    together = any_of(parts, count)
    numbers = np.zeros(len(together))
    for part in parts:
        numbers += flags(part.ids, count)[together.ids]
    shares = numbers / len(parts)
    reasons = together.reasons | np.uint8(BITS["text"])
    return Matches(together.ids, together.values * shares * shares, reasons).only(numbers >= least)
