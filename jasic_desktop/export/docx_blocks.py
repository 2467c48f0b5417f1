"""Blocks as paragraphs and tables of a Word document: text as text, links only within the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from lxml.etree import _Element

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
from jasic_desktop.export.docx_document import DocxDocument, put, tag
from jasic_desktop.render.numbering import in_order
from jasic_desktop.render.page import Page
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words

_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_WIDE: Final = "9070"  # twentieths of a point: the width of the text
_LABEL: Final = "2270"
_MOST_LEVELS: Final = 3
_MOST_BESIDE: Final = 3


class _Look(NamedTuple):
    """How a run is set."""

    strong: bool = False
    stressed: bool = False
    raised: bool = False
    marked: bool = False
    language: str | None = None
    linked: bool = False


class DocxBlocks:
    """Draws into the body of `document`; `places` gives each record that leaves its number in the document.

    Links lead to those records and to the sources of the record that is drawn. `media` reads the pictures; without it
    they stand there in words.
    """

    def __init__(
        self,
        document: DocxDocument,
        words: Words,
        places: Mapping[str, int],
        media: Callable[[str], bytes] | None = None,
    ) -> None:
        self._document, self._words, self._places, self._media = document, words, places, media
        self._numbers: Mapping[str, int] = {}
        self._place = 0
        self._bookmarks = 0

    def article(self, drawn: Page) -> None:
        """One record under a heading of the first level."""
        self._numbers, self._place = drawn.numbers, self._places[drawn.id]
        self.paragraph(drawn.heading, "Heading1", bookmark=f"r{self._place}")
        if drawn.subtitle:
            self.paragraph(drawn.subtitle, "Names")
        self.paragraph(drawn.line, "Line")
        self._blocks(drawn.blocks, self._document.body)

    def words(self, text: str, style: str) -> None:
        """A paragraph of plain words."""
        self.paragraph((Text(text),), style)

    def paragraph(
        self,
        inlines: Iterable[Inline],
        style: str,
        *,
        into: _Element | None = None,
        bookmark: str = "",
        numbered: str | None = None,
    ) -> _Element:
        """A paragraph in the style of that id, at the end of the body or of `into`; `numbered` is the list it is of."""
        made = put(self._document.body if into is None else into, "p")
        if style != "Normal" or numbered:
            properties = put(made, "pPr")
            put(properties, "pStyle", val=style)
            if numbered:
                number = put(properties, "numPr")
                put(number, "ilvl", val="0")
                put(number, "numId", val=numbered)
        if bookmark:
            self._bookmarks += 1
            put(made, "bookmarkStart", id=str(self._bookmarks), name=bookmark)
            put(made, "bookmarkEnd", id=str(self._bookmarks))
        self._inlines(made, inlines, _Look())
        return made

    # -------------------------------------------------------------------------------------------------- in a line

    def _inlines(self, into: _Element, inlines: Iterable[Inline], look: _Look) -> None:
        for inline in inlines:
            self._inline(into, inline, look)

    def _inline(self, into: _Element, inline: Inline, look: _Look) -> None:
        if isinstance(inline, Text):
            _run(into, inline.text, look)
        elif isinstance(inline, Emphasis):
            changed = look._replace(strong=True) if inline.strong else look._replace(stressed=True)
            self._inlines(into, inline.inlines, changed)
        elif isinstance(inline, RecordLink):
            place = self._places.get(inline.id)
            if place is None or look.linked:
                self._inlines(into, inline.inlines, look)
            else:
                self._inlines(_link(into, f"r{place}"), inline.inlines, look._replace(linked=True))
        elif isinstance(inline, InLanguage):
            self._inlines(into, inline.inlines, look._replace(language=inline.language))
        elif isinstance(inline, Citation):
            self._citation(into, inline, look._replace(raised=True))
        elif isinstance(inline, Sign):
            word = self._words.known(f"certainty.{inline.certainty}", inline.certainty)
            _run(into, self._words.say("punctuation.open") + word + self._words.say("punctuation.close"), look)
        elif isinstance(inline, Address):
            _run(into, inline.url, look)
        else:
            _run(into, inline.text, look._replace(marked=True))

    def _citation(self, into: _Element, citation: Citation, look: _Look) -> None:
        _run(into, "[", look)
        for at, (number, source) in enumerate(in_order(citation, self._numbers)):
            if at:
                _run(into, ", ", look)
            if number is None or look.linked:
                _run(into, str(number or source.id), look)
            else:
                _run(_link(into, f"r{self._place}n{number}"), str(number), look)
            if source.locator:
                _run(into, f", {source.locator}", look)
        _run(into, "]", look)

    # ------------------------------------------------------------------------------------------------ block by block

    def _blocks(self, blocks: Iterable[Block], into: _Element, level: int = 0) -> None:
        for block in blocks:
            self._block(block, into, level)

    def _block(self, block: Block, into: _Element, level: int) -> None:
        if isinstance(block, PictureBlock) and self._media is not None:
            picture = self._document.picture(block.file, self._media(block.file), block.size, block.alt)
            put(self.paragraph((), "Normal", into=into), "r").append(picture)
        elif isinstance(block, Paragraph | PictureBlock):
            self.paragraph(block.inlines, "Normal" if not level else _below("ListContinue", level), into=into)
        elif isinstance(block, Heading):
            self.paragraph(block.inlines, f"Heading{min(max(block.level, 2), 6)}", into=into)
        elif isinstance(block, ListBlock):
            self._list(block, into, level + 1)
        elif isinstance(block, Quote):
            for inner in block.blocks:
                if isinstance(inner, Paragraph):
                    self.paragraph(inner.inlines, "Quote", into=into)
                else:
                    self._block(inner, into, level)
        elif isinstance(block, Facts):
            self._facts(block)
        elif isinstance(block, StatementBlock):
            date: tuple[Inline, ...] = (Emphasis((Text(block.date),), strong=True), Text(" ")) if block.date else ()
            self.paragraph((*date, *block.inlines), "Statement", into=into)
        elif isinstance(block, AccountsBlock):
            self._accounts(block)
        else:
            self._sources(block)

    def _list(self, block: ListBlock, into: _Element, level: int) -> None:
        style = _below("ListNumber" if block.ordered else "ListBullet", level)
        number = self._document.ordered_list() if block.ordered and level == 1 else None
        for item in block.items:
            first, rest = (item[0], item[1:]) if item and isinstance(item[0], Paragraph) else (Paragraph(()), item)
            self.paragraph(first.inlines, style, into=into, numbered=number)
            self._blocks(rest, into, level)

    def _facts(self, block: Facts) -> None:
        table = self._table((_LABEL, str(int(_WIDE) - int(_LABEL))))
        for label, value in block.rows:
            row = _row(table)
            self.paragraph((Emphasis((Text(label),), strong=True),), "Cell", into=_cell(row, _LABEL))
            self.paragraph(value, "Cell", into=_cell(row, str(int(_WIDE) - int(_LABEL))))
        self._after_table()

    def _accounts(self, block: AccountsBlock) -> None:
        """The question as the heading row, then the answers side by side; where they are many, each in a row."""
        columns = len(block.answers) if len(block.answers) <= _MOST_BESIDE else 1
        width = str(int(_WIDE) // columns)
        table = self._table([width] * columns)
        before, _, after = self._words.say("accounts_differ", question="\n").partition("\n")
        question: Inline = Text(block.question)
        if block.language:
            question = InLanguage(block.language, (question,))
        head = _row(table, heading=True)
        self.paragraph((Text(before), question, Text(after)), "Question", into=_cell(head, _WIDE, columns))
        for at, answer in enumerate(block.answers):
            if at % columns == 0:
                row = _row(table)
            self.paragraph(answer, "Cell", into=_cell(row, width))
        self._after_table()

    def _table(self, widths: Iterable[str]) -> _Element:
        table = put(self._document.body, "tbl")
        properties = put(table, "tblPr")
        put(properties, "tblStyle", val="TableGrid")
        put(properties, "tblW", w=_WIDE, type="dxa")
        grid = put(table, "tblGrid")
        for width in widths:
            put(grid, "gridCol", w=width)
        return table

    def _after_table(self) -> None:
        # Two tables without a paragraph between them would become one.
        self.paragraph((), "Cell")

    def _sources(self, block: SourceList) -> None:
        for entry in block.entries:
            made = self.paragraph((), "Source", bookmark=f"r{self._place}n{entry.number}")
            _run(made, f"{entry.number}.", _Look())
            put(put(made, "r"), "tab")
            self._inlines(made, entry.inlines, _Look())


def _run(into: _Element, text: str, look: _Look) -> None:
    if not text:
        return
    run = put(into, "r")
    language = tag(look.language) if look.language else None
    if language or look.strong or look.stressed or look.raised or look.marked:
        properties = put(run, "rPr")
        if look.strong:
            put(properties, "b")
        if look.stressed:
            put(properties, "i")
        if look.marked:
            put(properties, "highlight", val="yellow")
        if look.raised:
            put(properties, "vertAlign", val="superscript")
        if language:
            put(properties, "lang", val=language, **({"eastAsia": language} if language.startswith("zh") else {}))
    letters = put(run, "t")
    letters.text = one_line(text)
    letters.set(_XML_SPACE, "preserve")


def _link(into: _Element, bookmark: str) -> _Element:
    return put(into, "hyperlink", anchor=bookmark, history="1")


def _row(table: _Element, *, heading: bool = False) -> _Element:
    row = put(table, "tr")
    properties = put(row, "trPr")
    put(properties, "cantSplit")
    if heading:
        put(properties, "tblHeader")
    return row


def _cell(row: _Element, width: str, columns: int = 1) -> _Element:
    cell = put(row, "tc")
    properties = put(cell, "tcPr")
    put(properties, "tcW", w=width, type="dxa")
    if columns > 1:
        put(properties, "gridSpan", val=str(columns))
    return cell


def _below(style: str, level: int) -> str:
    """The style of a list that stands in another, as deep as there are styles."""
    deep = min(level, _MOST_LEVELS)
    return style if deep == 1 else f"{style}{deep}"
