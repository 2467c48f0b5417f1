"""Paints one row of the results: type and date, title in both scripts, two lines of text with the matches marked."""

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
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from jasic_desktop.render.labels import RowWords
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.results_model import ResultsModel, Row
from jasic_desktop.ui.ring import draw_ring
from jasic_desktop.ui.runs import Run, draw_runs, marked_runs

Index = QModelIndex | QPersistentModelIndex

_BAR: Final = 3
_LEFT: Final = 17
_RIGHT: Final = 14
_TOP: Final = 10
_META: Final = 18
_TITLE: Final = 20
_GAP: Final = 2
_LINE: Final = 18
_SQUARE: Final = 8
_BOX: Final = 16
_TARGET: Final = 28
"""The checkbox can be hit in a square of this size around it."""
HEADING: Final = 28
HEIGHT: Final = _TOP + _META + _GAP + _TITLE + _GAP + 2 * _LINE + _TOP + 1


class ResultsDelegate(QStyledItemDelegate):
    """Draws the rows of a ResultsModel; a click on the checkbox ticks the record."""

    def __init__(self, coordinator: Coordinator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index, /) -> QSize:
        """A heading is lower than the rows, which are all as high as one another."""
        model = index.model()
        is_heading = isinstance(model, ResultsModel) and model.groups.heading(index.row()) is not None
        return QSize(0, self._coordinator.length(HEADING if is_heading else HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Draw a row, or grey bars while its record is still to come."""
        model = index.model()
        if not isinstance(model, ResultsModel):
            return
        area = option.rect
        heading = model.heading(index.row())
        if heading is not None:
            self._heading(painter, area, heading, model.groups.heading(index.row()))
            return
        row = model.row(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, area, option, row)
        if row is None:
            self.paint_bars(painter, area)
        else:
            self._content(painter, area, row)
            self._box(painter, area, row.hit.id in self._coordinator.selection)
        painter.restore()

    def paint_bars(self, painter: QPainter, area: QRect) -> None:
        """Grey bars where the lines of a row will be."""
        length, color = self._coordinator.length, self._coordinator.theme.color("chip")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        left, width = area.left() + _LEFT, area.width() - _LEFT - _RIGHT
        top = float(length(_TOP))
        for height, share in ((_META, 0.25), (_TITLE, 0.6), (_LINE, 0.95), (_LINE, 0.7)):
            bar = QRectF(left, area.top() + top + length(4), width * share, length(height) - length(8))
            painter.drawRoundedRect(bar, 3, 3)
            top += length(height) + length(_GAP) * (height != _LINE)

    def box_area(self, area: QRect) -> QRect:
        """Where a click ticks the record of the row in `area`."""
        size = self._coordinator.length(_TARGET)
        return QRect(area.right() - size - 4, area.top() + 4, size, size)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index, /
    ) -> bool:
        """Called by Qt for the mouse over a row: a click on the checkbox is taken, any other is the list's."""
        if not isinstance(event, QMouseEvent) or not isinstance(model, ResultsModel):
            return False
        is_heading = model.groups.heading(index.row()) is not None
        if is_heading or not self.box_area(option.rect).contains(event.position().toPoint()):
            return False
        if event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            model.setData(index, None, Qt.ItemDataRole.CheckStateRole)
        return True

    # ---------------------------------------------------------------- helpers

    def _heading(self, painter: QPainter, area: QRect, text: str, group: tuple[str, int] | None) -> None:
        """The name of a group, and how many belong to it."""
        theme, length = self._coordinator.theme, self._coordinator.length
        painter.save()
        painter.fillRect(area, theme.color("sunken"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.color("line"))
        small = self._coordinator.font("small")
        count = str(group[1]) if group is not None else ""
        wide = QFontMetricsF(small).horizontalAdvance(count) + 8
        place = QRectF(area.left() + _LEFT, area.top() + length(4), area.width() - _LEFT - _RIGHT, length(20))
        name = Run(text, self._coordinator.font("ui-strong"), theme.color("ink"))
        draw_runs(painter, place.adjusted(0, 0, -wide, 0), [name], 1, length(20))
        painter.setFont(small)
        painter.setPen(theme.color("ink-3"))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), count)
        painter.restore()

    def _ground(self, painter: QPainter, area: QRect, option: QStyleOptionViewItem, row: Row | None) -> None:
        theme = self._coordinator.theme
        state = option.state
        is_open = row is not None and row.hit.id == self._coordinator.moment.record
        if is_open:
            painter.fillRect(area, theme.color("surface"))
            painter.fillRect(QRect(area.left(), area.top(), _BAR, area.height()), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("sunken"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.color("line"))
        if state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, theme, QRectF(area).adjusted(2, 2, -2, -3))

    def _content(self, painter: QPainter, area: QRect, row: Row) -> None:
        length, theme = self._coordinator.length, self._coordinator.theme
        small, plain, strong = (self._coordinator.font(role) for role in ("small", "ui", "ui-strong"))
        left, width = area.left() + _LEFT, area.width() - _LEFT - _RIGHT
        top = area.top() + length(_TOP)
        if row.words is not None:
            square = QRectF(left, top + (length(_META) - _SQUARE) / 2, _SQUARE, _SQUARE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.type_color(row.words.type))
            painter.drawRoundedRect(square, 2, 2)
            place = QRectF(left + _SQUARE + 6, top, width - _SQUARE - 6 - length(_BOX) - 4, length(_META))
            self._meta(painter, place, row.words, row.unmarked, small)
        top += length(_META) + _GAP
        match = theme.color("ink"), theme.color("match")
        title = list(marked_runs(row.hit.title, strong, strong, theme.color("ink"), match))
        if row.words is not None and row.words.others:
            title.append(Run("  " + " · ".join(row.words.others), plain, theme.color("ink-2")))
        draw_runs(painter, QRectF(left, top, width, length(_TITLE)), title, 1, length(_TITLE))
        top += length(_TITLE) + _GAP
        snippet = marked_runs(row.hit.snippet, plain, strong, theme.color("ink-2"), match)
        draw_runs(painter, QRectF(left, top, width, 2 * length(_LINE)), snippet, 2, length(_LINE))

    def _meta(self, painter: QPainter, place: QRectF, words: RowWords, how: str | None, font: QFont) -> None:
        """Type, date or role, and why it matched: the last is never the one that is cut."""
        theme, metrics = self._coordinator.theme, QFontMetricsF(font)
        why = " · " + self._coordinator.words("window.results.found_by", how=how) if how else ""
        room = max(place.width() - metrics.horizontalAdvance(why), metrics.horizontalAdvance(words.type_word))
        told = metrics.elidedText(words.line, Qt.TextElideMode.ElideRight, room)
        base = QPointF(place.left(), place.top() + (place.height() - metrics.height()) / 2 + metrics.ascent())
        painter.setFont(font)
        painter.setPen(theme.color("ink-3"))
        painter.drawText(base, told)
        if why:
            wide = metrics.horizontalAdvance(told)
            painter.setPen(theme.color("ink-2"))
            shown = metrics.elidedText(why, Qt.TextElideMode.ElideRight, place.width() - wide)
            painter.drawText(base + QPointF(wide, 0), shown)

    def _box(self, painter: QPainter, area: QRect, is_selected: bool) -> None:
        theme, size = self._coordinator.theme, self._coordinator.length(_BOX)
        target = self.box_area(area)
        box = QRectF(0, 0, size, size)
        box.moveCenter(QPointF(target.center()) + QPointF(0.5, 0.5))
        painter.setPen(QPen(theme.color("accent" if is_selected else "edge"), 1))
        painter.setBrush(theme.color("accent" if is_selected else "surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if is_selected:
            painter.drawPixmap(box.topLeft(), pixmap("tick", theme.color("on-accent"), size))
