"""What the start page says of an archive: its counts, where to begin, and questions that find something."""

from __future__ import annotations

from collections import Counter
from typing import Final, Literal

from msgspec import Struct

from jasic_desktop.core.folding import fold
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.core.record_types import RECORD_TYPES, RecordType
from jasic_desktop.core.records import Document, Person
from jasic_desktop.packs.store import Store

_ESSAY: Final = "essay"
_ENTRIES: Final = 3

Script = Literal["english", "chinese", "pinyin"]


class Entry(Struct, frozen=True):
    """A record to begin with: its title, what it is or when, and what it says in one sentence."""

    id: str
    type: RecordType
    title: str
    aside: str
    summary: str


class Sample(Struct, frozen=True):
    """A question of one script that finds something."""

    text: str
    script: Script


def counts(store: Store) -> dict[RecordType, int]:
    """How many records there are of each type, in the order of RECORD_TYPES."""
    column = store.facet("type")
    found = Counter(column.values[number] for row in column.rows for number in row)
    return {record_type: found[record_type] for record_type in RECORD_TYPES}


def entries(store: Store, language: Language) -> tuple[Entry, ...]:
    """The essays; where there are less than three, also the records in which accounts differ most."""
    kinds = store.facet("kind")
    essay = kinds.values.index(_ESSAY) if _ESSAY in kinds.values else -1
    ids = [store.ids[ordinal] for ordinal, row in enumerate(kinds.rows) if essay in row]
    if len(ids) < _ENTRIES:
        ids += _most_disputed(store, _ENTRIES - len(ids))
    return tuple(_entry(store, record_id, language) for record_id in ids[:_ENTRIES])


def samples(store: Store) -> tuple[Sample, ...]:
    """One question in English, one in Chinese, one in pinyin, as far as the archive has such names."""
    found: list[Sample] = []
    topics = _most_frequent(store, "topic", 1)
    if topics and (title := store.title(topics[0]).en):
        found.append(Sample(title[:1].lower() + title[1:] if title[1:2].islower() else title, "english"))
    people = [record for record in store.many(_most_frequent(store, "person", 12)) if isinstance(record, Person)]
    named = [person.names for person in people if person.names.zh_hans and person.names.pinyin]
    if named and named[0].zh_hans:
        found.append(Sample(named[0].zh_hans, "chinese"))
    if len(named) > 1 and named[1].pinyin:
        found.append(Sample(fold(named[1].pinyin), "pinyin"))
    return tuple(found)


def own_rights(store: Store, language: Language) -> str:
    """The licence of the archive's own texts, as its essays name it; empty where there are none."""
    for entry in entries(store, language):
        record = store.get(entry.id)
        if isinstance(record, Document) and record.rights in store.archive.rights:
            return store.archive.rights[record.rights].label.show(language)
    return ""


def _most_disputed(store: Store, wanted: int) -> list[str]:
    doubtful = store.facet("accounts")
    yes = doubtful.values.index("yes") if "yes" in doubtful.values else -1
    ids = [store.ids[ordinal] for ordinal, row in enumerate(doubtful.rows) if yes in row]
    records = sorted(store.many(ids), key=lambda record: (-len(record.accounts), -len(record.statements)))
    return [record.id for record in records[:wanted]]


def _most_frequent(store: Store, facet: str, wanted: int) -> list[str]:
    column = store.facet(facet)
    counted = Counter(number for row in column.rows for number in row)
    return [column.values[number] for number, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))][
        :wanted
    ]


def _entry(store: Store, record_id: str, language: Language) -> Entry:
    record = store.get(record_id)
    date = getattr(record, "date", None)
    kind = store.archive.kinds.get(record.type, {}).get(record.kind)
    aside = kind.label.show(language) if kind is not None else ""
    if record.type == "event" and date is not None:
        aside = date.phrase.show(language)
    text = record.abstract if isinstance(record, Document) and record.abstract is not None else record.summary
    summary = ""
    if text is not None:
        summary, spoken = text.pick(language)
        if spoken != language and (spoken == "en" or language == "en"):
            summary = f"{translate(f'render.in_language.{spoken}', language).strip()} {summary}"
    return Entry(record_id, record.type, record.title.show(language), aside, summary)
