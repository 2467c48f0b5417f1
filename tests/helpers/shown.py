"""The one table of what the window shows: every view and every dialog, and how each is brought onto the stage.

A view that is added to the program is a row here, and the whole of tests/access walks through it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from jasic_desktop.core.languages import Language
from jasic_desktop.search.request import Filters
from jasic_desktop.ui import tasks
from jasic_desktop.ui.document_pictures import PICTURE
from jasic_desktop.ui.opening import Opener
from jasic_desktop.ui.toolkit import make_application
from jasic_desktop.ui.window import MainWindow
from tests.helpers.window import coordinator_in

SIZE: Final = (1024, 768)
EVENT: Final = "2018-07-27-mass-arrest"
PATIENCE: Final = 60.0
RECORDS: Final = {
    "person": "yue-xin",
    "organisation": "jasic-technology",
    "event": EVENT,
    "place": "pingshan-district",
    "document": "",  # the first there is
    "topic": "",
    "essay": "archive-introduction",
}


def wait_for(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Run the event loop until `condition` holds; tells whether it does."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.002)
    return condition()


def settle() -> None:
    """Let everything that was to be done or deleted at once be done."""
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


class Stage:
    """One window on the bundled archive for all that is shown; each view begins from the start page."""

    def __init__(self, home: Path, folder: Path, size: tuple[int, int] = SIZE) -> None:
        self.application = make_application()
        self.folder = folder
        self.coordinator = coordinator_in(home, folder / "config")
        # What a dialog installs, saves or removes is the test's own.
        self.coordinator.places = replace(self.coordinator.places, data=folder / "data", system=folder / "system")
        self.opener = Opener(self.coordinator)
        self.window = MainWindow(self.coordinator, self.opener)
        self.window.resize(*size)
        self.window.show()
        self.opener.open()
        assert self.wait(lambda: self.coordinator.answer is not None and not self.coordinator.is_searching)
        store = self.coordinator.store
        assert store is not None
        self.records = {
            name: record_id or next(one for one in store.ids if store.type(one) == name)
            for name, record_id in RECORDS.items()
        }
        workspace = self.coordinator.mine.workspace
        collection = workspace.collections.create("Chapter 2")
        self.collection = collection.id
        self.coordinator.mine.changed.emit()

    def close(self) -> None:
        """End all that is under way, and the window."""
        self.clear()
        self.window.close()
        tasks.end_all()
        self.coordinator.close()
        for thing in (self.window, self.opener, self.coordinator):
            thing.deleteLater()
        settle()

    wait = staticmethod(wait_for)

    def calm(self) -> bool:
        """Whether nothing is under way in the window."""
        coordinator, panes = self.coordinator, self.window.panes
        return not (
            coordinator.is_searching
            or panes.sidebar.is_counting
            or panes.reader.pictures.is_waiting
            or (coordinator.moment.record is not None and not panes.reader.view.is_whole)
        )

    def dress(
        self, theme: str = "light", language: Language = "en", percent: int = 100, *, contrast: bool = False
    ) -> None:
        """Look and speak like this, with texts of so many per cent; what is so already stays as it is."""
        coordinator = self.coordinator
        if coordinator.language != language:
            coordinator.set_language(language)
        if coordinator.theme.contrast != contrast:
            coordinator.set_contrast("high" if contrast else "normal")
        if coordinator.theme_choice != theme:
            coordinator.set_theme(theme)
        if coordinator.settings.number("text_size") != percent:
            coordinator.change("text_size", percent)
        assert self.wait(self.calm)

    def clear(self) -> None:
        """Close every dialog, and go back to the start page with no filter, no record and no tick."""
        for dialog in list(self.dialogs()):
            tasks.end_all()
            dialog.done(0)
        settle()
        self.window.activateWindow()
        coordinator, panes = self.coordinator, self.window.panes
        self.window.suggestions.dismiss()
        coordinator.clear_selection()
        coordinator.mine.left.emit()
        while coordinator.tabs:
            coordinator.run("close-tab")
        panes.results.show_results()
        panes.reader.notes.close_panel()
        panes.reader.find_bar.close_bar()
        panes.timeline.show_table(False)
        self.window.status_bar.clear()
        self.window.progress_page.hide()
        coordinator.narrow(Filters())
        coordinator.ask("", False)
        coordinator.show_view("start")
        self.window.show_moment()
        assert self.wait(self.calm)

    def dialogs(self) -> Iterator[QDialog]:
        """The dialogs that are open."""
        return (one for one in self.application.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())

    def dialog(self, command: str) -> QDialog:
        """The dialog that a command opens."""
        before = set(self.dialogs())
        self.coordinator.run(command)
        assert self.wait(lambda: bool(set(self.dialogs()) - before)), command
        return next(one for one in self.dialogs() if one not in before)

    def read(self, record_id: str) -> QWidget:
        """The window with a record read."""
        self.coordinator.open_record(record_id)
        assert self.wait(self.calm)
        return self.window


@dataclass(frozen=True)
class Shown:
    """Something that a person sees: its name, and what brings it onto a stage and tells the window that it is in."""

    name: str
    show: Callable[[Stage], QWidget]
    modal: bool = False

    def __str__(self) -> str:
        return self.name


# ----------------------------------------------------------------------------------------------------------- the views


def _start(stage: Stage) -> QWidget:
    stage.coordinator.show_view("start")
    return stage.window


def _results(stage: Stage) -> QWidget:
    stage.coordinator.ask("mi jiuping", False)
    assert stage.wait(stage.calm)
    stage.coordinator.narrow(Filters(types=("event",), years=("2018",)))
    assert stage.wait(stage.calm)
    return stage.window


def _nothing_found(stage: Stage) -> QWidget:
    stage.coordinator.ask("zzzyyyxxx", False)
    assert stage.wait(stage.calm)
    return stage.window


def _selection(stage: Stage) -> QWidget:
    stage.coordinator.select((EVENT, "yue-xin"))
    stage.coordinator.show_view("browse")
    stage.coordinator.run("show-selection")
    return stage.window


def _found_in_page(stage: Stage) -> QWidget:
    stage.read(stage.records["topic"])
    stage.coordinator.run("find-in-page")
    stage.window.panes.reader.find_bar.field.setText("lawyer")
    return stage.window


def _note(stage: Stage) -> QWidget:
    stage.read(stage.records["topic"])
    stage.coordinator.run("note")
    return stage.window


def _suggestions(stage: Stage) -> QWidget:
    stage.coordinator.show_view("browse")
    stage.window.go_search()
    QTest.keyClicks(stage.window.top_bar.search, "yuex")
    assert stage.wait(stage.window.suggestions.isVisible)
    assert stage.wait(stage.calm)
    return stage.window


def _timeline(stage: Stage) -> QWidget:
    stage.coordinator.show_view("timeline")
    stage.coordinator.mark(EVENT)
    assert stage.wait(stage.calm)
    return stage.window


def _table(stage: Stage) -> QWidget:
    stage.coordinator.show_view("browse")
    stage.coordinator.run("timeline-table")
    return stage.window


def _list(kind: str) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        stage.coordinator.show_view("browse")
        stage.coordinator.mine.show_list(kind, stage.collection if kind == "collection" else "")
        return stage.window

    return show


def _preparing(stage: Stage) -> QWidget:
    stage.opener.progressed.emit("packs.step_storing", 3, 10)
    return stage.window


def _failed(stage: Stage) -> QWidget:
    stage.window.progress_page.show_failure("One sentence.", "details")
    stage.window.progress_page.parentWidget().setCurrentWidget(stage.window.progress_page)
    return stage.window


def _told(stage: Stage) -> QWidget:
    stage.coordinator.show_view("browse")
    stage.coordinator.open_record("no-such-record")
    return stage.window


def _profile(stage: Stage) -> QWidget:
    stage.read(EVENT)
    stage.coordinator.show_profile("yue-xin")
    assert stage.wait(stage.calm)
    return stage.window


def _page(stage: Stage) -> QWidget:
    stage.read("yue-xin")
    stage.coordinator.run("go-page")
    assert stage.wait(stage.calm)
    return stage.window


def _reading(name: str) -> Callable[[Stage], QWidget]:
    return lambda stage: stage.read(stage.records[name])


VIEWS: Final = (
    Shown("start", _start),
    Shown("results", _results),
    Shown("nothing found", _nothing_found),
    Shown("selection", _selection),
    *(Shown(name, _reading(name)) for name in RECORDS),
    Shown("profile", _profile),
    Shown("page", _page),
    Shown("find in page", _found_in_page),
    Shown("note", _note),
    Shown("suggestions", _suggestions),
    Shown("timeline", _timeline),
    Shown("timeline as a table", _table),
    Shown("collection", _list("collection")),
    Shown("notes", _list("notes")),
    Shown("history", _list("history")),
    Shown("preparing", _preparing),
    Shown("not opened", _failed),
    Shown("an error", _told),
)


# --------------------------------------------------------------------------------------------------------- the dialogs


def _idle(dialog: QWidget) -> bool:
    """Whether no thread works for a dialog."""
    return not any(getattr(part, "running", False) for part in vars(dialog).values())


def _command(command: str, record: str | None = None, *, ticked: bool = False) -> Callable[[Stage], QWidget]:
    """The dialog of a command, with a record read where it needs one, when it is ready."""

    def show(stage: Stage) -> QWidget:
        if record is not None:
            stage.read(record)
        if ticked:
            stage.coordinator.select((EVENT, "yue-xin"))
        dialog = stage.dialog(command)
        assert stage.wait(lambda: _idle(dialog))
        return dialog

    return show


def _print_timeline(stage: Stage) -> QWidget:
    stage.coordinator.show_view("timeline")
    return _command("print-timeline")(stage)


def _picture(stage: Stage) -> QWidget:
    stage.read(stage.records["place"])
    view = stage.window.panes.reader.view
    before = set(stage.dialogs())
    view.choose(next(link for link in view.links if link.target.startswith(PICTURE)))
    assert stage.wait(lambda: bool(set(stage.dialogs()) - before))
    return next(one for one in stage.dialogs() if one not in before)


DIALOGS: Final = (
    Shown("settings", _command("settings"), True),
    Shown("about", _command("about"), True),
    Shown("policy", _command("show-policy"), True),
    Shown("keys", _command("keys"), True),
    Shown("palette", _command("palette"), True),
    Shown("verify", _command("verify"), True),
    Shown("archives", _command("archives"), True),
    Shown("backups", _command("backups"), True),
    Shown("export", _command("export", EVENT, ticked=True), True),
    Shown("print", _command("print", EVENT), True),
    Shown("print the timeline", _print_timeline, True),
    Shown("cite", _command("cite", EVENT), True),
    Shown("collect", _command("collect", EVENT), True),
    Shown("save search", _command("save-search"), True),
    Shown("picture", _picture, True),
)

ALL: Final = (*VIEWS, *DIALOGS)
