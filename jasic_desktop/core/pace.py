"""How fast long work goes, and how long it will take from here, from what it tells of itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

_SETTLED = 1.0
"""Seconds before a pace is told: the first few records say little."""


class Told(NamedTuple):
    """How many a second are done, and how many seconds are left."""

    rate: float
    left: float


class Pace:
    """Follows the steps of some work; each step has a pace of its own."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._step = ""
        self._begun = 0.0
        self._first = 0

    def told(self, step: str, done: int, total: int) -> Told | None:
        """The pace of `step` with `done` of `total` done; None while there is none to tell."""
        now = self._clock()
        if step != self._step or done < self._first:
            self._step, self._begun, self._first = step, now, done
        seconds, more = now - self._begun, done - self._first
        if seconds < _SETTLED or more <= 0 or total <= 0:
            return None
        return Told(more / seconds, max(0, total - done) * seconds / more)
