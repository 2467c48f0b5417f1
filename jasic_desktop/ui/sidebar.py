"""The sidebar: a tree by which the archive is entered by type, and the results are narrowed by their facets."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.app.narrowing import only, toggled
from jasic_desktop.app.navigation import Moment
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.ring import draw_ring
from jasic_desktop.ui.sidebar_model import NODE, Node, SidebarModel

Index = QModelIndex | QPersistentModelIndex

_ROW: Final = 26
_HEADING: Final = 28
_FIRST_HEADING: Final = 20
_PADDING: Final = 8
_SQUARE: Final = 8
_ICON: Final = 12
COUNT_MS: Final = 30
"""The rows of an answer are painted before its counts, each in a turn of its own: the next key need not wait."""
_INDENT: Final = {"value": 22, "more": 22}
_ICONS: Final = {
    "selection": "star",
    "collection": "collection",
    "notes": "note",
    "search": "find",
    "history": "clock",
}
_OPEN_AT_FIRST: Final = frozenset({"year", "place"})


class SidebarDelegate(QStyledItemDelegate):
    """Draws the rows of the sidebar."""

    def __init__(self, coordinator: Coordinator, view: QTreeView) -> None:
        super().__init__(view)
        self._coordinator = coordinator
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index, /) -> QSize:
        """Headings have room over them, except the first."""
        node = index.data(NODE)
        height = _ROW
        if isinstance(node, Node) and node.kind == "heading":
            height = _HEADING if index.row() else _FIRST_HEADING
        return QSize(0, self._coordinator.length(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        """Draw a row over the whole width of the tree."""
        node = index.data(NODE)
        if not isinstance(node, Node):
            return
        area = QRect(0, option.rect.top(), self._view.viewport().width(), option.rect.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if node.kind == "heading":
            self._heading(painter, area, node)
        else:
            self._row(painter, area, option, index, node)
        painter.restore()

    def _heading(self, painter: QPainter, area: QRect, node: Node) -> None:
        painter.setFont(self._coordinator.font("heading"))
        painter.setPen(self._coordinator.theme.color("ink-3"))
        place = area.adjusted(_PADDING, 0, -_PADDING, -4)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, node.label)

    def _row(self, painter: QPainter, area: QRect, option: QStyleOptionViewItem, index: Index, node: Node) -> None:
        theme, state = self._coordinator.theme, option.state
        if node.is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent-soft" if node.is_chosen else "chip"))
            painter.drawRoundedRect(QRectF(area), 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, theme, QRectF(area).adjusted(1, 1, -1, -1), 5)
        left = self._sign(painter, area, index, node)
        right = area.right() - _PADDING
        font, color = self._look(node)
        if node.count is not None:
            count = f"{node.count:,}".replace(",", "\u2009")
            small = self._coordinator.font("small")
            painter.setFont(small)
            painter.setPen(theme.color("accent" if node.is_chosen else "ink-3"))
            width = QFontMetricsF(small).horizontalAdvance(count)
            place = QRectF(right - width, area.top(), width + 1, area.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
            right -= round(width) + _PADDING
        painter.setFont(font)
        painter.setPen(color)
        shown = QFontMetricsF(font).elidedText(node.label, Qt.TextElideMode.ElideRight, max(0, right - left))
        place = QRectF(left, area.top(), max(0, right - left) + 1, area.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _sign(self, painter: QPainter, area: QRect, index: Index, node: Node) -> int:
        """What stands before the label: a type's colour, whether a branch is open, a tick; where the label begins."""
        theme, left = self._coordinator.theme, area.left() + _PADDING
        middle = area.center().y() + 1
        if node.kind == "type":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.type_color(node.value))
            painter.drawRoundedRect(QRectF(left, middle - _SQUARE / 2, _SQUARE, _SQUARE), 2, 2)
            return left + _SQUARE + 8
        name = _ICONS.get(node.kind)
        if node.kind == "facet":
            name = "down" if self._view.isExpanded(index) else "right"
        indent = _INDENT.get(node.kind, 0)
        if node.kind == "value" and node.is_chosen:
            name, left = "tick", left + indent - _ICON - 4
        if name is None:
            return left + indent
        color = theme.color("accent" if node.is_chosen else "ink-2")
        painter.drawPixmap(QPointF(left, middle - _ICON / 2), pixmap(name, color, _ICON))
        return left + _ICON + 4

    def _look(self, node: Node) -> tuple[QFont, QColor]:
        theme = self._coordinator.theme
        if node.is_chosen:
            return self._coordinator.font("ui-strong"), theme.color("accent")
        if node.kind == "more":
            return self._coordinator.font("ui"), theme.color("link")
        return self._coordinator.font("ui"), theme.color("ink-2" if node.kind == "value" else "ink")


