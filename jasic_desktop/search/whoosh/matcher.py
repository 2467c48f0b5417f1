"""The postings of a term, one by one, for Whoosh's own searcher."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from whoosh.matching import LeafMatcher, ReadTooFar

from jasic_desktop.search.whoosh.table import FieldTable


class PostingsMatcher(LeafMatcher):
    """Stands on one posting of a term after the other; all of them are one block."""

    def __init__(self, field: FieldTable, number: int, format_: Any, scorer: Any, info: Callable[[], Any]) -> None:
        self._field = field
        self._number = number
        self._term = (field.name, field.words.raw(number))
        self.format = format_
        self.scorer = scorer
        self._ids: list[int] = field.ids(number).tolist()
        self._frequencies: list[int] = field.frequencies(number).tolist()
        self._told = info
        self._at = 0

    def is_active(self) -> bool:
        """Whether it stands on a posting."""
        return self._at < len(self._ids)

    def reset(self) -> None:
        """Go back to the first posting."""
        self._at = 0

    def copy(self) -> PostingsMatcher:
        """Another one at the same place."""
        other = PostingsMatcher(self._field, self._number, self.format, self.scorer, self._told)
        other._at = self._at
        return other

    def id(self) -> int:
        """The record."""
        return self._ids[self._at]

    def all_ids(self) -> Iterator[int]:
        """All records."""
        return iter(self._ids)

    def next(self) -> bool:
        """Go to the next posting."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return self._at == len(self._ids)

    def skip_to(self, docnum: int) -> bool:
        """Go to the first posting that is not before this record."""
        if not self.is_active():
            raise ReadTooFar
        if docnum > self.id():
            self._at = bisect_left(self._ids, docnum, self._at)
        return not self.is_active()

    def weight(self) -> float:
        """How often the term stands in the record."""
        return float(self._frequencies[self._at])

    @cached_property
    def _positions(self) -> list[list[int]]:
        return self._field.split_positions(self._number)

    def value(self) -> bytes:
        """What a posting says, as the format of the field encodes it."""
        if self._field.has_positions:
            return bytes(self.format.encode(self._positions[self._at]))
        return bytes(self.format.encode(range(self._frequencies[self._at])))

    @cached_property
    def _info(self) -> Any:
        return self._told()

    def block_min_length(self) -> int:
        """The length of the shortest record."""
        return int(self._info.min_length())

    def block_max_length(self) -> int:
        """The length of the longest record."""
        return int(self._info.max_length())

    def block_max_weight(self) -> float:
        """The most often that the term stands in a record."""
        return float(self._info.max_weight())

    def block_min_id(self) -> int:
        """The first record."""
        return self._ids[0]

    def block_max_id(self) -> int:
        """The last record."""
        return self._ids[-1]

    def skip_to_quality(self, minquality: float) -> int:
        """Skip all postings where none can score more than `minquality`."""
        if self.is_active() and self.block_quality() <= minquality:
            self._at = len(self._ids)
            return 1
        return 0
