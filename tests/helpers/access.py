"""What a person without mouse, sight or good light meets: names, roles, the way of Tab, rings, contrast, sizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

PLAIN: Final = {"NoRole", "Client", "Pane", "Window", "Whitespace", "Border"}
"""Roles that tell a person nothing about what the keyboard is on."""
ROLES: Final = (
    (QCheckBox, {"CheckBox"}),
    (QRadioButton, {"RadioButton"}),
    (QAbstractButton, {"Button", "PushButton", "CheckBox", "RadioButton", "ButtonMenu", "PageTab"}),
    (QLineEdit, {"EditableText"}),
    (QTextEdit, {"EditableText"}),
    (QPlainTextEdit, {"EditableText"}),
    (QComboBox, {"ComboBox"}),
    (QTableView, {"Table"}),
    (QTreeView, {"Tree"}),
    (QListView, {"List"}),
    (QTabBar, {"PageTabList"}),
    (QProgressBar, {"ProgressBar"}),
    (QLabel, {"StaticText", "Graphic"}),
)
"""The roles that a widget of a class may have; the first class counts."""
SMALLEST: Final = 24
"""The least side of a target in pixels, after WCAG 2.2."""


def shown(top: QWidget) -> Iterator[QWidget]:
    """Every widget of a window that is seen, the window first."""
    yield top
    for widget in top.findChildren(QWidget):
        if widget.isVisible() and widget.window() is top:
            yield widget


def stops(top: QWidget) -> list[QWidget]:
    """The widgets of a window that take the keyboard by Tab, in no order."""
    policy = Qt.FocusPolicy.TabFocus
    return [
        widget
        for widget in shown(top)
        if widget.isEnabled() and (widget.focusPolicy() & policy) == policy and widget.focusProxy() is None
    ]


def name_of(widget: QWidget) -> str:
    """What a screen reader says a widget is called."""
    return str(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name))


def role_of(widget: QWidget) -> str:
    """What a screen reader says a widget is."""
    return str(QAccessible.queryAccessibleInterface(widget).role().name)


def described(widget: QWidget) -> str:
    """A widget in the words of a failing test."""
    parent = widget.parentWidget()
    inside = f" in {type(parent).__name__}" if parent is not None else ""
    return f"{type(widget).__name__} “{name_of(widget)[:40]}”{inside}"


def targets(top: QWidget) -> list[QWidget]:
    """What is clicked on: buttons and fields, whether or not Tab comes to them."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QTabBar)
    return [widget for widget in shown(top) if isinstance(widget, kinds) and widget.isEnabled()]


def kind_fits(widget: QWidget) -> bool:
    """Whether the role is one that the class of a widget may have; of a painted one any."""
    allowed = next((roles for kind, roles in ROLES if isinstance(widget, kind)), None)
    return allowed is None or role_of(widget) in allowed


def luminance(colour: QColor) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: QColor | str, other: QColor | str) -> float:
    """The contrast of two colours after WCAG 2.2, 1 to 21."""
    light, dark = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


RING_CONTRAST: Final = 3.0
MOST_STEPS: Final = 600


