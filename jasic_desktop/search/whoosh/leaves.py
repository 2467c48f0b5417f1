"""Scored postings of an index of arrays: BM25 as Whoosh counts it, over mapped numbers, many records at once."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.analysis import Step
from jasic_desktop.search.fields import KEYS, MEANINGS, SPOKEN, WRITTEN, Field
from jasic_desktop.search.leaves import NOTHING, Budget, Ordinals, Scores, Values
from jasic_desktop.search.mapped import damaged
from jasic_desktop.search.matches import common_of, flags, places_of
from jasic_desktop.search.whoosh.contents import read_contents
from jasic_desktop.search.whoosh.lengths import LENGTH_OF_BYTE, LENGTHS, Lengths
from jasic_desktop.search.whoosh.table import FieldTable, Table
from jasic_desktop.search.wordlist import Numbers

K1: Final = 1.2
B: Final = 0.75
_ORDINAL_BITS: Final = 32
"""A place in the archive is one number: the record's ordinal, then the position with this many bits."""
_REMEMBERED: Final = 2_000_000
"""Bytes of postings of single terms that are kept: a word is asked for by itself, by its stem and in a row of words."""
_SMALL: Final = 20_000
"""Bytes of postings of several terms that are kept: of more, memory that is new each time costs more than it saves."""
_LOOKED_UP: Final = 4096
"""Words whose numbers are kept, those included that are not there: a key press asks for most of the same again."""
_NO_NUMBERS: Final[Numbers] = np.zeros(0, np.int64)


class _Postings(NamedTuple):
    """The postings of terms that follow each other: records, how often a term stands in each, and of one term alone
    their scores.
    """

    ids: Ordinals
    frequencies: Numbers
    scores: Scores

    @property
    def size(self) -> int:
        """How many bytes they take."""
        return self.ids.nbytes + self.frequencies.nbytes + self.scores.values.nbytes


