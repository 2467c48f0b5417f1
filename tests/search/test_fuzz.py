"""Questions that nobody would ask: made by a grammar and by chance; each is answered, soon, and says what it left out.

A seeded share runs with the suite; `SEARCH_FUZZ=50000` asks as many and prints what was met.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from random import Random
from typing import Final

import pytest

from jasic_desktop.search import leaves
from jasic_desktop.search.answer import Answer
from jasic_desktop.search.engine import Engine
from jasic_desktop.search.request import Filters, Request

COUNT: Final = int(os.environ.get("SEARCH_FUZZ", "2000"))
LIMIT_S: Final = 2.0
BUSY_S: Final = 0.5
"""A question ends by the clock, which also runs while the machine does something else; with less of the processor than
this it was that."""
_WORDS: Final = (
    *("the", "of", "a", "union", "police", "detained", "solidarity", "O'Brien", "trade-union", "Jasic", "2018"),
    *("2018-07-27", "27", "July", "yue", "xin", "yuexin", "mijiuping", "zhang", "xian", "lüshi", "yue4", "xin1"),
    *("岳昕", "聲援團", "声援团", "深圳", "的", "工", "公安局佳士科技", "日期", "Noam", "Chomskey", "qqqq", "éàü"),
)
_FIELDS: Final = (
    *("title:", "name:", "type:", "place:", "person:", "org:", "topic:", "year:", "date:", "source:", "language:"),
    *("certainty:", "kind:", "has:", "标题:", "类型：", "地点:", "日期:", "nonsense:", "::"),
)
_VALUES: Final = (
    *("person", "event", "2018", "2018-07..2018-08", "..2018", "2018-99", "0000", "accounts", "zh", "disputed"),
    *("shenzhen", "深圳", '"Pingshan District"', "yue-xin", '""', "..", "*", "~", "("),
)
_SIGNS: Final = (
    *("*", "**", "?", "~", "~9", "~0", '"', "“", "”", "(", ")", "((", "-", "--", "NOT", "OR", "AND", "OR OR", "^1e999"),
    *("[a TO z]", "[", "]", "{", "\\", "/", "+", "&&", "||", "!", ":", ";", ",", "…", "　", "\t", "\n", "\x00", "\x1b"),
    *("\u200b", "\u202e", "\ufeff", "\ud800", "\udfff", "😀", "𠀀", "\u0301", "ﬁ", "Ⅷ", "２", "％s", "{0}", "<b>"),
)
_LONG: Final = (
    "x" * 5000,
    "中" * 900,
    "(" * 1000,
    ")" * 1000,
    "a " * 3000,
    "-" * 999,
    "NOT " * 600,
    '"a ' * 300,
    "ab* " * 99,
)


class Maker:
    """Questions, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def question(self) -> str:
        """One question: by the grammar, by chance from its parts, or of any characters at all."""
        chance = self._random.random()
        if chance < 0.45:
            return self._expression(0)
        if chance < 0.85:
            parts = [self._part() for _ in range(self._random.randint(1, 12))]
            return self._random.choice(("", " ")).join(parts)
        if chance < 0.97:
            return "".join(self._character() for _ in range(self._random.randint(0, 40)))
        return self._random.choice(_LONG) + self._part()

    def _expression(self, depth: int) -> str:
        random = self._random
        if depth > 5 or random.random() < 0.4:
            return self._term()
        one, other = self._expression(depth + 1), self._expression(depth + 1)
        form = random.choice(("{} {}", "{} OR {}", "{} AND {}", "({} OR {})", "{} -({})", "NOT {} {}", "({}) ({})"))
        return form.replace("{}", one, 1).replace("{}", other, 1)

    def _term(self) -> str:
        random = self._random
        word = random.choice(_WORDS)
        forms = (
            *(word, word, f'"{word} {random.choice(_WORDS)}"', f"{word[:3]}*", f"{word[:2]}*{word[-1:]}"),
            *(
                f"{word}~{random.randint(0, 3)}",
                f"-{word}",
                random.choice(_FIELDS) + random.choice(_VALUES),
                f"title:{word}",
            ),
        )
        return random.choice(forms)

    def _part(self) -> str:
        return self._random.choice(self._random.choice((_WORDS, _FIELDS, _VALUES, _SIGNS, _SIGNS)))

    def _character(self) -> str:
        ranges = (
            (32, 126),
            (0, 31),
            (0xA0, 0x2FF),
            (0x4E00, 0x9FFF),
            (0x3000, 0x30FF),
            (0xD800, 0xDFFF),
            (0, 0x10FFFF),
        )
        return chr(self._random.randint(*self._random.choice(ranges)))

    def request(self) -> Request:
        """A question as any part of the program may ask it."""
        random, text = self._random, self.question()
        filters = Filters()
        if random.random() < 0.1:
            filters = Filters(
                types=("event",), since=random.choice((None, "2018-07-01")), accounts=random.choice((None, True))
            )
        return Request(
            text,
            filters,
            random.choice(("relevance", "relevance", "date", "title")),
            limit=random.choice((0, 1, 20)),
            offset=random.choice((0, 0, 0, 5, 10_000)),
            facets=random.random() < 0.5,
            explain=random.random() < 0.1,
            live=random.random() < 0.4,
            language=random.choice(("en", "zh-Hans", "zh-Hant")),
        )


