"""The export dialog: which records leave, in which format, how that looks, and where to; it stays until closed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from jasic_desktop.app.admission import allows_format, require_format, require_place
from jasic_desktop.app.exporting import proposed_name
from jasic_desktop.core.errors import Fault, RefusedFault
from jasic_desktop.export.citation_styles import STYLES
from jasic_desktop.export.notes import Note, on
from jasic_desktop.export.registry import FORMATS, Options
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.export_form import ExportForm
from jasic_desktop.ui.export_task import (
    Latest,
    Looked,
    Order,
    Scope,
    Source,
    Surveyed,
    carry_out,
    example,
    list_contents,
    look,
    survey,
)
from jasic_desktop.ui.files import save_path, usual_folder
from jasic_desktop.ui.paper.sheet import SHEETS
from jasic_desktop.ui.tasks import was_cancelled
from jasic_desktop.ui.work_dialog import WorkDialog

_SIZE: Final = (944, 704)
_LONGEST_TITLE: Final = 80
"""Characters of a title that the box shows."""


def show_export(coordinator: Coordinator, parent: QWidget) -> None:
    """Open the dialog over `parent`, if there is anything to export."""
    if coordinator.archive is None or not scopes(coordinator):
        return
    dialog = ExportDialog(coordinator, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def scopes(coordinator: Coordinator) -> tuple[Scope, ...]:
    """What could leave now, the most likely first: what is selected, the record that is read, all that was found."""
    made = []
    if len(coordinator.selection):
        made.append(Scope("selection", len(coordinator.selection), coordinator.selection.ids))
    if coordinator.target is not None:
        made.append(Scope("record", 1, (coordinator.target,)))
    searcher, answer = coordinator.searcher, coordinator.answer
    if searcher is not None and searcher.shown is not None and answer is not None and answer.total:
        made.append(Scope("found", answer.total, request=searcher.shown))
    return tuple(made)


class ExportDialog(WorkDialog):
    """Modal to the window. The archive is read by threads with a store of their own; the window goes on."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        archive = coordinator.archive
        if archive is None:
            raise ValueError("an export needs an open archive")
        self._source = Source(archive.store_path, archive.index_folder, getattr(archive, "place", None))
        self._scopes = scopes(coordinator)
        self._ids: tuple[str, ...] | None = None
        self._folder = usual_folder(coordinator)
        self._proposed = ""
        self._media = 0
        self._notes: tuple[Note, ...] = ()
        self._agreed: Path | None = None
        self._surveying, self._looking, self._listing = Latest(self), Latest(self), Latest(self)
        self._writing, self._citing = Latest(self), Latest(self)
        self.form = ExportForm(coordinator, self)
        self._forbid()
        self._fill()
        self._connect()
        self._fit(parent)
        self._begin_survey()
        self.form.formats.setFocus()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def scope(self) -> Scope:
        """Which records are to leave."""
        return self._scopes[max(0, self.form.scope.currentIndex())]

    @property
    def is_writing(self) -> bool:
        """Whether a file is being written."""
        return self._writing.running

    @property
    def path(self) -> Path | None:
        """Where the file will be; None while there is no name."""
        text = self.form.path.text().strip()
        if not text:
            return None
        try:
            return self._folder / Path(text).expanduser()
        except RuntimeError:  # a home of somebody unknown
            return self._folder / text

    # ------------------------------------------------------------------------------------------------------ slots

    def export(self) -> None:
        """Write the file; where one is there, ask before it is replaced."""
        self._write(force=False)

    def replace(self) -> None:
        """Write the file in place of one that is there."""
        self._write(force=True)

    def choose(self) -> None:
        """Ask where to write."""
        path = self.path
        chosen = save_path(
            self,
            self._coordinator,
            self._coordinator.words("window.export.save_to"),
            str(path) if path is not None else self._proposed,
            (FORMATS[self.form.formats.format].extension,),
        )
        if chosen is not None:
            # The dialog has asked already whether it may be replaced.
            self._agreed = chosen
            self._folder = chosen.parent
            self.form.path.setText(str(chosen))
            self.form.outcome.clear()

    def copy_list(self) -> None:
        """Copy what leaves as a list."""
        if self._ids:
            self._listing.start(list_contents(self._order(self._ids)))

    def show_example(self) -> None:
        """Cite the first source in the chosen style."""
        if self._ids:
            self._citing.start(example(self._source, self._ids, self._style, self.form.options.language))

    def works(self) -> tuple[Latest, ...]:
        """All that can be under way."""
        return (self._surveying, self._looking, self._listing, self._writing, self._citing)

    def cancel_work(self) -> bool:
        """Ask what is under way to end; False where nothing is."""
        is_running = self.is_writing
        if is_running:
            self.form.show_cancelling()
            self._writing.cancel()
        return is_running

    # ----------------------------------------------------------------------------------------------------- events

    def _scope_chosen(self) -> None:
        self._begin_survey()

    def _format_picked(self, key: str) -> None:
        self.form.facts.set_format(key)
        self.form.options.set_format(key)
        self.form.refresh()
        self.form.outcome.clear()
        self._show_media()
        self._propose()
        self._begin_look()

    def _surveyed(self, outcome: Surveyed) -> None:
        self._ids = outcome.ids
        self.form.facts.show_contents(outcome.contents)
        self.form.show_title(len(outcome.ids))
        self.form.show_rights(outcome.rights)
        self._notes = self._notes_on(outcome.ids)
        self.form.options.set_counts(outcome.media, len(self._notes))
        self._media = outcome.media
        self._show_media()
        self.form.set_ready(ready=bool(outcome.ids))
        self._propose()
        self._begin_look()

    def _looked(self, outcome: Looked) -> None:
        preview = self.form.preview
        if outcome.preview is not None:
            preview.show_preview(outcome.preview)
        else:
            options = self.form.options
            preview.show_pages(outcome.leaves, SHEETS[options.paper], options.language, more=outcome.more)
        self.form.facts.show_size(outcome.size)

    def _cited(self, text: str) -> None:
        words = self._coordinator.words
        copy = words("window.command.copy_citation")
        self.form.outcome.say("done", text, copy, lambda: QGuiApplication.clipboard().setText(text))

    def _listed(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        count = len(self._ids or ())
        self.form.outcome.say("done", self._coordinator.words("window.export.list_copied", count=count))

    def _written(self, _size: int) -> None:
        self.form.show_idle(done=True)
        path, words = self.path, self._coordinator.words
        count = len(self._ids or ())
        self._agreed = None
        self.form.outcome.say(
            "done",
            words("window.export.done", count=count, path=path),
            words("window.export.copy_path"),
            lambda: QGuiApplication.clipboard().setText(str(path)),
        )

    def _not_written(self, error: Exception) -> None:
        self.form.show_idle()
        words = self._coordinator.words
        if isinstance(error, Fault) and error.key == "core.exists":
            sentence = words("window.export.exists", path=self.path)
            self.form.outcome.say("ask", sentence, words("window.export.replace"), self.replace)
            return
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Fault):
            sentence = error.sentence(self._coordinator.language)
        else:
            sentence = self._coordinator.words("window.task.faulty", kind=type(error).__name__, text=str(error))
        self.form.outcome.say("done" if was_cancelled(error) else "error", sentence)

    def _archive_gone(self) -> None:
        """Another archive was opened under the dialog: what it speaks of is no longer there."""
        self._writing.drop()
        super().reject()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _forbid(self) -> None:
        """Keep the formats that the policy forbids from being chosen."""
        policy, why = self._coordinator.places.policy, self._coordinator.words("policy.format_closed")
        self.form.formats.forbid({key: why for key in FORMATS if not allows_format(policy, key)})

    def _fill(self) -> None:
        for _scope in self._scopes:
            self.form.scope.addItem("")
        self._word_scopes()
        self.form.facts.set_format(self.form.formats.format)
        self.form.options.set_format(self.form.formats.format)

    def _word_scopes(self) -> None:
        coordinator, words = self._coordinator, self._coordinator.words
        for at, scope in enumerate(self._scopes):
            title = ""
            if scope.kind == "record" and coordinator.store is not None:
                title = one_line(coordinator.store.title(scope.ids[0]).show(coordinator.language))
                title = title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"
            said = words(f"window.export.scope_{scope.kind}", count=scope.count, title=title)
            self.form.scope.setItemText(at, said)

    def _connect(self) -> None:
        form, coordinator = self.form, self._coordinator
        form.scope.currentIndexChanged.connect(self._scope_chosen)
        form.options.changed.connect(self._options_changed)
        form.style_box.currentIndexChanged.connect(self._begin_look)
        form.example.clicked.connect(self.show_example)
        form.formats.picked.connect(self._format_picked)
        form.choose.clicked.connect(self.choose)
        form.copy_list.clicked.connect(self.copy_list)
        form.cancel.clicked.connect(self.reject)
        form.export.clicked.connect(self.export)
        form.path.textEdited.connect(form.outcome.clear)
        for work, heard in (
            (self._surveying, self._surveyed),
            (self._looking, self._looked),
            (self._listing, self._listed),
            (self._citing, self._cited),
            (self._writing, self._written),
        ):
            work.finished.connect(heard)
        for work in (self._surveying, self._looking, self._listing, self._citing):
            work.failed.connect(self._failed)
        for work in (self._surveying, self._looking):
            work.failed.connect(lambda _error: form.preview.show_nothing(awaited=False))
        self._writing.failed.connect(self._not_written)
        self._writing.progressed.connect(form.show_progress)
        coordinator.archive_opened.connect(self._archive_gone)
        coordinator.language_changed.connect(self._word_scopes)
        for signal in (coordinator.theme_changed, coordinator.text_size_changed, coordinator.language_changed):
            signal.connect(form.refresh)

    def _fit(self, parent: QWidget | None) -> None:
        """As large as in the design, and never larger than the window below."""
        wide, high = (self._coordinator.length(pixels) for pixels in _SIZE)
        wide, high = max(wide, _SIZE[0]), max(high, _SIZE[1])
        if parent is not None:
            wide, high = min(wide, parent.width()), min(high, parent.height())
        self.resize(wide, high)

    def _write(self, *, force: bool) -> None:
        path, ids = self.path, self._ids
        if not ids or self.is_writing:
            return
        if path is None:
            self.form.outcome.say("error", self._coordinator.words("window.export.no_name"))
            self.form.path.setFocus()
            return
        self.form.outcome.clear()
        try:
            require_format(self._coordinator.places.policy, self.form.formats.format)
            require_place(self._coordinator.places.policy, path)
        except RefusedFault as fault:
            self._failed(fault)
            return
        self.form.show_writing(len(ids))
        self._writing.start(carry_out(self._order(ids), path, force=force or path == self._agreed))

    def _begin_survey(self) -> None:
        self._ids = None
        self.form.set_ready(ready=False)
        self.form.outcome.clear()
        self.form.show_title(self.scope.count)
        self.form.facts.show_contents(None)
        self.form.facts.show_size(None)
        self.form.preview.show_nothing(awaited=True)
        self._looking.drop()
        self._surveying.start(survey(self._source, self.scope, self._coordinator.language))

    def _begin_look(self) -> None:
        self.form.preview.show_nothing(awaited=True)
        self.form.facts.show_size(None)
        if self._ids:
            self._looking.start(look(self._order(self._ids)))

    @property
    def _style(self) -> str:
        return STYLES[max(0, self.form.style_box.currentIndex())]

    def _options_changed(self) -> None:
        self._show_media()
        self._begin_look()

    def _show_media(self) -> None:
        options = self.form.options
        counts = {"media": self._media, "notes": len(self._notes)}
        self.form.facts.show_media(sum(number for name, number in counts.items() if options.is_on(name)))

    def _notes_on(self, ids: tuple[str, ...]) -> tuple[Note, ...]:
        """The person's notes on the records that leave."""
        from jasic_desktop.app.noting import to_leave

        coordinator = self._coordinator
        store = coordinator.store
        if store is None:
            return ()
        return coordinator.mine.look(
            lambda workspace: on(ids, to_leave(store, workspace.notes.list(store.archive.id))), tuple[Note, ...]()
        )

    def _order(self, ids: tuple[str, ...]) -> Order:
        form = self.form
        chosen = Options(
            form.options.language,
            paper=form.options.paper,
            side_by_side=form.options.is_on("side_by_side"),
            sources_at_end=form.options.is_on("sources_at_end"),
            style=self._style,
            notes=self._notes if form.options.is_on("notes") else (),
        )
        return Order(self._source, ids, form.formats.format, chosen, form.options.is_on("media"))

    def _propose(self) -> None:
        """Propose a name for the file, or give the one of the person the ending that belongs to the format."""
        store, ids = self._coordinator.store, self._ids
        if store is None or not ids:
            return
        before, self._proposed = self._proposed, proposed_name(store, ids, self.form.formats.format)
        path = self.path
        if path is None or path.name == before:
            path = (path.parent if path is not None else self._folder) / self._proposed
        else:
            ending = next(
                (f".{f.extension}" for f in reversed(FORMATS.values()) if path.name.endswith(f".{f.extension}")), ""
            )
            stem = path.name.removesuffix(ending)
            path = path.with_name(f"{stem}.{FORMATS[self.form.formats.format].extension}")
        self.form.path.setText(str(path))
        self._agreed = None
