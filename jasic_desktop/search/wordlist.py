"""Words in order of their code points, mapped: finding one, all that begin alike, and all that fit a pattern."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.arrays import ArrayFile, fitting

Numbers = NDArray[np.integer[Any]]
"""Places of words in their list, rising."""

_LAST: Final = "\U0010ffff".encode()
_POST: Final = 128
"""Every word of so many is kept at hand once a list was searched often."""
_OFTEN: Final = 256
"""So many searches are quicker without."""


def packed_words(words: Sequence[str]) -> dict[str, NDArray[Any]]:
    """`words`, sorted, different and without line feeds, as arrays: their bytes with a line feed after each, and how
    many bytes each has.
    """
    blob = np.frombuffer("".join(f"{word}\n" for word in words).encode(), "u1")
    widths = np.diff(np.flatnonzero(blob == ord("\n")), prepend=-1)
    return {"words": blob, "widths": widths.astype(fitting(int(widths.max(initial=0))))}


def bounds(widths: NDArray[Any]) -> Numbers:
    """Where stretches of these widths begin when they follow one another, and where the last one ends.

    The numbers are unsigned, and no wider than four bytes where that is enough.
    """
    starts = np.empty(len(widths) + 1, max(np.dtype(np.uint32), fitting(int(widths.sum(dtype=np.int64)))))
    starts[0] = 0
    starts[1:] = widths
    # In place: of a long list, memory that is new takes longer than counting.
    np.cumsum(starts, dtype=starts.dtype, out=starts)
    return starts


class WordList:
    """The words that `packed_words` made arrays of, which stand in `file` under names that begin with `name`."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._blob = file.stretch(f"{name}.words")
        self._bytes = self._blob.uncompared
        self._compared = False
        self._starts = bounds(file.array(f"{name}.widths"))
        self._at = memoryview(self._starts.data)  # one number out of it is a third of what it is out of an array
        self._count = len(self._starts) - 1
        self._posts: list[bytes] | None = None
        self._searches = 0

    def prepare(self) -> None:
        """Compare all words, and put at hand what searching begins with: a first question is answered sooner without,
        and many are later.
        """
        self._compare(0, self._count)
        self._compared = True
        self._posts = [self.raw(number) for number in range(0, self._count, _POST)]

    def _compare(self, first: int, last: int) -> tuple[int, int]:
        """Compare the words [first, last), if they were not; where their bytes are. Raises DamagedFault."""
        begin, end = self._at[first], self._at[last]
        if not self._compared:
            self._blob.compare(begin, end)
        return begin, end

    def __len__(self) -> int:
        return self._count

    def raw(self, number: int) -> bytes:
        """The bytes of one word."""
        begin, end = self._compare(number, number + 1)
        return bytes(self._bytes[begin : end - 1])

    def text(self, number: int) -> str:
        """One word."""
        return self.raw(number).decode()

    def texts(self, numbers: Iterable[int]) -> list[str]:
        """Some words."""
        return [self.text(number) for number in numbers]

    def sizes(self, first: int, last: int) -> NDArray[np.int64]:
        """How many characters the words [first, last) have."""
        begin, end = self._compare(first, last)
        if last - first < _POST:
            # So few are sooner cut apart than counted through.
            words = bytes(self._bytes[begin:end]).decode().split("\n")
            return np.fromiter(map(len, words), np.int64, last - first)
        blob = np.frombuffer(self._bytes, np.uint8)[begin:end]
        # Of the bytes of a character all but the first begin with the bits 10.
        before = np.zeros(len(blob) + 1, np.int64)
        np.cumsum(blob & 0xC0 != 0x80, out=before[1:])
        return np.diff(before[self._starts[first : last + 1] - begin]) - 1

    def lower(self, word: bytes) -> int:
        """The number of the first word that is not before `word`."""
        first, last = self._near(word)
        return bisect_left(range(self._count), word, first, last, key=self.raw)

    def _near(self, word: bytes) -> tuple[int, int]:
        """Numbers between which `lower` is: most of the way is found among a few words that are at hand."""
        if self._posts is None:
            self._searches += 1
            if self._searches < _OFTEN:
                post = bisect_left(range(-(-self._count // _POST)), word, key=lambda post: self.raw(post * _POST))
                return max(0, post - 1) * _POST, min(post * _POST, self._count)
            self.prepare()
        post = bisect_left(self._posts or (), word)
        return max(0, post - 1) * _POST, min(post * _POST, self._count)

    def find(self, word: bytes) -> int:
        """The number of `word`, -1 where it is not there."""
        first, last = self._near(word)
        if last < self._count:
            last += 1  # the word may be the post itself
        begin, end = self._compare(first, last)
        # Among so few words the bytes of all are looked through sooner than words are taken out one by one.
        block = b"\n" + bytes(self._bytes[begin:end])
        place = block.find(b"\n%b\n" % word)
        return first + block.count(b"\n", 0, place) if place >= 0 else -1

    def range(self, beginning: bytes) -> tuple[int, int]:
        """The numbers [first, last) of the words that begin with `beginning`."""
        first = self.lower(beginning)
        if not beginning:
            return first, self._count
        if first == self._count or not self.raw(first).startswith(beginning):
            return first, first
        return first, self.lower(beginning + _LAST)

    def fitting(self, first: int, last: int, pattern: re.Pattern[bytes]) -> Numbers:
        """Those of the words [first, last) that `pattern`, compiled with MULTILINE, finds: `^` and `$` are their ends.

        The pattern must not reach over a line feed.
        """
        begin, end = self._compare(first, last)
        blob = bytes(self._bytes[begin:end])
        found = [match.start() for match in pattern.finditer(blob)]
        return np.searchsorted(self._starts[first:last], np.asarray(found, np.int64) + begin) + first
