"""What the person makes, for the window: opens the workspace when it is first needed, keeps what is ticked, tells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from jasic_desktop.core.errors import DamagedFault, Fault

if TYPE_CHECKING:
    from jasic_desktop.core.cancel import Progress
    from jasic_desktop.search.answer import Answer
    from jasic_desktop.ui.coordinator import Coordinator
    from jasic_desktop.ui.tasks import Task
    from jasic_desktop.workspace.items import SavedSearch
    from jasic_desktop.workspace.opening import Workspace

Result = TypeVar("Result")

SAVE_TICKS_MS: Final = 500
BACKUP_MS: Final = 30 * 60 * 1000


class Mine(QObject):
    """The workspace of the window. Until `keep_in` says where, and in a reading room for ever, it is in memory only.

    `changed` tells that something in it is another now, `listed` that a list of it is to be shown (`collection` with
    an id, `notes` or `history`), `left` that the results are, `noted` that a note (its id) is to be shown beside its
    record. `damaged` tells that the file cannot be read: nothing is kept until it was restored.
    """

    changed = Signal()
    listed = Signal(str, str)
    left = Signal()
    noted = Signal(str)
    damaged = Signal(object)

    def __init__(self, coordinator: Coordinator) -> None:
        super().__init__(coordinator)
        self._coordinator = coordinator
        self._folder: Path | None = None
        self._make = True
        self._workspace: Workspace | None = None
        self._ticks_of: str | None = None
        self._unsaved: tuple[str, tuple[str, ...]] | None = None
        self._logged: tuple[object, ...] | None = None
        self._backup: Task | None = None
        self._ticks_timer = _timer(self, SAVE_TICKS_MS, self._save_ticks)
        self._backup_timer = QTimer(self)
        self._backup_timer.setInterval(BACKUP_MS)
        self._backup_timer.timeout.connect(self.back_up)
        coordinator.archive_opened.connect(self._archive_opened)
        coordinator.selection_changed.connect(self._selected)
        coordinator.record_shown.connect(self._read)
        coordinator.answer_changed.connect(self._answered)

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def is_open(self) -> bool:
        """Whether the workspace was opened: before, nothing asks for it, so that the window starts sooner."""
        return self._workspace is not None

    @property
    def folder(self) -> Path | None:
        """Where it is kept; None for memory only."""
        return self._folder

    @property
    def workspace(self) -> Workspace:
        """The workspace, opened now if it was not yet."""
        if self._workspace is None:
            self._workspace = self._opened()
        return self._workspace

    @property
    def refusal(self) -> str:
        """Why nothing can be written, in the language of the window; nothing where everything can."""
        refusal = self.workspace.refusal
        return refusal.sentence(self._coordinator.language) if refusal is not None else ""

    @property
    def archive_id(self) -> str:
        """The id of the open archive; nothing where none is."""
        store = self._coordinator.store
        return store.archive.id if store is not None else ""

    # ------------------------------------------------------------------------------------------------------ slots

    def keep_in(self, folder: Path | None, *, make: bool = True) -> None:
        """Keep it in `folder` from now on; without `make`, only where there is one already."""
        self.close()
        self._folder, self._make = folder, make

    def do(self, work: Callable[[Workspace], object], command: str = "") -> bool:
        """Change something and tell everybody; where that is not possible the person is told, and False is given.

        `command` is the one of the command line that does the same: where the policy closes it, nothing is changed.
        """
        try:
            if command:
                self._coordinator.places.policy.require(command)
            work(self.workspace)
        except Fault as fault:
            self._coordinator.tell_fault(fault)
            return False
        self.changed.emit()
        return True

    def look(self, work: Callable[[Workspace], Result], default: Result) -> Result:
        """Read something; where it cannot be read the person is told, and `default` is given."""
        try:
            return work(self.workspace)
        except Fault as fault:
            self._coordinator.tell_fault(fault)
            return default

    @Slot(str, str)
    def show_list(self, kind: str, identity: str = "") -> None:
        """Show a collection, the notes or the history where the results stand."""
        self._coordinator.show_view("browse")
        self.listed.emit(kind, identity)

    @Slot(str)
    def ask_saved(self, identity: str) -> None:
        """Ask a saved search again, with its filters and in its order."""
        from typing import get_args

        from jasic_desktop.app.questions import filters_of
        from jasic_desktop.search.request import Sort

        def found(workspace: Workspace) -> SavedSearch:
            return workspace.searches.find(identity)

        search = self.look(found, None)
        if search is None:
            return
        try:
            filters = filters_of(search.filters)
        except Fault as fault:
            self._coordinator.tell_fault(fault)
            return
        sort: Sort = next((one for one in get_args(Sort) if one == search.sort), "relevance")
        self.left.emit()
        self._coordinator.show_view("browse")
        self._coordinator.narrow(filters, text=search.question, sort=sort)

    @Slot()
    def back_up(self) -> None:
        """Back it up in the background, if anything was changed since the last backup."""
        if self._workspace is None or self._workspace.folder is None or self._workspace.refusal is not None:
            return
        if self._backup is not None:
            return
        from jasic_desktop.ui.tasks import start

        self._backup = start(partial(_back_up, self._workspace.folder), self)
        self._backup.finished.connect(self._backed_up)
        self._backup.failed.connect(self._not_backed_up)

    def reopen(self) -> None:
        """Let go of the file and open it again: it is another one now."""
        self.close()
        self._load_ticks()
        self.changed.emit()

    def close(self) -> None:
        """Save what is ticked, and let go of the file."""
        self._save_ticks()
        self._backup_timer.stop()
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None
        self._ticks_of = None

    # ----------------------------------------------------------------------------------------------------- events

    @Slot()
    def _archive_opened(self) -> None:
        self._save_ticks()
        self._ticks_of = None
        QTimer.singleShot(0, self, self._load_ticks)

    @Slot()
    def _load_ticks(self) -> None:
        """Tick again what was ticked when this archive was last open."""
        store, archive = self._coordinator.store, self.archive_id
        if store is None or self._ticks_of == archive:
            return
        was_open = self.is_open
        nothing: tuple[str, ...] = ()
        ids = self.look(lambda workspace: workspace.selection.ids(archive), nothing)
        self._ticks_of = archive
        known = [one for one in ids if one in store.ordinals and one not in self._coordinator.selection]
        if known:
            self._coordinator.select(known)
            self._unsaved = None
            self._ticks_timer.stop()
        if not was_open:
            self.changed.emit()
            if self._folder is not None:
                self.back_up()
                self._backup_timer.start()

    @Slot()
    def _selected(self) -> None:
        if self._ticks_of is not None and self._ticks_of == self.archive_id and self.workspace.refusal is None:
            self._unsaved = (self._ticks_of, self._coordinator.selection.ids)
            self._ticks_timer.start()

    @Slot()
    def _save_ticks(self) -> None:
        self._ticks_timer.stop()
        unsaved, self._unsaved = self._unsaved, None
        if unsaved is None or self._workspace is None:
            return
        try:
            self._workspace.selection.keep(*unsaved)
        except Fault as fault:
            self._coordinator.tell_fault(fault)

    @Slot(str)
    def _read(self, record: str) -> None:
        coordinator = self._coordinator
        if not record or coordinator.store is None:
            return
        if coordinator.answer is not None and coordinator.is_typing:
            self._log(coordinator.answer)  # what was typed was meant: one of its answers is read
        if coordinator.settings.text("history") == "on":
            title = coordinator.store.title(record).show(coordinator.language)
            self.do(lambda workspace: workspace.history.note(self.archive_id, record, title))

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        if not self._coordinator.is_typing:
            self._log(answer)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _log(self, answer: Answer) -> None:
        """Write the moment's question into the research log, where the person wants one."""
        coordinator, store = self._coordinator, self._coordinator.store
        asked = (coordinator.moment.question, answer.total)
        if coordinator.settings.text("research_log") != "on" or store is None or asked == self._logged:
            return
        from jasic_desktop.app.questions import log_question

        request = coordinator.request()
        self._logged = asked
        if request.text.strip() or asked[0][1] != type(request.filters)():
            self.do(lambda workspace: log_question(workspace, store, request, answer.total))

    def _opened(self) -> Workspace:
        from jasic_desktop.workspace.opening import open_workspace

        try:
            return open_workspace(self._folder, make=self._make)
        except Fault as fault:
            # Nothing is touched. What would be written meanwhile is refused, and stays in its field.
            memory = open_workspace(None)
            memory.database.refusal = fault
            if isinstance(fault, DamagedFault):
                QTimer.singleShot(0, self, partial(self.damaged.emit, fault))
            return memory

    @Slot(object)
    def _backed_up(self, _made: object) -> None:
        self._backup = None
        if self._workspace is not None and self._workspace.refusal is None:
            self.look(lambda workspace: workspace.trash.empty(), 0)

    @Slot(object)
    def _not_backed_up(self, error: Exception) -> None:
        from jasic_desktop.ui.faults import sentence

        self._backup = None
        self._coordinator.told.emit(sentence(error, self._coordinator), "error")


def _timer(parent: QObject, milliseconds: int, work: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(work)
    return timer


def _back_up(folder: Path, _progress: Progress) -> object:
    from jasic_desktop.workspace.backups import make_backup

    return make_backup(folder)
