"""Ends a session that nobody uses any more: counts down at its end, aloud, and stops at any sign of a reader."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QMouseEvent

from jasic_desktop.app.room import SPOKEN

_TICK_MS: Final = 250
_MOVED: Final = 12.0
"""Pixels: a pointer that trembles on its table is no reader."""
_SIGNS: Final = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel),
        *(QEvent.Type.TouchBegin, QEvent.Type.TabletPress),
    }
)


def uptime() -> float:
    """Seconds since the machine was started, those among them in which it slept."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(clock) if clock is not None else time.monotonic()


class IdleWatch(QObject):
    """Watches the events of an application for a reader. Before the first sign of one nothing is counted.

    `counted` tells the seconds left, each once, while it counts down; `spoken` those that are read aloud; `resumed`
    that somebody is there after all; `elapsed` that nobody is.
    """

    counted = Signal(int)
    spoken = Signal(int)
    resumed = Signal()
    elapsed = Signal()

    def __init__(
        self, seconds: int, warning: int, parent: QObject | None = None, clock: Callable[[], float] = uptime
    ) -> None:
        super().__init__(parent)
        self._seconds, self._warning = seconds, min(warning, seconds)
        self._clock = clock
        self._since: float | None = None
        self._told: int | None = None
        self._at: QPointF | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def counting_down(self) -> bool:
        """Whether the countdown is shown."""
        return self._told is not None

    @property
    def warning(self) -> int:
        """How many seconds the countdown takes."""
        return self._warning

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()
        self._since = self._told = None

    def note(self) -> None:
        """Somebody is there."""
        self._since = self._clock()
        if not self._timer.isActive():
            self._timer.start()
        if self._told is not None:
            self._told = None
            self.resumed.emit()

    def look(self) -> None:
        """Look at the clock."""
        if self._since is None:
            return
        left = self._seconds - (self._clock() - self._since)
        if left <= 0:
            self.stop()
            self.elapsed.emit()
            return
        shown = math.ceil(left)
        if shown > self._warning or shown == self._told:
            return
        # Where the clock jumped, as after a sleep, what was passed over is not read aloud.
        before, self._told = self._told, shown
        self.counted.emit(shown)
        if before is None or any(shown <= mark < before for mark in SPOKEN):
            self.spoken.emit(shown)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note what a person does. While it counts down, a pointer that only moves is not enough."""
        kind = event.type()
        if kind in _SIGNS:
            self.note()
        elif kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent) and self._told is None:
            at = event.globalPosition()
            if self._at is not None and (at - self._at).manhattanLength() < _MOVED:
                return False
            had, self._at = self._at, at
            # The first place of all may be where the pointer was left, not where somebody moved it.
            if had is not None and self._since is not None:
                self.note()
        return False
