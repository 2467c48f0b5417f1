"""Records as lines that search servers take in: the bulk form of OpenSearch, and JSON documents for Solr."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from jasic_desktop.core.blocks import plain
from jasic_desktop.core.dates import Date
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Event, Organisation, Person, Place, Record, Topic
from jasic_desktop.export.json import encode, sources
from jasic_desktop.export.options import Options, records
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import identifier
from jasic_desktop.render.numbering import texts

MAPPING: Final[dict[str, Any]] = {
    "dynamic": False,
    "properties": {
        **{
            field: {"type": "keyword"}
            for field in (
                *("id", "identifier", "archive", "version", "fingerprint", "type", "kind", "names", "certainty"),
                *("alleged", "date", "language", "people", "organisations", "places", "topics", "sources", "links"),
            )
        },
        **{
            f"{field}_{name}": {"type": "text", "analyzer": analyzer}
            for field in ("title", "text")
            for name, analyzer in (("en", "english"), ("zh_hans", "cjk"), ("zh_hant", "cjk"))
        },
        "rights": {"type": "text"},
        "url": {"type": "keyword", "ignore_above": 8191},
        "earliest": {"type": "date"},
        "latest": {"type": "date"},
        "location": {"type": "geo_point"},
    },
}
"""What OpenSearch is told of the fields before the first line, so that Chinese is found and dates can be narrowed."""

_SOLR: Final = {
    **dict.fromkeys(
        ("identifier", "archive", "version", "fingerprint", "type", "kind", "date", "language", "url"), "s"
    ),
    **dict.fromkeys(("names", "certainty", "people", "organisations", "places", "topics", "sources", "links"), "ss"),
    **{f"{field}_{name}": end for field in ("title", "text") for name, end in (("en", "txt_en"),)},
    **{f"{field}_{name}": "txt_cjk" for field in ("title", "text") for name in ("zh_hans", "zh_hant")},
    **dict.fromkeys(("earliest", "latest"), "dt"),
    "alleged": "ss",
    "rights": "t",
    "location": "p",
}
"""The endings of Solr's default configuration by which it knows what a field is."""


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """For each record a line that says where it goes, and one with its fields; a record's id is the document's."""
    for record in records(store, ids, options):
        action = {"index": {"_index": store.archive.id, "_id": record.id}}
        yield encode(action) + b"\n" + encode(document(store, record, options.language)) + b"\n"


def write_solr(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """One JSON document a line, with fields named so that Solr's default configuration knows what they are."""
    for record in records(store, ids, options):
        fields = document(store, record, options.language)
        yield encode(dict(_solr(name, value) for name, value in fields.items())) + b"\n"


def document(store: Store, record: Record, language: Language) -> dict[str, Any]:
    """The fields of a record for a search server, without those it has nothing for."""
    archive = store.archive
    signs = store.certainties(record.id)
    found: dict[str, Any] = {
        "id": record.id,
        "identifier": identifier(store, record.id),
        "archive": archive.title.show(language),
        "version": archive.version,
        "fingerprint": store.fingerprint,
        "rights": archive.rights_note.show(language),
        "type": record.type,
        "kind": record.kind,
        **_each("title", [record.title]),
        **_text(record),
        "certainty": list(dict.fromkeys(map(str, signs.values()))),
        "alleged": [statement.id for statement in record.statements if statement.alleged],
        "sources": list(sources(record)),
        "links": [link.to for link in record.links],
    }
    if isinstance(record, Person | Organisation | Place | Topic):
        names = record.names
        spoken = (names.display, names.zh_hans, names.zh_hant, names.pinyin, *(other.name for other in names.others))
        found["names"] = list(dict.fromkeys(filter(None, spoken)))
    if isinstance(record, Place) and record.lat and record.lon:
        found["location"] = f"{float(record.lat)},{float(record.lon)}"
    if isinstance(record, Event):
        found |= {"people": record.people, "organisations": record.organisations, "places": record.places}
    if isinstance(record, Event | Document):
        found |= {"topics": record.topics, **_date(record.date)}
    if isinstance(record, Document):
        found |= {"language": record.language, "url": record.url}
    return {name: value for name, value in found.items() if value}


def _text(record: Record) -> dict[str, str]:
    """All that is to be searched in, by language: summary, abstract, running text, statements, accounts."""
    parts: list[Localised] = [record.summary] if record.summary else []
    if isinstance(record, Document):
        parts += filter(None, (record.abstract, record.note))
    if isinstance(record, Topic):
        parts.append(record.scope_note)
    parts += [statement.text for statement in record.statements]
    for account in record.accounts:
        parts += [account.question, *(answer.text for answer in account.answers)]
    found = _each("text", parts)
    if record.narrative:
        held = (record.narrative.en, record.narrative.zh_hans, record.narrative.zh_hant)
        for language, blocks in zip(LANGUAGES, held, strict=True):
            name = f"text_{_name(language)}"
            told = "\n".join(filter(None, (found.get(name), *map(plain, texts(blocks)))))
            if told:
                found[name] = told
    return found


def _each(field: str, parts: Sequence[Localised]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for part in parts:
        for language, words in part.items():
            found.setdefault(f"{field}_{_name(language)}", []).append(words)
    return {name: "\n".join(lines) for name, lines in found.items()}


def _name(language: Language) -> str:
    return language.lower().replace("-", "_")


def _date(date: Date | None) -> dict[str, str | None]:
    return {"date": date.edtf, "earliest": date.earliest, "latest": date.latest} if date else {}


def _solr(name: str, value: Any) -> tuple[str, Any]:
    ending = _SOLR.get(name)
    if ending == "dt":
        value = f"{value}T00:00:00Z"
    return (f"{name}_{ending}" if ending else name), value
