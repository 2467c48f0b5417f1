"""Paints text in runs of different looks on a given number of lines, the last one cut with an ellipsis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from jasic_desktop.render.visible import one_line
from jasic_desktop.search.answer import Span

_LONGEST: Final = 600
"""Characters that are laid out; more do not fit on any screen."""
_ELLIPSIS: Final = "…"


class Run(NamedTuple):
    """Some text and how it looks; `ground` is painted behind it."""

    text: str
    font: QFont
    color: QColor
    ground: QColor | None = None


def marked_runs(
    spans: Iterable[Span], plain: QFont, strong: QFont, color: QColor, match: tuple[QColor, QColor]
) -> Iterator[Run]:
    """Spans of an answer in one line: those that matched strong, in the colour and on the ground of `match`."""
    for span in spans:
        if span.match:
            yield Run(one_line(span.text), strong, *match)
        else:
            yield Run(one_line(span.text), plain, color)


def draw_runs(painter: QPainter, area: QRectF, runs: Iterable[Run], lines: int, line_height: float) -> None:
    """Paint `runs` one after another from the top left of `area` on at most `lines` lines of `line_height` pixels."""
    pieces = [run for run in runs if run.text]
    if not pieces or area.width() < 1:
        return
    layout = _layout(pieces)
    text = layout.text()
    layout.beginLayout()
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(area.width())
        is_cut = number == lines - 1 and line.textStart() + line.textLength() < len(text)
        if is_cut:
            # The last line breaks anywhere, and leaves room for the ellipsis.
            _break_anywhere(layout)
            room = QFontMetricsF(pieces[-1].font).horizontalAdvance(_ELLIPSIS)
            line.setLineWidth(max(1.0, area.width() - room))
        line.setPosition(QPointF(0, number * line_height + (line_height - line.height()) / 2))
    layout.endLayout()
    layout.draw(painter, area.topLeft())
    last = layout.lineAt(layout.lineCount() - 1)
    if last.textStart() + last.textLength() < len(text):
        painter.setFont(pieces[-1].font)
        painter.setPen(pieces[-1].color)
        base = QPointF(last.naturalTextWidth(), last.y() + last.ascent())
        painter.drawText(area.topLeft() + base, _ELLIPSIS)


def _layout(pieces: list[Run]) -> QTextLayout:
    formats: list[QTextLayout.FormatRange] = []
    start, text = 0, ""
    for piece in pieces:
        shown = piece.text[: _LONGEST - len(text)]
        look = QTextCharFormat()
        look.setFont(piece.font)
        look.setForeground(piece.color)
        if piece.ground is not None:
            look.setBackground(piece.ground)
        place = QTextLayout.FormatRange()
        # Qt counts in UTF-16.
        place.start, place.length, place.format = start, len(shown.encode("utf-16-le")) // 2, look
        formats.append(place)
        start += place.length
        text += shown
    layout = QTextLayout(text, pieces[0].font)
    layout.setCacheEnabled(True)
    layout.setFormats(formats)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    return layout


def _break_anywhere(layout: QTextLayout) -> None:
    option = layout.textOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
    layout.setTextOption(option)
