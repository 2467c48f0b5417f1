"""The timeline laid out without a toolkit: marks in lanes and rows, their labels, and pills for what has no room."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from msgspec.structs import replace

from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.dates import Date, points
from jasic_desktop.core.errors import Cancelled
from jasic_desktop.core.languages import Language
from jasic_desktop.packs.store import EventRow, Store
from jasic_desktop.render.timeline_edges import Pilled, with_edges
from jasic_desktop.render.timeline_parts import (
    BAR,
    DOT,
    FEWEST_ROWS,
    GAP,
    LONG_BAR,
    MOST_ROWS,
    PILL,
    RING,
    ROW_HEIGHT,
    Item,
    LaneLayout,
    Mark,
    Measure,
    Pill,
    Place,
    Row,
    Shape,
    pill_of,
)
from jasic_desktop.render.timeline_row import in_one_row
from jasic_desktop.render.timeline_scale import Scale, ordinal

__all__ = [
    "BAR",
    "DOT",
    "FEWEST_ROWS",
    "GAP",
    "LONG_BAR",
    "MOST_ROWS",
    "PILL",
    "RING",
    "ROW_HEIGHT",
    "Arrangement",
    "Item",
    "LaneLayout",
    "Mark",
    "Measure",
    "Pill",
    "Shape",
    "approximate_width",
    "items",
    "timeline_json",
]


def items(rows: Iterable[EventRow], language: Language) -> tuple[Item, ...]:
    """Events of the store as the layout takes them, in the same order.

    An open end runs to the last day that any of them names, an open start from the first.
    """
    events = tuple(rows)
    days = [day for row in events for day in row.date.stated if day]
    first, last = (ordinal(min(days)), ordinal(max(days))) if days else (1, 1)
    return tuple(_item(row, row.date, first, last, language) for row in events)


def _item(row: EventRow, when: Date, archive_first: int, archive_last: int, language: Language) -> Item:
    start, end = points(when.edtf)
    first = ordinal(start.first) if start else archive_first
    last = max(ordinal(end.last) if end else archive_last, first)
    label = (row.short or row.title).show(language)
    lane = row.lane or ""
    differs = row.certainty == "disputed"
    if start is end and start is not None and start.unit == "day":
        shape = Shape.ABOUT if start.approximate or start.uncertain else Shape.DAY
        return Item(row.id, lane, label, first, last, shape, differs=differs)
    soft = [point is None or point.unit != "day" or point.approximate or point.uncertain for point in (start, end)]
    return Item(row.id, lane, label, first, last, Shape.BAR, soft[0], soft[1], differs)


def approximate_width(text: str, size: float = 11) -> float:
    """About how wide `text` is at `size` pixels, where no font can be asked: wide characters take their full size."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return (wide + (len(text) - wide) * 0.56) * size


class Arrangement:
    """All events placed at one scale. Rows depend on scale, selection and matches only: never on what is in view.

    Positions are those of `scale`; a view is a stretch of them. Placing follows three steps: the selected event,
    then the matches, then the rest, each in order of position. Nothing overlaps in a row, nothing is left out.
    """

    def __init__(
        self,
        events: Sequence[Item],
        scale: Scale,
        *,
        selected: str | None = None,
        matches: Collection[str] = (),
        measure: Measure = approximate_width,
        measure_bold: Measure | None = None,
        lanes: Sequence[str] = (),
        most: int = MOST_ROWS,
        progress: Progress = SILENT,
    ) -> None:
        """`measure_bold` tells the width of the labels of the selected event and of matches, where it differs; `most`
        is how many rows a lane may have. Raises Cancelled, within a millisecond or two, where the progress says so.
        """
        self.scale = scale
        measures = (measure, measure_bold or measure)
        by_lane: dict[str, list[Item]] = {lane: [] for lane in lanes}
        for event in events:
            by_lane.setdefault(event.lane, []).append(event)
        made: list[_Lane] = []
        for lane, found in by_lane.items():
            made.append(_Lane(lane, found, scale, selected, frozenset(matches), measures, most, progress))
        self.lanes: tuple[_Lane, ...] = tuple(made)

    def view(self, left: float, right: float) -> tuple[LaneLayout, ...]:
        """What is to be drawn from position `left` to `right`, lanes in order, each as high as this stretch needs."""
        return tuple(lane.view(left, right) for lane in self.lanes)

    def whole(self) -> tuple[LaneLayout, ...]:
        """Every lane from its first mark to its last label."""
        return self.view(float("-inf"), float("inf"))


