"""Filters as single choices: what is chosen, one value more or less, and what to drop where nothing is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from jasic_desktop.search.answer import Answer
from jasic_desktop.search.request import Filters

MEMBERS: Final[Mapping[str, str]] = {
    "type": "types",
    "kind": "kinds",
    "year": "years",
    "place": "places",
    "person": "people",
    "organisation": "organisations",
    "topic": "topics",
    "source": "sources",
    "language": "languages",
    "certainty": "certainties",
}
"""The member of Filters that holds the chosen values of each facet."""


class Chosen(NamedTuple):
    """One choice. The facet `date` has the value `since..until`, either of which may be empty; `accounts` yes or no."""

    facet: str
    value: str


def chosen(filters: Filters) -> tuple[Chosen, ...]:
    """All that is chosen, facet by facet."""
    found = [Chosen(facet, value) for facet in MEMBERS for value in values(filters, facet)]
    if filters.accounts is not None:
        found.append(Chosen("accounts", "yes" if filters.accounts else "no"))
    if filters.since or filters.until:
        found.append(Chosen("date", f"{filters.since or ''}..{filters.until or ''}"))
    return tuple(found)


def values(filters: Filters, facet: str) -> tuple[str, ...]:
    """The chosen values of a facet, in the order in which they were chosen."""
    found: tuple[str, ...] = getattr(filters, MEMBERS[facet])
    return found


def toggled(filters: Filters, facet: str, value: str) -> Filters:
    """`filters` with the value chosen, or without it where it was."""
    before = values(filters, facet)
    after = tuple(other for other in before if other != value) if value in before else (*before, value)
    return _with(filters, facet, after)


def only(filters: Filters, facet: str, *wanted: str) -> Filters:
    """`filters` with just these values of a facet."""
    return _with(filters, facet, wanted)


def without(filters: Filters, choice: Chosen) -> Filters:
    """`filters` without one choice."""
    if choice.facet == "date":
        return replace(filters, since=None, until=None)
    if choice.facet == "accounts":
        return replace(filters, accounts=None)
    return toggled(filters, choice.facet, choice.value) if choice.value in values(filters, choice.facet) else filters


def without_facet(filters: Filters, facet: str) -> Filters:
    """`filters` without any choice of a facet."""
    for choice in chosen(filters):
        if choice.facet == facet:
            filters = without(filters, choice)
    return filters


def worth_dropping(filters: Filters, answer: Answer) -> tuple[str, ...]:
    """The facets whose choices alone leave nothing: without them there are records.

    A facet's own filter does not narrow its counts, so counts there are what is found without it. Of dates there are
    no counts: they are always worth a try.
    """
    facets = dict.fromkeys(choice.facet for choice in chosen(filters))
    return tuple(facet for facet in facets if facet == "date" or answer.facets.get(facet) or len(facets) == 1)


def _with(filters: Filters, facet: str, wanted: tuple[str, ...]) -> Filters:
    changed: dict[str, tuple[str, ...]] = {MEMBERS[facet]: wanted}
    return replace(filters, **changed)  # type: ignore[arg-type]  # the members of MEMBERS are all of this type
