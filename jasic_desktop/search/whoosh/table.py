"""The terms of a segment and where their postings stand: written beside the postings, read from mapped files.

A segment NAME has a file NAME.terms, which holds for each field its terms in order of their code points, for each term
how many postings and positions it has, and what else is asked of terms: signatures for likeness, families by stem or
sound. The postings of all terms stand one behind the other in files of their own, so that those of all terms with one
beginning are one stretch: NAME.ids has of each posting how far its record is from the one before, of the first of a
term from the beginning; NAME.freqs how often the term stands there, as far as that is more than once; NAME.places each
position. As most of these numbers are small, they take a byte or less; the rest of them is beside it (search.packed).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.arrays import ArrayFile, fitting, write_arrays
from jasic_desktop.search.families import Families, Trait, packed_families
from jasic_desktop.search.likeness import Likeness, signatures
from jasic_desktop.search.mapped import Column, MappedFile, damaged, write_sums
from jasic_desktop.search.packed import (
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
from jasic_desktop.search.wordlist import WordList, bounds, packed_words

if TYPE_CHECKING:
    from jasic_desktop.search.inverting import Inverter
    from jasic_desktop.search.joining import Inverted, Postings
    from jasic_desktop.search.runs import Whole

TERMS: Final = ".terms"
GAPS: Final = ".ids"
GAPS_LONG: Final = ".ids.long"
GAPS_MORE: Final = ".ids.more"
GAPS_LONGER: Final = ".ids.longer"
GAPS_MOST: Final = ".ids.most"
OFTEN: Final = ".often"
FREQUENCIES: Final = ".freqs"
POSITIONS: Final = ".places"
POSITIONS_HIGH: Final = ".places.high"
_STREAMS: Final = (
    *(GAPS, GAPS_LONG, GAPS_MORE, GAPS_LONGER, GAPS_MOST),
    *(OFTEN, FREQUENCIES, POSITIONS, POSITIONS_HIGH),
)
_FLAGS: Final = (GAPS_LONG, GAPS_LONGER, OFTEN)
_ALIGNED: Final = 8
_TWICE: Final = 2
_THROUGH: Final = 4096
"""Postings that are read through to get to the next that are wanted."""


class _Stream(msgspec.Struct, frozen=True, array_like=True):
    """Where the numbers of a field stand in a file; `bits` are those of each position beside its low byte."""

    dtype: str
    start: int
    count: int
    bits: int = 0


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
        postings = _PostingsWriter(files, documents, inverted, positions=kind.positions)
        terms: list[str] = []
        records: list[Whole] = []
        tokens: list[Whole] = []
        for chunk in inverted.chunks():
            if chunk.follows:
                records[-1][-1] += chunk.records[0]
                tokens[-1][-1] += chunk.tokens[0]
            else:
                terms += chunk.terms
                records.append(chunk.records.astype(np.uint32))
                tokens.append(chunk.tokens.astype(np.uint32))
            postings.add(chunk)
        streams = postings.finish()
        arrays |= {f"{name}.ranks{ending}": ranks for ending, ranks in postings.ranks.items()}
        for part, own in (("records", records), ("tokens", tokens)):
            arrays |= {f"{name}.{part}{ending}": values for ending, values in packed_counts(np.concatenate(own))}
        parts = packed_words(terms)
        if kind.like is not None:
            parts |= signatures(terms[: bisect_left(terms, kind.like)])
        arrays |= {f"{name}.{part}": values for part, values in parts.items()}
        if kind.trait is not None:
            families = packed_families(terms, kind.trait)
            arrays |= {f"{name}.families.{part}": values for part, values in families.items()}
        return streams


class _PostingsWriter:
    """Writes the postings of one field behind those of the fields before it."""

    def __init__(self, files: Mapping[str, BinaryIO], documents: int, inverted: Inverted, *, positions: bool) -> None:
        self._files = files
        self._starts = {ending: _aligned(file) for ending, file in files.items()}
        self._flags = {ending: FlagsWriter(files[ending]) for ending in _FLAGS}
        self._farthest = fitting(max(0, documents - 1) >> 16)
        self._frequencies = inverted.frequencies
        self._has_positions = positions
        self._bits = high_bits(inverted.last_position) if positions else 0
        self._high = HighWriter(files[POSITIONS_HIGH], self._bits)
        self._last = 0
        self.ranks: dict[str, Whole] = {}

    def add(self, chunk: Postings) -> None:
        """Write more postings. Raises OSError."""
        gaps = chunk.ids.astype(np.int64)
        gaps[1:] -= chunk.ids[:-1]
        begins = np.cumsum(chunk.records) - chunk.records
        gaps[begins] = chunk.ids[begins]
        if chunk.follows:
            gaps[0] -= self._last
        self._last = int(chunk.ids[-1])
        low, long, more = small(gaps)
        self._files[GAPS].write(low.tobytes())
        self._flags[GAPS_LONG].add(long)
        low, longer, most = small(more)
        self._files[GAPS_MORE].write(low.tobytes())
        self._flags[GAPS_LONGER].add(longer)
        self._files[GAPS_MOST].write(most.astype(self._farthest).tobytes())
        often = chunk.frequencies >= _TWICE
        self._flags[OFTEN].add(often)
        self._files[FREQUENCIES].write(chunk.frequencies.compress(often).astype(self._frequencies).tobytes())
        if self._has_positions:
            self._files[POSITIONS].write((chunk.positions & 0xFF).astype(np.uint8).tobytes())
            self._high.add(chunk.positions)

    def finish(self) -> dict[str, _Stream]:
        """Write what is left; where everything stands. Raises OSError."""
        self._high.finish()
        self.ranks = {ending: flags.ranks() for ending, flags in self._flags.items()}
        dtypes = {GAPS_MOST: self._farthest, FREQUENCIES: self._frequencies}
        streams: dict[str, _Stream] = {}
        for ending, start in self._starts.items():
            dtype = dtypes.get(ending, np.dtype(np.uint8))
            streams[ending] = _Stream(dtype.str, start, (self._files[ending].tell() - start) // dtype.itemsize)
        streams[POSITIONS_HIGH] = msgspec.structs.replace(streams[POSITIONS_HIGH], bits=self._bits)
        return streams if self._has_positions else {e: s for e, s in streams.items() if e not in _PLACED}


_PLACED: Final = (POSITIONS, POSITIONS_HIGH)


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
                {
                    ending: streams[ending].column(stream.dtype, stream.start, stream.count)
                    for ending, stream in own.items()
                },
                own[POSITIONS_HIGH].bits if POSITIONS_HIGH in own else 0,
            )
            for name, own in sorted(about.items())
        }


@dataclass(frozen=True, eq=False)
class FieldTable:
    """One field: what each part of it is read from is mapped, and compared, when it is first asked for."""

    file: ArrayFile
    name: str
    columns: Mapping[str, Column]
    position_bits: int

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
        return self._bounds("records")

    @cached_property
    def tokens(self) -> Whole:
        """Where the positions of each term begin, and where the last ones end."""
        return self._bounds("tokens")

    def _bounds(self, part: str) -> Whole:
        short, longer = (self.file.array(f"{self.name}.{part}{ending}") for ending in ("", ".longer"))
        return bounds(unpacked_counts(short, longer))

    def _flags(self, ending: str) -> Flags:
        return Flags(self.columns[ending], self.file.array(f"{self.name}.ranks{ending}"))

    @cached_property
    def _gaps(self) -> Small:
        more = Small(self.columns[GAPS_MORE], self._flags(GAPS_LONGER), self.columns[GAPS_MOST])
        return Small(self.columns[GAPS], self._flags(GAPS_LONG), more)

    @cached_property
    def _often(self) -> Flags:
        return self._flags(OFTEN)

    @cached_property
    def _positions(self) -> Even:
        high = self.columns[POSITIONS_HIGH] if self.position_bits else None
        return Even(self.columns[POSITIONS], high, self.position_bits)

    def prepare(self) -> Iterator[None]:
        """Read what nearly every question needs, a part with each step."""
        self.words.prepare()
        yield
        self.records  # noqa: B018 - read and kept
        yield
        self._gaps, self._often  # noqa: B018
        yield
        if self.has_positions:
            self.tokens  # noqa: B018
            yield
        if f"{self.name}.families.hashes" in self.file:
            self.families  # noqa: B018
            yield

    @property
    def has_positions(self) -> bool:
        """Whether positions are kept."""
        return POSITIONS in self.columns

    def document_frequency(self, first: int, last: int | None = None) -> int:
        """How many postings the terms [first, last) have; of one term, where `last` is not given."""
        return int(self.records[first + 1 if last is None else last] - self.records[first])

    def ids(self, first: int, last: int | None = None) -> NDArray[np.int64]:
        """The records of the terms [first, last), term by term, those of each rising."""
        end = first + 1 if last is None else last
        begins = self.records[first : end + 1]
        ids = self._gaps.slice(int(begins[0]), int(begins[-1]))
        ids.cumsum(out=ids)
        if end - first > 1:
            # Each term begins anew: what the terms before it came to is taken off.
            before = np.zeros(end - first, np.int64)
            before[1:] = ids[begins[1:-1] - begins[0] - 1]
            ids -= np.repeat(before, np.diff(begins))
        return ids

    def frequencies(self, first: int, last: int | None = None) -> Whole:
        """How often the terms [first, last) stand in their records, in the order of `ids`."""
        end = first + 1 if last is None else last
        begin, behind = int(self.records[first]), int(self.records[end])
        more = self.columns[FREQUENCIES]
        frequencies = np.ones(behind - begin, more.dtype)
        often = self._often.slice(begin, behind).nonzero()[0]
        if len(often):
            place = self._often.before(begin)
            frequencies[often] = more.slice(place, place + len(often))
        return frequencies

    def postings_of(self, numbers: Whole) -> tuple[NDArray[np.int64], Whole]:
        """The records of some terms, rising, term by term, and how often these stand there.

        Terms with little between them are read in one go with that: to begin anew takes as long as some thousands.
        """
        if len(numbers) == 1:
            number = int(numbers[0])
            return self.ids(number), self.frequencies(number)
        between = self.records[numbers[1:]].astype(np.int64) - self.records[numbers[:-1] + 1]
        cuts = np.flatnonzero(between > _THROUGH) + 1
        firsts = numbers[np.concatenate(([0], cuts))].tolist()
        lasts = (numbers[np.concatenate((cuts, [len(numbers)])) - 1] + 1).tolist()
        stretches = list(zip(firsts, lasts, strict=True))
        ids = np.concatenate([self.ids(first, last) for first, last in stretches])
        frequencies = np.concatenate([self.frequencies(first, last) for first, last in stretches])
        terms = np.concatenate([np.arange(first, last) for first, last in stretches])
        if len(terms) > len(numbers):
            wanted = np.zeros(len(terms), np.bool_)
            wanted[np.searchsorted(terms, numbers)] = True
            wanted = np.repeat(wanted, self.records[terms + 1] - self.records[terms])
            ids, frequencies = ids.compress(wanted), frequencies.compress(wanted)
        return ids, frequencies

    def positions(self, first: int, last: int | None = None, places: Whole | None = None) -> Whole:
        """The positions of the terms [first, last) in their records, in the order of `ids`, those of each rising.

        Only those at `places` among them, where that is given.
        """
        end = first + 1 if last is None else last
        begin, behind = int(self.tokens[first]), int(self.tokens[end])
        return self._positions.slice(begin, behind) if places is None else self._positions.take(begin, behind, places)

    def terms(self, first: int = 0) -> Iterator[tuple[int, bytes]]:
        """The numbers and bytes of the terms from `first` on."""
        return ((number, self.words.raw(number)) for number in range(first, len(self.words)))

    def split_positions(self, number: int) -> list[list[int]]:
        """The positions of one term, record by record."""
        flat = self.positions(number).tolist()
        ends = np.cumsum(self.frequencies(number)).tolist()
        return [flat[start:end] for start, end in pairwise([0, *ends])]
