"""Texts of a record and words of the program as inlines in one language, with a mark where they are in another."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from jasic_desktop.core.blocks import (
    Citation,
    CitedSource,
    InLanguage,
    Inline,
    RecordLink,
    Text,
)
from jasic_desktop.core.i18n import has, translate
from jasic_desktop.core.languages import Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.packs.store import Store

Inlines = tuple[Inline, ...]


class Words(Struct, frozen=True):
    """How a page speaks: the language of its reader."""

    language: Language

    def say(self, key: str, **values: object) -> str:
        """The program's own words for `key` of the table `render`."""
        return translate(f"render.{key}", self.language, **values)

    def known(self, key: str, default: str) -> str:
        """The program's own words for `key`, or `default` for a value that it has no words for."""
        return self.say(key) if has(f"render.{key}") else default

    def bare(self, text: Localised) -> Inlines:
        """`text` for this reader without a mark after a fallback: for names and titles."""
        shown, language = text.pick(self.language)
        return self.set_in(language, (Text(shown),))

    def text(self, text: Localised) -> Inlines:
        """`text` for this reader, marked where it is in another language."""
        return (*self.bare(text), *self.mark(text))

    def mark(self, *texts: Localised) -> Inlines:
        """The words that say in which language `texts` are, where all are in one that is not the reader's."""
        languages = {text.pick(self.language)[1] for text in texts}
        if len(languages) != 1 or languages == {self.language}:
            return ()
        return (Text(self.say(f"in_language.{languages.pop()}")),)

    def set_in(self, language: str, inlines: Inlines) -> Inlines:
        """`inlines` as being in `language`."""
        return inlines if language == self.language else (InLanguage(language, inlines),)

    def link(self, store: Store, record_id: str) -> Inlines:
        """The title of a record, leading to it; of one that the archive does not have, its id."""
        if record_id not in store.ordinals:
            return (Text(record_id),)
        return (RecordLink(record_id, self.bare(store.title(record_id))),)

    def links(self, store: Store, record_ids: Iterable[str]) -> Inlines:
        """The titles of records, each leading to it, as a list in a line."""
        return self.join("list", (self.link(store, record_id) for record_id in record_ids))

    def join(self, separator: str, parts: Iterable[Inlines]) -> Inlines:
        """`parts` with the reader's punctuation between them (`list`, `dot`, `semicolon`, `comma`, `stop`)."""
        joined: list[Inline] = []
        for part in parts:
            if joined:
                joined.append(Text(self.say(f"punctuation.{separator}")))
            joined.extend(part)
        return tuple(joined)

    def in_brackets(self, inlines: Inlines) -> Inlines:
        """`inlines` in the reader's parentheses."""
        return (Text(self.say("punctuation.open")), *inlines, Text(self.say("punctuation.close")))


def cited(sources: Iterable[str]) -> Inlines:
    """A citation of whole documents; nothing where there are none."""
    entries = tuple(CitedSource(source) for source in sources)
    return (Citation(entries),) if entries else ()
