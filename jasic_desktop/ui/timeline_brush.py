"""The stretch of days that is brushed, or begun to be."""

from __future__ import annotations

Days = tuple[float, float]
"""The first and the last day, as numbers of days."""


class Brush:
    """`days` once both ends are there; with keys the first end is set alone."""

    def __init__(self) -> None:
        self.days: Days | None = None
        self._begun: tuple[float | None, float | None] = (None, None)

    @property
    def shown(self) -> Days | None:
        """What is to be drawn: the brush, or the end that was begun, as a stretch of one day."""
        begun = next((day for day in self._begun if day is not None), None)
        return self.days if begun is None else (begun, begun)

    @property
    def ends(self) -> tuple[bool, bool]:
        """Which ends of what is shown are there."""
        return self._begun[1] is None, self._begun[0] is None

    def set(self, days: Days | None) -> None:
        """Brush these days, or none."""
        self.days = days if days is None else (min(days), max(days))
        self._begun = (None, None)

    def put(self, end: int, day: float) -> bool:
        """Put the beginning (0) or the end (1) on a day; tells whether both are there now."""
        other = self.days[1 - end] if self.days is not None else self._begun[1 - end]
        if other is None:
            self._begun = (None, day) if end else (day, None)
            return False
        self.set((day, other))
        return True

    def clear(self) -> bool:
        """Take it away; tells whether there was any."""
        there = self.shown is not None
        self.set(None)
        return there
