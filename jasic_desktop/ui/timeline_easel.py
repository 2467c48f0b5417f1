"""Paints pictures of the timeline: at once, or a little at a time while the one before is still to be seen."""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPainter, QPixmap

from jasic_desktop.ui.timeline_picture import Picture

_AT_A_TIME: Final = 0.003
"""Seconds after which keys and other widgets have their turn."""


class Easel(QObject):
    """Holds what was painted last. `painted` tells that a picture which was painted little by little is whole."""

    painted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._whole: tuple[Picture, QPixmap] | None = None
        self._begun: tuple[Picture, QPixmap, QPainter, Generator[None]] | None = None
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether a picture is being painted little by little."""
        return self._begun is not None

    def begin(self, picture: Picture) -> None:
        """Paint a picture little by little from now on, in place of any other that was begun."""
        self.stop()
        pixmap = _blank(picture)
        painter = QPainter(pixmap)
        self._begun = picture, pixmap, painter, picture.steps(painter)
        self._turns.start()

    def show(self, painter: QPainter, picture: Picture) -> None:
        """Draw a picture; while it is painted little by little, the one before. One that was not begun is painted now,
        and what was begun is wanted no more.
        """
        is_begun = self._begun is not None and self._begun[0] is picture
        if self._whole is None or (self._whole[0] is not picture and not is_begun):
            self.stop()
            pixmap = _blank(picture)
            inner = QPainter(pixmap)
            picture.paint(inner)
            inner.end()
            self._whole = picture, pixmap
        painter.drawPixmap(0, 0, self._whole[1])

    def stop(self) -> None:
        """Let go of what was begun: of what is not seen, or about to be deleted, nothing is painted."""
        self._turns.stop()
        if self._begun is not None:
            # The pixmap has to be there until nobody paints on it any more.
            _picture, _pixmap, painter, steps = self._begun
            self._begun = None
            steps.close()
            painter.end()

    def _go_on(self) -> None:
        if self._begun is None:
            return
        picture, pixmap, painter, steps = self._begun
        until = time.perf_counter() + _AT_A_TIME
        try:
            for _ in steps:
                if time.perf_counter() >= until:
                    return
        except BaseException:
            self.stop()
            raise
        painter.end()
        self._begun = None
        self._turns.stop()
        self._whole = picture, pixmap
        self.painted.emit()


def _blank(picture: Picture) -> QPixmap:
    ratio = picture.look.ratio
    pixmap = QPixmap((picture.rooms.size * ratio).toSize())
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
