"""Paints one row of a reading room's results: what it is and why it was found, its title, two lines of its text."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.results_model import ResultsModel, Row
from jasic_desktop.ui.ring import draw_ring
from jasic_desktop.ui.room.coordinator import RoomCoordinator
from jasic_desktop.ui.runs import Run, draw_runs, marked_runs

Index = QModelIndex | QPersistentModelIndex

HEIGHT: Final = 124
_BAR: Final = 4
_LEFT: Final = 24
_RIGHT: Final = 24
_TOP: Final = 12
_META: Final = 20
_TITLE: Final = 28
_LINE: Final = 24
_ICON: Final = 16
_TITLE_SIZE: Final = 18
_TEXT_SIZE: Final = 15
_META_SIZE: Final = 14


class RoomDelegate(QStyledItemDelegate):
    """Draws the rows of a ResultsModel, large."""

    def __init__(self, coordinator: RoomCoordinator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index, /) -> QSize:
        """Every row is as high as the others."""
        return QSize(0, self._coordinator.length(HEIGHT))

    def editorEvent(
        self, _event: QEvent, _model: QAbstractItemModel, _option: QStyleOptionViewItem, _index: Index, /
    ) -> bool:
        """There is nothing in a row but the row."""
        return False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Draw a row, or grey bars while its record is still to come."""
        model = index.model()
        if not isinstance(model, ResultsModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = model.row(index.row())
        self._ground(painter, option, row)
        if row is None:
            self._bars(painter, option.rect)
        else:
            self._content(painter, option.rect, row)
        painter.restore()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, row: Row | None) -> None:
        theme, area, state = self._coordinator.theme, option.rect, option.state
        if row is not None and row.hit.id == self._coordinator.moment.record:
            painter.fillRect(area, theme.color("surface"))
            painter.fillRect(QRect(area.left(), area.top(), _BAR, area.height()), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("sunken"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.color("line"))
        if state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, theme, QRectF(area).adjusted(6, 3, -3, -4), 6)

    def _bars(self, painter: QPainter, area: QRect) -> None:
        length = self._coordinator.length
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._coordinator.theme.color("chip"))
        top, width = float(area.top() + length(_TOP)), area.width() - _LEFT - _RIGHT
        for height, share in ((_META, 0.3), (_TITLE, 0.6), (_LINE, 0.95), (_LINE, 0.7)):
            bar = QRectF(area.left() + _LEFT, top + length(5), width * share, length(height) - length(10))
            painter.drawRoundedRect(bar, 3, 3)
            top += length(height)

    def _content(self, painter: QPainter, area: QRect, row: Row) -> None:
        length, theme = self._coordinator.length, self._coordinator.theme
        left, width = area.left() + _LEFT, area.width() - _LEFT - _RIGHT
        top = area.top() + length(_TOP)
        self._meta(painter, QRectF(left, top, width, length(_META)), row)
        top += length(_META)
        strong = self._font(_TITLE_SIZE, strong=True)
        match = theme.color("ink"), theme.color("match")
        title = list(marked_runs(row.hit.title, strong, strong, theme.color("ink"), match))
        if row.words is not None and row.words.others:
            title.append(Run("  " + " · ".join(row.words.others), strong, theme.color("ink")))
        draw_runs(painter, QRectF(left, top, width, length(_TITLE)), title, 1, length(_TITLE))
        top += length(_TITLE)
        plain, marked = self._font(_TEXT_SIZE), self._font(_TEXT_SIZE, strong=True)
        text = marked_runs(row.hit.snippet, plain, marked, theme.color("ink-2"), match)
        draw_runs(painter, QRectF(left, top, width, 2 * length(_LINE)), text, 2, length(_LINE))

    def _meta(self, painter: QPainter, place: QRectF, row: Row) -> None:
        """Type and date at the left; at the right why it was found, which is never the one that is cut."""
        words, theme = row.words, self._coordinator.theme
        if words is None:
            return
        font = self._font(_META_SIZE)
        metrics = QFontMetricsF(font)
        size = self._coordinator.length(_ICON)
        drawing = pixmap(words.type, theme.type_color(words.type), size)
        painter.drawPixmap(round(place.left()), round(place.top() + (place.height() - size) / 2), drawing)
        place = place.adjusted(size + 8, 0, 0, 0)
        why = self._coordinator.words("window.room.matched", how=row.unmarked) if row.unmarked else ""
        why = metrics.elidedText(why, Qt.TextElideMode.ElideRight, place.width() * 0.7)
        painter.setFont(font)
        painter.setPen(theme.color("ink-2"))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, why)
        room = place.width() - (metrics.horizontalAdvance(why) + 12 if why else 0)
        told = metrics.elidedText(words.line, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, told)

    def _font(self, pixels: int, *, strong: bool = False) -> QFont:
        font = self._coordinator.font("ui-strong" if strong else "ui")
        font.setPixelSize(max(1, self._coordinator.length(pixels)))
        return font
