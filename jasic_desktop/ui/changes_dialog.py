"""Says what an update changes before it is made: counts, then each record that is gone, new or other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from jasic_desktop.packs.difference import Difference
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import plain_label
from jasic_desktop.ui.text_lines import TextLines

_SIZE: Final = QSize(680, 480)


class ChangesDialog(QDialog):
    """Accepted when the person wants the new edition."""

    def __init__(self, coordinator: Coordinator, changes: Difference, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = coordinator.words
        older = changes.new.sequence < changes.old.sequence
        self.setWindowTitle(words("window.archives.changes_title"))
        title = plain_label(one_line(changes.new.title.show(coordinator.language)), wrap=True)
        title.setFont(coordinator.font("section"))
        self.counts = plain_label(
            words(
                "cli.archive.changes",
                old=changes.old.version,
                new=changes.new.version,
                added=len(changes.added),
                changed=len(changes.changed),
                withdrawn=len(changes.withdrawn),
            ),
            wrap=True,
        )
        self.warning = plain_label(words("window.archives.older") if older else "", wrap=True)
        self.warning.setProperty("role", "warn")
        self.warning.setVisible(older)
        self.lines = TextLines(coordinator, words("window.archives.changes_title"))
        self.lines.show_lines(_lines(changes, coordinator))
        self.lines.setVisible(bool(changes.count))
        self.install = QPushButton(words("window.archives.install_older" if older else "window.archives.update"))
        self.install.setProperty("role", "primary")
        self.keep = QPushButton(words("window.archives.keep"))
        buttons = QDialogButtonBox()
        buttons.addButton(self.install, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.keep, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        for widget in (title, self.counts, self.warning):
            column.addWidget(widget)
        column.addWidget(self.lines, 1)
        column.addStretch(0)
        column.addWidget(buttons)
        first = self.keep if older else self.install
        first.setDefault(True)
        first.setFocus()
        size = QSize(coordinator.length(_SIZE.width()), coordinator.length(_SIZE.height()))
        self.resize(size.boundedTo(parent.size()) if parent is not None else size)


def _lines(changes: Difference, coordinator: Coordinator) -> Iterator[str]:
    """One line for each record; what is gone comes first: nobody would find it by reading on."""
    words, say = coordinator.words, coordinator.language
    for gone in changes.withdrawn:
        if gone.replaced_by is not None:
            why = words("cli.archive.replaced_by", id=gone.replaced_by)
        else:
            why = gone.reason.show(say) if gone.reason is not None else words("cli.archive.no_reason")
        yield words("cli.archive.withdrawn", id=gone.id, title=gone.title.show(say), why=why)
    for new in changes.added:
        yield words("cli.archive.added", id=new.id, title=new.title.show(say))
    for other in changes.changed:
        fields = ", ".join(other.fields)
        yield words("cli.archive.changed", id=other.id, title=other.title.show(say), fields=fields)
