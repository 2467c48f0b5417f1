"""What copy of the archive this is, in short: version, state, maker, licence and fingerprint."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import clear_layout, plain_label, tint

_LINK_EDGE: Final = 5
"""Pixels from the edge of a link to its words."""


class CopyFacts(QWidget):
    """The short form on the start page."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._grid, self._links = QGridLayout(self), QHBoxLayout()
        self._grid.setContentsMargins(0, 8, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, rights: str) -> None:
        """Show the open archive's facts; `rights` is the licence of its own texts, in a few words."""
        clear_layout(self._links)
        self._grid.removeItem(self._links)
        clear_layout(self._grid)
        coordinator, store = self._coordinator, self._coordinator.store
        words = coordinator.words
        if store is None:
            return
        version = words("window.start.version_records", version=store.archive.version, count=store.count)
        standing = coordinator.archive.standing if coordinator.archive is not None else None
        damaged = standing is not None and standing.state == "damaged"
        tone = "warn" if damaged else "verified"
        state = QWidget()
        row = QHBoxLayout(state)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        shield = QLabel()
        shield.setPixmap(pixmap("warn" if damaged else "shield", coordinator.theme.color(tone), coordinator.length(14)))
        row.addWidget(shield)
        row.addWidget(self._value(standing.words(coordinator.language) if standing is not None else "", tone), 1)
        facts: list[tuple[str, QWidget]] = [
            ("version", self._value(version)),
            ("state", state),
            ("maker", self._value(standing.short_maker(coordinator.language) if standing is not None else "")),
        ]
        if rights:
            facts.append(("text", self._value(rights)))
        print_of = store.fingerprint
        groups = [print_of[at : at + 4] for at in range(0, 28, 4)]
        fingerprint = self._value(f"{' '.join(groups[:4])}\n{' '.join(groups[4:])} …")
        fingerprint.setFont(coordinator.font("mono"))
        facts.append(("fingerprint", fingerprint))
        for at, (key, widget) in enumerate(facts):
            name = self._value(words(f"window.start.{key}"), "ink-3")
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(name, at, 0)
            self._grid.addWidget(widget, at, 1)
        self._links = row = QHBoxLayout()
        row.addSpacing(-_LINK_EDGE)  # the words of the links stand under the values
        row.setSpacing(4)
        for command_id, key in (("about", "show_whole"), ("verify", "verify_again")):
            link = _link(command_id, coordinator)
            link.setText(words(f"window.start.{key}"))
            row.addWidget(link)
        row.addStretch(1)
        self._grid.addLayout(row, len(facts), 1)

    def _value(self, text: str, color: str = "ink") -> QLabel:
        label = plain_label(text, wrap=True)
        label.setFont(self._coordinator.font("ui"))
        tint(label, self._coordinator.theme.color(color))
        return label


def _link(command_id: str, coordinator: Coordinator) -> QPushButton:
    button = QPushButton()
    button.setProperty("role", "link")
    button.clicked.connect(lambda: coordinator.run(command_id))
    return button
