"""Records as simple Dublin Core in the XML form that repositories harvest (oai_dc), one element a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Event, Organisation, Person, Place, Record, Topic
from jasic_desktop.export import told
from jasic_desktop.export.options import Options, records
from jasic_desktop.export.provenance import archive_iri, iri
from jasic_desktop.export.xml import DECLARATION, each, tag, text
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.wording import Words

_ROOT: Final = (
    '<records xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
)
# The words of DCMI's own list of types, where it has one.
_TYPES: Final = {"event": "Event", "document": "Text"}


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """`<records>` with an `oai_dc:dc` for the archive, then one for each record."""
    words = Words(options.language)
    yield (DECLARATION + _ROOT + _archive(store, words)).encode()
    for record in records(store, ids, options):
        yield tag("oai_dc:dc", _elements(store, record, words)).encode()
    yield b"</records>\n"


def _archive(store: Store, words: Words) -> str:
    archive = store.archive
    return tag(
        "oai_dc:dc",
        (
            each("dc:title", archive.title),
            tag("dc:identifier", text(archive_iri(store))),
            tag("dc:identifier", text(f"sha512:{store.fingerprint}")),
            tag("dc:type", "Collection"),
            tag("dc:creator", text(archive.editor)),
            tag("dc:date", text(archive.date)),
            each("dc:description", archive.description),
            each("dc:description", archive.curation),
            tag("dc:source", text(cite_archive(store, words.language))),
            each("dc:rights", archive.rights_note),
        ),
    )


def _elements(store: Store, record: Record, words: Words) -> Iterator[str]:
    yield each("dc:title", record.title)
    yield from _more_names(record)
    yield tag("dc:identifier", text(iri(store, record.id)))
    kind = store.archive.kinds.get(record.type, {}).get(record.kind)
    if record.type in _TYPES:
        yield tag("dc:type", _TYPES[record.type])
    yield tag("dc:type", text(record.type))
    yield each("dc:type", kind.label if kind else None)
    yield each("dc:description", record.summary)
    yield from _of_type(store, record)
    for line in (
        *told.paragraphs(record, words),
        *told.statements(store, record, words),
        *told.accounts(record, words),
    ):
        yield tag("dc:description", text(line.words), xml__lang=line.language)
    for line in told.cited(store, record, words):
        yield tag("dc:source", text(line.words))
    for link in record.links:
        yield tag("dc:relation", text(iri(store, link.to)))
    yield tag("dc:relation", text(archive_iri(store)))
    yield each("dc:rights", store.archive.rights_note)


def _more_names(record: Record) -> Iterator[str]:
    if isinstance(record, Person | Organisation | Place | Topic):
        if record.names.pinyin:
            yield tag("dc:title", text(record.names.pinyin), xml__lang="zh-Latn-pinyin")
        for other in record.names.others:
            yield tag("dc:title", text(other.name))


def _of_type(store: Store, record: Record) -> Iterator[str]:
    if isinstance(record, Event):
        yield tag("dc:date", text(record.date.edtf))
        yield _titles(store, "dc:coverage", record.places)
        yield _titles(store, "dc:contributor", (*record.people, *record.organisations))
        yield _titles(store, "dc:subject", record.topics)
    elif isinstance(record, Person):
        yield _titles(store, "dc:relation", record.affiliations)
    elif isinstance(record, Organisation):
        yield _titles(store, "dc:relation", filter(None, (record.parent,)))
    elif isinstance(record, Place):
        yield _titles(store, "dc:coverage", filter(None, (record.parent,)))
        if record.lat and record.lon:
            yield tag("dc:coverage", text(f"north={record.lat}; east={record.lon}"))
    elif isinstance(record, Topic):
        yield each("dc:description", record.scope_note)
        yield _titles(store, "dc:subject", filter(None, (record.broader,)))
    else:
        yield from _document(store, record)


def _document(store: Store, document: Document) -> Iterator[str]:
    if document.original_title:
        yield tag("dc:title", text(document.original_title))
    for author in document.authors:
        yield tag("dc:creator", text(author))
    if document.publisher:
        yield tag("dc:publisher", text(document.publisher))
    if document.date:
        yield tag("dc:date", text(document.date.edtf))
    if document.language:
        yield tag("dc:language", text(document.language))
    if document.url:
        yield tag("dc:identifier", text(document.url))
    yield each("dc:description", document.abstract)
    yield each("dc:description", document.note)
    yield each("dc:format", document.seen)
    yield _titles(store, "dc:subject", (*document.about, *document.topics))
    term = store.archive.rights.get(document.rights)
    yield each("dc:rights", term.label if term else None)


def _titles(store: Store, name: str, ids: Iterable[str]) -> str:
    return "".join(each(name, _title(store, record_id)) for record_id in ids)


def _title(store: Store, record_id: str) -> Localised:
    return store.title(record_id) if record_id in store.ordinals else Localised(en=record_id)
