"""Gives documents the forms that the names of their authors and publishers take in other languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from jasic_desktop.core.archive import Archive
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Byline, Document, Organisation, Person, Record


def given(records: Sequence[Record], archive: Archive) -> tuple[Record, ...]:
    """`records` in which each document has the forms that the archive's table knows for its names.

    A document in Chinese also has those of the people and organisations that have a record: what is printed in
    another language keeps the names that it prints.
    """
    recorded = dict(_recorded(records))
    return tuple(
        _with(record, archive.bylines, recorded) if isinstance(record, Document) else record for record in records
    )


def of_itself(archive: Archive) -> Archive:
    """`archive` with the forms of its editor's name alone: documents carry theirs, and a pack tells none twice."""
    kept = {name: forms for name, forms in archive.bylines.items() if name == archive.editor}
    return msgspec.structs.replace(archive, bylines=kept)


def names(document: Document) -> tuple[str, ...]:
    """The names of the authors and of the publisher, each once."""
    return tuple(dict.fromkeys((*document.authors, *filter(None, (document.publisher,)))))


def _recorded(records: Iterable[Record]) -> Iterator[tuple[str, Localised]]:
    for record in records:
        if isinstance(record, Person | Organisation) and record.display == "full" and record.names.zh_hans:
            yield record.names.display, Localised(zh_hans=record.names.zh_hans, zh_hant=record.names.zh_hant)


def _with(document: Document, table: Mapping[str, Localised], recorded: Mapping[str, Localised]) -> Document:
    own = {line.name for line in document.bylines}
    chinese = (document.language or "").startswith("zh")
    found = [*document.bylines]
    for name in names(document):
        forms = table.get(name) or (recorded.get(name) if chinese else None)
        if forms is not None and name not in own:
            found.append(Byline(name, forms))
    return msgspec.structs.replace(document, bylines=tuple(found)) if found else document
