"""What an evaluator needs of an index: scored postings of single terms, phrases and unions, under a time limit."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from jasic_desktop.core.errors import Cancelled
from jasic_desktop.search.analysis import Step
from jasic_desktop.search.engine import Cancelled as CancelledCall
from jasic_desktop.search.engine import never
from jasic_desktop.search.fields import Field

Scores = dict[int, float]
"""A score above 0 for each record found, by ordinal."""


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
    """Scored postings of one index; each member raises what `budget` raises."""

    @property
    def count(self) -> int:
        """How many records there are."""
        ...

    def term(self, field: Field, text: str) -> Scores:
        """Records that hold this term."""
        ...

    def phrase(self, field: Field, steps: Sequence[Step], budget: Budget) -> Scores:
        """Records that hold these terms at these distances from each other."""
        ...

    def union(self, field: Field, texts: Iterable[str], budget: Budget) -> Scores:
        """Records that hold any of these terms, scored as if they were one term."""
        ...

    def terms(self, field: Field, prefix: str) -> Iterator[str]:
        """The terms of `field` that begin with `prefix`, in order of their code points."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...
