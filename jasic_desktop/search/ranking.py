"""Lifts records whose name or title is what was asked, or begins with it, above those that merely hold its words."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from jasic_desktop.core.folding import fold
from jasic_desktop.search.analysis import clean, has_han, key, steps
from jasic_desktop.search.answer import Reason
from jasic_desktop.search.columns import Columns
from jasic_desktop.search.days import days_asked
from jasic_desktop.search.fields import KEYS, MEANINGS, Field
from jasic_desktop.search.leaves import NOTHING, Budget, Leaves, Scores
from jasic_desktop.search.matches import BITS, Matches, any_of, places_of
from jasic_desktop.search.pinyin import without_tones

_TITLE_SHARE: Final = 0.6
"""What a title that is just the question counts beside a name that is."""
_IDENTIFIER: Final = re.compile(r"[a-z0-9-]+:[a-z]+/([a-z0-9-]+)@[0-9.]+(?:#\w+)?")
_MAX_IDENTIFIER: Final = 200
_MAX_BEGUN: Final = 500
"""Whole names that begin with the question and are lifted; of more than that none is likely to be the one."""
_MIN_BEGUN: Final = 2

# A name that begins with the question comes above other records with its words, the more of it was asked the higher.
_BEGUN_LEAST: Final = np.array([0.0, 100.0])
_BEGUN_MORE: Final = np.array([100.0, 400.0])
"""What that counts at least, and how much more the whole name would: of a title, and of a name."""
_BEGUN_IN: Final = {Field.KEY_NAME: 1.0, Field.KEY_OTHER: 0.8, Field.KEY_PINYIN: 0.7, Field.KEY_AUTO: 0.3}

_ON_THE_DAY: Final = 300.0
"""What it counts that an event happened on the days that a question names."""

_IN_A_ROW: Final = (Field.TITLE, Field.OTHER, Field.PINYIN, Field.TEXT)
_ROW_SHARE: Final = 0.6
_MAX_ROW: Final = 16
_MIN_ROW_WORD: Final = 3

Part = tuple[str, Scores]


class Ranking:
    """What the words of a question, taken together, say about the order of the records found."""

    def __init__(self, leaves: Leaves, columns: Columns) -> None:
        self._leaves = leaves
        self._columns = columns

    def parts(self, words: tuple[str, ...], text: str, *, live: bool, budget: Budget) -> tuple[list[Part], Matches]:
        """The parts to add to the scores, by name; and the records that the whole of `words` finds by itself.

        `text` is the question as typed, which may be an identifier.
        """
        parts: list[Part] = []
        found: list[Matches] = []
        self._identified(text, parts, found)
        whole = key(" ".join(words))
        for field in KEYS if whole else ():
            exact = self._exact(field, whole)
            parts.append((f"exact:{field}", exact))
            found.append(_because(exact, self._reason(field, whole)))
        if plain := without_tones(whole):
            # Asked with tone numbers: the same name lifts a record that was found, but finds none of another tone.
            parts.extend((f"exact:{field}", self._exact(field, plain)) for field in (Field.KEY_PINYIN, Field.KEY_AUTO))
        if len(whole) >= _MIN_BEGUN:
            for field in KEYS:
                begun = self._begun(field, whole)
                parts.append((f"begins:{field}", begun))
                if live:
                    found.append(_because(begun, self._reason(field, whole)))
        if (span := days_asked(" ".join(words))) is not None:
            on_the_day = self._columns.events_within(span)
            parts.append(("day", Scores(on_the_day, np.full(len(on_the_day), _ON_THE_DAY))))
        if 1 < len(words) <= _MAX_ROW:
            parts.extend(self._in_a_row(" ".join(words), live=live, budget=budget))
        found = [matches for matches in found if len(matches)]
        return parts, any_of(found, self._leaves.count) if found else Matches()

    def _identified(self, text: str, parts: list[Part], found: list[Matches]) -> None:
        asked = fold(clean(text[:_MAX_IDENTIFIER])).strip()
        identifier = _IDENTIFIER.fullmatch(asked)
        records = self._leaves.records(Field.KEY_ID, identifier[1] if identifier else asked)
        scores = Scores(records, np.full(len(records), MEANINGS[Field.KEY_ID].weight))
        parts.append(("id", scores))
        found.append(_because(scores, "id"))

    def _exact(self, field: Field, whole: str) -> Scores:
        weight = MEANINGS[field].weight
        ids = self._leaves.records(field, whole)
        return Scores(ids, np.where(self._columns.named[ids], weight, weight * _TITLE_SHARE))

    @staticmethod
    def _reason(field: Field, whole: str) -> Reason:
        if field is Field.KEY_NAME and has_han(whole):
            return "name-zh"
        return MEANINGS[field].reason

    def _begun(self, field: Field, whole: str) -> Scores:
        first, last = self._leaves.range(field, whole)
        last = min(last, first + _MAX_BEGUN)
        if first == last:
            return NOTHING
        ids, places = self._leaves.postings(field, np.arange(first, last))
        sizes = self._leaves.sizes(field, first, last)
        asked = len(whole) / sizes[places] * _BEGUN_IN[field]
        named = self._columns.named[ids].view(np.uint8)
        values = _BEGUN_LEAST[named] + _BEGUN_MORE[named] * asked
        order = ids.argsort(kind="stable")
        rising = ids[order]
        if (rising[1:] > rising[:-1]).all():
            return Scores(rising, values[order])
        found, own = np.unique(ids, return_inverse=True)
        best = np.zeros(len(found))
        np.maximum.at(best, own, values)
        return Scores(found, best)

    def _in_a_row(self, text: str, *, live: bool, budget: Budget) -> list[Part]:
        wanted = steps(text)
        if live and wanted and not has_han(wanted[-1].text):
            # A letter or two begin too many words to say which of them comes next.
            last = (wanted[-1]._replace(prefix=True),) if len(wanted[-1].text) >= _MIN_ROW_WORD else ()
            wanted = (*wanted[:-1], *last)
        if len(wanted) < 2:
            return []
        rows: list[Part] = []
        for field in _IN_A_ROW:
            scores = self._leaves.phrase(field, wanted, budget)
            rows.append((f"in-a-row:{field}", scores.weighed(MEANINGS[field].weight * _ROW_SHARE)))
        return rows


def _because(scores: Scores, reason: Reason) -> Matches:
    """Records found for a reason, their score to be added as a part."""
    count = len(scores.ids)
    return Matches(scores.ids, np.zeros(count), np.full(count, BITS[reason], np.uint8))


def lifted(base: Matches, parts: list[Part], whole: Matches, count: int) -> Matches:
    """`base` with what the whole question finds, and the parts added to the score of each record found.

    `count` is that of all records.
    """
    found = any_of([base, whole], count) if len(whole) else base
    if not any(len(part.ids) for _, part in parts):
        return found
    values = found.values.copy()
    for _, part in parts:
        if len(part.ids):
            places, there = places_of(part.ids, found.ids)
            values[places[there]] += part.values[there]
    return Matches(found.ids, values, found.reasons)
