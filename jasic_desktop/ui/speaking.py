"""Lets a screen reader say what has come about: counts, outcomes and faults at once, progress every few seconds."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

EVERY_SECONDS: Final = 5.0
"""Between two announcements of one work: who listens to it must hear other things too."""


def announce(widget: QWidget, text: str) -> None:
    """Have `text` said, in the name of `widget`; nothing where there is nothing to say."""
    if not text:
        return
    # Not before it is needed: PySide makes all the roles and events there are for it.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class SpokenProgress:
    """Says how far a work is when it begins a step, and after that every EVERY_SECONDS."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._step = ""
        self._said = float("-inf")

    def tell(self, step: str, text: str) -> None:
        """The work is at `step` (any name), which `text` says in words."""
        now = time.monotonic()
        if now - self._said >= EVERY_SECONDS or (step != self._step and now - self._said >= 1):
            self._step, self._said = step, now
            announce(self._widget, text)
