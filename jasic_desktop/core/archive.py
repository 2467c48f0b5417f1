"""What an archive says of itself: title, version, rights, curation, and its vocabularies in each language."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from jasic_desktop.core.dates import Day
from jasic_desktop.core.languages import Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.core.records import Key, RecordId

Side = Annotated[int, Meta(ge=1, le=65_535)]
"""Width or height of a picture in pixels."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A frozen part of the description; an unknown field is an error."""


class Term(_Part, frozen=True):
    """One entry of a vocabulary."""

    label: Localised


class Reason(_Part, frozen=True):
    """A reason for a link: its words seen from the record that has the link, and from the other end."""

    label: Localised
    inverse: Localised | None = None


class Lane(_Part, frozen=True):
    """A lane of the timeline: the kinds of event drawn in it."""

    id: Key
    label: Localised
    kinds: tuple[Key, ...]


class Medium(_Part, frozen=True):
    """A picture or other file that the archive holds, described.

    `people` are shown on it; `about` are the records, of any type, that it belongs to. `size` is the width and height
    in pixels that a picture tells of itself: room is kept for it before it is decoded.
    """

    file: str
    caption: Localised
    alt: Localised
    creator: str
    rights: Key
    sha512: str
    date: str | None = None
    people: tuple[RecordId, ...] = ()
    about: tuple[RecordId, ...] = ()
    size: tuple[Side, Side] | None = None

    def shows(self, record_id: str) -> bool:
        """Whether it belongs on the page of a record."""
        return record_id in self.people or record_id in self.about


class Archive(_Part, frozen=True):
    """The description of an archive (archive.json of a pack).

    `sequence` grows by one with each edition, so that an older copy is known as such; `date` is the day of the edition.
    `translated` are the languages beside English in which every text exists.
    `withdrawn` says why records that earlier editions had are there no more, by their ids.
    `bylines` has the forms that names of authors, publishers and the editor take in other languages, by the name.
    """

    id: Key
    title: Localised
    version: Annotated[str, Meta(pattern=r"^[0-9]+(\.[0-9]+)*\Z")]
    sequence: Annotated[int, Meta(ge=1)]
    date: Day
    rights_note: Localised
    curation: Localised
    languages: tuple[Language, ...]
    editor: str
    contact: Localised
    kinds: dict[RecordType, dict[Key, Term]]
    description: Localised | None = None
    lanes: tuple[Lane, ...] = ()
    reasons: dict[Key, Reason] = {}
    roles: dict[Key, Term] = {}
    facts: dict[Key, Term] = {}
    rights: dict[Key, Term] = {}
    media: tuple[Medium, ...] = ()
    translated: tuple[Language, ...] = ()
    withdrawn: dict[RecordId, Localised] = {}
    bylines: dict[str, Localised] = {}

    def editor_in(self, language: Language) -> str:
        """The editor as a reader of `language` is told it."""
        forms = self.bylines.get(self.editor)
        return (forms.exact(language) if forms is not None else None) or self.editor

    def lane_of(self, kind: str) -> str | None:
        """The id of the lane in which events of `kind` are drawn."""
        return next((lane.id for lane in self.lanes if kind in lane.kinds), None)

    def identifier(self, record_type: str, record_id: str, statement: str | None = None) -> str:
        """The stable identifier, such as `jasic:event/2018-07-27-mass-arrest@1.0#s1`."""
        return f"{self.id}:{record_type}/{record_id}@{self.version}" + (f"#{statement}" if statement else "")
