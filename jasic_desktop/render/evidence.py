"""The evidence chain of a document: where and when it was published, in what form it was seen, what rests on it."""

from __future__ import annotations

from jasic_desktop.core.blocks import Address, Text
from jasic_desktop.core.records import Document
from jasic_desktop.packs.store import Store
from jasic_desktop.render.facts import Row
from jasic_desktop.render.wording import Inlines, Words


def evidence(store: Store, document: Document, words: Words) -> tuple[Row, ...]:
    """Each link of the chain as label and value; what the archive does not know is said to be not recorded."""
    unknown: Inlines = (Text(words.say("not_recorded")),)
    published: list[Inlines] = []
    if publisher := document.publisher_in(words.language):
        published.append((Text(publisher),))
    if document.date:
        published.append((Text(document.date.phrase.show(words.language)),))
    citing = store.cited_by(document.id)
    return (
        (words.say("fact.published"), words.join("comma", published) or unknown),
        (words.say("fact.published_at"), (Address(document.url),) if document.url else unknown),
        (words.say("fact.seen"), words.text(document.seen) if document.seen else unknown),
        (
            words.say("fact.voice"),
            (Text(words.say("voice", voice=document.voice) if document.voice else words.say("no_voice")),),
        ),
        (
            words.say("fact.cited_by"),
            (Text(words.say("records", count=len(citing)) if citing else words.say("not_cited")),),
        ),
    )
