"""What an engine answers: ranked hits that say why they were found, counts beside them, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language

Reason = Literal["id", "title", "name-zh", "pinyin", "other-name", "text", "related", "spelling"]
REASONS: Final[tuple[Reason, ...]] = (
    "id",
    "title",
    "name-zh",
    "pinyin",
    "other-name",
    "text",
    "related",
    "spelling",
)
"""Why a record was found, the most telling first; `search.matched.<reason>` of the catalogue has the words.

`related` is the name of a record that this one names as a person, place, organisation or topic of its own."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters of a text, and whether it answers the question."""

    text: str
    match: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Something the person should know of how the question was taken: a key of the catalogue and its values."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, language: Language = "en") -> str:
        """The note as one sentence."""
        return translate(self.key, language, **self.values)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found.

    `title` and `snippet` are in the reader's language where the record has it; their marked spans are what matched.
    `explanation` names each part of the score, when it was asked for.
    """

    id: str
    score: float
    title: tuple[Span, ...]
    snippet: tuple[Span, ...]
    matched: tuple[Reason, ...]
    explanation: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request.

    `understood` is the question as it was taken, in the language of questions; `total` counts all records found.
    `facets` holds for each facet its values with their counts, the most frequent first. `events` are the ordinals of
    all events found, rising, for the timeline; both are there where facets were asked for. `groups` are those that
    were asked for, in order, each with how many of all records found belong to it: types, or years, empty for no date.
    """

    query: str
    understood: str
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    suggestion: str | None
    notes: tuple[Note, ...]
    took_ms: float
    events: tuple[int, ...] = ()
    groups: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """The ids of all records that a request finds, in its order, and what was left out."""

    ids: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to complete what is being typed: the words to ask, and the record they name."""

    text: str
    id: str
    type: str
    matched: Reason
