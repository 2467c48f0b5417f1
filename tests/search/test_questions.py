"""Questions people ask of the bundled archive: the right record comes first."""

import sys
import tomllib
from pathlib import Path

import pytest

from jasic_desktop.search.engine import Engine
from jasic_desktop.search.request import Request

with (Path(__file__).parent / "questions.toml").open("rb") as _file:
    QUESTIONS: dict[str, dict[str, str]] = tomllib.load(_file)


@pytest.mark.parametrize("group", QUESTIONS)
def test_the_right_record_comes_first(engine: Engine, group: str) -> None:
    wrong = {}
    for question, wanted in QUESTIONS[group].items():
        hits = engine.search(Request(question, limit=1)).hits
        if not hits or hits[0].id != wanted:
            wrong[question] = [hit.id for hit in hits]
        elif "date:" not in question and "year:" not in question:
            assert hits[0].matched, question
    assert not wrong


def test_mean_reciprocal_rank(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    ranks = []
    for questions in QUESTIONS.values():
        for question, wanted in questions.items():
            ids = [hit.id for hit in engine.search(Request(question, limit=50)).hits]
            ranks.append(1 / (ids.index(wanted) + 1) if wanted in ids else 0.0)
    mean = sum(ranks) / len(ranks)
    with capsys.disabled():
        sys.stdout.write(f"\nsearch: mean reciprocal rank {mean:.3f} over {len(ranks)} questions\n")
    assert len(ranks) >= 60
    assert mean >= 0.98


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
