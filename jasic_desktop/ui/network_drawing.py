"""A small drawing of the people and organisations around a record; the list beside it says the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from jasic_desktop.app.network import Neighbour
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.network_layout import NODE, Seat, seats
from jasic_desktop.ui.plain import plain_tooltip

_HEADING: Final = 24
_HIGH: Final = 196
_CENTRE: Final = 18
_NEAR: Final = 16
"""A pointer this near to a node's middle is on it, in pixels."""
_THINNEST: Final = 1.0
_THICKEST: Final = 4.0
_BACK: Final = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_K)
_ON: Final = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_J)
_OPEN: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier


class NetworkDrawing(QWidget):
    """People are circles, organisations squares; the number on an edge says how many events both have.

    `followed` carries (record id, whether in a new tab), `ticked` an id. Arrows go around, Enter follows, Space ticks.
    """

    spoken_role = "Chart"

    followed = Signal(str, bool)
    ticked = Signal(str)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._type: RecordType = "person"
        self._mark = ""
        self._nodes: Sequence[Neighbour] = ()
        self._current = -1
        self._hovered = -1
        self._pressed = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setVisible(False)

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def nodes(self) -> Sequence[Neighbour]:
        """What is drawn around the middle, from the top clockwise."""
        return self._nodes

    @property
    def current(self) -> Neighbour | None:
        """The node that the keys are on."""
        return self._nodes[self._current] if 0 <= self._current < len(self._nodes) else None

    def words_of(self, node: Neighbour) -> str:
        """A node in words: its name, and how many events both have."""
        if not node.count:
            return node.title
        shared = self._coordinator.words("window.profile.shared", count=node.count)
        return f"{node.title}: {shared}"

    def places(self) -> tuple[Seat, ...]:
        """Where the nodes stand now."""
        return seats([self._metrics.horizontalAdvance(node.title) + 2 for node in self._nodes], self._area, self._line)

    # ------------------------------------------------------------------------------------------------------ slots

    def show_network(self, record_type: RecordType, mark: str, nodes: Sequence[Neighbour]) -> None:
        """Show another record in the middle, with others around it; without any the drawing is gone."""
        self._type, self._mark, self._nodes = record_type, mark, nodes
        self._current = self._hovered = -1
        self.setVisible(bool(nodes))
        self.refresh()

    def refresh(self) -> None:
        """Take words, sizes and colours again."""
        self.setAccessibleName(self._coordinator.words("window.profile.network"))
        self._tell()
        self.updateGeometry()
        self.update()

    def go(self, number: int) -> None:
        """Put the keys on a node; after the last comes the first."""
        if self._nodes:
            self._current = number % len(self._nodes)
            self._tell()
            self.update()

    # ----------------------------------------------------------------------------------------------------- events

    def sizeHint(self) -> QSize:
        """Heading and drawing, which follow the text size."""
        return QSize(280, self._coordinator.length(_HEADING + _HIGH))

    def minimumSizeHint(self) -> QSize:
        """It can be narrow."""
        return QSize(120, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """A tooltip says a node in words."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._at(QPointF(event.pos()))
            if at >= 0:
                QToolTip.showText(event.globalPos(), plain_tooltip(self.words_of(self._nodes[at])), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys begin at the top."""
        super().focusInEvent(event)
        self.go(max(0, self._current))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No node is ringed any more."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go around, Enter follows, with Ctrl in a new tab, Space ticks; the rest is the pane's."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        current = self.current
        if key in (*_BACK, *_ON) and not modifiers:
            self.go(self._current + (1 if key in _ON else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not modifiers:
            self.go(0 if key == Qt.Key.Key_Home else len(self._nodes) - 1)
        elif key in _OPEN and current is not None and modifiers in (Qt.KeyboardModifier.NoModifier, _CONTROL):
            self.followed.emit(current.id, modifiers == _CONTROL)
        elif key == Qt.Key.Key_Space and current is not None and not modifiers:
            self.ticked.emit(current.id)
        else:
            event.ignore()
            return
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over a node and its name."""
        at = self._at(event.position())
        if at != self._hovered:
            self._hovered = at
            self.setCursor(Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._hovered = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember on what: it counts when the button is let go over the same."""
        self._pressed = self._at(event.position())
        event.setAccepted(self._pressed >= 0)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click follows, with Ctrl or the middle button in a new tab."""
        at, pressed, self._pressed = self._at(event.position()), self._pressed, -1
        middle = event.button() == Qt.MouseButton.MiddleButton
        if at >= 0 and at == pressed and (middle or event.button() == Qt.MouseButton.LeftButton):
            self.go(at)
            self.followed.emit(self._nodes[at].id, middle or bool(event.modifiers() & _CONTROL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the heading, the edges with their numbers, the nodes with their names, and the middle."""
        if not self._nodes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._coordinator.theme
        heading = self._coordinator.font("heading")
        painter.setFont(heading)
        painter.setPen(theme.color("ink-3"))
        told = self._coordinator.words("window.profile.connected")
        told = QFontMetricsF(heading).elidedText(told, Qt.TextElideMode.ElideRight, self.width())
        area = QRectF(0, 0, self.width(), self._coordinator.length(20))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), told)
        placed = self.places()
        for node, seat in zip(self._nodes, placed, strict=True):
            self._edge(painter, node, seat)
        for at, (node, seat) in enumerate(zip(self._nodes, placed, strict=True)):
            self._node(painter, node, seat, pointed=at == self._hovered)
            if at == self._current and self.hasFocus():
                self._ring(painter, seat)
        self._middle(painter)
        painter.end()

    # ---------------------------------------------------------------------------------------------------- helpers

    @property
    def _area(self) -> QRectF:
        top = self._coordinator.length(_HEADING)
        return QRectF(4, top, max(1, self.width() - 8), max(1, self.height() - top - 4))

    @property
    def _font(self) -> QFont:
        return self._coordinator.font("small")

    @property
    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self._font)

    @property
    def _line(self) -> float:
        return float(self._coordinator.length(16))

    def _edge(self, painter: QPainter, node: Neighbour, seat: Seat) -> None:
        theme, most = self._coordinator.theme, max(other.count for other in self._nodes)
        wide = _THINNEST + (_THICKEST - _THINNEST) * node.count / most if most else _THINNEST
        painter.setPen(QPen(theme.color("edge"), wide))
        painter.drawLine(self._area.center(), seat.middle)
        if not node.count:
            return
        number = str(node.count)
        room = QRectF(0, 0, self._metrics.horizontalAdvance(number) + 8, self._line)
        room.moveCenter(seat.number)
        painter.fillRect(room, theme.color("paper"))
        painter.setFont(self._font)
        painter.setPen(theme.color("ink-2"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), number)

    def _node(self, painter: QPainter, node: Neighbour, seat: Seat, *, pointed: bool) -> None:
        theme = self._coordinator.theme
        painter.setPen(QPen(theme.color("ink"), 2) if pointed else Qt.PenStyle.NoPen)
        painter.setBrush(theme.type_color(node.type))
        square = QRectF(seat.middle.x() - NODE, seat.middle.y() - NODE, 2 * NODE, 2 * NODE)
        if node.type == "person":
            painter.drawEllipse(square)
        else:
            painter.drawRoundedRect(square, 2, 2)
        painter.fillRect(seat.label.adjusted(-2, 0, 2, 0), theme.color("paper"))  # no edge crosses a name
        painter.setFont(self._font)
        painter.setPen(theme.color("ink"))
        told = self._metrics.elidedText(node.title, Qt.TextElideMode.ElideRight, seat.label.width())
        painter.drawText(seat.label, int(Qt.AlignmentFlag.AlignCenter), told)

    def _ring(self, painter: QPainter, seat: Seat) -> None:
        painter.setPen(QPen(self._coordinator.theme.color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(seat.middle, NODE + 4, NODE + 4)

    def _middle(self, painter: QPainter) -> None:
        theme, centre = self._coordinator.theme, self._area.center()
        square = QRectF(centre.x() - _CENTRE, centre.y() - _CENTRE, 2 * _CENTRE, 2 * _CENTRE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.type_color(self._type))
        if self._type == "person":
            painter.drawEllipse(square)
        else:
            painter.drawRoundedRect(square, 4, 4)
        ground: QColor = theme.color("surface")
        if self._mark:
            font = QFont(theme.font("section"))
            font.setPixelSize(_CENTRE)
            font.setWeight(QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(ground)
            painter.drawText(square, int(Qt.AlignmentFlag.AlignCenter), self._mark)
        else:
            picture = pixmap(self._type, ground, _CENTRE, ratio=self.devicePixelRatioF())
            painter.drawPixmap(QPointF(centre.x() - _CENTRE / 2, centre.y() - _CENTRE / 2), picture)

    def _at(self, place: QPointF) -> int:
        """The node at a place, or that whose name is there; -1 where there is none."""
        for at, seat in enumerate(self.places()):
            away = seat.middle - place
            if abs(away.x()) <= _NEAR and abs(away.y()) <= _NEAR:
                return at
            if seat.label.contains(place):
                return at
        return -1

    def _tell(self) -> None:
        current = self.current
        self.setAccessibleDescription(self.words_of(current) if current is not None else "")
