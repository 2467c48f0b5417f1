"""Rows into pages: what belongs together stays together, and each page has its running foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jasic_desktop.ui.paper.setting import Run, Setter
from jasic_desktop.ui.paper.sheet import Area, Ink, Leaf, Look, Place, Row, Sheet

FOOT = Look(75, serif=False, color="ink-2")


class Flow:
    """Fills pages of `sheet` one after the other; `foot` is what stands at the left under each of them."""

    def __init__(self, sheet: Sheet, setter: Setter, foot: str) -> None:
        self._sheet = sheet
        self._setter = setter
        self._foot = setter.lines([Run(foot, FOOT)], sheet.room - 500, 100)[:2]
        self._number = 0
        self._leaf = self._begun()
        self._y: float = 0

    def pages(self, rows: Iterable[Row]) -> Iterator[Leaf]:
        """The pages, each as soon as it is full; at least one."""
        group: list[Row] = []
        for row in rows:
            group.append(row)
            if not row.keep or sum(one.height for one in group) > self._sheet.depth:
                yield from self._put(group)
                group = []
        yield from self._put(group)
        yield self._leaf

    def _put(self, group: list[Row]) -> Iterator[Leaf]:
        if not group:
            return
        high = sum(row.height + row.above for row in group) - (group[0].above if not self._y else 0)
        if self._y and (group[0].fresh or self._y + high > self._sheet.depth):
            yield self._turned()
        for row in group:
            if self._y and self._y + row.above + row.height > self._sheet.depth:
                yield self._turned()
            self._place(row)

    def _place(self, row: Row) -> None:
        sheet, leaf = self._sheet, self._leaf
        if self._y:
            self._y += row.above
        left, top = sheet.side, sheet.top + self._y
        leaf.inks += [Ink(ink.x + left, ink.y + top, ink.text, ink.look) for ink in row.inks]
        leaf.areas += [area._replace(x=area.x + left, y=area.y + top) for area in row.areas]
        leaf.links += [link._replace(x=link.x + left, y=link.y + top) for link in row.links]
        leaf.pictures += [picture._replace(x=picture.x + left, y=picture.y + top) for picture in row.pictures]
        leaf.places += [Place(name, top) for name in row.places]
        self._y += row.height

    def _turned(self) -> Leaf:
        full = self._leaf
        self._leaf = self._begun()
        self._y = 0
        return full

    def _begun(self) -> Leaf:
        sheet = self._sheet
        self._number += 1
        leaf = Leaf(self._number)
        base = sheet.height - sheet.foot
        leaf.areas.append(Area(sheet.side, base - 130, sheet.room, 5, "line"))
        for line, row in enumerate(self._foot):
            leaf.inks += [Ink(sheet.side + ink.x, base + line * row.height, ink.text, ink.look) for ink in row.inks]
        number = str(self._number)
        wide = self._setter.width(number, FOOT)
        leaf.inks.append(Ink(sheet.side + sheet.room - wide, base, number, FOOT))
        return leaf