def numbers(image: QImage) -> np.ndarray:
    """The pixels of an image in the format RGB32 as numbers, a row for each line."""
    wide, high = image.width(), image.height()
    return np.frombuffer(image.constBits(), np.uint32).reshape(high, image.bytesPerLine() // 4)[:, :wide] & 0xFFFFFF


def luminances(pixels: np.ndarray) -> np.ndarray:
    """The relative luminance of each pixel."""
    parts = np.stack([(pixels >> shift) & 255 for shift in (16, 8, 0)], -1) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrasts(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The contrast of two pictures, pixel by pixel."""
    first, second = luminances(one), luminances(other)
    return (np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05)


def around(widget: QWidget) -> QRect:
    """The part of its window in which a widget shows that it has the keyboard."""
    top = widget.window()
    area = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size()).adjusted(-4, -4, 4, 4)
    return area.intersected(top.rect())


def pixels_in(top: QWidget, area: QRect) -> np.ndarray:
    """What a part of a window looks like."""
    return numbers(top.grab(area).toImage().convertToFormat(QImage.Format.Format_RGB32))


SCALE: Final = 3
"""How much larger pixels are looked at, so that the middle of each stroke has its whole colour."""
_GROUND: Final = 0.08
"""The share of an area that a colour fills where it is a ground."""
_STROKE: Final = 12


def rendered(top: QWidget) -> np.ndarray:
    """A window in pixels SCALE times as fine as its own."""
    image = QImage(top.size() * SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SCALE)
    image.fill(0)
    painter = QPainter(image)
    top.render(painter, QPoint(0, 0))
    painter.end()
    return numbers(image).copy()


def areas(top: QWidget) -> Iterator[tuple[QWidget, QRect]]:
    """The parts of a window that have a ground of their own: each row of a list, each widget that holds no other."""
    for widget in shown(top):
        if isinstance(widget, QAbstractItemView):
            view = widget.viewport()
            y = 0
            while y < view.height():
                index = widget.indexAt(QPoint(view.width() // 2, y + 3))
                if not index.isValid():
                    break
                row = widget.visualRect(index)
                yield widget, QRect(view.mapTo(top, QPoint(0, row.top())), QSize(view.width(), row.height()))
                y = row.bottom() + 1
        elif isinstance(widget, QLineEdit) or not any(child.isVisible() for child in widget.findChildren(QWidget)):
            yield widget, QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())


def faint(top: QWidget, inks: Mapping[int, str], least: float) -> Iterator[str]:
    """Where a colour of `inks` (names by number) stands on a ground with less contrast than `least`.

    What is disabled is left out, as WCAG 2.2 does.
    """
    pixels = rendered(top)
    for widget, place in areas(top):
        area = place.intersected(top.rect())
        if min(area.width(), area.height()) < 4 or not widget.isEnabled():
            continue
        part = pixels[
            area.top() * SCALE : (area.bottom() + 1) * SCALE, area.left() * SCALE : (area.right() + 1) * SCALE
        ]
        same = (part[:-1, :-1] == part[1:, :-1]) & (part[:-1, :-1] == part[:-1, 1:]) & (part[:-1, :-1] == part[1:, 1:])
        colours, counts = np.unique(part[:-1, :-1][same], return_counts=True)
        grounds = colours[counts >= _GROUND * part.size]
        for colour, count in zip(colours.tolist(), counts.tolist(), strict=True):
            if colour in grounds or count < _STROKE or colour not in inks or not len(grounds):
                continue
            best = max(contrast(QColor.fromRgb(colour), QColor.fromRgb(ground)) for ground in grounds.tolist())
            if best < least:
                yield f"{inks[colour]} at {best:.1f}:1 in {described(widget)}"


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focus = QApplication.focusWidget()
    assert focus is not None, "the keyboard is nowhere"
    QTest.keyClick(focus, key, modifiers)


def tabbed(top: QWidget, *, back: bool = False) -> list[QWidget]:
    """The widgets that Tab (or Shift+Tab) brings the keyboard to, from where it is, until it begins anew."""
    begun, way = QApplication.focusWidget(), []
    for _ in range(MOST_STEPS):
        press(Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is None or focus.window() is not top:
            return way
        if not way or way[-1] is not focus:
            if focus in way:
                return way
            way.append(focus)
        elif len(stops(top)) == 1:
            return way
    raise AssertionError(f"Tab never comes back to {described(begun) if begun else 'anything'}")


@dataclass(frozen=True)
class Ring:
    """What changes to the eye when a widget gets the keyboard: pixels of enough contrast, and how many it takes."""

    pixels: int
    needed: int

    @property
    def is_seen(self) -> bool:
        """Whether it is enough."""
        return self.pixels >= self.needed


SHARE: Final = 0.65
"""Of the outline: rings have round corners, and a ring takes the place of an edge."""
PART: Final = 60
"""The pixels of a ring around a part of what a widget paints: a link, an event, a row."""


def ring_of(widget: QWidget, other: QWidget) -> Ring | None:
    """What is seen of the keyboard on a widget when it comes from `other`; None where that cannot be told.

    WCAG 2.2 asks of a ring that as many pixels as an outline of the widget has change by 3:1 or more.
    """
    top = widget.window()
    widget.setFocus(Qt.FocusReason.TabFocusReason)  # what was out of sight comes into it
    QApplication.processEvents()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    if widget.hasFocus():
        return None
    area = around(widget)
    if area.isEmpty():
        return None
    before = pixels_in(top, area)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    if not widget.hasFocus():
        return None
    after = pixels_in(top, around(widget))
    if before.shape != after.shape:
        return None
    changed = int((contrasts(before, after) >= RING_CONTRAST).sum())
    outline = 2 * (widget.width() + widget.height())
    if isinstance(widget, QAbstractItemView) and widget.currentIndex().isValid():
        row = widget.visualRect(widget.currentIndex())
        outline = min(outline, 2 * (min(row.width(), widget.width()) + row.height()))
    known = (*ROLES, (QScrollArea, set()))
    is_painted = not isinstance(widget, tuple(kind for kind, _ in known)) or isinstance(widget, QTextEdit)
    return Ring(changed, min(PART, outline) if is_painted else round(outline * SHARE))