class _Lane:
    def __init__(
        self,
        lane: str,
        events: list[Item],
        scale: Scale,
        selected: str | None,
        matches: frozenset[str],
        measures: tuple[Measure, Measure],
        most: int,
        progress: Progress,
    ) -> None:
        self.id = lane
        self._progress = progress
        self.count = len(events)
        self._measure, self._measure_bold = measures
        self._most = most
        self._heed()
        placed = _places(events, scale, selected)
        self._heed()
        steps: tuple[list[Place], ...] = ([], [], placed)
        if selected is not None or matches:
            steps = ([], [], [])
            for place in placed:
                steps[0 if place[2] == selected else 1 if place[2] in matches else 2].append(place)
        marks, pills = in_one_row(steps, measures, self._heed) if most == 1 else self._in_rows(steps)
        if matches:
            marks = [replace(mark, matched=mark.item.id in matches) for mark in marks]
        self._heed()
        self._marks = sorted(marks, key=lambda mark: (mark.left, mark.row, mark.item.id))
        by_id = {place[2]: place for place in placed} if pills else {}
        self._pilled = Pilled(sorted(pills, key=lambda pill: (pill.left, pill.row)), by_id)
        self._lefts = [mark.left for mark in self._marks]
        self._reach = _furthest(self._marks)
        self._progress = SILENT

    def _heed(self) -> None:
        if self._progress.cancelled():
            raise Cancelled

    def _in_rows(self, steps: Sequence[list[Place]]) -> tuple[list[Mark], list[Pill]]:
        marks, left_over, rows = self._place(steps, self._most)
        pills = _pills_in_gaps(left_over, rows)
        if pills is not None:
            return marks, pills
        # No gaps for the pills: the last row is kept for what has no room in the others.
        marks, left_over, rows = self._place(steps, self._most - 1)
        alone, pills = _gather(left_over, self._most - 1)
        return marks + alone, pills

    def _place(self, steps: Iterable[list[Place]], most: int) -> tuple[list[Mark], list[Place], list[Row]]:
        rows = [Row() for _ in range(most)]
        marks: list[Mark] = []
        left_over: list[Place] = []
        for number, step in enumerate(steps):
            lefts = [place[0] for place in step]
            at = 0
            while at < len(step):
                self._heed()
                # Where every row is full, all that begins before the first free place is left over at once.
                full_to = min(row.edge for row in rows) + GAP
                beyond = bisect_left(lefts, full_to, at)
                left_over += step[at:beyond]
                if beyond >= len(step):
                    break
                mark = self._put(step[beyond], rows, number)
                if mark is None:
                    left_over.append(step[beyond])
                else:
                    marks.append(mark)
                at = beyond + 1
            for row in rows:
                row.settle()
        return marks, left_over, rows

    def _put(self, place: Place, rows: list[Row], step: int) -> Mark | None:
        left, right, _, item = place
        width = (self._measure if step == 2 else self._measure_bold)(item.label)
        if step == 0:
            # Room on both sides, so that the label can change sides at an edge of the view.
            rows[0].take(left - GAP - width, right + GAP + width)
            return Mark(item, 0, left, right, right + GAP, right + GAP + width, selected=True)
        alone = None
        for number, row in enumerate(rows):
            if not row.free(left, right):
                continue
            if row.free(left, right + GAP + width):
                row.take(left, right + GAP + width)
                return Mark(item, number, left, right, right + GAP, right + GAP + width)
            if row.free(left - GAP - width, right):
                row.take(left - GAP - width, right)
                return Mark(item, number, left, right, left - GAP - width, left - GAP)
            alone = number if alone is None else alone
        if alone is None:
            return None
        rows[alone].take(left, right)
        return Mark(item, alone, left, right)

    def view(self, left: float, right: float) -> LaneLayout:
        """The part of the lane from position `left` to `right`."""
        begin = bisect_left(self._reach, left)
        end = bisect_right(self._lefts, right)
        marks = [mark for mark in self._marks[begin:end] if mark.right >= left]
        pills = self._pilled.inside(left, right)
        highest = max([mark.row for mark in marks] + [pill.row for pill in pills], default=0)
        rows = min(max(highest + 1, FEWEST_ROWS), self._most)
        fitted = _within(marks, pills, left, right, sure=self._most > 1)
        layout = LaneLayout(self.id, rows, self.count, tuple(fitted), pills)
        outside = self._pilled.outside(left, right)
        return with_edges(layout, outside, left, right, self._most) if any(outside) else layout


def _places(events: Sequence[Item], scale: Scale, selected: str | None) -> list[Place]:
    """Where the marks of events would stand, in order. There may be very many: the scale is asked for all at once."""
    bar, half = Shape.BAR, DOT / 2
    lefts = scale.places([event.first for event in events])
    nexts = scale.places([(event.last if event.shape is bar else event.first) + 1 for event in events])
    placed: list[Place] = []
    for event, left, after in zip(events, lefts, nexts, strict=True):
        if event.id == selected:
            placed.append((*_chosen(event, left, after), event.id, event))
        elif event.shape is bar:
            placed.append((left, after if after > left + BAR else left + BAR, event.id, event))
        else:
            middle = (left + after) / 2
            placed.append((middle - half, middle + half, event.id, event))
    placed.sort()
    return placed


def _chosen(event: Item, left: float, after: float) -> tuple[float, float]:
    """The left and right edge of the mark of the selected event, which has a ring."""
    if event.shape is Shape.BAR:
        return left, max(after, left + RING)
    middle = (left + after) / 2
    return middle - RING / 2, middle + RING / 2


