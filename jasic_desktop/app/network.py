"""The people and organisations around a record, for a small drawing: those that share most events with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from jasic_desktop.core.languages import Language
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.core.records import Person, Record
from jasic_desktop.packs.connections import MOST as MOST_KEPT
from jasic_desktop.packs.store import Connection, EventRow, Store
from jasic_desktop.render.visible import one_line

MOST: Final = 6
"""Neighbours drawn; the list has the rest."""
_LONGEST_TITLE: Final = 120


class Neighbour(Struct, frozen=True):
    """A person or an organisation near a record; `count` events have both, 0 where that is not what joins them."""

    id: str
    type: RecordType
    title: str
    count: int


def neighbours(
    store: Store,
    record: Record,
    connections: Sequence[Connection],
    events: Mapping[str, EventRow],
    language: Language,
) -> tuple[Neighbour, ...]:
    """The nearest neighbours, at most MOST, the nearest first."""
    found = dict.fromkeys(_joined(record, connections), 0)
    shared = {connection.to: connection.count for connection in connections if connection.group == "same-events"}
    if record.type in ("place", "topic"):
        rows = [events[item.to] for item in connections if item.group == "events" and item.to in events]
        shared = dict(Counter(other for row in rows for other in (*row.people, *row.organisations)))
        if len(rows) >= MOST_KEPT:
            # The archive keeps no more of them: the order may stand, a number would be wrong.
            found = dict.fromkeys(sorted(shared, key=lambda other: -shared[other]), 0)
            shared = {}
    counts = {**found, **shared}
    counts.pop(record.id, None)
    nearest = sorted((other for other in counts if other in store.ordinals), key=lambda other: -counts[other])
    return tuple(_neighbours(store, nearest, counts, language))


def _joined(record: Record, connections: Iterable[Connection]) -> Iterator[str]:
    """Whom it hangs together with otherwise than by events, in the order of the archive."""
    for connection in connections:
        if connection.group in ("people", "organisations", "members", "links", "parts"):
            yield connection.to
    if isinstance(record, Person):
        yield from record.affiliations


def _neighbours(
    store: Store, nearest: Iterable[str], counts: Mapping[str, int], language: Language
) -> Iterator[Neighbour]:
    taken = 0
    for other in nearest:
        record_type = store.type(other)
        if record_type in ("person", "organisation"):
            title = one_line(store.title(other).show(language)[:_LONGEST_TITLE])
            yield Neighbour(other, record_type, title, counts[other])
            taken += 1
        if taken == MOST:
            return
