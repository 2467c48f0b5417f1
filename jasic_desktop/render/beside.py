"""Each part of a page's text beside the same part in another language, where the archive has both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from jasic_desktop.core.blocks import (
    AccountsBlock,
    Block,
    Citation,
    Heading,
    InLanguage,
    ListBlock,
    Paragraph,
    Quote,
    Sign,
    StatementBlock,
    plain,
)
from jasic_desktop.core.languages import Language
from jasic_desktop.render.page import Page
from jasic_desktop.render.wording import Inlines

_READ: Final = frozenset({"scope", "abstract", "text"})


def other_language(language: Language) -> Language:
    """The language that stands beside `language`: Chinese beside English, English beside Chinese."""
    return "zh-Hans" if language == "en" else "en"


def with_other(page: Page, other: Page) -> Page:
    """`page` with the parts of `other`, the same record in another language, each beside its own part.

    What both have in one language only is not shown twice. Numbers and signs stand once, at the part of `page`.
    """
    return replace(page, others=dict(_pairs(page, other)))


def _pairs(page: Page, other: Page) -> Iterator[tuple[Block, tuple[Block, ...]]]:
    named = {block.id: block for block in other.blocks if isinstance(block, StatementBlock | AccountsBlock)}
    for block in page.blocks:
        if isinstance(block, StatementBlock | AccountsBlock):
            found = named.get(block.id)
            if found is not None and _words(found) != _words(block):
                yield block, (_set(found, other.language),)
    theirs = _sections(other)
    for section, blocks in _sections(page).items():
        against = theirs.get(section, [])
        if [_words(block) for block in blocks] == [_words(block) for block in against]:
            continue
        for at, block in enumerate(blocks[: len(against)]):
            # Where the other text has more parts, the rest stands beside the last one.
            rest = against[at:] if at == len(blocks) - 1 else against[at : at + 1]
            yield block, tuple(_set(part, other.language) for part in rest)


def _sections(page: Page) -> Mapping[str, list[Block]]:
    """The parts that are read, by the anchor of the section they stand in; what leads the page is `scope`."""
    found: dict[str, list[Block]] = {}
    section = "scope"
    for block in page.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            section = block.anchor or ""
        elif section in _READ and isinstance(block, Paragraph | Heading | ListBlock | Quote):
            found.setdefault(section, []).append(block)
    return found


def _set(block: Block, language: Language) -> Block:
    """A part as it stands beside: in its language, without numbers and signs."""
    if isinstance(block, Paragraph):
        return Paragraph(_bare(block.inlines, language))
    if isinstance(block, Heading):
        return Heading(block.level, _bare(block.inlines, language), block.anchor)
    if isinstance(block, ListBlock):
        items = tuple(tuple(_set(part, language) for part in item) for item in block.items)
        return ListBlock(items, block.ordered)
    if isinstance(block, Quote):
        return Quote(tuple(_set(part, language) for part in block.blocks))
    if isinstance(block, StatementBlock):
        return StatementBlock(block.id, None, _bare(block.inlines, language), block.certainty)
    if isinstance(block, AccountsBlock):
        answers = tuple(_bare(answer, language) for answer in block.answers)
        return AccountsBlock(block.id, block.question, answers, language)
    return block


def _bare(inlines: Inlines, language: Language) -> Inlines:
    return (InLanguage(language, tuple(inline for inline in inlines if not isinstance(inline, Citation | Sign))),)


def _words(block: Block) -> str:
    if isinstance(block, Paragraph | Heading | StatementBlock):
        return plain(block.inlines)
    if isinstance(block, AccountsBlock):
        return "\n".join((block.question, *map(plain, block.answers)))
    if isinstance(block, ListBlock):
        return "\n".join(_words(part) for item in block.items for part in item)
    if isinstance(block, Quote):
        return "\n".join(map(_words, block.blocks))
    return ""
