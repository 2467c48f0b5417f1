"""What an evaluator needs of an index: scored postings of terms, phrases and unions, as arrays, under a time limit."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.core.errors import Cancelled
from jasic_desktop.search.analysis import Step
from jasic_desktop.search.engine import Cancelled as CancelledCall
from jasic_desktop.search.engine import never
from jasic_desktop.search.fields import Field
from jasic_desktop.search.wordlist import Numbers

Ordinals = NDArray[np.integer[Any]]
"""Ordinals of records, each once, rising."""
Values = NDArray[np.float64]


class Scores(NamedTuple):
    """Records found, and for each a score above 0."""

    ids: Ordinals
    values: Values

    def weighed(self, weight: float) -> Scores:
        """The same, each score times `weight`."""
        return Scores(self.ids, self.values * weight)


NOTHING: Scores = Scores(np.zeros(0, np.int64), np.zeros(0))


class OutOfTimeError(Exception):
    """The question took longer than any may take."""


class Budget:
    """The time one question may take, and the person's wish to end it."""

    def __init__(self, seconds: float, cancelled: CancelledCall = never) -> None:
        self._end = time.monotonic() + seconds
        self._cancelled = cancelled

    def check(self) -> None:
        """To be called at least every few milliseconds. Raises OutOfTimeError or Cancelled."""
        if self._cancelled():
            raise Cancelled
        if time.monotonic() > self._end:
            raise OutOfTimeError


class Leaves(Protocol):
    """Postings of one index. Terms go by their numbers in the sorted list of a field.

    Members that take a budget raise what it raises; all raise DamagedFault where the index is not as it was made.
    """

    @property
    def count(self) -> int:
        """How many records there are."""
        ...

    def term(self, field: Field, text: str) -> Scores:
        """Records that hold this term."""
        ...

    def phrase(self, field: Field, steps: Sequence[Step], budget: Budget) -> Scores:
        """Records that hold these terms at these distances from each other. Raises ValueError without positions."""
        ...

    def begun(self, field: Field, beginning: str, budget: Budget) -> Scores:
        """Records that hold any term that begins so, scored as if they were one term."""
        ...

    def union(self, field: Field, numbers: Numbers, budget: Budget) -> Scores:
        """Records that hold any of these terms, scored as if they were one term."""
        ...

    def records(self, field: Field, text: str) -> Ordinals:
        """Records that hold this term."""
        ...

    def frequency(self, field: Field, text: str) -> int:
        """How many records hold this term."""
        ...

    def range(self, field: Field, beginning: str) -> tuple[int, int]:
        """The numbers [first, last) of the terms that begin so."""
        ...

    def texts(self, field: Field, numbers: Numbers) -> list[str]:
        """Terms by their numbers."""
        ...

    def sizes(self, field: Field, first: int, last: int) -> Numbers:
        """How many characters the terms [first, last) have."""
        ...

    def postings(self, field: Field, numbers: Numbers) -> tuple[Ordinals, Numbers]:
        """Records that hold these terms, term by term, and which of `numbers` each is for, by its place there."""
        ...

    def akin(self, field: Field, trait: str) -> Numbers:
        """The terms that have this stem, or in a field of whole names this sound."""
        ...

    def near(self, field: Field, text: str, limit: int, beginning: str = "") -> tuple[Numbers, Numbers]:
        """The terms that begin so and are at most `limit` edits from `text`, and how many edits each is."""
        ...

    def fitting(self, field: Field, beginning: str, pattern: re.Pattern[bytes]) -> Numbers:
        """The terms that begin so and that `pattern` finds (see WordList.fitting)."""
        ...

    def prepare(self) -> Iterator[None]:
        """Read now what the first questions would read, a little with each step."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...
