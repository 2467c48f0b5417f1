"""Opens archives for the window, prepared in a thread and opened in its own."""

from __future__ import annotations

import traceback
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import DERIVED_DAMAGED, Fault
from jasic_desktop.core.paths import Places
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.faults import sentence
from jasic_desktop.ui.tasks import Task, start

if TYPE_CHECKING:
    from jasic_desktop.app.context import Prepared


class Opener(QObject):
    """One archive at a time is being opened; a wish for another one ends the work on the one before.

    `progressed` tells (step, done, total) while there is something to prepare, `failed` (sentence, details) that
    there is no archive now, `opened` that there is one.
    """

    progressed = Signal(str, int, int)
    failed = Signal(str, str)
    opened = Signal()

    def __init__(self, coordinator: Coordinator, selector: str | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._selector = self._open_selector = selector
        self._anew = False
        self._task: Task | None = None
        coordinator.handle("rebuild", self.rebuild, lambda: self._task is None)

    @property
    def busy(self) -> bool:
        """Whether an archive is being opened."""
        return self._task is not None

    # ------------------------------------------------------------------------------------------------------ slots

    def open(self, selector: str | None = None) -> None:
        """Open what `selector` means (see app.context.open_archive); None for what was asked for before."""
        if selector is not None:
            self._selector = selector
        self._begin(anew=False)

    def open_current(self) -> None:
        """Open what is in use, whatever was asked for before."""
        self._selector = None
        self._begin(anew=False)

    def rebuild(self) -> None:
        """Make all that is derived from the open archive again."""
        self._begin(anew=True)

    def cancel(self) -> None:
        """End the work."""
        if self._task is not None:
            self._task.cancel()

    # ----------------------------------------------------------------------------------------------------- events

    def _prepared(self, prepared: Prepared) -> None:
        self._task = None
        try:
            archive = prepared.open()
        except Fault as fault:
            if fault.key in DERIVED_DAMAGED and not self._anew:
                self._begin(anew=True)
            else:
                self._failed(fault)
            return
        self._open_selector = self._selector
        self._coordinator.open(archive)
        for note in archive.notes:
            self._coordinator.tell(note.key, kind="warn", **note.values)
        self.opened.emit()

    def _failed(self, error: Exception) -> None:
        self._task = None
        if self._coordinator.archive is not None:
            # What is open stays open, and it is what "again" and "rebuild" mean.
            self._selector = self._open_selector
        self.failed.emit(sentence(error, self._coordinator), _details(error))

    # ---------------------------------------------------------------------------------------------------- helpers

    def _begin(self, *, anew: bool) -> None:
        self._anew = anew
        if self._task is not None:
            self._task.cancel()
            for signal in (self._task.progressed, self._task.finished, self._task.failed):
                signal.disconnect()
        work = partial(_prepare, self._selector, self._coordinator.places, anew)
        self._task = start(work, self)
        self._task.progressed.connect(self.progressed)
        self._task.finished.connect(self._prepared)
        self._task.failed.connect(self._failed)


def _prepare(selector: str | None, places: Places, anew: bool, progress: Progress) -> Prepared:
    from jasic_desktop.app.context import prepare, prepare_anew

    return (prepare_anew if anew else prepare)(selector, places, progress)


def _details(error: Exception) -> str:
    return "".join(traceback.format_exception(error))
