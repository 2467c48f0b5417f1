"""The palette: every command in one list, found by any word of its name in any language or by its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.app.command_search import FoundCommand
from jasic_desktop.ui.command_rows import ROW, CommandDelegate, CommandModel
from jasic_desktop.ui.icons import put_icon
from jasic_desktop.ui.plain import plain_label, set_tooltip
from jasic_desktop.ui.search_field import AFTER_CURSOR
from jasic_desktop.ui.theme import CONTROL_HEIGHT

if TYPE_CHECKING:
    from jasic_desktop.ui.coordinator import Coordinator

_WIDTH: Final = 600
_ROWS: Final = 9
_TOP: Final = 64
"""Pixels from the top of the window."""
_SIDE: Final = 12
_FRAME: Final = 30
"""Pixels above and below the field, and the frame."""
_MOVES: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS - 1,
    Qt.Key.Key_PageUp: 1 - _ROWS,
}


class Palette(QDialog):
    """A field and the commands that answer what stands in it; Enter does the one that is marked."""

    def __init__(self, coordinator: Coordinator, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._coordinator = coordinator
        self._model = CommandModel(coordinator, self)
        self.field = QLineEdit(self)
        self.list = QListView(self)
        self.nothing = plain_label(parent=self, wrap=True)
        self._close = QToolButton(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lay_out()
        self._word()
        self.field.textChanged.connect(self._ask)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self.choose(index.row()))
        self.list.activated.connect(lambda index: self.choose(index.row()))
        self._close.clicked.connect(self.reject)
        self._room = window.size()
        self._ask("")
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + _TOP)

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def found(self) -> tuple[FoundCommand, ...]:
        """The commands listed."""
        return self._model.found

    @property
    def current(self) -> FoundCommand | None:
        """The command that is marked."""
        row = self.list.currentIndex().row()
        return self.found[row] if 0 <= row < len(self.found) else None

    # ------------------------------------------------------------------------------------------------------ slots

    def choose(self, row: int) -> None:
        """Do a command of the list, where it is possible; the palette is gone before."""
        if 0 <= row < len(self.found) and self.found[row].possible:
            command_id = self.found[row].command.id
            coordinator = self._coordinator
            self.accept()
            coordinator.run(command_id)

    # ----------------------------------------------------------------------------------------------------- events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move in the list do so while the cursor stays in the field."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _MOVES:
                self._go(self.list.currentIndex().row() + _MOVES[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.choose(self.list.currentIndex().row())
                return True
        return super().eventFilter(watched, event)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _lay_out(self) -> None:
        self.field.setProperty("role", "search")
        self._close.setProperty("role", "quiet")
        self.list.setModel(self._model)
        self.list.setItemDelegate(CommandDelegate(self._coordinator, self._model, self))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing.setProperty("role", "second")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(_SIDE, 8, _SIDE, 8)
        card = QFrame(self)
        card.setProperty("role", "card")
        line = QHBoxLayout()
        line.setContentsMargins(12, 12, 8, 8)
        line.addWidget(self.field, 1)
        line.addWidget(self._close)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, 5)
        inner.setSpacing(0)
        inner.addLayout(line)
        inner.addWidget(self.list, 1)
        inner.addWidget(self.nothing, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        QWidget.setTabOrder(self.field, self.list)
        QWidget.setTabOrder(self.list, self._close)

    def _word(self) -> None:
        words = self._coordinator.words
        self.setWindowTitle(words("window.command.palette").rstrip("…"))
        self.setAccessibleName(self.windowTitle())
        self.field.setPlaceholderText(AFTER_CURSOR + words("window.palette.hint"))
        self.field.setAccessibleName(words("window.palette.hint"))
        self.list.setAccessibleName(self.windowTitle())
        self.nothing.setText(words("window.palette.nothing"))
        put_icon(self._coordinator, self._close, "close")
        set_tooltip(self._close, words("window.about.close"))
        self._close.setAccessibleName(words("window.about.close"))

    def _fit(self) -> None:
        """Be as high as what was found, inside the window."""
        length = self._coordinator.length
        rows = max(2, min(len(self.found), _ROWS))
        height = length(ROW) * rows + length(CONTROL_HEIGHT) + _FRAME
        self.setFixedSize(min(length(_WIDTH), self._room.width() - 32), min(height, self._room.height() - _TOP - 32))

    def _ask(self, question: str) -> None:
        self._model.ask(question)
        self.list.setVisible(bool(self.found))
        self.nothing.setVisible(not self.found)
        self._fit()
        self._go(0)

    def _go(self, row: int) -> None:
        if self.found:
            index = self._model.index(max(0, min(row, len(self.found) - 1)))
            self.list.setCurrentIndex(index)
            # The cursor is in the field: that is where a screen reader tells what is marked.
            self.field.setAccessibleDescription(index.data(Qt.ItemDataRole.AccessibleTextRole))
