"""The records of an archive: frozen values in their built form, as a pack carries them."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

from jasic_desktop.core.blocks import Narrative
from jasic_desktop.core.dates import Date
from jasic_desktop.core.languages import Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.record_types import RecordType

Display = Literal["full", "initials", "withheld"]

RecordId = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z", max_length=100)]
Key = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z", max_length=60)]
StatementId = Annotated[str, Meta(pattern=r"^s[1-9][0-9]{0,4}\Z")]
AccountId = Annotated[str, Meta(pattern=r"^a[1-9][0-9]{0,4}\Z")]
Degrees = Annotated[str, Meta(pattern=r"^-?[0-9]{1,3}\.[0-9]{2}\Z")]
Sources = Annotated[tuple[RecordId, ...], Meta(min_length=1)]
Filled = Annotated[str, Meta(min_length=1)]


class _Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A frozen part of a record; an unknown field is an error."""


class Statement(_Value, frozen=True):
    """One factual sentence about a record, with the documents that say it.

    `fact` marks a key fact of a profile, shown there in the words of `short`.
    """

    id: StatementId
    text: Localised
    sources: Sources
    date: Date | None = None
    place: RecordId | None = None
    alleged: bool = False
    fact: Key | None = None
    short: Localised | None = None


class Answer(_Value, frozen=True):
    """What some documents say where others differ."""

    text: Localised
    sources: Sources


class Account(_Value, frozen=True):
    """One question to which sources give several answers, and the statements it puts in doubt."""

    id: AccountId
    question: Localised
    answers: Annotated[tuple[Answer, ...], Meta(min_length=2)]
    statements: tuple[StatementId, ...] = ()


class Link(_Value, frozen=True):
    """A connection to another record with its reason (a key of the archive's vocabulary)."""

    to: RecordId
    reason: Key
    sources: tuple[RecordId, ...] = ()


class OtherName(_Value, frozen=True):
    """A further name a record goes by, with a note on who uses it."""

    name: Filled
    note: Localised | None = None


class Names(_Value, frozen=True):
    """A name in the scripts it is written in; `pinyin` is a reviewed reading with tone marks."""

    display: Filled
    zh_hans: Filled | None = msgspec.field(default=None, name="zh-Hans")
    zh_hant: Filled | None = msgspec.field(default=None, name="zh-Hant")
    pinyin: Filled | None = None
    others: tuple[OtherName, ...] = ()


class Reading(_Value, frozen=True):
    """How a Chinese name or title is read aloud: `pinyin` with tone marks, words separated by spaces, for `han`.

    Made when the archive is built. `reviewed` tells a person's reading from an automatic one.
    """

    han: Filled
    pinyin: Filled
    reviewed: bool = False


class _Common(_Value, tag_field="type", frozen=True):
    """What every record has."""

    id: RecordId
    kind: Key
    title: Localised
    short: Localised | None = None
    summary: Localised | None = None
    statements: tuple[Statement, ...] = ()
    accounts: tuple[Account, ...] = ()
    links: tuple[Link, ...] = ()
    display: Display = "full"
    aliases: tuple[RecordId, ...] = ()
    narrative: Narrative | None = None
    readings: tuple[Reading, ...] = ()

    def __post_init__(self) -> None:
        for what, ids in (("statement", [s.id for s in self.statements]), ("account", [a.id for a in self.accounts])):
            if len(set(ids)) < len(ids):
                twice = min(name for name, times in Counter(ids).items() if times > 1)
                raise ValueError(f"the {what} id {twice} stands twice in {self.id}")
        known = {s.id for s in self.statements}
        for account in self.accounts:
            for wanted in account.statements:
                if wanted not in known:
                    raise ValueError(f"account {account.id} names statement {wanted}, which {self.id} does not have")


class Person(_Common, tag="person", kw_only=True, frozen=True):
    """Somebody who acted, in public or under their own name."""

    type: ClassVar[RecordType] = "person"
    names: Names
    roles: tuple[Key, ...] = ()
    affiliations: tuple[RecordId, ...] = ()


class Organisation(_Common, tag="organisation", kw_only=True, frozen=True):
    """A company, union, group, office or court."""

    type: ClassVar[RecordType] = "organisation"
    names: Names
    parent: RecordId | None = None


class Place(_Common, tag="place", kw_only=True, frozen=True):
    """A place, never closer than a town or a public building. `lat` and `lon` are decimal degrees as strings."""

    type: ClassVar[RecordType] = "place"
    names: Names
    lat: Degrees | None = None
    lon: Degrees | None = None
    parent: RecordId | None = None


class Event(_Common, tag="event", kw_only=True, frozen=True):
    """Something that happened, with who, where and about what."""

    type: ClassVar[RecordType] = "event"
    date: Date
    places: tuple[RecordId, ...] = ()
    people: tuple[RecordId, ...] = ()
    organisations: tuple[RecordId, ...] = ()
    topics: tuple[RecordId, ...] = ()


class Byline(_Value, frozen=True):
    """How a name among the authors, or that of the publisher, is written in the languages that have another form."""

    name: Filled
    forms: Localised


class Document(_Common, tag="document", kw_only=True, frozen=True):
    """A text that is also a source. `voice` is the publisher it speaks with; without one it counts as no voice.

    `seen` says in what form, how completely and when we saw it; `rights` is a key of the archive's vocabulary.
    `authors` and `publisher` are names as we cite them in English; `bylines` has their other forms.
    """

    type: ClassVar[RecordType] = "document"
    rights: Key
    date: Date | None = None
    authors: tuple[Filled, ...] = ()
    publisher: Filled | None = None
    voice: Key | None = None
    language: Filled | None = None
    url: Filled | None = None
    original_title: Filled | None = None
    abstract: Localised | None = None
    note: Localised | None = None
    about: tuple[RecordId, ...] = ()
    topics: tuple[RecordId, ...] = ()
    seen: Localised | None = None
    bylines: tuple[Byline, ...] = ()

    def authors_in(self, language: Language) -> tuple[str, ...]:
        """The authors as a reader of `language` is told them."""
        return tuple(self._written(name, language) for name in self.authors)

    def publisher_in(self, language: Language) -> str | None:
        """The publisher as a reader of `language` is told it."""
        return None if self.publisher is None else self._written(self.publisher, language)

    def _written(self, name: str, language: Language) -> str:
        forms = (line.forms.exact(language) for line in self.bylines if line.name == name)
        return next(filter(None, forms), name)


class Topic(_Common, tag="topic", kw_only=True, frozen=True):
    """A subject heading."""

    type: ClassVar[RecordType] = "topic"
    names: Names
    scope_note: Localised
    broader: RecordId | None = None


Record = Person | Organisation | Event | Place | Document | Topic
Named = Person | Organisation | Place | Topic
TYPES: dict[RecordType, type[Record]] = {
    "person": Person,
    "organisation": Organisation,
    "event": Event,
    "place": Place,
    "document": Document,
    "topic": Topic,
}
