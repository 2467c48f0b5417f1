"""Finds settings by the words of their names, of what is said of them and of their values, in every language."""

from __future__ import annotations

from functools import cache
from typing import Final

from jasic_desktop.core.folding import fold
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.core.settings import SETTINGS, Setting

_LONGEST: Final = 200
"""Characters of a question that are looked at."""


def find_settings(question: str) -> tuple[Setting, ...]:
    """The settings in which every word of `question` is found, in the order of the table; all for an empty one."""
    asked = fold(question[:_LONGEST]).split()
    return tuple(setting for setting in SETTINGS if all(_says(setting, word) for word in asked))


def value_text(setting: Setting, value: str | int, language: Language) -> str:
    """A value of a setting as a person reads it."""
    if not setting.choices:
        return translate(f"window.settings.value.{setting.key}", language, value=value)
    if setting.key == "language" and value != "system":
        return translate(f"window.command.language_{str(value).replace('-', '_')}", language)
    if setting.key == "citation_style":
        return translate(f"export.style.{value}", language)
    return translate(f"window.settings.value.{setting.key}.{value}", language)


def _says(setting: Setting, word: str) -> bool:
    texts, spoken = _texts(setting)
    return any(word in text for text in texts) or any(way.startswith(word) for way in spoken)


@cache
def _texts(setting: Setting) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a setting is found by, folded: all its texts, and the pinyin of its Chinese names."""
    from jasic_desktop.search.pinyin import spellings  # the names of values are wanted with the window, this is not

    names = [fold(translate(f"window.settings.name.{setting.key}", language)) for language in LANGUAGES]
    texts = [*names, setting.key]
    for language in LANGUAGES:
        texts.append(fold(translate(f"window.settings.about.{setting.key}", language)))
        texts.append(fold(translate(f"window.settings.group.{setting.group}", language)))
        shown = () if setting.switch else setting.choices
        texts += (fold(value_text(setting, value, language)) for value in shown)
    return tuple(texts), tuple(way for name in names for way in spellings(name))
