"""The reader's way through the archive: each moment as one value, and the moments before and after it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from jasic_desktop.core.errors import DamagedFault
from jasic_desktop.search.request import Filters, Sort

if TYPE_CHECKING:
    from jasic_desktop.packs.store import Store

View = Literal["start", "browse", "timeline", "page"]
"""The start page, the panes, the whole timeline, or one record that has the whole window."""
MOST_MOMENTS: Final = 500


def listing(view: View) -> View:
    """The view in which what a question finds is seen, from `view`."""
    return "browse" if view in ("start", "page") else view


def reading(view: View) -> View:
    """The view in which a record is read, from `view`."""
    return "page" if view == "page" else "browse"


@dataclass(frozen=True)
class Moment:
    """All that Back and Forward bring back: the question, what is read, what stands beside it, and where in it.

    `record` and `profile` are ids; `scroll` is how far the reader is scrolled, from 0 to 1, `list_top` how many rows of
    the results lie above what is seen of them, a part of a row as a fraction.
    """

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevance"
    record: str | None = None
    profile: str | None = None
    view: View = "start"
    scroll: float = 0.0
    list_top: float = 0.0

    @property
    def question(self) -> tuple[str, Filters, Sort]:
        """What decides which records are found."""
        return self.text, self.filters, self.sort


class History:
    """A row of moments and the place in it; at least one is there. The oldest are dropped beyond MOST_MOMENTS."""

    def __init__(self, first: Moment | None = None) -> None:
        self._moments = [first if first is not None else Moment()]
        self._place = 0

    @property
    def current(self) -> Moment:
        """The moment shown."""
        return self._moments[self._place]

    @property
    def can_back(self) -> bool:
        """Whether there is a moment before this one."""
        return self._place > 0

    @property
    def can_forward(self) -> bool:
        """Whether there is a moment after this one."""
        return self._place < len(self._moments) - 1

    def move(self, moment: Moment) -> None:
        """Go on to `moment`; those that lay ahead are dropped. The same moment again is no step."""
        if moment == self.current:
            return
        del self._moments[self._place + 1 :]
        self._moments.append(moment)
        del self._moments[:-MOST_MOMENTS]
        self._place = len(self._moments) - 1

    def replace(self, moment: Moment) -> None:
        """Change the moment shown without a step; those that lie ahead stay."""
        self._moments[self._place] = moment

    def back(self) -> Moment | None:
        """Go one step back and give that moment; None where there is none."""
        if not self.can_back:
            return None
        self._place -= 1
        return self.current

    def forward(self) -> Moment | None:
        """Go one step forward and give that moment; None where there is none."""
        if not self.can_forward:
            return None
        self._place += 1
        return self.current


def beside(store: Store | None, record_id: str) -> str:
    """Who or what a record is about: itself, or for an event or document the first person or organisation.

    A record that cannot be read stands beside itself: whoever shows it says what is wrong.
    """
    try:
        if store is not None and store.type(record_id) in ("event", "document"):
            named = [connection.to for connection in store.connections(record_id)]
            types = [store.type(other) for other in named]
            for wanted in ("person", "organisation"):
                if wanted in types:
                    return named[types.index(wanted)]
    except DamagedFault:
        pass
    return record_id
