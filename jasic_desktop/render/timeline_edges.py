"""Pills at the edges of a view: for events that reach into it, but whose own pill lies outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jasic_desktop.render.timeline_parts import GAP, PILL, LaneLayout, Pill, Place, pill_of

Stretches = Sequence[tuple[float, float]]


class Pilled:
    """The events of a lane's pills, with the stretch that each of them takes."""

    def __init__(self, pills: Sequence[Pill], places: Mapping[str, Place]) -> None:
        self._pills = [(pill, [places[event] for event in pill.ids]) for pill in pills]
        self._reach = [
            (min([place[0] for place in held]), max([place[1] for place in held])) for _, held in self._pills
        ]

    def inside(self, left: float, right: float) -> tuple[Pill, ...]:
        """The pills of which anything lies from position `left` to `right`."""
        return tuple([pill for pill, _ in self._pills if pill.right > left and pill.left < right])

    def outside(self, left: float, right: float) -> tuple[list[Place], list[Place]]:
        """The events that reach into the stretch while their pill lies before it, and those whose pill lies after."""
        before: list[Place] = []
        after: list[Place] = []
        for (pill, held), (begin, end) in zip(self._pills, self._reach, strict=True):
            if end < left or begin > right or (pill.right > left and pill.left < right):
                continue
            side = before if pill.right <= left else after
            side += [place for place in held if place[1] >= left and place[0] <= right]
        return before, after


def with_edges(
    layout: LaneLayout, outside: tuple[list[Place], list[Place]], left: float, right: float, most: int
) -> LaneLayout:
    """`layout` with a pill at each edge for the events outside, as near to it as there is room in any row.

    Where every row is full from edge to edge, they are in `unplaced`.
    """
    rows, pills, unplaced = layout.rows, list(layout.pills), list(layout.unplaced)
    for places, at_end in zip(outside, (False, True), strict=True):
        if not places:
            continue
        taken = _taken(layout, pills)
        spot = _spot(taken, rows, left, right, at_end=at_end)
        if spot is None and rows < most:
            rows += 1
            spot = _spot(taken, rows, left, right, at_end=at_end)
        if spot is None:
            unplaced += [place[2] for place in places]
        else:
            pills.append(pill_of(sorted(places), spot[0], spot[1]))
    pills.sort(key=lambda pill: (pill.left, pill.row))
    return LaneLayout(layout.id, rows, layout.count, layout.marks, tuple(pills), tuple(unplaced))


def _taken(layout: LaneLayout, pills: Sequence[Pill]) -> dict[int, list[tuple[float, float]]]:
    taken: dict[int, list[tuple[float, float]]] = {}
    for mark in layout.marks:
        stretches = taken.setdefault(mark.row, [])
        stretches.append((mark.left, mark.right))
        if mark.label_left is not None and mark.label_right is not None:
            stretches.append((mark.label_left, mark.label_right))
    for pill in pills:
        taken.setdefault(pill.row, []).append((pill.left, pill.right))
    for stretches in taken.values():
        stretches.sort()
    return taken


def _spot(
    taken: Mapping[int, Stretches], rows: int, left: float, right: float, *, at_end: bool
) -> tuple[int, float] | None:
    """The row and left end of the room for a pill that is nearest to an edge; None where there is none."""
    if at_end:
        # The same from the other side: positions are counted from the right.
        mirrored = {row: sorted((-b, -a) for a, b in stretches) for row, stretches in taken.items()}
        spot = _spot(mirrored, rows, -right, -left, at_end=False)
        return None if spot is None else (spot[0], -spot[1] - PILL)
    found = min((_first_free(taken.get(row, ()), left + GAP), row) for row in range(rows))
    return (found[1], found[0]) if found[0] + PILL + GAP <= right else None


def _first_free(stretches: Stretches, start: float) -> float:
    for begin, end in stretches:
        if begin - GAP >= start + PILL:
            break
        start = max(start, end + GAP)
    return start
