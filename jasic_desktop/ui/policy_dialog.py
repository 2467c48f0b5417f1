"""The policy in force, for everybody to see: what is laid down, each value with where it comes from."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.app.policy_report import SECTIONS, Row, rows
from jasic_desktop.core.policy import FILE_NAME
from jasic_desktop.core.regular import printable
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import plain_label, plain_tooltip, tint

_SIZE: Final = QSize(860, 600)
_COLUMNS: Final = ("what", "value", "origin")


class PolicyDialog(QDialog):
    """A table that is only read; of commands it names those that are closed."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        words, policy = coordinator.words, coordinator.places.policy
        self.setWindowTitle(words("window.command.show_policy").rstrip("…"))
        path = printable(str(coordinator.places.machine / FILE_NAME))
        key = "cli.policy.file" if policy.machine is not None else "cli.policy.no_file"
        self.about = plain_label(wrap=True)
        self.about.setText(words(key, path=path))
        self.faults = [self._fault(fault.sentence(coordinator.language)) for fault in policy.faults]
        self.table = QTableWidget(0, len(_COLUMNS), self)
        self.table.setProperty("role", "rows")
        self._fill()
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(words("window.about.close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        for label in (self.about, *self.faults):
            column.addWidget(label)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        size = QSize(coordinator.length(_SIZE.width()), coordinator.length(_SIZE.height()))
        self.resize(size.boundedTo(parent.size() - QSize(48, 48)) if parent is not None else size)
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as high as their texts need at this width."""
        super().resizeEvent(event)
        self.table.resizeRowsToContents()

    def showEvent(self, event: QShowEvent) -> None:
        """The columns have their widths now."""
        super().showEvent(event)
        self.table.resizeRowsToContents()

    def _fault(self, sentence: str) -> QLabel:
        label = plain_label(wrap=True)
        label.setText(sentence)
        label.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # so that a screen reader finds it by Tab
        tint(label, self._coordinator.theme.color("warn"))
        return label

    def _fill(self) -> None:
        coordinator, words, table = self._coordinator, self._coordinator.words, self.table
        table.setAccessibleName(self.windowTitle())
        table.setHorizontalHeaderLabels([words(f"window.policy.{column}") for column in _COLUMNS])
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setWordWrap(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        found = rows(coordinator.places.policy, coordinator.settings)
        for section in SECTIONS:
            self._heading(words(f"policy.section.{section}"))
            shown = [row for row in found if row.section == section and (section != "commands" or not row.value)]
            for row in shown:
                self._row(row)
            if not shown:
                self._line((words("window.policy.all_open"), "", ""))
        header.setMaximumSectionSize(coordinator.length(220))
        table.selectRow(1)

    def _heading(self, text: str) -> None:
        self._line((text, "", ""))
        item = self.table.item(self.table.rowCount() - 1, 0)
        if item is not None:
            item.setFont(self._coordinator.font("ui-strong"))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.table.setSpan(self.table.rowCount() - 1, 0, 1, len(_COLUMNS))

    def _row(self, row: Row) -> None:
        language = self._coordinator.language
        what = row.description(language)
        self._line((what[0].upper() + what[1:], row.told(language), row.origin(language)))

    def _line(self, texts: tuple[str, str, str]) -> None:
        at = self.table.rowCount()
        self.table.insertRow(at)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(plain_tooltip(text))
            self.table.setItem(at, column, item)
