"""What a reading room shows while its archive is prepared, and when it could not be opened."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from jasic_desktop.ui.plain import plain_label
from jasic_desktop.ui.room.controls import RoomButton, interface_font
from jasic_desktop.ui.room.coordinator import RoomCoordinator

_WIDTH: Final = 640


class RoomProgress(QWidget):
    """One sentence and a bar; or what failed, and a button that tries `again`."""

    again = Signal()

    def __init__(self, coordinator: RoomCoordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._failure = ""
        self._title, self._told = plain_label(wrap=True), plain_label(wrap=True)
        self._told.setProperty("role", "second")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._again = RoomButton(coordinator)
        self._again.clicked.connect(self.again)
        self._bar.setRange(0, 0)
        inner = QWidget()
        inner.setMaximumWidth(_WIDTH)
        parts = QVBoxLayout(inner)
        parts.setSpacing(16)
        for widget in (self._title, self._told, self._bar):
            parts.addWidget(widget)
        parts.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(inner, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        inner.setMinimumWidth(_WIDTH)
        for signal in (coordinator.language_changed, coordinator.theme_changed):
            signal.connect(self._refresh)
        self._refresh()

    # ------------------------------------------------------------------------------------------------------ slots

    def show_progress(self, step: str, done: int, total: int) -> None:
        """Show how far the work is; `step` is a catalogue key, `total` 0 where it is unknown."""
        if self._failure:
            self._failure = ""
            self._refresh()
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setAccessibleName(self._coordinator.words(step))

    def show_failure(self, sentence: str) -> None:
        """Show what failed."""
        self._failure = sentence
        self._refresh()
        self._again.setFocus()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _refresh(self) -> None:
        words = self._coordinator.words
        self._title.setFont(self._coordinator.theme.font("section"))
        interface_font(self._coordinator, self._told)
        self._title.setText(words("window.room.not_open" if self._failure else "window.room.preparing"))
        self._told.setText(self._failure)
        self._told.setVisible(bool(self._failure))
        self._bar.setVisible(not self._failure)
        self._again.say(words("window.progress.again"))
        self._again.setVisible(bool(self._failure))
