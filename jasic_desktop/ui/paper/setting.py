"""Sets runs of words into lines of a given width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Final, NamedTuple

from PySide6.QtGui import QTextCharFormat, QTextLayout, QTextLine, QTextOption

from jasic_desktop.ui.paper.letters import Letters
from jasic_desktop.ui.paper.sheet import Ink, Link, Look, Row

LONGEST: Final = 4000
"""Characters; what is longer goes on in another paragraph. Qt takes minutes for a word of a million letters."""
_ENDLESS: Final = 1e6
_BASE: Final = 0.76
"""Where the base line stands in a line, as a share of its height."""


class Run(NamedTuple):
    """Words of one look; `target` is the place they lead to, `raised` how far they stand above the line."""

    text: str
    look: Look
    target: str = ""
    raised: int = 0


class Setter:
    """Breaks lines for one piece of work, in the fonts of its thread."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._formats: dict[Look, QTextCharFormat] = {}
        self._option = QTextOption()
        self._option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._option.setUseDesignMetrics(True)

    def lines(self, runs: Iterable[Run], width: float, height: float) -> list[Row]:
        """The lines of one paragraph, each `height` high; a row each, from the left edge. None for no words."""
        return [row for part in _parts(runs) for row in self._set(part, width, height)]

    def width(self, text: str, look: Look) -> float:
        """How wide `text` is on one line."""
        layout = self._begun([Run(text, look)])
        line = layout.createLine()
        line.setLineWidth(_ENDLESS)
        layout.endLayout()
        return float(line.naturalTextWidth())

    def _set(self, runs: list[Run], width: float, height: float) -> Iterator[Row]:
        layout = self._begun(runs)
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            lines.append(line)
        layout.endLayout()
        # Qt counts in halves of what is beyond the basic plane.
        raw = "".join(run.text for run in runs).encode("utf-16-le", "surrogatepass")
        ends = list(accumulate(_size(run.text) for run in runs))
        base, at = round(height * _BASE), 0
        for line in lines:
            first, last = line.textStart(), line.textStart() + line.textLength()
            row = Row(height)
            while at < len(runs):
                left, right = max(first, ends[at - 1] if at else 0), min(last, ends[at])
                words = raw[2 * left : 2 * right].decode("utf-16-le", "replace")
                if words.strip():
                    self._place(row, line, left, right, words.rstrip() if right == last else words, runs[at], base)
                if ends[at] > last:
                    break
                at += 1
            yield row

    @staticmethod
    def _place(row: Row, line: QTextLine, left: int, right: int, words: str, run: Run, base: int) -> None:
        x, end = (float(line.cursorToX(place)[0]) for place in (left, right))  # type: ignore[index]
        row.inks.append(Ink(min(x, end), base - run.raised, words, run.look))
        if run.target:
            row.links.append(Link(min(x, end), 0, abs(end - x), row.height, run.target))

    def _begun(self, runs: list[Run]) -> QTextLayout:
        formats, place = [], 0
        for run in runs:
            span = QTextLayout.FormatRange()
            span.start, span.length = place, _size(run.text)
            span.format = self._format(run.look)
            formats.append(span)
            place += _size(run.text)
        layout = QTextLayout("".join(run.text for run in runs), self._letters.font(runs[0].look))
        layout.setFormats(formats)
        layout.setTextOption(self._option)
        layout.beginLayout()
        return layout

    def _format(self, look: Look) -> QTextCharFormat:
        known = self._formats.get(look)
        if known is None:
            known = self._formats[look] = QTextCharFormat()
            known.setFont(self._letters.font(look))
        return known


def _size(text: str) -> int:
    """How many of Qt's characters `text` is."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _parts(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """The runs as paragraphs of at most LONGEST characters, without empty runs."""
    part: list[Run] = []
    room = LONGEST
    for run in runs:
        text = run.text
        while len(text) > room:
            cut = text.rfind(" ", 0, max(room, 0)) + 1 or max(room, 0)
            if cut:
                part.append(run._replace(text=text[:cut]))
            if part:
                yield part
            part, room, text = [], LONGEST, text[cut:]
        if text:
            part.append(run._replace(text=text))
            room -= len(text)
    if part:
        yield part