def _furthest(marks: Sequence[Mark]) -> list[float]:
    """For each mark the furthest right edge of it and all before it: it rises, so a view is found by halving."""
    reach: list[float] = []
    for mark in marks:
        reach.append(max(mark.right, reach[-1] if reach else mark.right))
    return reach


def _gather(left_over: Iterable[Place], row: int) -> tuple[list[Mark], list[Pill]]:
    """What had no room, in a row of its own: a mark where it stands apart, else a pill for all that begin beside it.

    A pill begins where its first event does and takes in all that would touch it, so nothing is ever moved.
    """
    places = sorted(left_over)
    marks: list[Mark] = []
    pills: list[Pill] = []
    for group, is_apart in _groups(places):
        left, right, _, item = group[0]
        if is_apart:
            marks.append(Mark(item, row, left, right))
        else:
            pills.append(pill_of(group, row, left))
    return marks, pills


def _groups(places: Sequence[Place]) -> Iterator[tuple[Sequence[Place], bool]]:
    """Places in order, parted into those that a pill would hold, each with whether it is one that stands apart."""
    at = 0
    while at < len(places):
        left, right = places[at][:2]
        end = at + 1
        is_apart = end == len(places) or places[end][0] >= right + GAP
        if not is_apart:
            end = bisect_left(places, left + PILL + GAP, end, key=itemgetter(0))
        yield places[at:end], is_apart
        at = end


def _pills_in_gaps(left_over: Sequence[Place], rows: Sequence[Row]) -> list[Pill] | None:
    """Pills in gaps of the rows, each within one width of where it belongs; None where one finds no gap."""
    placed: list[Pill] = []
    for group, _ in _groups(sorted(left_over)):
        begin = group[0][0]
        for shift in (0, PILL / 2, -PILL / 2, PILL, -PILL):
            left = begin + shift
            right = begin + PILL + shift
            row = next((number for number, row in enumerate(rows) if row.free(left, right)), None)
            if row is not None:
                placed.append(replace(pill_of(group, row, begin), left=left, right=right))
                insort(rows[row].fixed, (left, right))
                break
        else:
            return None
    return placed


def _within(
    marks: Sequence[Mark], pills: Sequence[Pill], left: float, right: float, *, sure: bool = True
) -> list[Mark]:
    """`marks` with labels that an edge of the view would cut on the other side, or taken away where that is not free.

    The label of the selected event always stays: within its bar where neither side is in view. Where it is not `sure`
    that both its sides are free (a lane of one row), it is like any other.
    """
    taken: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    for mark in marks:
        outer = (
            (mark.label_left, mark.label_right) if mark.label_left is not None and mark.label_right is not None else ()
        )
        taken[mark.row].append((min(mark.left, *outer), max(mark.right, *outer)) if outer else (mark.left, mark.right))
    for pill in pills:
        taken[pill.row].append((pill.left, pill.right))
    for row in taken.values():
        row.sort()
    fitted = []
    for mark in sorted(marks, key=lambda mark: not mark.selected):
        if (
            mark.label_left is None
            or mark.label_right is None
            or (left <= mark.label_left and mark.label_right <= right)
        ):
            fitted.append(mark)
            continue
        width = mark.label_right - mark.label_left
        flipped = mark.left - GAP - width if mark.label_left > mark.left else mark.right + GAP
        in_view = left <= flipped and flipped + width <= right
        if in_view and ((mark.selected and sure) or _alone(taken[mark.row], mark, flipped, flipped + width)):
            fitted.append(replace(mark, label_left=flipped, label_right=flipped + width))
            taken[mark.row] = sorted([*taken[mark.row], (flipped, flipped + width)])
        elif mark.selected and sure:
            inside = max(left + GAP, min(mark.label_left, right - width - GAP))
            fitted.append(replace(mark, label_left=inside, label_right=inside + width))
        else:
            fitted.append(replace(mark, label_left=None, label_right=None))
    return sorted(fitted, key=lambda mark: (mark.left, mark.row, mark.item.id))


def _alone(taken: list[tuple[float, float]], mark: Mark, left: float, right: float) -> bool:
    """Whether the stretch is free of everything in the row but the mark itself and the room its label had."""
    own = (
        min(mark.left, mark.label_left if mark.label_left is not None else mark.left),
        max(mark.right, mark.label_right if mark.label_right is not None else mark.right),
    )
    return all(stretch == own or stretch[1] + GAP <= left or stretch[0] - GAP >= right for stretch in taken)


def timeline_json(store: Store, rows: Sequence[EventRow], language: Language = "en") -> dict[str, Any]:
    """The shape that `timeline --json` promises: the events in order, and how many they are."""
    return {
        "events": [
            {
                "id": row.id,
                "title": row.title.show(language),
                "short": (row.short or row.title).show(language),
                "date": row.date.edtf,
                "earliest": row.date.earliest,
                "latest": row.date.latest,
                "phrase": row.date.phrase.show(language),
                "kind": row.kind,
                "lane": row.lane or store.archive.lane_of(row.kind),
                "certainty": row.certainty,
            }
            for row in rows
        ],
        "total": len(rows),
    }
