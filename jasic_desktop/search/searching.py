"""The engine that answers requests, from a store and the leaves of an index, whatever made them."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jasic_desktop.core.folding import prepare_folding, without_surrogates
from jasic_desktop.core.languages import Language
from jasic_desktop.packs.store import Store
from jasic_desktop.search.analysis import clean
from jasic_desktop.search.answer import Answer, Hit, Listing, Note, Suggestion
from jasic_desktop.search.best import first_of
from jasic_desktop.search.columns import Columns
from jasic_desktop.search.engine import Cancelled, never
from jasic_desktop.search.evaluate import Evaluation, Evaluator
from jasic_desktop.search.excerpts import Shown, excerpt
from jasic_desktop.search.facet import Flags
from jasic_desktop.search.grouping import Grouping, first_in_groups
from jasic_desktop.search.leaves import Budget, Leaves, OutOfTimeError, Scores
from jasic_desktop.search.marking import Marker, marks_of, spans
from jasic_desktop.search.matches import BITS, Matches, places_of, plain, told
from jasic_desktop.search.needles import Asked, needles, spoken_needles, syllables_asked
from jasic_desktop.search.ordering import Ordering
from jasic_desktop.search.parser import Question, parse
from jasic_desktop.search.pinyin import divisions
from jasic_desktop.search.query import Node, Or, Word, plain_words, unparse
from jasic_desktop.search.ranking import Part, Ranking, lifted
from jasic_desktop.search.relaxing import is_sentence, loose_words, relaxed
from jasic_desktop.search.request import Request
from jasic_desktop.search.snippets import snippet
from jasic_desktop.search.suggest import Suggester
from jasic_desktop.search.terms import Stem

TIME_LIMIT: Final = 1.5
"""Seconds after which a question ends by itself; snippets and the rest fit into what is left of two."""
REMEMBERED: Final = 256
"""Records kept in memory after they were shown."""
AT_ONCE: Final = 64
"""Records that are read from the store in one go, to be shown."""
FEW: Final = 5
"""With at most so many hits the person is asked whether they meant what is spelt nearly like it; else only whether they
meant a name that sounds like it."""


class _Asked(NamedTuple):
    """What a request came to: all that the question finds with the parts of their scores, and what filters leave."""

    question: Question
    found: Matches
    parts: list[Part]
    allowed: Mapping[str, Flags]
    left: Matches
    suggestion: str | None
    notes: tuple[Note, ...]


class Searcher:
    """An Engine over a store and the leaves of an index; `folder` is that of the index.

    A question ends by itself after `seconds`, else after TIME_LIMIT.
    """

    def __init__(self, store: Store, leaves: Leaves, stem: Stem, folder: Path, seconds: float | None = None) -> None:
        self._store = store
        self._seconds = seconds
        self._leaves = leaves
        self._stem = stem
        self._columns = Columns(store, folder)
        self._evaluator = Evaluator(store, leaves, self._columns, stem)
        self._ranking = Ranking(leaves, self._columns)
        self._ordering = Ordering(folder)
        self._grouping = Grouping(self._columns)
        self._shown: OrderedDict[tuple[int, Language], Shown] = OrderedDict()
        self._suggester = Suggester(store, leaves, self._columns, self._evaluator, self._ranking)

    def close(self) -> None:
        """Let go of the files of the index; the store is the caller's."""
        self._leaves.close()
        self._shown.clear()

    def prepare(self) -> Iterator[None]:
        """Read now what the first questions would read, a little with each step."""
        prepare_folding()
        yield
        divisions("prepared", unfinished=True)
        yield
        yield from self._columns.prepare()
        yield from self._leaves.prepare()

    def suggest(self, text: str, limit: int = 8, language: Language = "en") -> tuple[Suggestion, ...]:
        """Records whose names or titles `text` may be the beginning of, the best first."""
        return self._suggester.complete(clean(text[:100]), limit, language)

    def search(self, request: Request, cancelled: Cancelled = never) -> Answer:
        """The answer to `request`. Raises core.errors.Cancelled once `cancelled()` is true."""
        begun = time.perf_counter()
        asked = self._asked(request, cancelled)
        columns, node, left = self._columns, asked.question.node, asked.left
        page = self._page(left, request, request.offset + request.limit)[request.offset :]
        return Answer(
            query=without_surrogates(request.text),
            understood=unparse(node),
            total=len(left),
            hits=self._hits(page, left, asked.parts, node, request),
            facets=columns.counts(asked.found.ids, asked.allowed, request.filters) if request.facets else {},
            suggestion=asked.suggestion,
            notes=asked.notes,
            took_ms=round((time.perf_counter() - begun) * 1000, 1),
            events=columns.events(left.ids) if request.facets else (),
            groups=self._groups(left, request),
        )

    def listed(self, request: Request, cancelled: Cancelled = never) -> Listing:
        """The ids of all that `request` finds, in its order. Raises Cancelled once `cancelled()` is true."""
        asked = self._asked(request, cancelled)
        ids = self._store.ids
        return Listing(tuple(ids[o] for o in self._page(asked.left, request, len(asked.left))), asked.notes)

    def _asked(self, request: Request, cancelled: Cancelled) -> _Asked:
        evaluation = Evaluation(Budget(self._seconds or TIME_LIMIT, cancelled))
        question = parse(request.text, live=request.live)
        suggestion: str | None = None
        try:
            found, parts = self._found(question, request, evaluation)
            if not request.live:
                first = int(found.ids[np.argmax(found.values)]) if len(found) else None
                likely = self._suggester.correction if len(found) <= FEW else self._suggester.sounds_like
                suggestion = likely(question.node, first, evaluation.budget)
                if suggestion is not None and not len(found):
                    question, found, parts = self._corrected(suggestion, request, evaluation)
            words = loose_words(question.node)
            if words and (not len(found) or is_sentence(words)):
                question, found, parts = self._relaxed(question, words, (found, parts), request, evaluation)
        except OutOfTimeError:
            found, parts = Matches(), []
            evaluation.note("search.took_too_long")
        allowed = self._columns.allowed(request.filters)
        left = found.only(_inside(found, allowed)) if allowed else found
        return _Asked(question, found, parts, allowed, left, suggestion, (*question.notes, *evaluation.notes))

    def _found(self, question: Question, request: Request, evaluation: Evaluation) -> tuple[Matches, list[Part]]:
        if question.node is None:
            everything = not request.text.strip()
            return (plain(np.arange(self._leaves.count)) if everything else Matches()), []
        base = self._evaluator.matches(question.node, evaluation)
        words = plain_words(question.node)
        if words is None:
            return base, [("words", Scores(base.ids, base.values))]
        own, whole = self._ranking.parts(words, request.text, live=request.live, budget=evaluation.budget)
        found = lifted(base, own, whole, self._leaves.count)
        return found, [("words", Scores(base.ids, base.values)), *own]

    def _corrected(
        self, suggestion: str, request: Request, evaluation: Evaluation
    ) -> tuple[Question, Matches, list[Part]]:
        """The answer to what was probably meant, each hit saying that it is a guess."""
        question = parse(suggestion)
        base, parts = self._found(question, request, evaluation)
        evaluation.note("search.corrected", asked=clean(request.text[:100]).strip(), suggestion=suggestion)
        guessed = np.full(len(base), BITS["spelling"], np.uint8)
        return question, Matches(base.ids, base.values, guessed), parts

    def _relaxed(
        self,
        question: Question,
        words: tuple[str, ...],
        strictly: tuple[Matches, list[Part]],
        request: Request,
        evaluation: Evaluation,
    ) -> tuple[Question, Matches, list[Part]]:
        """The answer to most of the words, where there is one that the strict one has not."""

        def ask(node: Node) -> Matches:
            return self._evaluator.matches(node, evaluation)

        count = self._leaves.count
        base, asked = relaxed(words, ask, count, live=request.live)
        if len(base) <= len(strictly[0]):
            return question, *strictly
        evaluation.note("search.asked_loosely", words=" ".join(asked))
        own, _ = self._ranking.parts(asked, request.text, live=False, budget=evaluation.budget)
        loose = Question(Or(tuple(map(Word, asked))), question.notes)
        return loose, lifted(base, own, Matches(), count), [("words", Scores(base.ids, base.values)), *own]

    def _page(self, found: Matches, request: Request, most: int) -> list[int]:
        """The ordinals of the first `most`, in their order; records that are equal in it stand in that of the store."""
        ranks: NDArray[Any]
        if request.sort == "title":
            ranks = self._ordering.ranks(request.language)[found.ids]
        elif request.sort == "date":
            ranks = self._columns.first_days[found.ids]
        else:
            ranks = -found.values
        if request.group == "none":
            places = first_of(ranks, most)
        else:
            places = first_in_groups(self._grouping.of(request.group, found.ids), ranks, most)
        page: list[int] = found.ids[places].tolist()
        return page

    def _groups(self, found: Matches, request: Request) -> tuple[tuple[str, int], ...]:
        if request.group == "none":
            return ()
        return self._grouping.told(request.group, self._grouping.of(request.group, found.ids))

    def _made_ready(self, page: Sequence[int], language: Language) -> list[Shown]:
        """Records as hits show them: typing shows nearly the same ones with each key press."""
        known = self._shown
        if missing := [ordinal for ordinal in page if (ordinal, language) not in known]:
            for ordinal, record in self._store.jsons_at(missing).items():
                known[ordinal, language] = Shown(excerpt(record), language)
        shown = [known[ordinal, language] for ordinal in page]
        for ordinal in page:
            known.move_to_end((ordinal, language))
        while len(known) > REMEMBERED:
            known.popitem(last=False)
        return shown

    def _hits(
        self, page: list[int], found: Matches, parts: list[Part], node: Node | None, request: Request
    ) -> tuple[Hit, ...]:
        written = needles(node, self._stem)
        said = syllables_asked(node)
        common = Marker(written)
        language = request.language
        hits: list[Hit] = []
        for start in range(0, len(page), AT_ONCE):
            ordinals = page[start : start + AT_ONCE]
            places = np.searchsorted(found.ids, ordinals)
            scores: list[float] = found.values[places].tolist()
            reasons: list[int] = found.reasons[places].tolist()
            shown = self._made_ready(ordinals, language)
            markers = [common if not said else _reading(common, said, record) for record in shown]
            marked = marks_of(written, [record.texts for record in shown], markers)
            for ordinal, record, score, reason, marker, marks in zip(
                ordinals, shown, scores, reasons, markers, marked, strict=True
            ):
                passages = record.texts.passages
                hits.append(
                    Hit(
                        id=record.id,
                        score=round(score, 3),
                        title=spans(record.title, marks.get(len(passages), ())),
                        snippet=snippet(passages, marks, marker, language),
                        matched=told(reason),
                        explanation=_explained(ordinal, parts) if request.explain else (),
                    )
                )
        return tuple(hits)


def _inside(found: Matches, allowed: Mapping[str, Flags]) -> Flags:
    """Which of `found` all filters leave."""
    left = np.ones(len(found), np.bool_)
    for records in allowed.values():
        left &= records[found.ids]
    return left


def _reading(common: Marker, said: Asked, record: Shown) -> Marker:
    """`common` with the characters of the record that the pinyin of the question reads."""
    more = spoken_needles(said, record.readings)
    return Marker((*common.needles, *more)) if more else common


def _explained(ordinal: int, parts: list[Part]) -> tuple[tuple[str, float], ...]:
    """What each part gives a record."""
    told: list[tuple[str, float]] = []
    for name, part in parts:
        places, there = places_of(np.array([ordinal]), part.ids)
        if there[0] and (score := float(part.values[places[0]])):
            told.append((name, round(score, 3)))
    return tuple(told)
