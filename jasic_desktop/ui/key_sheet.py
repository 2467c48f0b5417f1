"""The sheet of keys: every command that has one, by menu, and the keys of lists and of the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from jasic_desktop.app.commands import MENUS, of_menu
from jasic_desktop.ui.command_rows import draw_key
from jasic_desktop.ui.looks import native
from jasic_desktop.ui.runs import Run, draw_runs

if TYPE_CHECKING:
    from jasic_desktop.ui.coordinator import Coordinator

_SIZE: Final = QSize(960, 640)
_COLUMN: Final = 280
"""The least width of a column, at a text size of 100 %."""
_GAP: Final = 32
_ROW: Final = 26
_HEADING: Final = 28
_BELOW: Final = 12
_LISTS: Final = (
    ("next_row", ("J", "Down")),
    ("previous_row", ("K", "Up")),
    ("open", ("Return",)),
    ("open_in_tab", ("Ctrl+Return",)),
    ("tick", ("Space",)),
    ("range", ("Shift+Down", "Shift+End")),
    ("all", ("Ctrl+A",)),
    ("leave", ("Esc",)),
)
_TIMELINE: Final = (
    ("event", ("Left", "Right")),
    ("lane", ("Up", "Down")),
    ("zoom", ("+", "-")),
    ("ends", ("Home", "End")),
    ("open", ("Return",)),
    ("tick", ("Space",)),
    ("brush", ("[", "]")),
    ("table", ("T",)),
)
_ARROWS: Final = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "-": "−"}


@dataclass(frozen=True)
class KeyGroup:
    """Keys under one heading, each with what it does."""

    heading: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def key_groups(coordinator: Coordinator) -> Iterator[KeyGroup]:
    """All keys of the program, menu by menu, then those of lists and of the timeline."""
    words = coordinator.words
    for menu in MENUS:
        rows = tuple(
            (words(command.label).rstrip("…"), tuple(native(key) for key in held))
            for command in of_menu(menu)
            if (held := coordinator.keymap.keys(command.id))
        )
        if rows:
            yield KeyGroup(words(f"window.menu.{menu}"), rows)
    for part, keys in (("lists", _LISTS), ("timeline", _TIMELINE)):
        rows = tuple((words(f"window.keys.{what}"), tuple(_shown(key) for key in names)) for what, names in keys)
        yield KeyGroup(words(f"window.keys.{part}"), rows)


class KeySheet(QDialog):
    """The keys in as many columns as the dialog is wide; Esc closes it."""

    def __init__(self, coordinator: Coordinator, window: QWidget) -> None:
        super().__init__(window)
        words = coordinator.words
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words("window.command.keys"))
        self.sheet = Sheet(coordinator)
        area = QScrollArea(self)
        holder = QWidget()
        around = QVBoxLayout(holder)
        around.setContentsMargins(12, 8, 12, 8)  # the ring of the focus is drawn around it
        around.addWidget(self.sheet)
        area.setWidget(holder)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setProperty("role", "page")
        area.setAccessibleName(words("window.command.keys"))
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(words("window.about.close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(16)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        room = window.size() - QSize(48, 48)
        self.resize(QSize(coordinator.length(_SIZE.width()), coordinator.length(_SIZE.height())).boundedTo(room))
        # The keys scroll at once.
        area.setFocus()


class Sheet(QWidget):
    """All keys, painted; a screen reader hears them as one text."""

    spoken_role = "Grouping"

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.groups = tuple(key_groups(coordinator))
        self._places: tuple[QPoint, ...] = ()
        self._column = 0
        told = (
            f"{group.heading}: " + "; ".join(f"{what} {', '.join(keys)}" for what, keys in group.rows)
            for group in self.groups
        )
        self.setAccessibleName(coordinator.words("window.command.keys"))
        self.setAccessibleDescription(". ".join(told))
        self._arrange()

    # ----------------------------------------------------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the groups."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for group, place in zip(self.groups, self._places, strict=True):
            self._paint(painter, group, place)
        painter.end()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _height(self, group: KeyGroup) -> int:
        length = self._coordinator.length
        return length(_HEADING) + length(_ROW) * len(group.rows) + length(_BELOW)

    def _arrange(self) -> None:
        """Fill the columns in order, each as high as the others as far as groups allow."""
        columns = max(1, (self.width() + _GAP) // (self._coordinator.length(_COLUMN) + _GAP))
        self._column = (self.width() - (columns - 1) * _GAP) // columns
        heights = [self._height(group) for group in self.groups]
        limit = _least_limit(heights, columns)
        places, at, top, lowest = [], 0, 0, 0
        for height in heights:
            if top and top + height > limit:
                at, top = at + 1, 0
            places.append(QPoint(at * (self._column + _GAP), top))
            top += height
            lowest = max(lowest, top)
        self._places = tuple(places)
        self.setMinimumHeight(lowest)
        self.update()

    def _paint(self, painter: QPainter, group: KeyGroup, place: QPoint) -> None:
        coordinator, length = self._coordinator, self._coordinator.length
        theme, small = coordinator.theme, coordinator.font("small")
        heading = Run(group.heading, coordinator.font("heading"), theme.color("ink-3"))
        high = length(20)
        draw_runs(painter, QRectF(place.x(), place.y(), self._column, high), [heading], 1, high)
        top = place.y() + length(_HEADING)
        painter.fillRect(QRectF(place.x(), top - 5, self._column, 1), theme.color("line"))
        for what, keys in group.rows:
            right = float(place.x() + self._column)
            for key in reversed(keys):
                width = max(QFontMetricsF(small).horizontalAdvance(key) + 12, length(22))
                draw_key(painter, coordinator, QRectF(right - width, top + length(4), width, length(18)), key)
                right -= width + 4
            area = QRectF(place.x(), top, right - place.x() - 4, length(_ROW))
            draw_runs(painter, area, [Run(what, coordinator.font("ui"), theme.color("ink"))], 1, length(_ROW))
            top += length(_ROW)


def _shown(key: str) -> str:
    """A key of a list or of the timeline, arrows as arrows."""
    if key in _ARROWS:
        return _ARROWS[key]
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) if len(key) > 1 else key


def _least_limit(heights: list[int], columns: int) -> int:
    """The least height of columns into which groups of these heights go in order."""
    for limit in sorted({sum(heights[a:b]) for a in range(len(heights)) for b in range(a + 1, len(heights) + 1)}):
        needed, top = 1, 0
        for height in heights:
            if top and top + height > limit:
                needed, top = needed + 1, 0
            top += height
        if needed <= columns and limit >= max(heights):
            return limit
    return sum(heights)
