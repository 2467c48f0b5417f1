"""Ticks many results at once: a stretch of rows, or all that was found, whether their records are known yet or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from jasic_desktop.ui.coordinator import Coordinator

if TYPE_CHECKING:
    from jasic_desktop.ui.results import ResultsPane
    from jasic_desktop.ui.searching import Searcher

MOST: Final = 10_000
"""Records that one selection takes from the results."""


class ResultsTicking(QObject):
    """Asks the search for the ids of rows that were never shown, and ticks when they come."""

    def __init__(self, coordinator: Coordinator, pane: ResultsPane) -> None:
        super().__init__(pane)
        self._coordinator = coordinator
        self._pane = pane
        self._searcher: Searcher | None = None
        self._awaited = 0
        self._wanted = (0, 0)
        self._ticked: set[str] = set()

    def attach(self, searcher: Searcher) -> None:
        """Ask this one."""
        self._searcher = searcher
        searcher.listed.connect(self._listed)

    @Slot(int, int, bool)
    def tick(self, first: int, last: int, grows: bool) -> None:
        """Tick the records from one row to another; where the stretch only grew or shrank, ticks that it gave before
        and that lie outside now are taken away.
        """
        model = self._pane.model
        first, last = min(first, last), max(first, last)
        places = range(model.groups.place(first), model.groups.place(last) + (model.groups.heading(last) is None))
        if not grows:
            self._ticked = set()
        known = [model.id(model.groups.row(place)) for place in places[: MOST + 1]]
        if None in known or len(places) > MOST:
            self._ask(places.start, places.stop)
        else:
            self._take([record_id for record_id in known if record_id is not None])

    @Slot()
    def tick_all(self) -> None:
        """Tick all that was found."""
        self._ticked = set()
        if self._pane.shows_selection:
            return  # they are ticked
        self._ask(0, self._pane.model.total)

    @Slot(int, object)
    def _listed(self, number: int, ids: tuple[str, ...]) -> None:
        if number and number == self._awaited:
            self._awaited = 0
            first, last = self._wanted
            self._take(list(ids[first:last]))

    def _ask(self, first: int, last: int) -> None:
        self._wanted = (first, last)
        self._awaited = self._searcher.every() if self._searcher is not None else 0

    def _take(self, ids: list[str]) -> None:
        coordinator = self._coordinator
        if len(ids) > MOST:
            coordinator.tell("window.results.more_selected", "warn", most=MOST, count=len(ids))
            ids = ids[:MOST]
        wanted = set(ids)
        gone = self._ticked - wanted
        new = [record_id for record_id in ids if record_id not in coordinator.selection]
        self._ticked = (self._ticked & wanted) | set(new)
        if gone:
            coordinator.unselect(gone)
        if new:
            coordinator.select(new)
