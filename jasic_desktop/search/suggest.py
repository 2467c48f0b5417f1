"""Completes names and titles while somebody types, in any script, and guesses what a misspelt question meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from jasic_desktop.core.languages import Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.packs.store import Store
from jasic_desktop.search.analysis import has_han, key, runs
from jasic_desktop.search.answer import Reason, Suggestion
from jasic_desktop.search.best import first_of
from jasic_desktop.search.columns import Columns
from jasic_desktop.search.evaluate import Evaluation, Evaluator
from jasic_desktop.search.fields import KEYS, SPOKEN, WRITTEN, Field
from jasic_desktop.search.leaves import Budget, Leaves, OutOfTimeError
from jasic_desktop.search.matches import any_of
from jasic_desktop.search.parser import parse
from jasic_desktop.search.pinyin import same_sound, sound_key, without_tones
from jasic_desktop.search.query import Node, TextField, Within, plain_words
from jasic_desktop.search.ranking import Ranking, lifted
from jasic_desktop.search.wade_giles import readings

TIME_LIMIT: Final = 0.5
_FIELDS: Final[tuple[TextField, ...]] = ("title", "name")
_SHORT: Final = 6
"""Words and names shorter than this may differ by one letter, longer ones by two."""
_MIN_WORD: Final = 4
_MOST_SYLLABLES: Final = 6
"""A question of more words is no name."""
_MIN_PART: Final = 3
_MIN_HAN_KEY: Final = 3
_MOST: Final = 200
"""Words or names of one field that are looked at as what may have been meant."""
_ALIKE: Final = 0.5
"""What it costs that a name only sounds alike: less than one letter changed."""


class _Guess(NamedTuple):
    cost: float
    rank: int
    ordinal: int


class _Likely(NamedTuple):
    """A word that was probably meant: letters changed, and how rare it is (0 is never, less is more frequent)."""

    cost: int
    rank: int
    text: str


class Suggester:
    """Completions and corrections from the names in one index."""

    def __init__(self, store: Store, leaves: Leaves, columns: Columns, evaluator: Evaluator, ranking: Ranking) -> None:
        self._store = store
        self._leaves = leaves
        self._columns = columns
        self._evaluator = evaluator
        self._ranking = ranking

    # While typing -----------------------------------------------------------------------------------------------

    def complete(self, text: str, limit: int, language: Language) -> tuple[Suggestion, ...]:
        """Records whose names or titles `text` may be the beginning of or hold, the best first."""
        node = parse(text, live=True).node
        words = plain_words(node) if node is not None else None
        if node is None or not words:
            return ()
        evaluation = Evaluation(Budget(TIME_LIMIT))
        try:
            return self._completed(node, words, text, limit, language, evaluation)
        except OutOfTimeError:
            return ()

    def _completed(
        self,
        node: Node,
        words: tuple[str, ...],
        text: str,
        limit: int,
        language: Language,
        evaluation: Evaluation,
    ) -> tuple[Suggestion, ...]:
        base = any_of(
            [self._evaluator.matches(Within(field, node), evaluation) for field in _FIELDS], self._leaves.count
        )
        parts, whole = self._ranking.parts(words, text, live=True, budget=evaluation.budget)
        found = lifted(base, parts, whole, self._leaves.count)
        best = found.ids[first_of(-found.values, limit)].tolist()
        if best:
            return tuple(self._suggestion(o, text, language, (*found.told(o), "title")[0]) for o in best)
        like = {guess.ordinal: guess for guess in self._spelt_otherwise(words)}
        like |= {guess.ordinal: guess for guess in self._names_like(key(text), evaluation.budget)}
        guesses = sorted(like.values())[:limit]
        return tuple(self._suggestion(guess.ordinal, text, language, "spelling") for guess in guesses)

    def _suggestion(self, ordinal: int, asked: str, language: Language, reason: Reason) -> Suggestion:
        head = self._store.head_at(ordinal)
        return Suggestion(_words(head.title, asked, language), head.id, head.type, reason)

    # Afterwards -------------------------------------------------------------------------------------------------

    def sounds_like(self, node: Node | None, first: int | None, budget: Budget) -> str | None:
        """The name that a question of plain words sounds like and is not, unless its record comes `first` anyway."""
        words = plain_words(node) if node is not None else None
        if not words or len(words) > _MOST_SYLLABLES:
            return None
        asked = " ".join(words)
        alike = [*self._names_like(key(asked), budget, by_sound=True), *self._spelt_otherwise(words)]
        return self._other(min(alike, default=None), first, asked)

    def correction(self, node: Node | None, first: int | None, budget: Budget) -> str | None:
        """What a question of plain words that found next to nothing, `first` of all, probably meant.

        None where nothing is near, or what is near comes first already.
        """
        words = plain_words(node) if node is not None else None
        if not words:
            return None
        asked = " ".join(words)
        best = min((*self._names_like(key(asked), budget), *self._spelt_otherwise(words)), default=None)
        likely = [self._word_like(word, budget) for word in words]
        if not any(word is None for word in likely):
            cost = sum(word.cost for word in likely if word)
            if cost > 0 and (best is None or cost < best.cost):
                return " ".join(word.text for word in likely if word)
        return self._other(best, first, asked)

    def _other(self, guess: _Guess | None, first: int | None, asked: str) -> str | None:
        """The title of what is guessed, unless it comes first already."""
        if guess is None or guess.ordinal == first:
            return None
        return _words(self._store.head_at(guess.ordinal).title, asked, "en")

    def _names_like(self, asked: str, budget: Budget, *, by_sound: bool = False) -> Iterator[_Guess]:
        """Records with a name that sounds like `asked`, a key, or unless `by_sound` is spelt nearly like it; each at
        its least cost.
        """
        if len(asked) < 2 or any(self._leaves.frequency(field, asked) for field in KEYS):
            return
        named = self._columns.named
        seen: dict[int, _Guess] = {}
        for cost, field, number in self._keys_like(asked, budget, by_sound=by_sound):
            for ordinal in self._leaves.postings(field, np.array([number]))[0].tolist():
                guess = _Guess(cost, 0 if named[ordinal] else 1, ordinal)
                seen[ordinal] = min(guess, seen.get(ordinal, guess))
        yield from seen.values()

    def _spelt_otherwise(self, words: tuple[str, ...]) -> Iterator[_Guess]:
        """Records with a name that is written as Wade and Giles did, or in pinyin with other tones."""
        named = self._columns.named
        toneless = without_tones(key(" ".join(words)))
        for way in (*readings(words), *([(toneless,)] if toneless else [])):
            for field in (Field.KEY_PINYIN, Field.KEY_AUTO):
                for ordinal in self._leaves.records(field, "".join(way)).tolist():
                    yield _Guess(_ALIKE, 0 if named[ordinal] else 1, ordinal)

    def _keys_like(self, asked: str, budget: Budget, *, by_sound: bool) -> Iterator[tuple[float, Field, int]]:
        """Whole names by field and number, and at what cost each is `asked`."""
        if has_han(asked):
            exact = {"".join(way) for way in same_sound(asked)}
            allowed = 1 if len(asked) >= _MIN_HAN_KEY else 0
        else:
            exact = {asked}
            allowed = 1 if len(asked) < _SHORT else 2
        for field in KEYS:
            budget.check()
            for sound in {sound_key(way) for way in exact}:
                numbers = self._leaves.akin(field, sound)[:_MOST]
                for number, name in zip(numbers.tolist(), self._leaves.texts(field, numbers), strict=True):
                    yield (0.0 if name in exact and name != asked else _ALIKE), field, number
            if not by_sound and allowed and len(asked) >= _MIN_WORD - has_han(asked):
                numbers, edits = self._leaves.near(field, asked, allowed)
                nearest = first_of(edits, _MOST)
                for number, cost in zip(numbers[nearest].tolist(), edits[nearest].tolist(), strict=True):
                    yield float(cost), field, number

    def _word_like(self, word: str, budget: Budget) -> _Likely | None:
        """`word` where the index knows it, else the nearest word it knows, else two known words in one."""
        found = list(runs(word))
        if len(found) != 1 or found[0].han:
            return _Likely(0, 0, word)
        asked = found[0].joined
        if self._frequency(asked):
            return _Likely(0, 0, word)
        if len(asked) < _MIN_WORD or not asked.isalpha():
            return None
        allowed = 1 if len(asked) < _SHORT else 2
        best: _Likely | None = None
        for field in (Field.TITLE, Field.OTHER, *SPOKEN, Field.TEXT):
            budget.check()
            numbers, edits = self._leaves.near(field, asked, allowed, asked[0])
            nearest = np.flatnonzero(edits == edits.min(initial=allowed + 1))[:_MOST]
            for term, cost in zip(self._leaves.texts(field, numbers[nearest]), edits[nearest].tolist(), strict=True):
                guess = _Likely(cost, -self._frequency(term), term)
                best = min(best, guess) if best else guess
        return best or self._two_words(asked)

    def _two_words(self, joined: str) -> _Likely | None:
        ways = [(joined[:at], joined[at:]) for at in range(_MIN_PART, len(joined) - _MIN_PART + 1)]
        known = [_Likely(1, -min(map(self._frequency, way)), " ".join(way)) for way in ways]
        return min((likely for likely in known if likely.rank), default=None)

    def _frequency(self, word: str) -> int:
        return sum(self._leaves.frequency(field, word) for field in (*WRITTEN, *SPOKEN))


def _words(title: Localised, asked: str, language: Language) -> str:
    """The title in the script of the question, so that asking it finds the record in the same way."""
    return title.show("zh-Hans" if has_han(asked) and language == "en" else language)
