"""The plain text of each passage of a record: what the words of a highlight are counted in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from jasic_desktop.core.blocks import (
    Block,
    Citation,
    Emphasis,
    Heading,
    InLanguage,
    Inline,
    ListBlock,
    Paragraph,
    Quote,
    RecordLink,
    Text,
)
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Record, Topic


class Passage(NamedTuple):
    """A part of a record: its name, the language its text is in, and the text on one line.

    Names are `summary`, `scope`, `abstract`, `text` for the narrative, `s1` and so on for statements, `a1-1` and so on
    for the answers of accounts that differ.
    """

    field: str
    language: Language
    text: str


def passages(record: Record, language: Language) -> Iterator[Passage]:
    """The passages of a record as a reader of `language` is shown them."""
    for field, text in _texts(record):
        shown, picked = text.pick(language)
        yield Passage(field, picked, collapsed(shown))
    told = record.narrative
    if told is not None:
        blocks: dict[Language, tuple[Block, ...]] = {"en": told.en, "zh-Hans": told.zh_hans, "zh-Hant": told.zh_hant}
        present = [one for one in LANGUAGES if blocks[one]]
        if present:
            picked = Localised(*(one if blocks[one] else None for one in LANGUAGES)).pick(language)[1]
            yield Passage("text", picked, collapsed(" ".join(_of_blocks(blocks[picked]))))


def collapsed(text: str) -> str:
    """`text` on one line, each run of white space as one space."""
    return " ".join(text.split())


def _texts(record: Record) -> Iterator[tuple[str, Localised]]:
    if record.summary is not None:
        yield "summary", record.summary
    if isinstance(record, Topic):
        yield "scope", record.scope_note
    if isinstance(record, Document) and record.abstract is not None:
        yield "abstract", record.abstract
    for statement in record.statements:
        yield statement.id, statement.text
    for account in record.accounts:
        for number, answer in enumerate(account.answers, start=1):
            yield f"{account.id}-{number}", answer.text


def _of_blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield _of_inlines(block.inlines)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _of_blocks(item)
        elif isinstance(block, Quote):
            yield from _of_blocks(block.blocks)


def _of_inlines(inlines: tuple[Inline, ...]) -> str:
    """The characters of a text as they are read: a number of a source stands close to what it supports."""
    parts = []
    for inline, follower in zip_longest(inlines, inlines[1:]):
        if isinstance(inline, Text):
            parts.append(inline.text.rstrip(" ") if isinstance(follower, Citation) else inline.text)
        elif isinstance(inline, Emphasis | RecordLink | InLanguage):
            parts.append(_of_inlines(inline.inlines))
    return "".join(parts)
