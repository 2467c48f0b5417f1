"""Records as a graph (GraphML): a node a record, an edge for each reason they are connected and for shared events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.core.records import Document, Event, Organisation, Person, Place, Record, Topic
from jasic_desktop.export.json import sources
from jasic_desktop.export.options import Options, records
from jasic_desktop.export.provenance import archive_iri
from jasic_desktop.export.xml import DECLARATION, tag, text
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive, identifier

_GRAPH: Final = ("archive", "identifier", "version", "fingerprint", "rights")
_NODE: Final = (
    *("label", "identifier", "type", "kind", "title_en", "title_zh_hans", "title_zh_hant", "pinyin"),
    *("date", "earliest", "latest", "lat", "lon", "certainty", "alleged"),
)
_EDGE: Final = ("relation", "label", "weight", "sources")
_TYPES: Final = {"lat": "double", "lon": "double", "weight": "int", "alleged": "int"}


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """One directed graph of the records: edges lead only to records that leave too, from the one that says so.

    Records that took part in the same events have one edge, weighted with their number.
    """
    wanted = frozenset(ids)
    yield _head(store, options.language).encode()
    edges: list[str] = []
    for record in records(store, ids, options):
        yield _node(store, record, options.language).encode()
        edges.extend(_edges(store, record, wanted, options.language))
    for start in range(0, len(edges), 1000):
        yield "".join(edges[start : start + 1000]).encode()
    yield b"</graph>\n</graphml>\n"


def _head(store: Store, language: Language) -> str:
    archive = store.archive
    keys = (
        tag("key", id=f"{on}_{name}", for_=on, **{"attr.name": name, "attr.type": _TYPES.get(name, "string")})
        for on, names in (("graph", _GRAPH), ("node", _NODE), ("edge", _EDGE))
        for name in names
    )
    told = {
        "archive": cite_archive(store, language),
        "identifier": archive_iri(store),
        "version": archive.version,
        "fingerprint": store.fingerprint,
        "rights": archive.rights_note.show(language),
    }
    return (
        f'{DECLARATION}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n{"".join(keys)}'
        f'<graph id="{text(archive.id)}" edgedefault="directed">\n{_data("graph", told)}'
    )


def _data(on: str, values: Mapping[str, str | None]) -> str:
    return "".join(tag("data", text(value), key=f"{on}_{name}") for name, value in values.items() if value)


def _node(store: Store, record: Record, language: Language) -> str:
    overall = store.overall(record.id)
    told: dict[str, str | None] = {
        "label": record.title.show(language),
        "identifier": identifier(store, record.id),
        "type": record.type,
        "kind": record.kind,
        "title_en": record.title.en,
        "title_zh_hans": record.title.zh_hans,
        "title_zh_hant": record.title.zh_hant,
        "certainty": str(overall) if overall else None,
        "alleged": str(sum(statement.alleged for statement in record.statements) or ""),
    }
    if isinstance(record, Person | Organisation | Place | Topic):
        told["pinyin"] = record.names.pinyin
    if isinstance(record, Event | Document) and record.date:
        told |= {"date": record.date.edtf, "earliest": record.date.earliest, "latest": record.date.latest}
    if isinstance(record, Place):
        told |= {"lat": record.lat, "lon": record.lon}
    return tag("node", _data("node", told), id=record.id)


def _edges(store: Store, record: Record, wanted: frozenset[str], language: Language) -> Iterator[str]:
    for link in record.links:
        reason = store.archive.reasons.get(link.reason)
        label = reason.label.show(language) if reason else link.reason
        if link.to in wanted:
            yield _edge(record.id, link.to, link.reason, label, 1, link.sources)
    for relation, targets in _relations(record):
        for target in dict.fromkeys(targets):
            if target in wanted:
                yield _edge(record.id, target, relation, translate(f"export.relation.{relation}", language), 1, ())
    for connection in store.connections(record.id):
        # Each of the two has it: the first of them in the archive tells it.
        first = store.ordinals[record.id] < store.ordinals[connection.to]
        if connection.group == "same-events" and connection.to in wanted and first:
            label = connection.reason.show(language)
            yield _edge(record.id, connection.to, "same-events", label, connection.count, connection.sources)


def _relations(record: Record) -> Iterator[tuple[str, Sequence[str]]]:
    if isinstance(record, Person):
        yield "affiliation", record.affiliations
    elif isinstance(record, Organisation | Place):
        yield "part-of", (record.parent,) if record.parent else ()
    elif isinstance(record, Topic):
        yield "broader", (record.broader,) if record.broader else ()
    elif isinstance(record, Event):
        yield "place", record.places
        yield "took-part", (*record.people, *record.organisations)
        yield "topic", record.topics
    else:
        yield "about", record.about
        yield "topic", record.topics
    yield "cites", sources(record)


def _edge(start: str, end: str, relation: str, label: str, weight: int, cited: Sequence[str]) -> str:
    told: dict[str, str | None] = {
        "relation": relation,
        "label": label,
        "weight": str(weight),
        "sources": "; ".join(cited),
    }
    return tag("edge", _data("edge", told), source=start, target=end)
