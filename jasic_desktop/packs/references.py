"""Every place where a record names another one, so that check, pack and store agree on what must resolve."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from jasic_desktop.core.blocks import Citation, Narrative, RecordLink
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.core.records import Document, Event, Organisation, Person, Place, Record, Topic


class Reference(NamedTuple):
    """A mention of another record: the field, the id named, and the type it must have (None: any)."""

    field: str
    target: str
    wanted: RecordType | None


def references(record: Record) -> Iterator[Reference]:
    """The references of `record` in the order of its fields; the same id may come several times."""
    for index, statement in enumerate(record.statements):
        here = f"statements[{index}]"
        yield from _each(f"{here}.sources", statement.sources, "document")
        if statement.place:
            yield Reference(f"{here}.place", statement.place, "place")
    for index, account in enumerate(record.accounts):
        for number, answer in enumerate(account.answers):
            yield from _each(f"accounts[{index}].answers[{number}].sources", answer.sources, "document")
    for index, link in enumerate(record.links):
        yield Reference(f"links[{index}].to", link.to, None)
        yield from _each(f"links[{index}].sources", link.sources, "document")
    yield from _own(record)
    if record.narrative is not None:
        yield from narrative_references(record.narrative)


def _own(record: Record) -> Iterator[Reference]:
    match record:
        case Person():
            yield from _each("affiliations", record.affiliations, "organisation")
        case Organisation() | Place():
            if record.parent:
                yield Reference("parent", record.parent, record.type)
        case Event():
            yield from _each("places", record.places, "place")
            yield from _each("people", record.people, "person")
            yield from _each("organisations", record.organisations, "organisation")
            yield from _each("topics", record.topics, "topic")
        case Document():
            yield from _each("about", record.about, None)
            yield from _each("topics", record.topics, "topic")
        case Topic():
            if record.broader:
                yield Reference("broader", record.broader, "topic")


def _each(field: str, targets: tuple[str, ...], wanted: RecordType | None) -> Iterator[Reference]:
    for index, target in enumerate(targets):
        yield Reference(f"{field}[{index}]", target, wanted)


def narrative_references(narrative: Narrative) -> Iterator[Reference]:
    """The record links and citations of a narrative, in any language."""
    yield from _inside(narrative)


def _inside(value: Any) -> Iterator[Reference]:
    if isinstance(value, tuple):
        for item in value:
            yield from _inside(item)
    elif isinstance(value, Citation):
        for source in value.sources:
            yield Reference("narrative", source.id, "document")
    elif isinstance(value, msgspec.Struct):
        if isinstance(value, RecordLink):
            yield Reference("narrative", value.id, None)
        for name in value.__struct_fields__:
            yield from _inside(getattr(value, name))
