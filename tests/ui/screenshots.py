"""Draws every view of the window into a folder: `python -m tests.ui.screenshots OUT`.

Each view is drawn at 1440x900 and 1024x768, light and dark, in each language, as VIEW-LANGUAGE-THEME-WIDTHxHEIGHT.png.
`--view`, `--language`, `--theme` and `--size` choose some of it and may be repeated, `--contrast high` draws it in high
contrast; `--profile DIR` keeps the prepared archive for the next time. Nothing of it is committed: it is for looking
at, beside the pictures of the design; DIFFERENCES.md says what was seen.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from jasic_desktop.app.collecting import members
from jasic_desktop.app.navigation import Moment
from jasic_desktop.app.room import Rules
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.core.paths import Places
from jasic_desktop.core.settings import Settings
from jasic_desktop.ui import tasks
from jasic_desktop.ui.application import Wish
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.opening import Opener
from jasic_desktop.ui.room.application import Room
from jasic_desktop.ui.searching import Searcher
from jasic_desktop.ui.toolkit import make_application
from jasic_desktop.ui.waiting import wait
from jasic_desktop.ui.window import MainWindow

SIZES: Final = ((1440, 900), (1024, 768))
THEMES: Final = ("light", "dark")
SETTLED_MS: Final = 200
PATIENCE_MS: Final = 20_000
ARREST: Final = "2018-07-27-mass-arrest"
RAID: Final = "2018-08-24-huizhou-raid"
CHAPTER: Final = "Chapter 2"
RECORDS: Final = {
    "person": "mi-jiuping",
    "organisation": "jasic-technology",
    "event": RAID,
    "place": "pingshan-district",
    "document": "chrd-2019-03-13-submission",
    "topic": "picking-quarrels",
    "essay": "essay-petition-to-dismissal",
    "introduction": "archive-introduction",
}

DIALOGS: Final = (
    "export",
    "print",
    "cite",
    "about",
    "verify",
    "archives",
    "palette",
    "keys",
    "settings",
    "edit-keys",
    "collect",
    "save-search",
    "backups",
)
"""The commands that open a dialog over the panes."""


class Studio:
    """One window, brought from view to view."""

    def __init__(self, places: Places) -> None:
        self.coordinator = Coordinator(places, Settings.load(places.config), "en", "light")
        self.coordinator.set_searcher(Searcher(self.coordinator))
        self.coordinator.mine.keep_in(places.workspace, make=True)
        self.opener = Opener(self.coordinator)
        self.window = MainWindow(self.coordinator, self.opener)
        self.window.show()
        self.opener.open()
        self.settle(120_000)

    def settle(self, patience_ms: int = PATIENCE_MS) -> None:
        """Wait until nothing is under way."""
        wait(self._is_settled, SETTLED_MS, patience_ms)

    def forget(self) -> None:
        """Begin anew: no question, no tab, nothing ticked."""
        reader = self.window.panes.reader
        while reader.tabs.count():
            reader.close_tab(0)
        self.coordinator.clear_selection()
        self.window.panes.timeline.show_table(False)
        self.go(Moment())

    def go(self, moment: Moment) -> None:
        """Show a moment."""
        self.coordinator.is_typing = False
        self.coordinator._change(moment)
        self.settle()

    def read(self, record: str, text: str = "") -> None:
        """Read a record among the answers to a question."""
        self.go(Moment(text=text, view="browse"))
        self.coordinator.open_record(record)
        self.settle()

    def close(self) -> None:
        """Put everything away."""
        self.window.close()
        tasks.end_all()
        self.coordinator.close()

    def _is_settled(self) -> bool:
        coordinator, panes = self.coordinator, self.window._panes
        if coordinator.archive is None or coordinator.is_searching or coordinator.answer is None:
            return False
        dialogs = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        if any(getattr(part, "running", False) for dialog in dialogs for part in vars(dialog).values()):
            return False
        return panes is None or not (panes.reader.pictures.is_waiting or panes.timeline.canvas.placing)


def start(studio: Studio) -> None:
    """The start page."""
    studio.go(Moment())


def browse(studio: Studio) -> None:
    """All panes, with the question and the records of the picture."""
    studio.read(ARREST, "mi jiuping union")
    studio.coordinator.open_record("yue-xin", True)
    studio.coordinator.open_record(ARREST)
    studio.coordinator.select(("mi-jiuping", "yue-xin", RAID))
    studio.coordinator.show_profile("mi-jiuping")


def timeline(studio: Studio) -> None:
    """The whole timeline, an event marked."""
    studio.go(Moment(view="timeline"))
    studio.coordinator.mark(RAID)


def table(studio: Studio) -> None:
    """The whole timeline as a table."""
    timeline(studio)
    studio.window.panes.timeline.show_table(True)


def nothing_found(studio: Studio) -> None:
    """No result."""
    studio.go(Moment(text="qwertzuiop", view="browse"))


def nothing_read(studio: Studio) -> None:
    """Panes without a record."""
    studio.go(Moment(view="browse"))


def bad_question(studio: Studio) -> None:
    """A question that cannot be read as it stands."""
    studio.go(Moment(text='"mi jiuping AND (', view="browse"))


def unreadable(studio: Studio) -> None:
    """A record that cannot be read."""
    browse(studio)
    studio.settle()
    words = studio.coordinator.words("window.reader.not_readable", id=ARREST)
    reader = studio.window.panes.reader
    reader.notice.show_error(words, "details", lambda: None)
    reader._show(reader.notice)


def loading(studio: Studio) -> None:
    """An archive that is prepared."""
    studio.window._progressed("window.progress.title", 240, 783)


def not_opened(studio: Studio) -> None:
    """An archive that could not be opened."""
    words = studio.coordinator.words("core.not_written", path="/srv/archive", system="EIO")
    page = studio.window.progress_page
    page.show_failure(words, "details")
    studio.window._pages.setCurrentWidget(page)


def suggestions(studio: Studio) -> None:
    """The list under the search field."""
    studio.go(Moment(view="browse"))
    field = studio.window.top_bar.search
    studio.window.suggestions  # noqa: B018 - made when somebody could type
    field.setFocus()
    field.setText("")
    for letter in "mi jiu":
        field.insert(letter)
        field.textEdited.emit(field.text())
        QApplication.processEvents()
    studio.settle()
    wait(studio.window.suggestions.isVisible, 0, 3000)


def by_year(studio: Studio) -> None:
    """Results in groups."""
    studio.coordinator.change("group", "year")
    studio.read(ARREST, "union")


def find(studio: Studio) -> None:
    """Find in page."""
    browse(studio)
    studio.settle()
    studio.coordinator.run("find-in-page")
    studio.window.panes.reader.find_bar.open_bar("police")


def both(studio: Studio) -> None:
    """Both languages side by side."""
    browse(studio)
    studio.settle()
    reader = studio.window.panes.reader
    if not reader.shows_other:
        studio.coordinator.run("both-languages")


def notes(studio: Studio) -> None:
    """The notes of a record."""
    browse(studio)
    studio.settle()
    studio.coordinator.run("record-notes")


def mine(kind: str) -> Callable[[Studio], None]:
    """What the person made or read, in place of the results: the records of a collection, notes, the history."""

    def show(studio: Studio) -> None:
        browse(studio)
        studio.settle()
        made = studio.coordinator.mine
        identity = ""
        if kind == "collection":
            store = studio.coordinator.store
            assert store is not None
            held = members(store, (ARREST, RAID, "mi-jiuping"), studio.coordinator.language)
            known = {one.name: one.id for one in made.workspace.collections.list()}
            identity = known.get(CHAPTER) or made.workspace.collections.create(CHAPTER, held).id
        made.show_list(kind, identity)

    return show


def selection(studio: Studio) -> None:
    """The records that are ticked."""
    browse(studio)
    studio.settle()
    studio.coordinator.run("show-selection")


def command(name: str) -> Callable[[Studio], None]:
    """A dialog, from the panes."""

    def show(studio: Studio) -> None:
        browse(studio)
        studio.settle()
        studio.coordinator.run(name)

    return show


def page(record: str) -> Callable[[Studio], None]:
    """A record that has the whole window."""

    def show(studio: Studio) -> None:
        studio.go(Moment(record=record, profile=record, view="page"))

    return show


def reading(record: str) -> Callable[[Studio], None]:
    """A record of one type, read."""
    return lambda studio: studio.read(record)


VIEWS: Final[dict[str, Callable[[Studio], None]]] = {
    "start": start,
    "browse": browse,
    **{f"page-{name}": page(record) for name, record in RECORDS.items()},
    "timeline": timeline,
    "timeline-table": table,
    **{name: reading(record) for name, record in RECORDS.items()},
    "nothing-read": nothing_read,
    "nothing-found": nothing_found,
    "bad-question": bad_question,
    "unreadable": unreadable,
    "both-languages": both,
    "find": find,
    "notes": notes,
    "suggestions": suggestions,
    "by-year": by_year,
    "selection": selection,
    "collection": mine("collection"),
    "all-notes": mine("notes"),
    "history": mine("history"),
    **{name: command(name) for name in DIALOGS},
    "loading": loading,
    "not-opened": not_opened,
}


def room_start(_room: Room) -> None:
    """The first page of a reading room."""


def room_reading(room: Room) -> None:
    """Results and a record in a reading room."""
    room.coordinator.ask("mi jiuping", False)
    wait(lambda: not room.coordinator.is_searching, SETTLED_MS, PATIENCE_MS)
    room.coordinator.open_record(ARREST)
    wait(lambda: room.window.reader.view.is_whole, SETTLED_MS, PATIENCE_MS)


ROOM_VIEWS: Final[dict[str, Callable[[Room], None]]] = {"room": room_start, "room-reading": room_reading}
"""The views of a reading room, which is a window of its own."""


def draw_room(places: Places, view: str, look: tuple[tuple[int, int], str, Language], target: Path) -> None:
    """Draw one view of a reading room into a file."""
    size, theme, language = look
    room = Room(places, Rules(), language, Wish(theme=theme, size=size))
    room.begin(cover=False)
    wait(lambda: room.coordinator.answer is not None and room.window.start.isVisible(), SETTLED_MS, PATIENCE_MS)
    ROOM_VIEWS[view](room)
    wait(lambda: not room.coordinator.is_searching, SETTLED_MS, PATIENCE_MS)
    room.window.grab().save(str(target), "PNG")
    room.window.close()
    room.close()
    for thing in (room.window, room.opener, room.coordinator):
        thing.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def _put_back(studio: Studio) -> Iterator[None]:
    """Close what a view opened."""
    try:
        yield
    finally:
        for dialog in studio.window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()
        studio.coordinator.mine.left.emit()
        studio.window.panes.results.show_results()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        studio.coordinator.change("group", "none")
        studio.window.panes.reader.find_bar.close_bar()
        studio.window.panes.reader.notes.close_panel()
        studio.window.suggestions.hide()
        if studio.window.panes.reader.shows_other:
            studio.coordinator.run("both-languages")
        studio.window.show_moment()


def picture(studio: Studio) -> QPixmap:
    """The window with the dialogs over it, where they stand on a screen: in the middle."""
    whole = studio.window.grab()
    painter = QPainter(whole)
    for dialog in studio.window.findChildren(QDialog):
        if dialog.isVisible():
            over = dialog.grab()
            room = studio.window.size() - dialog.size()
            painter.drawPixmap(QPoint(max(0, room.width() // 2), max(0, room.height() // 2)), over)
    painter.end()
    return whole


def draw(studio: Studio, view: str, target: Path) -> None:
    """Draw one view into a file."""
    studio.forget()
    studio.window.activateWindow()
    with _put_back(studio):
        VIEWS[view](studio)
        studio.settle()
        picture(studio).save(str(target), "PNG")


def main(arguments: list[str] | None = None) -> int:
    """Draw what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.ui.screenshots", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, metavar="OUT")
    parser.add_argument("--view", action="append", choices=[*VIEWS, *ROOM_VIEWS])
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--theme", action="append", choices=THEMES)
    parser.add_argument("--size", action="append", choices=[f"{wide}x{high}" for wide, high in SIZES])
    parser.add_argument("--contrast", choices=("normal", "high"), default="normal")
    parser.add_argument("--profile", type=Path)
    wanted = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted.folder.mkdir(parents=True, exist_ok=True)
    make_application()
    with tempfile.TemporaryDirectory() as own:
        studio = Studio(Places.of(wanted.profile or Path(own)))
        sizes = [size for size in SIZES if not wanted.size or "x".join(map(str, size)) in wanted.size]
        for size, theme, language in product(sizes, wanted.theme or THEMES, wanted.language or LANGUAGES):
            studio.window.resize(*size)
            studio.coordinator.set_theme(theme)
            studio.coordinator.set_contrast(wanted.contrast)
            studio.coordinator.set_language(language)
            for view in wanted.view or (*VIEWS, *ROOM_VIEWS):
                look = theme if wanted.contrast == "normal" else f"{theme}-contrast"
                name = f"{view}-{language}-{look}-{size[0]}x{size[1]}.png"
                if view in ROOM_VIEWS:
                    draw_room(studio.coordinator.places, view, (size, theme, language), wanted.folder / name)
                else:
                    draw(studio, view, wanted.folder / name)
                sys.stdout.write(name + "\n")
                sys.stdout.flush()
        studio.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
