"""A sheet over the page of a reading room, for one choice: within the window, so that no other window ever opens."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from jasic_desktop.ui.plain import plain_label
from jasic_desktop.ui.room.controls import RoomButton, interface_font
from jasic_desktop.ui.room.coordinator import RoomCoordinator

_WIDTH: Final = 600
_VEIL: Final = 0.5


class Sheet(QWidget):
    """Lies over the whole of `over`, which can do nothing meanwhile. `closed` comes when it goes for good."""

    closed = Signal()

    def __init__(self, coordinator: RoomCoordinator, over: QWidget, title: str, width: int = _WIDTH) -> None:
        super().__init__(over.parentWidget())
        self._coordinator, self._over = coordinator, over
        self._focus = QApplication.focusWidget()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card = QFrame(self)
        card.setProperty("role", "card")
        card.setFixedWidth(width)
        self._title = plain_label(title)
        interface_font(coordinator, self._title, 20, strong=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(12)
        self.foot.addStretch(1)
        self.leave = RoomButton(coordinator)
        self.leave.say(coordinator.words("window.room.close"))
        self.leave.clicked.connect(self.close_sheet)
        self.foot.addWidget(self.leave)
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(self._title)
        column.addLayout(self.body)
        column.addLayout(self.foot)
        whole = QVBoxLayout(self)
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        self._card = card
        self.setAccessibleName(title)

    # ------------------------------------------------------------------------------------------------------ slots

    def open(self) -> None:
        """Show it, and bring the keyboard to its first choice."""
        over = self._over
        over.setEnabled(False)
        over.installEventFilter(self)
        self.setGeometry(over.geometry())
        self.show()
        self.raise_()
        first = next((widget for widget in self._stops() if widget is not self.leave), self.leave)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def close_sheet(self) -> None:
        """Take it away; the keyboard goes back to where it was."""
        if not self.isVisible():
            return
        self._over.removeEventFilter(self)
        self._over.setEnabled(True)
        self.hide()
        if self._focus is not None:
            self._focus.setFocus()
        self.closed.emit()
        self.deleteLater()

    # ----------------------------------------------------------------------------------------------------- events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what it lies over."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.geometry())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it; Up and Down go through its choices."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab stays within the sheet."""
        stops = self._stops()
        focus = QApplication.focusWidget()
        at = stops.index(focus) if focus in stops else -1
        if stops:
            stops[(at + (1 if next else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the card closes it."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_sheet()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A veil over the page."""
        painter = QPainter(self)
        painter.setOpacity(_VEIL)
        painter.fillRect(self.rect(), self._coordinator.theme.color("edge"))
        painter.end()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _stops(self) -> list[QWidget]:
        return [
            widget
            for widget in self._card.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.isVisibleTo(self)
        ]
