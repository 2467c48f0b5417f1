"""Puts the events of a lane that has one row only in their places: in a strip there is room for no more."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from jasic_desktop.render.timeline_parts import GAP, PILL, Mark, Measure, Pill, Place, Row, pill_of

_LATE: Final = 12


def in_one_row(
    steps: Sequence[list[Place]], measures: tuple[Measure, Measure], heed: Callable[[], None]
) -> tuple[list[Mark], list[Pill]]:
    """Marks where they stand apart, pills for what does not, then labels where room is left.

    `steps` are the selected event, the matches and the rest; `measures` tell the width of plain labels and of bold;
    `heed` is called often, and raises where nobody waits any more.
    """
    plain, bold = measures
    row = Row()
    marks = []
    for left, right, _, item in steps[0]:
        end = right + GAP + bold(item.label)
        marks.append(Mark(item, 0, left, right, right + GAP, end, selected=True))
        row.take(left, end)
    row.settle()
    apart: list[list[Place]] = []
    left_over: list[Place] = []
    for step in steps[1:]:
        fits = []
        for place in step:
            heed()
            if row.take_if_free(place[0], place[1]):
                fits.append(place)
        apart.append(fits)
        kept = set(map(id, fits))
        left_over += [place for place in step if id(place) not in kept]
        row.settle()
    chosen = [(mark.left, mark.label_right or mark.right) for mark in marks]
    matches = frozenset(place[2] for place in apart[0])
    pills, swallowed = _pills_over_marks(left_over, sorted([*apart[0], *apart[1]]), row, chosen, matches, heed)
    for measure, places in zip((bold, plain), apart, strict=True):
        for place in places:
            heed()
            if place[2] not in swallowed:
                marks.append(_labelled(place, measure(place[3].label), row))
    return marks, pills


def _pills_over_marks(
    left_over: Iterable[Place],
    apart: list[Place],
    row: Row,
    chosen: Sequence[tuple[float, float]],
    matches: Collection[str],
    heed: Callable[[], None],
) -> tuple[list[Pill], set[str]]:
    """Pills in the one row there is: in a gap, else in the place of the marks that stand there; and whose they were.

    `apart` are the marks in order, `chosen` the stretch of the selected event, which stays. Rather than in the place
    of one of the `matches` they go into a pill nearby.
    """
    pills: list[Pill] = []
    swallowed: set[str] = set()
    places, at = sorted(left_over), 0
    while at < len(places):
        heed()
        left = places[at][0]
        end = at + 1
        while end < len(places) and places[end][0] < left + PILL + GAP:
            end += 1
        joined, at = places[at:end], end
        shifts = (0, PILL / 2, -PILL / 2, PILL, -PILL)
        gap = next((left + shift for shift in shifts if row.free(left + shift, left + shift + PILL)), None)
        if gap is None:
            for begin, stop in chosen:
                if begin - GAP - PILL < left < stop + GAP:
                    left = stop + GAP
            under = [place for place in _between(apart, left, swallowed) if _near(place[0], place[1], left)]
            hides_match = any(place[2] in matches for place in under)
            same = _pill_beside(pills, left, 2 * PILL if hides_match else 0)
            if same is not None:
                pills[same] = _joined(pills[same], joined)
                continue
            for place in under:
                swallowed.add(place[2])
                del row.fixed[bisect_left(row.fixed, (place[0], place[1]))]
            joined = sorted([*joined, *under])
            gap = left
        pills.append(pill_of(joined, 0, gap))
        insort(row.fixed, (gap, gap + PILL))
    return pills, swallowed


def _pill_beside(pills: Sequence[Pill], left: float, reach: float) -> int | None:
    """The pill before a place that it would touch, or that is within `reach` pixels of it; its number."""
    # Pills come in order but for a shift by one width: what is far back in the list lies far to the left.
    late = range(max(len(pills) - _LATE, 0), len(pills))
    found = [number for number in late if _near(pills[number].left - reach, pills[number].right + reach, left)]
    return min(found, key=lambda number: abs(pills[number].left - left), default=None)


def _joined(pill: Pill, places: Sequence[Place]) -> Pill:
    """The pill with more events in it."""
    more = pill_of(places, pill.row, pill.left)
    first, last = min(pill.first, more.first), max(pill.last, more.last)
    return replace(pill, ids=(*pill.ids, *more.ids), first=first, last=last)


def _near(left: float, right: float, pill: float) -> bool:
    """Whether a stretch would touch a pill that begins at `pill`."""
    return left < pill + PILL + GAP and right + GAP > pill


def _between(apart: Sequence[Place], left: float, gone: Collection[str]) -> list[Place]:
    """The marks around a pill that begins at `left`: they lie apart, so one that reaches it is the last before it."""
    begin = max(bisect_left(apart, (left,)) - 1, 0)
    end = bisect_left(apart, (left + PILL + GAP,))
    return [place for place in apart[begin:end] if place[2] not in gone]


def _labelled(place: Place, width: float, row: Row) -> Mark:
    """A mark with its label right of it, else left, else without."""
    left, right, _, item = place
    nearly = 1e-6
    for begin in (right + GAP, left - GAP - width):
        if row.free(begin + nearly, begin + width - nearly):
            insort(row.fixed, (begin, begin + width))
            return Mark(item, 0, left, right, begin, begin + width)
    return Mark(item, 0, left, right)
