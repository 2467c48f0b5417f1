"""Records, their statements and the accounts that differ as cells of tables; the first two as CSV."""

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
RECORD: Final = (
    *("identifier", "id", "type", "kind"),
    *(f"title_{language}" for language in _LOCALISED),
    *("pinyin", "other_names", "roles", "affiliations", "parent", "lat", "lon"),
    *("date", "earliest", "latest", "date_words", "places", "people", "organisations", "topics"),
    *("authors", "publisher", "voice", "language", "url", "original_title", "about"),
    *(f"summary_{language}" for language in _LOCALISED),
    *("certainty", "statements", "accounts", "sources"),
)
"""The columns of a table of records."""
STATEMENT: Final = (
    *("identifier", "record", "type"),
    *(f"title_{language}" for language in _LOCALISED),
    *("statement", "date", "earliest", "latest", "date_words", "place"),
    *(f"text_{language}" for language in _LOCALISED),
    *("certainty", "fact", "sources"),
)
"""The columns of a table of statements."""
ACCOUNT: Final = (
    *("identifier", "record", "type"),
    *(f"title_{language}" for language in _LOCALISED),
    *("account", "statements"),
    *(f"question_{language}" for language in _LOCALISED),
    "answer",
    *(f"text_{language}" for language in _LOCALISED),
    "sources",
)
"""The columns of a table of accounts: one row an answer, by its number."""


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """One row a record. Cells with several values hold ids or names separated by semicolons."""
    archive = _archive(store, options.language)
    cells = ({**record_cells(store, record, options.language), **archive} for record in records(store, ids, options))
    return tables.rows((*RECORD, *_ARCHIVE), cells)


def write_statements(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """One row a statement, with the record it belongs to."""
    archive = _archive(store, options.language)
    cells = (
        {**row, **archive}
        for record in records(store, ids, options)
        for row in statement_cells(store, record, options.language)
    )
    return tables.rows((*STATEMENT, *_ARCHIVE), cells)


def _archive(store: Store, language: Language) -> dict[str, str]:
    archive = store.archive
    return {
        "archive": archive.title.show(language),
        "version": archive.version,
        "fingerprint": store.fingerprint,
        "rights": archive.rights_note.show(language),
    }


def record_cells(store: Store, record: Record, language: Language) -> dict[str, str]:
    """The cells of a record, by column; cells with several values hold them separated by semicolons."""
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


def statement_cells(store: Store, record: Record, language: Language) -> Iterator[dict[str, str]]:
    """The cells of each statement of a record, by column."""
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


def account_cells(store: Store, record: Record) -> Iterator[dict[str, str]]:
    """The cells of each answer to each question of a record, by column."""
    for account in record.accounts:
        for number, answer in enumerate(account.answers, 1):
            yield {
                "identifier": identifier(store, record.id),
                "record": record.id,
                "type": record.type,
                **_texts("title", record.title),
                "account": account.id,
                "statements": _list(account.statements),
                **_texts("question", account.question),
                "answer": str(number),
                **_texts("text", answer.text),
                "sources": _list(answer.sources),
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
