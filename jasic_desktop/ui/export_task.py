"""What the export dialog has done in the background, each piece of work by a function for a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from jasic_desktop.app.export_preview import Preview, preview
from jasic_desktop.app.exporting import Contents, Size, contents, found, listed, reading, size, write
from jasic_desktop.app.overview import own_rights
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.languages import Language
from jasic_desktop.export.registry import Options
from jasic_desktop.search.request import Request
from jasic_desktop.ui.tasks import Task, Work, start


@dataclass(frozen=True)
class Scope:
    """Some records that could leave: those of `ids`, or those that `request` finds; `count` as far as it is known."""

    kind: Literal["selection", "record", "found"]
    count: int
    ids: tuple[str, ...] = ()
    request: Request | None = None


@dataclass(frozen=True)
class Source:
    """The open archive, to be opened once more by the thread that reads it."""

    store_path: Path
    index_folder: Path


@dataclass(frozen=True)
class Surveyed:
    """Which records leave, what they hold, and the licence of the archive's own texts."""

    ids: tuple[str, ...]
    contents: Contents
    rights: str


@dataclass(frozen=True)
class Looked:
    """How the file begins and how large it is."""

    preview: Preview
    size: Size


@dataclass(frozen=True)
class Order:
    """Which records leave, in which format (a key of the registry), and in which language the program speaks there."""

    source: Source
    ids: tuple[str, ...]
    format: str
    language: Language


class Latest(QObject):
    """Has one piece of work under way: a new one ends the one before, of which nothing is heard any more.

    The signals are those of a task; `ended` comes before `finished` and `failed`.
    """

    progressed = Signal(str, int, int)
    ended = Signal()
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task: Task | None = None

    @property
    def running(self) -> bool:
        """Whether the outcome of something is awaited."""
        return self._task is not None

    def start(self, work: Work) -> None:
        """Begin `work`."""
        self.drop()
        # Without a parent: it ends in its own time, also after this is gone.
        self._task = start(work)
        self._task.progressed.connect(self.progressed)
        self._task.finished.connect(self._finished)
        self._task.failed.connect(self._failed)

    def cancel(self) -> None:
        """Ask the work to end; it fails with Cancelled."""
        if self._task is not None:
            self._task.cancel()

    def drop(self) -> None:
        """Ask the work to end and hear no more of it."""
        task, self._task = self._task, None
        if task is not None:
            for signal in (task.progressed, task.finished, task.failed):
                signal.disconnect()
            task.cancel()

    def _finished(self, outcome: object) -> None:
        self._task = None
        self.ended.emit()
        self.finished.emit(outcome)

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.ended.emit()
        self.failed.emit(error)


def survey(source: Source, scope: Scope, language: Language) -> Work:
    """Finds out which records `scope` means and what they hold; its outcome is Surveyed."""
    return partial(_survey, source, scope, language)


def look(order: Order) -> Work:
    """Writes the beginning of the file in memory and judges its size; its outcome is Looked."""
    return partial(_look, order)


def carry_out(order: Order, path: Path, *, force: bool) -> Work:
    """Writes the file; its outcome is the number of its bytes."""
    return partial(_carry_out, order, path, force)


def list_contents(order: Order) -> Work:
    """Makes the list of what leaves; its outcome is a text."""
    return partial(_list_contents, order)


def _survey(source: Source, scope: Scope, language: Language, progress: Progress) -> Surveyed:
    with reading(source.store_path) as store:
        ids = scope.ids
        if scope.request is not None:
            ids = found(store, source.index_folder, scope.request, progress)
        return Surveyed(ids, contents(store, ids, progress), own_rights(store, language))


def _look(order: Order, progress: Progress) -> Looked:
    with reading(order.source.store_path) as store:
        options = Options(order.language, progress)
        shown = preview(store, order.ids, order.format, options)
        return Looked(shown, size(store, order.ids, order.format, options))


def _carry_out(order: Order, path: Path, force: bool, progress: Progress) -> int:
    with reading(order.source.store_path) as store:
        return write(store, order.ids, order.format, Options(order.language, progress), path, force=force)


def _list_contents(order: Order, progress: Progress) -> str:
    with reading(order.source.store_path) as store:
        return listed(store, order.ids, order.language, progress)
