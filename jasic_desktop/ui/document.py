"""Writes a page into a text document by cursor calls: nothing in a record is ever read as markup."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtGui import (
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)

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
    SourceEntry,
    SourceList,
    StatementBlock,
    Text,
    plain,
)
from jasic_desktop.core.certainty import Certainty
from jasic_desktop.render.numbering import in_order
from jasic_desktop.render.page import Page
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Inlines, Words
from jasic_desktop.ui.document_blank import begin_below_bar
from jasic_desktop.ui.document_format import DATE_WIDTH, LABEL_WIDTH, NUMBER_WIDTH, Formats, Look
from jasic_desktop.ui.document_passages import READ, page_passages
from jasic_desktop.ui.document_pictures import PICTURE, PLACEHOLDER, Shown, picture_format
from jasic_desktop.ui.theme import Role

RECORD: Final = "record:"
CITE: Final = "cite:"
NARROW: Final = 400
"""Below this width in pixels at 100 %, labels stand over what they label and accounts under one another."""
ROWS_AT_ONCE: Final = 12
"""Rows of one table: a long table is several, so that none holds the window up while it is laid out."""
LONGEST_PARAGRAPH: Final = 4000
"""Characters; what is longer goes on in another paragraph. Qt takes minutes for a word of a million letters."""
JOINER: Final = "\u2060"
"""Stands between characters that stay on one line; no text of a record holds it."""
_UNBROKEN: Final = "\u00a0"
_SIGNS: Final = frozenset(certainty.value for certainty in Certainty)
_INDENT: Final = 24
_AFTER_TABLE: Final = 16
_AFTER_ACCOUNTS: Final = 12
_STATEMENT: Final = Look("statement", serif=True)


class Run(NamedTuple):
    """A stretch of a passage of the record (see `page_passages`) in the document, in Qt's characters."""

    field: str
    start: int
    end: int


class Link(Struct, frozen=True):
    """Words that lead somewhere: where they stand in the document, in Qt's characters, and where they lead."""

    start: int
    end: int
    target: str
    text: str

    @property
    def record(self) -> str | None:
        """The record that a name leads to; None for a number."""
        return self.target.removeprefix(RECORD) if self.target.startswith(RECORD) else None

    @property
    def number(self) -> int | None:
        """The source that a number leads to; None for what is no number."""
        return int(self.target.removeprefix(CITE)) if self.target.startswith(CITE) else None


class Place(NamedTuple):
    """Where somebody reads: so many pixels below the top of a block of the page; -1 is the page's title."""

    block: int
    below: float


