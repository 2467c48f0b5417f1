"""Notes on the records of an archive: where the words they are about stand now, and notes as Markdown to hand over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jasic_desktop.app.collecting import current_id
from jasic_desktop.core.errors import NotFoundFault
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.export import notes as leaving
from jasic_desktop.packs.store import Store
from jasic_desktop.workspace.anchors import ORPHANED, Found, anchor_for, locate
from jasic_desktop.workspace.items import Anchor, Note
from jasic_desktop.workspace.passages import collapsed, passages


class Placed(NamedTuple):
    """A note, the record it is on in the open archive, and where its words are; None for one that is not there now.

    `found` is None for a note on a whole record.
    """

    note: Note
    record: str | None
    found: Found | None


def place(store: Store, note: Note) -> Placed:
    """Where a note belongs in the open archive."""
    record = current_id(store, note.archive, note.record)
    if note.anchor is None:
        return Placed(note, record, None)
    if record is None:
        return Placed(note, None, ORPHANED)
    return Placed(note, record, locate(note.anchor, texts_in(store, record, note.anchor.language)))


def to_leave(store: Store, notes: Iterable[Note]) -> tuple[leaving.Note, ...]:
    """The notes on records of the open archive as an export takes them along."""
    found = []
    for note in notes:
        record = current_id(store, note.archive, note.record)
        if record is not None:
            anchor = note.anchor
            words = {} if anchor is None else {"quote": anchor.exact, "before": anchor.prefix, "after": anchor.suffix}
            stamps = {"made": note.created, "changed": note.modified}
            found.append(leaving.Note(note.id, record, note.text, **words, **stamps))
    return tuple(found)


def texts_in(store: Store, record: str, language: str) -> dict[str, str]:
    """The passages of a record in just this language, by name."""
    reader: Language = next((one for one in LANGUAGES if one == language), "en")
    return {one.field: one.text for one in passages(store.get(record), reader) if one.language == reader}


def quoted_anchor(store: Store, record: str, quote: str, language: Language) -> Anchor:
    """The anchor of the first place of a record where `quote` stands. Raises NotFoundFault where it stands nowhere."""
    wanted = collapsed(quote)
    for reader in (language, *(one for one in LANGUAGES if one != language)):
        for passage in passages(store.get(record), reader):
            at = passage.text.find(wanted) if wanted else -1
            if at >= 0:
                return anchor_for(passage.field, passage.language, passage.text, at, at + len(wanted))
    raise NotFoundFault("workspace.no_quote", quote=wanted[:60], id=record)


def notes_as_markdown(notes: Iterable[Note], language: Language) -> Iterator[bytes]:
    """Notes for somebody who has not this program: by record, each quote set off, with the record's identifier."""
    by_record: dict[tuple[str, str], list[Note]] = {}
    for note in notes:
        by_record.setdefault((note.archive, note.record), []).append(note)
    yield f"# {translate('workspace.notes_title', language)}\n".encode()
    for (archive, record), group in by_record.items():
        version = f"@{group[-1].version}" if group[-1].version else ""
        yield f"\n## {_escaped(group[0].title or record)}\n\n`{archive}:{record}{version}`\n".encode()
        for note in group:
            if note.anchor is not None:
                yield f"\n> {_escaped(note.anchor.exact)}\n".encode()
            if note.text:
                yield f"\n{_escaped(note.text)}\n".encode()


def _escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is."""
    marked = "".join(f"\\{char}" if char in "\\`*_{}[]<>#+-!|&~" else char for char in text)
    return marked.replace("\r\n", "\n").replace("\r", "\n")
