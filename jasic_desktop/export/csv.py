"""Records as a table with one row a record, and their statements as a table with one row a statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from jasic_desktop.core.dates import Date
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Event, Organisation, Person, Place, Record, Topic
from jasic_desktop.export import tables
from jasic_desktop.export.json import sources
from jasic_desktop.export.options import Options, records
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import identifier

_LOCALISED: Final = tuple(language.lower().replace("-", "_") for language in LANGUAGES)
_ARCHIVE: Final = ("archive", "version", "fingerprint", "rights")
_RECORD: Final = (
    *("identifier", "id", "type", "kind"),
    *(f"title_{language}" for language in _LOCALISED),
    *("pinyin", "other_names", "roles", "affiliations", "parent", "lat", "lon"),
    *("date", "earliest", "latest", "date_words", "places", "people", "organisations", "topics"),
    *("authors", "publisher", "voice", "language", "url", "original_title", "about"),
    *(f"summary_{language}" for language in _LOCALISED),
    *("certainty", "statements", "accounts", "sources"),
    *_ARCHIVE,
)
_STATEMENT: Final = (
    *("identifier", "record", "type"),
    *(f"title_{language}" for language in _LOCALISED),
    *("statement", "date", "earliest", "latest", "date_words", "place"),
    *(f"text_{language}" for language in _LOCALISED),
    *("certainty", "fact", "sources"),
    *_ARCHIVE,
)


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """One row a record. Cells with several values hold ids or names separated by semicolons."""
    archive = _archive(store, options.language)
    cells = ({**_record(store, record, options.language), **archive} for record in records(store, ids, options))
    return tables.rows(_RECORD, cells)


def write_statements(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """One row a statement, with the record it belongs to."""
    archive = _archive(store, options.language)
    cells = (
        {**row, **archive}
        for record in records(store, ids, options)
        for row in _statements(store, record, options.language)
    )
    return tables.rows(_STATEMENT, cells)


def _archive(store: Store, language: Language) -> dict[str, str]:
    archive = store.archive
    return {
        "archive": archive.title.show(language),
        "version": archive.version,
        "fingerprint": store.fingerprint,
        "rights": archive.rights_note.show(language),
    }


def _record(store: Store, record: Record, language: Language) -> dict[str, str]:
    overall = store.overall(record.id)
    cells = {
        "identifier": identifier(store, record.id),
        "id": record.id,
        "type": record.type,
        "kind": record.kind,
        **_texts("title", record.title),
        **_texts("summary", record.summary),
        "certainty": str(overall or ""),
        "statements": str(len(record.statements)),
        "accounts": str(len(record.accounts)),
        "sources": _list(sources(record)),
    }
    if isinstance(record, Person | Organisation | Place | Topic):
        cells["pinyin"] = record.names.pinyin or ""
        cells["other_names"] = _list(other.name for other in record.names.others)
    if isinstance(record, Person):
        cells |= {"roles": _list(record.roles), "affiliations": _list(record.affiliations)}
    elif isinstance(record, Organisation):
        cells["parent"] = record.parent or ""
    elif isinstance(record, Place):
        cells |= {"parent": record.parent or "", "lat": record.lat or "", "lon": record.lon or ""}
    elif isinstance(record, Topic):
        cells["parent"] = record.broader or ""
    elif isinstance(record, Event):
        cells |= _date(record.date, language)
        cells |= {"places": _list(record.places), "people": _list(record.people), "topics": _list(record.topics)}
        cells["organisations"] = _list(record.organisations)
    else:
        cells |= {**_date(record.date, language), **_document(record)}
    return cells


def _document(document: Document) -> dict[str, str]:
    return {
        "authors": _list(document.authors),
        "publisher": document.publisher or "",
        "voice": document.voice or "",
        "language": document.language or "",
        "url": document.url or "",
        "original_title": document.original_title or "",
        "about": _list(document.about),
        "topics": _list(document.topics),
    }


def _statements(store: Store, record: Record, language: Language) -> Iterator[dict[str, str]]:
    signs = store.certainties(record.id)
    for statement in record.statements:
        yield {
            "identifier": identifier(store, record.id, statement.id),
            "record": record.id,
            "type": record.type,
            **_texts("title", record.title),
            "statement": statement.id,
            **_date(statement.date, language),
            "place": statement.place or "",
            **_texts("text", statement.text),
            "certainty": str(signs[statement.id]),
            "fact": statement.fact or "",
            "sources": _list(statement.sources),
        }


def _texts(column: str, text: Localised | None) -> dict[str, str]:
    texts = text.items() if text is not None else ()
    return {f"{column}_{language.lower().replace('-', '_')}": words for language, words in texts}


def _date(date: Date | None, language: Language) -> dict[str, str]:
    if date is None:
        return {}
    ends = {"earliest": date.earliest or "", "latest": date.latest or ""}
    return {"date": date.edtf, **ends, "date_words": date.phrase.show(language)}


def _list(values: Iterable[str]) -> str:
    return "; ".join(values)
