"""Progress of long work and the wish to end it, passed down to whoever does the work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jasic_desktop.core.errors import Cancelled

Report = Callable[[str, int, int], None]


def _silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Progress:
    """`report(step, done, total)` tells how far a step has come (`step` is a catalogue key, `total` 0 if unknown);
    `cancelled()` says whether the person has asked to end.
    """

    report: Report = _silent
    cancelled: Callable[[], bool] = _never

    def step(self, step: str, done: int = 0, total: int = 0) -> None:
        """Tell how far `step` is. Raises Cancelled when the person has asked to end."""
        if self.cancelled():
            raise Cancelled
        self.report(step, done, total)


SILENT = Progress()
