"""The questions of the search benchmark, class by class, drawn from the words of the made-up archive: always the same.

A question says what is asked in a form that every engine can be asked in its own way, and in our language of questions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final, Literal

from jasic_desktop.search.request import Filters, Request

if TYPE_CHECKING:
    from tests.benchmarks.corpus import Corpus

Form = Literal["all", "any", "phrase", "prefix", "wildcard", "fuzzy", "han", "spoken", "complete"]
PAGE: Final = 20
"""Hits of a full question."""
_PRESS: Final = "typing letter by letter"


@dataclass(frozen=True)
class Question:
    """`words` in one of the forms: all or any of them, a phrase, the beginning of a word (`prefix`), a pattern with
    `*`, a word that may differ by a letter, a run of Chinese characters (`han`), or a name in pinyin (`spoken`).

    `full` asks for facets and PAGE snippets, as the window does; else the best hit and the count are enough. `live`
    says that the last word is still being typed, `names` that only titles and names are asked.
    """

    form: Form
    words: tuple[str, ...]
    full: bool = False
    facets: bool = False
    live: bool = False
    names: bool = False
    by_date: bool = False
    years: tuple[int, int] | None = None
    types: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The question in our language."""
        joined = " ".join(self.words)
        match self.form:
            case "any":
                return " OR ".join(self.words)
            case "phrase":
                return f'"{joined}"'
            case "prefix":
                return joined if self.live else f"{joined}*"
            case "fuzzy":
                return f"{joined}~1"
            case _:
                return joined

    @property
    def request(self) -> Request:
        """What our engine is asked."""
        filters = Filters(types=self.types)
        if self.years:
            filters = Filters(types=self.types, since=f"{self.years[0]}-01-01", until=f"{self.years[1]}-12-31")
        return Request(
            self.text,
            filters,
            "date" if self.by_date else "relevance",
            limit=PAGE if self.full else 1,
            facets=self.full or self.facets,
            live=self.live,
        )


class Asker:
    """Makes the questions of each class from the words of one archive."""

    def __init__(self, corpus: Corpus, count: int) -> None:
        self._corpus = corpus
        self._count = count
        self._vocabulary = corpus.vocabulary
        self._random = Random("questions")

    def classes(self) -> dict[str, list[Question]]:
        """`count` questions of each class, all different as far as there are as many words."""
        makers: dict[str, Callable[[], Question]] = {
            "rare term": lambda: Question("all", (self._word(15_000, 40_000),)),
            "common term": lambda: Question("all", (self._word(100, 300),)),
            "AND": lambda: Question("all", (self._word(100, 300), self._word(1000, 3000))),
            "OR of common terms": lambda: Question("any", (self._word(100, 300), self._word(100, 300))),
            "phrase": lambda: Question("phrase", self._in_a_row()),
            "prefix, 1 letter": lambda: Question("prefix", (self._beginning(1),), live=True, names=True),
            "prefix, 2 letters": lambda: Question("prefix", (self._beginning(2),)),
            "prefix, 3 letters": lambda: Question("prefix", (self._beginning(3),)),
            "wildcard": self._wildcard,
            "fuzzy, 1 edit": self._fuzzy,
            "Chinese, 2 characters": lambda: Question("han", (self._chinese(2),)),
            "Chinese, 4 characters": lambda: Question("han", (self._chinese(4),)),
            "pinyin": lambda: Question("spoken", self._name()),
            "facets": lambda: Question("all", (self._word(100, 300),), facets=True),
            "filters": self._filtered,
            "sort by date": lambda: Question("all", (self._word(100, 300),), by_date=True),
            "full question": lambda: Question("all", (self._word(100, 300), self._word(300, 900)), full=True),
        }
        found = {name: [make() for _ in range(self._count)] for name, make in makers.items()}
        typed = [question for _ in range(max(1, self._count // 8)) for question in self._typed()]
        found[_PRESS] = typed
        found["completions"] = [Question("complete", question.words, live=True, names=True) for question in typed]
        return found

    # Words ------------------------------------------------------------------------------------------------------

    def _word(self, first: int, last: int) -> str:
        """A word of these ranks by frequency."""
        return self._vocabulary.english[self._random.randrange(first, last)]

    def _beginning(self, letters: int) -> str:
        return self._word(300, 5000)[:letters]

    def _chinese(self, length: int) -> str:
        words = self._vocabulary.chinese[150 : 3000 if length == 2 else None]
        return self._random.choice([word for word in words if len(word) == length])

    def _in_a_row(self) -> tuple[str, ...]:
        """Two or three words that follow each other in some record."""
        while True:
            record = self._corpus.record(self._random.randrange(len(self._corpus)))
            texts = [record.summary, *(statement.text for statement in record.statements)]
            words = [text.en.rstrip(".").lower().split(",")[0].split() for text in texts if text and text.en]
            words = [row for row in words if len(row) > 4 and all(map(str.isalpha, row))]
            if words:
                row = self._random.choice(words)
                at = self._random.randrange(len(row) - 2)
                return tuple(row[at : at + self._random.choice((2, 3))])

    def _name(self) -> tuple[str, ...]:
        """The reading of a person's name: without tones, in two words or in one."""
        from jasic_desktop.core.records import Person
        from tests.benchmarks.corpus import type_of

        people = [number for number in range(min(len(self._corpus), 2000)) if type_of(number) == "person"]
        while True:
            record = self._corpus.record(self._random.choice(people))
            if isinstance(record, Person) and record.names.zh_hans:
                words = record.names.display.lower().split()
                return tuple(words) if self._random.random() < 0.5 else ("".join(words),)

    # Questions --------------------------------------------------------------------------------------------------

    def _wildcard(self) -> Question:
        word = self._word(1000, 9000)
        return Question("wildcard", (f"{word[:2]}*{word[-2:]}",))

    def _fuzzy(self) -> Question:
        word = self._word(2000, 20_000)
        at = self._random.randrange(1, len(word))
        return Question("fuzzy", (word[:at] + self._random.choice("aeinrst") + word[at + 1 :],))

    def _filtered(self) -> Question:
        year = self._random.randrange(1970, 2014)
        return Question("all", (self._word(100, 300),), years=(year, year + 10), types=("event", "document"))

    def _typed(self) -> list[Question]:
        """What is asked with each key while somebody types three words, a name in pinyin, or Chinese."""
        kind = self._random.random()
        if kind < 0.5:
            text = " ".join((self._word(100, 900), self._word(300, 3000), self._word(1000, 9000)))
        else:
            text = " ".join(self._name()) if kind < 0.8 else self._chinese(4)
        presses: list[Question] = []
        for length in range(1, len(text) + 1):
            words = tuple(text[:length].split())
            form: Form = "prefix" if text.isascii() else "han"
            one = len(words) == 1 and len(words[0]) == 1 and text.isascii()
            presses.append(Question(form, words, full=True, live=True, names=one))
        return presses
