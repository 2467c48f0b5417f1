"""What a workspace holds: each kind of thing a person makes as one frozen value, alike in the file and in an export."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final

import msgspec
from msgspec import Meta

Identity = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
"""A UUID: the same thing in two workspaces has the same one."""
Instant = Annotated[str, Meta(pattern=r"^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z\Z")]
"""A moment in UTC, to the second. It is told, never relied on: order is kept by numbers, since clocks go wrong."""
Key = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z", max_length=100)]
Name = Annotated[str, Meta(pattern=r"\S", max_length=200)]
Words = Annotated[str, Meta(max_length=1_000_000)]
Whole = Annotated[int, Meta(ge=0, le=2**53)]

COLOURS: Final = ("yellow", "green", "blue", "pink")
"""The colours of highlights; an underline of its own goes with each, so that none is told by colour alone."""
Colour = Annotated[str, Meta(pattern=r"^(yellow|green|blue|pink)\Z")]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A frozen part of what a person made; an unknown field is an error."""


class Anchor(Part, frozen=True, kw_only=True):
    """Which words of a record a note is about: W3C's text-quote and text-position selectors in one.

    `field` names a passage of the record (workspace.passages), `language` the one its text is in; `start` and `end`
    count characters of that text. `prefix` and `suffix` are what stands around `exact`.
    """

    field: Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[0-9]+)?\Z", max_length=40)]
    language: Annotated[str, Meta(pattern=r"^(en|zh-Hans|zh-Hant)\Z")]
    start: Whole
    end: Whole
    exact: Annotated[str, Meta(min_length=1, max_length=100_000)]
    prefix: Annotated[str, Meta(max_length=200)] = ""
    suffix: Annotated[str, Meta(max_length=200)] = ""


class _Item(Part, frozen=True, tag_field="kind", kw_only=True):
    """Anything that stands in a table of its own, named as its tag; `key` are the fields by which one is known."""

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]] = ("id",)


class Selected(_Item, tag="selected", frozen=True, kw_only=True):
    """A ticked record: its archive, its id, and its place in the order in which they were ticked."""

    table: ClassVar[str] = "selected"
    key: ClassVar[tuple[str, ...]] = ("archive", "record")
    archive: Key
    record: Key
    place: Whole


class _Kept(_Item, frozen=True, kw_only=True):
    """What has an identity and can be put into the trash; `deleted` is when."""

    id: Identity
    created: Instant
    modified: Instant
    deleted: Instant | None = None


class Collection(_Kept, tag="collection", frozen=True, kw_only=True):
    """A selection that was given a name and kept."""

    table: ClassVar[str] = "collection"
    name: Name


class Entry(_Kept, tag="entry", frozen=True, kw_only=True):
    """A record in a collection: its place in the order, and the person's note on it.

    `title` is what the record was called when it was added: it tells what it was where the archive is not at hand.
    """

    table: ClassVar[str] = "entry"
    collection: Identity
    archive: Key
    record: Key
    title: Words = ""
    place: Whole = 0
    note: Words = ""


class Note(_Kept, tag="note", frozen=True, kw_only=True):
    """A note on a record, or on words of it: then with an anchor, and a colour. A highlight is one without text.

    `version` is that of the archive when it was made.
    """

    table: ClassVar[str] = "note"
    archive: Key
    version: Annotated[str, Meta(max_length=60)] = ""
    record: Key
    title: Words = ""
    text: Words = ""
    colour: Colour = "yellow"
    anchor: Anchor | None = None


class SavedSearch(_Kept, tag="search", frozen=True, kw_only=True):
    """A question that was given a name: its words, its filters (by name, as the program's own JSON), its order."""

    table: ClassVar[str] = "search"
    name: Name
    archive: Key
    question: Words = ""
    filters: dict[str, Any] = {}
    sort: Annotated[str, Meta(max_length=40)] = "relevance"


class Visit(_Item, tag="visit", frozen=True, kw_only=True):
    """A record that was read, and when last."""

    table: ClassVar[str] = "visit"
    key: ClassVar[tuple[str, ...]] = ("archive", "record")
    archive: Key
    record: Key
    title: Words = ""
    seen: Instant


class Logged(_Item, tag="logged", frozen=True, kw_only=True):
    """A question that was asked, of which edition of which archive, and how many records answered it."""

    table: ClassVar[str] = "logged"
    id: Identity
    asked: Instant
    archive: Key
    version: Annotated[str, Meta(max_length=60)] = ""
    fingerprint: Annotated[str, Meta(max_length=200)] = ""
    question: Words = ""
    filters: dict[str, Any] = {}
    total: Whole = 0


Kept = Collection | Entry | Note | SavedSearch
Item = Collection | Entry | Note | SavedSearch | Selected | Visit | Logged
KINDS: Final[tuple[type[Item], ...]] = (Collection, Entry, Note, SavedSearch, Selected, Visit, Logged)
"""Every kind, those that others name first."""
