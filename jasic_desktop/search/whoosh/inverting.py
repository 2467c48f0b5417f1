"""Turns records' terms, which come record by record, into postings, which stand term by term, in bounded memory.

Terms are gathered until there are RUN_TOKENS of them, sorted at once by numpy and written out as a run; at the end the
runs are joined term by term, CHUNK postings at a time. As each run holds later records than the one before, joining
is putting pieces one behind another.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.arrays import fitting

RUN_TOKENS: Final = 1_500_000
"""Terms held in memory, with their positions, before they are sorted and written out."""
CHUNK: Final = 1_000_000
"""Postings and positions that are joined at once, but that one term is never divided."""

Whole = NDArray[np.integer[Any]]


class Postings(NamedTuple):
    """The postings of some terms that follow each other: for each term its records and how often it stands in all of
    them; then record by record its ordinal and how often the term stands there, and each place where it stands.
    """

    records: Whole
    tokens: Whole
    ids: Whole
    frequencies: Whole
    positions: Whole


class _Numbers(dict[str, int]):
    """Numbers terms as they are first seen."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


@dataclass(slots=True)
class _Gathered:
    """What came of one field since the last run."""

    numbers: _Numbers = field(default_factory=_Numbers)
    tokens: array[int] = field(default_factory=lambda: array("I"))
    positions: array[int] = field(default_factory=lambda: array("I"))
    documents: array[int] = field(default_factory=lambda: array("I"))
    counts: array[int] = field(default_factory=lambda: array("I"))


@dataclass(frozen=True, slots=True)
class _Saved:
    """An array in the file of a run."""

    start: int
    dtype: np.dtype[Any]
    count: int


@dataclass(frozen=True, slots=True)
class _Part:
    """One field of one run, in the file `path`."""

    path: Path
    words: _Saved
    records: _Saved
    tokens: _Saved
    ids: _Saved
    frequencies: _Saved
    positions: _Saved
    last_position: int

    def terms(self) -> list[str]:
        """Its terms, sorted."""
        blob = self.read(self.words, 0, self.words.count).tobytes().decode()
        return blob.split("\n")[:-1]

    def counts(self, saved: _Saved, begin: int, end: int) -> Whole:
        """The counts [begin, end) of a saved array, wide enough to be added up."""
        return self.read(saved, begin, end).astype(np.int64)

    def read(self, saved: _Saved, begin: int, end: int) -> Whole:
        """The numbers [begin, end) of a saved array."""
        start = saved.start + begin * saved.dtype.itemsize
        return np.fromfile(self.path, saved.dtype, end - begin, offset=start)


class Inverter:
    """Takes terms record by record, in rising order of records; `folder` is where runs are kept until `close`."""

    def __init__(self, folder: Path, run_tokens: int = RUN_TOKENS) -> None:
        self._folder = folder
        self._run_tokens = run_tokens
        self._held = 0
        self._gathered: dict[str, _Gathered] = {}
        self._runs: list[Path] = []
        self._parts: dict[str, list[_Part]] = {}

    def take(self, name: str, document: int, texts: Sequence[str], positions: Iterable[int]) -> None:
        """Take the terms of one field of a record, in the order of their positions, with the position of each."""
        gathered = self._gathered.get(name)
        if gathered is None:
            gathered = self._gathered[name] = _Gathered()
        gathered.tokens.extend(map(gathered.numbers.__getitem__, texts))
        gathered.positions.extend(positions)
        gathered.documents.append(document)
        gathered.counts.append(len(texts))
        self._held += len(texts)
        if self._held >= self._run_tokens:
            self._save()

    @property
    def fields(self) -> list[str]:
        """The fields in which something was taken, sorted."""
        return sorted({*self._parts, *self._gathered})

    def inverted(self, name: str) -> Inverted:
        """The postings of a field. Nothing can be taken after this."""
        self._save()
        return Inverted(self._parts.get(name, []))

    def close(self) -> None:
        """Remove the runs."""
        self._gathered.clear()
        self._parts.clear()
        for path in self._runs:
            path.unlink(missing_ok=True)
        self._runs.clear()

    def _save(self) -> None:
        if not self._gathered:
            return
        path = self._folder / f"{len(self._runs)}.run"
        self._runs.append(path)
        with path.open("xb") as file:
            for name in list(self._gathered):
                # Each is let go of before the next is sorted.
                self._parts.setdefault(name, []).append(_sorted_part(self._gathered.pop(name), path, file))
        self._held = 0


