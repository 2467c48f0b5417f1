"""The leaves of an index as stock Whoosh reads and scores them: its searcher, its matchers, one posting at a time.

Slow, and the measure of what is fast: the same questions must find the same records with the same scores here and in
whoosh.leaves. `search --engine stock` answers with it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log
from pathlib import Path
from typing import Any, Final

import numpy as np
from whoosh import query, scoring
from whoosh.reading import TermNotFound

from jasic_desktop.search.analysis import Step
from jasic_desktop.search.edits import distance
from jasic_desktop.search.fields import KEYS, MEANINGS, Field
from jasic_desktop.search.leaves import NOTHING, Budget, Ordinals, Scores
from jasic_desktop.search.pinyin import sound_key
from jasic_desktop.search.terms import stemmable
from jasic_desktop.search.whoosh.index import ArrayIndex
from jasic_desktop.search.whoosh.leaves import K1, B
from jasic_desktop.search.whoosh.stem import stem
from jasic_desktop.search.wordlist import Numbers

_CHECK_EVERY: Final = 64


class StockLeaves:
    """The leaves of the index in `folder`. Raises DamagedFault."""

    def __init__(self, folder: Path) -> None:
        self._searcher: Any = ArrayIndex(folder).searcher(weighting=scoring.BM25F(B=B, K1=K1))
        self._reader: Any = self._searcher.reader()
        self._lexicons: dict[Field, list[str]] = {}
        self._traits: dict[Field, dict[str, list[int]]] = {}

    @property
    def count(self) -> int:
        """How many records there are."""
        return int(self._reader.doc_count_all())

    def prepare(self) -> Iterator[None]:
        """Nothing: it is asked to compare, not to be quick."""
        return iter(())

    def close(self) -> None:
        """Let go of the files."""
        self._searcher.close()

    def _lexicon(self, field: Field) -> list[str]:
        words = self._lexicons.get(field)
        if words is None:
            words = self._lexicons[field] = [term.decode() for term in self._reader.lexicon(str(field))]
        return words

    def range(self, field: Field, beginning: str) -> tuple[int, int]:
        """The numbers [first, last) of the terms that begin so."""
        words = self._lexicon(field)
        first = bisect_left(words, beginning)
        return first, bisect_left(words, 1, first, key=lambda word: int(not word.startswith(beginning)))

    def texts(self, field: Field, numbers: Numbers) -> list[str]:
        """Terms by their numbers."""
        return [self._lexicon(field)[number] for number in numbers.tolist()]

    def sizes(self, field: Field, first: int, last: int) -> Numbers:
        """How many characters the terms [first, last) have."""
        return np.array([len(text) for text in self._lexicon(field)[first:last]], np.int64)

    def akin(self, field: Field, trait: str) -> Numbers:
        """The terms that have this stem, or in a field of whole names this sound."""
        traits = self._traits.get(field)
        if traits is None:
            traits = self._traits[field] = {}
            for number, word in enumerate(self._lexicon(field)):
                if field not in KEYS and stemmable(word):
                    traits.setdefault(stem(word), []).append(number)
                elif field in KEYS and word.isascii():
                    traits.setdefault(sound_key(word), []).append(number)
        return np.array(traits.get(trait, []), np.int64)

    def near(self, field: Field, text: str, limit: int, beginning: str = "") -> tuple[Numbers, Numbers]:
        """The terms that begin so and are at most `limit` edits from `text`, and how many edits each is."""
        numbers = range(*self.range(field, beginning))
        words = self._lexicon(field)
        found = [(number, distance(text, words[number], limit)) for number in numbers]
        near = np.array([pair for pair in found if pair[1] <= limit], np.int64).reshape(-1, 2)
        return near[:, 0], near[:, 1]

    def fitting(self, field: Field, beginning: str, pattern: re.Pattern[bytes]) -> Numbers:
        """The terms that begin so and that `pattern` finds (see WordList.fitting)."""
        words = self._lexicon(field)
        fits = [number for number in range(*self.range(field, beginning)) if pattern.search(words[number].encode())]
        return np.array(fits, np.int64)

    def records(self, field: Field, text: str) -> Ordinals:
        """Records that hold this term."""
        return _scores(dict.fromkeys(self._frequencies(field, text), 1.0)).ids

    def frequency(self, field: Field, text: str) -> int:
        """How many records hold this term."""
        return int(self._reader.doc_frequency(str(field), text))

    def postings(self, field: Field, numbers: Numbers) -> tuple[Ordinals, Numbers]:
        """Records that hold these terms, term by term, and which of `numbers` each is for, by its place there."""
        pairs = [(i, place) for place, text in enumerate(self.texts(field, numbers)) for i in self.records(field, text)]
        found = np.array(pairs, np.int64).reshape(-1, 2)
        return found[:, 0], found[:, 1]

    def term(self, field: Field, text: str) -> Scores:
        """Records that hold this term, with the scores of Whoosh's searcher."""
        hits = self._searcher.search(query.Term(str(field), text), limit=None)
        return _scores({hit.docnum: hit.score for hit in hits})

    def begun(self, field: Field, beginning: str, budget: Budget) -> Scores:
        """Records that hold any term that begins so, scored as if they were one term."""
        return self._joined(field, self._reader.expand_prefix(str(field), beginning), budget)

    def union(self, field: Field, numbers: Numbers, budget: Budget) -> Scores:
        """Records that hold any of these terms, scored as if they were one term."""
        return self._joined(field, (text.encode() for text in self.texts(field, numbers)), budget)

    def _joined(self, field: Field, terms: Iterable[bytes], budget: Budget) -> Scores:
        joined: Counter[int] = Counter()
        for number, term in enumerate(terms):
            if number % _CHECK_EVERY == 0:
                budget.check()
            joined.update(self._frequencies(field, term))
        return self._scored(field, joined)

    def phrase(self, field: Field, steps: Sequence[Step], budget: Budget) -> Scores:
        """Records that hold these terms at these distances; scored as one term, which is as rare as the phrase is."""
        budget.check()
        if not MEANINGS[field].positions:
            raise ValueError(f"{field} holds no positions")
        if len(steps) == 1:
            step = steps[0]
            return self.begun(field, step.text, budget) if step.prefix else self.term(field, step.text)
        starts: set[tuple[int, int]] | None = None
        for step in steps:
            words = self._reader.expand_prefix(str(field), step.text) if step.prefix else (step.text.encode(),)
            here = {(o, at - step.offset) for word in words for o, at in self._places(field, word)}
            starts = here if starts is None else starts & here
            budget.check()
        return self._scored(field, Counter(ordinal for ordinal, _ in starts or ()))

    def _places(self, field: Field, term: bytes) -> list[tuple[int, int]]:
        places: list[tuple[int, int]] = []
        try:
            matcher = self._reader.postings(str(field), term)
        except TermNotFound:
            return places
        while matcher.is_active():
            places += ((matcher.id(), at) for at in matcher.value_as("positions"))
            matcher.next()
        return places

    def _frequencies(self, field: Field, term: str | bytes) -> dict[int, int]:
        found: dict[int, int] = {}
        try:
            matcher = self._reader.postings(str(field), term)
        except TermNotFound:
            return found
        while matcher.is_active():
            found[matcher.id()] = int(matcher.weight())
            matcher.next()
        return found

    def _scored(self, field: Field, frequencies: Counter[int]) -> Scores:
        """What Whoosh's BM25 gives a term that stands in these records so often."""
        idf = log(self.count / (len(frequencies) + 1)) + 1
        mean = self._searcher.avg_field_length(str(field)) or 1
        length = self._reader.doc_field_length
        return _scores({o: scoring.bm25(idf, f, length(o, str(field), 1), mean, B, K1) for o, f in frequencies.items()})


def _scores(found: dict[int, float]) -> Scores:
    if not found:
        return NOTHING
    ids = np.array(sorted(found), np.int64)
    return Scores(ids, np.array([found[ordinal] for ordinal in ids.tolist()]))
