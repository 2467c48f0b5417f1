"""Records as CSL-JSON, which Zotero, Pandoc and citeproc read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from jasic_desktop.core.records import Record
from jasic_desktop.export.bibliography import entry
from jasic_desktop.export.json import encode
from jasic_desktop.export.options import Options, records
from jasic_desktop.packs.store import Store


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """One array of items."""
    yield b"["
    for number, record in enumerate(records(store, ids, options)):
        yield (b",\n" if number else b"\n") + encode(item(store, record, options))
    yield b"\n]\n"


def item(store: Store, record: Record, options: Options) -> dict[str, Any]:
    """One item; names are literal, because the archive does not part family names from given ones."""
    work = entry(store, record, options.language)
    found: dict[str, Any] = {
        "id": work.id,
        "type": work.genre.csl,
        "title": work.title,
        "archive": work.archive,
        "archive_location": work.identifier,
        # CSL has no field for a title in another language, nor for rights.
        "note": ". ".join(filter(None, (work.other_title, work.note, work.rights))),
    }
    if work.authors:
        found["author"] = [{"literal": author} for author in work.authors]
    if work.publisher:
        journal = work.genre.publisher_field == "journal" or work.genre.csl == "entry"
        found["container-title" if journal else "publisher"] = work.publisher
    if work.issued:
        found["issued"] = {"date-parts": [part.known() for part in work.issued]}
        if work.circa:
            found["issued"]["circa"] = True
    optional = {"URL": work.url, "language": work.language, "abstract": work.abstract}
    return found | {key: value for key, value in optional.items() if value}
