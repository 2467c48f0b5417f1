"""Sorts the events of the timeline into lanes: the archive's own, or by place, topic or person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from jasic_desktop.core.languages import Language
from jasic_desktop.packs.store import EventRow, Store
from jasic_desktop.render.timeline import Item, items
from jasic_desktop.render.visible import one_line

LanesBy = Literal["lane", "place", "topic", "person"]
LANES_BY: Final[tuple[LanesBy, ...]] = ("lane", "place", "topic", "person")
MOST_LANES: Final = 8
"""Lanes by place, topic or person; what belongs to none of them stands in one more."""
OTHER: Final = "*other"
NONE: Final = "*none"
LONGEST_LABEL: Final = 60
"""Characters beside a mark; the whole title stands in the card and in the table."""

_BELONGS: Final[dict[str, Callable[[EventRow], Sequence[str]]]] = {
    "lane": lambda row: (row.lane,) if row.lane else (),
    "place": lambda row: row.places,
    "topic": lambda row: row.topics,
    "person": lambda row: row.people,
}


class LaneName(Struct, frozen=True):
    """A lane: its words, and its number from the top, which gives its colour."""

    id: str
    label: str
    number: int


def lanes_of(
    store: Store, rows: Sequence[EventRow], by: LanesBy, language: Language, words: Callable[[str], str]
) -> tuple[tuple[LaneName, ...], dict[str, str]]:
    """The lanes of all events, from the top, and the lane of each event by its id.

    An event that belongs to several is drawn once: in the first one that it names and that has a lane of its own.
    `words` gives the words for `others` and `none`.
    """
    belongs = _BELONGS[by]
    if by == "lane":
        known = {lane.id: one_line(lane.label.show(language)) for lane in store.archive.lanes}
    else:
        counts = Counter(value for row in rows for value in dict.fromkeys(belongs(row)))
        most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_LANES]
        known = {value: one_line(store.title(value).show(language)) for value, _ in most}
    lane_of: dict[str, str] = {}
    for row in rows:
        values = belongs(row)
        lane_of[row.id] = next((value for value in values if value in known), OTHER if values else NONE)
    used = set(lane_of.values())
    labels = {**known, OTHER: words("others"), NONE: words("none")}
    names = [LaneName(lane, label, number) for number, (lane, label) in enumerate(labels.items()) if lane in used]
    return tuple(names), lane_of


def items_in_lanes(rows: Sequence[EventRow], lane_of: dict[str, str], language: Language) -> tuple[Item, ...]:
    """The events as the layout takes them, each in its lane, their labels short enough to be drawn on one line."""
    return tuple(
        replace(item, lane=lane_of[item.id], label=short(one_line(item.label))) for item in items(rows, language)
    )


def short(text: str) -> str:
    """`text`, cut where it is too long to stand beside a mark."""
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1].rstrip()}…"