class ArrayLeaves:
    """The leaves of the index in `folder`, which has one segment. Raises DamagedFault."""

    def __init__(self, folder: Path) -> None:
        segments = read_contents(folder).segments
        if len(segments) != 1:
            raise damaged(folder)
        segment = segments[0]
        self._fields: dict[str, FieldTable] = Table(segment.path(folder)).fields
        self._lengths = Lengths(segment.path(folder, LENGTHS), segment.documents, segment.lengths)
        self._count = segment.documents
        self._norms: dict[Field, Values] = {}
        self._known: OrderedDict[tuple[Field, int, int], _Postings] = OrderedDict()
        self._held = 0
        self._numbers: dict[tuple[Field, str], int] = {}

    @property
    def count(self) -> int:
        """How many records there are."""
        return self._count

    def prepare(self) -> Iterator[None]:
        """Read now what the first questions would read, a little with each step."""
        for field in (*SPOKEN, *WRITTEN, *KEYS, Field.INITIALS, Field.KEY_ID):
            if (table := self._fields.get(field)) is not None:
                yield from table.prepare()
                if table.has_positions:
                    self._norms_of(field)
                yield

    def close(self) -> None:
        """Let go of the files."""
        self._fields = {}
        self._known.clear()

    # Terms ------------------------------------------------------------------------------------------------------

    def _number(self, field: Field, text: str) -> tuple[FieldTable, int] | None:
        table = self._fields.get(field)
        if table is None:
            return None
        number = self._numbers.get((field, text))
        if number is None:
            if len(self._numbers) >= _LOOKED_UP:
                self._numbers.clear()
            number = self._numbers[field, text] = table.words.find(text.encode())
        return (table, number) if number >= 0 else None

    def range(self, field: Field, beginning: str) -> tuple[int, int]:
        """The numbers [first, last) of the terms that begin so."""
        table = self._fields.get(field)
        return table.words.range(beginning.encode()) if table is not None else (0, 0)

    def texts(self, field: Field, numbers: Numbers) -> list[str]:
        """Terms by their numbers."""
        return self._fields[field].words.texts(numbers.tolist()) if len(numbers) else []

    def sizes(self, field: Field, first: int, last: int) -> Numbers:
        """How many characters the terms [first, last) have."""
        return self._fields[field].words.sizes(first, last)

    def akin(self, field: Field, trait: str) -> Numbers:
        """The terms that have this stem, or in a field of whole names this sound."""
        table = self._fields.get(field)
        return table.families.of(trait) if table is not None else _NO_NUMBERS

    def near(self, field: Field, text: str, limit: int, beginning: str = "") -> tuple[Numbers, Numbers]:
        """The terms that begin so and are at most `limit` edits from `text`, and how many edits each is."""
        table = self._fields.get(field)
        if table is None:
            return _NO_NUMBERS, _NO_NUMBERS
        return table.likeness.near(text, limit, *table.words.range(beginning.encode()))

    def fitting(self, field: Field, beginning: str, pattern: re.Pattern[bytes]) -> Numbers:
        """The terms that begin so and that `pattern` finds (see WordList.fitting)."""
        table = self._fields.get(field)
        return table.words.fitting(*table.words.range(beginning.encode()), pattern) if table else _NO_NUMBERS

    # Records ----------------------------------------------------------------------------------------------------

    def records(self, field: Field, text: str) -> Ordinals:
        """Records that hold this term."""
        found = self._number(field, text)
        return self._single(field, *found).ids if found is not None else _NO_NUMBERS

    def frequency(self, field: Field, text: str) -> int:
        """How many records hold this term."""
        found = self._number(field, text)
        return found[0].document_frequency(found[1]) if found is not None else 0

    def postings(self, field: Field, numbers: Numbers) -> tuple[Ordinals, Numbers]:
        """Records that hold these terms, term by term, and which of `numbers` each is for, by its place there."""
        if not len(numbers):
            return _NO_NUMBERS, _NO_NUMBERS
        table = self._fields[field]
        first, last = int(numbers[0]), int(numbers[-1]) + 1
        if last - first == len(numbers):
            counts = table.records[first + 1 : last + 1] - table.records[first:last]
            ids = self._postings(field, table, first, last).ids
        else:
            counts = table.records[numbers + 1] - table.records[numbers]
            ids = table.postings_of(numbers)[0]
        return ids, np.arange(len(numbers)).repeat(counts)

    def term(self, field: Field, text: str) -> Scores:
        """Records that hold this term, scored by BM25."""
        found = self._number(field, text)
        if found is None:
            return NOTHING
        return self._single(field, *found).scores

    def _single(self, field: Field, table: FieldTable, number: int) -> _Postings:
        """The postings of one term, which nobody may change."""
        return self._postings(field, table, number, number + 1)

    def _postings(self, field: Field, table: FieldTable, first: int, last: int) -> _Postings:
        """The postings of the terms [first, last), term by term; nobody may change them."""
        key = (field, first, last)
        known = self._known.get(key)
        if known is not None:
            self._known.move_to_end(key)
            return known
        ids, frequencies = table.ids(first, last), table.frequencies(first, last)
        known = _Postings(ids, frequencies, self._scored(field, ids, frequencies) if last - first == 1 else NOTHING)
        if known.size <= (_SMALL if last - first > 1 else _REMEMBERED // 2):
            self._known[key] = known
            self._held += known.size
            while self._held > _REMEMBERED:
                self._held -= self._known.popitem(last=False)[1].size
        return known

    def begun(self, field: Field, beginning: str, budget: Budget) -> Scores:
        """Records that hold any term that begins so, scored as if they were one term."""
        budget.check()
        first, last = self.range(field, beginning)
        if first == last:
            return NOTHING
        found = self._postings(field, self._fields[field], first, last)
        if last - first == 1:
            return found.scores
        return self._summed(field, found.ids, found.frequencies)

    def union(self, field: Field, numbers: Numbers, budget: Budget) -> Scores:
        """Records that hold any of these terms, scored as if they were one term."""
        budget.check()
        if not len(numbers):
            return NOTHING
        if len(numbers) == 1:
            return self._single(field, self._fields[field], int(numbers[0])).scores
        return self._summed(field, *self._fields[field].postings_of(numbers))

    def _summed(self, field: Field, ids: Numbers, frequencies: Numbers) -> Scores:
        """Scores of postings in which a record may come once for each of several terms."""
        if len(ids) * 16 < self._count:
            found, places = np.unique(ids, return_inverse=True)
            return self._scored(field, found, np.bincount(places, frequencies))
        sums = np.bincount(ids, frequencies, self._count)
        found = np.flatnonzero(sums > 0)
        return self._scored(field, found, sums[found])

    def _scored(self, field: Field, ids: Ordinals, frequencies: NDArray[Any]) -> Scores:
        if not len(ids):
            return NOTHING
        values = self._norms_of(field).take(ids)
        values += frequencies
        np.divide(frequencies, values, out=values)
        values *= (log(self._count / (len(ids) + 1)) + 1) * (K1 + 1)
        return Scores(ids, values)

    def _norms_of(self, field: Field) -> Values:
        """For each record the part of BM25 that its length decides."""
        norms = self._norms.get(field)
        if norms is None:
            mean = self._lengths.total(str(field)) / self._count or 1.0
            by_code = K1 * ((1 - B) + B * LENGTH_OF_BYTE / mean)
            norms = self._norms[field] = by_code[self._lengths.codes(str(field))]
        return norms

    # Phrases ----------------------------------------------------------------------------------------------------

    def phrase(self, field: Field, steps: Sequence[Step], budget: Budget) -> Scores:
        """Records that hold these terms at these distances; scored as one term, which is as rare as the phrase is."""
        budget.check()
        if not MEANINGS[field].positions:
            raise ValueError(f"{field} holds no positions")
        table = self._fields.get(field)
        if table is None:
            return NOTHING
        if len(steps) == 1:
            step = steps[0]
            return self.begun(field, step.text, budget) if step.prefix else self.term(field, step.text)
        ranges: list[tuple[Step, int, int]] = []
        for step in steps:
            if not step.prefix:
                found = self._number(field, step.text)
                first, last = (found[1], found[1] + 1) if found is not None else (0, 0)
            else:
                first, last = table.words.range(step.text.encode())
            if first == last:
                return NOTHING
            ranges.append((step, first, last))
        # The rarest first: what is left of the records is few, and of the positions fewer still.
        ranges.sort(key=lambda entry: table.document_frequency(entry[1], entry[2]))
        return self._in_a_row(field, table, ranges, budget)

    def _in_a_row(self, field: Field, table: FieldTable, ranges: list[tuple[Step, int, int]], budget: Budget) -> Scores:
        common: Ordinals | None = None
        held: list[Ordinals] = []
        for _, first, last in ranges:
            ids: Ordinals = self._postings(field, table, first, last).ids
            held.append(ids)
            if last - first > 1:
                ids = np.unique(ids) if len(ids) * 16 < self._count else np.flatnonzero(flags(ids, self._count))
            common = ids if common is None else common.compress(places_of(common, ids)[1])
            if not len(common):
                return NOTHING
        budget.check()
        starts: Numbers | None = None
        for (step, first, last), ids in zip(ranges, held, strict=True):
            here = self._places(field, table, (first, last), ids, common if common is not None else _NO_NUMBERS)
            here -= step.offset
            starts = here if starts is None else common_of(starts, here)
            if not len(starts):
                return NOTHING
            budget.check()
        ids, frequencies = np.unique(starts >> _ORDINAL_BITS if starts is not None else _NO_NUMBERS, return_counts=True)
        return self._scored(field, ids, frequencies)

    def _places(
        self, field: Field, table: FieldTable, terms: tuple[int, int], ids: Ordinals, wanted: Ordinals
    ) -> Numbers:
        """Where the terms [first, last) stand in the records `wanted`: ordinal and position in one number, rising.

        `ids` are the records of the terms, term by term.
        """
        first, last = terms
        frequencies = self._postings(field, table, first, last).frequencies
        one = last - first == 1
        own: Ordinals = places_of(wanted, ids)[0] if one else flags(wanted, self._count)[ids].nonzero()[0]
        counts = frequencies.take(own).astype(np.int64)
        begins = frequencies.cumsum(dtype=np.int64).take(own) - counts
        before = counts.cumsum() - counts
        there = (begins - before).repeat(counts)
        there += np.arange(len(there))
        places = (ids.take(own).astype(np.int64) << _ORDINAL_BITS).repeat(counts)
        places += table.positions(first, last, there)
        if last - first > 1 or not _rises(places):
            places = np.unique(places)
        return places


def _rises(places: Numbers) -> bool:
    return bool((places[1:] > places[:-1]).all())