class Writing:
    """One page on its way into a document.

    `runs` (the words of each passage), `links`, `starts` (where each block of the page begins), `signs` (where each
    sign's picture is to be drawn, and of which certainty) and `pictures` grow with it; their places are Qt's cursors'.
    """

    def __init__(self, document: QTextDocument, page: Page, formats: Formats, width: float) -> None:
        self.page = page
        self.links: list[Link] = []
        self.runs: list[Run] = []
        self.starts: list[int] = []
        self.signs: list[tuple[int, str]] = []
        self.pictures: list[Shown] = []
        self._width = width
        self._formats = formats
        self._words = Words(page.language)
        self._is_narrow = width < NARROW * formats.scale
        self._date_width = DATE_WIDTH if page.has_dates and not self._is_narrow else 0
        self._is_other = False
        self._is_last = False
        self._cursor = QTextCursor(document)
        self._is_open = True
        self._running: Role = "reading"
        self._field = ""
        self._fields = page_passages(page)
        document.setIndentWidth(formats.length(_INDENT))

    def steps(self) -> Iterator[None]:
        """Write; each step is a little work, and the document is whole after the last."""
        self._head()
        yield
        blocks, at = self.page.blocks, 0
        while at < len(blocks):
            end = at + 1
            if isinstance(blocks[at], StatementBlock):
                while end < min(len(blocks), at + ROWS_AT_ONCE) and isinstance(blocks[end], StatementBlock):
                    end += 1
                goes_on = end < len(blocks) and isinstance(blocks[end], StatementBlock | AccountsBlock)
                rows = [block for block in blocks[at:end] if isinstance(block, StatementBlock)]
                self._statements(rows, 0 if goes_on else _AFTER_TABLE)
                yield
            else:
                self.starts.append(self._cursor.position())
                self._field = self._fields[at]
                self._is_last = end == len(blocks) or isinstance(blocks[end], Heading)
                yield from self._block(blocks[at], 0, 0)
                self._field = ""
            at = end

    def statement_at(self, place: int) -> str | None:
        """The statement that is written at a place; None where another block is."""
        at = bisect_right(self.starts, place) - 1
        block = self.page.blocks[at] if 0 <= at < len(self.page.blocks) else None
        return block.id if isinstance(block, StatementBlock) else None

    # ---------------------------------------------------------------------------------------------------- blocks

    def _head(self) -> None:
        page = self.page
        if page.is_bare:
            is_table = bool(page.blocks) and isinstance(page.blocks[0], StatementBlock | AccountsBlock | Facts)
            begin_below_bar(self._cursor.document(), self._formats.length(4 if is_table else 12))
            return
        self._paragraph(self._formats.paragraph("title", 0, 4), Look("title"))
        self._inlines(page.heading, Look("title"))
        under = tuple(part for part in (page.subtitle, page.line) if part)
        if under:
            look = Look("statement", "ink-2")
            self._paragraph(self._formats.paragraph("statement", 0, 12), look)
            self._inlines(self._words.join("dot", under), look)

    def _block(self, block: Block, depth: int, quotes: int) -> Iterator[None]:
        """One block inside `depth` lists and `quotes` quotations."""
        # To look a block up is to go through all of it.
        is_asked = self.page.others and depth == quotes == 0 and not self._is_other
        others = self.page.others.get(block, ()) if is_asked else ()
        if others and not isinstance(block, StatementBlock):
            yield from self._beside(block, others)
        elif isinstance(block, ListBlock):
            yield from self._list(block, depth, quotes)
        elif isinstance(block, Quote):
            for part in block.blocks:
                yield from self._block(part, depth, quotes + 1)
        elif isinstance(block, SourceList):
            for at in range(0, len(block.entries), ROWS_AT_ONCE):
                is_last = at + ROWS_AT_ONCE >= len(block.entries)
                self._sources(block.entries[at : at + ROWS_AT_ONCE], _AFTER_TABLE if is_last else 0)
                yield
        elif isinstance(block, Facts):
            for at in range(0, len(block.rows), ROWS_AT_ONCE):
                is_last = at + ROWS_AT_ONCE >= len(block.rows)
                self._facts(block.rows[at : at + ROWS_AT_ONCE], _AFTER_TABLE if is_last else 0)
                yield
        elif isinstance(block, AccountsBlock):
            yield from self._accounts(block)
        else:
            if isinstance(block, Heading):
                self._heading(block)
            elif isinstance(block, StatementBlock):
                self._statements([block], 0)
            elif isinstance(block, PictureBlock):
                self._shown(block)
            else:
                look = Look(self._running, "ink-2" if quotes else "ink")
                self._paragraph(self._formats.paragraph(self._running, 0, 12, depth + quotes), look)
                self._inlines(block.inlines, look)
            yield

    def _beside(self, block: Block, others: Sequence[Block]) -> Iterator[None]:
        """A part in two languages: side by side, or where that is too narrow and for accounts below one another."""
        self._is_other = True  # neither looks for others of its own
        field = self._field
        if self._is_narrow or isinstance(block, AccountsBlock):
            yield from self._block(block, 0, 0)
            self._field = ""
            for other in others:
                yield from self._block(other, 0, 0)
        else:
            table = self._table(1, self._formats.table(0.5, 0.5, above=12, below=20 if self._is_last else 4))
            for column, parts in enumerate(((block,), others)):
                cell = self._formats.cell(right=0 if column else 20)
                self._into(table, 0, column, cell, "reading")
                self._is_open = True
                for part in parts:
                    # In a cell nothing may be left for later: it is written whole.
                    for _ in self._block(part, 0, 0):
                        pass
                table.cellAt(0, column).setFormat(cell)  # what was written took the room around it away
                self._field = ""
            self._end_table()
            yield
        self._field = field
        self._is_other = False

    def _heading(self, block: Heading) -> None:
        if block.level <= 2:
            # Below the sections that are read, lists and labels are set smaller.
            self._running = "reading" if block.anchor in READ else "ui"
            look, form = Look("section"), self._formats.paragraph("section", 20, 8)
        elif block.anchor is not None:
            look, form = Look("reading", strong=True), self._formats.paragraph("reading", 12, 4)
        else:
            look, form = Look("heading", "ink-3"), self._formats.paragraph("heading", 12, 4)
        self._paragraph(form, look)
        self._inlines(block.inlines, look)

    def _shown(self, block: PictureBlock) -> None:
        """Leave room for a picture, which leads to itself in large."""
        form, name = self._formats.paragraph("ui", 8, 8), f"{PICTURE}{len(self.pictures)}"
        form.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        self._paragraph(form, Look("ui"))
        self.pictures.append(Shown(self._cursor.position(), name, block))
        with self._linked(name, plain(block.inlines)):
            self._cursor.insertText(PLACEHOLDER, picture_format(name, block, self._width))

    def _list(self, block: ListBlock, depth: int, quotes: int) -> Iterator[None]:
        look = Look(self._running, "ink-2" if quotes else "ink")
        form = self._formats.paragraph(self._running, 0, 4, quotes)
        made: QTextList | None = None
        for item in block.items:
            parts = item or (Paragraph(()),)
            if isinstance(parts[0], Paragraph):
                self._paragraph(form, look)
                if made is None:
                    made = self._cursor.createList(self._formats.bullets(depth, ordered=block.ordered))
                else:
                    made.add(self._cursor.block())
                self._inlines(parts[0].inlines, look)
                parts = parts[1:]
                yield
            for part in parts:
                yield from self._block(part, depth + 1, quotes)

    def _statements(self, blocks: Sequence[StatementBlock], below: float) -> None:
        cell = self._formats.cell(above=4, below=4, right=8)
        others = [self._other_words(block) for block in blocks]
        is_double = any(others) and not self._is_narrow
        left = self._date_width
        share = (1 - self._formats.length(left) / max(self._width, 1)) / 2
        widths = (*((left,) if left else ()), *((share, share) if is_double else (0,)))
        table = self._table(len(blocks), self._formats.table(*widths, below=below))
        words = self._formats.cell(above=4, below=4, right=20 if is_double else 0 if left else 8)
        for at, block in enumerate(blocks):
            self._into(table, at, 0, cell if left else words, "ui" if left or block.date else "statement")
            self.starts.append(self._cursor.position())
            self._text(block.date or "", Look("ui", "ink-2"))
            if left:
                self._into(table, at, 1, words, "statement")
            elif block.date:
                self._paragraph(self._formats.paragraph("statement"), Look("statement"))
            self._field = block.id
            self._inlines(block.inlines, _STATEMENT)
            self._field = ""
            if others[at] and is_double:
                self._into(table, at, len(widths) - 1, self._formats.cell(above=4, below=4), "statement")
                self._inlines(others[at], _STATEMENT)
            elif others[at]:
                self._paragraph(self._formats.paragraph("statement", 4), _STATEMENT)
                self._inlines(others[at], _STATEMENT)
        self._end_table()

    def _other_words(self, block: StatementBlock) -> Inlines:
        return next(
            (other.inlines for other in self.page.others.get(block, ()) if isinstance(other, StatementBlock)), ()
        )

    def _facts(self, rows: Sequence[tuple[str, Inlines]], below: float) -> None:
        above = self._formats.cell(above=4, below=0 if self._is_narrow else 4, right=8)
        value_cell = self._formats.cell(above=0 if self._is_narrow else 4, below=4)
        count = 2 * len(rows) if self._is_narrow else len(rows)
        widths = (0,) if self._is_narrow else (LABEL_WIDTH, 0)
        table = self._table(count, self._formats.table(*widths, below=below))
        for at, (label, value) in enumerate(rows):
            row, column = (2 * at, 0) if self._is_narrow else (at, 0)
            self._into(table, row, column, above, "ui")
            self._text(label, Look("ui", "ink-2"))
            row, column = (2 * at + 1, 0) if self._is_narrow else (at, 1)
            self._into(table, row, column, value_cell, "ui")
            self._inlines(value, Look("ui"))
        self._end_table()

    def _sources(self, entries: Sequence[SourceEntry], below: float) -> None:
        table = self._table(len(entries), self._formats.table(NUMBER_WIDTH, 0, below=below))
        for at, entry in enumerate(entries):
            self._into(table, at, 0, self._formats.cell(above=3, below=3), "ui")
            self._text(str(entry.number), Look("ui-strong", "accent"))
            self._into(table, at, 1, self._formats.cell(above=3, below=3), "ui")
            self._inlines(entry.inlines, Look("ui"))
        self._end_table()

    def _accounts(self, block: AccountsBlock) -> Iterator[None]:
        columns = 1 if self._is_narrow or len(block.answers) < 2 else 2
        left = self._date_width
        pairs = [block.answers[at : at + columns] for at in range(0, len(block.answers), columns)]
        pieces = [pairs[at : at + ROWS_AT_ONCE] for at in range(0, len(pairs), ROWS_AT_ONCE)] or [[]]
        for number, piece in enumerate(pieces):
            is_last = number == len(pieces) - 1
            heads = 1 if number == 0 else 0
            answers_before = number * ROWS_AT_ONCE * columns
            shape = self._formats.table(
                *((0.5, 0.5) if columns == 2 else (0,)),
                left=left,
                above=12 if heads else 0,
                below=_AFTER_ACCOUNTS if is_last else 0,
            )
            table = self._table(heads + len(piece), shape)
            if heads:
                if columns > 1:
                    table.mergeCells(0, 0, 1, columns)
                self._into(table, 0, 0, self._formats.accounts_cell(first=True, line=False, last=not piece), "ui")
                self._question(block)
            for at, answers in enumerate(piece):
                for column in range(columns):
                    last = is_last and at == len(piece) - 1
                    cell = self._formats.accounts_cell(first=column == 0, line=True, last=last)
                    self._into(table, heads + at, column, cell, "ui")
                    if column < len(answers):
                        self._field = (
                            "" if block.language else f"{block.id}-{answers_before + at * columns + column + 1}"
                        )
                        self._inlines(answers[column], Look("ui"))
                        self._field = ""
            self._end_table()
            yield

    def _question(self, block: AccountsBlock) -> None:
        look = Look("ui-strong", language=block.language)
        self._picture(Certainty.DISPUTED)
        self._text(self._words.say("accounts_differ", question=block.question), look)

    # ---------------------------------------------------------------------------------------- paragraphs and cells

    def _paragraph(self, form: QTextBlockFormat, look: Look) -> None:
        """Begin a paragraph: the one after a table, and the first of a document, are there already."""
        characters = self._formats.characters(look)
        if self._is_open:
            self._cursor.setBlockFormat(form)
            self._cursor.setBlockCharFormat(characters)
            self._is_open = False
        else:
            self._cursor.insertBlock(form, characters)

    def _table(self, rows: int, form: QTextTableFormat) -> QTextTable:
        if self._is_open:
            # Qt keeps an empty line between two tables, and before one that a document begins with.
            flat = QTextBlockFormat()
            flat.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
            self._cursor.setBlockFormat(flat)
        return self._cursor.insertTable(rows, len(form.columnWidthConstraints()), form)

    def _into(self, table: QTextTable, row: int, column: int, form: QTextTableCellFormat, role: Role) -> None:
        """Go on in a cell, in the lines of `role`."""
        cell = table.cellAt(row, column)
        self._cursor = cell.firstCursorPosition()
        self._cursor.setBlockFormat(self._formats.paragraph(role))
        cell.setFormat(form)

    def _end_table(self) -> None:
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._is_open = True

    # ---------------------------------------------------------------------------------------------------- inlines

    def _text(self, text: str, look: Look) -> None:
        text, form = one_line(text), self._formats.characters(look)
        while len(text) > (room := LONGEST_PARAGRAPH - self._cursor.positionInBlock()):
            cut = text.rfind(" ", 0, max(room, 0)) + 1 or max(room, 0)
            self._cursor.insertText(text[:cut], form)
            text = text[cut:]
            rest = self._cursor.blockFormat()
            rest.setObjectIndex(-1)  # not another item of a list
            rest.setTopMargin(0)
            self._cursor.insertBlock(rest, form)
        self._cursor.insertText(text, form)

    def _inlines(self, inlines: Inlines, look: Look) -> None:
        for inline, follower in zip_longest(inlines, inlines[1:]):
            if isinstance(inline, Text) and isinstance(follower, Citation):
                inline = Text(inline.text.rstrip(" "))  # a number stands close to what it supports
            self._inline(inline, look)

    def _inline(self, inline: Inline, look: Look) -> None:
        if isinstance(inline, Text):
            start = self._cursor.position()
            self._text(inline.text, look)
            if self._field:
                self.runs.append(Run(self._field, start, self._cursor.position()))
        elif isinstance(inline, Emphasis):
            self._inlines(inline.inlines, replace(look, strong=True) if inline.strong else replace(look, italic=True))
        elif isinstance(inline, InLanguage):
            self._inlines(inline.inlines, replace(look, language=inline.language))
        elif isinstance(inline, RecordLink):
            target = RECORD + inline.id
            with self._linked(target, plain(inline.inlines)):
                self._inlines(inline.inlines, replace(look, color="link", target=target))
        elif isinstance(inline, Citation):
            self._citation(inline, look)
        elif isinstance(inline, Sign):
            self._sign(inline.certainty)
        elif isinstance(inline, Address):
            self._text(inline.url, replace(look, color="ink-2"))
        else:
            self._text(inline.text, replace(look, ground="match", strong=True))

    def _citation(self, citation: Citation, look: Look) -> None:
        raised = replace(look, color="accent", raised=True, italic=False, target="")
        between = "; " if any(source.locator for source in citation.sources) else ","
        for at, (number, source) in enumerate(in_order(citation, self.page.numbers)):
            if at:
                self._text(between, raised)
            if number is None:
                self._text(source.id, raised)
            else:
                target = f"{CITE}{number}"
                with self._linked(target, str(number)):
                    self._text(str(number), replace(raised, target=target))
            if source.locator:
                self._text(f", {source.locator}", raised)

    def _sign(self, certainty: str) -> None:
        """A sign with its word; what no sign is known for has the word alone."""
        word = self._words.known(f"certainty.{certainty}", certainty)
        self._text("  ", Look("small"))
        self._picture(certainty)
        # Between Chinese characters a line may end, unless they are joined.
        whole = word.replace(" ", _UNBROKEN) if word.isascii() else JOINER.join(one_line(word))
        self._cursor.insertText(whole, self._formats.characters(Look("small", "ink-2")))

    def _picture(self, certainty: str) -> None:
        """Leave room for the picture of a sign, which belongs to the word behind it on the same line."""
        if certainty in _SIGNS:
            self.signs.append((self._cursor.position(), certainty))
            self._cursor.insertText(_UNBROKEN, self._formats.sign_room())

    @contextmanager
    def _linked(self, target: str, text: str) -> Iterator[None]:
        """What is written inside leads to `target`."""
        start = self._cursor.position()
        at = len(self.links)
        yield
        self.links.insert(at, Link(start, self._cursor.position(), target, one_line(text)))


def fill(document: QTextDocument, page: Page, formats: Formats, width: float) -> Writing:
    """Write a whole page into an empty document that will be `width` pixels wide."""
    writing = Writing(document, page, formats, width)
    for _ in writing.steps():
        pass
    return writing
