"""What a record found, and a value to narrow by, are called: the same words in the terminal and in the window."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from jasic_desktop.core.i18n import translate
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.core.records import Document, Event, Person, Record
from jasic_desktop.packs.store import EventRow, Store
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words

_PLAIN = ("text", "title")
"""Ways to match that need no word: the marks show them."""


def facet_label(store: Store, name: str, value: str, words: Words) -> str:
    """The words for one value of a facet."""
    language = words.language
    if name == "type":
        return words.known(f"types.{value}", value)
    if name == "certainty":
        return words.known(f"certainty.{value}", value)
    if name == "language":
        return words.known(f"language.{value}", value)
    if name == "accounts":
        return words.known(f"accounts.{value}", value)
    if name == "kind":
        for kinds in store.archive.kinds.values():
            if value in kinds:
                return one_line(kinds[value].label.show(language))
    if name in ("place", "person", "organisation", "topic", "source") and value in store.ordinals:
        return one_line(store.title(value).show(language))
    return one_line(value)


def other_title(record: Record | EventRow, words: Words) -> str | None:
    """The title in the script that the reader's own title is not in; None where there is none."""
    title, language = record.title.pick(words.language)
    other = record.title.en if language != "en" else record.title.exact("zh-Hans") or record.title.exact("zh-Hant")
    return one_line(other) if other is not None and other != title else None


def roles(store: Store, person: Person, words: Words) -> str:
    """What a person is known as, as a list in a line; empty where nothing is recorded."""
    known = [role.label.show(words.language) for key in person.roles if (role := store.archive.roles.get(key))]
    return one_line(words.say("punctuation.list").join(known))


def ways_matched(matched: Iterable[str], words: Words) -> str | None:
    """The ways in which a record was found, as a list in a line; None where the marks in title and text show them."""
    ways = [translate(f"search.matched.{key}", words.language) for key in matched if key not in _PLAIN]
    return words.say("punctuation.list").join(ways) if ways else None


def how_matched(matched: Iterable[str], words: Words) -> str | None:
    """The words for how a record was found, where that is not plain."""
    ways = ways_matched(matched, words)
    return words.say("matched_by", how=ways) if ways else None


class RowWords(Struct, frozen=True):
    """A record in a list: its type and the word for it, when or what it is, and its name in other scripts."""

    type: RecordType
    type_word: str
    details: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def line(self) -> str:
        """Type and details on one line; a document's kind says that it is one."""
        told = self.details if self.type == "document" and self.details else (self.type_word, *self.details)
        return " · ".join(told)


def row_words(store: Store, record: Record, words: Words) -> RowWords:
    """The words of a record's row: a person's roles, an event's date, a document's kind and date, else the kind."""
    details: list[str] = []
    if isinstance(record, Person):
        details.append(roles(store, record, words))
    elif not isinstance(record, Event):
        kind = store.archive.kinds.get(record.type, {}).get(record.kind)
        details.append(one_line(kind.label.show(words.language)) if kind else "")
    if isinstance(record, Event | Document) and record.date:
        details.append(one_line(record.date.phrase.show(words.language)))
    others = [other_title(record, words)]
    if isinstance(record, Person) and others[0] and words.language == "en":
        others.append(one_line(record.names.pinyin or ""))
    type_word = words.say(f"type.{record.type}")
    # A topic is of the kind "topic": once is enough.
    shown = tuple(detail for detail in details if detail and detail != type_word)
    return RowWords(record.type, type_word, shown, tuple(filter(None, others)))
