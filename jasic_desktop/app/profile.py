"""A record in short: its names, what is known of it in rows, its dates, and whom it hangs together with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from jasic_desktop.app.network import Neighbour, neighbours
from jasic_desktop.core.blocks import Facts, Sign, Text, plain
from jasic_desktop.core.dates import Date
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.core.records import Document, Event, Person, Record, Topic
from jasic_desktop.packs.connections import MOST
from jasic_desktop.packs.store import Connection, EventRow, Store
from jasic_desktop.render.citation import reference
from jasic_desktop.render.evidence import evidence
from jasic_desktop.render.facts import Row, key_facts
from jasic_desktop.render.heading import subtitle
from jasic_desktop.render.labels import other_title, roles
from jasic_desktop.render.numbering import numbering
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Inlines, Words

_ORDER: Final = (
    *("same-events", "links", "people", "organisations", "members", "parts"),
    *("places", "topics", "events", "documents", "cited-by"),
)
"""Groups of connections as the profile shows them: people and organisations first, documents last."""
_REASONED: Final = ("people", "organisations", "events")
"""Groups whose heading also says why, where the reason is one for all."""
_HAN: Final = (("㐀", "鿿"), ("豈", "\ufaff"), ("\U00020000", "\U0003ffff"))
"""The ranges of Chinese characters; the last are the rare ones, which stand in names more than elsewhere."""


class Fact(Struct, frozen=True):
    """One row: what it is about (empty where it goes on with the row above), its value, and how certain that is."""

    label: str
    value: Inlines
    certainty: str | None = None


class Group(Struct, frozen=True):
    """Connections under one heading; `is_whole` tells that the archive keeps no more of them."""

    heading: str
    key: str
    members: tuple[Connection, ...]
    is_whole: bool


class Member(Struct, frozen=True):
    """A connection in words: the record's type, its title and that in the other script, and why or when."""

    id: str
    type: RecordType
    title: str
    other: str
    aside: str
    reason: str

    @property
    def spoken(self) -> str:
        """All of it in one line, for who does not see the row."""
        parts = (self.title, self.other, self.reason, self.aside if self.aside != self.reason else "")
        return "; ".join(part for part in parts if part)


class Profile(Struct, frozen=True):
    """A record in short. `mark` is the character that stands for it, empty where its type's picture does.

    `names` are those the title is not; `about` says what it is, where that is not in the rows. `sources` has number and
    reference of each document that the rows cite: the numbers are those of the record's page, where the rows come
    first. `dates` are those of the events that it took part in, `near` the people and organisations nearest to it.
    """

    id: str
    type: RecordType
    mark: str
    title: str
    names: Inlines
    line: str
    facts: tuple[Fact, ...]
    about: Inlines
    groups: tuple[Group, ...]
    dates: tuple[Date, ...]
    near: tuple[Neighbour, ...]
    sources: Mapping[str, tuple[int, str]]


def profile(store: Store, record_id: str, language: Language, events: Mapping[str, EventRow]) -> Profile:
    """The profile of one record; `events` are the archive's by id. Raises NotFoundFault for an unknown record."""
    record, words = store.get(record_id), Words(language)
    connections = store.connections(record_id)
    facts = tuple(_facts(store, record, words))
    return Profile(
        id=record.id,
        type=record.type,
        mark=_mark(record, words),
        title=record.title.show(language),
        names=subtitle(record, words),
        line=_line(store, record, words),
        facts=facts,
        about=_about(record, words),
        groups=tuple(_groups(record, connections, words)),
        dates=tuple(_dates(record, connections, events)),
        near=neighbours(store, record, connections, events, language),
        sources=_sources(store, facts, words),
    )


def member(store: Store, connection: Connection, group: str, words: Words) -> Member:
    """A connection as a row: how many events are shared, the date of an event or document, or how it stands to it."""
    record = store.get(connection.to)
    reason = one_line(connection.reason.show(words.language))
    aside = ""
    if group == "same-events":
        aside = translate("window.profile.events", words.language, count=connection.count)
    elif isinstance(record, Event | Document) and record.date is not None:
        aside = one_line(record.date.phrase.show(words.language))
    elif group == "parts":
        aside = reason
    title = one_line(record.title.show(words.language)[:_LONGEST_TITLE])
    return Member(record.id, record.type, title, other_title(record, words) or "", aside, reason)


_LONGEST_TITLE: Final = 300
"""Characters of a title in a row; more fit on no screen."""


def _mark(record: Record, words: Words) -> str:
    """The first Chinese character of a name, or its first letter."""
    if isinstance(record, Event | Document | Topic):
        return ""
    names = record.names
    chinese = (names.zh_hant or names.zh_hans) if words.language == "zh-Hant" else (names.zh_hans or names.zh_hant)
    han = next((char for char in (chinese or "")[:40] if any(first <= char <= last for first, last in _HAN)), "")
    # Some letters are two in capitals: the mark is one.
    return han or next((char.upper()[0] for char in names.display[:40] if char.isalpha()), "")


