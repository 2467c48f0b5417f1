"""The list of formats in the export dialog: a drawing, the name, and in one line what it is good for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QResizeEvent
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
from jasic_desktop.ui.ring import draw_ring
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
    "odt": "document",
    "zim": "pack",
    "svg": "timeline",
    "timeline-csv": "timeline",
    "ead3": "pack",
    "eac-cpf": "pack",
    "dc": "pack",
    "graphml": "code",
    "bulk": "code",
    "bulk-solr": "code",
}
_Part = Literal["ui-strong", "small"]
_KEY: Final = Qt.ItemDataRole.UserRole
_GROUP: Final = Qt.ItemDataRole.UserRole + 1
_HEADING: Final = 24
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
        self._items: dict[str, QListWidgetItem] = {}
        self._forbidden: dict[str, str] = {}
        self.setItemDelegate(_FormatDelegate(coordinator, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(self.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        group = ""
        for key, form in FORMATS.items():
            if form.group != group:
                group = form.group
                heading = QListWidgetItem(self)
                heading.setData(_GROUP, group)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
            self._items[key] = QListWidgetItem(self)
            self._items[key].setData(_KEY, key)
        self.setCurrentItem(next(iter(self._items.values())))
        self.currentItemChanged.connect(self._changed)
        self.refresh()

    @property
    def format(self) -> str:
        """The key of the current format."""
        item = self.currentItem()
        return str(item.data(_KEY))

    def set_format(self, key: str) -> None:
        """Make a format the current one. Raises KeyError for an unknown one."""
        self.setCurrentItem(self._items[key])

    def forbid(self, reasons: Mapping[str, str]) -> None:
        """Keep formats from being chosen, each for a reason that stands in place of its purpose."""
        self._forbidden = dict(reasons)
        for key, item in self._items.items():
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(Qt.ItemFlag.NoItemFlags if key in reasons else flags)
        if self.format in reasons:
            allowed = next((key for key in FORMATS if key not in reasons), None)
            if allowed is not None:
                self.set_format(allowed)
        self.refresh()

    def refresh(self) -> None:
        """Say everything in the language and size of the window."""
        words = self._coordinator.words
        self.setAccessibleName(words("window.export.format"))
        for row in range(self.count()):
            item = self.item(row)
            key = item.data(_KEY)
            if key is None:
                item.setText(words(f"export.group.{item.data(_GROUP)}"))
                continue
            purpose = self._forbidden.get(key) or words(f"window.export.purpose.{key}")
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
        if item is not None and item.data(_KEY) is not None:
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
        if index.data(_KEY) is None:
            return QSize(0, length(_HEADING if index.row() else 20))
        lines = self._lines(name, "ui-strong", width) * length(_NAME)
        lines += self._lines(purpose, "small", width) * length(_PURPOSE)
        return QSize(0, lines + length(16))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        coordinator, theme, length = self._coordinator, self._coordinator.theme, self._coordinator.length
        state, area = option.state, QRectF(option.rect).adjusted(0, 1, 0, -1)
        if index.data(_KEY) is None:
            run = Run(str(index.data()), coordinator.font("heading"), theme.color("ink-3"))
            room = area.adjusted(_PADDING, area.height() - length(_PURPOSE) - 2, -6, 0)
            draw_runs(painter, room, [run], 1, length(_PURPOSE))
            return
        able = bool(state & QStyle.StateFlag.State_Enabled)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        name, _, purpose = str(index.data()).partition("\n")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.color("accent-soft" if chosen else "chip"))
            painter.drawRoundedRect(area, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, theme, area.adjusted(1, 1, -1, -1), 5)
        size = length(_ICON)
        mark = pixmap(
            _ICONS.get(str(index.data(_KEY)), "document"),
            theme.color("accent" if chosen else "ink-2" if able else "edge"),
            size,
        )
        painter.drawPixmap(QPointF(area.left() + _PADDING, area.center().y() - size / 2), mark)
        left, width = area.left() + self._before(), self._room(int(area.width()))
        top = area.top() + length(8) - 1
        parts: tuple[tuple[str, _Part, int, str], ...] = (
            (name, "ui-strong", length(_NAME), "accent" if chosen else "ink" if able else "ink-3"),
            (purpose, "small", length(_PURPOSE), "ink-2" if able else "ink-3"),
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
