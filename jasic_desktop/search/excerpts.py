"""What of a record a hit shows: title, readings and texts, decoded without the rest, which would take most of the time.

What stands in a store was checked when it was written, and is sealed; so nothing is checked again here.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from jasic_desktop.core.blocks import Narrative
from jasic_desktop.core.languages import Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Reading
from jasic_desktop.search.snippets import Passages
from jasic_desktop.search.texts import Passage, paragraphs


class _Text(msgspec.Struct, frozen=True, gc=False):
    """A text in each language it has."""

    en: str | None = None
    zh_hans: str | None = msgspec.field(default=None, name="zh-Hans")
    zh_hant: str | None = msgspec.field(default=None, name="zh-Hant")


class _Told(msgspec.Struct, frozen=True):
    """A statement or an answer."""

    text: _Text


class _Account(msgspec.Struct, frozen=True):
    question: _Text
    answers: tuple[_Told, ...]


class _Other(msgspec.Struct, frozen=True):
    note: _Text | None = None


class _Names(msgspec.Struct, frozen=True):
    others: tuple[_Other, ...] = ()


class Excerpt(msgspec.Struct, frozen=True):
    """A record as a hit needs it."""

    id: str
    title: Localised
    summary: _Text | None = None
    abstract: _Text | None = None
    note: _Text | None = None
    scope_note: _Text | None = None
    statements: tuple[_Told, ...] = ()
    accounts: tuple[_Account, ...] = ()
    names: _Names | None = None
    narrative: Narrative | None = None
    readings: tuple[Reading, ...] = ()

    def passages(self, reader: Language) -> Iterator[Passage]:
        """The texts a snippet may be cut from, in the order of the page. Of the two forms of Chinese, which fold to the
        same, only that of the reader, where there is one.
        """
        for text in self._texts():
            if text.en is not None:
                yield Passage("en", text.en)
            yield from _chinese(text, reader)
        if self.narrative is not None:
            yield from (Passage("en", text) for text in paragraphs(self.narrative.en))
            hant = self.narrative.zh_hant and (reader == "zh-Hant" or not self.narrative.zh_hans)
            blocks = self.narrative.zh_hant if hant else self.narrative.zh_hans
            yield from (Passage("zh-Hant" if hant else "zh-Hans", text) for text in paragraphs(blocks))

    def _texts(self) -> Iterator[_Text]:
        yield from (text for text in (self.summary, self.abstract, self.note, self.scope_note) if text is not None)
        for statement in self.statements:
            yield statement.text
        for account in self.accounts:
            yield account.question
            yield from (answer.text for answer in account.answers)
        if self.names is not None:
            yield from (other.note for other in self.names.others if other.note is not None)


def _chinese(text: _Text, reader: Language) -> Iterator[Passage]:
    if text.zh_hant is not None and (reader == "zh-Hant" or text.zh_hans is None):
        yield Passage("zh-Hant", text.zh_hant)
    elif text.zh_hans is not None:
        yield Passage("zh-Hans", text.zh_hans)


_DECODER = msgspec.json.Decoder(Excerpt)


def excerpt(record: bytes) -> Excerpt:
    """The excerpt of a record, from its JSON."""
    return _DECODER.decode(record)


class Shown:
    """A record as hits show it to readers of one language, ready to be marked: kept while somebody types."""

    def __init__(self, record: Excerpt, language: Language) -> None:
        self.id = record.id
        self.readings = record.readings
        self.title = record.title.show(language)
        self.texts = Passages(record.passages(language), (self.title,))
