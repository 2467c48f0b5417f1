"""Blocks as HTML elements: text escaped, acting characters marked, links only within the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape as _escape
from typing import Final

from jasic_desktop.core.blocks import (
    AccountsBlock,
    Address,
    Block,
    Citation,
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
    Sign,
    SourceList,
    StatementBlock,
    Text,
)
from jasic_desktop.render.numbering import in_order
from jasic_desktop.render.visible import visible
from jasic_desktop.render.wording import Words

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_SIGNS: Final = {"corroborated": "✓", "single-source": "①", "disputed": "◆", "alleged": "?"}


def escape(text: str) -> str:
    """`text` as it stands in an element or a quoted attribute, with acting characters as marks."""
    return _escape(visible(text), quote=True)


def span(language: str, content: str) -> str:
    """Ready `content` as being in `language`, where that is a language tag."""
    return f'<span lang="{language}">{content}</span>' if _LANGUAGE.fullmatch(language) else content


def picture_anchor(file: str) -> str:
    """Where a picture stands in a page; two hyphens stand in no record id."""
    return escape(f"picture--{file}")


class HtmlBlocks:
    """Draws the blocks of the record `record_id`; links lead to records that are `present` and to its own sources.

    `address` tells where a record is; by default it is on the same page. `pictures` has for a file of the media what is
    drawn: a `data:` address, or one that leads to where it was drawn before.
    """

    def __init__(
        self,
        words: Words,
        record_id: str,
        numbers: Mapping[str, int],
        present: frozenset[str],
        address: Callable[[str], str] = "#{}".format,
        pictures: Mapping[str, str] | None = None,
    ) -> None:
        self._words = words
        self._id = record_id
        self._numbers = numbers
        self._present = present
        self._address = address
        self._pictures = pictures or {}

    def inlines(self, inlines: Iterable[Inline]) -> str:
        """A line."""
        return "".join(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> str:
        if isinstance(inline, Text):
            return escape(inline.text)
        if isinstance(inline, Emphasis):
            tag = "strong" if inline.strong else "em"
            return f"<{tag}>{self.inlines(inline.inlines)}</{tag}>"
        if isinstance(inline, RecordLink):
            inside = self.inlines(inline.inlines)
            return (
                f'<a href="{escape(self._address(inline.id))}">{inside}</a>' if inline.id in self._present else inside
            )
        if isinstance(inline, InLanguage):
            return span(inline.language, self.inlines(inline.inlines))
        if isinstance(inline, Citation):
            return self._citation(inline)
        if isinstance(inline, Sign):
            return self._sign(inline.certainty)
        if isinstance(inline, Address):
            return f'<span class="address">{escape(inline.url)}</span>'
        return f"<mark>{escape(inline.text)}</mark>"

    def _citation(self, citation: Citation) -> str:
        parts = []
        for number, source in in_order(citation, self._numbers):
            shown = f'<a href="#{self._anchor(f"n{number}")}">{number}</a>' if number else escape(source.id)
            parts.append(shown + (f", {escape(source.locator)}" if source.locator else ""))
        return f'<sup class="cite">[{", ".join(parts)}]</sup>'

    def _sign(self, certainty: str) -> str:
        word = escape(self._words.known(f"certainty.{certainty}", certainty))
        sign = _SIGNS.get(certainty, "")
        return f' <span class="sign {escape(certainty)}"><span aria-hidden="true">{sign}</span> {word}</span>'

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Blocks, statements that follow each other in one list."""
        in_list = False
        for block in blocks:
            listed = isinstance(block, StatementBlock | AccountsBlock)
            if listed != in_list:
                yield '<div class="statements">\n' if listed else "</div>\n"
                in_list = listed
            yield self._block(block)
        if in_list:
            yield "</div>\n"

    def _block(self, block: Block) -> str:
        if isinstance(block, Paragraph):
            return f"<p>{self.inlines(block.inlines)}</p>\n"
        if isinstance(block, PictureBlock):
            return self._picture(block)
        if isinstance(block, Heading):
            # The record's title is the second level of the page.
            tag = f"h{min(max(block.level + 1, 3), 6)}"
            anchor = f' id="{self._anchor(block.anchor)}"' if block.anchor else ""
            return f"<{tag}{anchor}>{self.inlines(block.inlines)}</{tag}>\n"
        if isinstance(block, ListBlock):
            tag = "ol" if block.ordered else "ul"
            return f"<{tag}>\n{''.join(map(self._item, block.items))}</{tag}>\n"
        if isinstance(block, Quote):
            return f"<blockquote>\n{''.join(self.blocks(block.blocks))}</blockquote>\n"
        if isinstance(block, Facts):
            rows = "".join(f"<dt>{escape(label)}</dt>\n<dd>{self.inlines(value)}</dd>\n" for label, value in block.rows)
            return f"<dl>\n{rows}</dl>\n"
        if isinstance(block, StatementBlock):
            text = f"<span>{self.inlines(block.inlines)}</span>"
            if block.date is None:
                return f'<p class="statement undated" id="{self._anchor(block.id)}">{text}</p>\n'
            date = f'<span class="date">{escape(block.date)}</span>'
            return f'<p class="statement" id="{self._anchor(block.id)}">{date} {text}</p>\n'
        if isinstance(block, AccountsBlock):
            return self._accounts(block)
        return self._sources(block)

    def _picture(self, block: PictureBlock) -> str:
        """The picture where it first stands, else its words, which lead to it if the page has it."""
        source, words = self._pictures.get(block.file), self.inlines(block.inlines)
        if source is None:
            return f'<p class="picture">{words}</p>\n'
        if source.startswith("#"):
            return f'<p class="picture"><a href="{escape(source)}">{words}</a></p>\n'
        lang = f' lang="{block.language}"' if block.language != self._words.language else ""
        width, height = block.size
        return (
            f'<p class="picture" id="{picture_anchor(block.file)}">'
            f'<img src="{escape(source)}" alt="{escape(block.alt)}"{lang} width="{width}" height="{height}" /></p>\n'
        )

    def _item(self, item: tuple[Block, ...]) -> str:
        if len(item) == 1 and isinstance(item[0], Paragraph):
            return f"<li>{self.inlines(item[0].inlines)}</li>\n"
        return f"<li>\n{''.join(self.blocks(item))}</li>\n"

    def _accounts(self, block: AccountsBlock) -> str:
        question = escape(self._words.say("accounts_differ", question="\n"))
        before, _, after = question.partition("\n")
        asked = span(block.language, escape(block.question)) if block.language else escape(block.question)
        answers = "".join(f"<p>{self.inlines(answer)}</p>\n" for answer in block.answers)
        return (
            f'<section class="accounts" id="{self._anchor(block.id)}">\n'
            f'<p class="question">{before}{asked}{after}</p>\n'
            f'<div class="answers">\n{answers}</div>\n</section>\n'
        )

    def _sources(self, block: SourceList) -> str:
        entries = "".join(
            f'<li id="{self._anchor(f"n{entry.number}")}" value="{entry.number}">{self.inlines(entry.inlines)}</li>\n'
            for entry in block.entries
        )
        return f'<ol class="sources">\n{entries}</ol>\n'

    def _anchor(self, name: str) -> str:
        # Two hyphens stand in no record id, so no anchor of one record is that of another.
        return escape(f"{self._id}--{name}")
