"""The list of results: rows of one height, moved in by arrows or j and k, opened by Enter or a click, ticked."""

from __future__ import annotations

from typing import ClassVar, Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from jasic_desktop.ui.connection_model import Index
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.grouped_list import GroupedList
from jasic_desktop.ui.results_delegate import HEADING, HEIGHT, ResultsDelegate
from jasic_desktop.ui.results_model import ResultsModel

_STEPS: Final = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
_MOVES: Final = {
    Qt.Key.Key_Down: QAbstractItemView.CursorAction.MoveDown,
    Qt.Key.Key_Up: QAbstractItemView.CursorAction.MoveUp,
    Qt.Key.Key_PageDown: QAbstractItemView.CursorAction.MovePageDown,
    Qt.Key.Key_PageUp: QAbstractItemView.CursorAction.MovePageUp,
    Qt.Key.Key_Home: QAbstractItemView.CursorAction.MoveHome,
    Qt.Key.Key_End: QAbstractItemView.CursorAction.MoveEnd,
}
_OPEN: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NEW_TAB: Final = Qt.KeyboardModifier.ControlModifier


class ResultsView(GroupedList):
    """`chosen` carries (record id, whether in a new tab) when a row is opened; `ranged` the first and the last row of a
    stretch that is to be ticked, and whether it grows out of one that was ticked before.
    """

    chosen = Signal(str, bool)
    ranged = Signal(int, int, bool)
    all_wanted = Signal()

    pixels_a_row: ClassVar[int] = HEIGHT
    """Pixels at a text size of 100 %; as high as its delegate draws a row."""

    def __init__(self, coordinator: Coordinator, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(coordinator, self.pixels_a_row, HEADING, parent)
        self._results = model
        self._pressed: QPoint | None = None
        self._anchor = -1
        self._is_ranging = False
        self.setModel(model)
        self.setItemDelegate(ResultsDelegate(coordinator, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(24)

    # ---------------------------------------------------------------- slots

    def go(self, number: int) -> None:
        """Make a row the current one and bring it into view; of a heading the row below."""
        row = self.row_near(number, 1)
        if row >= 0:
            self.setCurrentIndex(self._results.index(row, 0))

    def take_groups(self) -> None:
        """Take over which rows are headings."""
        self._anchor = -1
        self.set_headings(self._results.groups.headings)

    def open_current(self, *, new_tab: bool = False) -> None:
        """Open the current row, or the first where none is current."""
        record_id = self._results.id(self.row_near(max(0, self.currentIndex().row()), 1))
        if record_id is not None:
            self.chosen.emit(record_id, new_tab)

    # ---------------------------------------------------------------- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, j and k move, Enter opens, Ctrl+Enter opens in a new tab, Space ticks, with Shift rows are ticked on
        the way, Ctrl+A ticks all.
        """
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        self.note_key()
        if key in _STEPS and not modifiers:
            self.go(self.row_near(self.currentIndex().row() + _STEPS[key], _STEPS[key]))
        elif key in _MOVES and modifiers == Qt.KeyboardModifier.ShiftModifier:
            self._go_ticking(_MOVES[key])
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_wanted.emit()
        elif key in _OPEN and modifiers in (Qt.KeyboardModifier.NoModifier, _NEW_TAB):
            self.open_current(new_tab=modifiers == _NEW_TAB)
        elif key == Qt.Key.Key_Space and not modifiers:
            self._anchor = self.currentIndex().row()
            self._results.setData(self.currentIndex(), None, Qt.ItemDataRole.CheckStateRole)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def keyboardSearch(self, _text: str, /) -> None:
        """Letters are keys here, and no search among the titles."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A list entered by Tab has a current row, or a screen reader says nothing."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go(0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where: a row opens when the button is let go over it. With Shift, rows up to here are ticked."""
        self._pressed = event.position().toPoint()
        row = self.indexAt(self._pressed).row()
        if event.button() == Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._pressed = None
            start = self._anchor if self._anchor >= 0 else max(0, self.currentIndex().row())
            if row >= 0:
                self._anchor = start
                self.ranged.emit(start, row, False)
                self.setCurrentIndex(self._results.index(row, 0))
            event.accept()
            return
        if row >= 0:
            self._anchor = row
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens, with Ctrl or the middle button in a new tab; on the checkbox it ticks."""
        if self._pressed is None:
            event.accept()
            return
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        pressed = self.indexAt(self._pressed)
        self._pressed = None
        record_id = self._results.id(index.row()) if index.isValid() else None
        if index != pressed or record_id is None or self._on_box(event, index):
            return
        if event.button() == Qt.MouseButton.MiddleButton:
            self.chosen.emit(record_id, True)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(record_id, bool(event.modifiers() & _NEW_TAB))

    # ---------------------------------------------------------------- helpers

    def _go_ticking(self, action: QAbstractItemView.CursorAction) -> None:
        """Go on, and tick all from where this began up to there; going back takes the ticks of the way away again."""
        if not self._is_ranging:
            self._anchor = self.currentIndex().row()
        grows = self._is_ranging
        index = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        if index.isValid():
            self.setCurrentIndex(index)
            self._is_ranging = True
            self.ranged.emit(self._anchor, index.row(), grows)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """A move without Shift begins anew."""
        self._is_ranging = False
        super().currentChanged(current, previous)

    def _on_box(self, event: QMouseEvent, index: QModelIndex) -> bool:
        delegate = self.itemDelegate()
        return isinstance(delegate, ResultsDelegate) and delegate.box_area(self.visualRect(index)).contains(
            event.position().toPoint()
        )


class LoadingRows(QWidget):
    """Grey bars in place of rows."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._delegate = ResultsDelegate(coordinator, self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as many as there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect()
        height = self._coordinator.length(HEIGHT)
        for top in range(0, area.height(), height):
            row = area.adjusted(0, top, 0, 0)
            row.setHeight(height)
            self._delegate.paint_bars(painter, row)
            painter.fillRect(row.left(), row.bottom(), row.width(), 1, self._coordinator.theme.color("line"))
