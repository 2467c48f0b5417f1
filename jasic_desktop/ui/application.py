"""Starts the window: the frame first, then the archive in the background; or draws it into a picture."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QBuffer, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from jasic_desktop import PROGRAM
from jasic_desktop.app.navigation import View
from jasic_desktop.core import atomic
from jasic_desktop.core.errors import Cancelled, ExitCode, NotWrittenFault
from jasic_desktop.core.garbage import keep
from jasic_desktop.core.languages import Language
from jasic_desktop.core.paths import Places
from jasic_desktop.core.remembered import Remembered, forget
from jasic_desktop.core.settings import Settings
from jasic_desktop.ui import tasks
from jasic_desktop.ui.clipboard import ClipboardGuard
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.faults import ChangeNotice, SlotFaults
from jasic_desktop.ui.first_paint import FirstPaint
from jasic_desktop.ui.opening import Opener
from jasic_desktop.ui.signals import EndSignals
from jasic_desktop.ui.toolkit import make_application
from jasic_desktop.ui.waiting import wait
from jasic_desktop.ui.window import MainWindow

if TYPE_CHECKING:
    from jasic_desktop.app.standby import Standby

_SETTLED_MS: Final = 300
"""How long nothing must be under way before a picture is taken."""


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line; `size` is width and height in pixels, `force` overwrites a picture."""

    archive: str | None = None
    record: str | None = None
    question: str | None = None
    theme: str | None = None
    view: View | None = None
    reset: bool = False
    screenshot: Path | None = None
    size: tuple[int, int] | None = None
    force: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether something else than the start page is wanted."""
        return self.record is not None or self.question is not None or self.view not in (None, "start")


class Program:
    """The window with all it needs, from first paint to the end."""

    def __init__(
        self, places: Places, settings: Settings, language: Language, wish: Wish, standby: Standby | None = None
    ) -> None:
        self._wish = wish
        self._standby = standby
        self._places = places
        drawn = wish.screenshot is not None
        if wish.reset:
            forget(places.config)
        remembered = Remembered() if drawn else Remembered.load(places.config)
        self.coordinator = Coordinator(places, settings, language, wish.theme)
        self.faults = SlotFaults(self.coordinator, self.coordinator)
        self.change_notice = ChangeNotice(self.coordinator, self.coordinator)
        self.opener = Opener(self.coordinator, wish.archive)
        self.window = MainWindow(self.coordinator, self.opener, remembered)
        self.clipboard = ClipboardGuard(self.coordinator, self.coordinator)
        self._remembered = remembered
        self._closed = False
        self.opener.opened.connect(self._opened)
        self.window.closed.connect(self.close)
        if wish.size is not None:
            self.window.resize(*wish.size)

    def begin(self) -> None:
        """Show the frame, and open the archive once it is on the screen."""
        self.faults.listen()
        FirstPaint(self.window.status_bar).done.connect(self._begin_work)
        if self._remembered.maximized and self._wish.screenshot is None:
            self.window.showMaximized()
        else:
            self.window.show()

    def close(self) -> None:
        """Remember the window and end all that is under way."""
        if self._closed:
            return
        self._closed = True
        if self._wish.screenshot is None:
            self.window.state.save(self._places.config)
        self.clipboard.end()
        tasks.end_all()
        self.coordinator.close()
        if self._standby is not None:
            self._standby.close()
        self.faults.ignore()

    def _begin_work(self) -> None:
        if self._closed:
            return
        from jasic_desktop.ui.searching import Searcher, launch_worker

        # What the person made is opened when the archive is, not before the first paint; a picture writes nothing.
        self.coordinator.mine.keep_in(self._places.workspace, make=self._wish.screenshot is None)
        launch = self._standby.launch if self._standby is not None else launch_worker
        if self._wish.goes_on:
            self.window.start_page.postpone()
        self.coordinator.set_searcher(Searcher(self.coordinator, launch))
        self.opener.open()

    def _opened(self) -> None:
        coordinator, wish = self.coordinator, self._wish
        if wish.question is not None:
            coordinator.ask(wish.question, live=False)
        if wish.record is not None:
            coordinator.open_record(wish.record)
        elif wish.question is None and wish.screenshot is None:
            self._reopen_tabs()
        if wish.view is not None:
            coordinator.show_view(wish.view)
        self._wish = Wish(screenshot=wish.screenshot)
        if coordinator.moment.view == "start":  # there is no such record
            self.window.start_page.make_up()
        if coordinator.places.policy.faults:
            # It stays until somebody closes it: the room is not as its administrator meant it to be.
            coordinator.tell_fault(coordinator.places.policy.faults[0])

    def _reopen_tabs(self) -> None:
        """Keep the tabs of last time behind the start page, if it is the same archive."""
        store = self.coordinator.store
        if store is not None and store.fingerprint == self._remembered.fingerprint:
            known = [record_id for record_id in self._remembered.tabs if record_id in store.ordinals]
            self.coordinator.restore_tabs(tuple(known))


class HasWindow(Protocol):
    """What is cleared away in the end: a window, what opens archives for it, and its coordinator."""

    @property
    def window(self) -> QWidget:
        """The window."""

    @property
    def opener(self) -> Opener:
        """What opens archives."""

    @property
    def coordinator(self) -> Coordinator:
        """What the panes share."""


def run(places: Places, settings: Settings, language: Language, wish: Wish, standby: Standby | None = None) -> ExitCode:
    """Open the window and stay until it is closed; with `wish.screenshot`, draw it, write the picture and end.
    `standby` holds a search worker that was started before this module was loaded.

    Raises DisplayFault where there is no display, NotWrittenFault where the picture cannot be written, Cancelled where
    the terminal ended it before its time.
    """
    application = make_application(language)
    program = Program(places, settings, language, wish, standby)
    signals, heard = EndSignals(program.window), list[int]()
    signals.asked.connect(heard.append)
    signals.asked.connect(program.window.close)
    signals.asked.connect(lambda _number: application.exit(0))  # of every event loop, a dialog's too
    signals.listen()
    try:
        program.begin()
        if wish.screenshot is not None:
            return _draw(program, wish.screenshot, heard, force=wish.force)
        program.opener.opened.connect(keep)
        code = application.exec()
    finally:
        program.close()
        signals.ignore()
        clear_away(program)
    if signal.SIGINT in heard:
        raise Cancelled
    return ExitCode.DONE if code == 0 else ExitCode.PROGRAM_FAULT


def clear_away(program: HasWindow) -> None:
    """Delete the window and what belongs to it now, in order, not whenever Python gets to it."""
    window = program.window
    window.hide()
    for thing in (window, program.opener, program.coordinator):
        thing.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def _draw(program: Program, target: Path, heard: Sequence[int], *, force: bool) -> ExitCode:
    failures: list[str] = []
    program.opener.failed.connect(lambda sentence, _details: failures.append(sentence))
    wait(lambda: bool(failures) or _settled(program), _SETTLED_MS)
    if heard:
        raise Cancelled
    if failures:
        sys.stderr.write(f"{PROGRAM}: {failures[0]}\n")
    # Made in memory: where a file cannot be written, our words are the only ones.
    picture = QBuffer()
    if not (picture.open(QBuffer.OpenModeFlag.WriteOnly) and program.window.grab().save(picture, "PNG")):
        raise NotWrittenFault("core.not_written", path=target, system="PNG")
    atomic.write(target, bytes(picture.data().data()), force=force)
    return ExitCode.DAMAGED if failures else ExitCode.DONE


def _settled(program: Program) -> bool:
    coordinator = program.coordinator
    if coordinator.archive is None or coordinator.is_searching or coordinator.answer is None:
        return False
    panes = program.window.panes
    return not (panes.reader.pictures.is_waiting or panes.timeline.canvas.placing)
