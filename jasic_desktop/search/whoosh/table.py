"""The terms of a segment and where their postings stand: written beside the postings, read from mapped files.

A segment NAME has four files. NAME.terms holds, for each field, its terms in order of their code points, for each term
how many postings and positions it has, and what else is asked of terms: signatures for likeness, families by stem or
sound. NAME.ids, NAME.freqs and NAME.places hold the ordinals, frequencies and positions of all terms one behind the
other, plain numbers as narrow as the field allows. So the postings of all terms with one beginning are one stretch of
each file, which is mapped and taken as it is: nothing is unpacked, joined or copied.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.arrays import ArrayFile, fitting, write_arrays
from jasic_desktop.search.families import Families, Trait, packed_families
from jasic_desktop.search.likeness import Likeness, signatures
from jasic_desktop.search.mapped import Column, MappedFile, damaged, write_sums
from jasic_desktop.search.whoosh.inverting import Inverter, Whole
from jasic_desktop.search.wordlist import WordList, bounds, packed_words

TERMS: Final = ".terms"
IDS: Final = ".ids"
FREQUENCIES: Final = ".freqs"
POSITIONS: Final = ".places"
_STREAMS: Final = (IDS, FREQUENCIES, POSITIONS)
_ALIGNED: Final = 8


class _Stream(msgspec.Struct, frozen=True, array_like=True):
    """Where the numbers of a field stand in a file."""

    dtype: str
    start: int
    count: int


class Kind(NamedTuple):
    """What is kept of a field: whether positions are; before which term, in their order, terms are asked for by
    likeness; and by which trait.
    """

    positions: bool
    like: str | None = None
    trait: Trait | None = None


class TableWriter:
    """Writes the terms and postings of one segment; `base` is the path of its files without their endings."""

    def __init__(self, base: Path, kinds: Mapping[str, Kind]) -> None:
        self._base = base
        self._kinds = kinds

    def write(self, inverter: Inverter, documents: int) -> None:
        """Write all that `inverter` took, of so many records. Raises OSError."""
        arrays: dict[str, NDArray[Any]] = {}
        about: dict[str, dict[str, _Stream]] = {}
        paths = {ending: self._base.with_name(self._base.name + ending) for ending in _STREAMS}
        files = {ending: path.open("xb") for ending, path in paths.items()}
        try:
            for name in inverter.fields:
                about[name] = self._field(name, inverter, files, documents, arrays)
        finally:
            for file in files.values():
                file.close()
        for path in paths.values():
            write_sums(path)
        write_arrays(self._base.with_name(self._base.name + TERMS), arrays, about)

    def _field(
        self,
        name: str,
        inverter: Inverter,
        files: Mapping[str, BinaryIO],
        documents: int,
        arrays: dict[str, NDArray[Any]],
    ) -> dict[str, _Stream]:
        kind, inverted = self._kinds[name], inverter.inverted(name)
        dtypes = {IDS: fitting(max(0, documents - 1)), FREQUENCIES: inverted.frequencies}
        if kind.positions:
            dtypes[POSITIONS] = inverted.positions
        starts = {ending: _aligned(files[ending]) for ending in dtypes}
        records: list[Whole] = []
        tokens: list[Whole] = []
        for chunk in inverted.chunks():
            records.append(chunk.records)
            tokens.append(chunk.tokens)
            numbers = {IDS: chunk.ids, FREQUENCIES: chunk.frequencies, POSITIONS: chunk.positions}
            for ending, dtype in dtypes.items():
                files[ending].write(numbers[ending].astype(dtype).tobytes())
        terms = inverted.terms
        counts: dict[str, int] = {}
        for part, own in (("records", records), ("tokens", tokens)):
            every = np.concatenate(own)
            counts[part] = int(every.sum())
            arrays[f"{name}.{part}"] = every.astype(fitting(int(every.max())))
        parts = packed_words(terms)
        if kind.like is not None:
            parts |= signatures(terms[: bisect_left(terms, kind.like)])
        arrays |= {f"{name}.{part}": values for part, values in parts.items()}
        if kind.trait is not None:
            families = packed_families(terms, kind.trait)
            arrays |= {f"{name}.families.{part}": values for part, values in families.items()}
        by = {IDS: "records", FREQUENCIES: "records", POSITIONS: "tokens"}
        return {ending: _Stream(dtype.str, starts[ending], counts[by[ending]]) for ending, dtype in dtypes.items()}


def _aligned(file: BinaryIO) -> int:
    file.write(bytes(-file.tell() % _ALIGNED))
    return file.tell()


class Table:
    """The terms and postings of a segment. Whatever reads raises DamagedFault where a file is not as it was written."""

    def __init__(self, base: Path) -> None:
        path = base.with_name(base.name + TERMS)
        self._file = ArrayFile(path)
        try:
            about = msgspec.convert(self._file.about, dict[str, dict[str, _Stream]])
        except msgspec.ValidationError as error:
            raise damaged(path) from error
        streams = {ending: MappedFile(base.with_name(base.name + ending)) for ending in _STREAMS}
        self.fields = {
            name: FieldTable(
                self._file,
                name,
                {ending: streams[ending].column(*msgspec.structs.astuple(stream)) for ending, stream in own.items()},
            )
            for name, own in sorted(about.items())
        }


@dataclass(frozen=True, eq=False)
class FieldTable:
    """One field: what each part of it is read from is mapped, and compared, when it is first asked for."""

    file: ArrayFile
    name: str
    columns: Mapping[str, Column]

    @cached_property
    def words(self) -> WordList:
        """The terms."""
        return WordList(self.file, self.name)

    @cached_property
    def likeness(self) -> Likeness:
        """The terms by likeness. Raises KeyError for a field without it."""
        return Likeness(self.file, self.name, self.words)

    @cached_property
    def families(self) -> Families:
        """The terms by what they have in common. Raises KeyError for a field without it."""
        return Families(self.file, f"{self.name}.families")

    @cached_property
    def records(self) -> Whole:
        """Where the postings of each term begin, and where the last ones end."""
        return bounds(self.file.array(f"{self.name}.records"))

    @cached_property
    def tokens(self) -> Whole:
        """Where the positions of each term begin, and where the last ones end."""
        return bounds(self.file.array(f"{self.name}.tokens"))

    @property
    def has_positions(self) -> bool:
        """Whether positions are kept."""
        return POSITIONS in self.columns

    def document_frequency(self, first: int, last: int | None = None) -> int:
        """How many postings the terms [first, last) have; of one term, where `last` is not given."""
        return int(self.records[first + 1 if last is None else last] - self.records[first])

    def ids(self, first: int, last: int | None = None) -> Whole:
        """The records of the terms [first, last), term by term, those of each rising."""
        return self._postings(IDS, first, last)

    def frequencies(self, first: int, last: int | None = None) -> Whole:
        """How often the terms [first, last) stand in their records, in the order of `ids`."""
        return self._postings(FREQUENCIES, first, last)

    def positions(self, first: int, last: int | None = None) -> Whole:
        """The positions of the terms [first, last) in their records, in the order of `ids`, those of each rising."""
        end = first + 1 if last is None else last
        return self.columns[POSITIONS].slice(int(self.tokens[first]), int(self.tokens[end]))

    def _postings(self, ending: str, first: int, last: int | None) -> Whole:
        end = first + 1 if last is None else last
        return self.columns[ending].slice(int(self.records[first]), int(self.records[end]))

    def terms(self, first: int = 0) -> Iterator[tuple[int, bytes]]:
        """The numbers and bytes of the terms from `first` on."""
        return ((number, self.words.raw(number)) for number in range(first, len(self.words)))

    def split_positions(self, number: int) -> list[list[int]]:
        """The positions of one term, record by record."""
        flat = self.positions(number).tolist()
        ends = np.cumsum(self.frequencies(number)).tolist()
        return [flat[start:end] for start, end in pairwise([0, *ends])]
