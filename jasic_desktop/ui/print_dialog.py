"""Pages before they are printed: the record, what is selected, or what the timeline shows; saved as PDF, or printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from jasic_desktop.app.admission import require_format
from jasic_desktop.app.exporting import media_of, proposed_name, reading
from jasic_desktop.core import atomic
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Fault, RefusedFault
from jasic_desktop.export.names import safe_name
from jasic_desktop.export.options import PAPER_SIZES, Options
from jasic_desktop.packs.store import EventRow, Store
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.choice_box import ChoiceBox
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.export_outcome import ExportOutcome
from jasic_desktop.ui.export_task import Latest
from jasic_desktop.ui.paper.book import Book
from jasic_desktop.ui.paper.chronicle import Chronicle
from jasic_desktop.ui.paper.press import Pages, pressed
from jasic_desktop.ui.paper.sheet import SHEETS, Leaf
from jasic_desktop.ui.paper_view import PaperView
from jasic_desktop.ui.plain import plain_label, tint
from jasic_desktop.ui.tasks import was_cancelled
from jasic_desktop.ui.tick_box import TickBox
from jasic_desktop.ui.work_dialog import WorkDialog

_SIZE: Final = (860, 704)
_SIDE: Final = 260
MOST: Final = 200
"""Pages that are shown; all are printed."""


@dataclass(frozen=True)
class Job:
    """What is to be printed: records by their ids, or events of the timeline."""

    store_path: Path
    ids: tuple[str, ...]
    rows: tuple[EventRow, ...]
    options: Options

    def pages(self, store: Store, progress: Progress) -> Pages:
        """Its pages, to be made from `store`."""
        options = replace(self.options, progress=progress)
        return Chronicle(store, self.rows, options) if self.rows else Book(store, self.ids, options)


def show_print(coordinator: Coordinator, parent: QWidget, rows: Sequence[EventRow] = ()) -> None:
    """Open the dialog over `parent`: on `rows` of the timeline, else on what is selected or read."""
    if coordinator.archive is None or not (rows or coordinator.target or len(coordinator.selection)):
        return
    dialog = PrintDialog(coordinator, rows, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


class PrintDialog(WorkDialog):
    """Modal to the window. Pages are made by a thread with a store of its own; no printer is asked for before Print."""

    def __init__(self, coordinator: Coordinator, rows: Sequence[EventRow] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._rows = rows
        self._scopes = _scopes(coordinator, rows)
        self._path: Path | None = None
        self._more = False
        self._making, self._working = Latest(self), Latest(self)
        self.view = PaperView(coordinator)
        self.scope, self.paper = ChoiceBox(coordinator), ChoiceBox(coordinator)
        self._scope_label, self._paper_label = plain_label(), plain_label()
        self._note = plain_label(wrap=True)
        self._note.setProperty("role", "note")
        self.side_by_side, self.sources_at_end = TickBox(coordinator), TickBox(coordinator)
        self.outcome = ExportOutcome(coordinator)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self.save, self.cancel, self.print = QPushButton(), QPushButton(), QPushButton()
        self.print.setProperty("role", "primary")
        for button in (self.save, self.cancel, self.outcome.button):
            button.setAutoDefault(False)
        self._lay_out()
        self._fill()
        self._connect()
        self._refresh()
        self._make()
        wide, high = (coordinator.length(pixels) for pixels in _SIZE)
        if parent is not None:
            wide, high = min(wide, parent.width()), min(high, parent.height())
        self.resize(wide, high)
        self.view.page.setFocus()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def job(self) -> Job:
        """What is to be printed, as it is chosen now."""
        coordinator = self._coordinator
        archive = coordinator.archive
        if archive is None:
            raise ValueError("printing needs an open archive")
        _, ids, rows = self._scopes[max(0, self.scope.currentIndex())]
        options = Options(
            coordinator.language,
            paper=PAPER_SIZES[max(0, self.paper.currentIndex())],
            side_by_side=self.side_by_side.isChecked(),
            sources_at_end=self.sources_at_end.isChecked(),
            media=media_of(archive.place),
        )
        return Job(archive.store_path, ids, rows, options)

    @property
    def is_working(self) -> bool:
        """Whether pages are being saved or printed."""
        return self._working.running

    # ------------------------------------------------------------------------------------------------------ slots

    def save_pdf(self) -> None:
        """Ask where to, and save the pages as a PDF; no printer has a part in it."""
        from jasic_desktop.ui.files import save_path

        job, store = self.job, self._coordinator.store
        if store is None:
            return
        try:
            require_format(self._coordinator.places.policy, "pdf")
        except RefusedFault as fault:
            self.outcome.say("error", fault.sentence(self._coordinator.language))
            return
        name = proposed_name(store, job.ids, "pdf") if job.ids else safe_name(f"{store.archive.id}-timeline", "pdf")
        path = save_path(self, self._coordinator, self.save.text(), name, ("pdf",))
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Save the pages to `path`, of which it was asked whether it may be replaced."""
        self._begin()
        self._path = path
        self._working.start(partial(_save, self.job, path))

    def print_pages(self) -> None:
        """Ask on which printer, and print."""
        try:
            from jasic_desktop.ui.printing import ask_printer, print_leaves
        except ImportError:  # a copy of the program that was packed without Qt's part for printers
            self.outcome.say("error", self._coordinator.words("window.printing.missing"))
            return
        job, store = self.job, self._coordinator.store
        if store is None:
            return
        title = one_line(store.title(job.ids[0] if len(job.ids) == 1 else store.ids[0]).show(job.options.language))
        name = title if len(job.ids) == 1 else one_line(store.archive.title.show(job.options.language))
        count = 0 if self._more else len(self.view.leaves)
        printer = ask_printer(self, job.options.paper, name, count)
        if printer is None:
            return
        self._begin()
        self._path = None

        def work(progress: Progress) -> int:
            with reading(job.store_path) as opened:
                leaves = job.pages(opened, progress).pages()
                return print_leaves(printer, leaves, job.options.language, progress)

        self._working.start(work)

    def works(self) -> tuple[Latest, ...]:
        """All that can be under way."""
        return (self._making, self._working)

    def cancel_work(self) -> bool:
        """Ask what is under way to end; False where nothing is."""
        is_running = self.is_working
        if is_running:
            self.cancel.setEnabled(False)
            self._working.cancel()
        return is_running

    # ----------------------------------------------------------------------------------------------------- events

    def _made(self, outcome: tuple[tuple[Leaf, ...], bool]) -> None:
        leaves, self._more = outcome
        options = self.job.options
        self.view.show_leaves(leaves, SHEETS[options.paper], options.language, more=self._more)
        self._refresh()

    def _worked(self, count: int) -> None:
        words = self._coordinator.words
        if self._path is not None:
            self.outcome.say("done", words("window.printing.saved", path=self._path))
        else:
            self.outcome.say("done", words("window.printing.printed", count=count))
        self._refresh()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Fault):
            sentence = error.sentence(self._coordinator.language)
        else:
            sentence = self._coordinator.words("window.task.faulty", kind=type(error).__name__, text=str(error))
        self.outcome.say("done" if was_cancelled(error) else "error", sentence)
        self._refresh()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _make(self) -> None:
        self._more = False
        self.view.show_leaves((), SHEETS[self.job.options.paper], self._coordinator.language)
        self._making.start(partial(_look, self.job))
        self._refresh()

    def _language_changed(self) -> None:
        """What is under way ends as it was begun; the pages that are shown are made anew."""
        scopes = _scopes(self._coordinator, self._rows)
        # What is ticked or read cannot change behind the dialog; if it did, the old words are better than others' ids.
        if [(ids, rows) for _, ids, rows in scopes] == [(ids, rows) for _, ids, rows in self._scopes]:
            self._scopes = scopes
        self.outcome.clear()
        self._make()

    def _begin(self) -> None:
        self.outcome.clear()
        self.cancel.setFocus()
        # What runs is shown at once; when it ends, the outcome refreshes.
        self._set_busy(busy=True)

    def _set_busy(self, *, busy: bool) -> None:
        self._bar.setVisible(busy)
        ready = bool(self.view.leaves) and not busy
        for button in (self.save, self.print):
            button.setEnabled(ready)
        for control in (self.scope, self.paper, self.side_by_side, self.sources_at_end):
            control.setEnabled(not busy)
        self.cancel.setEnabled(True)

    def _refresh(self) -> None:
        coordinator, words = self._coordinator, self._coordinator.words
        self.setWindowTitle(words("window.printing.title"))
        self._bar.setAccessibleName(words("window.printing.working"))
        for at, (told, _, _) in enumerate(self._scopes):
            self.scope.setItemText(at, told)
        for at, size in enumerate(PAPER_SIZES):
            self.paper.setItemText(at, words(f"window.paper.{size}"))
        for button, key in ((self.save, "save"), (self.cancel, "close"), (self.print, "print")):
            button.setText(words(f"window.printing.{key}"))
            button.setAccessibleName(button.text())
        for label, box, key in ((self._scope_label, self.scope, "what"), (self._paper_label, self.paper, "paper")):
            label.setText(words(f"window.printing.{key}"))
            tint(label, coordinator.theme.color("ink-2"))
            label.setBuddy(box)
            box.setAccessibleName(label.text())
        records = not self.job.rows
        for tick, key in ((self.side_by_side, "side_by_side"), (self.sources_at_end, "sources_at_end")):
            tick.setText(words(f"window.export.option.{key}"))
            tick.setAccessibleName(tick.text())
            tick.setVisible(records)
        self._note.setText(words("window.printing.note"))
        self.view.refresh()
        self._set_busy(busy=self.is_working)

    def _fill(self) -> None:
        for _ in self._scopes:
            self.scope.addItem("")
        for size in PAPER_SIZES:
            self.paper.addItem("", size)
        for tick in (self.side_by_side, self.sources_at_end):
            tick.setChecked(True)

    def _connect(self) -> None:
        for box in (self.scope, self.paper):
            box.currentIndexChanged.connect(self._make)
        for tick in (self.side_by_side, self.sources_at_end):
            tick.toggled.connect(self._make)
        self._making.finished.connect(self._made)
        self._making.failed.connect(self._failed)
        self._working.finished.connect(self._worked)
        self._working.failed.connect(self._failed)
        self.save.clicked.connect(self.save_pdf)
        self.cancel.clicked.connect(self.reject)
        self.print.clicked.connect(self.print_pages)
        self._coordinator.archive_opened.connect(super().reject)
        self._coordinator.language_changed.connect(self._language_changed)

    def _lay_out(self) -> None:
        side = QWidget()
        side.setFixedWidth(self._coordinator.length(_SIDE))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._scope_label, self.scope, self._paper_label, self.paper, self.side_by_side):
            column.addWidget(widget)
        column.addWidget(self.sources_at_end)
        column.addStretch(1)
        column.addWidget(self._note)
        body = QHBoxLayout()
        body.setContentsMargins(20, 16, 20, 16)
        body.setSpacing(20)
        body.addWidget(self.view, 1)
        body.addWidget(side)
        rule = QFrame()
        rule.setProperty("role", "rule")
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 16, 20, 16)
        foot.setSpacing(8)
        self._bar.setFixedWidth(self._coordinator.length(120))
        foot.addWidget(self._bar)
        foot.addStretch(1)
        for button in (self.save, self.cancel, self.print):
            foot.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(body, 1)
        whole.addWidget(rule)
        whole.addWidget(self.outcome)
        whole.addLayout(foot)


