"""The keys of the timeline: what each one does."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class Act(Enum):
    """Something that a key does on the timeline."""

    PREVIOUS = auto()
    NEXT = auto()
    LANE_UP = auto()
    LANE_DOWN = auto()
    FIRST = auto()
    LAST = auto()
    EARLIER = auto()
    LATER = auto()
    PAGE_EARLIER = auto()
    PAGE_LATER = auto()
    ZOOM_IN = auto()
    ZOOM_OUT = auto()
    OPEN = auto()
    TICK = auto()
    BRUSH_START = auto()
    BRUSH_END = auto()
    CLEAR = auto()


_PLAIN: Final = {
    Qt.Key.Key_Left: Act.PREVIOUS,
    Qt.Key.Key_Right: Act.NEXT,
    Qt.Key.Key_Up: Act.LANE_UP,
    Qt.Key.Key_Down: Act.LANE_DOWN,
    Qt.Key.Key_Home: Act.FIRST,
    Qt.Key.Key_End: Act.LAST,
    Qt.Key.Key_PageUp: Act.PAGE_EARLIER,
    Qt.Key.Key_PageDown: Act.PAGE_LATER,
    Qt.Key.Key_Return: Act.OPEN,
    Qt.Key.Key_Enter: Act.OPEN,
    Qt.Key.Key_Space: Act.TICK,
    Qt.Key.Key_Escape: Act.CLEAR,
}
_WITH_CONTROL: Final = {Qt.Key.Key_Left: Act.EARLIER, Qt.Key.Key_Right: Act.LATER}
_TYPED: Final = {
    "+": Act.ZOOM_IN,
    "=": Act.ZOOM_IN,
    "-": Act.ZOOM_OUT,
    "[": Act.BRUSH_START,
    "]": Act.BRUSH_END,
}
"""By what is typed, not by key: where brackets stand differs from keyboard to keyboard."""

_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier


def act_of(event: QKeyEvent) -> Act | None:
    """What a key does here; None for one that is not the timeline's."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    key = Qt.Key(event.key())
    if held == Qt.KeyboardModifier.NoModifier and key in _PLAIN:
        return _PLAIN[key]
    if held == _CONTROL:
        return _WITH_CONTROL.get(key)
    # Control and Alt together are how some systems tell AltGr.
    if not held & _CONTROL or held & _ALT:
        return _TYPED.get(event.text())
    return None
