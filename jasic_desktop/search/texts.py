"""What of a record is read by people: its names, and its texts passage by passage in each language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jasic_desktop.core.blocks import Block, Heading, ListBlock, Paragraph, Quote, plain
from jasic_desktop.core.dates import Date
from jasic_desktop.core.languages import Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Event, Names, Organisation, Person, Place, Record, Topic


class Passage(NamedTuple):
    """A text of a record in one language."""

    language: Language
    text: str


def names_of(record: Record) -> Names | None:
    """The names of a record that has names; documents and events have a title only."""
    return record.names if isinstance(record, Person | Organisation | Place | Topic) else None


def passages(record: Record) -> Iterator[Passage]:
    """The texts of `record` in the order of the page, those a snippet may be cut from."""
    for text in _texts(record):
        yield from _of(text)
    if record.narrative is not None:
        yield from (Passage("en", text) for text in paragraphs(record.narrative.en))
        yield from (Passage("zh-Hans", text) for text in paragraphs(record.narrative.zh_hans))
        yield from (Passage("zh-Hant", text) for text in paragraphs(record.narrative.zh_hant))


def _texts(record: Record) -> Iterator[Localised | None]:
    yield record.summary
    if isinstance(record, Document):
        yield record.abstract
        yield record.note
    if isinstance(record, Topic):
        yield record.scope_note
    yield from (statement.text for statement in record.statements)
    for account in record.accounts:
        yield account.question
        yield from (answer.text for answer in account.answers)
    if names := names_of(record):
        yield from (other.note for other in names.others)


def _of(text: Localised | None) -> Iterator[Passage]:
    if text is not None:
        yield from (Passage(language, words) for language, words in text.items())


def paragraphs(blocks: tuple[Block, ...]) -> Iterator[str]:
    """The texts of paragraphs and headings, also of those in lists and quotes."""
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            if text := plain(block.inlines):
                yield text
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from paragraphs(item)
        elif isinstance(block, Quote):
            yield from paragraphs(block.blocks)


def asides(record: Record) -> Iterator[str]:
    """What is searched as text but stands in no passage: dates in words, short forms of facts, authors, publishers."""
    if isinstance(record, Event | Document):
        yield from _date(record.date)
    for statement in record.statements:
        yield from _date(statement.date)
        if statement.short is not None:
            yield from (text for _, text in statement.short.items())
    if isinstance(record, Document):
        yield from record.authors
        if record.publisher is not None:
            yield record.publisher
        yield from (text for line in record.bylines for _, text in line.forms.items())


def _date(date: Date | None) -> Iterator[str]:
    if date is not None:
        yield date.edtf
        yield from (text for _, text in date.phrase.items())


def related(record: Record) -> tuple[str, ...]:
    """The records that this one names as a person, place, organisation or topic of its own, by id."""
    found: list[str] = []
    if isinstance(record, Event):
        found += (*record.people, *record.organisations, *record.places, *record.topics)
    elif isinstance(record, Document):
        found += (*record.about, *record.topics)
    elif isinstance(record, Person):
        found += record.affiliations
    found += (statement.place for statement in record.statements if statement.place)
    return tuple(dict.fromkeys(found))