def _line(store: Store, record: Record, words: Words) -> str:
    """What it is: its type, and roles of a person or else the kind."""
    type_word = words.say(f"type.{record.type}")
    kind = store.archive.kinds.get(record.type, {}).get(record.kind)
    described = roles(store, record, words) if isinstance(record, Person) else ""
    described = described or (one_line(kind.label.show(words.language)) if kind else one_line(record.kind))
    return type_word if described == type_word else f"{type_word} · {described}"


def _facts(store: Store, record: Record, words: Words) -> Iterator[Fact]:
    # What a document is about stands under the connections.
    elsewhere = {words.say(f"fact.{key}") for key in ("about", "topics") if isinstance(record, Document)}
    for label, value in key_facts(store, record, words):
        if label not in elsewhere:
            yield from _split((label, value), words)
    if record.accounts:
        count = translate("window.profile.accounts", words.language, count=len(record.accounts))
        yield Fact(words.say("facet.accounts"), (Text(count),))
    if isinstance(record, Document):
        told = {words.say(f"fact.{key}") for key in ("seen", "voice", "cited_by")}
        yield from (Fact(label, value) for label, value in evidence(store, record, words) if label in told)
        rights = store.archive.rights.get(record.rights)
        yield Fact(words.say("fact.rights"), words.text(rights.label) if rights else (Text(record.rights),))


def _split(row: Row, words: Words) -> Iterator[Fact]:
    """A row with several values, each with its own sign, as one line for each."""
    label, inlines = row
    separator = Text(words.say("punctuation.semicolon"))
    value: list[object] = []
    for inline in inlines:
        if isinstance(inline, Sign):
            yield Fact(label, tuple(value), inline.certainty)  # type: ignore[arg-type]  # inlines, one by one
            label, value = "", []
        elif value or inline != separator:
            value.append(inline)
    if value:
        yield Fact(label, tuple(value))  # type: ignore[arg-type]  # inlines, one by one


def _about(record: Record, words: Words) -> Inlines:
    """The scope of a topic, the abstract of a document; of others the summary, where no statement is a key fact."""
    if isinstance(record, Topic):
        return words.text(record.scope_note)
    if isinstance(record, Document) and record.abstract is not None:
        return words.text(record.abstract)
    if record.summary is not None and not any(statement.fact for statement in record.statements):
        return words.text(record.summary)
    return ()


def _groups(record: Record, connections: Iterable[Connection], words: Words) -> Iterator[Group]:
    by_group: dict[str, dict[str, Connection]] = {}
    # The places of an event, and whom a person belongs to, stand in the rows above.
    shown_above = {"event": "places", "person": "organisations"}.get(record.type)
    for connection in connections:
        if connection.group == shown_above:
            continue
        by_group.setdefault(connection.group, {})
        # A link is grouped by its reason: the same record may stand to this one in two ways.
        key = f"{connection.to}\n{connection.reason.show('en')}" if connection.group == "links" else connection.to
        by_group[connection.group].setdefault(key, connection)
    for group in sorted(by_group, key=_place):
        members = tuple(by_group[group].values())
        if group == "links":
            yield from _links(members, words)
            continue
        heading = words.known(f"group.{group}", group)
        reasons = {member.reason.show(words.language) for member in members}
        if group in _REASONED and len(reasons) == 1:
            heading += words.say("punctuation.colon") + reasons.pop()
        yield Group(one_line(heading), group, members, is_whole=len(members) < MOST)


def _place(group: str) -> int:
    return _ORDER.index(group) if group in _ORDER else len(_ORDER)


def _links(members: Iterable[Connection], words: Words) -> Iterator[Group]:
    by_reason: dict[str, list[Connection]] = {}
    for connection in members:
        by_reason.setdefault(connection.reason.show(words.language), []).append(connection)
    for reason, linked in by_reason.items():
        yield Group(one_line(reason), "links", tuple(linked), is_whole=True)


def _dates(record: Record, connections: Iterable[Connection], events: Mapping[str, EventRow]) -> Iterator[Date]:
    ids = dict.fromkeys(connection.to for connection in connections if connection.to in events)
    if record.id in events:
        ids[record.id] = None
    yield from (events[event].date for event in ids)


def _sources(store: Store, facts: Iterable[Fact], words: Words) -> dict[str, tuple[int, str]]:
    cited = numbering((Facts(tuple((fact.label, fact.value) for fact in facts)),))
    return {document: (number, _reference(store, document, words)) for number, document in enumerate(cited, start=1)}


def _reference(store: Store, document_id: str, words: Words) -> str:
    # A pack of somebody else's may cite what is no document of it.
    if document_id not in store.ordinals:
        return document_id
    document = store.get(document_id)
    inlines = reference(document, words) if isinstance(document, Document) else words.bare(document.title)
    return one_line(plain(inlines))
