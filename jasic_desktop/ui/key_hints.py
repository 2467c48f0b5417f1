"""A line of keys and what they do; those that have no room are left out, and F1 shows them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from jasic_desktop.core.settings import KEYS
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import plain_label, tint

Hint = tuple[tuple[str, ...], str]
"""Keys as they are written on them, and the catalogue key of what they do."""
_GAP: Final = 20


class KeyHints(QWidget):
    """Shows hints from the left, and at the right the way to all keys."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._hints: Sequence[Hint] = ()
        self._groups: list[QWidget] = []
        self._f1 = _key(coordinator.key("keys"))
        self._all = QPushButton(self)
        self._all.setProperty("role", "quiet")
        self._all.clicked.connect(lambda: coordinator.run("keys"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 2, 8, 2)
        self._row.setSpacing(_GAP)
        self._row.addStretch(1)
        self._row.addWidget(self._f1, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._all)
        coordinator.setting_changed.connect(self._setting_changed)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show other hints."""
        if hints is not self._hints:
            self._hints = hints
            self.refresh()

    def refresh(self) -> None:
        """Show the hints in the language, colours and size of now."""
        coordinator = self._coordinator
        for group in self._groups:
            self._row.removeWidget(group)
            group.hide()
            group.deleteLater()
        self._groups = [self._group(keys, coordinator.words(told)) for keys, told in self._hints]
        for place, group in enumerate(self._groups):
            self._row.insertWidget(place, group)
        self._f1.setText(coordinator.key("keys"))
        self._f1.setVisible(bool(self._f1.text()))
        self._all.setText(coordinator.words("window.timeline.all_keys"))
        self._all.setAccessibleName(self._all.text())
        self._all.setEnabled(coordinator.can("keys"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, and a line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._coordinator.theme.color("paper"))
        painter.fillRect(0, 0, self.width(), 1, self._coordinator.theme.color("line"))
        painter.end()

    def _setting_changed(self, key: str) -> None:
        if key == KEYS:
            self.refresh()

    def _fit(self) -> None:
        room = self.width() - 24 - self._f1.sizeHint().width() - self._all.sizeHint().width() - 2 * _GAP
        for group in self._groups:
            room -= group.sizeHint().width() + _GAP
            group.setVisible(room >= 0)

    def _group(self, keys: tuple[str, ...], told: str) -> QWidget:
        group = QWidget(self)
        row = QHBoxLayout(group)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for key in keys:
            row.addWidget(_key(key), 0, Qt.AlignmentFlag.AlignVCenter)
        label = plain_label(told)
        label.setFont(self._coordinator.font("small"))
        tint(label, self._coordinator.theme.color("ink-2"))
        row.addWidget(label)
        return group


def _key(name: str) -> QLabel:
    label = plain_label(name)
    label.setProperty("role", "key")
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return label
