"""What a record says as lines of plain words for formats that know neither statements nor accounts nor certainty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jasic_desktop.core.blocks import plain
from jasic_desktop.core.records import Document, Record
from jasic_desktop.export.json import sources
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import identifier, reference
from jasic_desktop.render.narrative import narrative
from jasic_desktop.render.numbering import texts
from jasic_desktop.render.statements import in_order
from jasic_desktop.render.wording import Words


class Line(NamedTuple):
    """Words for a reader, the language they are in, and what the line is of (`s1`, `a1`, the id of a document)."""

    words: str
    language: str
    of: str = ""


def statements(store: Store, record: Record, words: Words) -> Iterator[Line]:
    """Each statement in order of date: its date, its words, how certain it is and the documents that say it."""
    signs = store.certainties(record.id)
    for statement in in_order(record):
        said, language = statement.text.pick(words.language)
        date = f"{statement.date.phrase.show(words.language)}{words.say('punctuation.colon')}" if statement.date else ""
        sign = words.known(f"certainty.{signs[statement.id]}", signs[statement.id])
        yield Line(f"{date}{said} [{sign}; {', '.join(statement.sources)}]", language, statement.id)


def accounts(record: Record, words: Words) -> Iterator[Line]:
    """Each question to which sources give several answers, with the answers and the documents that give them."""
    for account in record.accounts:
        question, language = account.question.pick(words.language)
        answers = (f"{a.text.show(words.language)} [{', '.join(a.sources)}]" for a in account.answers)
        told = " / ".join(answers)
        yield Line(f"{words.say('accounts_differ', question=question)} {told}", language, account.id)


def paragraphs(record: Record, words: Words) -> Iterator[Line]:
    """The running text of a record, a line for each paragraph."""
    blocks, _ = narrative(record, words)
    text = record.narrative
    if text is None or not blocks:
        return
    held = {"en": text.en, "zh-Hans": text.zh_hans, "zh-Hant": text.zh_hant}
    fallback = next(language for language, part in held.items() if part)
    language = words.language if held[words.language] else fallback
    for inlines in texts(blocks):
        if line := plain(inlines).strip():
            yield Line(line, language)


def cited(store: Store, record: Record, words: Words) -> Iterator[Line]:
    """Each document that the record cites, as a reference with its identifier."""
    for document_id in sources(record):
        document = store.get(document_id) if document_id in store.ordinals else None
        if isinstance(document, Document):
            told = f"{plain(reference(document, words))} {identifier(store, document_id)}"
        else:
            told = document_id
        yield Line(told, words.language, document_id)
