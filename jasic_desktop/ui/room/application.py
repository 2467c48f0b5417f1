"""Starts the window of a reading room's session, and ends it: by its button, its silence, a signal, or its keeper."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QBuffer, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from jasic_desktop import PROGRAM
from jasic_desktop.app.navigation import View
from jasic_desktop.app.room import Rules, settings_of
from jasic_desktop.core import atomic
from jasic_desktop.core.errors import Cancelled, ExitCode, NotWrittenFault
from jasic_desktop.core.garbage import keep
from jasic_desktop.core.languages import Language
from jasic_desktop.core.paths import Places
from jasic_desktop.ui import tasks
from jasic_desktop.ui.application import Wish, clear_away
from jasic_desktop.ui.faults import SlotFaults
from jasic_desktop.ui.opening import Opener
from jasic_desktop.ui.room.coordinator import RoomCoordinator
from jasic_desktop.ui.room.idle import IdleWatch
from jasic_desktop.ui.room.lockdown import Lockdown
from jasic_desktop.ui.room.window import RoomWindow
from jasic_desktop.ui.searching import Searcher
from jasic_desktop.ui.signals import EndSignals
from jasic_desktop.ui.tasks import PipeReader
from jasic_desktop.ui.toolkit import make_application
from jasic_desktop.ui.waiting import wait

_SETTLED_MS: Final = 300
_VIEWS: Final[Sequence[View]] = ("browse", "timeline")
_AT_ONCE: Final = 64
_PULSE_MS: Final = 5000
_SILENCE: Final = 60.0
"""Seconds after which a window that does nothing any more is ended by the system, and the next session begins."""
_ENDING: Final = 10.0


class Room:
    """The window of one session with all that watches over it. `ask_to_end` has the application's loop end."""

    def __init__(self, places: Places, rules: Rules, language: Language, wish: Wish, *, in_memory: bool = True) -> None:
        self._wish, self._rules = wish, rules
        self.coordinator = RoomCoordinator(places, settings_of(places.policy), rules, language, wish.theme)
        self.faults = SlotFaults(self.coordinator, self.coordinator)
        self.opener = Opener(self.coordinator, wish.archive)
        self.lockdown = Lockdown(self.coordinator)
        self.idle = IdleWatch(rules.idle_seconds, rules.warning_seconds, self.coordinator)
        self.window = RoomWindow(
            self.coordinator, self.opener, self.lockdown.clipboard, in_memory=in_memory, warning=self.idle.warning
        )
        self._closed = False
        self._pulse = QTimer(self.coordinator)
        self._pulse.setInterval(_PULSE_MS)
        self._pulse.timeout.connect(lambda: _alarm(_SILENCE))
        self.opener.opened.connect(self._opened)
        footer = self.window.footer
        self.idle.counted.connect(footer.count_down)
        self.idle.spoken.connect(footer.speak_countdown)
        self.idle.resumed.connect(self.window.resume)
        footer.resumed.connect(self.idle.note)
        if wish.size is not None:
            self.window.resize(*wish.size)

    def begin(self, *, cover: bool) -> None:
        """Show the window and open the archive; `cover` gives it the whole screen."""
        self.faults.listen()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.installEventFilter(self.lockdown)
            application.installEventFilter(self.idle)
        if cover:
            self.window.cover_screen()
        else:
            self.window.show()
        QTimer.singleShot(0, self.window, self._begin_work)

    def watch(self) -> None:
        """Have the system end the process when the window hangs."""
        _alarm(_SILENCE)
        self._pulse.start()

    def close(self) -> None:
        """End all that is under way, and take away what was copied."""
        if self._closed:
            return
        self._closed = True
        if self._pulse.isActive():
            self._pulse.stop()
            _alarm(_ENDING)  # what cannot be ended in this time is ended with the process
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.removeEventFilter(self.idle)
            application.removeEventFilter(self.lockdown)
        self.idle.stop()
        self.lockdown.clipboard.clear()
        tasks.end_all()
        self.coordinator.close()
        self.faults.ignore()

    def _begin_work(self) -> None:
        if not self._closed:
            self.coordinator.set_searcher(Searcher(self.coordinator))
            self.opener.open()

    def _opened(self) -> None:
        """Go where the command line or the policy wants to begin; what was reached so has nothing before it."""
        coordinator, wish = self.coordinator, self._wish
        self._wish = Wish(screenshot=wish.screenshot)
        page = self._rules.start_page
        if wish.question is not None:
            coordinator.ask(wish.question, live=False)
        view = wish.view or next((view for view in _VIEWS if view == page), None)
        record = wish.record or (page if page != "start" and view is None and wish.question is None else None)
        if record is not None:
            coordinator.open_record(record)
        if view is not None:
            coordinator.show_view(view)


