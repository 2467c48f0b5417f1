"""Text that a reader sees, in the languages it exists in, and the rule of which language is shown."""

from __future__ import annotations

from typing import Final

import msgspec

from jasic_desktop.core.languages import LANGUAGES, Language

# A reader of one Chinese form reads the other before English; an English reader meets simplified first.
_FALLBACK: Final[dict[Language, tuple[Language, ...]]] = {
    "en": ("en", "zh-Hans", "zh-Hant"),
    "zh-Hans": ("zh-Hans", "zh-Hant", "en"),
    "zh-Hant": ("zh-Hant", "zh-Hans", "en"),
}


class Localised(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """One text in up to three languages; at least one is present and none is empty.

    Raises ValueError when made without any text (msgspec turns this into a ValidationError with the path).
    """

    en: str | None = None
    zh_hans: str | None = msgspec.field(default=None, name="zh-Hans")
    zh_hant: str | None = msgspec.field(default=None, name="zh-Hant")

    def __post_init__(self) -> None:
        texts = (self.en, self.zh_hans, self.zh_hant)
        if all(text is None for text in texts):
            raise ValueError("a text needs at least one of the languages en, zh-Hans, zh-Hant")
        if any(text is not None and not text.strip() for text in texts):
            raise ValueError("a text must not be empty")

    def exact(self, language: Language) -> str | None:
        """The text in just this language, or None."""
        if language == "en":
            return self.en
        return self.zh_hans if language == "zh-Hans" else self.zh_hant

    def pick(self, language: Language) -> tuple[str, Language]:
        """The text to show a reader of `language` and the language it is in, which differs after a fallback."""
        for candidate in _FALLBACK[language]:
            text = self.exact(candidate)
            if text is not None:
                return text, candidate
        raise AssertionError("a Localised always holds a text")

    def show(self, language: Language) -> str:
        """The text to show a reader of `language`."""
        return self.pick(language)[0]

    def items(self) -> tuple[tuple[Language, str], ...]:
        """Each language with its text, in the order of LANGUAGES."""
        return tuple((language, text) for language in LANGUAGES if (text := self.exact(language)) is not None)
