"""A list of very many rows in which headings are lower than the rest: places are reckoned, not kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from jasic_desktop.ui.connection_model import Index
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.hand import WatchedList

_Action = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint
_STEPS: Final = {
    _Action.MoveUp: -1,
    _Action.MovePrevious: -1,
    _Action.MoveLeft: -1,
    _Action.MoveDown: 1,
    _Action.MoveNext: 1,
    _Action.MoveRight: 1,
}


class GroupedList(WatchedList):
    """Rows of one height, and headings of another, which the keys pass over.

    Qt asks every row for its size and keeps its place; with 100,000 rows of two heights that takes half a second each
    time. Here a place is a multiplication.
    """

    def __init__(self, coordinator: Coordinator, row: int, heading: int, parent: QWidget | None = None) -> None:
        """`row` and `heading` are the heights of each in pixels, at a text size of 100 %."""
        super().__init__(parent)
        self._coordinator = coordinator
        self._row, self._heading = row, heading
        self._headings: Sequence[int] = ()
        self._tops: list[int] = []
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    # ---------------------------------------------------------------- places

    def row_height(self) -> int:
        """The height of a row in pixels."""
        return self._coordinator.length(self._row)

    def heading_height(self) -> int:
        """The height of a heading in pixels."""
        return self._coordinator.length(self._heading)

    def set_headings(self, rows: Sequence[int]) -> None:
        """Which rows are headings, rising."""
        self._headings = rows
        self.doItemsLayout()

    def is_heading(self, row: int) -> bool:
        """Whether a row is a heading."""
        at = bisect_left(self._headings, row)
        return at < len(self._headings) and self._headings[at] == row

    def top_of(self, row: int) -> int:
        """Pixels above a row."""
        above = bisect_left(self._headings, row)
        return (row - above) * self.row_height() + above * self.heading_height()

    def row_at(self, height: int) -> int:
        """The row at so many pixels from the top of the list; it may lie beyond the last."""
        at = bisect_right(self._tops, height) - 1
        if at < 0:
            return height // self.row_height()
        below = height - self._tops[at] - self.heading_height()
        return self._headings[at] + (0 if below < 0 else 1 + below // self.row_height())

    def row_near(self, row: int, step: int) -> int:
        """`row`, or the next one in the direction of `step` that is no heading, or the one before."""
        count = self._count()
        for way in (step, -step):
            here = max(0, min(row, count - 1))
            while 0 <= here < count and self.is_heading(here):
                here += way
            if 0 <= here < count:
                return here
        return -1

    @property
    def list_top(self) -> float:
        """How many rows lie above what is seen, a part of one as a fraction."""
        value = self.verticalScrollBar().value()
        row = self.row_at(value)
        return row + (value - self.top_of(row)) / self._height(row)

    def show_top(self, top: float) -> None:
        """Scroll so that so many rows lie above."""
        row = int(top)
        self.updateGeometries()
        self.verticalScrollBar().setValue(round(self.top_of(row) + (top - row) * self._height(row)))

    # ---------------------------------------------------------------- as Qt asks for it

    def doItemsLayout(self) -> None:
        """Nothing is laid out but the scroll bar."""
        self._tops = [self.top_of(row) for row in self._headings]
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """The scroll bar goes over all rows."""
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setPageStep(page)
        bar.setRange(0, max(0, self.top_of(self._count()) - page))
        QAbstractItemView.updateGeometries(self)

    def visualRect(self, index: Index) -> QRect:
        """Where a row stands in what is seen."""
        if not index.isValid():
            return QRect()
        row = index.row()
        top = self.top_of(row) - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), self._height(row))

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row at a point of what is seen."""
        height = point.y() + self.verticalScrollBar().value()
        row = self.row_at(height) if height >= 0 else -1
        return self._index(row) if 0 <= row < self._count() else QModelIndex()

    def scrollTo(self, index: Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        """Bring a row into sight, with the heading right above it."""
        if not index.isValid():
            return
        row, bar = index.row(), self.verticalScrollBar()
        self.updateGeometries()
        top, bottom = self.top_of(row), self.top_of(row) + self._height(row)
        first = self.top_of(row - 1) if row and self.is_heading(row - 1) else top
        page = self.viewport().height()
        if hint == _Hint.PositionAtTop or first < bar.value():
            bar.setValue(first)
        elif hint == _Hint.PositionAtCenter:
            bar.setValue((top + bottom - page) // 2)
        elif bottom > bar.value() + page:
            bar.setValue(bottom - page)

    def moveCursor(self, action: _Action, _held: Qt.KeyboardModifier) -> QModelIndex:
        """The row that a key goes to."""
        count, here = self._count(), self.currentIndex().row()
        if not count:
            return QModelIndex()
        step = _STEPS.get(action, 1)
        page = max(1, self.viewport().height() // self.row_height() - 1)
        row = here + step
        if action == _Action.MoveHome:
            row, step = 0, 1
        elif action == _Action.MoveEnd:
            row, step = count - 1, -1
        elif action == _Action.MovePageDown:
            row, step = min(here + page, count - 1), -1 if here + page >= count else 1
        elif action == _Action.MovePageUp:
            row, step = max(here - page, 0), 1 if here <= page else -1
        return self._index(self.row_near(row, step))

    def setSelection(self, area: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Called by Qt for the row that was pressed."""
        index = self.indexAt(area.center())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, _selection: object) -> QRegion:
        """Called by Qt to paint anew what was chosen."""
        return QRegion(self.visualRect(self.currentIndex()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that are seen."""
        painter = QPainter(self.viewport())
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        base = option.state & ~(QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
        under = self.viewport().mapFromGlobal(self.cursor().pos())
        hovered = self.indexAt(under).row() if self.viewport().underMouse() else -1
        current = self.currentIndex().row() if self.hasFocus() else -1
        row = max(0, self.row_at(event.rect().top() + self.verticalScrollBar().value()))
        while row < self._count():
            index = self._index(row)
            area = self.visualRect(index)
            if area.top() > event.rect().bottom():
                break
            state = base
            if row == hovered:
                state |= QStyle.StateFlag.State_MouseOver
            if row == current:
                state |= QStyle.StateFlag.State_HasFocus
            option.state, option.rect = state, area
            self.itemDelegate().paint(painter, option, index)
            row += 1
        painter.end()

    # ---------------------------------------------------------------- helpers

    def _count(self) -> int:
        model: QAbstractItemModel | None = self.model()
        return model.rowCount() if model is not None else 0

    def _index(self, row: int) -> QModelIndex:
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def _height(self, row: int) -> int:
        return self.heading_height() if self.is_heading(row) else self.row_height()