def run(
    places: Places, rules: Rules, language: Language, wish: Wish, *, in_memory: bool = True, session: bool = False
) -> ExitCode:
    """Open the window and stay until the session ends; with `wish.screenshot`, draw it, write the picture and end.

    `session` says that a keeper holds the other end of the standard input, whose end is the room's.
    Raises DisplayFault where there is no display, NotWrittenFault where the picture cannot be written.
    """
    application = make_application(language)
    application.setQuitOnLastWindowClosed(False)
    room = Room(places, rules, language, wish, in_memory=in_memory)
    signals, heard = EndSignals(room.window), list[int]()
    line = _LifeLine(room.window) if session else None
    signals.asked.connect(heard.append)
    signals.asked.connect(lambda _number: application.exit(0))
    for ending in (room.window.ended, room.idle.elapsed):
        # Queued: an end that comes before the loop runs is not lost.
        ending.connect(lambda: application.exit(0), Qt.ConnectionType.QueuedConnection)
    if line is not None:
        line.reader.ended.connect(lambda _number: application.exit(0))
        line.reader.start()
        room.watch()
    signals.listen()
    try:
        room.begin(cover=wish.screenshot is None and wish.size is None)
        if wish.screenshot is not None:
            return _draw(room, wish, heard)
        room.opener.opened.connect(keep)
        code = application.exec()
    finally:
        room.close()
        signals.ignore()
        if session:
            # What a window of this size takes to be deleted, a reader would wait for; the thread that waits for the
            # keeper cannot be ended. Nothing is left to be written.
            _leave(room)
        clear_away(room)
    return ExitCode.DONE if code == 0 else ExitCode.PROGRAM_FAULT


class _LifeLine(QObject):
    """Waits for the end of the standard input, which comes when the keeper is gone or wants the session to end."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.reader = PipeReader(0, lambda: os.read(0, _AT_ONCE), self)


def _alarm(seconds: float) -> None:
    """Be ended by the system in so many seconds, unless this is called again before."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _leave(room: Room) -> None:
    error = sys.exc_info()[1]
    if error is not None:
        import traceback

        traceback.print_exception(error)
    room.window.hide()
    QApplication.processEvents()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(int(ExitCode.PROGRAM_FAULT if error is not None else ExitCode.DONE))


def _draw(room: Room, wish: Wish, heard: Sequence[int]) -> ExitCode:
    failures: list[str] = []
    room.opener.failed.connect(lambda sentence, _details: failures.append(sentence))
    wait(lambda: bool(failures) or _settled(room), _SETTLED_MS)
    if heard:
        raise Cancelled
    if failures:
        sys.stderr.write(f"{PROGRAM}: {failures[0]}\n")
    target, picture = wish.screenshot, QBuffer()
    if target is None:
        return ExitCode.USAGE
    if not (picture.open(QBuffer.OpenModeFlag.WriteOnly) and room.window.grab().save(picture, "PNG")):
        raise NotWrittenFault("core.not_written", path=target, system="PNG")
    atomic.write(target, bytes(picture.data().data()), force=wish.force)
    return ExitCode.DAMAGED if failures else ExitCode.DONE


def _settled(room: Room) -> bool:
    coordinator = room.coordinator
    if coordinator.archive is None or coordinator.is_searching or coordinator.answer is None:
        return False
    return not room.window.reader.pictures.is_waiting
