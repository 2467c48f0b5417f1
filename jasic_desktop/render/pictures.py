"""The pictures on a record's page: each with its caption, its maker, and the words of whoever cannot see it."""

from __future__ import annotations

from collections.abc import Iterator

from jasic_desktop.core.archive import Medium
from jasic_desktop.core.blocks import Block, Paragraph, PictureBlock, Text
from jasic_desktop.packs.store import Store
from jasic_desktop.render.wording import Inlines, Words


def pictures(store: Store, record_id: str, words: Words) -> Iterator[Block]:
    """A picture, its caption and its credit for each picture of the archive that belongs on the page."""
    for medium in store.archive.media:
        if medium.size is not None and medium.shows(record_id):
            alt, language = medium.alt.pick(words.language)
            said = words.set_in(language, (Text(alt),))
            lead = Text(words.say("picture") + words.say("punctuation.colon"))
            yield PictureBlock(medium.file, alt, medium.size, (lead, *said), language)
            yield Paragraph(words.text(medium.caption))
            yield Paragraph(_credit(store, medium, words))


def _credit(store: Store, medium: Medium, words: Words) -> Inlines:
    term = store.archive.rights.get(medium.rights)
    parts: list[Inlines] = [(Text(medium.creator),)]
    if medium.date:
        parts.append((Text(medium.date),))
    parts.append(words.text(term.label) if term is not None else (Text(medium.rights),))
    return words.join("dot", parts)
