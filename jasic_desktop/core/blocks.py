"""The block model: what the reader, the exporters and the terminal draw, with nothing in it that could run or open."""

from __future__ import annotations

from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta


class _Node(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="t"):
    """A part of a text."""


class Text(_Node, tag="text", frozen=True):
    """A run of plain characters."""

    text: str


class Emphasis(_Node, tag="em", frozen=True):
    """Stressed words; `strong` for the heavier kind."""

    inlines: tuple[Inline, ...]
    strong: bool = False


class RecordLink(_Node, tag="record", frozen=True):
    """Words that lead to another record of the archive."""

    id: str
    inlines: tuple[Inline, ...]


class Citation(_Node, tag="cite", frozen=True):
    """A reference to documents of the archive; each with an optional locator such as `para. 3`."""

    sources: tuple[CitedSource, ...]


class CitedSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One document cited, and where in it."""

    id: str
    locator: str | None = None


class Sign(_Node, tag="sign", frozen=True):
    """The certainty sign of a statement (a value of core.certainty.Certainty), drawn with its word. Never in a pack."""

    certainty: str


class Address(_Node, tag="address", frozen=True):
    """A web address as copyable text; nothing in the program opens it."""

    url: str


class Mark(_Node, tag="mark", frozen=True):
    """Words that matched a question. Never in a pack."""

    text: str


class InLanguage(_Node, tag="lang", frozen=True):
    """Words in another language than the text around them, to be set and read aloud in it. Never in a pack."""

    language: str
    inlines: tuple[Inline, ...]


Inline = Text | Emphasis | RecordLink | Citation | Sign | Address | Mark | InLanguage


class Paragraph(_Node, tag="p", frozen=True):
    """Running text."""

    inlines: tuple[Inline, ...]


class Heading(_Node, tag="h", frozen=True):
    """A heading; level 1 is the title of the page."""

    level: Annotated[int, Meta(ge=1, le=6)]
    inlines: tuple[Inline, ...]
    anchor: str | None = None


class PictureBlock(_Node, tag="picture", frozen=True):
    """A picture of the archive: its file among the media, what it shows in words, its size in pixels. Never in a pack.

    `inlines` are what stands where it cannot be drawn; `language` is that of `alt`.
    """

    file: str
    alt: str
    size: tuple[int, int]
    inlines: tuple[Inline, ...]
    language: str


class ListBlock(_Node, tag="list", frozen=True):
    """A list of items, each of which is blocks."""

    items: tuple[tuple[Block, ...], ...]
    ordered: bool = False


class Quote(_Node, tag="quote", frozen=True):
    """A quotation set off from the text."""

    blocks: tuple[Block, ...]


class Facts(_Node, tag="facts", frozen=True):
    """Labelled values: bibliographic data, key facts. Never in a pack."""

    rows: tuple[tuple[str, tuple[Inline, ...]], ...]


class StatementBlock(_Node, tag="statement", frozen=True):
    """One statement with its date phrase, text, numbered citations and sign. Never in a pack.

    `date` is empty where it has none but another statement of the record has, None where none has: then no room is
    left for dates.
    """

    id: str
    date: str | None
    inlines: tuple[Inline, ...]
    certainty: str


class AccountsBlock(_Node, tag="accounts", frozen=True):
    """Accounts that differ, side by side: the question, then each answer with its citations. Never in a pack.

    `language` is that of the question where the page is in another.
    """

    id: str
    question: str
    answers: tuple[tuple[Inline, ...], ...]
    language: str | None = None


class SourceList(_Node, tag="sources", frozen=True):
    """The numbered sources at the end of a page: number, document id, reference. Never in a pack."""

    entries: tuple[SourceEntry, ...]


class SourceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One numbered source: its number on the page, the document, and the reference as inlines."""

    number: int
    id: str
    inlines: tuple[Inline, ...]


Block = Paragraph | Heading | PictureBlock | ListBlock | Quote | Facts | StatementBlock | AccountsBlock | SourceList
PackInline = Text | Emphasis | RecordLink | Citation
PackBlock = Paragraph | Heading | ListBlock | Quote


class Narrative(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The running text of a record, by language.

    Holds PackBlocks and PackInlines only (TypeError), nested at most MAX_DEPTH deep (ValueError).
    """

    MAX_DEPTH: ClassVar[int] = 12

    en: tuple[Block, ...] = ()
    zh_hans: tuple[Block, ...] = msgspec.field(default=(), name="zh-Hans")
    zh_hant: tuple[Block, ...] = msgspec.field(default=(), name="zh-Hant")

    def __post_init__(self) -> None:
        for blocks in (self.en, self.zh_hans, self.zh_hant):
            _check_blocks(blocks, self.MAX_DEPTH)


def _check_blocks(blocks: tuple[Block, ...], levels: int) -> None:
    if blocks and levels == 0:
        raise ValueError(f"a narrative is nested more than {Narrative.MAX_DEPTH} deep")
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            _check_inlines(block.inlines, levels - 1)
        elif isinstance(block, ListBlock):
            for item in block.items:
                _check_blocks(item, levels - 1)
        elif isinstance(block, Quote):
            _check_blocks(block.blocks, levels - 1)
        else:
            raise TypeError(f"a narrative cannot hold a block of the type {type(block).__name__}")


def _check_inlines(inlines: tuple[Inline, ...], levels: int) -> None:
    if inlines and levels == 0:
        raise ValueError(f"a narrative is nested more than {Narrative.MAX_DEPTH} deep")
    for inline in inlines:
        if isinstance(inline, Emphasis | RecordLink):
            _check_inlines(inline.inlines, levels - 1)
        elif not isinstance(inline, Text | Citation):
            raise TypeError(f"a narrative cannot hold text of the type {type(inline).__name__}")


def plain(inlines: tuple[Inline, ...]) -> str:
    """The characters of `inlines` without citations and signs."""
    parts: list[str] = []
    for inline in inlines:
        if isinstance(inline, Text | Mark):
            parts.append(inline.text)
        elif isinstance(inline, Emphasis | RecordLink | InLanguage):
            parts.append(plain(inline.inlines))
        elif isinstance(inline, Address):
            parts.append(inline.url)
    return "".join(parts)
