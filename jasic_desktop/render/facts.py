"""The labelled facts of a record: key facts each with its citation and sign, and the data of a document."""

from __future__ import annotations

from collections.abc import Iterator

from jasic_desktop.core.blocks import Address, InLanguage, Sign, Text
from jasic_desktop.core.records import Document, Event, Named, Organisation, Person, Place, Record, Topic
from jasic_desktop.packs.store import Store
from jasic_desktop.render.wording import Inlines, Words, cited

Row = tuple[str, Inlines]


def key_facts(store: Store, record: Record, words: Words) -> tuple[Row, ...]:
    """What a reader wants to know first of `record`, as label and value, in the order shown."""
    return (*_of_type(store, record, words), *_stated(store, record, words))


def _stated(store: Store, record: Record, words: Words) -> Iterator[Row]:
    """The statements marked as key facts, those of one kind in one row: first what has no date, such as a role."""
    signs = store.certainties(record.id)
    rows: dict[str, list[Inlines]] = {}
    for statement in sorted(record.statements, key=lambda statement: statement.date is not None):
        if statement.fact is not None:
            value = words.text(statement.short or statement.text)
            row = (*value, *cited(statement.sources), Sign(signs[statement.id]))
            rows.setdefault(statement.fact, []).append(row)
    for fact, values in rows.items():
        term = store.archive.facts.get(fact)
        yield term.label.show(words.language) if term else fact, words.join("semicolon", values)


def _of_type(store: Store, record: Record, words: Words) -> Iterator[Row]:
    if isinstance(record, Person | Organisation | Place | Topic):
        yield from _other_names(record, words)
    if isinstance(record, Person) and record.affiliations:
        yield words.say("fact.affiliations"), words.links(store, record.affiliations)
    if isinstance(record, Organisation | Place) and record.parent:
        yield words.say("fact.parent"), words.link(store, record.parent)
    if isinstance(record, Topic) and record.broader:
        yield words.say("fact.broader"), words.link(store, record.broader)
    if isinstance(record, Place) and record.lat and record.lon:
        yield words.say("fact.coordinates"), (Text(coordinates(record, words)),)
    if isinstance(record, Event):
        yield from _of_event(store, record, words)
    if isinstance(record, Document):
        yield from _of_document(store, record, words)


def _other_names(record: Named, words: Words) -> Iterator[Row]:
    others = [
        ((Text(other.name),) + (words.in_brackets(words.text(other.note)) if other.note else ()))
        for other in record.names.others
    ]
    if others:
        yield words.say("fact.other_names"), words.join("semicolon", others)


def coordinates(place: Place, words: Words) -> str:
    """Latitude and longitude in degrees with the points of the compass, such as `22.69° N, 114.35° E`."""
    parts = []
    for value, positive, negative in ((place.lat, "north", "south"), (place.lon, "east", "west")):
        if value is not None:
            point = negative if value.startswith("-") else positive
            parts.append(words.say(f"compass.{point}", degrees=value.removeprefix("-")))
    return words.say("punctuation.comma").join(parts)


def _of_event(store: Store, event: Event, words: Words) -> Iterator[Row]:
    # Who took part and what it was about stand under the connections, with the reason.
    yield words.say("fact.date"), (Text(event.date.phrase.show(words.language)),)
    if event.places:
        yield words.say("fact.places"), words.links(store, event.places)


def _of_document(store: Store, document: Document, words: Words) -> Iterator[Row]:
    if authors := document.authors_in(words.language):
        yield words.say("fact.authors"), (Text(words.say("punctuation.list").join(authors)),)
    if document.original_title:
        title: Inlines = (Text(document.original_title),)
        language = document.language
        yield words.say("fact.original_title"), (InLanguage(language, title),) if language else title
    if publisher := document.publisher_in(words.language):
        yield words.say("fact.publisher"), (Text(publisher),)
    if document.date:
        yield words.say("fact.date"), (Text(document.date.phrase.show(words.language)),)
    if document.language:
        yield words.say("fact.language"), (Text(words.known(f"language.{document.language}", document.language)),)
    if document.url:
        yield words.say("fact.address"), (Address(document.url),)
    if document.about:
        yield words.say("fact.about"), words.links(store, document.about)
    if document.topics:
        yield words.say("fact.topics"), words.links(store, document.topics)
    if document.note:
        yield words.say("fact.note"), words.text(document.note)
