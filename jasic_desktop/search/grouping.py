"""Puts what was found into groups, by type or by year: which groups there are, and the first records through them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.core.record_types import RECORD_TYPES
from jasic_desktop.search.best import first_of
from jasic_desktop.search.columns import Columns
from jasic_desktop.search.leaves import Ordinals
from jasic_desktop.search.request import Group
from jasic_desktop.search.wordlist import Numbers

_NO_YEAR = 10_000
"""Stands after every year: what has no date comes last."""


class Grouping:
    """The group of each record of one store. Types stand in their order, years rise; a record with dates in several
    years belongs to that of the first one.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._known: dict[Group, Numbers] = {}

    def of(self, group: Group, ids: Ordinals) -> Numbers:
        """The number of the group of each of `ids`; a lower one stands before."""
        known = self._known.get(group)
        if known is None:
            known = self._known[group] = self._years() if group == "year" else self._types()
        return known[ids]

    def told(self, group: Group, numbers: Numbers) -> tuple[tuple[str, int], ...]:
        """The groups that are there, in order, each with how many belong to it; empty text for no date."""
        there, counts = np.unique(numbers, return_counts=True)
        name: Callable[[int], str] = RECORD_TYPES.__getitem__
        if group == "year":
            name = lambda number: "" if number >= _NO_YEAR else f"{number:04d}"  # noqa: E731
        return tuple((name(number), count) for number, count in zip(there.tolist(), counts.tolist(), strict=True))

    def _years(self) -> Numbers:
        return np.minimum(self._columns.first_days // 10_000, _NO_YEAR).astype(np.int64)

    def _types(self) -> Numbers:
        numbers = np.zeros(len(self._columns.first_days), np.int64)
        for number, record_type in enumerate(RECORD_TYPES):
            numbers[self._columns.having("type", (record_type,))] = number
        return numbers


def first_in_groups(groups: Numbers, ranks: NDArray[Any], most: int) -> Numbers:
    """The places of the first `most`, group after group, in each the lowest of `ranks` first."""
    places: list[Numbers] = []
    for group in np.unique(groups):
        if most <= 0:
            break
        members = np.flatnonzero(groups == group)
        places.append(members[first_of(ranks[members], most)])
        most -= len(members)
    return np.concatenate(places) if places else np.zeros(0, np.int64)
