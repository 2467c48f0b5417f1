"""Where an export comes from, as every format carries it: archive, version, fingerprint, rights."""

from __future__ import annotations

from typing import Any

import msgspec

from jasic_desktop.packs.store import Store


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
