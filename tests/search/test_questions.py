"""Questions people ask of the bundled archive, ours and an outsider's: how high the right record comes, by kind."""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from jasic_desktop.search.engine import Engine
from jasic_desktop.search.request import Request

FOLDER = Path(__file__).parent


class Case(NamedTuple):
    """A question, the kind it is of, and the records that may come first."""

    kind: str
    question: str
    wanted: tuple[str, ...]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


def cases() -> Iterator[Case]:
    for kind, questions in _read("questions.toml").items():
        for question, wanted in questions.items():
            yield Case(kind, question, (wanted,) if isinstance(wanted, str) else tuple(wanted))
    for entry in _read("outsider.toml")["question"]:
        yield Case(f"outsider: {entry['kind']}", entry["ask"], tuple(entry["first"]))


CASES = list(cases())
KINDS = list(dict.fromkeys(case.kind for case in CASES))
FLOORS = {"outsider: natural": 0.64}
"""What is reached of the kinds in which not every question has its record first: never less."""
FIRST = [kind for kind in KINDS if kind not in FLOORS]
ALL = 0.991


def reciprocal(engine: Engine, case: Case) -> float:
    ids = [hit.id for hit in engine.search(Request(case.question, limit=50)).hits]
    return max((1 / (ids.index(wanted) + 1) for wanted in case.wanted if wanted in ids), default=0.0)


@pytest.mark.parametrize("kind", FIRST)
def test_the_right_record_comes_first(engine: Engine, kind: str) -> None:
    wrong = {}
    for _, question, wanted in (case for case in CASES if case.kind == kind):
        hits = engine.search(Request(question, limit=1)).hits
        if not hits or hits[0].id not in wanted:
            wrong[question] = [hit.id for hit in hits]
        elif ":" not in question:
            assert hits[0].matched, question
    assert not wrong


@pytest.mark.no_cover
def test_mean_reciprocal_rank(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    ranks: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for case in CASES:
        ranks[case.kind].append(reciprocal(engine, case))
    means = {kind: sum(found) / len(found) for kind, found in ranks.items()}
    total = sum(map(sum, ranks.values())) / len(CASES)
    with capsys.disabled():
        sys.stdout.write(f"\nsearch: mean reciprocal rank {total:.3f} over {len(CASES)} questions\n")
        for kind, mean in means.items():
            sys.stdout.write(f"  {mean:.3f} of {len(ranks[kind]):>2}  {kind}\n")
    assert len(CASES) >= 200
    assert sum(case.kind.startswith("outsider") for case in CASES) * 4 >= len(CASES)
    assert not {kind: mean for kind, mean in means.items() if mean < FLOORS.get(kind, 1.0)}
    assert total >= ALL


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("岳昕", "name-zh"),
        ("佳士工人聲援團", "name-zh"),
        ("yuexin", "pinyin"),
        ("yue4 xin1", "pinyin"),
        ("mijiuping", "pinyin"),
        ("Yue Xin", "title"),
        ("picking quarrels", "title"),
        ("ACFTU", "other-name"),
        ("全總", "other-name"),
        ("2018-07-27-mass-arrest", "id"),
        ("岳欣", "spelling"),
        ("Mi Jiupin", "spelling"),
    ],
)
def test_a_hit_says_why_it_was_found(engine: Engine, question: str, reason: str) -> None:
    assert reason in engine.search(Request(question)).hits[0].matched


def test_an_exact_name_outranks_a_homophone_and_whoever_mentions_it(engine: Engine) -> None:
    answer = engine.search(Request("岳昕", limit=100))
    assert answer.hits[0].id == "yue-xin"
    assert "pinyin" not in answer.hits[0].matched
    assert answer.hits[0].score > 10 * answer.hits[1].score
