"""The letters of paper: a font for each look, in which every shape has a character that can be copied again."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtGui import QColor, QFont

from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.render.theme import tokens
from jasic_desktop.ui.paper.sheet import Look
from jasic_desktop.ui.theme import Theme

# A ligature or another shape that stands for several characters, or for none, is lost when text is taken out of a PDF.
_PLAIN: Final = ("liga", "clig", "dlig", "calt", "tnum", "locl", "zero", "case", "ss01", "frac")
_CHINESE: Final = ("zh", "yue")


class Letters:
    """The fonts of one piece of work: of the thread that made it. `language` is that of the texts around."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._fonts: dict[Look, QFont] = {}

    def font(self, look: Look) -> QFont:
        """The font of `look`; its size is in pixels that are tenths of a point."""
        known = self._fonts.get(look)
        if known is None:
            known = self._fonts[look] = self._made(look)
        return known

    def _made(self, look: Look) -> QFont:
        language = look.language or self._language
        families = list(_families(language, serif=look.serif))
        chinese = language.startswith(_CHINESE) and "Latn" not in language
        if chinese and look.serif:
            # In running text quotation marks and dashes are as wide as the characters.
            families = [*families[1:], families[0]]
        font = QFont(families)
        font.setPixelSize(look.size)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        # Chinese has no slanted letters: stress is shown by weight there.
        strong = look.strong or (look.italic and chinese)
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        font.setItalic(look.italic and not chinese)
        for tag in _PLAIN:
            font.setFeature(QFont.Tag(tag), 0)
        return font


@cache
def _families(language: str, *, serif: bool) -> tuple[str, ...]:
    known: Language = next((known for known in LANGUAGES if known == language), "en")
    return tuple(Theme("light", known).families("reading" if serif else "ui"))


@cache
def color(token: str) -> QColor:
    """The colour of a token on paper, which is always light."""
    return QColor(tokens("light")[token])
