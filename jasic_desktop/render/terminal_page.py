"""The page of a record drawn for a terminal, or for a pipe without colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text as Line

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
    RecordLink,
    Sign,
    SourceList,
    StatementBlock,
    Text,
)
from jasic_desktop.render.numbering import in_order
from jasic_desktop.render.page import Page
from jasic_desktop.render.visible import visible
from jasic_desktop.render.wording import Words

DATE_WIDTH: Final = 18
LABEL_WIDTH: Final = 16
_SIDE_BY_SIDE: Final = 80
_ANSWER_WIDTH: Final = 25
_SIGN_STYLES: Final = {
    "corroborated": "green",
    "single-source": "dim",
    "disputed": "bold yellow",
    "alleged": "italic yellow",
}
_SIGNS: Final = {"corroborated": "✓", "single-source": "①", "disputed": "◆", "alleged": "?"}


def render_page(page: Page) -> RenderableType:
    """A record as the reader shows it, from title to provenance."""
    draw = Drawer(Words(page.language), page.numbers)
    head = [Line(visible(page.title), style="bold")]
    head += [draw.line(inlines) for inlines in (page.subtitle, page.line) if inlines]
    head[-1].stylize("dim")
    return Trimmed(Group(*head, *draw.blocks(page.blocks)))


class Trimmed:
    """Draws something without the spaces that a table leaves at the end of its lines."""

    def __init__(self, renderable: RenderableType) -> None:
        self._renderable = renderable

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in console.render_lines(self._renderable, options, pad=False):
            while line and not line[-1].text.rstrip(" "):
                line.pop()
            if line:
                last = line.pop()
                line.append(Segment(last.text.rstrip(" "), last.style, last.control))
            yield from line
            yield Segment.line()


class Drawer:
    """Draws the blocks of one page, whose citations have the numbers `numbers`."""

    def __init__(self, words: Words, numbers: Mapping[str, int]) -> None:
        self.words = words
        self.numbers = numbers

    def line(self, inlines: Iterable[Inline], style: str = "") -> Line:
        """Inlines as one run of styled text."""
        line = Line(style=style)
        for inline in inlines:
            self._add(line, inline)
        return line

    def _add(self, line: Line, inline: Inline) -> None:
        if isinstance(inline, Text):
            line.append(visible(inline.text))
        elif isinstance(inline, Emphasis):
            line.append_text(self.line(inline.inlines, "bold" if inline.strong else "italic"))
        elif isinstance(inline, RecordLink):
            line.append_text(self.line(inline.inlines, "underline"))
        elif isinstance(inline, InLanguage):
            line.append_text(self.line(inline.inlines))
        elif isinstance(inline, Citation):
            line.append_text(self._citation(inline))
        elif isinstance(inline, Sign):
            line.append_text(self.sign(inline.certainty))
        elif isinstance(inline, Address):
            line.append(visible(inline.url), style="dim")
        else:
            line.append(visible(inline.text), style="bold yellow")

    def _citation(self, citation: Citation) -> Line:
        numbers = []
        for number, source in in_order(citation, self.numbers):
            shown = str(number or source.id)
            numbers.append(f"{shown}, {visible(source.locator)}" if source.locator else shown)
        located = any(source.locator for source in citation.sources)
        return Line(f" [{('; ' if located else ',').join(numbers)}]", "cyan")

    def sign(self, certainty: str) -> Line:
        """A certainty sign with its word."""
        word = self.words.known(f"certainty.{certainty}", certainty)
        return Line(f" {_SIGNS.get(certainty, '')} {word}", _SIGN_STYLES.get(certainty, ""))

    def blocks(self, blocks: Iterable[Block]) -> Iterator[RenderableType]:
        """Blocks, each with the space above it that it needs."""
        before: Block | None = None
        for block in blocks:
            tight = isinstance(block, StatementBlock) and isinstance(before, StatementBlock | AccountsBlock | Heading)
            tight = tight or isinstance(before, Heading)
            if not tight:
                yield Line("")
            yield self.block(block)
            before = block

    def block(self, block: Block) -> RenderableType:
        """One block."""
        if isinstance(block, Paragraph | PictureBlock):
            return self.line(block.inlines)
        if isinstance(block, Heading):
            return self.line(block.inlines, "bold" if block.level > 2 else "bold underline")
        if isinstance(block, StatementBlock):
            if block.date is None:
                return self.line(block.inlines)
            return columns([(Line(visible(block.date), "dim"), self.line(block.inlines))], DATE_WIDTH)
        if isinstance(block, AccountsBlock):
            return Padding(_Accounts(self, block), (0, 0, 0, 2))
        if isinstance(block, Facts):
            return columns(
                [(Line(visible(label), "dim"), self.line(value)) for label, value in block.rows], LABEL_WIDTH
            )
        if isinstance(block, SourceList):
            width = len(str(len(block.entries))) + 2
            rows = [(Line(f"[{entry.number}]", "cyan"), self.line(entry.inlines)) for entry in block.entries]
            return columns(rows, width)
        if isinstance(block, ListBlock):
            return self._list(block)
        return Padding(Group(*self.blocks(block.blocks)), (0, 0, 0, 4))

    def _list(self, block: ListBlock) -> RenderableType:
        rows: list[tuple[Line, RenderableType]] = []
        for number, item in enumerate(block.items, start=1):
            parts = [self.block(part) for part in item]
            rows.append((Line(f"{number}." if block.ordered else "•"), Group(*parts)))
        return columns(rows, len(str(len(rows))) + 1 if block.ordered else 1)


class _Accounts:
    """Accounts that differ: side by side where the terminal is wide enough, else one below the other."""

    def __init__(self, drawer: Drawer, block: AccountsBlock) -> None:
        self.drawer = drawer
        self.block = block

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        words, answers = self.drawer.words, [self.drawer.line(answer) for answer in self.block.answers]
        question = words.say("accounts_differ", question=visible(self.block.question))
        yield Line(f"{_SIGNS['disputed']} {question}", "bold yellow")
        if console.width >= _SIDE_BY_SIDE:
            beside = min(len(answers), options.max_width // _ANSWER_WIDTH)
            table = Table.grid(padding=(0, 3), expand=True)
            for _ in range(beside):
                table.add_column(ratio=1, overflow="fold")
            for start in range(0, len(answers), beside):
                table.add_row(*answers[start : start + beside])
            yield table
        else:
            yield columns([(Line("–"), answer) for answer in answers], 1)


def columns(rows: Iterable[tuple[RenderableType, RenderableType]], width: int) -> Table:
    """A narrow column of labels beside a wide one of text; the label's column is never wider than its widest."""
    table = Table.grid(padding=(0, 2), expand=True)
    rows = list(rows)
    table.add_column(width=width, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for label, value in rows:
        table.add_row(label, value)
    return table
