"""The protocol every search engine keeps, so that the rest of the program knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from jasic_desktop.core.languages import Language
from jasic_desktop.search.answer import Answer, Listing, Suggestion
from jasic_desktop.search.request import Request

Cancelled = Callable[[], bool]
"""Says whether the person no longer waits for the answer."""


def never() -> bool:
    """For a question nobody takes back."""
    return False


class Engine(Protocol):
    """Answers questions about one archive. Not to be used from two threads at once."""

    def search(self, request: Request, cancelled: Cancelled = never) -> Answer:
        """The answer to `request`; any text is a question, and none takes more than two seconds.

        Raises core.errors.Cancelled once `cancelled()` is true.
        """
        ...

    def listed(self, request: Request, cancelled: Cancelled = never) -> Listing:
        """The ids of all that `request` finds, in its order, whatever its limit and offset: for who takes them away.

        Costs far less than as many hits. Raises core.errors.Cancelled once `cancelled()` is true.
        """
        ...

    def suggest(self, text: str, limit: int = 8, language: Language = "en") -> tuple[Suggestion, ...]:
        """Records whose names or titles `text` may be the beginning of, the best first."""
        ...

    def prepare(self) -> Iterator[None]:
        """Read now what the first questions would read, a little with each step; to be left off at any of them."""
        ...

    def close(self) -> None:
        """Let go of the files."""
        ...
