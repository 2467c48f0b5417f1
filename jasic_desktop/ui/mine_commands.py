"""Does the commands of the window that are about what the person makes, but for those of a pane."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jasic_desktop.core import atomic
from jasic_desktop.core.errors import Fault
from jasic_desktop.ui.handlers import switch

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from jasic_desktop.ui.actions import Actions
    from jasic_desktop.ui.coordinator import Coordinator
    from jasic_desktop.workspace.items import Kept

_SWITCHES: Final = {"keep-history": "history", "keep-log": "research_log"}
_FORMATS: Final = ("jsonl", "jsonld")


class MineCommands:
    """The handlers of one window."""

    def __init__(self, coordinator: Coordinator, actions: Actions, window: QWidget) -> None:
        self._coordinator = coordinator
        self._actions = actions
        self._window = window
        handle, mine = coordinator.handle, coordinator.mine
        handle("collect", self._collect)
        handle("save-search", self._save_search)
        handle("show-notes", partial(mine.show_list, "notes"))
        handle("show-history", partial(mine.show_list, "history"))
        handle("clear-history", self._clear_history)
        handle("undelete", self._undelete)
        handle("backups", self._backups)
        handle("export-mine", self._export)
        handle("import-mine", self._import)
        for command, setting in _SWITCHES.items():
            handle(command, partial(self._switch, setting))
        mine.damaged.connect(self._backups)

    def _collect(self) -> None:
        from jasic_desktop.ui.collect_dialog import CollectDialog

        self._open(CollectDialog(self._coordinator, self._window))

    def _save_search(self) -> None:
        from jasic_desktop.app.questions import plain_filters
        from jasic_desktop.ui.collect_dialog import NameDialog

        coordinator = self._coordinator
        moment = coordinator.moment
        title = coordinator.words("window.command.save_search").rstrip("…")
        dialog = NameDialog(coordinator, title, " ".join(moment.text.split())[:100], self._window)

        def save() -> None:
            name, filters = dialog.chosen, plain_filters(moment.filters)
            archive = coordinator.mine.archive_id
            if coordinator.mine.do(
                lambda workspace: workspace.searches.save(name, archive, moment.text, filters, moment.sort)
            ):
                coordinator.tell("workspace.search_saved", name=name)

        dialog.accepted.connect(save)
        self._open(dialog)

    def _switch(self, setting: str) -> None:
        on = switch(self._coordinator, setting)
        name = "history" if setting == "history" else "log"
        self._coordinator.tell(f"workspace.{name}_{'on' if on else 'off'}")

    def _clear_history(self) -> None:
        if self._coordinator.mine.do(lambda workspace: (workspace.history.clear(), workspace.log.clear())):
            self._coordinator.tell("window.mine.history_cleared")

    def _undelete(self) -> None:
        """Bring back what was deleted last."""
        coordinator = self._coordinator
        nothing: tuple[Kept, ...] = ()
        deleted = coordinator.mine.look(lambda workspace: workspace.trash.list(), nothing)
        if not deleted:
            coordinator.tell("workspace.trash_empty")
            return
        last = max(deleted, key=lambda item: (item.deleted or "", item.modified))
        if coordinator.mine.do(lambda workspace: workspace.trash.bring_back([last])):
            coordinator.tell("window.mine.undeleted", kind_of=coordinator.words(f"workspace.kind.{last.table}"))

    def _backups(self, fault: Fault | None = None) -> None:
        from jasic_desktop.ui.backups_dialog import BackupsDialog

        self._open(BackupsDialog(self._coordinator, self._window, fault))

    def _export(self) -> None:
        from jasic_desktop.ui.files import save_path

        coordinator = self._coordinator
        title = coordinator.words("window.command.export_mine").rstrip("…")
        path = save_path(self._window, coordinator, title, "jasic-desktop.jsonl", _FORMATS)
        if path is None:
            return
        try:
            count = _write(coordinator, path)
        except Fault as fault:
            coordinator.tell_fault(fault)
            return
        coordinator.tell("workspace.exported", path=path, count=count)

    def _import(self) -> None:
        from jasic_desktop.ui.files import open_path

        coordinator = self._coordinator
        title = coordinator.words("window.command.import_mine").rstrip("…")
        path = open_path(self._window, coordinator, title, (*_FORMATS, "json"))
        if path is None:
            return
        from jasic_desktop.app.taking_in import read_items
        from jasic_desktop.workspace.transfer import merge

        try:
            if coordinator.mine.workspace.folder is not None:
                coordinator.mine.workspace.tidy()
            items, skipped = read_items(path)
            done = merge(coordinator.mine.workspace.database, items, path)
        except Fault as fault:
            coordinator.tell_fault(fault)
            return
        coordinator.mine.changed.emit()
        coordinator.tell(
            "workspace.imported", path=path.name, added=done.added, changed=done.changed, same=done.same + skipped
        )

    def _open(self, dialog: QDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _write(coordinator: Coordinator, path: Path) -> int:
    """Write everything to `path`, which the dialog allowed to be replaced; how many things there were."""
    from jasic_desktop.workspace.annotations import to_annotations
    from jasic_desktop.workspace.transfer import everything, lines

    items = everything(coordinator.mine.workspace.database)
    data = to_annotations(items) if path.suffix == ".jsonld" else b"".join(lines(items))
    atomic.write(path, data, force=True)
    return len(items)
