"""What the export dialog has done in the background, each piece of work by a function for a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QObject, Signal

from jasic_desktop.app.export_preview import RECORDS, Preview, preview
from jasic_desktop.app.exporting import Contents, Size, contents, found, listed, media_of, reading, size, write
from jasic_desktop.app.overview import own_rights
from jasic_desktop.core.blocks import plain
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.languages import Language
from jasic_desktop.export.citation_styles import Subject, cite
from jasic_desktop.export.dossier import media_shown
from jasic_desktop.export.json import sources
from jasic_desktop.export.registry import FORMATS, Options
from jasic_desktop.render.visible import one_line
from jasic_desktop.search.request import Request
from jasic_desktop.ui.paper.book import Book
from jasic_desktop.ui.paper.press import press
from jasic_desktop.ui.paper.sheet import Leaf
from jasic_desktop.ui.tasks import Task, Work, start

PAGES: Final = 24
"""Pages of the preview, at most."""


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
    place: Path | None = None
    """Its pack, which has the media."""


@dataclass(frozen=True)
class Surveyed:
    """Which records leave, what they hold, and the licence of the archive's own texts."""

    ids: tuple[str, ...]
    contents: Contents
    rights: str
    media: int = 0


@dataclass(frozen=True)
class Looked:
    """How the file begins and how large it is; `leaves` where it is pages, of which there are `more`."""

    preview: Preview | None
    size: Size
    leaves: tuple[Leaf, ...] = ()
    more: bool = False


@dataclass(frozen=True)
class Order:
    """Which records leave, in which format (a key of the registry), and how; `options` has what the person chose."""

    source: Source
    ids: tuple[str, ...]
    format: str
    options: Options
    media: bool = False

    @property
    def language(self) -> Language:
        """The language in which the program speaks there."""
        return self.options.language

    def chosen(self, progress: Progress) -> Options:
        """What the exporter is given in the thread that writes."""
        media = media_of(self.source.place) if self.media and self.source.place is not None else None
        return replace(self.options, progress=progress, press=press, media=media)


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
        media = len(media_shown(store, ids))
        return Surveyed(ids, contents(store, ids, progress), own_rights(store, language), media)


def _look(order: Order, progress: Progress) -> Looked:
    with reading(order.source.store_path) as store:
        options = order.chosen(progress)
        told = size(store, order.ids, order.format, options)
        if "press" not in FORMATS[order.format].heeds:
            return Looked(preview(store, order.ids, order.format, options), told)
        some = order.ids[:RECORDS]
        leaves = tuple(islice(Book(store, some, options).pages(), PAGES + 1))
        return Looked(None, told, leaves[:PAGES], len(some) < len(order.ids) or len(leaves) > PAGES)


def _carry_out(order: Order, path: Path, force: bool, progress: Progress) -> int:
    with reading(order.source.store_path) as store:
        return write(store, order.ids, order.format, order.chosen(progress), path, force=force)


def example(source: Source, ids: tuple[str, ...], style: str, language: Language) -> Work:
    """Cites the first source of what leaves, else the first record, in a style; its outcome is a text."""
    return partial(_example, source, ids, style, language)


def _example(source: Source, ids: tuple[str, ...], style: str, language: Language, progress: Progress) -> str:
    with reading(source.store_path) as store:
        documents = (cited for record_id in ids for cited in sources(store.get(record_id)) if cited in store.ordinals)
        progress.step("export.step")
        return one_line(plain(cite(store, Subject(next(documents, ids[0])), style, language)))


def _list_contents(order: Order, progress: Progress) -> str:
    with reading(order.source.store_path) as store:
        return listed(store, order.ids, order.language, progress)
