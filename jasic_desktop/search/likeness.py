"""Which of very many words are nearly like one: signatures that rule most of them out, then all distances at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.arrays import ArrayFile
from jasic_desktop.search.wordlist import Numbers, WordList

# What one edit changes at most: a letter that goes and one that comes; three pairs of neighbours, as an exchange does.
_LETTERS_BY_EDIT: Final = 2
_PAIRS_BY_EDIT: Final = 6
_LONGEST: Final = 255
_FAR: Final = 100


def signatures(words: Sequence[str]) -> dict[str, NDArray[Any]]:
    """For each word its length, and as bits of a number each which letters and which pairs of letters stand in it.

    Letters that share a bit only let a few words more through.
    """
    count = len(words)
    sizes = np.fromiter(map(len, words), np.int64, count)
    codes = np.frombuffer("".join(words).encode("utf-32-le"), "<u4").astype(np.uint64)
    letters, pairs = np.zeros(count, np.uint32), np.zeros(count, np.uint64)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)[:-1])) if count else sizes
    filled = sizes > 0
    if filled.any():
        letters[filled] = np.bitwise_or.reduceat(np.uint32(1) << _letter(codes), starts[filled])
        bits = np.zeros(len(codes), np.uint64)
        bits[:-1] = np.uint64(1) << _pair(codes[:-1], codes[1:])
        bits[starts[filled] + sizes[filled] - 1] = 0  # the last letter of a word has no neighbour after it
        pairs[filled] = np.bitwise_or.reduceat(bits, starts[filled])
    return {"sizes": np.minimum(sizes, _LONGEST).astype(np.uint8), "letters": letters, "pairs": pairs}


def _letter(codes: NDArray[np.uint64]) -> NDArray[np.uint32]:
    return (codes & np.uint64(31)).astype(np.uint32)


def _pair(first: NDArray[np.uint64], second: NDArray[np.uint64]) -> NDArray[np.uint64]:
    # Whole names have many pairs: among fewer bits too many names would look alike.
    return (first * np.uint64(0x9E3779B1) + second * np.uint64(0x85EBCA77)) >> np.uint64(16) & np.uint64(63)


class Likeness:
    """The signatures of the first words of a list, which stand in `file` under names that begin with `name`."""

    def __init__(self, file: ArrayFile, name: str, words: WordList) -> None:
        self._words = words
        self._sizes = file.array(f"{name}.sizes")
        self._letters = file.array(f"{name}.letters")
        self._pairs = file.array(f"{name}.pairs")

    def near(self, word: str, limit: int, first: int = 0, last: int | None = None) -> tuple[Numbers, Numbers]:
        """Those of the words [first, last) at most `limit` edits from `word`, rising, and how many edits each is."""
        span = slice(first, len(self._sizes) if last is None else min(last, len(self._sizes)))
        if span.start >= span.stop:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        own = signatures([word])
        sizes = self._sizes[span].astype(np.int16)
        fits = np.abs(sizes - int(own["sizes"][0])) <= limit
        fits &= np.bitwise_count(self._letters[span] ^ own["letters"][0]) <= _LETTERS_BY_EDIT * limit
        fits &= np.bitwise_count(self._pairs[span] ^ own["pairs"][0]) <= _PAIRS_BY_EDIT * limit
        numbers = np.flatnonzero(fits) + first
        edits = distances(word, self._words.texts(numbers.tolist()), limit)
        near = edits <= limit
        return numbers[near], edits[near]


def distances(word: str, others: Sequence[str], limit: int) -> NDArray[np.integer[Any]]:
    """The edits between `word` and each of `others`, as search.edits counts them; over `limit` where there are more."""
    if not others:
        return np.zeros(0, np.int64)
    sizes = np.fromiter(map(len, others), np.int64, len(others))
    width = min(int(sizes.max()), len(word) + limit)
    # Column by column, so that each step below runs over neighbours in memory. Words that end earlier are filled up.
    letters = np.array(others, f"U{max(width, 1)}").view(np.uint32).reshape(len(others), -1).T.copy()
    far = np.full(len(others), _FAR, np.int16)
    older: list[NDArray[np.int16]] = []
    before: list[NDArray[np.int16]] = []
    row = [np.full(len(others), min(at, _FAR), np.int16) for at in range(width + 1)]
    for at, letter in enumerate(map(ord, word), 1):
        older, before, row = before, row, [far] * (width + 1)
        if at <= limit:
            row[0] = np.full(len(others), at, np.int16)
        for other in range(max(1, at - limit), min(width, at + limit) + 1):
            best = np.minimum(before[other], row[other - 1])
            best += 1
            np.minimum(best, before[other - 1] + (letters[other - 1] != letter), out=best)
            if at > 1 and other > 1:
                swapped = (letters[other - 2] == letter) & (letters[other - 1] == ord(word[at - 2]))
                np.minimum(best, np.where(swapped, older[other - 2] + 1, _FAR), out=best)
            row[other] = best
    table = np.stack(row)
    return np.where(sizes <= width, table[np.minimum(sizes, width), np.arange(len(others))], _FAR).astype(np.int64)