def checked(answer: Answer, request: Request) -> None:
    """What holds of every answer."""
    assert len(answer.hits) <= request.limit
    assert answer.total >= len(answer.hits)
    for text in (answer.query, answer.understood, answer.suggestion or ""):
        text.encode()
    for note in answer.notes:
        note.sentence(request.language).encode()


@pytest.mark.no_cover
def test_no_question_fails_or_takes_long(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    maker = Maker(20181127)
    slowest, notes, found, failed, ended = [(0.0, "")], Counter[str](), 0, list[str](), list[str]()
    for number in range(COUNT):
        request = maker.request()
        begun = time.process_time()
        try:
            answer = engine.search(request)
            checked(answer, request)
            if number % 4 == 0:
                engine.suggest(request.text, 8, request.language)
        except Exception as error:  # noqa: BLE001 - every one is to be told, not only the first
            failed.append(f"{request.text[:80]!r}: {type(error).__name__}: {str(error)[:80]}")
            continue
        took, keys = time.process_time() - begun, [note.key for note in answer.notes]
        slowest = sorted([*slowest, (took, request.text[:60])], reverse=True)[:3]
        if "search.took_too_long" in keys and took > BUSY_S:
            ended.append(request.text[:80])
        notes.update(keys)
        found += bool(answer.total)
    if COUNT > 2000:
        with capsys.disabled():
            sys.stdout.write(f"\n{COUNT} questions, {found} found something, {len(failed)} failed\n")
            for seconds, text in slowest:
                sys.stdout.write(f"  {seconds * 1000:.0f} ms {text!r}\n")
            sys.stdout.write("".join(f"  {count:>6} {key}\n" for key, count in notes.most_common()))
    assert failed == []
    assert slowest[0][0] < LIMIT_S, slowest
    assert ended == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("*", "search.wildcard_too_wide"),
        ("a*", "search.wildcard_too_wide"),
        ("union~9", "search.too_fuzzy"),
        ("[a TO z]", None),
        (" ".join(f"word{number}" for number in range(10_000)), "search.too_long"),
        (" ".join(f"w{number}" for number in range(100)), "search.too_many_terms"),
        ("(" * 1000 + "union" + ")" * 1000, "search.too_long"),
        ("(" * 100 + "union" + ")" * 100, "search.too_deep"),
        ('union "police', "search.asked_plain"),
        ("union\x00police\x1b", None),
        ("union\ud800", None),
        ("colour:red union", "search.unknown_field"),
        ("place:atlantis", "search.unknown_value"),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_the_answer_says_what_was_left_out(engine: Engine, question: str, told: str | None) -> None:
    begun = time.process_time()
    answer = engine.search(Request(question, facets=True))
    assert time.process_time() - begun < LIMIT_S
    keys = [note.key for note in answer.notes]
    assert told is None or told in keys


class Stalled:
    """A clock on which a second goes by with every `steps` looks at it, as on a machine that stands still."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._looks = 0

    def monotonic(self) -> float:
        """The time."""
        self._looks += 1
        return float(self._looks // self._steps)


@pytest.mark.parametrize("question", ["Mi Jiupin", "yuexin letter", "佳士科记", "chomskey", "qqqq zzzz wwww"])
def test_a_machine_that_stands_still_makes_no_question_fail(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    usual = engine.search(Request(question)).total
    for steps in range(1, 40):
        monkeypatch.setattr(leaves, "time", Stalled(steps))
        assert len(engine.suggest(question)) <= 8
        monkeypatch.setattr(leaves, "time", Stalled(steps))
        answer = engine.search(Request(question))
        assert answer.total == usual or answer.notes
