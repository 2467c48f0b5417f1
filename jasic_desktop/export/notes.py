"""The person's own notes as they leave: text, JSON Lines, and the Web Annotations that other programs read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from jasic_desktop.core.languages import Language
from jasic_desktop.export.json import encode
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import identifier
from jasic_desktop.render.visible import one_line, visible

_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"


@dataclass(frozen=True)
class Note:
    """A note on a record, or on words of it: `quote` are those words, `before` and `after` what stands around them.

    `made` and `changed` are moments in UTC (`2026-11-23T10:00:00Z`). A highlight is a note without a text.
    """

    id: str
    record: str
    text: str = ""
    quote: str = ""
    before: str = ""
    after: str = ""
    made: str = ""
    changed: str = ""


def on(ids: Iterable[str], notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes on the records of `ids`, in the order of these."""
    places = {record_id: number for number, record_id in enumerate(ids)}
    found = [note for note in notes if note.record in places]
    return tuple(sorted(found, key=lambda note: (places[note.record], note.made, note.id)))


def lines(store: Store, notes: Iterable[Note]) -> Iterator[bytes]:
    """One note in a line of JSON, with the identifier of its record."""
    for note in notes:
        fields = {name: value for name, value in vars(note).items() if value}
        yield encode({**fields, "identifier": identifier(store, note.record)}) + b"\n"


def readable(store: Store, notes: Iterable[Note], language: Language) -> Iterator[bytes]:
    """The notes as plain text: the record, the words that a note is on, the note."""
    for note in notes:
        parts = [f"{one_line(store.title(note.record).show(language))} ({identifier(store, note.record)})"]
        parts += [f"> {one_line(note.quote)}"] if note.quote else []
        parts += [visible(note.text)] if note.text else []
        yield ("\n".join(parts) + "\n\n").encode("utf-8", "replace")


def web_annotations(store: Store, notes: Iterable[Note]) -> Iterator[bytes]:
    """All notes as one list of W3C Web Annotations in JSON-LD."""
    yield b'{"@context":' + encode(_CONTEXT) + b',"@graph":['
    for number, note in enumerate(notes):
        yield (b",\n" if number else b"\n") + encode(_annotation(store, note))
    yield b"\n]}\n"


def _annotation(store: Store, note: Note) -> dict[str, Any]:
    target: dict[str, Any] = {"source": identifier(store, note.record)}
    if note.quote:
        selector = {"type": "TextQuoteSelector", "exact": note.quote, "prefix": note.before, "suffix": note.after}
        target["selector"] = {key: value for key, value in selector.items() if value}
    found: dict[str, Any] = {
        "id": f"urn:uuid:{note.id}",
        "type": "Annotation",
        "motivation": "commenting" if note.text else "highlighting",
        "target": target,
    }
    if note.text:
        found["body"] = {"type": "TextualBody", "value": note.text, "format": "text/plain"}
    stamps = {"created": note.made, "modified": note.changed}
    return found | {key: value for key, value in stamps.items() if value}
