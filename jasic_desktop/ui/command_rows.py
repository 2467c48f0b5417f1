"""Commands in a list: the name and the keys of each, below them its menu and why it is not possible."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from jasic_desktop.app.command_search import FoundCommand, find_commands
from jasic_desktop.ui.looks import native
from jasic_desktop.ui.ring import draw_ring
from jasic_desktop.ui.runs import Run, draw_runs

if TYPE_CHECKING:
    from jasic_desktop.ui.connection_model import Index
    from jasic_desktop.ui.coordinator import Coordinator

ROW: Final = 46
"""The height of a row in pixels, at a text size of 100 %."""


class CommandModel(QAbstractListModel):
    """The commands that answer a question: all, with all their keys, where `editing` them; else the palette's."""

    def __init__(self, coordinator: Coordinator, parent: QObject, *, editing: bool = False) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._editing = editing
        self.found: tuple[FoundCommand, ...] = ()

    def ask(self, question: str) -> None:
        """Find others."""
        self.beginResetModel()
        possible: Callable[[str], bool] = (lambda _id: True) if self._editing else self._coordinator.can
        self.found = find_commands(question, possible, self._coordinator.keymap, with_palette=self._editing)
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
        """Its menu, and why it is not possible now, or that its keys are the person's own."""
        words = self._coordinator.words
        menu = words(f"window.menu.{found.command.menu}")
        if self._editing:
            changed = not self._coordinator.keymap.is_default(found.command.id)
            return words("window.settings.keys.changed", menu=menu) if changed else menu
        if found.possible:
            return menu
        closed = self._coordinator.why_closed(found.command.id)
        if closed:
            return words("window.palette.because", menu=menu, why=words("policy.closed_here"))
        need, changes = found.command.needs, found.command.setting or found.command.choice
        if changes and not self._coordinator.can_change(changes):
            why = words("window.settings.is_locked")
        else:
            why = words(f"window.needs.{need}") if need is not None else words("window.palette.not_now")
        return words("window.palette.because", menu=menu, why=why)

    def keys(self, found: FoundCommand) -> tuple[str, ...]:
        """Its keys as the system writes them; only the first where they are not what the list is about."""
        keys = self._coordinator.keymap.keys(found.command.id)
        return tuple(native(key) for key in (keys if self._editing else keys[:1]))


class CommandDelegate(QStyledItemDelegate):
    """Draws a command: name and key, below them its menu and why it is not possible."""

    def __init__(self, coordinator: Coordinator, commands: CommandModel, parent: QObject) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._commands = commands

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index, /) -> QSize:
        """All rows are alike."""
        return QSize(0, self._coordinator.length(ROW))

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
            draw_ring(painter, theme, area.adjusted(1, 1, -1, -1))
        left, right = area.left() + 8, area.right() - 8
        small = self._coordinator.font("small")
        for key in reversed(self._commands.keys(found)):
            width = QFontMetricsF(small).horizontalAdvance(key) + 12
            chip = QRectF(right - width, area.top() + length(6), width, length(18))
            draw_key(painter, self._coordinator, chip, key)
            right = chip.left() - 6
        color = "ink-3" if not found.possible else "accent" if chosen else "ink"
        name = Run(self._commands.name(found), self._coordinator.font("ui"), theme.color(color))
        draw_runs(painter, QRectF(left, area.top() + length(4), right - left, length(20)), [name], 1, length(20))
        aside = Run(self._commands.aside(found), small, theme.color("ink-3"))
        below = QRectF(left, area.top() + length(24), area.right() - 8 - left, length(16))
        draw_runs(painter, below, [aside], 1, length(16))
        painter.restore()


def draw_key(painter: QPainter, coordinator: Coordinator, area: QRectF, key: str) -> None:
    """Paint a key as a small box with its name."""
    painter.setPen(QPen(coordinator.theme.color("line"), 1))
    painter.setBrush(coordinator.theme.color("paper"))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(coordinator.theme.color("ink-2"))
    painter.setFont(coordinator.font("small"))
    painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), key)
