"""The connections of a record as a page shows them: in groups, each with its reason and what supports it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from jasic_desktop.core.blocks import Block, Heading, Inline, ListBlock, Paragraph, Text
from jasic_desktop.packs.store import Connection, Store
from jasic_desktop.render.wording import Inlines, Words, cited


def connections(store: Store, record_id: str, words: Words) -> Iterator[Block]:
    """A heading and a list for each group of connections, in the order the store gives them."""
    for group, members in groupby(store.connections(record_id), key=lambda connection: connection.group):
        heading = words.known(f"group.{group}", group)
        yield Heading(3, (Text(heading),))
        yield ListBlock(tuple((Paragraph(_entry(store, member, heading, words)),) for member in members))


def _entry(store: Store, connection: Connection, heading: str, words: Words) -> Inlines:
    entry: list[Inline] = [*words.link(store, connection.to)]
    why = connection.reason.show(words.language)
    if why != heading:
        entry.append(Text(words.say("punctuation.colon") + why))
    if connection.count > 1:
        entry.append(Text(words.say("counted", number=connection.count)))
    return (*entry, *cited(connection.sources))
