"""The look: colours, fonts and measures, all from the theme's tokens, and the style sheet made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

from jasic_desktop.core.languages import Language
from jasic_desktop.render.theme import Mode, lane_token, tokens
from jasic_desktop.ui.stylesheet import stylesheet

Role = Literal["ui", "ui-strong", "reading", "statement", "title", "section", "display", "small", "heading", "mono"]
"""What a text is: a control or list (13 px), reading text (16), a statement (14), a page's title (26), a section's
title (18), the archive's title on the start page (40), a note (12), a heading in capitals (11), a fingerprint (12)."""

_SANS: Final[dict[str, list[str]]] = {
    "first": ["Inter"],
    "simplified": ["Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei UI", "PingFang SC"],
    "traditional": ["Noto Sans CJK TC", "Noto Sans TC", "Microsoft JhengHei UI", "PingFang TC"],
    "last": ["Segoe UI", "Helvetica Neue", "DejaVu Sans", "sans-serif"],
}
_SERIF: Final[dict[str, list[str]]] = {
    "first": ["Noto Serif"],
    "simplified": ["Noto Serif CJK SC", "Noto Serif SC", "Songti SC", "SimSun"],
    "traditional": ["Noto Serif CJK TC", "Noto Serif TC", "Songti TC", "PMingLiU"],
    "last": ["Georgia", "DejaVu Serif", "serif"],
}
_MONO: Final = ["Noto Sans Mono", "Noto Sans Mono CJK SC", "DejaVu Sans Mono", "Consolas", "Menlo", "monospace"]

_FONTS: Final[Mapping[Role, tuple[int, QFont.Weight]]] = {
    "ui": (13, QFont.Weight.Normal),
    "ui-strong": (13, QFont.Weight.DemiBold),
    "reading": (16, QFont.Weight.Normal),
    "statement": (14, QFont.Weight.Normal),
    "title": (26, QFont.Weight.DemiBold),
    "section": (18, QFont.Weight.DemiBold),
    "display": (40, QFont.Weight.DemiBold),
    "small": (12, QFont.Weight.Normal),
    "heading": (11, QFont.Weight.DemiBold),
    "mono": (12, QFont.Weight.Normal),
}
_SERIF_ROLES: Final = frozenset({"reading", "title", "section", "display"})
LINE_HEIGHTS: Final[Mapping[Role, float]] = {
    "ui": 20 / 13,
    "ui-strong": 20 / 13,
    "reading": 26 / 16,
    "statement": 20 / 14,
    "title": 32 / 26,
    "section": 28 / 18,
    "display": 48 / 40,
    "small": 16 / 12,
    "heading": 16 / 11,
    "mono": 20 / 12,
}
"""The height of a line over the size of its letters."""

STEP: Final = 4
"""Every distance is a multiple of it, in pixels."""
PANE_PADDING: Final = 16
CONTROL_HEIGHT: Final = 30
ROW_HEIGHT: Final = 28
TOP_BAR_HEIGHT: Final = 52
STATUS_BAR_HEIGHT: Final = 26
TABS_HEIGHT: Final = 36
RADIUS: Final = 6
CARD_RADIUS: Final = 8

_SIGN_COLORS: Final = {
    "corroborated": "verified",
    "single-source": "ink-2",
    "disputed": "warn",
    "alleged": "ink-2",
}


