"""Completes names and titles while somebody types, in any script, and guesses what a misspelt question meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from jasic_desktop.core.languages import Language
from jasic_desktop.packs.store import Store
from jasic_desktop.search.analysis import has_han, key, runs
from jasic_desktop.search.answer import Reason, Suggestion
from jasic_desktop.search.columns import Columns
from jasic_desktop.search.edits import distance
from jasic_desktop.search.evaluate import Evaluation, Evaluator
from jasic_desktop.search.fields import KEYS, NAMED, SPOKEN, WRITTEN, Field
from jasic_desktop.search.leaves import Budget, Leaves, OutOfTimeError
from jasic_desktop.search.matches import any_of
from jasic_desktop.search.parser import parse
from jasic_desktop.search.pinyin import same_sound, sound_key
from jasic_desktop.search.query import Node, TextField, Within, plain_words
from jasic_desktop.search.ranking import Ranking, lifted

TIME_LIMIT: Final = 0.5
_FIELDS: Final[tuple[TextField, ...]] = ("title", "name")
_SHORT: Final = 6
"""Words and names shorter than this may differ by one letter, longer ones by two."""
_MIN_WORD: Final = 4
_MIN_PART: Final = 3
_MIN_HAN_KEY: Final = 3
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
            base = any_of([self._evaluator.matches(Within(field, node), evaluation) for field in _FIELDS])
            parts, whole = self._ranking.parts(words, text, live=True, budget=evaluation.budget)
            found = lifted(base, parts, whole)
        except OutOfTimeError:
            return ()
        best = sorted(found.scores, key=lambda ordinal: (-found.scores[ordinal], ordinal))[:limit]
        if best:
            return tuple(self._suggestion(o, text, language, (*found.told(o), "title")[0]) for o in best)
        guesses = sorted(self._names_like(key(text), evaluation.budget))[:limit]
        return tuple(self._suggestion(guess.ordinal, text, language, "spelling") for guess in guesses)

    def _suggestion(self, ordinal: int, asked: str, language: Language, reason: Reason) -> Suggestion:
        id_ = self._store.ids[ordinal]
        return Suggestion(self._words(ordinal, asked, language), id_, self._store.type(id_), reason)

    def _words(self, ordinal: int, asked: str, language: Language) -> str:
        """The title in the script of the question, so that asking it finds the record in the same way."""
        if has_han(asked) and language == "en":
            language = "zh-Hans"
        words: str = self._store.title(self._store.ids[ordinal]).show(language)
        return words

    # Afterwards -------------------------------------------------------------------------------------------------

    def correction(self, node: Node | None, found: Iterable[int], budget: Budget) -> str | None:
        """What a question of plain words that found next to nothing probably meant; None where nothing is near."""
        words = plain_words(node) if node is not None else None
        if not words:
            return None
        asked = " ".join(words)
        best = min(self._names_like(key(asked), budget), default=None)
        likely = [self._word_like(word, budget) for word in words]
        if not any(word is None for word in likely):
            cost = sum(word.cost for word in likely if word)
            if cost > 0 and (best is None or cost < best.cost):
                return " ".join(word.text for word in likely if word)
        return None if best is None or best.ordinal in found else self._words(best.ordinal, asked, "en")

    def _names_like(self, asked: str, budget: Budget) -> Iterator[_Guess]:
        """Records with a name that sounds or is spelt nearly like `asked`, a key; each at its least cost first."""
        if len(asked) < 2 or any(self._leaves.term(field, asked) for field in KEYS):
            return
        named = self._columns.having("type", NAMED)
        seen: dict[int, _Guess] = {}
        for cost, field, name in self._keys_like(asked, budget):
            for ordinal in self._leaves.term(field, name):
                guess = _Guess(cost, 0 if ordinal in named else 1, ordinal)
                seen[ordinal] = min(guess, seen.get(ordinal, guess))
        yield from seen.values()

    def _keys_like(self, asked: str, budget: Budget) -> Iterator[tuple[float, Field, str]]:
        if has_han(asked):
            heard = {sound_key("".join(way)) for way in same_sound(asked)}
            exact = {"".join(way) for way in same_sound(asked)}
            allowed = 1 if len(asked) >= _MIN_HAN_KEY else 0
        else:
            heard, exact = {sound_key(asked)}, set()
            allowed = 1 if len(asked) < _SHORT else 2
        for sound in heard:
            for field, name in self._by_sound.get(sound, ()):
                yield (0.0 if name in exact else _ALIKE), field, name
        if not allowed or len(asked) < _MIN_WORD - has_han(asked):
            return
        for number, (field, name) in enumerate(self._names):
            if number % 512 == 0:
                budget.check()
            if abs(len(name) - len(asked)) <= allowed and (edits := distance(asked, name, allowed)) <= allowed:
                yield float(edits), field, name

    @cached_property
    def _names(self) -> tuple[tuple[Field, str], ...]:
        """Every whole name and title, by field."""
        return tuple((field, name) for field in KEYS for name in self._leaves.terms(field, ""))

    @cached_property
    def _by_sound(self) -> dict[str, list[tuple[Field, str]]]:
        """Whole names in Latin letters by what they sound like."""
        found: dict[str, list[tuple[Field, str]]] = {}
        for field, name in self._names:
            if name.isascii():
                found.setdefault(sound_key(name), []).append((field, name))
        return found

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
            for number, term in enumerate(self._leaves.terms(field, asked[0])):
                if number % 256 == 0:
                    budget.check()
                if abs(len(term) - len(asked)) <= allowed and (edits := distance(asked, term, allowed)) <= allowed:
                    guess = _Likely(edits, -self._frequency(term), term)
                    best = min(best, guess) if best else guess
        return best or self._two_words(asked)

    def _two_words(self, joined: str) -> _Likely | None:
        ways = [(joined[:at], joined[at:]) for at in range(_MIN_PART, len(joined) - _MIN_PART + 1)]
        known = [_Likely(1, -min(map(self._frequency, way)), " ".join(way)) for way in ways]
        return min((likely for likely in known if likely.rank), default=None)

    def _frequency(self, word: str) -> int:
        return sum(len(self._leaves.term(field, word)) for field in (*WRITTEN, *SPOKEN))
