"""The foot of the start page: the whole timeline in one strip, and the way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from jasic_desktop.search.request import Filters
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.month_strip import MonthStrip
from jasic_desktop.ui.plain import plain_label, tint

if TYPE_CHECKING:
    from jasic_desktop.packs.store import Store


class StartFoot(QWidget):
    """A sunken ground with a line above; on it, as wide as the content of the page, the months and their events."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._count = 0
        self._title, self._words = plain_label(), plain_label()
        self._open = QPushButton()
        self._open.setProperty("role", "link")
        self._open.clicked.connect(lambda: coordinator.run("go-timeline"))
        self.strip = MonthStrip(coordinator)
        self.strip.month_chosen.connect(self._show_month)
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._words)
        head.addStretch(1)
        head.addWidget(self._open)
        column.addLayout(head)
        column.addWidget(self.strip, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(16, 0, 16, 0)
        across.addStretch(1)
        across.addWidget(self._inner)
        across.addStretch(1)

    # ------------------------------------------------------------------------------------------------------ slots

    def load(self, store: Store, count: int) -> None:
        """Draw the events of an archive, `count` of them."""
        self._count = count
        self.strip.show_events(store.events())

    def fit(self, width: int, height: int) -> None:
        """Take `width` for the content and `height` for all."""
        self._inner.setFixedWidth(width)
        self.setFixedHeight(height)

    def refresh(self) -> None:
        """Say everything in the language, theme and size of the window."""
        coordinator, words = self._coordinator, self._coordinator.words
        self._title.setFont(coordinator.font("ui-strong"))
        self._title.setText(words("window.start.timeline"))
        first, last = self.strip.years
        count = self._count
        said = words("window.start.events", count=count, first=first, last=last) if count else ""
        self._words.setText(said)
        tint(self._words, coordinator.theme.color("ink-2"))
        self._open.setText(words("window.start.open_timeline"))
        self._open.setEnabled(count > 0)

    # ----------------------------------------------------------------------------------------------------- events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._coordinator.theme.color("sunken"))
        painter.fillRect(0, 0, self.width(), 1, self._coordinator.theme.color("line"))
        painter.end()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _show_month(self, first: str, last: str) -> None:
        self._coordinator.narrow(Filters(since=first, until=last))
        self._coordinator.show_view("timeline")