class Theme:
    """The look in one mode and one language. Sizes are pixels of the window at a text size of 100 %."""

    fonts: ClassVar[Mapping[Role, tuple[int, QFont.Weight]]] = _FONTS
    """The size in pixels and the weight of each role's letters."""
    line_heights: ClassVar[Mapping[Role, float]] = LINE_HEIGHTS
    """The height of a line over the size of its letters."""
    breadth: ClassVar[float] = 1.0
    """How much wider columns for dates and labels are than they need be for the letters of the window."""
    sign_size: ClassVar[int] = 14
    """Pixels of the signs of certainty in a text."""

    def __init__(self, mode: Mode = "light", language: Language = "en", *, contrast: bool = False) -> None:
        self.mode: Mode = mode
        self.language: Language = language
        self.contrast = contrast
        self._tokens = tokens(mode, contrast=contrast)
        self._fonts: dict[tuple[Role, float], QFont] = {}

    @property
    def tokens(self) -> Mapping[str, str]:
        """Each colour in force by name, as `#RRGGBB`."""
        return self._tokens

    def color(self, name: str) -> QColor:
        """The colour of a token. Raises KeyError for an unknown one."""
        return QColor(self._tokens[name])

    def type_color(self, record_type: str) -> QColor:
        """The colour of a type of record."""
        return self.color(record_type)

    def sign_color(self, certainty: str) -> QColor:
        """The colour of a certainty's sign."""
        return self.color(_SIGN_COLORS[certainty])

    def lane_color(self, index: int) -> QColor:
        """The colour of the lane at `index` from the top."""
        return self.color(lane_token(index))

    def mixed(self, name: str, ground: str, share: float) -> QColor:
        """`share` (0 to 1) of one token over another, opaque: for tints of a type's colour."""
        over, under = self.color(name), self.color(ground)
        return QColor.fromRgbF(
            over.redF() * share + under.redF() * (1 - share),
            over.greenF() * share + under.greenF() * (1 - share),
            over.blueF() * share + under.blueF() * (1 - share),
        )

    def font(self, role: Role, scale: float = 1.0) -> QFont:
        """The font of a role, its size times `scale`, with families for both Chinese scripts behind the first."""
        known = self._fonts.get((role, scale))
        if known is None:
            known = self._fonts[role, scale] = self._made_font(role, scale)
        return QFont(known)  # to be changed at will; until it is, both share what Qt has found for its families

    def _made_font(self, role: Role, scale: float) -> QFont:
        size, weight = self.fonts[role]
        font = QFont(self.families(role))
        font.setPixelSize(max(1, round(size * scale)))
        font.setWeight(weight)
        if role == "heading":
            font.setCapitalization(QFont.Capitalization.AllUppercase)
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 105)
        if role not in _SERIF_ROLES and role != "mono":
            font.setFeature(QFont.Tag("tnum"), 1)  # counts stand under one another
        return font

    def families(self, role: Role) -> list[str]:
        """The font families of a role, the first that the machine has is used for each character."""
        if role == "mono":
            return list(_MONO)
        of = _SERIF if role in _SERIF_ROLES else _SANS
        scripts = ("traditional", "simplified") if self.language == "zh-Hant" else ("simplified", "traditional")
        return [*of["first"], *of[scripts[0]], *of[scripts[1]], *of["last"]]

    def palette(self) -> QPalette:
        """The colours for what Qt draws by itself."""
        made = QPalette()
        role = QPalette.ColorRole
        for target, name in (
            (role.Window, "paper"),
            (role.WindowText, "ink"),
            (role.Base, "surface"),
            (role.AlternateBase, "sunken"),
            (role.Text, "ink"),
            (role.PlaceholderText, "ink-3"),
            (role.Button, "surface"),
            (role.ButtonText, "ink"),
            (role.BrightText, "on-accent"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on-accent"),
            (role.Link, "link"),
            (role.LinkVisited, "link"),
            (role.ToolTipBase, "surface"),
            (role.ToolTipText, "ink"),
            (role.Light, "surface"),
            (role.Midlight, "sunken"),
            (role.Mid, "line"),
            (role.Dark, "edge"),
            (role.Shadow, "edge"),
            (role.Accent, "accent"),
        ):
            made.setColor(target, self.color(name))
        for target in (role.WindowText, role.Text, role.ButtonText):
            made.setColor(QPalette.ColorGroup.Disabled, target, self.color("ink-3"))
        return made

    def stylesheet(self, scale: float = 1.0) -> str:
        """The style sheet of the whole window with texts times `scale`."""
        return stylesheet(self._tokens, scale)


def chosen_theme(choice: str, contrast: str, language: Language) -> Theme:
    """The look of the person's choices: `light`, `dark` or `system`; `high`, `normal` or `system`."""
    mode: Mode = "dark" if choice == "dark" else "light" if choice == "light" else system_mode()
    return Theme(mode, language, contrast=contrast == "high" or (contrast == "system" and high_contrast()))


def system_mode() -> Mode:
    """What the system asks for now."""
    hints = QGuiApplication.styleHints()
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def high_contrast() -> bool:
    """Whether the system asks for high contrast."""
    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility()
    return accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast
