"""What is asked of an engine: the words of the person, and what they ticked beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from jasic_desktop.core.languages import Language

Sort = Literal["relevance", "date", "title"]
Group = Literal["none", "type", "year"]
PAGE: Final = 25
"""Hits that a window asks for at once: as many as a tall screen shows. Each takes time to mark, at every key press."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Values ticked beside the question: any of them within one member, all members together.

    Values are those of the store's facets (ids of places, keys of kinds, years as four digits). `since` and `until`
    are ISO days, both included; a record counts when any of its dates may overlap them. `accounts` asks for records
    with (True) or without (False) differing accounts.
    """

    types: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    certainties: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    accounts: bool | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One question with its filters.

    `limit` hits from `offset` are wanted; `facets` asks for counts and `explain` for the parts of each score.
    `group` puts the hits into groups, in each of which they stand in the order `sort`.
    `live` says that the person is still typing: the last word may be unfinished. `language` is the reader's.
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"
    limit: int = 20
    offset: int = 0
    facets: bool = False
    explain: bool = False
    live: bool = False
    language: Language = "en"
    group: Group = "none"
