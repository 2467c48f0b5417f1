"""Which rows of the results are headings of groups, and which records stand in the others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate


class ResultGroups:
    """The rows of results of these groups (value and count of each, in order); without groups each row is a record."""

    def __init__(self, groups: tuple[tuple[str, int], ...] = ()) -> None:
        self.groups = groups
        before = accumulate((count for _, count in groups), initial=0)
        # Each group has its heading above it.
        self.headings = [records + at for at, records in zip(range(len(groups)), before, strict=False)]

    def heading(self, row: int) -> tuple[str, int] | None:
        """The group whose heading a row is."""
        at = bisect_left(self.headings, row)
        return self.groups[at] if at < len(self.headings) and self.headings[at] == row else None

    def place(self, row: int) -> int:
        """Which record of the answer, counted from 0, stands in a row; of a heading the one below it."""
        return row - bisect_left(self.headings, row)

    def row(self, place: int) -> int:
        """The row of a record of the answer."""
        starts = [row - at for at, row in enumerate(self.headings)]
        return place + bisect_right(starts, place)
