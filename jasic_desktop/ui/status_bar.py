"""The line at the foot of the window: which archive, its state, that nothing connects, messages, results and time."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.elided import ElidedLabel
from jasic_desktop.ui.icons import pixmap, put_icon
from jasic_desktop.ui.plain import plain_label, set_tooltip, tint
from jasic_desktop.ui.speaking import announce
from jasic_desktop.ui.theme import STATUS_BAR_HEIGHT

_MESSAGE_MS: Final = 8000
_COLORS: Final = {"info": "ink-2", "warn": "warn", "error": "warn"}


class StatusBar(QWidget):
    """Shows the state of things; a message stands there for a while, an error until it is closed."""

    spoken_role = "StatusBar"

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._kind = "info"
        self._dressed: object = None
        self._archive = ElidedLabel(least=120)
        self._shield = QLabel()
        self._state = ElidedLabel(least=60)
        self._offline = ElidedLabel(least=60)
        self._sign = QLabel()
        self._message = ElidedLabel(least=120)
        self._close = QToolButton()
        self._close.setProperty("role", "close")
        self._close.clicked.connect(self.clear)
        self._found = plain_label()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self._lay_out()
        coordinator.told.connect(self.show_message)
        coordinator.answer_changed.connect(self._answered)
        coordinator.searching.connect(self._searching)
        for signal in (
            coordinator.archive_opened,
            coordinator.standing_changed,
            coordinator.moment_changed,
            coordinator.language_changed,
            coordinator.theme_changed,
            coordinator.text_size_changed,
        ):
            signal.connect(self._refresh)
        self.clear()
        self._refresh()

    # ------------------------------------------------------------------------------------------------------ slots

    def show_message(self, text: str, kind: str) -> None:
        """Show and speak one sentence; `kind` is info, warn or error."""
        self._kind = kind
        self._message.setText(text)
        for widget in (self._sign, self._message, self._close):
            widget.setVisible(True)
        for widget in (self._shield, self._state, self._offline):
            widget.setVisible(False)
        self._refresh()
        if kind == "error":
            self._timer.stop()
        else:
            self._timer.start(_MESSAGE_MS)
        announce(self, text)

    def clear(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self._message.setText("")
        for widget in (self._sign, self._message, self._close):
            widget.setVisible(False)
        for widget in (self._shield, self._state, self._offline):
            widget.setVisible(True)

    # ----------------------------------------------------------------------------------------------------- events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, and the line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._coordinator.theme.color("paper"))
        painter.fillRect(0, 0, self.width(), 1, self._coordinator.theme.color("line"))
        painter.end()

    def _answered(self, _answer: object) -> None:
        self._refresh()
        if self._coordinator.moment.view != "start":
            announce(self, self._found.text())

    def _searching(self, under_way: bool) -> None:
        if not under_way:
            self._refresh()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 1, 16, 0)
        row.setSpacing(0)
        row.addWidget(self._archive)
        row.addSpacing(20)
        row.addWidget(self._shield)
        row.addSpacing(6)
        row.addWidget(self._state)
        row.addSpacing(20)
        row.addWidget(self._offline)
        row.addWidget(self._sign)
        row.addSpacing(6)
        row.addWidget(self._message)
        row.addWidget(self._close)
        row.addStretch(1)
        row.addSpacing(12)
        row.addWidget(self._found)

    def _refresh(self) -> None:
        """Bring up to date what changed: while somebody types it is only what was found."""
        coordinator = self._coordinator
        standing = coordinator.archive.standing if coordinator.archive is not None else None
        dressed = (coordinator.theme, coordinator.text_scale, coordinator.store, standing, self._kind)
        if dressed != self._dressed:
            self._dressed = dressed
            self._dress()
        self._found.setText(self._found_text())

    def _dress(self) -> None:
        """Say and draw everything but what was found, in the language, the colours and the size of now."""
        coordinator = self._coordinator
        words, theme = coordinator.words, coordinator.theme
        self.setFixedHeight(max(STATUS_BAR_HEIGHT, coordinator.length(STATUS_BAR_HEIGHT - 4)))
        store = coordinator.store
        standing = coordinator.archive.standing if coordinator.archive is not None else None
        if store is None:
            self._archive.setText("")
            self._archive.hide()
            self._state.setText(words("window.status.opening"))
        else:
            title = store.archive.title.show(coordinator.language)
            version = store.archive.version
            self._archive.show()
            self._archive.setText(words("window.status.archive", title=title, version=version, count=store.count))
            if standing is not None and standing.state == "damaged":
                self._state.setText(words("window.status.damaged", count=len(standing.damaged)))
            elif standing is not None:
                self._state.setText(standing.words(coordinator.language))
        damaged = standing is not None and standing.state == "damaged"
        known = store is not None and not damaged
        state_color = "verified" if known else "warn" if damaged else "ink-2"
        self._shield.setPixmap(
            pixmap(
                "warn" if damaged else "shield" if known else "clock", theme.color(state_color), coordinator.length(14)
            )
        )
        self._offline.setText(words("window.status.offline"))
        sign = "info" if self._kind == "info" else "warn"
        self._sign.setPixmap(pixmap(sign, theme.color(_COLORS[self._kind]), coordinator.length(14)))
        put_icon(coordinator, self._close, "close", 12)
        self._close.setAccessibleName(words("window.status.close"))
        set_tooltip(self._close, words("window.status.close"))
        font = coordinator.font("small")
        for label, token in (
            (self._archive, "ink-2"),
            (self._state, state_color),
            (self._offline, "ink-2"),
            (self._message, _COLORS[self._kind] if self._kind == "error" else "ink"),
            (self._found, "ink-2"),
        ):
            label.setFont(font)
            tint(label, theme.color(token))

    def _found_text(self) -> str:
        coordinator = self._coordinator
        answer = coordinator.answer
        if answer is None or coordinator.moment.view == "start":
            return coordinator.words("window.status.ready") if coordinator.store is not None else ""
        took = coordinator.words("window.status.took", ms=max(1, round(answer.took_ms)))
        return coordinator.words("window.status.results", count=answer.total, took=took)
