"""Where an export comes from: archive, version, fingerprint, rights; and the names of its parts among other data."""

from __future__ import annotations

from typing import Any

import msgspec

from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import identifier


def provenance(store: Store) -> dict[str, Any]:
    """The archive as a program reads it: what it is, which edition, its fingerprint and its rights."""
    archive = store.archive
    return {
        "id": archive.id,
        "title": msgspec.to_builtins(archive.title),
        "version": archive.version,
        "sequence": archive.sequence,
        "date": archive.date,
        "fingerprint": store.fingerprint,
        "rights": msgspec.to_builtins(archive.rights_note),
        "editor": archive.editor,
        "contact": msgspec.to_builtins(archive.contact),
    }


def iri(store: Store, record_id: str, part: str | None = None) -> str:
    """The name of a record, or of a statement or account of it, for other programs: its stable identifier.

    A record that the archive does not have is one of the type `record`.
    """
    if record_id in store.ordinals:
        return identifier(store, record_id, part)
    return store.archive.identifier("record", record_id, part)


def archive_iri(store: Store) -> str:
    """The name of the archive in this edition."""
    return f"{store.archive.id}:archive@{store.archive.version}"
