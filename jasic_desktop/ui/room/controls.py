"""The controls of a reading room: large buttons, lines of text, and the field in which questions are asked."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from jasic_desktop.ui.icons import icon, pixmap
from jasic_desktop.ui.plain import plain_mnemonic
from jasic_desktop.ui.room.coordinator import RoomCoordinator
from jasic_desktop.ui.room.theme import ASIDE, CONTROL_HEIGHT, FIELD, ICON, INTERFACE, TARGET
from jasic_desktop.ui.search_field import AFTER_CURSOR, SearchField

_SPACE: Final = "\u2002"
"""Between a drawing and its words there is more room than Qt leaves."""


class RuledRow(QWidget):
    """The ground of a row, with a line below."""

    def __init__(self, coordinator: RoomCoordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._coordinator.theme.color("line"))
        painter.end()


class RoomButton(QPushButton):
    """A large button: `role` is one of the style sheet's, `drawing` an icon before its words, `behind` one after."""

    def __init__(
        self,
        coordinator: RoomCoordinator,
        role: str = "room",
        drawing: str = "",
        parent: QWidget | None = None,
        *,
        behind: bool = False,
    ) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._drawing, self._behind = drawing, behind
        self.setProperty("role", role)
        self.setAutoDefault(True)  # Enter presses it, as Space does
        if behind:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def draw(self, drawing: str) -> None:
        """Have another drawing from the next `say` on."""
        self._drawing = drawing

    def say(self, text: str, spoken: str = "") -> None:
        """Show other words, in the colours of now; `spoken` is what a screen reader says in their place."""
        shown = plain_mnemonic(text)
        if self._drawing:
            shown = f"{shown}{_SPACE}" if self._behind else f"{_SPACE}{shown}"
        self.setText(shown)
        self.setAccessibleName(spoken or text)
        if self._drawing:
            color = {"room-end": "on-accent", "room-quiet": "ink-2"}.get(str(self.property("role")), "ink")
            theme = self._coordinator.theme
            self.setIcon(icon(self._drawing, theme.color(color), ICON, disabled=theme.color("ink-3")))
            self.setIconSize(QSize(ICON, ICON))
        else:
            self.setIcon(QIcon())


class RoomField(SearchField):
    """The field of questions, large, with a button that clears it."""

    def __init__(self, coordinator: RoomCoordinator, parent: QWidget | None = None) -> None:
        self._room = coordinator
        self._clear = RoomButton(coordinator, "room-quiet", "close", behind=True)
        super().__init__(coordinator, parent, front=True)
        self.setProperty("role", "room")
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._clear.setParent(self)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.clicked.connect(self._empty)
        self.textChanged.connect(self._show_clear)
        self._show_clear()

    # ----------------------------------------------------------------------------------------------------- events

    def paintEvent(self, event: QPaintEvent) -> None:
        """The glass on the left."""
        QLineEdit.paintEvent(self, event)
        painter = QPainter(self)
        glass = pixmap("find", self._room.theme.color("ink"), ICON, ratio=self.devicePixelRatio())
        painter.drawPixmap(18, (self.height() - ICON) // 2, glass)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stands at the right end."""
        super().resizeEvent(event)
        self._seat_clear()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _empty(self) -> None:
        self.clear()
        self._typed("")
        self.setFocus()

    def _show_clear(self) -> None:
        self._clear.setVisible(bool(self.text()))

    def _seat_clear(self) -> None:
        self._clear.ensurePolished()
        width = self._clear.sizeHint().width()
        self._clear.setGeometry(self.width() - width - 6, (self.height() - TARGET) // 2, width, TARGET)
        self.setTextMargins(48, 0, width + 12, 0)

    def _reword(self) -> None:
        words = self._room.words
        self.setPlaceholderText(AFTER_CURSOR + words("window.search.front"))
        self.setAccessibleName(words("window.search.name"))
        self._clear.say(words("window.room.clear"), words("window.room.clear_spoken"))
        self._seat_clear()

    def _restyle(self) -> None:
        self.setFont(self._room.room_theme.letters(FIELD))
        self._clear.setFont(self._room.room_theme.letters(ASIDE))
        self._reword()


def interface_font(
    coordinator: RoomCoordinator, widget: QWidget, pixels: int = INTERFACE, *, strong: bool = False
) -> None:
    """Give a widget letters of the interface."""
    widget.setFont(coordinator.room_theme.letters(pixels, strong=strong))
