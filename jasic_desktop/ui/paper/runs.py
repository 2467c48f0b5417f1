"""Inlines of a page as runs of words for paper: what leads within the file becomes a link, an address stays words."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from typing import Final

from jasic_desktop.core.blocks import (
    Address,
    Citation,
    CitedSource,
    Emphasis,
    InLanguage,
    Inline,
    RecordLink,
    Sign,
    Text,
)
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Inlines, Words
from jasic_desktop.ui.paper.setting import Run
from jasic_desktop.ui.paper.sheet import Look

_UNBROKEN: Final = "\u00a0"

Numbered = Callable[[Citation], list[tuple[int | None, CitedSource]]]
"""The documents of a citation with their numbers, lowest first."""


def record_place(record_id: str) -> str:
    """The name of the place where a record begins."""
    return f"record:{record_id}"


def source_place(number: int, within: str = "") -> str:
    """The name of the place where a source is listed: in the whole file, or under the record `within`."""
    return f"source:{within}:{number}"


def picture_place(file: str) -> str:
    """The name of the place where a picture is drawn."""
    return f"picture:{file}"


class Inliner:
    """Makes runs for one file. `present` holds the ids of its records; `within` is the record that has a list of
    sources of its own, empty where the file has one list.
    """

    def __init__(self, words: Words, present: Container[str], numbered: Numbered, within: str = "") -> None:
        self._words = words
        self._present = present
        self._numbered = numbered
        self._within = within

    def runs(self, inlines: Inlines, look: Look, target: str = "") -> Iterator[Run]:
        """The runs of a line; those of a link lead to `target`."""
        for at, inline in enumerate(inlines):
            if isinstance(inline, Text):
                text = one_line(inline.text)
                follower = inlines[at + 1] if at + 1 < len(inlines) else None
                # A number stands close to what it supports.
                yield Run(text.rstrip(" ") if isinstance(follower, Citation) else text, look, target)
            else:
                yield from self._inline(inline, look, target)

    def _inline(self, inline: Inline, look: Look, target: str) -> Iterator[Run]:
        if isinstance(inline, Emphasis):
            look = look._replace(strong=True) if inline.strong else look._replace(italic=True)
            yield from self.runs(inline.inlines, look, target)
        elif isinstance(inline, InLanguage):
            yield from self.runs(inline.inlines, look._replace(language=inline.language), target)
        elif isinstance(inline, RecordLink):
            place = record_place(inline.id) if inline.id in self._present else target
            yield from self.runs(inline.inlines, look, place)
        elif isinstance(inline, Citation):
            yield from self._citation(inline, look)
        elif isinstance(inline, Sign):
            word = one_line(self._words.known(f"certainty.{inline.certainty}", inline.certainty))
            small = look._replace(size=round(look.size * 0.84), serif=False, color="ink-2", language="")
            opened, closed = (self._words.say(f"punctuation.{name}") for name in ("open", "close"))
            # In brackets, and on one line with them.
            yield Run(f" {opened.strip()}{word.replace(' ', _UNBROKEN)}{closed.strip()}", small)
        elif isinstance(inline, Address):
            # Words and no link: what is on paper cannot be followed, and nothing in the file goes out.
            yield Run(one_line(inline.url), look._replace(color="ink-2", language=""))
        elif isinstance(inline, Text):
            yield Run(one_line(inline.text), look, target)
        else:
            yield Run(one_line(inline.text), look._replace(strong=True), target)

    def _citation(self, citation: Citation, look: Look) -> Iterator[Run]:
        size = round(look.size * 0.68)
        raised = look._replace(size=size, serif=False, strong=True, italic=False, color="accent", language="")
        lift = round(look.size * 0.34)
        between = "; " if any(source.locator for source in citation.sources) else ","
        for at, (number, source) in enumerate(self._numbered(citation)):
            if at:
                yield Run(between, raised, "", lift)
            if number is None:
                yield Run(one_line(source.id), raised, "", lift)
            else:
                yield Run(str(number), raised, source_place(number, self._within), lift)
            if source.locator:
                yield Run(one_line(f", {source.locator}"), raised, "", lift)