def _sorted_part(gathered: _Gathered, path: Path, file: BinaryIO) -> _Part:
    terms = sorted(gathered.numbers)
    ranks = np.empty(len(terms), np.uint64)
    ranks[np.fromiter(map(gathered.numbers.__getitem__, terms), np.int64, len(terms))] = np.arange(len(terms))
    blob = np.frombuffer("".join(f"{term}\n" for term in terms).encode(), "u1")
    # Sorting numbers made of rank and place is stable, and several times as fast as sorting ranks in a stable way.
    keys = ranks[np.frombuffer(gathered.tokens, np.uint32)] << np.uint64(32)
    keys |= np.arange(len(keys), dtype=np.uint64)
    keys.sort()
    places = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    rank = (keys >> np.uint64(32)).astype(np.uint32)
    del keys
    documents = np.repeat(np.frombuffer(gathered.documents, np.uint32), np.frombuffer(gathered.counts, np.uint32))[
        places
    ]
    positions = np.frombuffer(gathered.positions, np.uint32)[places]
    first = np.ones(len(rank), np.bool_)
    first[1:] = (rank[1:] != rank[:-1]) | (documents[1:] != documents[:-1])
    begins = np.flatnonzero(first)
    frequencies = np.diff(begins, append=len(rank))
    return _Part(
        path,
        _save(file, blob),
        _save(file, np.bincount(rank[begins], minlength=len(terms))),
        _save(file, np.bincount(rank, minlength=len(terms))),
        _save(file, documents[begins]),
        _save(file, frequencies),
        _save(file, positions),
        int(positions.max(initial=0)),
    )


def _save(file: BinaryIO, values: Whole) -> _Saved:
    narrow = values.astype(fitting(int(values.max())) if len(values) else np.dtype("u1"))
    saved = _Saved(file.tell(), narrow.dtype, len(narrow))
    file.write(narrow.tobytes())
    return saved


class Inverted:
    """The postings of one field, joined from its runs as they are read."""

    def __init__(self, parts: list[_Part]) -> None:
        self._parts = parts

    @cached_property
    def terms(self) -> list[str]:
        """All terms, in order of their code points."""
        if len(self._parts) == 1:
            return self._parts[0].terms()
        known: set[str] = set()
        for part in self._parts:
            known.update(part.terms())
        return sorted(known)

    @property
    def frequencies(self) -> np.dtype[Any]:
        """Numbers wide enough for how often any term stands in any record."""
        return max((part.frequencies.dtype for part in self._parts), key=lambda dtype: dtype.itemsize)

    @property
    def last_position(self) -> int:
        """The highest position of any term."""
        return max(part.last_position for part in self._parts)

    def chunks(self, most: int = CHUNK) -> Iterator[Postings]:
        """The postings of all terms in order, a good many terms at once."""
        number = {term: place for place, term in enumerate(self.terms)} if len(self._parts) > 1 else {}
        # There are as many of these rows as runs: they are kept no wider than they must be.
        narrow = fitting(len(self.terms))
        places = [
            np.fromiter(map(number.__getitem__, part.terms()), narrow, part.records.count)
            if number
            else np.arange(part.records.count, dtype=narrow)
            for part in self._parts
        ]
        del number
        heavy = np.zeros(len(self.terms), np.int64)
        for part, own in zip(self._parts, places, strict=True):
            for saved in (part.records, part.tokens):
                heavy[own] += part.counts(saved, 0, saved.count)
        ends = np.cumsum(heavy)
        readers = [_Reader(part, own) for part, own in zip(self._parts, places, strict=True)]
        begin = 0
        while begin < len(ends):
            before = int(ends[begin - 1]) if begin else 0
            end = max(begin + 1, int(np.searchsorted(ends, before + most, "right")))
            yield _joined([reader.next(begin, end) for reader in readers], end - begin)
            begin = end


class _Piece(NamedTuple):
    """What one run has of the terms of a chunk: their places in the chunk, and their postings."""

    places: Whole
    postings: Postings


class _Reader:
    """Reads a field of a run from its first term to its last."""

    def __init__(self, part: _Part, places: Whole) -> None:
        self._part = part
        self._places = places
        self._term = self._posting = self._token = 0

    def next(self, begin: int, end: int) -> _Piece:
        """What it has of the terms [begin, end) of all runs."""
        part, first = self._part, self._term
        last = self._term = int(np.searchsorted(self._places, end))
        records, tokens = part.counts(part.records, first, last), part.counts(part.tokens, first, last)
        posting, token = self._posting, self._token
        self._posting += int(records.sum())
        self._token += int(tokens.sum())
        return _Piece(
            self._places[first:last].astype(np.int64) - begin,
            Postings(
                records,
                tokens,
                part.read(part.ids, posting, self._posting),
                part.read(part.frequencies, posting, self._posting),
                part.read(part.positions, token, self._token),
            ),
        )


def _joined(pieces: list[_Piece], terms: int) -> Postings:
    if len(pieces) == 1:
        return pieces[0].postings
    records, tokens = np.zeros(terms, np.int64), np.zeros(terms, np.int64)
    for place, found in pieces:
        records[place] += found.records
        tokens[place] += found.tokens
    ids = np.empty(int(records.sum()), np.uint32)
    frequencies = np.empty(len(ids), np.uint32)
    positions = np.empty(int(tokens.sum()), np.uint32)
    posting, token = np.cumsum(records) - records, np.cumsum(tokens) - tokens
    for place, found in pieces:
        there = _targets(posting[place], found.records)
        ids[there] = found.ids
        frequencies[there] = found.frequencies
        positions[_targets(token[place], found.tokens)] = found.positions
        posting[place] += found.records
        token[place] += found.tokens
    return Postings(records, tokens, ids, frequencies, positions)


def _targets(starts: Whole, counts: Whole) -> Whole:
    """Where rows of these lengths come to stand when each begins at its start."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))
