"""The archives of this machine: which there are, which is in use; use another, install one from a file, remove one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from jasic_desktop.packs.layout import BAGIT
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.archives_form import ArchivesForm
from jasic_desktop.ui.archives_task import Look, Row, compare, install, look, remove, use
from jasic_desktop.ui.changes_dialog import ChangesDialog
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.export_task import Latest
from jasic_desktop.ui.faults import sentence
from jasic_desktop.ui.files import open_path
from jasic_desktop.ui.open_pack import SUFFIX, pack_of
from jasic_desktop.ui.opening import Opener
from jasic_desktop.ui.tasks import Work, was_cancelled
from jasic_desktop.ui.work_dialog import WorkDialog

if TYPE_CHECKING:
    from jasic_desktop.app.archives import Arrival
    from jasic_desktop.packs.difference import Difference

_SIZE: Final = QSize(860, 560)


class ArchivesDialog(WorkDialog):
    """Modal to the window. What takes long is done by a thread; the window goes on."""

    def __init__(self, coordinator: Coordinator, opener: Opener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._opener = opener
        self._work = Latest(self)
        self._then: Callable[[object], None] = lambda _outcome: None
        self._rows: tuple[Row, ...] = ()
        self.setWindowTitle(coordinator.words("window.command.archives").rstrip("…"))
        self.form = ArchivesForm(coordinator, self)
        size = QSize(coordinator.length(_SIZE.width()), coordinator.length(_SIZE.height()))
        self.resize(size.boundedTo(parent.size() - QSize(48, 48)) if parent is not None else size)
        self._connect()
        self.refresh()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._work.running

    @property
    def chosen(self) -> Row | None:
        """The archive that is marked in the list."""
        at = self.form.table.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    # ------------------------------------------------------------------------------------------------------ slots

    def refresh(self) -> None:
        """Read again which archives there are."""
        self._start(look(self._coordinator.places), self._listed)

    def use(self) -> None:
        """Switch the window to the archive that is marked."""
        chosen = self.chosen
        if chosen is not None and self._coordinator.places.policy.allows("archive use"):
            self._start(use(chosen.entry.name, self._coordinator.places), partial(self._used, chosen))

    def install(self) -> None:
        """Ask for a pack; say what it changes, where it is an edition of an archive that is there, then install it."""
        words = self._coordinator.words
        path = open_path(self, self._coordinator, words("window.files.open_pack"), (SUFFIX,), (BAGIT,))
        if path is not None:
            self.install_from(pack_of(path))

    def install_from(self, pack: Path) -> None:
        """Install `pack`, as `install` does."""
        self._start(compare(pack, self._coordinator.places), partial(self._compared, pack))

    def remove(self) -> None:
        """Ask whether the archive that is marked may be removed."""
        chosen, words = self.chosen, self._coordinator.words
        if chosen is not None:
            question = words("window.archives.remove_sure", name=chosen.entry.name)
            self.form.outcome.say("ask", question, words("window.archives.remove"), partial(self._remove, chosen))

    def works(self) -> tuple[Latest, ...]:
        """All that can be under way."""
        return (self._work,)

    def cancel_work(self) -> bool:
        """Ask what is under way to end; False where nothing is."""
        is_running = self._work.running
        if is_running:
            self._work.cancel()
        return is_running

    # ----------------------------------------------------------------------------------------------------- events

    def _marked(self) -> None:
        chosen = self.chosen
        self.form.show_chosen(chosen)
        self.form.show_possible(chosen, busy=self.busy)

    def _listed(self, outcome: object) -> None:
        if not isinstance(outcome, Look):
            return
        name = self.chosen.entry.name if self.chosen is not None else None
        self._rows = outcome.rows
        self.form.show_rows(outcome.rows)
        at = next((at for at, row in enumerate(self._rows) if row.entry.name == name), None)
        if at is None:
            at = next((at for at, row in enumerate(self._rows) if row.entry.in_use), 0)
        self.form.table.selectRow(at)
        self._marked()

    def _compared(self, pack: Path, outcome: object) -> None:
        changes: Difference | None = outcome  # type: ignore[assignment]
        if changes is None:
            self._install(pack, force=False)
            return
        asked = ChangesDialog(self._coordinator, changes, self)
        older = changes.new.sequence < changes.old.sequence
        asked.accepted.connect(partial(self._install, pack, force=older))
        asked.finished.connect(asked.deleteLater)
        asked.open()

    def _install(self, pack: Path, *, force: bool) -> None:
        self._start(install(pack, self._coordinator.places, force=force), self._installed)

    def _installed(self, outcome: object) -> None:
        arrival: Arrival = outcome  # type: ignore[assignment]
        coordinator, words, entry = self._coordinator, self._coordinator.words, arrival.entry
        title = one_line(entry.archive.title.show(coordinator.language))
        if arrival.used:
            before = arrival.before
            older = before.archive.version if before is not None else ""
            told = words("window.archives.updated", title=title, version=entry.archive.version, older=older)
            self._opener.open(selector_of(entry.name, entry.fingerprint))
        else:
            told = words("window.archives.installed", title=title, version=entry.archive.version)
        self.form.outcome.say("done", told)
        self.refresh()

    def _used(self, row: Row, _outcome: object) -> None:
        self._opener.open(selector_of(row.entry.name, row.entry.fingerprint if row.entry.whose != "program" else ""))
        self.refresh()

    def _remove(self, row: Row) -> None:
        self._start(remove(row.entry.name, self._coordinator.places), partial(self._removed, row))

    def _removed(self, row: Row, _outcome: object) -> None:
        self.form.outcome.say("done", self._coordinator.words("window.archives.removed", name=row.entry.name))
        store = self._coordinator.store
        if store is not None and store.fingerprint == row.entry.fingerprint:
            # What is shown is gone: what is in use now is shown instead.
            self._opener.open_current()
        self.refresh()

    def _ended(self) -> None:
        self.form.show_running(running=False)

    def _finished(self, outcome: object) -> None:
        self._then(outcome)
        self._marked()

    def _failed(self, error: Exception) -> None:
        kind = "done" if was_cancelled(error) else "error"
        self.form.outcome.say("done" if kind == "done" else "error", sentence(error, self._coordinator))
        self._marked()

    def _opening_failed(self, told: str, _details: str) -> None:
        self.form.outcome.say("error", told)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _start(self, work: Work, then: Callable[[object], None]) -> None:
        self._then = then
        self.form.show_running(running=True)
        self._work.start(work)
        self._marked()

    def _connect(self) -> None:
        form = self.form
        self._work.progressed.connect(form.show_progress)
        self._work.ended.connect(self._ended)
        self._work.finished.connect(self._finished)
        self._work.failed.connect(self._failed)
        form.table.itemSelectionChanged.connect(self._marked)
        form.table.doubleClicked.connect(self.use)
        form.use.clicked.connect(self.use)
        form.install.clicked.connect(self.install)
        form.remove.clicked.connect(self.remove)
        form.cancel.clicked.connect(self.reject)
        form.close_button.clicked.connect(self.reject)
        self._opener.failed.connect(self._opening_failed)
        self._opener.opened.connect(self.refresh)


def selector_of(name: str, fingerprint: str) -> str:
    """What opens an archive: its fingerprint where it is installed, else the name of what came with the program."""
    return fingerprint or name
