"""How a record hangs together with others: its own links, those of others to it, and what they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from jasic_desktop.core.i18n import localised
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Event, Person, Record
from jasic_desktop.packs.store_index import Index

GROUPS: Final = (
    *("links", "people", "organisations", "places", "topics", "events", "same-events"),
    *("members", "parts", "documents", "cited-by"),
)
"""The groups in the order they are shown."""
MOST: Final = 200
"""Connections kept of one group: beyond that a list is no help, and a question to the search is."""


class Connection(msgspec.Struct, frozen=True):
    """A connection to the record `to`: its group (one of GROUPS), why, how often (shared events, citing statements),
    and the documents that say so.
    """

    to: str
    group: str
    reason: Localised
    count: int = 1
    sources: tuple[str, ...] = ()


def connections_of(record: Record, index: Index) -> tuple[Connection, ...]:
    """The connections of `record`, by group; in a group the strongest first, then in the order of the store."""
    kept: dict[tuple[str, str, str], Connection] = {}
    for connection in _all(record, index):
        if connection.to != record.id and connection.to in index.ordinals:
            kept.setdefault((connection.group, connection.to, connection.reason.show("en")), connection)

    def place(connection: Connection) -> tuple[int, int, int]:
        by_date = connection.group in ("events", "documents")
        return GROUPS.index(connection.group), 0 if by_date else -connection.count, index.ordinals[connection.to]

    taken: Counter[str] = Counter()
    result = []
    for connection in sorted(kept.values(), key=place):
        taken[connection.group] += 1
        if taken[connection.group] <= MOST:
            result.append(connection)
    return tuple(result)


def _all(record: Record, index: Index) -> Iterator[Connection]:
    yield from _links(record, index)
    yield from _own(record)
    above = index.above.get(record.id)
    if above is not None:
        yield Connection(above, "parts", _words("broader" if record.type == "topic" else "part_of"))
    yield from _each(index.below[record.id], "parts", "narrower" if record.type == "topic" else "has_part")
    yield from _each(index.members[record.id], "members", "member")
    if not isinstance(record, Event):
        yield from _each(index.in_events[record.id], "events", f"{record.type}_in_event")
    if record.type in ("person", "organisation"):
        shared = Counter(
            other for event in index.in_events[record.id] for other in index.events[event] if other != record.id
        )
        for other, count in shared.items():
            yield Connection(other, "same-events", _words("same_events"), count)
    yield from _each(index.about[record.id], "documents", "document_about")
    yield from _each(index.mentioned[record.id], "documents", "mentions")
    for other, count in index.cited[record.id].items():
        yield Connection(other, "cited-by", _words("cites"), count)


def _links(record: Record, index: Index) -> Iterator[Connection]:
    reasons = index.archive.reasons
    for link in record.links:
        reason = reasons.get(link.reason)
        yield Connection(link.to, "links", reason.label if reason else _words("linked"), 1, link.sources)
    for other, key, sources in index.linked[record.id]:
        reason = reasons.get(key)
        label = (reason.inverse or reason.label) if reason else _words("linked")
        yield Connection(other, "links", label, 1, sources)


def _own(record: Record) -> Iterator[Connection]:
    match record:
        case Event():
            yield from _each(record.people, "people", "event_person")
            yield from _each(record.organisations, "organisations", "event_organisation")
            yield from _each(record.places, "places", "event_place")
            yield from _each(record.topics, "topics", "about_topic")
        case Document():
            yield from _each(record.about, "links", "about")
            yield from _each(record.topics, "topics", "about_topic")
        case Person():
            yield from _each(record.affiliations, "organisations", "affiliated")


def _each(ids: Iterable[str], group: str, reason: str) -> Iterator[Connection]:
    words = _words(reason)
    for record_id in ids:
        yield Connection(record_id, group, words)


def _words(key: str) -> Localised:
    return localised(f"packs.connection.{key}")
