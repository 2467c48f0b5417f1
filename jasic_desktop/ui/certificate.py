"""Draws the certificate of a check as one page of PDF, and writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QGuiApplication, QPageSize, QPainter, QPdfWriter

from jasic_desktop import TITLE, __version__
from jasic_desktop.app.certificate import Certificate
from jasic_desktop.core import atomic
from jasic_desktop.core.errors import DisplayFault, NotWrittenFault
from jasic_desktop.core.i18n import translate
from jasic_desktop.ui.paper.blocks import beside, bound
from jasic_desktop.ui.paper.flow import Flow
from jasic_desktop.ui.paper.letters import Letters
from jasic_desktop.ui.paper.painting import paint
from jasic_desktop.ui.paper.setting import Run, Setter
from jasic_desktop.ui.paper.sheet import SHEETS, Area, Ink, Leaf, Look, Row

_DOTS: Final = 720
_HEADING: Final = Look(110, serif=False, color="ink-2")
_RESULT: Final = Look(210, serif=True, strong=True)
_LABEL: Final = Look(85, serif=False, color="ink-2")
_TEXT: Final = Look(95, serif=False)
_STRONG: Final = Look(95, serif=False, strong=True)
_SMALL: Final = Look(85, serif=False)
_DIGITS: Final = Look(100, serif=False)
_LABEL_WIDTH: Final = 1250
_GROUPS: Final = 8
"""Groups of four digits in a line of the fingerprint: four lines in all."""
_MOST_PROBLEMS: Final = 14


def write_certificate(made: Certificate, path: Path, *, force: bool = False) -> None:
    """Write `made` to `path`, whole or not at all. Needs an application of Qt's (DisplayFault).

    Raises NotWrittenFault where a file is there and `force` is not given, or the system refuses.
    """
    atomic.write(path, pdf(made), force=force)


def pdf(made: Certificate) -> bytes:
    """The bytes of the page."""
    if QGuiApplication.instance() is None:
        raise DisplayFault("export.no_press")
    letters = Letters(made.language)
    leaf = page(made, letters)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setTitle(f"{made.title}: {made.rows[0][1]}")
    writer.setCreator(f"{TITLE} {__version__}")
    painter = QPainter()
    if not painter.begin(writer):
        raise NotWrittenFault("export.no_room", system=buffer.errorString())
    try:
        paint(painter, leaf, letters)
    finally:
        painter.end()
    return bytes(buffer.data().data())


def page(made: Certificate, letters: Letters) -> Leaf:
    """The one page: of many damaged files it names as many as there is room for."""
    setter = Setter(letters)
    foot = f"{made.title} · {made.rows[0][1]} · {made.result}"
    for shown in range(min(len(made.problems), _MOST_PROBLEMS), -1, -1):
        leaves = list(Flow(SHEETS["a4"], setter, foot[:200]).pages(_rows(made, setter, shown)))
        if len(leaves) == 1:
            break
    return leaves[0]


def _rows(made: Certificate, setter: Setter, shown: int) -> Iterator[Row]:
    width = SHEETS["a4"].room
    yield from setter.lines([Run(made.title, _HEADING)], width, 160)
    color = "verified" if made.whole else "warn"
    yield from _bar(setter.lines([Run(made.result, _RESULT._replace(color=color))], width - 150, 290), color)
    yield Row(120)
    for label, text in made.rows:
        yield from _pair(setter, label, text)
    yield from _fingerprint(made, setter)
    if made.problems:
        yield from _heading(setter, "problems", made, count=len(made.problems))
        for file, sentence in made.problems[:shown]:
            runs = [Run(f"{file}  ", _SMALL._replace(strong=True)), Run(sentence, _SMALL)]
            yield from bound(setter.lines(runs, width, 125), 25)
        if shown < len(made.problems):
            yield from bound(_lines(setter, _say("more", made, count=len(made.problems) - shown), width), 25)
    yield from _heading(setter, "how_title", made)
    for number, line in enumerate(made.advice, 1):
        count = setter.lines([Run(f"{number}.", _SMALL)], 200, 125)
        yield from bound(beside((0, count), (200, _lines(setter, line, width - 200))), 25)
    yield from _heading(setter, "by_hand", made)
    for label in made.by_hand:
        row = Row(300, areas=[Area(_LABEL_WIDTH, 270, width - _LABEL_WIDTH, 5, "ink-2")])
        row.inks = [Ink(ink.x, 260, ink.text, ink.look) for ink in _first(setter, label)]
        yield row


def _bar(rows: list[Row], color: str) -> Iterator[Row]:
    """The result, with a bar beside it that does not speak by its colour alone."""
    for number, row in enumerate(rows):
        row.inks = [ink._replace(x=ink.x + 150) for ink in row.inks]
        row.areas.append(Area(0, 20, 50, row.height - (40 if number == len(rows) - 1 else 0), color))
        row.above = 0 if number else 60
        yield row


def _pair(setter: Setter, label: str, text: str) -> Iterator[Row]:
    name = setter.lines([Run(label, _LABEL)], _LABEL_WIDTH - 80, 140)
    value = setter.lines([Run(text, _TEXT)], SHEETS["a4"].room - _LABEL_WIDTH, 140)
    yield from bound(beside((0, name), (_LABEL_WIDTH, value)), 30)


def _fingerprint(made: Certificate, setter: Setter) -> Iterator[Row]:
    """The whole fingerprint in columns of four digits, to be compared by eye."""
    digits = made.fingerprint
    if not digits:
        yield from _pair(setter, _say("row.fingerprint", made), _say("unreadable", made))
        return
    groups = [digits[at : at + 4] for at in range(0, len(digits), 4)]
    wide = (SHEETS["a4"].room - _LABEL_WIDTH) / _GROUPS
    for line in range(0, len(groups), _GROUPS):
        row = Row(150, above=30 if not line else 0, keep=True)
        row.inks = [
            Ink(_LABEL_WIDTH + number * wide, 110, group, _DIGITS)
            for number, group in enumerate(groups[line : line + _GROUPS])
        ]
        if not line:
            row.inks.insert(0, Ink(0, 110, _say("row.fingerprint", made), _LABEL))
        yield row


def _heading(setter: Setter, key: str, made: Certificate, **values: object) -> Iterator[Row]:
    for row in bound(setter.lines([Run(_say(key, made, **values), _STRONG)], SHEETS["a4"].room, 150), 170):
        row.keep = True
        yield row


def _lines(setter: Setter, text: str, width: float) -> list[Row]:
    return setter.lines([Run(text, _SMALL)], width, 125)


def _first(setter: Setter, text: str) -> list[Ink]:
    rows = setter.lines([Run(text, _LABEL)], _LABEL_WIDTH - 80, 140)
    return rows[0].inks if rows else []


def _say(key: str, made: Certificate, **values: object) -> str:
    return translate(f"packs.certificate.{key}", made.language, **values)
