"""The distance between two words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.search.edits import distance, within

WORDS = st.text(alphabet="abc", max_size=7)


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [("shengye", "shengye", 0), ("shengye", "shenye", 1), ("yuexin", "yuexni", 1), ("abc", "axyc", 2), ("", "ab", 2)],
)
def test_known_distances(one: str, other: str, edits: int) -> None:
    assert distance(one, other, 2) == edits


def _slow(one: str, other: str) -> int:
    table = [[i + j if i * j == 0 else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(WORDS, WORDS, st.integers(0, 3))
def test_like_the_slow_way_up_to_the_limit(one: str, other: str, limit: int) -> None:
    assert distance(one, other, limit) == min(_slow(one, other), limit + 1)
    assert within(one, other, limit) == (_slow(one, other) <= limit)
