"""Joins sorted runs of postings term by term, in memory that does not grow with them.

Of the terms of each run a stretch is read at a time, so that they are compared a few thousand at once; of their
postings CHUNK. As each run holds later records than the one before, joining is putting pieces one behind another, and
a term that stands in very many records is joined some runs at a time.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from jasic_desktop.search.runs import Part, Whole, read

CHUNK: Final = 1_000_000
"""Postings and positions that are joined at once; those of one term in one run are never divided."""
_TERMS: Final = 300_000
"""Terms that are compared at once, of all runs together; of each some hundreds at least."""
_LEAST: Final = 250
_LETTERS: Final = 10
"""Bytes of a term with its line end, about."""


class Postings(NamedTuple):
    """The postings of some terms that follow each other: for each term its records and how often it stands in all of
    them; then record by record its ordinal and how often the term stands there, and each place where it stands.

    Where it `follows`, it is more of the last term of the postings before, in later records, and nothing else.
    """

    terms: list[str]
    records: Whole
    tokens: Whole
    ids: Whole
    frequencies: Whole
    positions: Whole
    follows: bool = False


class Inverted:
    """The postings of one field, joined from its runs in `folder` as they are read.

    `joined` is told again and again how many positions have come through since; what it raises ends it.
    """

    def __init__(self, folder: Path, parts: Sequence[Part], joined: Callable[[int], None]) -> None:
        self._folder = folder
        self._parts = parts
        self._joined = joined

    @property
    def frequencies(self) -> np.dtype[Any]:
        """Numbers wide enough for how often any term stands in any record."""
        return max((np.dtype(part.frequencies.dtype) for part in self._parts), key=lambda dtype: dtype.itemsize)

    @property
    def last_position(self) -> int:
        """The highest position of any term."""
        return max(part.last_position for part in self._parts)

    def chunks(self, most: int = CHUNK, most_terms: int = _TERMS) -> Iterator[Postings]:
        """The postings of all terms, in order of their code points, a good many terms at once. Raises OSError."""
        room = max(_LEAST, most_terms // max(1, len(self._parts)))
        readers = [_Reader(self._folder / part.file, part, room) for part in self._parts]
        while readers := [reader for reader in readers if reader.read()]:
            # Beyond the last term of a run of which more is to come, others may have terms that stand before those.
            upto = min((reader.last for reader in readers if reader.more), default=None)
            taken = [reader.take(upto) for reader in readers]
            terms = sorted(set().union(*taken))
            number = {term: place for place, term in enumerate(terms)}
            heavy = np.zeros(len(terms), np.int64)
            for reader, own in zip(readers, taken, strict=True):
                reader.places = np.fromiter(map(number.__getitem__, own), np.int64, len(own))
                heavy[reader.places] += reader.records + reader.tokens
            for chunk in _chunks(terms, heavy, readers, most):
                yield chunk
                self._joined(len(chunk.positions))


def _chunks(terms: list[str], heavy: Whole, readers: Sequence[_Reader], most: int) -> Iterator[Postings]:
    """The postings of some terms; `heavy` says how many numbers each has."""
    ends = np.cumsum(heavy)
    begin = 0
    while begin < len(ends):
        before = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, before + most, "right")))
        follows = False
        for some in _together(readers, begin, end, most):
            pieces = [piece for reader in some if len((piece := reader.next(begin, end)).places)]
            if pieces:
                yield _joined(terms[begin:end], pieces, follows=follows)
                follows = True
        begin = end


def _together(readers: Sequence[_Reader], begin: int, end: int, most: int) -> Iterator[Sequence[_Reader]]:
    """The readers that are joined at once: all of them, but for a term by itself that has too much in all."""
    if end - begin > 1:
        yield readers
        return
    some: list[_Reader] = []
    held = 0
    for reader in readers:
        more = reader.weight(begin)
        if some and held + more > most:
            yield some
            some, held = [], 0
        some.append(reader)
        held += more
    yield some


class _Piece(NamedTuple):
    """What one run has of the terms of a chunk: their places in the chunk, and their postings."""

    places: Whole
    records: Whole
    tokens: Whole
    ids: Whole
    frequencies: Whole
    positions: Whole


class _Reader:
    """Reads a field of a run from its first term to its last.

    Of the terms that were taken last, `places` says where they stand among those of all runs, `records` and `tokens`
    how many of each they have.
    """

    def __init__(self, path: Path, part: Part, room: int) -> None:
        self._path = path
        self._part = part
        self._room = room
        self._waiting: list[str] = []
        self._byte = self._term = self._posting = self._token = 0
        self.places = self.records = self.tokens = np.zeros(0, np.int64)

    @property
    def more(self) -> bool:
        """Whether it has terms beyond those that were read."""
        return self._byte < self._part.words.count

    @property
    def last(self) -> str:
        """The last term that was read and not taken."""
        return self._waiting[-1]

    def read(self) -> bool:
        """Read more terms, so that there is a number of them; False where there are none. Raises OSError."""
        words, room = self._part.words, self._room * _LETTERS
        # Whoever has read the least says how far all may go: each reads anew as far as all others.
        while self.more and len(self._waiting) < self._room:
            blob = read(self._path, words, self._byte, min(words.count, self._byte + room)).tobytes()
            end = blob.rfind(b"\n")
            if end < 0:  # a term that is longer than what was read
                room *= 2
                continue
            self._waiting += blob[:end].decode().split("\n")
            self._byte += end + 1
        return bool(self._waiting)

    def take(self, upto: str | None) -> list[str]:
        """The terms that were read, up to this one. Raises OSError."""
        cut = len(self._waiting) if upto is None else bisect_right(self._waiting, upto)
        taken, self._waiting = self._waiting[:cut], self._waiting[cut:]
        first, self._term = self._term, self._term + cut
        self.records = read(self._path, self._part.records, first, self._term).astype(np.int64)
        self.tokens = read(self._path, self._part.tokens, first, self._term).astype(np.int64)
        return taken

    def weight(self, place: int) -> int:
        """How many numbers the term at `place` has here."""
        first = int(np.searchsorted(self.places, place))
        there = first < len(self.places) and self.places[first] == place
        return int(self.records[first] + self.tokens[first]) if there else 0

    def next(self, begin: int, end: int) -> _Piece:
        """What it has of those of the terms that stand at [begin, end); to be called in their order. Raises OSError."""
        first, last = np.searchsorted(self.places, (begin, end)).tolist()
        records, tokens = self.records[first:last], self.tokens[first:last]
        posting, token = self._posting, self._token
        self._posting += int(records.sum())
        self._token += int(tokens.sum())
        part = self._part
        return _Piece(
            self.places[first:last] - begin,
            records,
            tokens,
            read(self._path, part.ids, posting, self._posting),
            read(self._path, part.frequencies, posting, self._posting),
            read(self._path, part.positions, token, self._token),
        )


def _joined(terms: list[str], pieces: Sequence[_Piece], *, follows: bool) -> Postings:
    if len(pieces) == 1:
        return Postings(terms, *pieces[0][1:], follows)
    records, tokens = np.zeros(len(terms), np.int64), np.zeros(len(terms), np.int64)
    for piece in pieces:
        records[piece.places] += piece.records
        tokens[piece.places] += piece.tokens
    ids = np.empty(int(records.sum()), np.uint32)
    frequencies = np.empty(len(ids), np.uint32)
    positions = np.empty(int(tokens.sum()), np.uint32)
    posting, token = np.cumsum(records) - records, np.cumsum(tokens) - tokens
    for piece in pieces:
        place = piece.places
        there = _targets(posting[place], piece.records)
        ids[there] = piece.ids
        frequencies[there] = piece.frequencies
        positions[_targets(token[place], piece.tokens)] = piece.positions
        posting[place] += piece.records
        token[place] += piece.tokens
    return Postings(terms, records, tokens, ids, frequencies, positions, follows)


def _targets(starts: Whole, counts: Whole) -> Whole:
    """Where rows of these lengths come to stand when each begins at its start."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))
