"""Records found by a part of a question: their scores and the reasons why, and how parts combine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from jasic_desktop.search.answer import REASONS, Reason
from jasic_desktop.search.leaves import Ordinals, Scores, Values
from jasic_desktop.search.wordlist import Numbers

_SHARE: Final = 0.15
"""What a second field adds to the best one: a word is not more telling because it stands in all of them."""
_FEW: Final = 64
"""Where all parts together find at most one in so many records, they are sorted instead of counted record by record."""

_MANY: Final = 2000

BITS: Final[dict[Reason, int]] = {reason: 1 << number for number, reason in enumerate(REASONS)}

Reasons = NDArray[np.uint8]
"""Reasons as sets of bits (BITS)."""


def _none() -> Ordinals:
    return np.zeros(0, np.int64)


class Matches(msgspec.Struct, frozen=True):
    """Records, rising, each with a score and the reasons."""

    ids: Ordinals = msgspec.field(default_factory=_none)
    values: Values = msgspec.field(default_factory=lambda: np.zeros(0))
    reasons: Reasons = msgspec.field(default_factory=lambda: np.zeros(0, np.uint8))

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def size(self) -> int:
        """How many bytes it holds."""
        return self.ids.nbytes + self.values.nbytes + self.reasons.nbytes

    def only(self, kept: NDArray[np.bool_]) -> Matches:
        """The matches where `kept` is true, match by match."""
        return Matches(self.ids.compress(kept), self.values.compress(kept), self.reasons.compress(kept))

    def among(self, wanted: NDArray[np.bool_]) -> Matches:
        """The matches whose record is true in `wanted`, which has all records."""
        return self.only(wanted[self.ids])

    def told(self, ordinal: int) -> tuple[Reason, ...]:
        """The reasons for one record that is found, the most telling first."""
        return told(int(self.reasons[np.searchsorted(self.ids, ordinal)]))


@cache
def told(bits: int) -> tuple[Reason, ...]:
    """The reasons of a set of bits, the most telling first."""
    return tuple(reason for reason, bit in BITS.items() if bits & bit)


def plain(ordinals: Ordinals) -> Matches:
    """Records that no word found, such as those of a date: no score, no reason."""
    return Matches(ordinals, np.zeros(len(ordinals)), np.zeros(len(ordinals), np.uint8))


def flags(ordinals: Ordinals, count: int) -> NDArray[np.bool_]:
    """Ordinals as true or false for each of `count` records."""
    found = np.zeros(count, np.bool_)
    found[ordinals] = True
    return found


def best_of(parts: Iterable[tuple[Scores, float, Reason]], count: int) -> Matches:
    """One word asked of several fields, each with its weight: the best field counts, the others a little.

    `count` is that of all records.
    """
    found = [part for part in parts if len(part[0].ids)]
    if not found:
        return Matches()
    if len(found) == 1:
        scores, weight, reason = found[0]
        reasons = np.empty(len(scores.ids), np.uint8)
        reasons.fill(BITS[reason])
        return Matches(scores.ids, scores.values * weight, reasons)
    ids, places = _together([scores.ids for scores, _, _ in found], count)
    best, total, reasons = np.zeros(len(ids)), np.zeros(len(ids)), np.zeros(len(ids), np.uint8)
    for number, ((scores, weight, reason), own) in enumerate(zip(found, places, strict=True)):
        values = scores.values * weight
        if number == 0:
            # Nothing is there yet: what is written need not be read.
            best[own], total[own], reasons[own] = values, values, BITS[reason]
            continue
        total[own] += values
        best[own] = np.maximum(best[own], values, out=values)
        reasons[own] |= BITS[reason]
    total -= best
    total *= _SHARE
    best += total
    return Matches(ids, best, reasons)


Places = Ordinals | slice
"""Where the records of a part stand among all; a slice where they are all."""


def _together(parts: Sequence[Ordinals], count: int) -> tuple[Ordinals, list[Places]]:
    """All records of the parts, each once and rising, and for each part the places of its own among them."""
    if sum(map(len, parts)) * _FEW < count:
        ids = np.unique(np.concatenate(parts))
        return ids, [ids.searchsorted(part) for part in parts]
    seen = np.zeros(count, np.bool_)
    for part in parts:
        seen[part] = True
    ids = seen.nonzero()[0]
    where = np.empty(count, np.int64)
    where[ids] = np.arange(len(ids))
    return ids, [where[part] if len(part) < len(ids) else slice(None) for part in parts]


def places_of(part: Ordinals, ids: Ordinals) -> tuple[Ordinals, NDArray[np.bool_]]:
    """For each of `part` its place among `ids`, and whether it is there at all (else the place says nothing)."""
    if not len(ids) or not len(part):
        return np.zeros(len(part), np.int64), np.zeros(len(part), np.bool_)
    if len(part) > _MANY:
        # Looking each up in a table of all records is quicker than searching for each.
        table = np.full(int(max(ids[-1], part[-1])) + 1, -1, np.int32)
        table[ids] = np.arange(len(ids), dtype=np.int32)
        found = table[part]
        return found, found >= 0
    places = ids.searchsorted(part)
    places[places == len(ids)] = 0
    return places, ids[places] == part


def common_of(some: Numbers, others: Numbers) -> Numbers:
    """The numbers that stand in both; each is rising and has every number once."""
    if len(some) > len(others):
        some, others = others, some
    if len(some) * _FEW > len(others):
        # Two rising rows are one row with two runs, which a stable sort joins in one go.
        both = np.concatenate((some, others))
        both.sort(kind="stable")
        twice: Numbers = both[:-1].compress(both[1:] == both[:-1])
        return twice
    places = np.searchsorted(others, some)
    places[places == len(others)] = 0
    return some.compress(others[places] == some) if len(others) else some[:0]


def all_of(parts: Sequence[Matches]) -> Matches:
    """Records that every part found."""
    if len(parts) == 1:
        return parts[0]
    ordered = sorted(parts, key=len)
    common = ordered[0].ids
    for part in ordered[1:]:
        common = common.compress(places_of(common, part.ids)[1])
    values, reasons = np.zeros(len(common)), np.zeros(len(common), np.uint8)
    for part in ordered:
        own = places_of(common, part.ids)[0]
        values += part.values[own]
        reasons |= part.reasons[own]
    return Matches(common, values, reasons)


def any_of(parts: Sequence[Matches], count: int) -> Matches:
    """Records that any part found; `count` is that of all records."""
    if len(parts) == 1:
        return parts[0]
    ids, places = _together([part.ids for part in parts], count)
    values, reasons = np.zeros(len(ids)), np.zeros(len(ids), np.uint8)
    for part, own in zip(parts, places, strict=True):
        values[own] += part.values
        reasons[own] |= part.reasons
    return Matches(ids, values, reasons)


def better_of(one: Matches, other: Matches, count: int) -> Matches:
    """The better of two ways to take one word; `count` is that of all records."""
    if not len(other):
        return one
    ids, places = _together([one.ids, other.ids], count)
    values, reasons = np.zeros(len(ids)), np.zeros(len(ids), np.uint8)
    values[places[0]], reasons[places[0]] = one.values, one.reasons
    values[places[1]] = np.maximum(values[places[1]], other.values)
    reasons[places[1]] |= other.reasons
    return Matches(ids, values, reasons)


def without(found: Matches, out: Ordinals, count: int) -> Matches:
    """`found` but for the records `out`; `count` is that of all records."""
    return found.among(~flags(out, count))
