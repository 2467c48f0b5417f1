"""The blocks of a page as rows of paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from jasic_desktop.core.blocks import (
    AccountsBlock,
    Block,
    Facts,
    Heading,
    ListBlock,
    Paragraph,
    PictureBlock,
    Quote,
    SourceEntry,
    SourceList,
    StatementBlock,
)
from jasic_desktop.packs.images import Pixels
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Inlines, Words
from jasic_desktop.ui.paper.runs import Inliner, picture_place, source_place
from jasic_desktop.ui.paper.setting import Run, Setter
from jasic_desktop.ui.paper.sheet import Area, Look, Picture, Row

BODY: Final = Look(100)
SMALL: Final = Look(85, serif=False)
NOTE: Final = Look(85, serif=False, color="ink-2")
LABEL: Final = Look(80, serif=False, color="ink-3")
SECTION: Final = Look(90, serif=False, strong=True, color="ink-2")
LINES: Final = {85: 120, 90: 130, 100: 150, 80: 120}
"""The height of a line for each size of letters."""
_DATE: Final = 900
_NUMBER: Final = 280
_INDENT: Final = 180
_TALLEST: Final = 5000
"""A picture is no higher than that: its caption and some text stand on the page too."""
_PIXEL: Final = 7.5
"""A pixel is no larger than on a screen."""
_MOST_INDENTS: Final = 6
_READ: Final = frozenset({"abstract", "text"})
_BULLET: Final = "•"


class BlockSetter:
    """Sets the blocks of one record after the other in a column of `width` tenths of a point.

    `pixels` decodes the pictures; without it they stand there in words. A picture is drawn where it first stands,
    later ones are words that lead to it.
    """

    def __init__(
        self,
        setter: Setter,
        words: Words,
        width: float,
        *,
        side_by_side: bool = True,
        pixels: Callable[[PictureBlock], Pixels] | None = None,
    ) -> None:
        self._setter = setter
        self._words = words
        self._width = width
        self._side_by_side = side_by_side
        self._pixels = pixels
        self._drawn: set[str] = set()
        self._running = BODY

    def rows(self, blocks: Iterable[Block], inliner: Inliner, within: str = "") -> Iterator[Row]:
        """The rows of `blocks`; the sources of a list are places under the record `within`."""
        self._running = SMALL
        for block in blocks:
            yield from self._block(block, inliner, 0, within)

    def paragraph(self, runs: Iterable[Run], above: float = 0, left: float = 0) -> list[Row]:
        """Running words as rows of which no first or last line stands alone on a page."""
        made = list(runs)
        if not made:
            return []
        height = LINES.get(made[0].look.size, round(made[0].look.size * 1.32))
        rows = self._setter.lines(made, self._width - left, height)
        if left:
            rows = [shifted(row, left) for row in rows]
        return bound(rows, above)

    def _block(self, block: Block, inliner: Inliner, depth: int, within: str) -> Iterator[Row]:
        left = _INDENT * min(depth, _MOST_INDENTS)
        if isinstance(block, PictureBlock):
            yield from self._picture(block, inliner, left)
        elif isinstance(block, Paragraph):
            yield from self.paragraph(inliner.runs(block.inlines, self._running), 40, left)
        elif isinstance(block, Heading):
            yield from self._heading(block, inliner)
        elif isinstance(block, ListBlock):
            for number, item in enumerate(block.items, 1):
                yield from self._item(item, f"{number}." if block.ordered else _BULLET, inliner, depth, within)
        elif isinstance(block, Quote):
            for part in block.blocks:
                yield from self._block(part, inliner, depth + 1, within)
        elif isinstance(block, StatementBlock):
            left = 0 if block.date is None else _DATE
            date = self._setter.lines([Run(one_line(block.date or ""), NOTE)], _DATE - 60, 150) if left else []
            text = self._setter.lines(inliner.runs(block.inlines, BODY), self._width - left, 150)
            yield from bound(beside((0, date), (left, text)), 40)
        elif isinstance(block, AccountsBlock):
            yield from self._accounts(block, inliner)
        elif isinstance(block, Facts):
            for label, value in block.rows:
                yield from self._fact(label, value, inliner)
        else:
            yield from self.sources(block, inliner, within)

    def _picture(self, block: PictureBlock, inliner: Inliner, left: float) -> Iterator[Row]:
        place = picture_place(block.file)
        if self._pixels is None or block.file in self._drawn:
            target = place if block.file in self._drawn else ""
            yield from self.paragraph(inliner.runs(block.inlines, self._running, target), 40, left)
            return
        self._drawn.add(block.file)
        pixels = self._pixels(block)
        scale = min((self._width - left) / pixels.width, _TALLEST / pixels.height, _PIXEL)
        picture = Picture(left, 0, pixels.width * scale, pixels.height * scale, pixels)
        yield Row(picture.height + 30, pictures=[picture], places=[place], above=60, keep=True)

    def _heading(self, block: Heading, inliner: Inliner) -> Iterator[Row]:
        if block.level <= 2:
            # Below the sections that are read, lists and labels are set smaller.
            self._running = BODY if block.anchor in _READ else SMALL
            look, above = SECTION, 120
        elif block.anchor is not None:
            look, above = BODY._replace(strong=True), 90
        else:
            look, above = LABEL._replace(strong=True), 70
        for row in self.paragraph(inliner.runs(block.inlines, look), above):
            row.keep = True
            yield row

    def _item(self, item: tuple[Block, ...], mark: str, inliner: Inliner, depth: int, within: str) -> Iterator[Row]:
        left = _INDENT * (min(depth, _MOST_INDENTS) + 1)
        parts = item or (Paragraph(()),)
        if isinstance(parts[0], Paragraph):
            height = LINES[self._running.size]
            text = self._setter.lines(inliner.runs(parts[0].inlines, self._running), self._width - left, height)
            sign = self._setter.lines([Run(mark, self._running)], left, height)
            yield from bound(beside((left - 120, sign), (left, text)), 15)
            parts = parts[1:]
        for part in parts:
            yield from self._block(part, inliner, depth + 1, within)

    def _fact(self, label: str, value: Inlines, inliner: Inliner) -> Iterator[Row]:
        name = self._setter.lines([Run(one_line(label), NOTE)], _DATE - 60, 120)
        text = self._setter.lines(inliner.runs(value, SMALL), self._width - _DATE, 120)
        yield from bound(beside((0, name), (_DATE, text)), 20)

    def _accounts(self, block: AccountsBlock, inliner: Inliner) -> Iterator[Row]:
        columns = 2 if self._side_by_side and len(block.answers) > 1 else 1
        inner, gap = self._width - 300, 200
        wide = (inner - gap * (columns - 1)) / columns
        question = self._words.say("accounts_differ", question="\n")
        before, _, after = question.partition("\n")
        look = SMALL._replace(strong=True)
        asked = [Run(before, look), Run(one_line(block.question), look._replace(language=block.language or ""))]
        rows = [Row(70, keep=True)]
        for row in self._setter.lines([*asked, Run(after, look)], inner, 120):
            row.keep = True
            rows.append(shifted(row, 150))
        for at in range(0, len(block.answers), columns):
            cells = [
                (150 + number * (wide + gap), self._setter.lines(inliner.runs(answer, SMALL), wide, 120))
                for number, answer in enumerate(block.answers[at : at + columns])
            ]
            rule = Row(100, areas=[Area(left, 45, wide, 6, "line") for left, _ in cells], keep=True)
            rows += [rule, *bound(beside(*cells), 0)]
        rows[-1].keep = True
        rows.append(Row(80))
        for row in rows:
            # The ground is drawn row by row, so that it goes on where a page ends.
            ground = Area(0, 0, self._width, row.height + 0.5, "accounts")
            row.areas[:0] = [ground, Area(0, 0, 24, row.height + 0.5, "accounts-edge")]
        rows[0].above = 60
        yield from rows
        yield Row(30)

    def sources(self, block: SourceList, inliner: Inliner, within: str = "") -> Iterator[Row]:
        """A numbered list of sources, each of them a place."""
        for entry in block.entries:
            yield from self.source(entry, inliner, within)

    def source(self, entry: SourceEntry, inliner: Inliner, within: str = "") -> list[Row]:
        """One numbered source."""
        number = self._setter.lines([Run(str(entry.number), SMALL._replace(strong=True, color="accent"))], _NUMBER, 120)
        text = self._setter.lines(inliner.runs(entry.inlines, SMALL), self._width - _NUMBER, 120)
        rows = bound(beside((0, number), (_NUMBER, text)), 20)
        rows[0].places.append(source_place(entry.number, within))
        return rows

    def heading(self, text: str) -> list[Row]:
        """The heading of a part of the whole file."""
        rows = self.paragraph([Run(one_line(text), Look(130, strong=True))], 260)
        for row in rows:
            row.keep = True
        return rows


def shifted(row: Row, left: float) -> Row:
    """`row` that much further to the right."""
    row.inks = [ink._replace(x=ink.x + left) for ink in row.inks]
    row.links = [link._replace(x=link.x + left) for link in row.links]
    row.areas = [area._replace(x=area.x + left) for area in row.areas]
    row.pictures = [picture._replace(x=picture.x + left) for picture in row.pictures]
    return row


def beside(*columns: tuple[float, Sequence[Row]]) -> list[Row]:
    """Columns that begin on one line, each with its left edge, as rows that go across."""
    rows = []
    for parts in zip_longest(*(lines for _, lines in columns)):
        whole = Row(max((part.height for part in parts if part is not None), default=0))
        for (left, _), part in zip(columns, parts, strict=True):
            if part is not None:
                shifted(part, left)
                whole.inks += part.inks
                whole.links += part.links
                whole.areas += part.areas
                whole.pictures += part.pictures
        rows.append(whole)
    return rows or [Row(0)]


def bound(rows: list[Row], above: float) -> list[Row]:
    """Rows of one paragraph: `above` is free over them, and no first or last line stands alone."""
    if rows:
        rows[0].above = above
    if len(rows) > 1:
        rows[0].keep = rows[-2].keep = True
    return rows
