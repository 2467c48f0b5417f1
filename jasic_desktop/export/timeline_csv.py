"""The timeline as a table: one row an event, in order of date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jasic_desktop.core.languages import Language
from jasic_desktop.export import tables
from jasic_desktop.packs.store import EventRow, Store
from jasic_desktop.render.citation import identifier

_COLUMNS: Final = (
    *("identifier", "id", "date", "earliest", "latest", "date_words", "title", "title_zh", "kind", "lane", "certainty"),
    *("places", "people", "organisations", "topics", "archive", "version", "fingerprint"),
)


def timeline_csv(store: Store, rows: Sequence[EventRow], language: Language) -> str:
    """The events as CSV text (it begins with a byte order mark, by which spreadsheets know UTF-8)."""
    archive = store.archive
    cells = (
        {
            "identifier": identifier(store, row.id),
            "id": row.id,
            "date": row.date.edtf,
            "earliest": row.date.earliest or "",
            "latest": row.date.latest or "",
            "date_words": row.date.phrase.show(language),
            "title": row.title.show("en"),
            "title_zh": row.title.exact("zh-Hant" if language == "zh-Hant" else "zh-Hans") or "",
            "kind": row.kind,
            "lane": row.lane or "",
            "certainty": str(row.certainty or ""),
            "places": "; ".join(row.places),
            "people": "; ".join(row.people),
            "organisations": "; ".join(row.organisations),
            "topics": "; ".join(row.topics),
            "archive": archive.title.show(language),
            "version": archive.version,
            "fingerprint": store.fingerprint,
        }
        for row in rows
    )
    return b"".join(tables.rows(_COLUMNS, cells)).decode()
