"""The backups of what the person made: which there are, bringing one back, and beginning anew."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from jasic_desktop.core.errors import Fault
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import plain_label

if TYPE_CHECKING:
    from jasic_desktop.workspace.backups import Backup
    from jasic_desktop.workspace.restoring import Restored

_NUMBER: Final = Qt.ItemDataRole.UserRole
_WIDTH: Final = 560
_HEIGHT: Final = 420


class BackupsDialog(QDialog):
    """Lists the backups, the latest first. `fault` is why the workspace cannot be read, where it comes because of it.

    Whatever is done, what stood there is set aside or backed up first. Closing it changes nothing.
    """

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None, fault: Fault | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._backups: dict[int, Backup] = {}
        words = coordinator.words
        self.setWindowTitle(words("window.command.backups").rstrip("…"))
        size = QSize(coordinator.length(_WIDTH), coordinator.length(_HEIGHT))
        self.resize(size.boundedTo(parent.size() - QSize(48, 48)) if parent is not None else size)
        self.sentence = plain_label(
            fault.sentence(coordinator.language) if fault is not None else words("window.backups.hint"), wrap=True
        )
        if fault is not None:
            self.sentence.setProperty("role", "warn")
        self.list = QListWidget()
        self.list.setProperty("role", "rows")
        self.list.setAccessibleName(words("window.backups.list"))
        self.told = plain_label(wrap=True)
        self.told.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.told.hide()
        buttons = QDialogButtonBox()
        self.restore = buttons.addButton(words("window.backups.restore"), QDialogButtonBox.ButtonRole.ActionRole)
        self.anew = buttons.addButton(words("window.backups.anew"), QDialogButtonBox.ButtonRole.ActionRole)
        self.make = buttons.addButton(words("window.backups.make"), QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(words("window.about.close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.anew.setVisible(fault is not None)
        self.make.setVisible(fault is None)
        for button in (self.restore, self.anew, self.make, close):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(self.sentence)
        column.addWidget(self.list, 1)
        column.addWidget(self.told)
        column.addWidget(buttons)
        self.restore.clicked.connect(self._restore)
        self.anew.clicked.connect(self._begin_anew)
        self.make.clicked.connect(self._make)
        buttons.rejected.connect(self.reject)
        self.list.currentRowChanged.connect(lambda _row: self._refresh())
        self._fill()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _fill(self) -> None:
        from jasic_desktop.workspace.backups import contents, is_sound, list_backups

        words, folder = self._coordinator.words, self._coordinator.mine.folder
        self.list.clear()
        self._backups.clear()
        for backup in list_backups(folder) if folder is not None else ():
            sound = is_sound(backup)
            made = backup.made.replace("T", " ").rstrip("Z")
            if sound:
                held = contents(backup)
                text = words("window.backups.row", made=made, collections=held.collections, notes=held.notes)
            else:
                text = words("window.backups.row_damaged", made=made)
            item = QListWidgetItem(text)
            item.setData(_NUMBER, backup.number)
            if not sound:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            else:
                self._backups[backup.number] = backup
            self.list.addItem(item)
        for row in range(self.list.count()):
            if self.list.item(row).data(_NUMBER) in self._backups:
                self.list.setCurrentRow(row)
                break
        self.list.setVisible(self.list.count() > 0)
        if not self._backups:
            self._say(words("workspace.no_backup_yet"))
        self._refresh()

    def _refresh(self) -> None:
        item = self.list.currentItem()
        self.restore.setEnabled(self.list.currentRow() >= 0 and item.data(_NUMBER) in self._backups)
        self.make.setEnabled(self._coordinator.mine.folder is not None)

    def _restore(self) -> None:
        from jasic_desktop.workspace.restoring import restore

        item, folder = self.list.currentItem(), self._coordinator.mine.folder
        backup = self._backups.get(item.data(_NUMBER)) if self.list.currentRow() >= 0 else None
        if backup is not None and folder is not None:
            self._do(partial(restore, folder, backup), "window.backups.restored")

    def _begin_anew(self) -> None:
        from jasic_desktop.workspace.restoring import begin_anew

        folder = self._coordinator.mine.folder
        if folder is not None:
            self._do(partial(begin_anew, folder), "workspace.begun_anew")

    def _do(self, work: partial[Restored], key: str) -> None:
        mine, words = self._coordinator.mine, self._coordinator.words
        mine.close()
        try:
            done = work()
        except Fault as fault:
            mine.reopen()
            self._say(fault.sentence(self._coordinator.language))
            return
        mine.reopen()
        sentences = [words(key)]
        if done.aside is not None:
            sentences.append(words("workspace.set_aside", path=done.aside))
        if done.saved is not None:
            sentences.append(words("workspace.saved_from", path=done.saved))
        self._fill()
        self._say("\n".join(sentences))
        self.anew.hide()

    def _make(self) -> None:
        from jasic_desktop.workspace.backups import make_backup

        folder = self._coordinator.mine.folder
        if folder is None:
            return
        try:
            made = make_backup(folder, force=True)
        except Fault as fault:
            self._say(fault.sentence(self._coordinator.language))
            return
        self._fill()
        if made is not None:
            self._say(self._coordinator.words("workspace.backed_up", number=made.number, path=made.path))

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.show()
