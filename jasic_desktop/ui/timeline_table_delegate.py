"""Paints one cell of the timeline's table: words, the title in both scripts, lane, certainty sign, checkbox."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap, sign
from jasic_desktop.ui.plain import plain_tooltip
from jasic_desktop.ui.ring import draw_ring
from jasic_desktop.ui.runs import Run, draw_runs
from jasic_desktop.ui.timeline_table_model import (
    CERTAINTY,
    DATE,
    EVENT,
    LANE,
    PLACE,
    SELECTED,
    EventWords,
    TimelineTableModel,
)

Index = QModelIndex | QPersistentModelIndex
ROW: Final = 32
"""The height of a row; the checkbox fills it, so that it is easy to hit."""
PADDING: Final = 8
SQUARE: Final = 8
SIGN: Final = 14
_BOX: Final = 16
_BAR: Final = 3


class TimelineTableDelegate(QStyledItemDelegate):
    """Draws the cells of a TimelineTableModel; a click on the checkbox ticks the event."""

    def __init__(self, coordinator: Coordinator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index, /) -> QSize:
        """Every row is as high as the others."""
        return QSize(option.rect.width(), self._coordinator.length(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Draw a cell."""
        model = index.model()
        words = model.words(index.row()) if isinstance(model, TimelineTableModel) else None
        if not isinstance(model, TimelineTableModel) or words is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect
        self._ground(painter, area, option, index.column())
        if index.column() == SELECTED:
            self._box(painter, area, model.id(index.row()) in self._coordinator.selection)
        else:
            inner = QRectF(area).adjusted(PADDING, 0, -PADDING, 0)
            self._words(painter, inner, words, index.column(), strong=model.answers(index.row()))
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, _option: QStyleOptionViewItem, index: Index, /
    ) -> bool:
        """Called by Qt for the mouse over a cell: a click on the checkbox ticks."""
        if index.column() != SELECTED or not isinstance(event, QMouseEvent):
            return False
        if event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            model.setData(index, None, Qt.ItemDataRole.CheckStateRole)
            return True
        return False

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index, /
    ) -> bool:
        """Called by Qt when the mouse rests on a cell: words that are cut stand whole in the tooltip."""
        text = str(index.data() or "")
        room = option.rect.width() - 2 * PADDING
        if event.type() != QEvent.Type.ToolTip or option.fontMetrics.horizontalAdvance(text) <= room:
            QToolTip.hideText()
            return False
        QToolTip.showText(event.globalPos(), plain_tooltip(text), view)
        return True

    # ---------------------------------------------------------------------------------------------------- helpers

    def _ground(self, painter: QPainter, area: QRect, option: QStyleOptionViewItem, column: int) -> None:
        theme, state = self._coordinator.theme, option.state
        is_current = bool(state & QStyle.StateFlag.State_Selected)
        if is_current:
            painter.fillRect(area, theme.color("accent-soft"))
            if column == DATE:
                painter.fillRect(QRect(area.left(), area.top(), _BAR, area.height()), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("sunken"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.color("line"))
        if state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, theme, QRectF(area).adjusted(2, 2, -2, -3))

    def _words(self, painter: QPainter, area: QRectF, words: EventWords, column: int, *, strong: bool) -> None:
        coordinator = self._coordinator
        theme, length, font = coordinator.theme, coordinator.length, coordinator.font("ui")
        ink, second = theme.color("ink" if strong else "ink-3"), theme.color("ink-2" if strong else "ink-3")
        runs: tuple[Run, ...] = ()
        if column == DATE:
            runs = (Run(words.date, font, second),)
        elif column == EVENT:
            runs = (
                Run(words.title, coordinator.font("ui-strong" if strong else "ui"), ink),
                Run(f"  {words.other}", font, second),
            )
        elif column == LANE:
            size = length(SQUARE)
            if words.lane:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.lane_color(words.lane_place))
                painter.drawRoundedRect(QRectF(area.left(), area.center().y() - size / 2, size, size), 2, 2)
            area.adjust(size + 8, 0, 0, 0)
            runs = (Run(words.lane, font, ink),)
        elif column == PLACE:
            runs = (Run(words.places, font, ink),)
        elif column == CERTAINTY and words.certainty:
            size = length(SIGN)
            picture = sign(theme, words.certainty, size, ratio=painter.device().devicePixelRatio())
            painter.drawPixmap(QPointF(area.left(), area.center().y() - size / 2), picture)
            area.adjust(size + 8, 0, 0, 0)
            runs = (Run(words.certainty_word, font, ink),)
        draw_runs(painter, area, runs, 1, area.height())

    def _box(self, painter: QPainter, area: QRect, is_ticked: bool) -> None:
        theme, size = self._coordinator.theme, self._coordinator.length(_BOX)
        box = QRectF(area.left() + PADDING, area.center().y() - size / 2, size, size)
        painter.setPen(QPen(theme.color("accent" if is_ticked else "edge"), 1))
        painter.setBrush(theme.color("accent" if is_ticked else "surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if is_ticked:
            painter.drawPixmap(box.topLeft(), pixmap("tick", theme.color("on-accent"), size))
