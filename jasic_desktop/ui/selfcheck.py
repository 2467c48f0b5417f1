"""The window tests itself without a screen: painted with all its letters, searched, and its selection exported."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_args

from PySide6.QtGui import QImage, QTextLayout

from jasic_desktop.app.selftest import Check, Outcome, asked_people, run
from jasic_desktop.app.selftest_reading import read_back
from jasic_desktop.core import atomic
from jasic_desktop.core.languages import Language
from jasic_desktop.core.paths import Places
from jasic_desktop.core.settings import Settings
from jasic_desktop.export.registry import FORMATS, Options
from jasic_desktop.ui.application import Program, Wish, clear_away
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.paper.press import press
from jasic_desktop.ui.theme import Role, Theme
from jasic_desktop.ui.toolkit import make_application
from jasic_desktop.ui.waiting import wait

_SIZE: Final = (1024, 768)
_LEAST_COLORS: Final = 100
"""A window with text, rounded corners and icons has many hundreds; an empty one has a handful."""
_SAMPLED: Final = 3
"""Every third pixel each way: no letter is thinner than that is wide and high."""
_LETTERS: Final = "Yuè Xīn, Mǐ Jiǔpíng 1234 “—” 岳昕 米久平 汉字 漢字 聲援團"
_FORMAT: Final = "markdown"
_LEAST_PAGES: Final = 10_000
"""Bytes of a PDF with letters in it."""


def check_window(places: Places, settings: Settings, language: Language, archive: str | None) -> Iterator[Outcome]:
    """Open the window on an archive as a person would, and check what it shows; nothing is remembered of it.

    A display that Qt cannot use, even the one that is none, ends the program with the exit code for it.
    """
    make_application(language)
    with tempfile.TemporaryDirectory(prefix="jasic-desktop-") as folder:
        # A window that is drawn into a picture neither reads nor writes how the person left theirs.
        picture = Path(folder) / "picture.png"
        program = Program(places, settings, language, Wish(archive=archive, screenshot=picture, size=_SIZE))
        tested = _Tested(program, picture)
        try:
            yield from run(tested.checks)
        finally:
            program.close()
            clear_away(program)


class _Tested:
    """A window under test. The checks build on one another, in their order."""

    def __init__(self, program: Program, picture: Path) -> None:
        self._program = program
        self._coordinator: Coordinator = program.coordinator
        self._picture = picture
        self._first = QImage()

    @property
    def checks(self) -> tuple[tuple[str, Check], ...]:
        return (
            ("window", self._paint),
            ("window_search", self._search),
            ("window_export", self._export),
            ("window_print", _print),
        )

    def _paint(self) -> tuple[bool, str]:
        failures: list[str] = []
        self._program.opener.failed.connect(lambda sentence, _details: failures.append(sentence))
        self._program.begin()
        wait(lambda: bool(failures) or self._is_answered())
        if failures:
            return False, failures[0]
        self._first = self._painted()
        colors = _colors(self._first)
        title = self._program.window.windowTitle()
        missing = missing_letters(self._coordinator.theme, title + _LETTERS)
        if missing:
            return False, " ".join(sorted(missing))
        size = f"{self._first.width()}x{self._first.height()}"
        return colors >= _LEAST_COLORS, f"{size}, {colors} colours"

    def _search(self) -> tuple[bool, str]:
        store = self._coordinator.store
        if store is None:
            return False, ""
        people = asked_people(store)
        asked = (people[0].names.zh_hans or "", people[0].id) if people else (store.ids[0], store.ids[0])
        self._coordinator.ask(asked[0], live=False)
        wait(self._is_answered)
        answer = self._coordinator.answer
        found = [hit.id for hit in answer.hits] if answer is not None else []
        if asked[1] not in found:
            return False, f"{asked[0]}: {', '.join(found)}"
        self._coordinator.open_record(asked[1])
        return self._painted() != self._first, f"{asked[0]}: {asked[1]}"

    def _export(self) -> tuple[bool, str]:
        coordinator, store = self._coordinator, self._coordinator.store
        if store is None or coordinator.answer is None:
            return False, ""
        coordinator.select(hit.id for hit in coordinator.answer.hits[:3])
        ids = coordinator.selection.ids
        target = self._picture.with_name("export.md")
        options = Options(coordinator.language)
        atomic.write(target, b"".join(FORMATS[_FORMAT].write(store, ids, options)))
        text = target.read_text("utf-8")
        titles = {record_id: store.title(record_id).show(options.language) for record_id in ids}
        missing = [record_id for record_id in ids if titles[record_id] not in text]
        pages = b"".join(FORMATS["pdf"].write(store, ids, Options(coordinator.language, press=press)))
        whole = pages.startswith(b"%PDF-") and pages.endswith(b"%%EOF\n") and len(pages) > _LEAST_PAGES
        shown = "".join(read_back("pdf", pages).split())
        missing += [record_id for record_id in ids if "".join(titles[record_id].split()) not in shown]
        return bool(ids) and not missing and whole, ", ".join([*(missing or ids), f"PDF: {len(pages)} bytes"])

    def _is_answered(self) -> bool:
        coordinator = self._coordinator
        return coordinator.archive is not None and coordinator.answer is not None and not coordinator.is_searching

    def _painted(self) -> QImage:
        """The window as a person would see it now, by way of a file."""
        picture = self._program.window.grab()
        picture.save(str(self._picture), "PNG")
        return QImage(str(self._picture))


def missing_letters(theme: Theme, text: str) -> set[str]:
    """The letters of `text` for which a font of the theme, with all that stands behind it, has no shape."""
    missing = set()
    for role in get_args(Role):
        font = theme.font(role)
        for letter in {letter for letter in text if not letter.isspace()}:
            layout = QTextLayout(letter, font)
            layout.beginLayout()
            layout.createLine()
            layout.endLayout()
            if any(0 in run.glyphIndexes() for run in layout.glyphRuns()):
                missing.add(letter)
    return missing


def _print() -> tuple[bool, str]:
    """Loads what prints. A printer is not made: that asks the print service, and the person has not."""
    from jasic_desktop.ui.printing import new_printer

    return callable(new_printer), "QtPrintSupport"


def _colors(image: QImage) -> int:
    """How many colours a picture has, looked at here and there."""
    wide, high = range(0, image.width(), _SAMPLED), range(0, image.height(), _SAMPLED)
    return len({image.pixel(x, y) for y in high for x in wide})
