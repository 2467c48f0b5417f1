"""The languages of the program, by the tags with which records and settings name them."""

from __future__ import annotations

from typing import Final, Literal

Language = Literal["en", "zh-Hans", "zh-Hant"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh-Hans", "zh-Hant")
