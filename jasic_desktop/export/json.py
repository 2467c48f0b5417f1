"""Records as one JSON document: archive, fingerprint, and each record in canonical form with its sources resolved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from jasic_desktop.core.records import Document, Record
from jasic_desktop.export.options import Options, records
from jasic_desktop.export.provenance import provenance
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import identifier


def record_json(store: Store, record_id: str) -> dict[str, Any]:
    """The shape that `show --json` promises: the canonical record with certainty, sources, connections, fingerprint.

    Raises NotFoundFault when the archive has no such record.
    """
    record = store.get(record_id)
    found = _record(store, record)
    return {**found, "archive": {key: provenance(store)[key] for key in ("id", "title", "version", "rights")}} | {
        "fingerprint": store.fingerprint
    }


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """One JSON document: `{"archive": …, "records": […]}`."""
    yield b'{"archive":' + encode(provenance(store)) + b',"records":['
    for number, record in enumerate(records(store, ids, options)):
        yield (b",\n" if number else b"\n") + encode(_record(store, record))
    yield b"\n]}\n"


def encode(value: Any) -> bytes:
    """Canonical JSON: UTF-8, keys in order, no spaces."""
    return msgspec.json.encode(value, order="sorted")


def _record(store: Store, record: Record) -> dict[str, Any]:
    signs = store.certainties(record.id)
    built: dict[str, Any] = msgspec.to_builtins(record, str_keys=True)
    statements = [
        {
            **statement,
            "certainty": str(signs[statement["id"]]),
            "identifier": identifier(store, record.id, statement["id"]),
        }
        for statement in built.get("statements", ())
    ]
    overall = store.overall(record.id)
    return {
        **built,
        "identifier": identifier(store, record.id),
        "certainty": str(overall) if overall else None,
        "statements": statements,
        "accounts": built.get("accounts", []),
        "sources": [_source(store, source) for source in sources(record)],
        "connections": [
            {
                "to": connection.to,
                "type": store.type(connection.to),
                "title": msgspec.to_builtins(store.title(connection.to)),
                "group": connection.group,
                "reason": msgspec.to_builtins(connection.reason),
                "count": connection.count,
                "sources": list(connection.sources),
            }
            for connection in store.connections(record.id)
        ],
    }


def sources(record: Record) -> tuple[str, ...]:
    """The documents that statements, accounts and links of `record` cite, each once, in order of first citation."""
    found = [source for statement in record.statements for source in statement.sources]
    found += [source for account in record.accounts for answer in account.answers for source in answer.sources]
    found += [source for link in record.links for source in link.sources]
    return tuple(dict.fromkeys(found))


def _source(store: Store, document_id: str) -> dict[str, Any]:
    if document_id not in store.ordinals:
        return {"id": document_id}
    document = store.get(document_id)
    found: dict[str, Any] = {
        "id": document.id,
        "identifier": identifier(store, document.id),
        "title": msgspec.to_builtins(document.title),
    }
    if isinstance(document, Document):
        described = {
            "original_title": document.original_title,
            "authors": list(document.authors),
            "publisher": document.publisher,
            "voice": document.voice,
            "date": document.date.edtf if document.date else None,
            "language": document.language,
            "url": document.url,
        }
        found |= {key: value for key, value in described.items() if value}
    return found
