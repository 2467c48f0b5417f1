"""Numbers of the store come out of as few bytes as they went in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.packs.store_rows import narrow, narrowed


@given(st.lists(st.one_of(st.integers(0, 255), st.integers(0, 65_535), st.integers(0, 2**32 - 1)), max_size=20))
def test_numbers_come_out_as_they_went_in(numbers: list[int]) -> None:
    data = narrow(numbers)
    assert narrowed(data, len(numbers)).tolist() == numbers
    assert len(data) == len(numbers) * (1 if max(numbers, default=0) < 256 else 2 if max(numbers) < 65_536 else 4)


@pytest.mark.parametrize(("data", "count"), [(b"abc", 2), (b"abc", 1), (b"", 1), (b"a", 0), (b"abcdefgh", 1)])
def test_bytes_of_another_number_are_refused(data: bytes, count: int) -> None:
    with pytest.raises(ValueError, match="bytes for"):
        narrowed(data, count)
