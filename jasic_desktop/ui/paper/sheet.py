"""Sheets of paper and what is drawn on one: words, areas, links and places, as plain values of no toolkit.

All lengths are tenths of a point (1/720 inch), from the upper left corner of the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from jasic_desktop.export.options import PaperSize
from jasic_desktop.packs.images import Pixels


@dataclass(frozen=True)
class Sheet:
    """A size of paper with its margins."""

    name: PaperSize
    width: int
    height: int
    side: int = 640
    top: int = 600
    bottom: int = 760
    foot: int = 480
    """From the lower edge to the base line of the running foot."""

    @property
    def room(self) -> int:
        """The width of the text."""
        return self.width - 2 * self.side

    @property
    def depth(self) -> int:
        """The height of the text."""
        return self.height - self.top - self.bottom


SHEETS: Final[dict[PaperSize, Sheet]] = {
    "a4": Sheet("a4", 5950, 8420),
    "letter": Sheet("letter", 6120, 7920, top=560, bottom=700, foot=440),
}


class Look(NamedTuple):
    """How words look: size in tenths of a point, serif or not, weight, slant, colour (a token), language."""

    size: int = 100
    serif: bool = True
    strong: bool = False
    italic: bool = False
    color: str = "ink"
    language: str = ""


class Ink(NamedTuple):
    """Words on their base line."""

    x: float
    y: float
    text: str
    look: Look


class Area(NamedTuple):
    """A filled rectangle in the colour of a token."""

    x: float
    y: float
    width: float
    height: float
    color: str


class Link(NamedTuple):
    """An area that leads to a place of the same file."""

    x: float
    y: float
    width: float
    height: float
    target: str


class Picture(NamedTuple):
    """A drawing in SVG, made by this program, or the pixels of a picture of the archive."""

    x: float
    y: float
    width: float
    height: float
    drawn: bytes | Pixels


class Place(NamedTuple):
    """Where something begins that links and the outline lead to."""

    name: str
    y: float


@dataclass(slots=True)
class Row:
    """What stands side by side and is never parted by the end of a page; coordinates are from its upper left corner.

    `above` is free room before it, which falls away at the top of a page; `keep` binds it to the row that follows;
    `fresh` begins a page.
    """

    height: float
    inks: list[Ink] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    above: float = 0
    keep: bool = False
    fresh: bool = False


@dataclass(slots=True)
class Leaf:
    """One page, ready to be drawn; `number` begins with 1."""

    number: int
    inks: list[Ink] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words, a line of the page in a line."""
        lines: dict[float, list[Ink]] = {}
        for ink in self.inks:
            lines.setdefault(round(ink.y), []).append(ink)
        return "\n".join("".join(ink.text for ink in lines[y]) for y in sorted(lines))
