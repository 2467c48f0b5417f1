"""Answers the tree of a question from the leaves of an index: which records, how well, and why."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from jasic_desktop.core.folding import fold
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.packs.store import Store
from jasic_desktop.search.analysis import JOINERS, Run, Step, key, pieces, runs, steps
from jasic_desktop.search.answer import Note, Reason
from jasic_desktop.search.columns import Columns
from jasic_desktop.search.facet import Flags
from jasic_desktop.search.fields import MEANINGS, NAMES, SPOKEN, STEMMED, WRITTEN, Field
from jasic_desktop.search.leaves import Budget, Leaves, Scores
from jasic_desktop.search.likely import like
from jasic_desktop.search.matches import Matches, all_of, any_of, best_of, better_of, flags, plain, without
from jasic_desktop.search.pinyin import MAX_APART, apart, divisions, same_sound
from jasic_desktop.search.query import (
    And,
    Dated,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Restrict,
    TextField,
    Typed,
    Wildcard,
    Within,
    Word,
)
from jasic_desktop.search.resolving import Resolver
from jasic_desktop.search.terms import Stem, stemmable
from jasic_desktop.search.wordlist import Numbers

MAX_EXPANSION: Final = 2000
"""At most this many words of the index stand for one word with `*` inside or `~`; a plain beginning has no limit."""
_REMEMBERED: Final = 16_000_000
"""Bytes of answers to single words that are kept, so that typing on asks only for what is new."""
_BEGUN: Final = 0.8
"""What a word that only begins like the one asked is worth beside the word itself."""
_MIN_BEGUN: Final = 3
_MIN_PARTED: Final = 4
_MAX_PARTED: Final = 40

_SCOPES: Final[dict[TextField, frozenset[Field]]] = {
    "title": frozenset({Field.TITLE, Field.NAME_ZH, Field.STEM_TITLE, *SPOKEN}),
    "name": frozenset({*NAMES, Field.STEM_TITLE, Field.INITIALS}),
}
_EVERYWHERE: Final = frozenset(Field)
_TITLES: Final = frozenset({*NAMES, Field.STEM_TITLE, Field.INITIALS})

Parts = Iterable[tuple[Field, Scores]]


@dataclass(slots=True)
class Evaluation:
    """One question being answered: its time, and what the person should be told."""

    budget: Budget
    notes: list[Note] = field(default_factory=list)

    def note(self, key: str, **values: object) -> None:
        """Tell the person something, once."""
        note = Note(key, values)
        if note not in self.notes:
            self.notes.append(note)


class Evaluator:
    """Answers trees. What a word finds is remembered, so that typing on asks only for what is new."""

    def __init__(self, store: Store, leaves: Leaves, columns: Columns, stem: Stem) -> None:
        self._store = store
        self._leaves = leaves
        self._columns = columns
        self._stem = stem
        self._resolver = Resolver(store, leaves, columns, self._named)
        self._count = leaves.count
        self._everything = np.arange(self._count)
        self._known: OrderedDict[tuple[Node, frozenset[Field]], tuple[Matches, tuple[Note, ...]]] = OrderedDict()
        self._held = 0

    def matches(self, node: Node, evaluation: Evaluation) -> Matches:
        """What `node` finds. Raises what the budget raises."""
        return self._of(node, _EVERYWHERE, evaluation)

    def _of(self, node: Node, scope: frozenset[Field], evaluation: Evaluation) -> Matches:
        evaluation.budget.check()
        match node:
            case And(parts):
                return self._all(parts, scope, evaluation)
            case Or(parts):
                return any_of([self._of(part, scope, evaluation) for part in parts], self._count)
            case Not(part):
                out = self._of(part, scope, evaluation).ids
                return without(plain(self._everything), out, self._count)
            case Within(name, part):
                found = self._of(part, _SCOPES[name], evaluation)
                return found.among(self._columns.named) if name == "name" else found
            case _:
                return self._remembered(node, scope, evaluation)

    def _all(self, parts: Sequence[Node], scope: frozenset[Field], evaluation: Evaluation) -> Matches:
        wanted = [part for part in parts if not isinstance(part, Not)]
        if len(wanted) > 1 and isinstance(wanted[-1], Typed) and _one_letter(wanted[-1].text):
            wanted.pop()  # one letter more says too little yet: the results would empty and fill again
        found = all_of([self._of(part, scope, evaluation) for part in wanted]) if wanted else plain(self._everything)
        for part in parts:
            if isinstance(part, Not):
                found = without(found, self._of(part.part, scope, evaluation).ids, self._count)
        return found

    def _remembered(self, node: Node, scope: frozenset[Field], evaluation: Evaluation) -> Matches:
        known = self._known.get((node, scope))
        if known is None:
            own = Evaluation(evaluation.budget)
            known = (self._leaf(node, scope, own), tuple(own.notes))
            self._known[node, scope] = known
            self._held += known[0].size
            while self._held > _REMEMBERED and len(self._known) > 1:
                self._held -= self._known.popitem(last=False)[1][0].size
        else:
            self._known.move_to_end((node, scope))
        for note in known[1]:
            evaluation.note(note.key, **note.values)
        return known[0]

    def _leaf(self, node: Node, scope: frozenset[Field], evaluation: Evaluation) -> Matches:
        match node:
            case Word(text):
                return self._word(text, scope, evaluation)
            case Typed(text):
                return self._begun(text, scope, evaluation)
            case Phrase(text):
                return self._weighed(self._phrase(text, scope, evaluation))
            case Prefix(text):
                begin = key(text)
                return self._weighed(self._prefixed(begin, scope & {*WRITTEN, *SPOKEN}, evaluation))
            case Wildcard(pattern):
                return self._expanded(*_pattern(pattern), scope, evaluation)
            case Fuzzy(text, distance):
                return self._near(text, distance, scope, evaluation)
            case Dated(span):
                return plain(np.flatnonzero(self._columns.dated(span)))
            case Restrict("like"):
                return self._like(node, scope, evaluation)
            case Restrict():
                return self._restricted(node, scope, evaluation)
            case _:
                raise TypeError(node)

    # Words ------------------------------------------------------------------------------------------------------

    def _word(self, text: str, scope: frozenset[Field], evaluation: Evaluation) -> Matches:
        found = list(runs(text))
        if len(found) != 1 or found[0].han:
            matches = self._weighed(self._phrase(text, scope, evaluation))
            if not len(matches) and len(found) == 1:
                matches = self._in_parts(found[0].text, scope, evaluation)
            return matches
        return self._weighed(self._latin(found[0], scope, evaluation))

    def _latin(self, run: Run, scope: frozenset[Field], evaluation: Evaluation) -> Parts:
        """A Latin word: as it is, its parts one after another, its stem, and as pinyin."""
        leaves, joined = self._leaves, run.joined
        for name in (*WRITTEN, *SPOKEN):
            if name in scope:
                yield name, leaves.term(name, joined)
                if len(run.parts) > 1 and name in WRITTEN:
                    yield name, leaves.phrase(name, steps(run.text), evaluation.budget)
        if stemmable(joined):
            stem = self._stem(joined)
            for name, stems in STEMMED.items():
                if stems in scope:
                    yield stems, leaves.union(name, leaves.akin(name, stem), evaluation.budget)
        if Field.INITIALS in scope:
            yield Field.INITIALS, leaves.term(Field.INITIALS, joined)
        yield from self._divided(joined, scope, evaluation)

    def _divided(
        self, word: str, scope: frozenset[Field], evaluation: Evaluation, *, unfinished: bool = False
    ) -> Parts:
        """A word that divides into syllables, as the phrase of them: in readings, and in names written apart."""
        for number, division in enumerate(divisions(word, unfinished=unfinished)):
            if len(division) < 2:
                continue
            yield from self._row(SPOKEN, division, scope, evaluation, unfinished=unfinished)
            for way in apart(division) if number < MAX_APART else ():
                if unfinished and len(way[-1]) < _MIN_BEGUN:
                    continue
                yield from self._row(WRITTEN, way, scope, evaluation, unfinished=unfinished)

    def _row(
        self,
        names: Iterable[Field],
        words: Sequence[str],
        scope: frozenset[Field],
        evaluation: Evaluation,
        *,
        unfinished: bool,
    ) -> Parts:
        """Words one after another, the last of which may be unfinished."""
        wanted = steps_of(words)
        if unfinished:
            wanted = (*wanted[:-1], wanted[-1]._replace(prefix=True))
        yield from ((name, self._leaves.phrase(name, wanted, evaluation.budget)) for name in names if name in scope)

    def _phrase(self, text: str, scope: frozenset[Field], evaluation: Evaluation) -> Parts:
        for wanted in dict.fromkeys((steps(text), steps(text, joined=True))):
            for name in (*WRITTEN, *SPOKEN):
                if name in scope:
                    yield name, self._leaves.phrase(name, wanted, evaluation.budget)

    def _in_parts(self, han: str, scope: frozenset[Field], evaluation: Evaluation) -> Matches:
        """Chinese words written together that no text has in a row: divided into the longest that are known."""
        if not _MIN_PARTED <= len(han) <= _MAX_PARTED:
            return Matches()
        parts: list[Matches] = []
        known: list[str] = []
        rest = han
        while rest:
            for length in range(len(rest), 1, -1):
                found = self._weighed(self._phrase(rest[:length], scope, evaluation))
                if len(found) and len(rest) - length != 1:
                    break
            else:
                return Matches()
            parts.append(found)
            known.append(rest[:length])
            rest = rest[length:]
        evaluation.note("search.asked_in_parts", parts=" ".join(known))
        return all_of(parts)

    # Beginnings, patterns, likenesses ---------------------------------------------------------------------------

    def _begun(self, text: str, scope: frozenset[Field], evaluation: Evaluation) -> Matches:
        """A word being typed: the word, or what begins with it; one letter asks titles and names only."""
        found = list(runs(text))
        if found[-1].han:
            return self._word(text, scope, evaluation)
        if len(found) > 1:
            wanted = steps(text)
            wanted = (*wanted[:-1], wanted[-1]._replace(prefix=True))
            written = [name for name in (*WRITTEN, *SPOKEN) if name in scope]
            return self._weighed((name, self._leaves.phrase(name, wanted, evaluation.budget)) for name in written)
        joined = found[0].joined
        if _one_letter(joined):
            return self._weighed(self._prefixed(joined, scope & _TITLES, evaluation))
        whole = self._word(text, scope, evaluation)
        begun = [
            *self._prefixed(joined, scope & {*WRITTEN, *SPOKEN}, evaluation),
            *self._divided(joined, scope, evaluation, unfinished=True),
        ]
        return better_of(whole, self._weighed(begun, _BEGUN), self._count)

    def _prefixed(self, begin: str, fields: frozenset[Field], evaluation: Evaluation) -> Parts:
        for name in (*WRITTEN, *SPOKEN):
            if name in fields:
                yield name, self._leaves.begun(name, begin, evaluation.budget)

    def _expanded(
        self, begin: str, pattern: re.Pattern[bytes], scope: frozenset[Field], evaluation: Evaluation
    ) -> Matches:
        return self._weighed(
            (name, self._union(name, self._leaves.fitting(name, begin, pattern), evaluation))
            for name in (*WRITTEN, *SPOKEN)
            if name in scope
        )

    def _near(self, text: str, distance: int, scope: frozenset[Field], evaluation: Evaluation) -> Matches:
        run = next(runs(text))
        if run.han:
            said = [steps_of(division) for division in same_sound(run.text)]
            return self._weighed(
                (name, self._leaves.phrase(name, wanted, evaluation.budget))
                for name in SPOKEN
                if name in scope
                for wanted in said
            )
        word = run.joined

        def near(name: Field) -> Numbers:
            evaluation.budget.check()
            return self._leaves.near(name, word, distance, word[:1])[0]

        return self._weighed(
            (name, self._union(name, near(name), evaluation)) for name in (*WRITTEN, *SPOKEN) if name in scope
        )

    def _union(self, name: Field, numbers: Numbers, evaluation: Evaluation) -> Scores:
        if len(numbers) > MAX_EXPANSION:
            evaluation.note("search.too_many_words", limit=MAX_EXPANSION)
        return self._leaves.union(name, numbers[:MAX_EXPANSION], evaluation.budget)

    def _weighed(self, parts: Parts, share: float = 1.0) -> Matches:
        return best_of(((scores, MEANINGS[name].weight * share, _reason(name)) for name, scores in parts), self._count)

    # Fields -----------------------------------------------------------------------------------------------------

    def _like(self, node: Restrict, scope: frozenset[Field], evaluation: Evaluation) -> Matches:
        ordinal = self._resolver.one(node.value)
        if ordinal is None:
            return self._as_words(node, scope, evaluation)
        return like(ordinal, self._store, self._leaves, evaluation.budget)

    def _restricted(self, node: Restrict, scope: frozenset[Field], evaluation: Evaluation) -> Matches:
        records = self._resolver.records(node)
        if records is not None:
            return plain(np.flatnonzero(records))
        return self._as_words(node, scope, evaluation)

    def _as_words(self, node: Restrict, scope: frozenset[Field], evaluation: Evaluation) -> Matches:
        """What a value that means nothing finds as words."""
        evaluation.note("search.unknown_value", field=node.field, value=node.value)
        words = [self._word(piece, scope, evaluation) for piece in pieces(node.value)]
        return all_of(words) if words else Matches()

    def _named(self, text: str, type_: RecordType) -> Flags:
        words = pieces(text)
        if not words:
            return np.zeros(self._count, np.bool_)
        evaluation = Evaluation(Budget(1.0))
        found = all_of([self._word(word, _SCOPES["name"], evaluation) for word in words])
        return self._columns.having("type", (type_,)) & flags(found.ids, self._count)


def steps_of(syllables: Sequence[str]) -> tuple[Step, ...]:
    """Syllables as a phrase."""
    return tuple(Step(offset, syllable) for offset, syllable in enumerate(syllables))


def _reason(name: Field) -> Reason:
    return MEANINGS[name].reason


def _one_letter(text: str) -> bool:
    return len(text) == 1 and text.isascii()


def _pattern(pattern: str) -> tuple[str, re.Pattern[bytes]]:
    """The letters before the first `*`, and what finds whole terms in a list of them, one a line."""
    letters = re.sub(f"[{JOINERS}]", "", fold(pattern))
    parts = (re.escape(part.encode()) for part in letters.split("*"))
    return letters.partition("*")[0], re.compile(rb"^" + rb"[^\n]*".join(parts) + rb"$", re.MULTILINE)
