"""The formats of a page in the reader: characters, paragraphs and tables, in one theme, text size and language."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFrameFormat,
    QTextLength,
    QTextListFormat,
    QTextTableCellFormat,
    QTextTableFormat,
)

from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.settings import Settings
from jasic_desktop.render.page import Page
from jasic_desktop.ui.theme import Role, Theme

MOST_INDENTS: Final = 6
"""How deep lists and quotes go in; what is nested deeper stands as far in as that."""

DATE_WIDTH: Final = 116
LABEL_WIDTH: Final = 116
NUMBER_WIDTH: Final = 36
_INDENT: Final = 24
_RAISED: Final = 1.06


class Look(Struct, frozen=True):
    """How a run of characters looks: its role and colour, the language it is in, its weight, and where it leads.

    `serif` sets it in the letters of reading text; `raised` makes it a small number above the line.
    """

    role: Role = "reading"
    color: str = "ink"
    language: str | None = None
    serif: bool = False
    italic: bool = False
    strong: bool = False
    raised: bool = False
    ground: str | None = None
    target: str = ""


class Formats:
    """Makes the formats that a page is written in; sizes are pixels of the window at the person's text size."""

    def __init__(self, theme: Theme, scale: float = 1.0) -> None:
        self.theme = theme
        self.scale = scale
        self._fonts: dict[tuple[Role, str | None, bool], QFont] = {}
        self._looks: dict[Look, QTextCharFormat] = {}
        self._themes: dict[str, Theme] = {}

    def length(self, pixels: float) -> int:
        """A distance that follows the text size."""
        return round(pixels * self.scale)

    def characters(self, look: Look) -> QTextCharFormat:
        """The format of a run of characters."""
        if look.target:
            made = QTextCharFormat(self.characters(replace(look, target="")))
            made.setAnchor(True)
            made.setAnchorHref(look.target)
            if not look.raised:
                made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
                made.setUnderlineColor(self.theme.mixed(look.color, "surface", 0.45))
            return made
        known = self._looks.get(look)
        if known is None:
            known = self._looks[look] = self._characters(look)
        return known

    def sign_room(self) -> QTextCharFormat:
        """The format of the one unbreakable space that leaves room for a sign's picture."""
        font = QFont(self._font("small", None))
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, self.length(self.theme.sign_size))
        made = QTextCharFormat()
        made.setFont(font)
        return made

    def paragraph(self, role: Role, above: float = 0, below: float = 0, indents: int = 0) -> QTextBlockFormat:
        """The format of a paragraph: lines of one height, `above` and `below` it free, in by `indents` steps."""
        made = QTextBlockFormat()
        made.setLineHeight(self.line_height(role), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        made.setTopMargin(self.length(above))
        made.setBottomMargin(self.length(below))
        made.setLeftMargin(self.length(_INDENT) * min(indents, MOST_INDENTS))
        return made

    def line_height(self, role: Role) -> int:
        """The height of a line of `role` in pixels."""
        return round(self.theme.line_heights[role] * self._font(role, None).pixelSize())

    def bullets(self, depth: int, *, ordered: bool) -> QTextListFormat:
        """The format of a list within `depth` others."""
        made = QTextListFormat()
        styles = QTextListFormat.Style
        made.setStyle(styles.ListDecimal if ordered else styles.ListDisc if depth % 2 == 0 else styles.ListCircle)
        made.setIndent(min(depth, MOST_INDENTS) + 1)
        return made

    def table(self, *widths: float, left: float = 0, above: float = 0, below: float = 0) -> QTextTableFormat:
        """The format of a table without lines: columns of these widths in pixels at 100 %, 0 for the rest of the room.

        A share of the room is a width below 1.
        """
        made = QTextTableFormat()
        made.setBorder(0)
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        made.setCellPadding(0)
        made.setCellSpacing(0)
        made.setLeftMargin(self.length(left * self.theme.breadth))
        made.setTopMargin(self.length(above))
        made.setBottomMargin(self.length(below))
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        kinds = QTextLength.Type
        made.setColumnWidthConstraints(
            [
                QTextLength(kinds.VariableLength, 0)
                if width == 0
                else QTextLength(kinds.PercentageLength, 100 * width)
                if width < 1
                else QTextLength(kinds.FixedLength, self.length(width * self.theme.breadth))
                for width in widths
            ]
        )
        return made

    def cell(self, *, above: float = 0, below: float = 0, left: float = 0, right: float = 0) -> QTextTableCellFormat:
        """The format of a cell with this much room around its text."""
        made = QTextTableCellFormat()
        made.setTopPadding(self.length(above))
        made.setBottomPadding(self.length(below))
        made.setLeftPadding(self.length(left))
        made.setRightPadding(self.length(right))
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignTop)
        return made

    def accounts_cell(self, *, first: bool, line: bool, last: bool) -> QTextTableCellFormat:
        """A cell of the box of accounts: its ground, the edge at the left of the first column, a line above answers."""
        # Lines of one height have what is free in them above their letters.
        made = self.cell(above=4, below=12 if last else 8, left=16, right=16 if not first else 12)
        made.setBackground(self.theme.color("accounts"))
        if first:
            made.setLeftBorder(3)
            made.setLeftBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            made.setLeftBorderBrush(self.theme.color("accounts-edge"))
        if line:
            made.setTopBorder(1)
            made.setTopBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            made.setTopBorderBrush(self.theme.mixed("accounts-edge", "accounts", 0.45))
        return made

    def _characters(self, look: Look) -> QTextCharFormat:
        made = QTextCharFormat()
        font = QFont(self._font(look.role, look.language, serif=look.serif))
        if look.strong:
            font.setWeight(QFont.Weight.DemiBold)
        if look.raised:
            # Qt makes raised letters two thirds as large.
            size = font.pixelSize()
            font = QFont(self._font("ui-strong", None))
            font.setPixelSize(round(size * _RAISED))
        # Chinese has no slanted letters: stress is shown by weight there.
        font.setItalic(look.italic and not _is_chinese(look.language or self.theme.language))
        if look.italic and not font.italic():
            font.setWeight(QFont.Weight.DemiBold)
        made.setFont(font)
        made.setForeground(self.theme.color(look.color))
        if look.ground is not None:
            made.setBackground(self.theme.color(look.ground))
        if look.raised:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        return made

    def _font(self, role: Role, language: str | None, *, serif: bool = False) -> QFont:
        font = self._fonts.get((role, language, serif))
        if font is None:
            theme = self._theme(language)
            font = theme.font(role, self.scale)
            if serif:
                font.setFamilies(theme.families("reading"))
            if (serif or role == "reading") and _is_chinese(language or self.theme.language):
                # In running text quotation marks and dashes are as wide as the characters.
                families = font.families()
                font.setFamilies([*families[1:], families[0]])
            self._fonts[role, language, serif] = font
        return font

    def _theme(self, language: str | None) -> Theme:
        """The theme in a language: it puts the fonts of that script first."""
        known = next((known for known in LANGUAGES if known == language), None)
        if known is None or known == self.theme.language:
            return self.theme
        return self._themes.setdefault(known, type(self.theme)(self.theme.mode, known))


def _is_chinese(language: str) -> bool:
    return language.startswith("zh-Han") or language in ("zh", "yue")


LETTERS: Final = {"narrow": 46, "medium": 58, "wide": 76}
"""Letters of average width in a line, by the setting `line_width`: of medium width some 65 to 70 of English text."""
_DATES: Final = 16
"""How many more stand beside one another where dates stand before statements that are set smaller."""


def reading_width(formats: Formats, settings: Settings, page: Page | None = None) -> int:
    """The width of the column of text in pixels, as the person wants it; for `full` more than any window has."""
    characters = LETTERS.get(settings.text("line_width"), 10_000)
    if page is not None and page.has_short_lines:
        characters += _DATES
    return round(QFontMetricsF(formats.characters(Look()).font()).averageCharWidth() * characters)
