"""The list of results: rows of one height, moved in by arrows or j and k, opened by Enter or a click."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.hand import WatchedList
from jasic_desktop.ui.results_delegate import HEIGHT, ResultsDelegate
from jasic_desktop.ui.results_model import ResultsModel

_STEPS: Final = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
_OPEN: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NEW_TAB: Final = Qt.KeyboardModifier.ControlModifier


class ResultsView(WatchedList):
    """`chosen` carries (record id, whether in a new tab) when a row is opened."""

    chosen = Signal(str, bool)

    def __init__(self, coordinator: Coordinator, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._results = model
        self._pressed: QPoint | None = None
        self.setModel(model)
        self.setItemDelegate(ResultsDelegate(coordinator, self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(24)

    # ---------------------------------------------------------------- slots

    def go(self, number: int) -> None:
        """Make a row the current one and bring it into view."""
        count = self._results.rowCount()
        if count:
            self.setCurrentIndex(self._results.index(max(0, min(number, count - 1)), 0))

    def open_current(self, *, new_tab: bool = False) -> None:
        """Open the current row, or the first where none is current."""
        record_id = self._results.id(max(0, self.currentIndex().row()))
        if record_id is not None:
            self.chosen.emit(record_id, new_tab)

    # ---------------------------------------------------------------- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, j and k move, Enter opens, Ctrl+Enter opens in a new tab, Space ticks."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        self.note_key()
        if key in _STEPS and not modifiers:
            self.go(self.currentIndex().row() + _STEPS[key])
        elif key in _OPEN and modifiers in (Qt.KeyboardModifier.NoModifier, _NEW_TAB):
            self.open_current(new_tab=modifiers == _NEW_TAB)
        elif key == Qt.Key.Key_Space and not modifiers:
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
        """Remember where: a row opens when the button is let go over it."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens, with Ctrl or the middle button in a new tab; on the checkbox it ticks."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        pressed = self.indexAt(self._pressed) if self._pressed is not None else QModelIndex()
        self._pressed = None
        record_id = self._results.id(index.row())
        if not index.isValid() or index != pressed or record_id is None or self._on_box(event, index):
            return
        if event.button() == Qt.MouseButton.MiddleButton:
            self.chosen.emit(record_id, True)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(record_id, bool(event.modifiers() & _NEW_TAB))

    # ---------------------------------------------------------------- helpers

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
