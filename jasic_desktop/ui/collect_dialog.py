"""Asks which records go into which collection, an old one or a new one; and asks for a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.app.collecting import members
from jasic_desktop.core.errors import Fault
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.choice_box import ChoiceBox
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import plain_label

if TYPE_CHECKING:
    from jasic_desktop.workspace.items import Collection

_ID: Final = Qt.ItemDataRole.UserRole
_WIDTH: Final = 420
LONGEST_NAME: Final = 200


class CollectDialog(QDialog):
    """What was chosen is done when it is accepted; a fault is said in it, and nothing that was typed is lost."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        words = coordinator.words
        self.setWindowTitle(words("window.command.collect").rstrip("…"))
        self.setMinimumWidth(coordinator.length(_WIDTH))
        self.scopes = ChoiceBox(coordinator)
        self.scopes.setAccessibleName(words("window.mine.which"))
        self._ids: list[tuple[str, ...]] = []
        self.choices = QListWidget()
        self.choices.setProperty("role", "rows")
        self.choices.setAccessibleName(words("window.mine.collections"))
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(words("window.mine.new_collection"))
        self.name.setAccessibleName(words("window.mine.new_collection"))
        self.fault = plain_label(wrap=True)
        self.fault.setProperty("role", "warn")
        self.fault.hide()
        buttons = QDialogButtonBox()
        accept = buttons.addButton(words("window.mine.add"), QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setProperty("role", "primary")
        accept.setDefault(True)
        buttons.addButton(words("window.export.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(8)
        self._add_scopes(column)
        column.addWidget(plain_label(words("window.mine.into")))
        column.addWidget(self.choices, 1)
        column.addWidget(self.name)
        column.addWidget(self.fault)
        column.addWidget(buttons)
        self._fill()
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.name.textChanged.connect(lambda text: self.choices.setCurrentRow(-1) if text else None)
        self.choices.itemActivated.connect(lambda _item: self.accept())
        (self.choices if self.choices.count() else self.name).setFocus()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def ids(self) -> tuple[str, ...]:
        """The records that will be added."""
        at = self.scopes.currentIndex()
        return self._ids[at] if 0 <= at < len(self._ids) else ()

    # ------------------------------------------------------------------------------------------------------ slots

    def accept(self) -> None:
        """Put the records into the collection, and tell how many were new in it."""
        coordinator, store = self._coordinator, self._coordinator.store
        if store is None:
            return
        workspace, name = coordinator.mine.workspace, self.name.text().strip()
        item = self.choices.currentItem()
        try:
            chosen = members(store, self.ids, coordinator.language)
            if name or item is None:
                coordinator.places.policy.require("collection create")
                made = workspace.collections.create(name, chosen)
                told, count = made.name, len(chosen)
            else:
                told = item.text()
                count = workspace.collections.add(str(item.data(_ID)), chosen)
        except Fault as fault:
            self.fault.setText(fault.sentence(coordinator.language))
            self.fault.show()
            return
        coordinator.mine.changed.emit()
        coordinator.tell("window.mine.added", name=told, count=count)
        super().accept()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _add_scopes(self, column: QVBoxLayout) -> None:
        coordinator, words = self._coordinator, self._coordinator.words
        scopes: list[tuple[str, tuple[str, ...]]] = []
        ticked, target, store = coordinator.selection.ids, coordinator.target, coordinator.store
        if ticked:
            scopes.append((words("window.export.scope_selection", count=len(ticked)), ticked))
        if target is not None and store is not None:
            title = one_line(store.title(target).show(coordinator.language))
            scopes.append((words("window.mine.scope_record", title=title), (target,)))
        if coordinator.answer is not None and coordinator.answer.hits:
            found = tuple(hit.id for hit in coordinator.answer.hits)
            scopes.append((words("window.mine.scope_results", count=len(found)), found))
        for text, ids in scopes:
            self.scopes.addItem(text)
            self._ids.append(ids)
        label = plain_label(words("window.mine.which"))
        label.setBuddy(self.scopes)
        column.addWidget(label)
        column.addWidget(self.scopes)

    def _fill(self) -> None:
        mine = self._coordinator.mine
        nothing: tuple[Collection, ...] = ()
        for collection in mine.look(lambda workspace: workspace.collections.list(), nothing):
            item = QListWidgetItem(one_line(collection.name))
            item.setData(_ID, collection.id)
            self.choices.addItem(item)
        if self.choices.count():
            self.choices.setCurrentRow(0)
        else:
            self.choices.hide()
        refusal = mine.refusal
        if refusal:
            self.fault.setText(refusal)
            self.fault.show()


class NameDialog(QDialog):
    """Asks for one name; `chosen` holds it when it was accepted."""

    def __init__(self, coordinator: Coordinator, title: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = coordinator.words
        self.setWindowTitle(title)
        self.setMinimumWidth(coordinator.length(_WIDTH))
        self.name = QLineEdit(name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(words("window.mine.name"))
        self.name.selectAll()
        label = plain_label(words("window.mine.name"))
        label.setBuddy(self.name)
        buttons = QDialogButtonBox()
        accept = buttons.addButton(words("window.mine.save"), QDialogButtonBox.ButtonRole.AcceptRole)
        accept.setProperty("role", "primary")
        accept.setDefault(True)
        accept.setEnabled(bool(name.strip()))
        buttons.addButton(words("window.export.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(8)
        column.addWidget(label)
        column.addWidget(self.name)
        column.addWidget(buttons)
        self.name.textChanged.connect(lambda text: accept.setEnabled(bool(text.strip())))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    @property
    def chosen(self) -> str:
        """The name."""
        return self.name.text().strip()
