"""The one analyser for texts, questions and marks: folded words, pairs of Chinese characters, and where they stand.

A Latin run is a word; with apostrophes or hyphens inside, its parts and the whole are tokens. A Chinese run gives its
overlapping pairs and its last character alone, so that any two neighbouring characters, and any one, can be found.
Positions count Latin parts and Chinese characters, so that a phrase is tokens at known distances from each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple

import msgspec

from jasic_desktop.core.folding import fold, without_surrogates

MAX_TOKEN: Final = 64
"""Longer words are cut to this many characters, in texts and questions alike."""
MAX_KEY: Final = 200
"""The same for whole names and titles without their spaces."""

_HAN: Final = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LATIN: Final = rf"[^\W_{_HAN}]+"
JOINERS: Final = "'’‘ʼ‐‑-"
"""Apostrophes and hyphens: inside a word they are part of it."""
_JOINER: Final = rf"[{JOINERS}]"

_ASCII_WORD: Final = re.compile("[0-9a-z]+(?:['-][0-9a-z]+)*")
_ASCII_PIECE: Final = re.compile("[0-9A-Za-z]+(?:['-][0-9A-Za-z]+)*")
_ASCII_JOINER: Final = re.compile("['-]")
_CONTROLS: Final = frozenset(("Cc", "Zl", "Zp"))
_FIRST_HAN: Final = _HAN[0]


# To compile a set of so many characters takes milliseconds: each is compiled when a text beyond ASCII first needs it.
@cache
def _run() -> re.Pattern[str]:
    return re.compile(rf"(?P<han>[{_HAN}]+)|{_LATIN}(?:{_JOINER}{_LATIN})*")


@cache
def _part() -> re.Pattern[str]:
    return re.compile(_LATIN)


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(rf"(?:[{_HAN}]|{_LATIN}(?:{_JOINER}{_LATIN})*)+")


@cache
def _han_character() -> re.Pattern[str]:
    return re.compile(rf"[{_HAN}]")


class Token(NamedTuple):
    """A term of the index and its position among the text's parts."""

    text: str
    position: int


class Step(NamedTuple):
    """What a phrase wants at `offset` positions from its start: a token, or any token that begins with it."""

    offset: int
    text: str
    prefix: bool = False


class Run(msgspec.Struct, frozen=True):
    """A folded stretch of one script: Chinese characters, or a Latin word with its parts."""

    text: str
    parts: tuple[str, ...] = ()

    @property
    def han(self) -> bool:
        """Whether these are Chinese characters."""
        return not self.parts

    @property
    def joined(self) -> str:
        """The word without the apostrophes and hyphens inside it."""
        return "".join(self.parts)[:MAX_TOKEN] if self.parts else self.text


def clean(text: str) -> str:
    """A question as it can be cut, shown and encoded: composed, no lone surrogates, control characters as spaces.

    It folds to what `text` folds to, but for the control characters.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFKC", without_surrogates(text))
    return "".join(" " if unicodedata.category(c) in _CONTROLS else c for c in composed if fold(c))


def is_han(char: str) -> bool:
    """Whether `char` is a Chinese character."""
    return char >= _FIRST_HAN and _han_character().match(char) is not None


def has_han(text: str) -> bool:
    """Whether `text` holds a Chinese character."""
    return not text.isascii() and _han_character().search(text) is not None


def runs(text: str) -> Iterator[Run]:
    """The runs of `text`, folded, in order."""
    folded = fold(text)
    if folded.isascii():
        yield from (Run(word, tuple(_ASCII_JOINER.split(word))) for word in _ASCII_WORD.findall(folded))
        return
    for match in _run().finditer(folded):
        run = match.group()
        if match.lastgroup == "han":
            yield Run(run)
        else:
            yield Run(run, tuple(_part().findall(run)))


@dataclass(slots=True)
class Tokens:
    """Tokens in order: their texts, and their positions."""

    texts: list[str] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, found: Iterable[Token]) -> Tokens:
        """These tokens."""
        kept = list(found)
        return cls([token.text for token in kept], [token.position for token in kept])

    @classmethod
    def at_once(cls, texts: list[str]) -> Tokens:
        """Tokens whose positions do not count."""
        return cls(texts, [0] * len(texts))

    def __iter__(self) -> Iterator[Token]:
        return map(Token, self.texts, self.positions)

    def __len__(self) -> int:
        return len(self.texts)

    def add(self, text: str, start: int = 0) -> int:
        """Add every token of `text`, positions counted from `start`; the position after the last."""
        return self.add_folded(fold(text), start)

    def add_folded(self, folded: str, start: int = 0) -> int:
        """The same for a text that was folded before."""
        if folded.isascii():
            return self._add_ascii(folded, start)
        texts, positions = self.texts, self.positions
        for match in _run().finditer(folded):
            run = match.group()
            if match.lastgroup == "han":
                texts.extend(map(str.__add__, run, run[1:]))
                texts.append(run[-1])
                positions.extend(range(start, start + len(run)))
                start += len(run)
            else:
                start = self._add_latin(run, start)
        return start

    def _add_ascii(self, folded: str, start: int) -> int:
        """Most texts in English are ASCII, and most of their words have no signs inside: those are added at once."""
        words = _ASCII_WORD.findall(folded)
        if "'" not in folded and "-" not in folded and (not words or max(map(len, words)) <= MAX_TOKEN):
            self.texts += words
            self.positions.extend(range(start, start + len(words)))
            return start + len(words)
        for word in words:
            start = self._add_latin(word, start)
        return start

    def _add_latin(self, run: str, start: int) -> int:
        if run.isalnum():
            self.texts.append(run[:MAX_TOKEN])
            self.positions.append(start)
            return start + 1
        parts = _ASCII_JOINER.split(run) if run.isascii() else _part().findall(run)
        if len(parts) > 1:
            self.texts.append("".join(parts)[:MAX_TOKEN])
            self.positions.append(start)
        self.texts.extend(part[:MAX_TOKEN] for part in parts)
        self.positions.extend(range(start, start + len(parts)))
        return start + len(parts)


def tokens(text: str, start: int = 0) -> Iterator[Token]:
    """Every token of `text` for the index, positions counted from `start`."""
    found = Tokens()
    found.add(text, start)
    return iter(found)


def pieces(text: str) -> tuple[str, ...]:
    """The stretches of `text`, as written, that hold no space and no punctuation but that inside words."""
    return tuple((_ASCII_PIECE if text.isascii() else _piece()).findall(text))


def steps(text: str, *, joined: bool = False) -> tuple[Step, ...]:
    """`text` as a phrase: what stands at which distance from its beginning.

    A Latin word with parts is asked as its parts, or with `joined` as one word. A single Chinese character asks for
    any pair that it begins.
    """
    found: list[Step] = []
    offset = 0
    for run in runs(text):
        if run.han:
            if len(run.text) == 1:
                found.append(Step(offset, run.text, prefix=True))
            found.extend(Step(offset + i, run.text[i : i + 2]) for i in range(len(run.text) - 1))
            offset += len(run.text)
            continue
        for part in (run.joined,) if joined else run.parts:
            found.append(Step(offset, part[:MAX_TOKEN]))
            offset += 1
    return tuple(found)


def key(text: str) -> str:
    """The letters, digits and characters of `text` alone, folded: equal for names that differ in spaces and signs."""
    return "".join(run.text if run.han else "".join(run.parts) for run in runs(text))[:MAX_KEY]
