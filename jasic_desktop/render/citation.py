"""How a record, a statement, a document and the archive are cited: one plain house style in each language."""

from __future__ import annotations

from jasic_desktop.core.blocks import Address, Inline, RecordLink, Text, plain
from jasic_desktop.core.errors import NotFoundFault
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Event, Record
from jasic_desktop.packs.store import Store
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Inlines, Words


def short_fingerprint(fingerprint: str) -> str:
    """The first sixteen digits of a fingerprint in groups of four, as shown beside every citation and export."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, 16, 4))


def identifier(store: Store, record_id: str, statement: str | None = None) -> str:
    """The stable identifier of a record or a statement, such as `jasic:event/2018-07-27-mass-arrest@1.0#s1`."""
    return store.archive.identifier(store.type(record_id), record_id, statement)


def cite(store: Store, record_id: str, statement: str | None = None, language: Language = "en") -> str:
    """The citation of a record, or of one of its statements, as one line of plain text.

    Raises NotFoundFault when the archive has no such record or the record no such statement.
    """
    record = store.get(record_id)
    words = Words(language)
    parts = {
        "archive": cite_archive(store, language),
        "identifier": identifier(store, record.id, statement),
    }
    if statement is not None:
        text = next((s.text for s in record.statements if s.id == statement), None)
        if text is None:
            raise NotFoundFault("render.no_statement", id=record.id, statement=statement)
        title = _title(record, words)
        return one_line(
            words.say("cite.statement", text=text.show(language), title=title, statement=statement, **parts)
        )
    if isinstance(record, Document):
        return one_line(words.say("cite.document", reference=plain(reference(record, words)), **parts))
    description = [words.say(f"type.{record.type}")]
    if isinstance(record, Event):
        description.append(record.date.phrase.show(language))
    described = words.say("punctuation.comma").join(description)
    return one_line(words.say("cite.record", title=_title(record, words), description=described, **parts))


def cite_archive(store: Store, language: Language = "en") -> str:
    """The archive with its version and short fingerprint, as it closes every citation."""
    archive = store.archive
    return translate(
        "render.cite.archive",
        language,
        title=archive.title.show(language),
        version=archive.version,
        fingerprint=short_fingerprint(store.fingerprint),
    )


def reference(document: Document, words: Words, *, linked: bool = False) -> Inlines:
    """A document as a source: authors, title [original title], publisher, date, address.

    With `linked` the title leads to the document's record. What is not recorded is left out, save the date.
    """
    title: Inlines = words.bare(document.title)
    if linked:
        title = (RecordLink(document.id, title),)
    parts: list[Inline] = []
    if authors := document.authors_in(words.language):
        parts += [Text(words.say("punctuation.list").join(authors)), Text(words.say("cite.after_authors"))]
    parts += [Text(words.say("cite.title_open")), *title, Text(words.say("cite.title_close"))]
    other = _other_title(document, words.language)
    if other is not None:
        parts += [Text(words.say("cite.original_open")), *other, Text(words.say("cite.original_close"))]
    parts.append(Text(words.say("cite.after_title")))
    if publisher := document.publisher_in(words.language):
        parts += [Text(publisher), Text(words.say("punctuation.comma"))]
    parts.append(Text(document.date.phrase.show(words.language) if document.date else words.say("cite.undated")))
    if document.url:
        parts += [Text(words.say("cite.before_address")), Address(document.url)]
    return tuple(parts)


def _other_title(document: Document, language: Language) -> Inlines | None:
    """The title as the document itself has it, where the one shown is another."""
    shown, _ = document.title.pick(language)
    original = document.original_title
    return None if original is None or original == shown else (Text(original),)


def _title(record: Record, words: Words) -> str:
    """A title as it stands in a citation, with the title in the other script behind it."""
    title: Localised = record.title
    shown, language = title.pick(words.language)
    other = title.en if language != "en" else title.zh_hans or title.zh_hant
    quoted = words.say("cite.quoted", title=shown) if isinstance(record, Event | Document) else shown
    if other is None or other == shown:
        return quoted
    return f"{quoted}{words.say('punctuation.open')}{other}{words.say('punctuation.close')}"
