"""The languages of the program, by the tags with which records and settings name them, and the one to speak."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Language = Literal["en", "zh-Hans", "zh-Hant"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh-Hans", "zh-Hant")


def language_of(setting: str, environment: Mapping[str, str]) -> Language:
    """The language to speak: the setting, else that of the system's locale variables."""
    for language in LANGUAGES:
        if setting == language:
            return language
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    tag = locale.partition(".")[0].replace("-", "_").lower()
    if tag.startswith(("zh_tw", "zh_hk", "zh_mo", "zh_hant")):
        return "zh-Hant"
    return "zh-Hans" if tag.startswith("zh") else "en"
