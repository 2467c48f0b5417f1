"""The list of formats in the export dialog: a drawing, the name, and in one line what it is good for."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from jasic_desktop.export.registry import FORMATS
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import plain_tooltip
from jasic_desktop.ui.runs import Run, draw_runs

_ICONS: Final = {
    "pdf": "document",
    "dossier": "pack",
    "html": "code",
    "docx": "document",
    "markdown": "document",
    "xlsx": "table",
    "csv": "table",
    "csv-statements": "table",
    "json": "code",
    "jsonl": "code",
    "jsonld": "code",
    "bibtex": "cite",
    "ris": "cite",
    "csl-json": "cite",
    "svg": "timeline",
    "timeline-csv": "timeline",
    "ead3": "pack",
    "eac-cpf": "pack",
    "dc": "pack",
    "graphml": "code",
    "bulk": "code",
    "bulk-solr": "code",
}
_LISTED: Final = tuple(key for key in FORMATS if key not in ("pdf", "dossier"))
_Part = Literal["ui-strong", "small"]
_KEY: Final = Qt.ItemDataRole.UserRole
_PADDING: Final = 12
_ICON: Final = 16
_NAME: Final = 20
_PURPOSE: Final = 16
_MOST_LINES: Final = 2


class FormatList(QListWidget):
    """`picked` carries the key of the format that became the current one."""

    picked = Signal(str)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.setItemDelegate(_FormatDelegate(coordinator, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for key in _LISTED:
            QListWidgetItem(self).setData(_KEY, key)
        self.setCurrentRow(0)
        self.currentItemChanged.connect(self._changed)
        self.refresh()

    @property
    def format(self) -> str:
        """The key of the current format."""
        item = self.currentItem()
        return str(item.data(_KEY))

    def set_format(self, key: str) -> None:
        """Make a format the current one. Raises KeyError for an unknown one."""
        self.setCurrentRow(_LISTED.index(FORMATS[key].key))

    def refresh(self) -> None:
        """Say everything in the language and size of the window."""
        words = self._coordinator.words
        self.setAccessibleName(words("window.export.format"))
        for row in range(self.count()):
            item = self.item(row)
            key = item.data(_KEY)
            purpose = words(f"window.export.purpose.{key}")
            # One text for the screen reader and for typing ahead; the delegate draws its two parts.
            item.setText(f"{words(f'window.export.name.{key}')}\n{purpose}")
            item.setToolTip(plain_tooltip(purpose))
        self.doItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is drawn around the current row."""
        super().focusInEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it gets narrow, lines break and rows grow."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.picked.emit(str(item.data(_KEY)))


class _FormatDelegate(QStyledItemDelegate):
    def __init__(self, coordinator: Coordinator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex, /) -> QSize:
        """52 pixels, and more where the purpose needs a second line."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, FormatList) else option.rect.width()
        name, _, purpose = str(index.data()).partition("\n")
        length = self._coordinator.length
        lines = self._lines(name, "ui-strong", width) * length(_NAME)
        lines += self._lines(purpose, "small", width) * length(_PURPOSE)
        return QSize(0, lines + length(16))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        coordinator, theme, length = self._coordinator, self._coordinator.theme, self._coordinator.length
        state, area = option.state, QRectF(option.rect).adjusted(0, 1, 0, -1)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        name, _, purpose = str(index.data()).partition("\n")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("accent-soft" if chosen else "chip"))
            painter.drawRoundedRect(area, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 5, 5)
        size = length(_ICON)
        mark = pixmap(_ICONS.get(str(index.data(_KEY)), "document"), theme.color("accent" if chosen else "ink-2"), size)
        painter.drawPixmap(QPointF(area.left() + _PADDING, area.center().y() - size / 2), mark)
        left, width = area.left() + self._before(), self._room(int(area.width()))
        top = area.top() + length(8) - 1
        parts: tuple[tuple[str, _Part, int, str], ...] = (
            (name, "ui-strong", length(_NAME), "accent" if chosen else "ink"),
            (purpose, "small", length(_PURPOSE), "ink-2"),
        )
        for text, role, height, color in parts:
            lines = self._lines(text, role, int(area.width()))
            run = Run(text, coordinator.font(role), theme.color(color))
            draw_runs(painter, QRectF(left, top, width, lines * height), [run], lines, height)
            top += lines * height
        painter.restore()

    def _before(self) -> int:
        return _PADDING + self._coordinator.length(_ICON) + _PADDING

    def _room(self, width: int) -> int:
        return max(1, width - self._before() - 6)

    def _lines(self, text: str, role: _Part, width: int) -> int:
        wide = QFontMetricsF(self._coordinator.font(role)).horizontalAdvance(text)
        return 1 if wide <= self._room(width) else _MOST_LINES
