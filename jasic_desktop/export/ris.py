"""Records as RIS, the format that reference managers exchange: UTF-8, one reference each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jasic_desktop.export.bibliography import Entry, entry
from jasic_desktop.export.options import Options, records
from jasic_desktop.packs.store import Store
from jasic_desktop.render.visible import strip_acting


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """One reference a record, each with the archive, its version and fingerprint in a note."""
    for record in records(store, ids, options):
        work = entry(store, record, options.language)
        lines = [f"{tag}  - {value}\r\n" for tag, text in _tags(work) if (value := _value(text))]
        yield "".join([*lines, "ER  - \r\n\r\n"]).encode()


def _tags(work: Entry) -> Iterator[tuple[str, str]]:
    yield "TY", work.genre.ris
    yield "ID", work.id
    for author in work.authors:
        yield "AU", author
    yield "TI", work.title
    if work.other_title:
        yield "TT", work.other_title
    if work.publisher:
        yield ("T2" if work.genre.publisher_field == "journal" else "PB"), work.publisher
    if work.issued:
        first = work.issued[0]
        yield "PY", str(first.year)
        # Year, month and day with a slash after each, whether or not it is known; then words of its own.
        known = [f"{part:02}" if part else "" for part in (first.month, first.day)]
        words = work.edtf if work.edtf and (work.circa or len(work.issued) > 1) else ""
        yield "DA", f"{first.year}/{known[0]}/{known[1]}/{words}"
    if work.url:
        yield "UR", work.url
    if work.language:
        yield "LA", work.language
    if work.abstract:
        yield "AB", work.abstract
    yield "DB", work.archive
    yield "AN", work.identifier
    yield "N1", work.note
    yield "C1", work.rights


def _value(text: str) -> str:
    """One line without what would end it or begin a tag."""
    return strip_acting(" ".join(text.split()))
