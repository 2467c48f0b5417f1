"""More like this: the words that tell most of a record, and the records in which several of them stand."""

from __future__ import annotations

from collections import Counter
from math import log, log1p, sqrt
from typing import Final

import numpy as np

from jasic_desktop.packs.store import Store
from jasic_desktop.search.fields import MEANINGS, Field
from jasic_desktop.search.leaves import Budget, Leaves
from jasic_desktop.search.matches import BITS, Matches
from jasic_desktop.search.terms import terms_of

FIELDS: Final = (Field.TITLE, Field.NAME_ZH, Field.OTHER, Field.TEXT, Field.RELATED)
MOST_WORDS: Final = 40
"""Words of a record, the most telling ones, by which others are found."""
_SHARED: Final = 3
"""So many of them a record must share, or all where there are fewer."""
_COMMON: Final = 0.2
"""A word that stands in a greater share of all records tells nothing."""
_MIN_COMMON: Final = 5


def like(ordinal: int, store: Store, leaves: Leaves, budget: Budget) -> Matches:
    """The records that are like one, which itself is left out; the score is the sum of that of the words shared."""
    count = leaves.count
    values, shared, reasons = np.zeros(count), np.zeros(count, np.uint8), np.zeros(count, np.uint8)
    words = telling_words(ordinal, store, leaves)
    for field, word in words:
        budget.check()
        scores = leaves.term(field, word)
        values[scores.ids] += scores.values * MEANINGS[field].weight
        shared[scores.ids] += 1
        reasons[scores.ids] |= BITS[MEANINGS[field].reason]
    shared[ordinal] = 0
    ids = np.flatnonzero(shared >= max(1, min(_SHARED, len(words))))
    return Matches(ids, values[ids], reasons[ids])


def telling_words(ordinal: int, store: Store, leaves: Leaves) -> list[tuple[Field, str]]:
    """The words that tell a record from others, the most telling first, with the field each stands in."""
    most = max(_MIN_COMMON, leaves.count * _COMMON)
    weighed: list[tuple[float, Field, str]] = []
    terms = terms_of(store.at(ordinal), store.title)
    for field in FIELDS:
        for word, times in Counter(terms[field].texts if field in terms else ()).items():
            records = leaves.frequency(field, word)
            if len(word) > 1 and 1 < records <= most:
                rare = log(leaves.count / records) + 1
                weighed.append((sqrt(MEANINGS[field].weight) * (1 + log1p(times - 1)) * rare, field, word))
    weighed.sort(key=lambda entry: (-entry[0], entry[1], entry[2]))
    return [(field, word) for _, field, word in weighed[:MOST_WORDS]]
