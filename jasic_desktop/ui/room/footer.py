"""The foot of a reading room: size of the text, what may be taken away, the countdown, and the button that ends it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStackedWidget, QWidget

from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import plain_label, tint
from jasic_desktop.ui.room.controls import RoomButton, interface_font
from jasic_desktop.ui.room.coordinator import RoomCoordinator
from jasic_desktop.ui.room.theme import ASIDE, ENDING, FOOTER_HEIGHT, GAP, ICON, SIDE

_MESSAGE_MS: Final = 10_000
_BAR_WIDTH: Final = 160
_COLORS: Final = {"info": "ink-2", "warn": "warn", "error": "warn"}


class RoomFooter(QWidget):
    """`ended` says that the reader has done, `resumed` that they go on reading, `copying` that they want a copy,
    `citing` the citation.
    """

    ended = Signal()
    resumed = Signal()
    copying = Signal()
    citing = Signal()

    def __init__(self, coordinator: RoomCoordinator, warning: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.setFixedHeight(FOOTER_HEIGHT)
        self._clock, self._left = QLabel(), plain_label()
        self._bar = QProgressBar()
        self._bar.setProperty("role", "countdown")
        self._bar.setRange(0, max(1, warning))
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR_WIDTH)
        self.resume = RoomButton(coordinator)
        self.copy, self.cite = RoomButton(coordinator, drawing="export"), RoomButton(coordinator, drawing="cite")
        self._message = plain_label(wrap=True)
        self.smaller, self.larger = RoomButton(coordinator), RoomButton(coordinator)
        self.end = RoomButton(coordinator, "room-end", "door")
        self._stack = QStackedWidget()
        self._seconds = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MESSAGE_MS)
        self._timer.timeout.connect(lambda: self._say("", "info"))
        self._lay_out()
        self._connect()
        self.refresh()

    # ------------------------------------------------------------------------------------------------------ slots

    def count_down(self, seconds: int) -> None:
        """Show how many seconds are left."""
        self._seconds = seconds
        self._bar.setValue(seconds)
        self._left.setText(self._coordinator.words("window.room.restart_in", count=seconds))
        self._bar.setAccessibleName(self._left.text())
        self._stack.setCurrentIndex(1)

    def stop_counting(self) -> None:
        """The reader is there."""
        self._seconds = 0
        self._stack.setCurrentIndex(0)

    def speak(self, text: str) -> None:
        """Let a screen reader say something at once."""
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, text)
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(event)

    def speak_countdown(self, seconds: int) -> None:
        """Read the countdown aloud, with what stops it."""
        self.speak(self._coordinator.words("window.room.restart_spoken", count=seconds))

    def refresh(self) -> None:
        """Say everything in the language and the colours of now, and offer what is possible."""
        coordinator, words = self._coordinator, self._coordinator.words
        for widget, size, strong in (
            (self._left, 17, True),
            (self.resume, 17, False),
            (self.copy, 17, False),
            (self.cite, 17, False),
            (self._message, ASIDE, False),
            (self.smaller, 17, False),
            (self.larger, 17, False),
            (self.end, ENDING, True),
        ):
            interface_font(coordinator, widget, size, strong=strong)
        self._clock.setPixmap(pixmap("clock", coordinator.theme.color("ink"), ICON))
        self.resume.say(words("window.room.go_on"))
        self.copy.say(words("window.room.copy"))
        self.cite.say(words("window.room.cite"), words("window.command.copy_citation"))
        self.smaller.say(words("window.room.smaller"), words("window.room.smaller_spoken"))
        self.larger.say(words("window.room.larger"), words("window.room.larger_spoken"))
        self.end.say(words("window.room.end"))
        rules, reads = coordinator.rules, coordinator.moment.record is not None
        self.copy.setVisible(rules.allows("export"))
        self.cite.setVisible(rules.allows("copy-citation"))
        self.copy.setEnabled(reads)
        self.cite.setEnabled(reads)
        self.smaller.setEnabled(coordinator.can("text-smaller"))
        self.larger.setEnabled(coordinator.can("text-larger"))
        if self._seconds:
            self.count_down(self._seconds)

    # ----------------------------------------------------------------------------------------------------- events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, and the line above."""
        painter, theme = QPainter(self), self._coordinator.theme
        painter.fillRect(self.rect(), theme.color("sunken"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        painter.end()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _lay_out(self) -> None:
        offers, counting = QWidget(), QWidget()
        for page, parts in (
            (offers, (self.copy, self.cite, self._message)),
            (counting, (self._clock, self._left, self._bar, self.resume)),
        ):
            line = QHBoxLayout(page)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(GAP)
            for part in parts:
                line.addWidget(part, 1 if part is self._message else 0)
            if page is counting:
                line.addStretch(1)
            self._stack.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 1, SIDE, 0)
        row.setSpacing(GAP)
        row.addWidget(self._stack, 1)
        for button in (self.smaller, self.larger, self.end):
            row.addWidget(button)
        for button in (self.smaller, self.larger):
            button.setStyleSheet("QPushButton { padding: 0 16px; } QPushButton:focus { padding: 0 15px; }")

    def _connect(self) -> None:
        coordinator = self._coordinator
        self.end.clicked.connect(self.ended)
        self.resume.clicked.connect(self.resumed)
        self.copy.clicked.connect(self.copying)
        self.cite.clicked.connect(self.citing)
        self.smaller.clicked.connect(lambda: coordinator.run("text-smaller"))
        self.larger.clicked.connect(lambda: coordinator.run("text-larger"))
        coordinator.told.connect(self._say)
        for signal in (
            coordinator.language_changed,
            coordinator.theme_changed,
            coordinator.commands_changed,
            coordinator.text_size_changed,
        ):
            signal.connect(self.refresh)

    def _say(self, text: str, kind: str) -> None:
        self._message.setText(text)
        self._message.setAccessibleName(text)
        tint(self._message, self._coordinator.theme.color(_COLORS[kind]))
        if text:
            self.speak(text)
            self._timer.start()
