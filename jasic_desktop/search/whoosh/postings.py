"""Scored postings out of a Whoosh index: read once through its reader, kept as plain dictionaries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from math import log
from pathlib import Path
from typing import Any, Final

from whoosh.filedb.filestore import FileStorage
from whoosh.reading import TermNotFound

from jasic_desktop.search.analysis import Step
from jasic_desktop.search.fields import MEANINGS, Field
from jasic_desktop.search.leaves import Budget, Scores
from jasic_desktop.search.whoosh.schema import schema

K1: Final = 1.2
B: Final = 0.75
MAX_UNION: Final = 2000
"""At most this many terms are joined into one union."""
_MAX_KEPT: Final = 200_000
"""Postings kept in memory; beyond, all are forgotten and read again as needed."""
_CHECK_EVERY: Final = 64

Frequencies = dict[int, float]
Positions = dict[int, list[int]]


class WhooshLeaves:
    """The leaves of one index. `folder` must hold an index that this program built and whose files it has checked."""

    def __init__(self, folder: Path) -> None:
        # Our own schema stands in for the pickled one; the other pickles are why only checked folders are opened.
        storage: Any = FileStorage(str(folder))
        self._index: Any = storage.open_index(schema=schema())
        self._reader: Any = self._index.reader()
        self._count = int(self._reader.doc_count_all())
        self._norms: dict[Field, list[float]] = {}
        self._frequencies: dict[tuple[Field, str], Frequencies] = {}
        self._positions: dict[tuple[Field, str], Positions] = {}
        self._kept = 0

    @property
    def count(self) -> int:
        """How many records there are."""
        return self._count

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()
        self._index.close()

    def term(self, field: Field, text: str) -> Scores:
        """Records that hold this term, scored by BM25."""
        return self._scored(field, self._read(field, text))

    def union(self, field: Field, texts: Iterable[str], budget: Budget) -> Scores:
        """Records that hold any of these terms, scored as if they were one term."""
        joined: Frequencies = {}
        for number, text in enumerate(islice(texts, MAX_UNION)):
            if number % _CHECK_EVERY == 0:
                budget.check()
            for ordinal, frequency in self._read(field, text).items():
                joined[ordinal] = joined.get(ordinal, 0.0) + frequency
        return self._scored(field, joined)

    def terms(self, field: Field, prefix: str) -> Iterator[str]:
        """The terms of `field` that begin with `prefix`, in order of their code points."""
        try:
            yield from (term.decode() for term in self._reader.expand_prefix(str(field), prefix))
        except TermNotFound:
            return

    def phrase(self, field: Field, steps: Sequence[Step], budget: Budget) -> Scores:
        """Records that hold these terms at these distances; the score is the sum of that of the terms."""
        budget.check()
        if not MEANINGS[field].positions:
            raise ValueError(f"{field} holds no positions")
        if len(steps) == 1:
            step = steps[0]
            return (
                self.union(field, self.terms(field, step.text), budget) if step.prefix else self.term(field, step.text)
            )
        common, lists = self._common(field, steps, budget)
        found: Frequencies = {}
        for number, ordinal in enumerate(sorted(common)):
            if number % _CHECK_EVERY == 0:
                budget.check()
            starts: set[int] | None = None
            for step, places in lists:
                here = [at - step.offset for at in places[ordinal]]
                starts = set(here) if starts is None else starts.intersection(here)
                if not starts:
                    break
            if starts:
                found[ordinal] = float(len(starts))
        # A phrase is rarer than its words: it counts as one term, as often as it stands there.
        return self._scored(field, found)

    def _common(
        self, field: Field, steps: Sequence[Step], budget: Budget
    ) -> tuple[set[int], list[tuple[Step, Positions]]]:
        """The records that have all steps anywhere, and the positions of each step, the rarest first.

        Whole terms come first: few records are left when beginnings, of which there are many terms, are looked up.
        """
        common: set[int] | None = None
        for step in steps:
            if not step.prefix:
                own = self._read(field, step.text)
                common = set(own) if common is None else common.intersection(own)
                if not common:
                    return set(), []
        lists: list[tuple[Step, Positions]] = []
        for step in steps:
            if step.prefix:
                places = self._begun(field, step.text, common, budget)
                common = set(places) if common is None else common.intersection(places)
                if not common:
                    return set(), []
                lists.append((step, places))
            else:
                lists.append((step, self._places(field, step.text)))
        return common or set(), sorted(lists, key=lambda entry: len(entry[1]))

    def _begun(self, field: Field, text: str, within: set[int] | None, budget: Budget) -> Positions:
        """The positions of all terms that begin with `text`, at least in the records of `within`."""
        joined: Positions = {}
        for number, term in enumerate(islice(self.terms(field, text), MAX_UNION)):
            if number % _CHECK_EVERY == 0:
                budget.check()
            if within is not None and within.isdisjoint(self._read(field, term)):
                continue
            for ordinal, places in self._places(field, term).items():
                joined[ordinal] = joined[ordinal] + places if ordinal in joined else places
        return joined

    def _scored(self, field: Field, frequencies: Frequencies) -> Scores:
        if not frequencies:
            return {}
        norms = self._norms_of(field)
        top = (log(self._count / (len(frequencies) + 1)) + 1) * (K1 + 1)
        return {ordinal: top * found / (found + norms[ordinal]) for ordinal, found in frequencies.items()}

    def _norms_of(self, field: Field) -> list[float]:
        """For each record the part of BM25 that its length decides."""
        norms = self._norms.get(field)
        if norms is None:
            name = str(field)
            mean = self._reader.field_length(name) / self._count or 1.0
            length = self._reader.doc_field_length
            norms = [K1 * ((1 - B) + B * (length(ordinal, name) or 0) / mean) for ordinal in range(self._count)]
            self._norms[field] = norms
        return norms

    def _read(self, field: Field, text: str) -> Frequencies:
        known = self._frequencies.get((field, text))
        if known is not None:
            return known
        found: Frequencies = {}
        with suppress(TermNotFound):
            matcher = self._reader.postings(str(field), text)
            ordinal, weight, forward, active = matcher.id, matcher.weight, matcher.next, matcher.is_active
            while active():
                found[ordinal()] = weight()
                forward()
        self._keep(1 + len(found))
        self._frequencies[field, text] = found
        return found

    def _places(self, field: Field, text: str) -> Positions:
        known = self._positions.get((field, text))
        if known is not None:
            return known
        found: Positions = {}
        with suppress(TermNotFound):
            matcher = self._reader.postings(str(field), text)
            while matcher.is_active():
                found[matcher.id()] = matcher.value_as("positions")
                matcher.next()
        self._keep(1 + 2 * len(found))
        self._positions[field, text] = found
        return found

    def _keep(self, postings: int) -> None:
        self._kept += postings
        if self._kept > _MAX_KEPT:
            self._frequencies.clear()
            self._positions.clear()
            self._kept = postings
