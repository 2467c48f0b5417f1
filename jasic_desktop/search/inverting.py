"""Turns records' terms, which come record by record, into postings, which stand term by term, in bounded memory.

Terms are gathered until there are RUN_TOKENS of them, sorted at once by numpy and written out as a run; at the end the
runs are joined (search.joining).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np

from jasic_desktop.search.joining import Inverted
from jasic_desktop.search.runs import Part, save

RUN_TOKENS: Final = 1_500_000
"""Terms held in memory, with their positions, before they are sorted and written out."""


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


def _untold(share: float) -> None:
    """Nobody wants to know."""


class Inverter:
    """Takes terms record by record, in rising order of records; `folder` is where runs are kept until `close`.

    `name` begins the names of its files, where another process has some in the same folder. While postings are read,
    `joined` is told which share of all was, 0 to 1; what it raises ends that.
    """

    def __init__(self, folder: Path, run_tokens: int = RUN_TOKENS, name: str = "") -> None:
        self._folder = folder
        self._run_tokens = run_tokens
        self._name = name
        self._read = 0
        self.joined: Callable[[float], object] = _untold
        self._held = self._made = 0
        self._gathered: dict[str, _Gathered] = {}
        self._runs: list[Path] = []
        self._parts: dict[str, list[Part]] = {}

    def take(self, name: str, document: int, texts: Sequence[str], positions: list[int]) -> None:
        """Take the terms of one field of a record, in the order of their positions, with the position of each."""
        gathered = self._gathered.get(name)
        if gathered is None:
            gathered = self._gathered[name] = _Gathered()
        # From lists they come into an array in half the time.
        gathered.tokens.fromlist(list(map(gathered.numbers.__getitem__, texts)))
        gathered.positions.fromlist(positions)
        gathered.documents.append(document)
        gathered.counts.append(len(texts))
        self._held += len(texts)
        if self._held >= self._run_tokens:
            self._save()

    @property
    def fields(self) -> list[str]:
        """The fields in which something was taken, sorted."""
        return sorted({*self._parts, *self._gathered})

    def hand_over(self) -> dict[str, list[Part]]:
        """The runs of what was taken, by field, for `adopt` of another; this one begins anew. Raises OSError."""
        self._save()
        parts, self._parts = self._parts, {}
        self._runs.clear()
        return parts

    def adopt(self, parts: Mapping[str, Sequence[Part]]) -> None:
        """Take the runs that another made in the same folder, of later records than all before. Raises OSError."""
        self._save()
        for name, own in parts.items():
            self._parts.setdefault(name, []).extend(own)
        files = {part.file for own in parts.values() for part in own}
        self._runs.extend(self._folder / file for file in files)

    def inverted(self, name: str) -> Inverted:
        """The postings of a field. Nothing can be taken after this."""
        self._save()
        return Inverted(self._folder, self._parts.get(name, []), self._tell)

    def _tell(self, positions: int) -> None:
        self._read += positions
        every = sum(part.positions.count for parts in self._parts.values() for part in parts)
        self.joined(self._read / every)

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
        path = self._folder / f"{self._name}{self._made}.run"
        self._made += 1
        self._runs.append(path)
        with path.open("xb") as file:
            for name in list(self._gathered):
                # Each is let go of before the next is sorted.
                self._parts.setdefault(name, []).append(_sorted_part(self._gathered.pop(name), path.name, file))
        self._held = 0


def _sorted_part(gathered: _Gathered, name: str, file: BinaryIO) -> Part:
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
    return Part(
        name,
        save(file, blob),
        save(file, np.bincount(rank[begins], minlength=len(terms))),
        save(file, np.bincount(rank, minlength=len(terms))),
        save(file, documents[begins]),
        save(file, frequencies),
        save(file, positions),
        int(positions.max(initial=0)),
    )