class SidebarTree(QTreeView):
    """The tree: arrows move and open branches, Enter and Space choose."""

    def __init__(self, coordinator: Coordinator, model: SidebarModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._rows = model
        self._opened: set[str] = set(_OPEN_AT_FIRST)
        self.setModel(model)
        self.setItemDelegate(SidebarDelegate(coordinator, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.expanded.connect(self._note_open)
        self.collapsed.connect(self._note_closed)

    # ---------------------------------------------------------------- slots

    def refresh(self) -> None:
        """Bring the rows up to date; open branches, the current row and the place stay."""
        current = self._rows.node(self.currentIndex())
        key = current.key if current.parent is not None else None
        place = self.verticalScrollBar().value()
        if self._rows.refresh():
            self.open_branches()
            found = next((node for node in self._rows.nodes() if node.key == key), None)
            if found is not None:
                self.setCurrentIndex(self._rows.index_of(found))
            self.verticalScrollBar().setValue(place)

    def open_branches(self) -> None:
        """Open the sections, and the facets that the person left open."""
        for node in self._rows.nodes():
            if node.kind == "heading" or (node.kind == "facet" and node.value in self._opened):
                self.setExpanded(self._rows.index_of(node), True)

    def go_first(self) -> None:
        """Make the first row that is no heading the current one."""
        self._step_to(self._rows.index(0, 0), down=True)

    def activate(self, index: Index) -> None:
        """Do what a row stands for."""
        node, coordinator = self._rows.node(index), self._coordinator
        filters = coordinator.moment.filters
        if node.kind == "facet":
            self.setExpanded(self._rows.index_of(node), not self.isExpanded(self._rows.index_of(node)))
        elif node.kind == "all":
            coordinator.narrow(only(filters, "type"))
        elif node.kind == "type":
            coordinator.narrow(toggled(filters, "type", node.value))
        elif node.kind == "value" and node.parent is not None:
            coordinator.narrow(toggled(filters, node.parent.value, node.value))
        elif node.kind == "more":
            self._rows.show_more(node.value)
            self.refresh()
        elif node.kind == "selection":
            coordinator.run("show-selection")
        elif node.kind == "search":
            coordinator.mine.ask_saved(node.value)
        elif node.kind in ("collection", "notes", "history"):
            coordinator.mine.show_list(node.kind, node.value)

    @Slot(QModelIndex)
    def _note_open(self, index: QModelIndex) -> None:
        self._opened.add(self._rows.node(index).value)

    @Slot(QModelIndex)
    def _note_closed(self, index: QModelIndex) -> None:
        node = self._rows.node(index)
        if node.kind == "facet":
            self._opened.discard(node.value)
        else:
            self.setExpanded(index, True)  # a section has no sign by which it could be opened again

    # ---------------------------------------------------------------- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose; j and k move as the arrows do."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers() & ~_KEYPAD:
            self.activate(self.currentIndex())
        elif key in (Qt.Key.Key_J, Qt.Key.Key_K) and not event.modifiers():
            index = (
                self.indexBelow(self.currentIndex()) if key == Qt.Key.Key_J else self.indexAbove(self.currentIndex())
            )
            self._step_to(index, down=key == Qt.Key.Key_J)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def keyboardSearch(self, _text: str, /) -> None:
        """Letters are keys here."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A tree entered by Tab has a current row, or a screen reader says nothing."""
        super().focusInEvent(event)
        if self._rows.node(self.currentIndex()).kind == "heading":
            self.go_first()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self.activate(index)

    # ---------------------------------------------------------------- helpers

    def _step_to(self, index: QModelIndex, *, down: bool) -> None:
        while index.isValid() and self._rows.node(index).kind == "heading":
            index = self.indexBelow(index) if down else self.indexAbove(index)
        if index.isValid():
            self.setCurrentIndex(index)


_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier


class Sidebar(QWidget):
    """The pane at the left."""

    spoken_role = "Grouping"

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.model = SidebarModel(coordinator, self)
        self.tree = SidebarTree(coordinator, self.model, self)
        self.setProperty("ground", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 12, 10, 0)
        layout.addWidget(self.tree)
        self._stale = False
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(COUNT_MS)
        self._counting.timeout.connect(self._refresh)
        coordinator.archive_opened.connect(self._opened)
        coordinator.answer_changed.connect(self._answered)
        coordinator.moment_changed.connect(self._moved)
        coordinator.selection_changed.connect(self._refresh)
        coordinator.mine.changed.connect(self._refresh)
        coordinator.language_changed.connect(self._refresh)
        coordinator.setting_changed.connect(lambda _key: self._refresh())
        coordinator.theme_changed.connect(self._restyle)
        coordinator.text_size_changed.connect(self._restyle)
        self._word()
        self.tree.open_branches()

    # ---------------------------------------------------------------- properties

    @property
    def first_focus(self) -> QWidget:
        """What F6 brings the keyboard to."""
        return self.tree

    @property
    def is_counting(self) -> bool:
        """Whether the counts of an answer are about to be shown."""
        return self._counting.isActive()

    # ---------------------------------------------------------------- slots

    @Slot()
    def _opened(self) -> None:
        self.model.show_few()
        self._refresh()
        self.tree.go_first()

    @Slot(object)
    def _answered(self, _answer: object) -> None:
        if self.isVisible():
            self._counting.start()
        else:
            self._stale = True

    @Slot(object, object)
    def _moved(self, old: Moment, new: Moment) -> None:
        if old.filters != new.filters:  # another question brings an answer, and that brings other counts
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self._counting.stop()
        self._stale = False
        self.tree.refresh()
        self._word()

    @Slot()
    def _restyle(self) -> None:
        self.tree.doItemsLayout()
        self.tree.viewport().update()

    # ---------------------------------------------------------------- events

    def showEvent(self, event: QShowEvent) -> None:
        """What was answered while the pane could not be seen is counted as soon as it is."""
        super().showEvent(event)
        if self._stale:
            self._counting.start()

    # ---------------------------------------------------------------- helpers

    def _word(self) -> None:
        self.setAccessibleName(self._coordinator.words("window.sidebar.name"))
        self.tree.setAccessibleName(self._coordinator.words("window.sidebar.name"))
