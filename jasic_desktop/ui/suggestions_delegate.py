"""Paints a row of the list under the search field: a sign of its type, its names, and why it is offered."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.runs import Run, draw_runs
from jasic_desktop.ui.suggestions_model import Index, SuggestionsModel

ROW: Final = 32
_SIDE: Final = 10
_ICON: Final = 16
_GAP: Final = 10
_NAMES: Final = 0.55
"""The share of a row that its names have at least."""


class SuggestionsDelegate(QStyledItemDelegate):
    """Draws the rows of a SuggestionsModel."""

    def __init__(self, coordinator: Coordinator, parent: QObject) -> None:
        super().__init__(parent)
        self._coordinator = coordinator

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index, /) -> QSize:
        """All rows are alike."""
        return QSize(0, self._coordinator.length(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Draw one row."""
        model = index.model()
        if not isinstance(model, SuggestionsModel):
            return
        offer = model.offers[index.row()]
        theme, area = self._coordinator.theme, QRectF(option.rect).adjusted(4, 1, -4, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("accent-soft" if chosen else "sunken"))
            painter.drawRoundedRect(area, 4, 4)
        color = theme.type_color(offer.type) if offer.type is not None else theme.color("ink-2")
        sign = pixmap(offer.type or "clock", color, _ICON, ratio=painter.device().devicePixelRatio())
        painter.drawPixmap(round(area.left()) + _SIDE, round(area.center().y()) - _ICON // 2, sign)
        left, right = area.left() + _SIDE + _ICON + _GAP, area.right() - _SIDE
        small = self._coordinator.font("small")
        metrics = QFontMetricsF(small)
        why = metrics.elidedText(offer.why, Qt.TextElideMode.ElideRight, (right - left) * (1 - _NAMES) - _GAP)
        width = metrics.horizontalAdvance(why) + 1
        painter.setFont(small)
        painter.setPen(theme.color("ink-2"))
        place = QRectF(right - width, area.top(), width, area.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), why)
        plain, strong = self._coordinator.font("ui"), self._coordinator.font("ui-strong")
        runs = [Run(offer.text, strong if offer.id is not None else plain, theme.color("ink"))]
        if offer.others:
            runs.append(Run("  " + offer.others, plain, theme.color("ink-2")))
        draw_runs(painter, QRectF(left, area.top(), place.left() - _GAP - left, area.height()), runs, 1, area.height())
        painter.restore()
