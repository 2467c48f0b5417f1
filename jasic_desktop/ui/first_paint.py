"""Tells when a window has been painted for the first time: what can wait begins after that."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

_PATIENCE_MS: Final = 1000
"""A window that opens as an icon, or behind a locked screen, is not painted at all."""


class FirstPaint(QObject):
    """`done` comes once, from the event loop, after `widget` was painted or when it has not been for a while."""

    done = Signal()

    _seen = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        # When the loop comes by, all that is painted with it is on the screen.
        self._seen.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tell)
        self._timer.start(_PATIENCE_MS)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look for the first painting of the widget."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._seen.emit()
        return False

    def _tell(self) -> None:
        if self._timer.isActive() or self.sender() is self._timer:
            self._timer.stop()
            self._widget.removeEventFilter(self)
            self.done.emit()
