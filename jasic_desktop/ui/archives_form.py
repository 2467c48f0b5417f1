"""What the dialog of archives shows: a table of them, all about the one that is marked, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.archives_task import Row
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.export_outcome import ExportOutcome
from jasic_desktop.ui.fingerprints import grouped
from jasic_desktop.ui.icons import icon
from jasic_desktop.ui.plain import plain_label, plain_tooltip, set_tooltip
from jasic_desktop.ui.speaking import SpokenProgress

_COLUMNS: Final = ("title", "version", "state", "whose", "in_use")
_FACTS: Final = ("name", "maker", "fingerprint", "place")


class ArchivesForm:
    """The widgets of the dialog, laid out in `dialog`."""

    def __init__(self, coordinator: Coordinator, dialog: QWidget) -> None:
        self._coordinator = coordinator
        self._spoken = SpokenProgress(dialog)
        words = coordinator.words
        self.table = QTableWidget(0, len(_COLUMNS))
        self.table.setHorizontalHeaderLabels([words(f"window.archives.column.{name}") for name in _COLUMNS])
        self.table.setAccessibleName(words("window.archives.list"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setProperty("role", "rows")
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(coordinator.length(32))
        self.table.setIconSize(QSize(14, 14))
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in (0, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(6)
        self._values: dict[str, QLabel] = {}
        for name in _FACTS:
            label, value = plain_label(words(f"window.archives.fact.{name}")), plain_label(wrap=True)
            label.setProperty("role", "third")
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            label.setBuddy(value)
            self._facts.addRow(label, value)
            self._values[name] = value
        self._values["fingerprint"].setFont(coordinator.font("mono"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words("window.archives.list"))
        self.count = plain_label()
        self.count.setProperty("role", "faint")
        self.outcome = ExportOutcome(coordinator)
        self.use = QPushButton(words("window.archives.use"))
        self.use.setProperty("role", "primary")
        self.install = QPushButton(words("window.archives.install"))
        self.remove = QPushButton(words("window.archives.remove"))
        self.cancel = QPushButton(words("window.progress.cancel"))
        self.close_button = QPushButton(words("window.about.close"))
        self._lay_out(dialog)
        self.show_running(running=False)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these archives."""
        coordinator, words = self._coordinator, self._coordinator.words
        blocked = self.table.blockSignals(True)
        self.table.setRowCount(len(rows))
        for at, row in enumerate(rows):
            entry, archive = row.entry, row.entry.archive
            texts = (
                one_line(archive.title.show(coordinator.language)),
                archive.version,
                row.standing.words(coordinator.language),
                words(f"cli.archive.whose.{entry.whose}"),
                words("cli.archive.in_use") if entry.in_use else "",
            )
            damaged = row.standing.state == "damaged"
            tone = coordinator.theme.color("warn" if damaged else "verified")
            icons = {2: icon("warn" if damaged else "shield", tone, 14)}
            if entry.in_use:
                icons[4] = icon("tick", coordinator.theme.color("verified"), 14)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tooltip(text))
                if column in icons:
                    item.setIcon(icons[column])
                self.table.setItem(at, column, item)
        self.table.blockSignals(blocked)

    def show_chosen(self, row: Row | None) -> None:
        """Show all about one archive."""
        texts = dict.fromkeys(_FACTS, "")
        if row is not None:
            texts = {
                "name": row.entry.name,
                "maker": row.standing.maker(self._coordinator.language),
                "fingerprint": grouped(row.entry.fingerprint) or self._coordinator.words("cli.archive.not_prepared"),
                # A long path has to break somewhere.
                "place": "".join(c + "\u200b" if c in "/\\" else c for c in one_line(str(row.entry.path))),
            }
        for name, text in texts.items():
            self._values[name].setText(text)

    def show_possible(self, row: Row | None, *, busy: bool) -> None:
        """Let only what can be done be asked for."""
        possible = {
            "archive use": row is not None and not busy and not row.entry.in_use,
            "archive remove": row is not None and not busy and row.entry.whose != "program",
            "archive install": not busy,
        }
        policy, language = self._coordinator.places.policy, self._coordinator.language
        for command, button in zip(possible, (self.use, self.remove, self.install), strict=True):
            allowed = policy.allows(command)
            button.setEnabled(possible[command] and allowed)
            closed = "" if allowed else policy.refusal(command, button.text()).sentence(language)
            set_tooltip(button, closed)

    def show_progress(self, step: str, done: int, total: int) -> None:
        """Show how far the work is."""
        words = self._coordinator.words
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        said = words("window.progress.of", step=words(step), done=done, total=total) if total else words(step)
        self.count.setText(said)
        self._spoken.tell(step, said)

    def show_running(self, *, running: bool) -> None:
        """Show or hide what belongs to work under way; the room for it stays."""
        self.bar.setVisible(running)
        self.count.setText("" if not running else self.count.text())
        self.cancel.setVisible(running)
        self.close_button.setVisible(not running)
        if running:
            self.bar.setRange(0, 0)

    def _lay_out(self, dialog: QWidget) -> None:
        for button in (self.use, self.install, self.remove, self.cancel, self.close_button):
            button.setAutoDefault(False)
        buttons = QDialogButtonBox()
        buttons.addButton(self.install, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.remove, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.use, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(dialog)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(self.table, 1)
        column.addLayout(self._facts)
        column.addWidget(self.bar)
        column.addWidget(self.count)
        column.addWidget(self.outcome)
        column.addWidget(buttons)
