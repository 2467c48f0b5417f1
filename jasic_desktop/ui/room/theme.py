"""The look of a reading room: the theme's colours with larger letters, and the style of its large controls."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import ClassVar, Final

from PySide6.QtGui import QFont

from jasic_desktop.ui.stylesheet import stylesheet
from jasic_desktop.ui.theme import Role, Theme

BANNER_HEIGHT: Final = 44
SEARCH_ROW_HEIGHT: Final = 92
FOOTER_HEIGHT: Final = 84
LIST_WIDTH: Final = 376
LIST_HEAD_HEIGHT: Final = 52
CONTROL_HEIGHT: Final = 56
TARGET: Final = 44
"""No target is smaller than this, but for names and numbers within a text."""
SIDE: Final = 24
GAP: Final = 12
ICON: Final = 20
INTERFACE: Final = 17
ASIDE: Final = 15
FIELD: Final = 22
ENDING: Final = 20

_W = QFont.Weight


class RoomTheme(Theme):
    """The theme with the letters of a reading room."""

    fonts: ClassVar[Mapping[Role, tuple[int, QFont.Weight]]] = {
        "ui": (15, _W.Normal),
        "ui-strong": (15, _W.DemiBold),
        "reading": (18, _W.Normal),
        "statement": (16, _W.Normal),
        "title": (30, _W.DemiBold),
        "section": (20, _W.DemiBold),
        "display": (40, _W.DemiBold),
        "small": (14, _W.Normal),
        "heading": (14, _W.DemiBold),
        "mono": (14, _W.Normal),
    }
    line_heights: ClassVar[Mapping[Role, float]] = {
        "ui": 24 / 15,
        "ui-strong": 24 / 15,
        "reading": 32 / 18,
        "statement": 28 / 16,
        "title": 40 / 30,
        "section": 28 / 20,
        "display": 48 / 40,
        "small": 20 / 14,
        "heading": 20 / 14,
        "mono": 24 / 14,
    }

    breadth: ClassVar[float] = 1.18
    sign_size: ClassVar[int] = 18

    def letters(self, pixels: int, *, strong: bool = False) -> QFont:
        """Letters of the interface in a size of their own."""
        font = self.font("ui-strong" if strong else "ui")
        font.setPixelSize(pixels)
        return font

    def stylesheet(self, scale: float = 1.0) -> str:
        """The style sheet of the room; its controls keep their size, whatever the size of the text."""
        names = {name.replace("-", "_"): value for name, value in self.tokens.items()}
        return stylesheet(self.tokens, scale) + _SHEET.substitute(names)


# Heights are those of a whole control less its border.
_SHEET: Final = Template("""
QWidget[ground="banner"] { background: $accent_soft; border: 0; border-bottom: 1px solid $line; }
QPushButton[role="room"], QPushButton[role="room-row"] { min-height: 54px; border: 1px solid $edge; border-radius: 8px;
    background: $surface; color: $ink; padding: 0 20px; font-size: 17px; }
QPushButton[role="room"]:hover, QPushButton[role="room-row"]:hover { background: $sunken; }
QPushButton[role="room"]:pressed, QPushButton[role="room-row"]:pressed { background: $chip; }
QPushButton[role="room"]:focus { border: 2px solid $accent; padding: 0 19px; min-height: 52px; }
QPushButton[role="room"]:disabled { background: $sunken; color: $ink_3; border-color: $line; }
QPushButton[role="room-row"] { text-align: left; }
QPushButton[role="room-row"]:checked { background: $accent_soft; color: $accent; border-color: $accent;
    font-weight: 600; }
QPushButton[role="room-row"]:focus { border: 2px solid $accent; padding: 0 19px; min-height: 52px; }
QPushButton[role="room-row"]:disabled { background: $sunken; color: $ink_3; border-color: $line; }
QPushButton[role="room-end"] { min-height: 54px; border: 1px solid $accent; border-radius: 8px; background: $accent;
    color: $on_accent; padding: 0 28px; font-size: 20px; font-weight: 600; }
QPushButton[role="room-end"]:focus { border: 3px solid $ink; padding: 0 26px; min-height: 50px; }
QPushButton[role="room-quiet"] { min-height: 42px; border: 1px solid transparent; border-radius: 8px;
    background: transparent; color: $ink_2; padding: 0 8px; font-size: 15px; }
QPushButton[role="room-quiet"]:hover { background: $sunken; }
QPushButton[role="room-quiet"]:focus { border: 2px solid $accent; padding: 0 7px; min-height: 40px; }
QPushButton[role="room-tile"] { background: $surface; border: 1px solid $line; border-radius: 8px; padding: 0;
    min-height: 86px; }
QPushButton[role="room-tile"]:hover { background: $sunken; border-color: $edge; }
QPushButton[role="room-tile"]:focus { border: 2px solid $accent; min-height: 84px; }
QLineEdit[role="room"] { min-height: 54px; border: 1px solid $edge; border-radius: 10px; font-size: 22px;
    padding: 0; }
QLineEdit[role="room"]:focus { border: 2px solid $accent; min-height: 52px; padding: 0; }
QProgressBar[role="countdown"] { min-height: 6px; max-height: 6px; border: 1px solid $edge; border-radius: 4px;
    background: $surface; }
QProgressBar[role="countdown"]::chunk { background: $accent; border-radius: 3px; }
QScrollBar:vertical { width: 16px; }
QScrollBar::handle:vertical { min-height: 48px; border-radius: 6px; margin: 4px; }
""")
