"""A picture in large: zoom and pan by keys, wheel and mouse."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from jasic_desktop.core.blocks import PictureBlock
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import plain_label

_MOST: Final = 8.0
_STEP: Final = 1.25
_PAN: Final = 80
_IN: Final = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_OUT: Final = (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)
_PANS: Final = {
    Qt.Key.Key_Left: QPointF(_PAN, 0),
    Qt.Key.Key_Right: QPointF(-_PAN, 0),
    Qt.Key.Key_Up: QPointF(0, _PAN),
    Qt.Key.Key_Down: QPointF(0, -_PAN),
}


class PictureDialog(QDialog):
    """Modal to the window; Esc and the button close it."""

    def __init__(
        self, coordinator: Coordinator, block: PictureBlock, image: QImage, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        words = coordinator.words
        self.setWindowTitle(words("window.picture.title"))
        self.canvas = PictureCanvas(coordinator, image, self)
        self.canvas.setAccessibleName(one_line(block.alt))
        self.canvas.setAccessibleDescription(words("window.picture.keys"))
        hint = plain_label(words("window.picture.keys"))
        hint.setFont(coordinator.font("small"))
        hint.setWordWrap(True)
        self.close_button = QPushButton(words("window.about.close"))
        self.close_button.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(hint, 1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self.canvas, 1)
        column.addLayout(foot)
        room = parent.size() if parent is not None else QSize(960, 720)
        self.resize(max(480, room.width() - 96), max(360, room.height() - 96))
        self.canvas.setFocus()


class PictureCanvas(QWidget):
    """Draws a picture at `zoom` (1.0: as large as fits) with its middle moved by `offset` pixels."""

    spoken_role = "Graphic"

    def __init__(self, coordinator: Coordinator, image: QImage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._image = image
        self._held: QPointF | None = None
        self.zoom = 1.0
        self.offset = QPointF()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 150)

    @property
    def area(self) -> QRectF:
        """Where the whole picture stands, in pixels of the widget; what lies outside is not seen."""
        scale = self._fit * self.zoom
        wide, high = self._image.width() * scale, self._image.height() * scale
        left = (self.width() - wide) / 2 + self.offset.x()
        return QRectF(left, (self.height() - high) / 2 + self.offset.y(), wide, high)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Make it larger or smaller; what is at a point of the widget, else in its middle, stays there."""
        before = self.zoom
        self.zoom = min(_MOST, max(1.0, before * factor))
        middle = QPointF(self.width() / 2, self.height() / 2)
        away = (at if at is not None else middle) - middle
        self.offset = away - (away - self.offset) * (self.zoom / before)
        self._keep_in()

    def pan_by(self, step: QPointF) -> None:
        """Move what is seen, no further than to an edge of the picture."""
        self.offset += step
        self._keep_in()

    def whole(self) -> None:
        """Show all of it."""
        self.zoom, self.offset = 1.0, QPointF()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus, minus and 0 zoom; arrows move."""
        key = Qt.Key(event.key())
        if key in _IN:
            self.zoom_by(_STEP)
        elif key in _OUT:
            self.zoom_by(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.whole()
        elif key in _PANS:
            self.pan_by(_PANS[key])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        self.zoom_by(_STEP ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        self._held = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw it along."""
        if self._held is not None:
            self.pan_by(event.position() - self._held)
            self._held = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self._held = None
        self.unsetCursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay within the edges."""
        super().resizeEvent(event)
        self._keep_in()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, and a ring while the keyboard is here."""
        painter, theme = QPainter(self), self._coordinator.theme
        painter.fillRect(self.rect(), theme.color("sunken"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.area, self._image)
        if self.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    @property
    def _fit(self) -> float:
        return min(self.width() / self._image.width(), self.height() / self._image.height(), 1.0)

    def _keep_in(self) -> None:
        scale = self._fit * self.zoom
        across = max(0.0, (self._image.width() * scale - self.width()) / 2)
        down = max(0.0, (self._image.height() * scale - self.height()) / 2)
        self.offset = QPointF(min(across, max(-across, self.offset.x())), min(down, max(-down, self.offset.y())))
        self.update()
