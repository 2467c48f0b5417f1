"""Where Tab goes: as one reads, pane by pane and line by line, however late a part of the window was made."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget


def stops(top: QWidget) -> Iterator[QWidget]:
    """What takes the keyboard by Tab in a window, in the order in which it is read."""
    if _takes_tab(top):
        yield top
    for part in _in_lines(_parts(top)):
        yield from stops(part)


def go(top: QWidget, *, forward: bool) -> bool:
    """Put the keyboard on the next stop of a window, or the one before; after the last comes the first.

    Tells whether there is one. Where the system wants Tab for fields of text only, as macOS may, Qt's own way is left.
    """
    if QGuiApplication.styleHints().tabFocusBehavior() != Qt.TabFocusBehavior.TabFocusAllControls:
        return False
    way, focus = list(stops(top)), QApplication.focusWidget()
    if not way:
        return False
    here = next((at for at, stop in enumerate(way) if stop is focus), None)
    if here is None and focus is not None:
        # What has the keyboard is inside a stop, or is none itself: the way goes on from the part that it stands in.
        here = next((at for at, stop in enumerate(way) if stop.isAncestorOf(focus)), None)
    if here is None:
        here = -1 if forward else 0
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    way[(here + (1 if forward else -1)) % len(way)].setFocus(reason)
    return True


def _takes_tab(widget: QWidget) -> bool:
    policy = Qt.FocusPolicy.TabFocus
    return widget.isEnabled() and (widget.focusPolicy() & policy) == policy and widget.focusProxy() is None


def _parts(widget: QWidget) -> list[QWidget]:
    """What stands in a widget and is seen; a window over it (a list that drops down) is none of it."""
    children = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [child for child in children if child.isVisible() and not child.isWindow()]


def _in_lines(parts: list[QWidget]) -> Iterator[QWidget]:
    """Line by line from the top, in each from the left: what begins above the middle of a line's first is in it."""
    left = sorted(parts, key=lambda part: (part.y(), part.x()))
    while left:
        middle = left[0].y() + max(1, left[0].height()) / 2
        line = [part for part in left if part.y() < middle]
        yield from sorted(line, key=lambda part: (part.x(), part.y()))
        left = left[len(line) :]
