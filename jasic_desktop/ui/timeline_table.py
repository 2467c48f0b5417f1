"""The timeline as a table: the same events as in the drawing, sorted by any column, moved in by arrows or j and k."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from jasic_desktop.core.certainty import Certainty
from jasic_desktop.packs.store import EventRow
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.timeline_table_delegate import PADDING, ROW, SIGN, SQUARE, TimelineTableDelegate
from jasic_desktop.ui.timeline_table_model import (
    CERTAINTY,
    COLUMNS,
    DATE,
    EVENT,
    LANE,
    PLACE,
    SELECTED,
    Index,
    TimelineTableModel,
)

_STEPS: Final = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}
_OPEN: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_COLUMN_KEYS: Final = tuple(Qt.Key(Qt.Key.Key_1 + place) for place in range(len(COLUMNS)))
_DATE_WIDTH, _PLACE_WIDTH, _EVENT_LEAST = 184, 150, 240
_LANE_MOST: Final = 200


class TimelineTable(QTableView):
    """`opened` tells the record to be read, `pointed` the event that the person made the current one.

    The digits sort by a column, the same digit again the other way.
    """

    opened = Signal(str)
    pointed = Signal(str)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._quiet = False
        self.events = TimelineTableModel(coordinator, self)
        self.setModel(self.events)
        self.setItemDelegate(TimelineTableDelegate(coordinator, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(DATE, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._sort)
        coordinator.selection_changed.connect(self._ticked)
        coordinator.language_changed.connect(self._reword)
        coordinator.theme_changed.connect(self.viewport().update)
        coordinator.text_size_changed.connect(self._measure)
        self._measure()
        self._name()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def current(self) -> str | None:
        """The event of the current row."""
        return self.events.id(self.currentIndex().row())

    # ------------------------------------------------------------------------------------------------------ slots

    def show_events(self, events: Sequence[EventRow], matches: Container[str] | None = None) -> None:
        """Show other events, of which `matches` answer the question (None: all do); the current one stays current."""
        current = self.current
        self._quietly(lambda: self.events.show(events, matches))
        self.go(current)
        self._measure()

    def go(self, record_id: str | None) -> None:
        """Make an event's row the current one, without telling of it; of none of them, nothing is current."""
        row = self.events.row(record_id)
        if row is None:
            self._quietly(lambda: self.setCurrentIndex(QModelIndex()))
        elif row != self.currentIndex().row():
            self._quietly(lambda: self.setCurrentIndex(self.events.index(row, EVENT)))

    # ----------------------------------------------------------------------------------------------------- events

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Called by Qt when another row became the current one."""
        super().currentChanged(current, previous)
        record_id = self.events.id(current.row())
        if record_id is not None and current.row() != previous.row() and not self._quiet:
            self.pointed.emit(record_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, j and k move, Home and End go to the ends, Enter opens, Space ticks, digits sort."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        record_id = self.current
        if modifiers:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._move(self.currentIndex().row() + _STEPS[key])
        elif key == Qt.Key.Key_Home:
            self._move(0)
        elif key == Qt.Key.Key_End:
            self._move(self.events.rowCount() - 1)
        elif key in _OPEN:
            if record_id is not None:
                self.opened.emit(record_id)
        elif key == Qt.Key.Key_Space:
            if record_id is not None:
                self._coordinator.toggle(record_id)
        elif key in _COLUMN_KEYS:
            self._turn(_COLUMN_KEYS.index(key))
        elif event.text().isprintable() and event.text():
            event.ignore()  # a letter is a key of the view around
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens."""
        record_id = self.events.id(self.indexAt(event.position().toPoint()).row())
        if record_id is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(record_id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A table entered by Tab has a current row, or a screen reader says nothing."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self._quietly(lambda: self._move(0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The titles take what the other columns leave."""
        super().resizeEvent(event)
        self._measure()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _move(self, row: int) -> None:
        count = self.events.rowCount()
        if count:
            column = max(self.currentIndex().column(), 0)
            self.setCurrentIndex(self.events.index(max(0, min(row, count - 1)), column))

    def _turn(self, column: int) -> None:
        before, order = self.events.sorted_by
        again = column == before and order == Qt.SortOrder.AscendingOrder
        turned = Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(column, turned)

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        current = self.current
        self._quietly(lambda: self.events.sort(column, order))
        row = self.events.row(current)
        if row is not None:
            self.scrollTo(self.events.index(row, EVENT))
        else:
            self.scrollToTop()

    def _ticked(self) -> None:
        self.events.selection_changed()

    def _quietly(self, change: Callable[[], object]) -> None:
        before, self._quiet = self._quiet, True
        try:
            change()
        finally:
            self._quiet = before

    def _reword(self) -> None:
        current = self.current
        self._quietly(self.events.forget_words)
        self.go(current)
        self._measure()
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(self._coordinator.words("window.timeline.table"))
        self.setAccessibleDescription(self._coordinator.words("window.timeline.table_hint"))

    def _measure(self) -> None:
        """Rows of one height; columns as wide as their words need, told without looking at all rows."""
        coordinator, length = self._coordinator, self._coordinator.length
        self.verticalHeader().setMinimumSectionSize(length(ROW))
        self.verticalHeader().setDefaultSectionSize(length(ROW))
        self.verticalScrollBar().setSingleStep(length(ROW))
        small, strong = QFontMetricsF(coordinator.font("ui")), QFontMetricsF(coordinator.font("ui-strong"))
        words = coordinator.words

        def widest(texts: Sequence[str]) -> int:
            return round(max((small.horizontalAdvance(text) for text in texts), default=0.0))

        signs = [words(f"render.certainty.{sign}") for sign in Certainty]
        lanes = min(widest(self.events.lane_labels), length(_LANE_MOST))
        least = {
            DATE: length(_DATE_WIDTH),
            LANE: lanes + length(SQUARE) + 16 + 2 * PADDING,
            PLACE: length(_PLACE_WIDTH),
            CERTAINTY: widest(signs) + length(SIGN) + 16 + 2 * PADDING,
            SELECTED: 0,
        }
        for column, name in enumerate(COLUMNS):
            # The header's name, and the arrow that tells the order.
            head = round(strong.horizontalAdvance(words(f"window.timeline.column.{name}"))) + 2 * PADDING + length(20)
            least[column] = max(least.get(column, length(_EVENT_LEAST)), head)
        rest = self.viewport().width() - sum(width for column, width in least.items() if column != EVENT)
        least[EVENT] = max(least[EVENT], rest)
        for column, width in least.items():
            self.setColumnWidth(column, width)
