"""How well an archive is carried: statements by voices and certainty, people by voices, titles in Chinese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from jasic_desktop.core.certainty import Certainty, certainties, voices
from jasic_desktop.core.record_types import RECORD_TYPES
from jasic_desktop.core.records import Document, Person, Record


class TypeCoverage(msgspec.Struct, frozen=True):
    """One type of record: how many there are, how many have a title in Chinese, how many a summary."""

    records: int
    in_chinese: int
    with_summary: int


class Coverage(msgspec.Struct, frozen=True):
    """The tables of coverage. Voices are counted as "0", "1", "2", "3+"."""

    types: dict[str, TypeCoverage]
    statements: int
    statements_by_voices: dict[str, int]
    statements_by_certainty: dict[str, int]
    people_by_voices: dict[str, int]
    accounts: int
    documents_with_voice: int
    documents_cited: int


def coverage(records: Sequence[Record]) -> Coverage:
    """The tables for `records`."""
    voice = {record.id: record.voice for record in records if isinstance(record, Document)}
    statements: Counter[str] = Counter()
    signs: Counter[Certainty] = Counter()
    people: Counter[str] = Counter()
    cited: set[str] = set()
    for record in records:
        about: set[str] = set()
        for statement in record.statements:
            spoken = voices(statement.sources, voice.get)
            statements[_bucket(len(spoken))] += 1
            about |= spoken
            cited.update(statement.sources)
        for account in record.accounts:
            for answer in account.answers:
                about |= voices(answer.sources, voice.get)
                cited.update(answer.sources)
        signs.update(certainties(record, voice.get).values())
        if isinstance(record, Person):
            people[_bucket(len(about))] += 1
    buckets = ("0", "1", "2", "3+")
    return Coverage(
        types={record_type: _type(records, record_type) for record_type in RECORD_TYPES},
        statements=sum(statements.values()),
        statements_by_voices={bucket: statements[bucket] for bucket in buckets},
        statements_by_certainty={sign.value: signs[sign] for sign in Certainty},
        people_by_voices={bucket: people[bucket] for bucket in buckets},
        accounts=sum(len(record.accounts) for record in records),
        documents_with_voice=sum(spoken is not None for spoken in voice.values()),
        documents_cited=len(cited & voice.keys()),
    )


def _bucket(count: int) -> str:
    return str(count) if count < 3 else "3+"


def _type(records: Sequence[Record], record_type: str) -> TypeCoverage:
    chosen = [record for record in records if record.type == record_type]
    return TypeCoverage(
        records=len(chosen),
        in_chinese=sum(record.title.zh_hans is not None or record.title.zh_hant is not None for record in chosen),
        with_summary=sum(record.summary is not None for record in chosen),
    )
