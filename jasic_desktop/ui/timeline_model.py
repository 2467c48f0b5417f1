"""What the timeline shows of the open archive: its events, sorted into lanes, and which of them match."""

from __future__ import annotations

from collections.abc import Sequence

from jasic_desktop.packs.store import EventRow
from jasic_desktop.render.timeline import Item
from jasic_desktop.render.timeline_view import Limits
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.timeline_events import Events
from jasic_desktop.ui.timeline_lanes import LaneName, LanesBy, items_in_lanes, lanes_of
from jasic_desktop.ui.timeline_words import TimelineWords


class TimelineModel:
    """`events` are those shown, `lanes` those that hold any of them, `limits` how far the days of all go.

    `version` is another number whenever events, lanes or labels are.
    """

    def __init__(self, coordinator: Coordinator, words: TimelineWords) -> None:
        self._coordinator = coordinator
        self._words = words
        self._all: tuple[EventRow, ...] = ()
        self._items: tuple[Item, ...] = ()
        self._names: tuple[LaneName, ...] = ()
        self._matched: frozenset[str] | None = None
        self._found: tuple[int, ...] | None = None
        self.by: LanesBy = "lane"
        self.matches_only = False
        self.events = Events()
        self.limits: Limits | None = None
        self.version = 0

    @property
    def lanes(self) -> tuple[LaneName, ...]:
        """The lanes from the top; each keeps its colour when others are empty."""
        held = self.events.lanes
        return tuple(name for name in self._names if name.id in held)

    @property
    def matched(self) -> frozenset[str] | None:
        """The events that match; None where all do."""
        return self._matched

    @property
    def matches(self) -> frozenset[str]:
        """The events that stand out; none where all match."""
        return self._matched or frozenset()

    @property
    def has_others(self) -> bool:
        """Whether events are shown that do not match."""
        return self._matched is not None and not self.matches_only

    @property
    def is_empty(self) -> bool:
        """Whether the archive has no event at all."""
        return not self._all

    def any_strong(self, ids: Sequence[str]) -> bool:
        """Whether any of these events matches."""
        return self._matched is None or not self._matched.isdisjoint(ids)

    def lane_label(self, event_id: str) -> str:
        """The words of the lane in which an event shown is drawn. Raises KeyError for another event."""
        lane = self.events.item(event_id).lane
        return next(name.label for name in self._names if name.id == lane)

    def after(self, event_id: str, by: int) -> str:
        """The event `by` places after another one, or before it; the last or first where there are not so many."""
        at = self.events.number(event_id) or 0
        return self.events.rows[min(max(at + by, 0), len(self.events) - 1)].id

    def across(self, event_id: str, by: int) -> str:
        """The event that begins nearest to another one in the lane below it (1) or above (-1); itself without one."""
        item = self.events.item(event_id)
        lanes = [name.id for name in self.lanes]
        at = lanes.index(item.lane) + by
        return self.events.nearest(lanes[at], item.first) if 0 <= at < len(lanes) else event_id

    def read(self) -> None:
        """Take the events of the archive that is open now."""
        store = self._coordinator.store
        self._all = store.events() if store is not None else ()
        self._matched = self._found = None
        self.sort()

    def match(self) -> bool:
        """Take what the answer found; tells whether anything is other than before."""
        store, answer = self._coordinator.store, self._coordinator.answer
        if store is None or answer is None:
            return False
        if answer.events == self._found:
            return False
        self._found = answer.events
        is_all = len(answer.events) >= len(self._all)
        matched = None if is_all else frozenset(map(store.ids.__getitem__, answer.events))
        if matched == self._matched:
            return False
        self._matched = matched
        if self.matches_only:
            self.choose()
        else:
            self.version += 1
        return True

    def sort(self) -> None:
        """Sort all events into lanes, with their words in the language of the window."""
        store, language = self._coordinator.store, self._coordinator.language
        if store is None:
            self._names, self._items = (), ()
        else:
            self._names, lane_of = lanes_of(store, self._all, self.by, language, self._words.say)
            self._items = items_in_lanes(self._all, lane_of, language)
        everything = Events(self._all, self._items)
        self.limits = Limits.around(*everything.stretch) if self._all else None
        self.choose()

    def choose(self) -> None:
        """Keep all events, or those that match."""
        self.version += 1
        rows, items = self._all, self._items
        if self.matches_only and self._matched is not None:
            items = tuple(item for item in items if item.id in self._matched)
            rows = tuple(row for row in rows if row.id in self._matched)
        self.events = Events(rows, items)
