"""The icons of the window: line drawings from resources/icons, tinted in a colour of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from jasic_desktop.core.paths import resource
from jasic_desktop.ui.looks import Looks
from jasic_desktop.ui.theme import Theme


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=512)
def _pixmap(name: str, color: str, ground: str, size: int, ratio: float) -> QPixmap:
    # `currentColor` is the tint; `currentGround` is what shows through a filled sign.
    text = _drawing(name).replace("currentColor", color).replace("currentGround", ground)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def pixmap(
    name: str, color: QColor, size: int = 16, *, ratio: float | None = None, ground: QColor | None = None
) -> QPixmap:
    """The icon `name` in `color`, `size` by `size` pixels of the window; `ratio` is that of the screen.

    `ground` colours what a filled sign lets through. Raises FileNotFoundError for a name that has no drawing.
    """
    if ratio is None:
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    return _pixmap(name, color.name(), ground.name() if ground is not None else "none", size, ratio)


def icon(name: str, color: QColor, size: int = 16, *, disabled: QColor | None = None) -> QIcon:
    """The icon `name` in `color`, sharp on screens of any density; `disabled` is its colour on a disabled control."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, color, size, ratio=ratio))
        if disabled is not None:
            made.addPixmap(pixmap(name, disabled, size, ratio=ratio), QIcon.Mode.Disabled)
    return made


def put_icon(
    looks: Looks,
    button: QAbstractButton,
    name: str,
    size: int = 16,
    *,
    color: str = "ink-2",
    disabled: str | None = None,
) -> None:
    """Give a button an icon of `size` pixels at a text size of 100 %, as large as its texts are, in colours by name."""
    theme, pixels = looks.theme, looks.length(size)
    off = theme.color(disabled) if disabled is not None else None
    button.setIcon(icon(name, theme.color(color), pixels, disabled=off))
    button.setIconSize(QSize(pixels, pixels))


def sign(theme: Theme, certainty: str, size: int = 14, *, ratio: float | None = None) -> QPixmap:
    """The sign of a certainty (its name in core.certainty). A word goes with it, on screen or for the screen reader."""
    return pixmap(f"sign-{certainty}", theme.sign_color(certainty), size, ratio=ratio, ground=theme.color("surface"))
