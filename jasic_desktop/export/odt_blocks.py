"""Blocks as elements of an OpenDocument text: texts escaped, acting characters marked, links only within it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
from jasic_desktop.render.page import Page
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words

LANGUAGES: Final = {"en": ("en", "GB"), "zh": ("zh", "CN"), "zh-Hans": ("zh", "CN"), "zh-Hant": ("zh", "TW")}
"""Language and country as OpenDocument tells them apart."""
PICTURES: Final = "Pictures/"
"""The folder of the pictures in the file."""
_ROOM: Final = 16.0, 20.0
"""For a picture, in centimetres."""
_PIXEL: Final = 2.54 / 96
"""A pixel is no larger than on a screen."""
_SPACES: Final = re.compile("  +")
_MOST_BESIDE: Final = 3


def escape(text: str) -> str:
    """`text` as it stands in a paragraph; spaces that follow one another are kept."""
    shown = _escape(one_line(text), quote=True)
    return _SPACES.sub(lambda found: f' <text:s text:c="{len(found[0]) - 1}"/>', shown)


class OdtBlocks:
    """`places` gives each record that leaves its number in the document: links lead to those and to sources.

    Pictures are drawn if `draws`, else they stand there in words; those that were drawn are in `pictures`, each once.
    """

    def __init__(self, words: Words, places: Mapping[str, int], draws: bool = False) -> None:
        self._words, self._places, self._draws = words, places, draws
        self.pictures: dict[str, None] = {}
        self._frames = 0
        self._numbers: Mapping[str, int] = {}
        self._place = 0
        self._tables = 0

    def article(self, drawn: Page) -> str:
        """One record under a heading of the first level."""
        self._numbers, self._place = drawn.numbers, self._places[drawn.id]
        mark = f'<text:bookmark text:name="r{self._place}"/>'
        return "".join(
            (
                _heading(1, mark + self._inlines(drawn.heading)),
                self.paragraph(drawn.subtitle, "Names") if drawn.subtitle else "",
                self.paragraph(drawn.line, "Line"),
                self._blocks(drawn.blocks),
            )
        )

    def heading(self, text: str) -> str:
        """A heading of the first level of plain words."""
        return _heading(1, escape(text))

    def words(self, text: str, style: str) -> str:
        """A paragraph of plain words."""
        return self.paragraph((Text(text),), style)

    def paragraph(self, inlines: Iterable[Inline], style: str, before: str = "") -> str:
        """A paragraph in a style; `before` is ready."""
        return f'<text:p text:style-name="{style}">{before}{self._inlines(inlines)}</text:p>\n'

    # -------------------------------------------------------------------------------------------------- in a line

    def _inlines(self, inlines: Iterable[Inline], *, linked: bool = False) -> str:
        return "".join(self._inline(inline, linked) for inline in inlines)

    def _inline(self, inline: Inline, linked: bool) -> str:
        if isinstance(inline, Text):
            return escape(inline.text)
        if isinstance(inline, Emphasis):
            return _span("Strong" if inline.strong else "Stressed", self._inlines(inline.inlines, linked=linked))
        if isinstance(inline, RecordLink):
            place = self._places.get(inline.id)
            if place is None or linked:
                return self._inlines(inline.inlines, linked=linked)
            return _link(f"r{place}", self._inlines(inline.inlines, linked=True))
        if isinstance(inline, InLanguage):
            inside = self._inlines(inline.inlines, linked=linked)
            return _span(f"In-{inline.language}", inside) if inline.language in LANGUAGES else inside
        if isinstance(inline, Citation):
            return self._citation(inline, linked)
        if isinstance(inline, Sign):
            word = self._words.known(f"certainty.{inline.certainty}", inline.certainty)
            return escape(self._words.say("punctuation.open") + word + self._words.say("punctuation.close"))
        if isinstance(inline, Address):
            return escape(inline.url)
        return _span("Marked", escape(inline.text))

    def _citation(self, citation: Citation, linked: bool) -> str:
        parts = []
        for number, source in in_order(citation, self._numbers):
            shown = str(number) if number else escape(source.id)
            if number and not linked:
                shown = _link(f"r{self._place}n{number}", shown)
            parts.append(shown + (f", {escape(source.locator)}" if source.locator else ""))
        return _span("Raised", f"[{', '.join(parts)}]")

    # ------------------------------------------------------------------------------------------------ block by block

    def _blocks(self, blocks: Iterable[Block], style: str = "Text") -> str:
        return "".join(self._block(block, style) for block in blocks)

    def _block(self, block: Block, style: str) -> str:
        if isinstance(block, PictureBlock) and self._draws:
            return self._picture(block, style)
        if isinstance(block, Paragraph | PictureBlock):
            return self.paragraph(block.inlines, style)
        if isinstance(block, Heading):
            return _heading(min(max(block.level, 2), 6), self._inlines(block.inlines))
        if isinstance(block, ListBlock):
            name = "Numbering_20_1" if block.ordered else "List_20_1"
            items = "".join(f"<text:list-item>{self._item(item)}</text:list-item>\n" for item in block.items)
            return f'<text:list text:style-name="{name}">\n{items}</text:list>\n' if items else ""
        if isinstance(block, Quote):
            return self._blocks(block.blocks, "Quoted")
        if isinstance(block, Facts):
            rows = [
                [self.paragraph((Emphasis((Text(label),), strong=True),), "Cell"), self.paragraph(value, "Cell")]
                for label, value in block.rows
            ]
            return self._table(rows, ("Narrow", "Wide"))
        if isinstance(block, StatementBlock):
            date: tuple[Inline, ...] = (Emphasis((Text(block.date),), strong=True), Text(" ")) if block.date else ()
            return self.paragraph((*date, *block.inlines), "Statement")
        if isinstance(block, AccountsBlock):
            return self._accounts(block)
        return self._sources(block)

    def _picture(self, block: PictureBlock, style: str) -> str:
        self.pictures[block.file] = None
        self._frames += 1
        width, height = block.size
        scale = min(_ROOM[0] / width, _ROOM[1] / height, _PIXEL)
        shape = f'svg:width="{width * scale:.3f}cm" svg:height="{height * scale:.3f}cm"'
        link = f'xlink:href="{PICTURES}{escape(block.file)}" xlink:type="simple" xlink:show="embed"'
        return (
            f'<text:p text:style-name="{style}"><draw:frame draw:name="Picture{self._frames}" '
            f'text:anchor-type="as-char" {shape}><draw:image {link} xlink:actuate="onLoad"/>'
            f"<svg:desc>{_escape(one_line(block.alt))}</svg:desc></draw:frame></text:p>\n"
        )

    def _item(self, item: tuple[Block, ...]) -> str:
        """What stands in an item of a list; a heading is set as strong words."""
        parts = []
        for block in item:
            if isinstance(block, Heading):
                parts.append(self.paragraph((Emphasis(block.inlines, strong=True),), "Item"))
            else:
                parts.append(self._block(block, "Item"))
        return "".join(parts) or '<text:p text:style-name="Item"/>\n'

    def _accounts(self, block: AccountsBlock) -> str:
        """The question as the heading row, then the answers side by side; where they are many, each in a row."""
        columns = len(block.answers) if len(block.answers) <= _MOST_BESIDE else 1
        before, _, after = self._words.say("accounts_differ", question="\n").partition("\n")
        question: Inline = Text(block.question)
        if block.language:
            question = InLanguage(block.language, (question,))
        head = self.paragraph((Text(before), question, Text(after)), "Question")
        cells = [self.paragraph(answer, "Cell") for answer in block.answers]
        rows = [cells[start : start + columns] for start in range(0, len(cells), columns)]
        return self._table(rows, ("Even",) * columns, head)

    def _table(self, rows: Iterable[Iterable[str]], columns: Iterable[str], head: str = "") -> str:
        self._tables += 1
        shape = "".join(f'<table:table-column table:style-name="{name}"/>\n' for name in columns)
        heading = ""
        if head:
            count = shape.count("<table:table-column ")
            span = f' table:number-columns-spanned="{count}"' if count > 1 else ""
            covered = "<table:covered-table-cell/>" * (count - 1)
            cell = _cell(head, span)
            heading = f"<table:table-header-rows><table:table-row>{cell}{covered}</table:table-row>"
            heading += "</table:table-header-rows>\n"
        cells = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>\n" for row in rows)
        name = f'table:name="Table{self._tables}" table:style-name="Full"'
        return f'<table:table {name}>\n{shape}{heading}{cells}</table:table>\n<text:p text:style-name="Cell"/>\n'

    def _sources(self, block: SourceList) -> str:
        return "".join(
            self.paragraph(
                entry.inlines,
                "Source",
                f'<text:bookmark text:name="r{self._place}n{entry.number}"/>{entry.number}.<text:tab/>',
            )
            for entry in block.entries
        )


def _heading(level: int, inside: str) -> str:
    return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{inside}</text:h>\n'


def _span(style: str, inside: str) -> str:
    return f'<text:span text:style-name="{style}">{inside}</text:span>'


def _link(bookmark: str, inside: str) -> str:
    return f'<text:a xlink:type="simple" xlink:href="#{bookmark}">{inside}</text:a>'


def _cell(inside: str, span: str = "") -> str:
    return (
        f'<table:table-cell table:style-name="Bordered" office:value-type="string"{span}>\n{inside}</table:table-cell>'
    )
