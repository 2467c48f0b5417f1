"""Keeps the layouts of the timeline: few events are laid out at once, many in the background, and none twice."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetricsF

from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.render.timeline import Arrangement
from jasic_desktop.ui import tasks

AT_ONCE: Final = 3000
"""Events that are laid out while the person waits; more than these go to the background."""
REST_MS: Final = 120
"""Scales that follow one another faster are on the way to another one: none but the first and the last is laid out."""
TYPING_MS: Final = 200
"""So long after the last key nothing is laid out: a thread that works takes the window's time."""
_KEPT: Final = 6

Make = Callable[[Progress], Arrangement]
"""Makes a layout. Where it heeds its progress it can be ended when nobody wants it any more."""


class Widths:
    """How wide words are in one font, each measured once. One thread may ask; `apart` is for another."""

    def __init__(self, font: QFont, unit: float, known: dict[str, float] | None = None) -> None:
        self._font = font.toString()
        self._metrics = QFontMetricsF(font)
        self._unit = unit
        self._known = {} if known is None else known

    def apart(self) -> Widths:
        """The same for the thread that calls this: a font must not be shared between threads, what is known may."""
        font = QFont()
        font.fromString(self._font)
        return Widths(font, self._unit, self._known)

    def __call__(self, text: str) -> float:
        """The width in pixels at a text size of 100 %."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._metrics.horizontalAdvance(text) / self._unit
        return known


class Layouts(QObject):
    """`arrived` tells that a layout made in the background is there: ask again."""

    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[Hashable, Arrangement] = {}
        self._number = 0
        self._wanted: tuple[int, Hashable, Make] | None = None
        self._task: tasks.Task | None = None
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.timeout.connect(self._begin)

    @property
    def waiting(self) -> bool:
        """Whether a layout is being made, or will be."""
        return self._task is not None or (self._wanted is not None and self._resting.isActive())

    def ask(self, key: Hashable, events: int, make: Make, at_once: int = AT_ONCE) -> Arrangement | None:
        """The layout of `key`, made by `make` where it is not known; None while it is made in the background, as it is
        where there are more than `at_once` events.
        """
        known = self._known.pop(key, None)
        if known is None and events <= at_once:
            known = make(SILENT)
        if known is not None:
            self._wanted = None
            self._keep(key, known)
            return known
        if self._wanted is None or self._wanted[1] != key:
            self._number += 1
            self._wanted = (self._number, key, make)
            follows = self._resting.isActive()
            self._resting.start(REST_MS)
            if self._task is not None:
                self._task.cancel()  # it would take the time of the frames that come until then
            elif not follows:
                self._begin()
        return None

    def rest(self) -> None:
        """Somebody types: what is being laid out ends, and begins anew when no key came for a while."""
        if self._wanted is not None:
            self._resting.start(TYPING_MS)
        if self._task is not None:
            self._task.cancel()

    def forget(self) -> None:
        """The events are others now: no layout holds any more, and none under way is waited for."""
        self._known.clear()
        self._wanted = None
        self._resting.stop()

    def _keep(self, key: Hashable, layout: Arrangement) -> None:
        self._known[key] = layout
        while len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]

    def _begin(self) -> None:
        """One layout at a time: what is wished meanwhile begins when the one under way has ended, and wishes rest."""
        if self._task is not None or self._wanted is None:
            return
        number, key, make = self._wanted

        def work(progress: Progress) -> Arrangement:
            return make(progress)

        def go_on() -> None:
            if self._wanted is None:
                self._resting.stop()
            elif not self._resting.isActive():
                self._begin()

        def finish(layout: object) -> None:
            self._task = None
            if isinstance(layout, Arrangement) and self._wanted is not None and self._wanted[0] == number:
                self._wanted = None
                self._keep(key, layout)
                self.arrived.emit()
            go_on()

        def fail(error: object) -> None:
            self._task = None
            put_off = self._resting.isActive() and isinstance(error, Exception) and tasks.was_cancelled(error)
            if self._wanted is not None and self._wanted[0] == number and not put_off:
                self._wanted = None
            go_on()
            if isinstance(error, Exception) and not tasks.was_cancelled(error):
                raise error

        self._task = tasks.start(work, self)
        self._task.finished.connect(finish)
        self._task.failed.connect(fail)
