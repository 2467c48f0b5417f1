"""What must be known of all records before the store of any can be written: order, titles, voices, who names whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from jasic_desktop.core.archive import Archive
from jasic_desktop.core.folding import fold
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.record_types import RECORD_TYPES, RecordType
from jasic_desktop.core.records import Document, Event, Person, Record
from jasic_desktop.packs.references import narrative_references

Many = defaultdict[str, list[str]]

_ORDER: Final = {record_type: number for number, record_type in enumerate(RECORD_TYPES)}


class Index:
    """Gathered from one pass over the records; holds ids and titles, not the records themselves."""

    def __init__(self, archive: Archive, records: Iterable[Record]) -> None:
        self.archive = archive
        self.types: dict[str, RecordType] = {}
        self.titles: dict[str, Localised] = {}
        self.voices: dict[str, str] = {}
        self.above: dict[str, str] = {}
        """The parent of a place or organisation, the broader topic of a topic."""
        self.events: dict[str, tuple[str, ...]] = {}
        """The people and organisations of each event."""
        self.in_events: Many = defaultdict(list)
        self.below: Many = defaultdict(list)
        self.members: Many = defaultdict(list)
        self.about: Many = defaultdict(list)
        self.linked: defaultdict[str, list[tuple[str, str, tuple[str, ...]]]] = defaultdict(list)
        """For each record the links that lead to it: from, reason, sources."""
        self.cited: defaultdict[str, Counter[str]] = defaultdict(Counter)
        """For each document how many statements and answers of which records cite it."""
        self.mentioned: Many = defaultdict(list)
        keys: dict[str, tuple[object, ...]] = {}
        for record in records:
            keys[record.id] = self._add(record)
        self.ids: tuple[str, ...] = tuple(sorted(keys, key=lambda record_id: keys[record_id]))
        self.ordinals = {record_id: ordinal for ordinal, record_id in enumerate(self.ids)}

    def _add(self, record: Record) -> tuple[object, ...]:
        """Note one record; its key in the order of the store: type, then date where it has one, then title."""
        self.types[record.id] = record.type
        self.titles[record.id] = record.title
        above = getattr(record, "parent", None) or getattr(record, "broader", None)
        if above is not None:
            self.above[record.id] = above
            self.below[above].append(record.id)
        for link in record.links:
            self.linked[link.to].append((record.id, link.reason, link.sources))
        for source in cited_sources(record):
            self.cited[source][record.id] += 1
        if record.narrative is not None:
            for target in dict.fromkeys(r.target for r in narrative_references(record.narrative) if r.wanted is None):
                self.mentioned[target].append(record.id)
        date: tuple[str, ...] = ()
        if isinstance(record, Event):
            self.events[record.id] = record.people + record.organisations
            for target in dict.fromkeys(record.people + record.organisations + record.places + record.topics):
                self.in_events[target].append(record.id)
            date = record.date.sort_key
        elif isinstance(record, Document):
            if record.voice is not None:
                self.voices[record.id] = record.voice
            for target in dict.fromkeys(record.about + record.topics):
                self.about[target].append(record.id)
            date = record.date.sort_key if record.date is not None else ("~",)
        elif isinstance(record, Person):
            for organisation in record.affiliations:
                self.members[organisation].append(record.id)
        return (_ORDER[record.type], date, fold(record.title.show("en")), record.id)

    def upwards(self, record_id: str) -> Iterator[str]:
        """`record_id` and everything above it."""
        seen: set[str] = set()
        here: str | None = record_id
        while here is not None and here not in seen:
            seen.add(here)
            yield here
            here = self.above.get(here)


def cited_sources(record: Record) -> Iterator[str]:
    """The documents that the statements and answers of `record` cite, as often as they do."""
    for statement in record.statements:
        yield from statement.sources
    for account in record.accounts:
        for answer in account.answers:
            yield from answer.sources
