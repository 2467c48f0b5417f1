"""A question as a tree, and its canonical words: what was understood, readable and able to be asked again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from jasic_desktop.search.dayspan import DaySpan

TextField = Literal["title", "name"]
RestrictField = Literal[
    "type", "kind", "place", "person", "org", "topic", "source", "language", "certainty", "has", "like"
]


class Word(msgspec.Struct, frozen=True):
    """A stretch without spaces: found as it is, by its English stem, and as pinyin."""

    text: str


class Typed(msgspec.Struct, frozen=True):
    """A word that is still being typed: a Word, and all that begins with it."""

    text: str


class Phrase(msgspec.Struct, frozen=True):
    """Words that follow each other, just as they are."""

    text: str


class Prefix(msgspec.Struct, frozen=True):
    """All words that begin with `text`."""

    text: str


class Wildcard(msgspec.Struct, frozen=True):
    """All words of this pattern, in which `*` is any run of letters."""

    pattern: str


class Fuzzy(msgspec.Struct, frozen=True):
    """All words at most `distance` letters from `text`; Chinese characters with the same sound."""

    text: str
    distance: int


class Within(msgspec.Struct, frozen=True):
    """`part` asked of titles or of names only."""

    field: TextField
    part: Node


class Restrict(msgspec.Struct, frozen=True):
    """Records for which `field` has `value`: an id, a key, or any name of one in any script; with `like`, records that
    share telling words with the one that `value` means.
    """

    field: RestrictField
    value: str


class Dated(msgspec.Struct, frozen=True):
    """Records that may fall into these days."""

    span: DaySpan


class And(msgspec.Struct, frozen=True):
    """Records found by every part."""

    parts: tuple[Node, ...]


class Or(msgspec.Struct, frozen=True):
    """Records found by any part."""

    parts: tuple[Node, ...]


class Not(msgspec.Struct, frozen=True):
    """Records not found by `part`."""

    part: Node


Leaf = Word | Typed | Phrase | Prefix | Wildcard | Fuzzy | Restrict | Dated
Node = Leaf | Within | And | Or | Not

_BARE = re.compile(r'[^\s()"]+')


def unparse(node: Node | None) -> str:
    """The canonical words of `node`; parsed again they give the same tree, but for a word being typed."""
    match node:
        case None:
            return ""
        case And(parts):
            return " ".join(_part(part) for part in parts)
        case Or(parts):
            return " OR ".join(_part(part) for part in parts)
        case _:
            return _part(node)


def _part(node: Node) -> str:
    match node:
        case Word(text):
            return text
        case Phrase(text):
            return f'"{text}"'
        case Typed(text) | Prefix(text):
            return f"{text}*"
        case Wildcard(pattern):
            return pattern
        case Fuzzy(text, distance):
            return f"{text}~{distance}"
        case Within(field, part):
            return f"{field}:{_part(part)}"
        case Restrict(field, value):
            return f"{field}:{value}" if _BARE.fullmatch(value) else f'{field}:"{value}"'
        case Dated(span):
            return f"date:{span}"
        case Not(part):
            return f"-{_part(part)}"
        case And() | Or():
            return f"({unparse(node)})"


def leaves(node: Node | None) -> Iterator[tuple[Leaf, bool]]:
    """Each leaf in reading order, and whether records are wanted that it finds (not below a Not)."""
    match node:
        case None:
            return
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            for leaf, wanted in leaves(part):
                yield leaf, not wanted
        case Within(_, part):
            yield from leaves(part)
        case _:
            yield node, True


def plain_words(node: Node | None) -> tuple[str, ...] | None:
    """The words of a question that is nothing but words and phrases side by side; None for any other."""
    if node is None:
        return None
    parts = node.parts if isinstance(node, And) else (node,)
    texts = [part.text for part in parts if isinstance(part, Word | Typed | Phrase)]
    return tuple(texts) if len(texts) == len(parts) else None
