"""Hears the system and the terminal ask the program to end, while the event loop runs and Python does not."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Signal, Slot

_POLL_MS: Final = 300


class EndSignals(QObject):
    """From `listen` to `ignore`, `asked` tells once which signal asks this process to end, from the event loop.

    After the first one they all do again what they did before, so that a second one ends a program that hangs.
    To be used in the main thread.
    """

    asked = Signal(int)

    _heard = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before: dict[int, Any] = {}
        self._pipe: tuple[int, int] | None = None
        self._waker: QSocketNotifier | QTimer | None = None
        self._heard.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    # ------------------------------------------------------------------------------------------------------ slots

    def listen(self) -> None:
        """Begin to listen."""
        # Python runs a handler as soon as Qt runs anything of Python's: something must be run when a signal comes.
        if sys.platform == "win32":
            timer = QTimer(self)
            timer.timeout.connect(self._wake)
            timer.start(_POLL_MS)
            self._waker = timer
        else:
            self._pipe = os.pipe()
            for end in self._pipe:
                os.set_blocking(end, False)
            signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
            notifier = QSocketNotifier(self._pipe[0], QSocketNotifier.Type.Read, self)
            notifier.activated.connect(self._wake)
            self._waker = notifier
        for number in _numbers():
            self._before[number] = signal.signal(number, self._hear)

    def ignore(self) -> None:
        """Let signals do again what they did before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()
        if self._pipe is not None:
            signal.set_wakeup_fd(-1)
        if isinstance(self._waker, QSocketNotifier):
            self._waker.setEnabled(False)
        elif self._waker is not None:
            self._waker.stop()
        self._waker = None
        for end in self._pipe or ():
            os.close(end)
        self._pipe = None

    # ----------------------------------------------------------------------------------------------------- events

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        """Called by Python in the midst of anything: what follows waits for the event loop."""
        self._heard.emit(number)

    @Slot()
    def _wake(self) -> None:
        if self._pipe is not None:
            with suppress(BlockingIOError):
                os.read(self._pipe[0], 64)

    @Slot(int)
    def _pass_on(self, number: int) -> None:
        if self._before:
            self.ignore()
            self.asked.emit(number)


def _numbers() -> tuple[int, ...]:
    """The signals that ask to end. A program that `nohup` started does not hear that its terminal is gone."""
    if sys.platform == "win32":
        return signal.SIGINT, signal.SIGTERM, signal.SIGBREAK
    wanted = signal.SIGINT, signal.SIGTERM, signal.SIGHUP
    return tuple(number for number in wanted if signal.getsignal(number) != signal.SIG_IGN)
