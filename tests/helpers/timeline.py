"""Events for the timeline, as many as a test asks for, offered as a store of a pack would."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from jasic_desktop.core.dates import Date
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.paths import Places
from jasic_desktop.core.settings import Settings
from jasic_desktop.packs.store import EventRow
from jasic_desktop.ui.coordinator import Coordinator


def event(
    event_id: str,
    edtf: str,
    title: str = "",
    lane: str | None = "lane0",
    places: tuple[str, ...] = (),
    people: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
) -> EventRow:
    """An event on a day, or from one day to another (`2018-01-01/2018-02-01`), in any year from 1000 to 9999."""
    days = [day if day != ".." else None for day in edtf.rstrip("~?").split("/")]
    when = Date(edtf, days[0], days[-1], Localised(en=edtf))
    words = Localised(en=title or f"Event {event_id}")
    return EventRow(event_id, words, None, when, "kind", lane, "corroborated", places, people, (), topics)


def many(count: int, years: int = 20, lanes: int = 6) -> tuple[EventRow, ...]:
    """`count` events spread over years and lanes, the same each time; every fifth lasts some days."""
    first, days = date(2000, 1, 1).toordinal(), years * 365
    rows = []
    for number in range(count):
        begin = first + number * 7919 % days
        edtf = date.fromordinal(begin).isoformat()
        if number % 5 == 0:
            edtf = f"{edtf}/{date.fromordinal(begin + number % 40 + 1).isoformat()}"
        rows.append(event(f"e{number}", edtf, f"Something happened {number % 97}", f"lane{number % lanes}"))
    return tuple(sorted(rows, key=lambda row: (row.date.edtf, row.id)))


class EventsOnly:
    """What the timeline reads of a store: its events, in lanes that are named or not."""

    def __init__(self, rows: Iterable[EventRow], lanes: Sequence[str] = ()) -> None:
        self._rows = tuple(rows)
        self.ids = tuple(row.id for row in self._rows)
        self.count = len(self._rows)
        named = [SimpleNamespace(id=lane, label=Localised(en=f"Name of {lane}")) for lane in lanes]
        self.archive = SimpleNamespace(id="made-up", lanes=named)

    def events(self) -> tuple[EventRow, ...]:
        return self._rows

    def title(self, record_id: str) -> Localised:
        return Localised(en=f"Title of {record_id}")

    def type(self, _record_id: str) -> str:
        return "event"


class Opened:
    """An archive that is open and holds only events."""

    def __init__(self, rows: Iterable[EventRow], lanes: Sequence[str] = ()) -> None:
        self.store = EventsOnly(rows, lanes)

    def close(self) -> None:
        """Nothing is to be let go."""


def coordinator_of(folder: Path, rows: Iterable[EventRow], lanes: Sequence[str] = ()) -> Coordinator:
    """A coordinator, without a search, of an archive that holds only these events."""
    settings = folder / "config"
    made = Coordinator(Places(folder, folder, settings), Settings.load(settings), "en", "light")
    made.open(Opened(rows, lanes))
    return made
