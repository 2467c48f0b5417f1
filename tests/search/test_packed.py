"""Numbers that are packed come out as they went in, from any place to any other."""

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.search.mapped import Column, MappedFile, write_sums
from jasic_desktop.search.packed import (
    STEP,
    Even,
    Flags,
    FlagsWriter,
    HighWriter,
    Small,
    high_bits,
    packed_counts,
    small,
    unpacked_counts,
)

NUMBERS = st.lists(
    st.one_of(st.integers(0, 3), st.integers(0, 255), st.integers(0, 70_000), st.integers(0, 2**31)), max_size=60
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("packed")


def column(folder: Path, data: bytes, dtype: str = "u1") -> Column:
    path = folder / f"{len(list(folder.iterdir()))}"
    path.write_bytes(data)
    write_sums(path)
    return MappedFile(path).column(dtype, 0, len(data) // np.dtype(dtype).itemsize)


def flags_of(folder: Path, parts: Sequence[np.ndarray]) -> Flags:
    file = io.BytesIO()
    writer = FlagsWriter(file)
    for part in parts:
        writer.add(part)
    ranks = writer.ranks()
    return Flags(column(folder, file.getvalue()), ranks)


def small_of(folder: Path, numbers: np.ndarray) -> Small:
    low, flags, more = small(numbers)
    lower, longer, most = small(more)
    inner = Small(
        column(folder, lower.tobytes()), flags_of(folder, [longer]), column(folder, most.astype("<u4").tobytes(), "<u4")
    )
    return Small(column(folder, low.tobytes()), flags_of(folder, [flags[:7], flags[7:]]), inner)


@given(numbers=NUMBERS, data=st.data())
def test_small_numbers(folder: Path, numbers: list[int], data: st.DataObject) -> None:
    packed = small_of(folder, np.array(numbers, np.int64))
    begin = data.draw(st.integers(0, len(numbers)))
    end = data.draw(st.integers(begin, len(numbers)))
    assert packed.slice(begin, end).tolist() == numbers[begin:end]


@pytest.mark.parametrize("count", [0, 1, 7, 8, STEP - 1, STEP, STEP + 1, 3 * STEP + 5])
def test_flags_before_any_place(folder: Path, count: int) -> None:
    flags = np.random.default_rng(count).random(count) < 0.3
    cut = count // 3
    packed = flags_of(folder, [flags[:cut], flags[cut:]])
    for place in {0, 1, 5, 8, cut, STEP, STEP + 3, count}:
        if place <= count:
            assert packed.before(place) == int(flags[:place].sum())
            assert packed.slice(place, count).tolist() == flags[place:].tolist()


@pytest.mark.parametrize("most", [0, 255, 256, 1023, 4095, 65_535, 65_536, 2**24, 2**32 - 1])
def test_even_numbers_are_found_without_those_before_them(folder: Path, most: int) -> None:
    chance = np.random.default_rng(most % 1000)
    numbers = np.append(chance.integers(0, most, 99, endpoint=True), most)
    file = io.BytesIO()
    bits = high_bits(most)
    writer = HighWriter(file, bits)
    for part in (numbers[:33], numbers[33:34], numbers[34:]):
        writer.add(part)
    writer.finish()
    low = column(folder, (numbers & 255).astype("u1").tobytes())
    packed = Even(low, column(folder, file.getvalue()) if bits else None, bits)
    assert packed.slice(13, 100).tolist() == numbers[13:].tolist()
    places = np.array([0, 3, 50, 49])
    assert packed.take(21, 95, places).tolist() == numbers[21:95][places].tolist()


@given(NUMBERS)
def test_counts(counts: list[int]) -> None:
    short, longer = (part for _, part in packed_counts(np.array(counts, np.int64)))
    assert unpacked_counts(short, longer).tolist() == counts
