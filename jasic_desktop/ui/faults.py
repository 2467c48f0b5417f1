"""What nothing else caught becomes one sentence in the window, which goes on working."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication

from jasic_desktop.core.errors import Fault
from jasic_desktop.core.own_file import OWN, State
from jasic_desktop.core.refusal import refusal
from jasic_desktop.ui.coordinator import Coordinator

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]

_FAULTY: Final = "window.task.faulty"
_CHANGED: Final = {State.REPLACED: "window.task.replaced", State.GONE: "window.task.gone"}


def sentence(error: BaseException, coordinator: Coordinator) -> str:
    """What went wrong, for a person."""
    if isinstance(error, Fault):
        return error.sentence(coordinator.language)
    if said := changed(coordinator):
        return said
    if isinstance(error, OSError):
        return refusal(error).sentence(coordinator.language)
    return coordinator.words(_FAULTY, kind=type(error).__name__, text=str(error))


def changed(coordinator: Coordinator) -> str:
    """What became of the program's own file since it was started, for a person; empty while it is there as it was."""
    key = _CHANGED.get(OWN.state())
    return coordinator.words(key) if key else ""


class ChangeNotice(QObject):
    """Says once, when a person comes back to the window, that another version has taken the place of this one."""

    def __init__(self, coordinator: Coordinator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._said = False
        if isinstance(application := QGuiApplication.instance(), QGuiApplication):
            application.applicationStateChanged.connect(self.look)

    @Slot(Qt.ApplicationState)
    def look(self, state: Qt.ApplicationState) -> None:
        """Look, where the window has become the one that is used."""
        if self._said or state != Qt.ApplicationState.ApplicationActive:
            return
        if sentence := changed(self._coordinator):
            self._said = True
            self._coordinator.told.emit(sentence, "warn")


class SlotFaults(QObject):
    """From `listen` to `ignore`, what a slot or an event of a widget raises is told by the coordinator.

    Qt knows no exceptions: PySide hands each to Python's last resort. A fault of the program itself goes on to it.
    """

    _heard = Signal(object)

    def __init__(self, coordinator: Coordinator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._before: Hook | None = None
        # It may happen in the midst of painting: what follows waits for the event loop.
        self._heard.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def listen(self) -> None:
        """Begin to listen."""
        if self._before is None:
            self._before = sys.excepthook
            sys.excepthook = self._hear

    def ignore(self) -> None:
        """Leave faults to whoever dealt with them before."""
        if self._before is not None:
            sys.excepthook = self._before
            self._before = None

    def _hear(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, Exception):
            self._heard.emit(error)
        if self._before is not None and not isinstance(error, Fault):
            self._before(kind, error, trace)

    @Slot(object)
    def _tell(self, error: Exception) -> None:
        self._coordinator.told.emit(sentence(error, self._coordinator), "error")
