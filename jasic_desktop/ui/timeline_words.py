"""What the timeline says: lanes, density, legend, and each event in words, for its card and for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jasic_desktop.packs.store import EventRow
from jasic_desktop.render.timeline_scale import Unit
from jasic_desktop.render.visible import one_line

if TYPE_CHECKING:
    from jasic_desktop.ui.coordinator import Coordinator

LEGEND = ("day", "interval", "soft", "about", "differ", "light", "more")


class TimelineWords:
    """The timeline's words in the language of the window."""

    def __init__(self, coordinator: Coordinator) -> None:
        self._coordinator = coordinator

    def say(self, key: str, **values: object) -> str:
        """A text of the table `window.timeline.canvas`."""
        return self._coordinator.words(f"window.timeline.canvas.{key}", **values)

    def events(self, number: int) -> str:
        """How many events."""
        return self.say("events", count=number)

    def density(self, unit: Unit, tallest: int) -> tuple[str, str]:
        """What the bars above the lanes count, and how many events the tallest stands for."""
        return self.say(f"by.{unit}"), self.say("tallest", events=self.events(tallest))

    def legend(self, *, light: bool) -> tuple[tuple[str, str], ...]:
        """The signs of the legend and their words; that of events that do not match only where there are any."""
        return tuple((key, self.say(f"legend.{key}")) for key in LEGEND if key != "light" or light)

    def title(self, row: EventRow) -> str:
        """The whole title of an event."""
        return one_line(row.title.show(self._coordinator.language))

    def date(self, row: EventRow) -> str:
        """When it was, as the archive says it."""
        return one_line(row.date.phrase.show(self._coordinator.language))

    def note(self, row: EventRow, lane: str, place: tuple[int, int] | None) -> str:
        """The second line of the card: date and lane; `place` is its number in a pill, and how many are there."""
        note = self.say("note", date=self.date(row), lane=lane)
        return note if place is None else self.say("in_pill", note=note, number=place[0], count=place[1])

    def spoken(self, row: EventRow, lane: str, place: tuple[int, int] | None) -> str:
        """An event for who hears it: title, date, lane, how certain, and where it is one of several."""
        certainty = self._coordinator.words(f"render.certainty.{row.certainty}") if row.certainty else ""
        parts = [self.title(row), self.date(row), lane, certainty]
        if place is not None:
            parts.append(self.say("of", number=place[0], count=place[1]))
        return self.say("join").join(part for part in parts if part)
