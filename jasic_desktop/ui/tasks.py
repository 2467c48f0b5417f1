"""Work in the background: the only door to threads. Progress and outcome arrive in the thread of the window."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event
from typing import Final

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled

Work = Callable[[Progress], object]
"""Work in a thread of its own: it must touch neither widgets nor an open store, and heed the progress it is given."""

_SECONDS_BETWEEN_REPORTS: Final = 0.03


class Task(QObject):
    """One piece of work under way. After `finished` or `failed` nothing follows.

    `progressed` tells (catalogue key of the step, done, total; total 0 if unknown); `finished` carries what the work
    returned, `failed` the exception (core.errors.Cancelled when `cancel` was heeded).
    """

    progressed = Signal(str, int, int)
    finished = Signal(object)
    failed = Signal(object)

    _reported = Signal(str, int, int)
    _ended = Signal(bool, object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wish = Event()
        self._over = False
        self._last = ("", 0.0)
        self._thread = _Thread(lambda: self._run(work))
        queued = Qt.ConnectionType.QueuedConnection
        self._reported.connect(self._pass_report, queued)
        self._ended.connect(self._pass_end, queued)
        _RUNNING.add(self)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the outcome is still to come."""
        return not self._over

    def cancel(self) -> None:
        """Ask the work to end; it does so at its next step."""
        self._wish.set()

    def wait(self) -> None:
        """Block until the thread has ended; the outcome is then delivered by the event loop, or never."""
        self._thread.wait()

    @Slot(str, int, int)
    def _pass_report(self, step: str, done: int, total: int) -> None:
        if not self._over:
            self.progressed.emit(step, done, total)

    @Slot(bool, object)
    def _pass_end(self, good: bool, outcome: object) -> None:
        self._thread.wait()
        self._over = True
        _RUNNING.discard(self)
        (self.finished if good else self.failed).emit(outcome)

    def _run(self, work: Work) -> None:
        progress = Progress(self._report, self._wish.is_set)
        try:
            outcome = work(progress)
        except Exception as error:  # noqa: BLE001 - whatever stops the work is the outcome
            self._ended.emit(False, error)
        else:
            self._ended.emit(True, outcome)

    def _report(self, step: str, done: int, total: int) -> None:
        """Called in the thread; a window cannot show more than some thirty states a second."""
        last, told = self._last
        now = time.monotonic()
        if step != last or done == total or now - told >= _SECONDS_BETWEEN_REPORTS:
            self._last = (step, now)
            self._reported.emit(step, done, total)


class _Thread(QThread):
    """A thread that runs one function."""

    def __init__(self, function: Callable[[], None]) -> None:
        super().__init__()
        self._function = function

    def run(self) -> None:
        """Called by Qt in the new thread."""
        self._function()


class PipeReader(QObject):
    """Waits for what a child process writes, so that the window need not.

    `read` waits for bytes and returns none at the end. `received` carries (`number`, bytes), `ended` the number, once.
    """

    received = Signal(int, bytes)
    ended = Signal(int)

    def __init__(self, number: int, read: Callable[[], bytes], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._read = read
        self._thread = _Thread(self._run)

    def start(self) -> None:
        """Begin to read; connect to the signals before."""
        self._thread.start()

    def wait(self, milliseconds: int) -> bool:
        """Block until the pipe has come to its end; whether it has."""
        return self._thread.wait(milliseconds)

    def _run(self) -> None:
        while data := self._read():
            self.received.emit(self._number, data)
        self.ended.emit(self._number)


_RUNNING: Final[set[Task]] = set()


def start(work: Work, parent: QObject | None = None) -> Task:
    """Begin `work(progress)` in a thread of its own. Connect to the task's signals before the event loop goes on."""
    return Task(work, parent)


def end_all() -> None:
    """Ask everything under way to end and wait until it has: before the program ends, and after each test."""
    for task in tuple(_RUNNING):
        task.cancel()
    for task in tuple(_RUNNING):
        task.wait()
    _RUNNING.clear()


def was_cancelled(error: object) -> bool:
    """Whether a failure only says that the person ended the work."""
    return isinstance(error, Cancelled)
