"""The list of connections in the profile: as high as its rows, painted, moved in by arrows or j and k."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
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

from jasic_desktop.app.profile import Group
from jasic_desktop.ui.connection_model import ConnectionModel, Index
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.ring import draw_ring
from jasic_desktop.ui.runs import Run, draw_runs

_ROW: Final = 26
_HEADING: Final = 32
_SQUARE: Final = 8
_INSET: Final = 4
"""Room at both sides for the ring of the focus; the list stands that much further out than its column."""
_STEPS: Final = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_OPEN: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NEW_TAB: Final = Qt.KeyboardModifier.ControlModifier


class ConnectionRows(QListView):
    """`followed` carries (record id, whether in a new tab), `ticked` an id; `moved` where the current row stands."""

    followed = Signal(str, bool)
    ticked = Signal(str)
    moved = Signal(QRect)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._rows = ConnectionModel(coordinator, self)
        self._pressed = QModelIndex()
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(coordinator, self._rows, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self._fit()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def rows(self) -> ConnectionModel:
        """The model of the rows."""
        return self._rows

    # ------------------------------------------------------------------------------------------------------ slots

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show other connections."""
        self._rows.show(groups)
        self._fit()

    def refresh(self) -> None:
        """Take sizes and colours from the theme again."""
        self.scheduleDelayedItemsLayout()
        self._fit()
        self.viewport().update()

    def go(self, number: int) -> None:
        """Make a row the current one."""
        if 0 <= number < self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(number))
            self.moved.emit(self.visualRect(self._rows.index(number)))

    def choose(self, number: int, *, new_tab: bool = False) -> None:
        """Do what a row is for: lead to its record, or show the rest of its group."""
        record_id = self._rows.id(number)
        if record_id is not None:
            self.followed.emit(record_id, new_tab)
        elif self._rows.entry(number).more:
            on = self._rows.switch(number)
            self._fit()
            self.go(on)

    # ----------------------------------------------------------------------------------------------------- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, j and k move, Enter follows, Ctrl+Enter opens in a new tab, Space ticks; the rest is the pane's."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        here = self.currentIndex().row()
        record_id = self._rows.id(here)
        if key in _STEPS and not modifiers:
            self.go(self._rows.next_stop(here, _STEPS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not modifiers:
            last = self._rows.rowCount()
            self.go(self._rows.next_stop(-1, 1) if key == Qt.Key.Key_Home else self._rows.next_stop(last, -1))
        elif key in _OPEN and here >= 0 and modifiers in (Qt.KeyboardModifier.NoModifier, _NEW_TAB):
            self.choose(here, new_tab=modifiers == _NEW_TAB)
        elif key == Qt.Key.Key_Space and not modifiers and record_id is not None:
            self.ticked.emit(record_id)
        else:
            event.ignore()
            return
        event.accept()

    def keyboardSearch(self, _text: str, /) -> None:
        """Letters are keys here, and no search among the titles."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A list entered by Tab has a current row, or a screen reader says nothing."""
        super().focusInEvent(event)
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            here = self.currentIndex().row()
            leads = here >= 0 and not self._rows.entry(here).is_heading
            self.go(here if leads else self._rows.next_stop(here, 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where: a row is chosen when the button is let go over it."""
        self._pressed = self.indexAt(event.position().toPoint())
        if self._pressed.isValid() and not self._rows.entry(self._pressed.row()).is_heading:
            self.setCurrentIndex(self._pressed)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what leads somewhere."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        leads = index.isValid() and not self._rows.entry(index.row()).is_heading
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click follows, with Ctrl or the middle button in a new tab."""
        index, pressed = self.indexAt(event.position().toPoint()), self._pressed
        self._pressed = QModelIndex()
        if not index.isValid() or index != pressed:
            return
        if event.button() == Qt.MouseButton.MiddleButton:
            self.choose(index.row(), new_tab=True)
        elif event.button() == Qt.MouseButton.LeftButton:
            self.choose(index.row(), new_tab=bool(event.modifiers() & _NEW_TAB))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The column scrolls, not the list in it."""
        event.ignore()

    def scrollTo(
        self, _index: Index, _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible, /
    ) -> None:
        """Everything is always in view; the pane moves the column."""

    # ---------------------------------------------------------------------------------------------------- helpers

    def _fit(self) -> None:
        """Be exactly as high as the rows."""
        row, heading = self._coordinator.length(_ROW), self._coordinator.length(_HEADING)
        entries = (self._rows.entry(number) for number in range(self._rows.rowCount()))
        self.setFixedHeight(sum(heading if entry.is_heading else row for entry in entries))
        self.setVisible(self._rows.rowCount() > 0)


class _Delegate(QStyledItemDelegate):
    """Draws a row: square in the colour of the type, title in both scripts, and why or when at the right."""

    def __init__(self, coordinator: Coordinator, rows: ConnectionModel, parent: QObject) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index, /) -> QSize:
        """Headings have room above."""
        heading = self._rows.entry(index.row()).is_heading
        return QSize(0, self._coordinator.length(_HEADING if heading else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Draw one row."""
        area, entry = option.rect, self._rows.entry(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.is_heading:
            self._heading(painter, area, self._rows.words(index.row()))
        else:
            self._ground(painter, area, option)
            if entry.more:
                self._more(painter, area, self._rows.words(index.row()))
            else:
                self._member(painter, area, index.row())
        painter.restore()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _heading(self, painter: QPainter, area: QRect, words: str) -> None:
        high = self._coordinator.length(20)
        place = QRectF(area.left() + _INSET, area.bottom() - high, area.width() - 2 * _INSET, high)
        run = Run(words, self._coordinator.font("heading"), self._coordinator.theme.color("ink-3"))
        draw_runs(painter, place, [run], 1, high)

    def _ground(self, painter: QPainter, area: QRect, option: QStyleOptionViewItem) -> None:
        theme = self._coordinator.theme
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunken"))
            painter.drawRoundedRect(QRectF(area), 4, 4)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, theme, QRectF(area).adjusted(1, 1, -1, -1))

    def _more(self, painter: QPainter, area: QRect, words: str) -> None:
        theme = self._coordinator.theme
        left = area.left() + _INSET + _SQUARE + 8
        place = QRectF(left, area.top(), area.right() - left - _INSET, area.height())
        run = Run(words, self._coordinator.font("ui"), theme.color("link"))
        draw_runs(painter, place, [run], 1, area.height())

    def _member(self, painter: QPainter, area: QRect, number: int) -> None:
        theme, found = self._coordinator.theme, self._rows.member(number)
        plain, small = self._coordinator.font("ui"), self._coordinator.font("small")
        left, right = area.left() + _INSET, area.right() + 1 - _INSET
        title = self._rows.words(number)
        if found is None:
            place = QRectF(left, area.top(), right - left, area.height())
            draw_runs(painter, place, [Run(title, plain, theme.color("ink-3"))], 1, area.height())
            return
        square = QRectF(left, area.top() + (area.height() - _SQUARE) / 2, _SQUARE, _SQUARE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.type_color(found.type))
        painter.drawRoundedRect(square, 2, 2)
        left += _SQUARE + 8
        if found.aside:
            # At most two fifths are for why or when: the name comes first.
            metrics = QFontMetricsF(small)
            room = min(metrics.horizontalAdvance(found.aside) + 1, (right - left) * 0.42)
            told = metrics.elidedText(found.aside, Qt.TextElideMode.ElideRight, room)
            width = metrics.horizontalAdvance(told) + 1
            place = QRectF(right - width, area.top(), width, area.height())
            draw_runs(painter, place, [Run(told, small, theme.color("ink-3"))], 1, area.height())
            right -= round(width) + 8
        place = QRectF(left, area.top(), right - left, area.height())
        runs = [Run(title, plain, theme.color("ink"))]
        if found.other:
            runs.append(Run(" " + found.other, plain, theme.color("ink-2")))
        draw_runs(painter, place, runs, 1, area.height())
