"""The numbers of the sources on a page: one for each document, in order of first citation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from jasic_desktop.core.blocks import (
    AccountsBlock,
    Block,
    Citation,
    CitedSource,
    Emphasis,
    Facts,
    Heading,
    InLanguage,
    Inline,
    ListBlock,
    Paragraph,
    PictureBlock,
    Quote,
    RecordLink,
    StatementBlock,
)


def numbering(blocks: Iterable[Block]) -> tuple[str, ...]:
    """The documents that `blocks` cite, each once, in the order in which a reader meets them."""
    return tuple(dict.fromkeys(source.id for inlines in texts(blocks) for source in citations(inlines)))


def in_order(citation: Citation, numbers: Mapping[str, int]) -> list[tuple[int | None, CitedSource]]:
    """The documents of one citation with their numbers on the page, lowest first; None for one that has no number."""
    pairs = [(numbers.get(source.id), source) for source in citation.sources]
    return sorted(pairs, key=lambda pair: pair[0] or 0)


def texts(blocks: Iterable[Block]) -> Iterator[tuple[Inline, ...]]:
    """Every line of inlines in `blocks`, in reading order; a source list has none of its own."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading | PictureBlock | StatementBlock):
            yield block.inlines
        elif isinstance(block, Facts):
            yield from (inlines for _, inlines in block.rows)
        elif isinstance(block, AccountsBlock):
            yield from block.answers
        elif isinstance(block, Quote):
            yield from texts(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from texts(item)


def citations(inlines: Iterable[Inline]) -> Iterator[CitedSource]:
    """Every document cited in a line, in order."""
    for inline in inlines:
        if isinstance(inline, Citation):
            yield from inline.sources
        elif isinstance(inline, Emphasis | RecordLink | InLanguage):
            yield from citations(inline.inlines)
