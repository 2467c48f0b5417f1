"""How many letters apart two words are: changed, added, left out, or two neighbours exchanged."""

from __future__ import annotations


def within(a: str, b: str, limit: int) -> bool:
    """Whether `a` and `b` are at most `limit` edits apart."""
    return distance(a, b, limit) <= limit


def distance(a: str, b: str, limit: int) -> int:
    """The edits between `a` and `b`, or `limit` + 1 where there are more."""
    if a == b:
        return 0
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and (not before or min(before) > limit):
            return limit + 1
    return min(row[-1], limit + 1)
