"""Lifts records whose name or title is what was asked, or begins with it, above those that merely hold its words."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from jasic_desktop.core.folding import fold
from jasic_desktop.search.analysis import clean, has_han, key, steps
from jasic_desktop.search.answer import Reason
from jasic_desktop.search.columns import Columns
from jasic_desktop.search.fields import KEYS, MEANINGS, NAMED, Field
from jasic_desktop.search.leaves import Budget, Leaves, Scores
from jasic_desktop.search.matches import BITS, Matches
from jasic_desktop.search.pinyin import without_tones

_TITLE_SHARE: Final = 0.6
"""What a title that is just the question counts beside a name that is."""
_IDENTIFIER: Final = re.compile(r"[a-z0-9-]+:[a-z]+/([a-z0-9-]+)@[0-9.]+(?:#\w+)?")
_MAX_IDENTIFIER: Final = 200
_MAX_BEGUN: Final = 100
_MIN_BEGUN: Final = 2

# A name that begins with the question comes above other records with its words, the more of it was asked the higher.
_BEGUN_NAME: Final = (100.0, 400.0)
_BEGUN_TITLE: Final = (0.0, 100.0)
_BEGUN_IN: Final = {Field.KEY_NAME: 1.0, Field.KEY_OTHER: 0.8, Field.KEY_PINYIN: 0.7, Field.KEY_AUTO: 0.3}

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
        found = Matches()
        self._identified(text, parts, found)
        whole = key(" ".join(words))
        for field in KEYS if whole else ():
            exact = self._exact(field, whole)
            parts.append((f"exact:{field}", exact))
            self._add(found, exact, self._reason(field, whole))
        if plain := without_tones(whole):
            # Asked with tone numbers: the same name lifts a record that was found, but finds none of another tone.
            parts.extend((f"exact:{field}", self._exact(field, plain)) for field in (Field.KEY_PINYIN, Field.KEY_AUTO))
        if len(whole) >= _MIN_BEGUN:
            for field in KEYS:
                begun = self._begun(field, whole)
                parts.append((f"begins:{field}", begun))
                if live:
                    self._add(found, begun, self._reason(field, whole))
        if 1 < len(words) <= _MAX_ROW:
            parts.extend(self._in_a_row(" ".join(words), live=live, budget=budget))
        return parts, found

    def _identified(self, text: str, parts: list[Part], found: Matches) -> None:
        asked = fold(clean(text[:_MAX_IDENTIFIER])).strip()
        identifier = _IDENTIFIER.fullmatch(asked)
        records = self._leaves.term(Field.KEY_ID, identifier[1] if identifier else asked)
        parts.append(("id", dict.fromkeys(records, MEANINGS[Field.KEY_ID].weight)))
        self._add(found, records, "id")

    def _exact(self, field: Field, whole: str) -> Scores:
        weight = MEANINGS[field].weight
        named = self._columns.having("type", NAMED)
        return {
            ordinal: weight if ordinal in named else weight * _TITLE_SHARE
            for ordinal in self._leaves.term(field, whole)
        }

    @staticmethod
    def _add(found: Matches, scores: Scores, reason: Reason) -> None:
        for ordinal in scores:
            found.scores.setdefault(ordinal, 0.0)
            found.reasons[ordinal] = found.reasons.get(ordinal, 0) | BITS[reason]

    @staticmethod
    def _reason(field: Field, whole: str) -> Reason:
        if field is Field.KEY_NAME and has_han(whole):
            return "name-zh"
        return MEANINGS[field].reason

    def _begun(self, field: Field, whole: str) -> Scores:
        begun: Scores = {}
        named = self._columns.having("type", NAMED)
        for term in islice(self._leaves.terms(field, whole), _MAX_BEGUN):
            asked = len(whole) / len(term) * _BEGUN_IN[field]
            for ordinal in self._leaves.term(field, term):
                least, more = _BEGUN_NAME if ordinal in named else _BEGUN_TITLE
                begun[ordinal] = max(begun.get(ordinal, 0.0), least + more * asked)
        return begun

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
            weight = MEANINGS[field].weight * _ROW_SHARE
            scores = self._leaves.phrase(field, wanted, budget)
            rows.append((f"in-a-row:{field}", {ordinal: score * weight for ordinal, score in scores.items()}))
        return rows


def lifted(base: Matches, parts: list[Part], whole: Matches) -> Matches:
    """`base` with what the whole question finds, and the parts added to the score of each record found."""
    scores = dict(base.scores)
    reasons = dict(base.reasons)
    for ordinal, bits in whole.reasons.items():
        scores.setdefault(ordinal, 0.0)
        reasons[ordinal] = reasons.get(ordinal, 0) | bits
    for _, part in parts:
        for ordinal, score in part.items():
            if ordinal in scores:
                scores[ordinal] += score
    return Matches(scores, reasons)
