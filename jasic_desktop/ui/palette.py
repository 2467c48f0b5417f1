"""The palette: every command in one list, found by any word of its name in any language or by its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.app.command_search import FoundCommand, find_commands
from jasic_desktop.ui.icons import icon
from jasic_desktop.ui.plain import plain_label, plain_tooltip
from jasic_desktop.ui.runs import Run, draw_runs
from jasic_desktop.ui.search_field import AFTER_CURSOR
from jasic_desktop.ui.theme import CONTROL_HEIGHT

if TYPE_CHECKING:
    from jasic_desktop.ui.connection_model import Index
    from jasic_desktop.ui.coordinator import Coordinator

_WIDTH: Final = 600
_ROWS: Final = 9
_ROW: Final = 46
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
        self._model = _Commands(coordinator, self)
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
        self.list.setItemDelegate(_Delegate(self._coordinator, self._model, self))
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
        self._close.setIcon(icon("close", self._coordinator.theme.color("ink-2")))
        self._close.setToolTip(plain_tooltip(words("window.about.close")))
        self._close.setAccessibleName(words("window.about.close"))

    def _fit(self) -> None:
        """Be as high as what was found, inside the window."""
        length = self._coordinator.length
        rows = max(2, min(len(self.found), _ROWS))
        height = length(_ROW) * rows + length(CONTROL_HEIGHT) + _FRAME
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


class _Commands(QAbstractListModel):
    """The commands that answer a question."""

    def __init__(self, coordinator: Coordinator, parent: QObject) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.found: tuple[FoundCommand, ...] = ()

    def ask(self, question: str) -> None:
        """Find others."""
        self.beginResetModel()
        self.found = find_commands(question, self._coordinator.can)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex(), /) -> int:  # noqa: B008 - Qt's signature
        """How many were found."""
        return 0 if parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> Any:
        """The name of a command; for the ear with menu, key and why it is not possible."""
        if not index.isValid():
            return None
        found = self.found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.name(found)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (self.name(found), self.aside(found), *self.keys(found)) if part)
        return None

    def name(self, found: FoundCommand) -> str:
        """The command in the reader's words."""
        return self._coordinator.words(found.command.label)

    def aside(self, found: FoundCommand) -> str:
        """Its menu, and why it is not possible now."""
        words = self._coordinator.words
        menu = words(f"window.menu.{found.command.menu}")
        if found.possible:
            return menu
        need = found.command.needs
        why = words(f"window.needs.{need}") if need is not None else words("window.palette.not_now")
        return words("window.palette.because", menu=menu, why=why)

    def keys(self, found: FoundCommand) -> tuple[str, ...]:
        """Its first key as the system writes it."""
        return tuple(native(key) for key in found.command.keys[:1])


class _Delegate(QStyledItemDelegate):
    """Draws a command: name and key, below them its menu and why it is not possible."""

    def __init__(self, coordinator: Coordinator, commands: _Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._commands = commands

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index, /) -> QSize:
        """All rows are alike."""
        return QSize(0, self._coordinator.length(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Draw one command."""
        theme, length, found = self._coordinator.theme, self._coordinator.length, self._commands.found[index.row()]
        area = QRectF(option.rect).adjusted(4, 1, -4, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("accent-soft" if chosen else "sunken"))
            painter.drawRoundedRect(area, 4, 4)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 4, 4)
        left, right = area.left() + 8, area.right() - 8
        small = self._coordinator.font("small")
        for key in self._commands.keys(found):
            width = QFontMetricsF(small).horizontalAdvance(key) + 12
            chip = QRectF(right - width, area.top() + length(6), width, length(18))
            draw_key(painter, self._coordinator, chip, key)
            right = chip.left() - 8
        color = "ink-3" if not found.possible else "accent" if chosen else "ink"
        name = Run(self._commands.name(found), self._coordinator.font("ui"), theme.color(color))
        draw_runs(painter, QRectF(left, area.top() + length(4), right - left, length(20)), [name], 1, length(20))
        aside = Run(self._commands.aside(found), small, theme.color("ink-3"))
        below = QRectF(left, area.top() + length(24), area.right() - 8 - left, length(16))
        draw_runs(painter, below, [aside], 1, length(16))
        painter.restore()


def native(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def draw_key(painter: QPainter, coordinator: Coordinator, area: QRectF, key: str) -> None:
    """Paint a key as a small box with its name."""
    painter.setPen(QPen(coordinator.theme.color("line"), 1))
    painter.setBrush(coordinator.theme.color("paper"))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(coordinator.theme.color("ink-2"))
    painter.setFont(coordinator.font("small"))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), key)
