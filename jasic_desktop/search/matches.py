"""Records found by a part of a question: their scores and the reasons why, and how parts combine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from jasic_desktop.search.answer import REASONS, Reason
from jasic_desktop.search.leaves import Scores

_SHARE: Final = 0.15
"""What a second field adds to the best one: a word is not more telling because it stands in all of them."""

BITS: Final[dict[Reason, int]] = {reason: 1 << number for number, reason in enumerate(REASONS)}


@dataclass(slots=True)
class Matches:
    """By ordinal: a score, and the reasons as a set of bits (BITS)."""

    scores: Scores = field(default_factory=dict)
    reasons: dict[int, int] = field(default_factory=dict)

    def only(self, ordinals: set[int] | frozenset[int]) -> Matches:
        """The matches among `ordinals`."""
        scores = {ordinal: score for ordinal, score in self.scores.items() if ordinal in ordinals}
        return Matches(scores, self.reasons)

    def told(self, ordinal: int) -> tuple[Reason, ...]:
        """The reasons for one record, the most telling first."""
        bits = self.reasons.get(ordinal, 0)
        return tuple(reason for reason, bit in BITS.items() if bits & bit)


def plain(ordinals: Iterable[int]) -> Matches:
    """Records that no word found, such as those of a date: no score, no reason."""
    return Matches(dict.fromkeys(ordinals, 0.0))


def best_of(parts: Iterable[tuple[Scores, float, Reason]]) -> Matches:
    """One word asked of several fields, each with its weight: the best field counts, the others a little."""
    best: Scores = {}
    total: Scores = {}
    reasons: dict[int, int] = {}
    for scores, weight, reason in parts:
        bit = BITS[reason]
        for ordinal, score in scores.items():
            score *= weight
            if ordinal in best:
                total[ordinal] += score
                reasons[ordinal] |= bit
                if score > best[ordinal]:
                    best[ordinal] = score
            else:
                best[ordinal] = total[ordinal] = score
                reasons[ordinal] = bit
    return Matches({o: score + _SHARE * (total[o] - score) for o, score in best.items()}, reasons)


def all_of(parts: list[Matches]) -> Matches:
    """Records that every part found."""
    if len(parts) == 1:
        return parts[0]
    parts = sorted(parts, key=lambda part: len(part.scores))
    common = [o for o in parts[0].scores if all(o in part.scores for part in parts[1:])]
    return _sums(common, parts)


def any_of(parts: list[Matches]) -> Matches:
    """Records that any part found."""
    if len(parts) == 1:
        return parts[0]
    return _sums(dict.fromkeys(o for part in parts for o in part.scores), parts)


def _sums(ordinals: Iterable[int], parts: list[Matches]) -> Matches:
    scores: Scores = {}
    reasons: dict[int, int] = {}
    for ordinal in ordinals:
        bits = 0
        score = 0.0
        for part in parts:
            if ordinal in part.scores:
                score += part.scores[ordinal]
                bits |= part.reasons.get(ordinal, 0)
        scores[ordinal] = score
        reasons[ordinal] = bits
    return Matches(scores, reasons)
