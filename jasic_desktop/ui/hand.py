"""Knows whether somebody's hand is in a list just now, so that no row is replaced under the finger that goes for it."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QListView, QWidget

SETTLE_MS: Final = 400
"""A pointer that has rested for so long, or a list whose keys have, is on its way nowhere."""
_MOVES: Final = frozenset((QEvent.Type.MouseMove, QEvent.Type.Wheel))
_GOES: Final = frozenset((QEvent.Type.Leave, QEvent.Type.Hide))


class WatchedList(QListView):
    """A list that knows of the hand in it. `hand_left` comes when what was held back for it may be shown."""

    hand_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._down = False
        self._until = 0.0
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.timeout.connect(self._looked)

    @property
    def hand_in(self) -> bool:
        """Whether a button is held down over the list, or the pointer moved or a key was pressed in it just now."""
        return self._down or time.monotonic() < self._until

    def wait_for_hand(self) -> None:
        """Have `hand_left` come once the hand is out."""
        if not self._down:
            self._look.start(max(0, round((self._until - time.monotonic()) * 1000)) + 1)

    def note_key(self) -> None:
        """Somebody moves by keys."""
        self._until = time.monotonic() + SETTLE_MS / 1000

    def forget_hand(self) -> None:
        """What the hand was going for is gone."""
        self._down = False
        self._until = 0.0
        self._look.stop()

    # ----------------------------------------------------------------------------------------------------- events

    def viewportEvent(self, event: QEvent) -> bool:
        """Note what the pointer does; the list gets everything as ever."""
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._down = True
        elif kind in _MOVES:
            self._until = time.monotonic() + SETTLE_MS / 1000
        elif kind == QEvent.Type.MouseButtonRelease or kind in _GOES:
            # A click is dealt with first: what waits is shown after that.
            self._down = False
            self._until = 0.0
            if kind != QEvent.Type.Hide:
                self._look.start(0)
        return super().viewportEvent(event)

    def _looked(self) -> None:
        if self.hand_in:
            self.wait_for_hand()
        else:
            self.hand_left.emit()