def _scopes(
    coordinator: Coordinator, rows: Sequence[EventRow]
) -> list[tuple[str, tuple[str, ...], tuple[EventRow, ...]]]:
    """What could be printed, in words, the most likely first: ids of records, or events."""
    words, store = coordinator.words, coordinator.store
    made: list[tuple[str, tuple[str, ...], tuple[EventRow, ...]]] = []
    if rows:
        made.append((words("window.printing.timeline", count=len(rows)), (), tuple(rows)))
    if coordinator.target is not None and store is not None:
        title = one_line(store.title(coordinator.target).show(coordinator.language))
        # What is read is what a person means by Print; what is ticked, where nothing is read.
        made.append((words("window.export.scope_record", title=title[:80]), (coordinator.target,), ()))
    ids = coordinator.selection.ids
    if ids:
        made.append((words("window.export.scope_selection", count=len(ids)), ids, ()))
    return made


def _look(job: Job, progress: Progress) -> tuple[tuple[Leaf, ...], bool]:
    with reading(job.store_path) as store:
        pages: Iterator[Leaf] = job.pages(store, progress).pages()
        leaves = tuple(islice(pages, MOST + 1))
        return leaves[:MOST], len(leaves) > MOST


def _save(job: Job, path: Path, progress: Progress) -> int:
    with reading(job.store_path) as store, atomic.writing(path, force=True) as part, part.open("wb") as file:
        return sum(file.write(piece) for piece in pressed(store, job.pages(store, progress), job.options))
