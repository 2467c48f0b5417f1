"""What stands in place of the timeline where no event is to be shown: one sentence and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import let_read, plain_label


class TimelineNotice(QWidget):
    """`all_wanted` asks for all events where only those that match were to be shown."""

    all_wanted = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._sentence = plain_label(parent=self, wrap=True)
        self._sentence.setProperty("role", "second")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        let_read(self._sentence)
        self._all = QPushButton(self)
        self._all.clicked.connect(self.all_wanted)
        self.setFocusProxy(self._sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self._sentence)
        column.addWidget(self._all, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say(self, *, no_archive: bool, no_event: bool) -> None:
        """No archive is open, or it has no event; else none matches."""
        words = self._coordinator.words
        if no_archive:
            text = words("window.results.nothing_open")
        else:
            text = words("window.timeline.no_event" if no_event else "window.timeline.no_match")
        self._sentence.setText(text)
        self._sentence.setAccessibleName(text)
        self._all.setText(words("window.timeline.show_all"))
        self._all.setAccessibleName(self._all.text())
        self._all.setVisible(not no_archive and not no_event)
