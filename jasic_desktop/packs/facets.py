"""The facets of a record: what it can be narrowed by, computed once, when the store is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

from jasic_desktop.core.certainty import Certainty
from jasic_desktop.core.dates import Date
from jasic_desktop.core.records import Document, Event, Person, Record
from jasic_desktop.packs.references import narrative_references
from jasic_desktop.packs.store_index import Index, cited_sources

FACETS: Final = (
    *("type", "kind", "year", "place", "person", "organisation"),
    *("topic", "source", "language", "certainty", "accounts", "voice"),
)
MOST_YEARS: Final = 30
"""Years one record counts for: an organisation's whole life is no answer to a question for a year."""


def record_dates(record: Record) -> tuple[Date, ...]:
    """The date of an event or document, else the dates of its statements."""
    own = record.date if isinstance(record, Event | Document) else None
    if own is not None:
        return (own,)
    return tuple(statement.date for statement in record.statements if statement.date is not None)


def facets_of(record: Record, index: Index, signs: Iterable[Certainty]) -> dict[str, tuple[str, ...]]:
    """The values of each facet for `record`, each once, sorted; places and topics include what they lie in."""
    values: dict[str, Iterable[str]] = {
        "type": (record.type,),
        "kind": (record.kind,),
        "year": _years(record),
        "place": _with_wider(_places(record), "place", index),
        "person": _of_type(record, index, "person"),
        "organisation": _of_type(record, index, "organisation"),
        "topic": _with_wider(_topics(record), "topic", index),
        "source": _sources(record),
        "language": (record.language,) if isinstance(record, Document) and record.language else (),
        "certainty": (sign.value for sign in signs),
        "accounts": ("yes",) if record.accounts else (),
        "voice": _voices(record, index),
    }
    return {name: tuple(sorted(set(values[name]))) for name in FACETS}


def _years(record: Record) -> Iterable[str]:
    years = chain.from_iterable(date.years() for date in record_dates(record))
    return islice(dict.fromkeys(f"{year:04}" for year in years), MOST_YEARS)


def _places(record: Record) -> Iterator[str]:
    if isinstance(record, Event):
        yield from record.places
    if record.type == "place":
        yield record.id
    yield from (statement.place for statement in record.statements if statement.place)
    yield from _named(record)


def _topics(record: Record) -> Iterator[str]:
    if isinstance(record, Event | Document):
        yield from record.topics
    if record.type == "topic":
        yield record.id
    yield from _named(record)


def _named(record: Record) -> Iterator[str]:
    """What a document is about, and what any record is linked to; of whatever type."""
    if isinstance(record, Document):
        yield from record.about
    yield from (link.to for link in record.links)


def _with_wider(ids: Iterable[str], wanted: str, index: Index) -> Iterator[str]:
    for record_id in ids:
        if index.types.get(record_id) == wanted:
            yield from index.upwards(record_id)


def _of_type(record: Record, index: Index, wanted: str) -> Iterator[str]:
    if record.type == wanted:
        yield record.id
    if isinstance(record, Event):
        yield from record.people if wanted == "person" else record.organisations
    if isinstance(record, Person) and wanted == "organisation":
        yield from record.affiliations
    yield from (target for target in _named(record) if index.types.get(target) == wanted)


def _sources(record: Record) -> Iterator[str]:
    yield from cited_sources(record)
    for link in record.links:
        yield from link.sources
    if record.narrative is not None:
        yield from (found.target for found in narrative_references(record.narrative) if found.wanted == "document")


def _voices(record: Record, index: Index) -> Iterator[str]:
    if isinstance(record, Document):
        if record.voice is not None:
            yield record.voice
        return
    yield from (voice for source in cited_sources(record) if (voice := index.voices.get(source)) is not None)
