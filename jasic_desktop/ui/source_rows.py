"""The numbered sources of a page in columns: as high as its rows, moved in by arrows, opened by Enter or a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from jasic_desktop.core.blocks import SourceEntry, plain
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import plain_tooltip
from jasic_desktop.ui.ring import draw_ring
from jasic_desktop.ui.runs import Run, draw_runs

_ROW: Final = 24
_NUMBER: Final = 24
_NARROWEST: Final = 380
"""Pixels of a column at a text size of 100 %."""
_MOST_COLUMNS: Final = 3
_LONGEST: Final = 400
_NEW_TAB: Final = Qt.KeyboardModifier.ControlModifier

Index = QModelIndex | QPersistentModelIndex


class SourceRows(QListView):
    """`opened` carries a document's id and whether in a new tab; `moved` where the current row stands."""

    opened = Signal(str, bool)
    moved = Signal(QRect)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._rows = _Model(coordinator, self)
        self._pressed = QModelIndex()
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(coordinator, self._rows, self))
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for bar in (self.setVerticalScrollBarPolicy, self.setHorizontalScrollBarPolicy):
            bar(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    # ------------------------------------------------------------------------------------------------------ slots

    def show_sources(self, entries: Sequence[SourceEntry]) -> None:
        """Show other sources."""
        self._rows.show(entries)
        self.refresh()

    def refresh(self) -> None:
        """Take sizes, words and colours again."""
        self._fit()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def open_row(self, number: int, *, new_tab: bool = False) -> None:
        """Read the document of a row."""
        record_id = self._rows.id(number)
        if record_id is not None:
            self.opened.emit(record_id, new_tab)

    # ----------------------------------------------------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There may be room for more columns, or fewer."""
        self._fit()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, j and k move, Enter opens, with Ctrl in a new tab."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        here = self.currentIndex().row()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers in (Qt.KeyboardModifier.NoModifier, _NEW_TAB):
            self.open_row(here, new_tab=modifiers == _NEW_TAB)
        elif key in (Qt.Key.Key_J, Qt.Key.Key_K) and not modifiers:
            self._go(here + (1 if key == Qt.Key.Key_J else -1))
        else:
            super().keyPressEvent(event)
            if self.currentIndex().row() != here:
                self._go(self.currentIndex().row())
            return
        event.accept()

    def keyboardSearch(self, _text: str, /) -> None:
        """Letters are keys here, and no search among the titles."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A list entered by Tab has a current row, or a screen reader says nothing."""
        super().focusInEvent(event)
        self._go(max(0, self.currentIndex().row()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where: it counts when the button is let go over the same."""
        self._pressed = self.indexAt(event.position().toPoint())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens, with Ctrl or the middle button in a new tab."""
        index, pressed = self.indexAt(event.position().toPoint()), self._pressed
        self._pressed = QModelIndex()
        middle = event.button() == Qt.MouseButton.MiddleButton
        if index.isValid() and index == pressed and (middle or event.button() == Qt.MouseButton.LeftButton):
            self.open_row(index.row(), new_tab=middle or bool(event.modifiers() & _NEW_TAB))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over a row."""
        super().mouseMoveEvent(event)
        over = self.indexAt(event.position().toPoint()).isValid()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """What holds it scrolls."""
        event.ignore()

    def scrollTo(
        self, _index: Index, _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible, /
    ) -> None:
        """Everything is in view; what holds it scrolls."""

    # ---------------------------------------------------------------------------------------------------- helpers

    def _go(self, number: int) -> None:
        if 0 <= number < self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(number))
            self.moved.emit(self.visualRect(self._rows.index(number)))

    def _fit(self) -> None:
        length, wide = self._coordinator.length, max(1, self.width())
        columns = max(1, min(_MOST_COLUMNS, wide // length(_NARROWEST)))
        count = self._rows.rowCount()
        lines = max(1, -(-count // columns))
        self.setGridSize(QSize(wide // columns, length(_ROW)))
        self.setFixedHeight(lines * length(_ROW) + 1)


class _Model(QAbstractListModel):
    """Number and reference of each source."""

    def __init__(self, coordinator: Coordinator, parent: QWidget) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._entries: Sequence[SourceEntry] = ()

    def show(self, entries: Sequence[SourceEntry]) -> None:
        """Hold others."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def id(self, number: int) -> str | None:
        """The document of a row."""
        return self._entries[number].id if 0 <= number < len(self._entries) else None

    def number(self, row: int) -> str:
        """The number of a row on its page."""
        return str(self._entries[row].number)

    def rowCount(self, parent: Index = QModelIndex(), /) -> int:  # noqa: B008 - Qt's signature
        """All sources."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole, /) -> str | None:
        """The reference, as shown and with its number as read aloud."""
        if not index.isValid():
            return None
        words = one_line(plain(self._entries[index.row()].inlines)[:_LONGEST])
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(words)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            number = self.number(index.row())
            return self._coordinator.words("window.profile.source", number=number, reference=words)
        return None


class _Delegate(QStyledItemDelegate):
    """Draws a number and a reference on one line."""

    def __init__(self, coordinator: Coordinator, rows: _Model, parent: QWidget) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index, /) -> QSize:
        """One line."""
        return QSize(10, self._coordinator.length(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Draw one row."""
        theme, area = self._coordinator.theme, QRectF(option.rect).adjusted(0, 0, -12, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("chip"))
            painter.drawRoundedRect(area, 4, 4)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, theme, area.adjusted(1, 1, -1, -1))
        number, rest = area.adjusted(4, 0, 0, 0), area.adjusted(4 + self._coordinator.length(_NUMBER), 0, -4, 0)
        strong, small = self._coordinator.font("ui-strong"), self._coordinator.font("small")
        strong.setPixelSize(small.pixelSize())
        draw_runs(
            painter, number, [Run(self._rows.number(index.row()), strong, theme.color("accent"))], 1, area.height()
        )
        run = Run(str(index.data()), small, theme.color("ink-2"))
        draw_runs(painter, rest, [run], 1, area.height())
        painter.restore()
