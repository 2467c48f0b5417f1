"""What nothing else caught becomes one sentence in the window, which goes on working."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot

from jasic_desktop.core.errors import Fault
from jasic_desktop.ui.coordinator import Coordinator

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]

_FAULTY: Final = "window.task.faulty"


def sentence(error: BaseException, coordinator: Coordinator) -> str:
    """What went wrong, for a person."""
    if isinstance(error, Fault):
        return error.sentence(coordinator.language)
    return coordinator.words(_FAULTY, kind=type(error).__name__, text=str(error))


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
