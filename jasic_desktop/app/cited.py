"""What a reader should know who follows an old citation: another id, another edition, a statement that is gone."""

from __future__ import annotations

from jasic_desktop.app.cache import Note
from jasic_desktop.core.errors import NotFoundFault
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.packs.identifiers import is_whole, parse_identifier
from jasic_desktop.packs.store import Store


def notes_on(text: str, record_id: str, store: Store) -> tuple[Note, ...]:
    """What differs between the citation `text`, an id or an identifier, and the record of `store` that answers it."""
    cited = parse_identifier(text)
    if cited is None:
        return ()
    notes = []
    if cited.id != record_id:
        notes.append(Note("packs.replaced", {"old": cited.id, "id": record_id}))
    if cited.version is not None and cited.version != store.archive.version:
        notes.append(Note("packs.other_edition", {"cited": cited.version, "here": store.archive.version}))
    if cited.statement is not None and cited.statement not in store.certainties(record_id):
        notes.append(Note("packs.statement_gone", {"id": record_id, "statement": cited.statement}))
    return tuple(notes)


def told_of(question: str, store: Store, language: Language) -> tuple[str, ...]:
    """What to say beside the answer to a question that is a whole identifier: what differs, or why nothing is found."""
    if not is_whole(question):
        return ()
    try:
        notes = notes_on(question, store.resolve(question), store)
    except NotFoundFault as fault:
        return (fault.sentence(language),)
    return tuple(translate(note.key, language, **note.values) for note in notes)
