"""The rules of `archive check`: each is seen to find what it is for, and to be content with what is right."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.packs.check import check
from jasic_desktop.packs.coverage import TypeCoverage
from jasic_desktop.packs.problems import Problem
from tests.helpers.archives import ARCHIVE, RECORDS, make_source

Find = Callable[..., list[Problem]]
PERSON = "person/shan-xin"
EVENT = "event/2018-03-20-dismissal"
PROTEST = "event/2018-04-protest"
LETTER = "document/circle-letter"
PLACE = "place/willow-town"


def one(**fields: Any) -> dict[str, Any]:
    """One statement with these fields."""
    return {"statements": [{"id": "s1", "text": "It is said.", "sources": ["circle-letter"], **fields}]}


def test_the_small_archive_is_sound(small_source: Path) -> None:
    report = check(small_source)
    assert report.problems == ()
    assert report.errors == ()


def test_the_coverage_is_counted(small_source: Path) -> None:
    coverage = check(small_source).coverage
    assert coverage is not None
    assert coverage.types["document"] == TypeCoverage(records=3, in_chinese=2, with_summary=1)
    assert coverage.statements == 7
    assert coverage.statements_by_voices == {"0": 0, "1": 4, "2": 3, "3+": 0}
    assert coverage.statements_by_certainty == {
        "disputed": 1,
        "alleged": 1,
        "corroborated": 2,
        "single-source": 3,
    }
    assert coverage.people_by_voices == {"0": 0, "1": 1, "2": 1, "3+": 0}
    assert (coverage.accounts, coverage.documents_with_voice, coverage.documents_cited) == (1, 2, 2)


ERRORS: list[tuple[dict[str, Any], str, str]] = [
    ({PERSON: one(sources=["nothing"])}, "statements[0].sources[0]", "dangling"),
    ({PERSON: one(sources=["willow-mill"])}, "statements[0].sources[0]", "wrong_reference"),
    ({PERSON: one(place="shan-xin")}, "statements[0].place", "wrong_reference"),
    ({PERSON: {"affiliations": ["nowhere"]}}, "affiliations[0]", "dangling"),
    ({EVENT: {"people": ["willow-mill"]}}, "people[0]", "wrong_reference"),
    ({EVENT: {"topics": ["nothing"]}}, "topics[0]", "dangling"),
    ({EVENT: {"links": [{"to": "nothing", "reason": "followed-by"}]}}, "links[0].to", "dangling"),
    ({EVENT: {"links": [{"to": "2018-04-protest", "reason": "liked"}]}}, "links[0].reason", "not_in_vocabulary"),
    ({EVENT: {"links": [{"to": "2018-03-20-dismissal", "reason": "followed-by"}]}}, "links[0].to", "names_itself"),
    ({LETTER: {"about": ["nothing"]}}, "about[0]", "dangling"),
    ({PLACE: {"parent": "willow-mill"}}, "parent", "wrong_reference"),
    ({"place/river-province": {"parent": "willow-town"}}, "parent", "circle"),
    ({"topic/labour": {"broader": "right-to-organise"}}, "broader", "circle"),
    ({"topic/labour": {"broader": "labour"}}, "broader", "names_itself"),
    ({"document/gazette-report": {"topics": []}}, "", "topic_not_carried"),
    ({PERSON: {"aliases": ["willow-mill"]}}, "aliases[0]", "alias_is_id"),
    ({PERSON: {"aliases": ["old"]}, EVENT: {"aliases": ["old"]}}, "aliases[0]", "alias_twice"),
    ({PERSON: {"kind": "dancer"}}, "kind", "not_in_vocabulary"),
    ({PERSON: {"roles": ["dancer"]}}, "roles[0]", "not_in_vocabulary"),
    ({PERSON: one(fact="shoe-size", short="41")}, "statements[0].fact", "not_in_vocabulary"),
    ({PERSON: one(fact="employer")}, "statements[0].short", "fact_without_words"),
    ({LETTER: {"rights": "stolen"}}, "rights", "not_in_vocabulary"),
    ({LETTER: {"url": "javascript:alert(1)"}}, "url", "bad_address"),
    ({LETTER: {"url": "https://a b"}}, "url", "bad_address"),
    ({LETTER: {"language": "English"}}, "language", "bad_language"),
    ({PLACE: {"lat": "91.00"}}, "lat", "not_on_earth"),
    ({"place/river-province": {"lat": "22.00"}}, "lat", "half_a_position"),
    ({EVENT: {"date": "2021"}}, "date", "date_after_edition"),
    ({PERSON: one(date="2020-07-01")}, "statements[0].date", "date_after_edition"),
    ({PERSON: {"names": {"display": "Shan Xin", "zh-Hans": "单昕"}}}, "names.pinyin", "no_pinyin"),
    ({PERSON: {"names": {"display": "Shan Xin", "pinyin": "Shàn Xīn"}}}, "names.pinyin", "pinyin_alone"),
    (
        {PERSON: {"names": {"display": "Shan Xin", "zh-Hans": "Shan Xin", "pinyin": "Shàn"}}},
        "names.zh-Hans",
        "name_not_chinese",
    ),
    ({PERSON: {"names": {"display": "Shan Xin", "zh-Hant": "單昕"}}}, "names.zh-Hans", "missing_simplified"),
    (
        {
            EVENT: {
                "accounts": [
                    {
                        "id": "a1",
                        "question": "How many?",
                        "answers": [{"text": "Seven.", "sources": ["circle-letter"]}] * 2,
                    }
                ]
            }
        },
        "accounts[0].answers",
        "same_answers",
    ),
]
WARNINGS: list[tuple[dict[str, Any], str, str]] = [
    ({"place/far": {**RECORDS["place/river-province"]}}, "", "orphan"),
    ({EVENT: {"people": ["shan-xin", "shan-xin"]}}, "people", "named_twice"),
    ({LETTER: {"topics": ["right-to-organise", "right-to-organise"]}}, "topics", "named_twice"),
    ({EVENT: {"links": [{"to": "2018-04-protest", "reason": "followed-by"}] * 2}}, "links[0]", "named_twice"),
    ({EVENT: one(date="2010")}, "statements[0].date", "date_far_from_event"),
    ({PROTEST: one(date="2020", sources=["gazette-report"])}, "statements[0].date", "source_older"),
    ({LETTER: {"date": "1700"}}, "date", "date_old"),
    (
        {PERSON: {"names": {**RECORDS[PERSON]["names"], "pinyin": "Shan Xin"}}},
        "names.pinyin",
        "pinyin_without_tones",
    ),
    (
        {"place/river-province": {"names": {"display": "River Province", "zh-Hans": "江河省"}}},
        "names.pinyin",
        "no_pinyin",
    ),
    ({PERSON: one(text="纱厂开除了她。")}, "statements[0].text", "chinese_as_english"),
    ({PERSON: one(text="Then Shan-Xin left.")}, "statements[0].text", "name_spelled"),
    ({PERSON: one(text="Then ShanXin left.")}, "statements[0].text", "name_spelled"),
    ({PERSON: one(text="At Willowmill it was cold.")}, "statements[0].text", "name_spelled"),
    ({PERSON: {"summary": "Shan xin was a spinner."}}, "summary", "name_spelled"),
    ({PLACE: {"summary": None}}, "summary", "no_summary"),
    ({PERSON: one(text="x" * 501)}, "statements[0].text", "text_long"),
    ({PERSON: one(text={"zh-Hans": "厂" * 251})}, "statements[0].text", "text_long"),
    ({EVENT: {"short": "x" * 29}}, "short", "text_long"),
    ({PERSON: one(text="They organized.")}, "statements[0].text", "american"),
    ({PERSON: {"summary": "Defended labor rights."}}, "summary", "american"),
    ({LETTER: {"note": "At the center."}}, "note", "american"),
    ({PERSON: one(text="“Yes”, she said, and 'no'.")}, "", "mixed_quotes"),
    (
        {
            PERSON: {
                "statements": [{"id": i, "text": "It is said.", "sources": ["circle-letter"]} for i in ("s1", "s2")]
            }
        },
        "statements[0].text",
        "said_twice",
    ),
]


@pytest.mark.parametrize(("changes", "field", "code"), ERRORS, ids=[f"{code}-{field}" for _, field, code in ERRORS])
def test_errors(problems_of: Find, changes: dict[str, Any], field: str, code: str) -> None:
    found = problems_of(changes)
    assert (field, code, "error") in [(p.field, p.code, p.severity) for p in found], found


@pytest.mark.parametrize(("changes", "field", "code"), WARNINGS, ids=[f"{code}-{field}" for _, field, code in WARNINGS])
def test_warnings(problems_of: Find, changes: dict[str, Any], field: str, code: str) -> None:
    found = problems_of(changes)
    assert (field, code, "warning") in [(p.field, p.code, p.severity) for p in found], found
    assert not [p for p in found if p.severity == "error"], found


@pytest.mark.parametrize(
    "text",
    [
        "They organised at the Labor Center.",
        "The report calls it “a labor center”.",
        "The programme of the mill, a metre long, cost 20.5 yuan.",
        "Shan Xin’s sister and Sister Shan went to Willow Mill.",
        "They met at the mill. Xin was there.",
    ],
)
def test_what_is_right_is_left_alone(problems_of: Find, text: str) -> None:
    assert problems_of({PERSON: one(text=text)}) == []


@pytest.mark.parametrize(("date", "warned"), [("2018-04", False), ("2018-04-21", False), ("2018-04-22", True)])
def test_a_source_may_bear_the_day_before_and_no_more(problems_of: Find, date: str, warned: bool) -> None:
    found = problems_of({PERSON: one(date=date, sources=["gazette-report"])})
    assert [p.code for p in found] == ["source_older"] * warned


@pytest.mark.parametrize(
    ("old", "new", "field", "code"),
    [
        ('kinds = ["protest"]', "kinds = []", "lanes", "lane_of_kind"),
        ('kinds = ["protest"]', 'kinds = ["protest", "dismissal"]', "lanes", "lane_of_kind"),
        ('kinds = ["protest"]', 'kinds = ["protest", "dance"]', "lanes", "not_in_vocabulary"),
        ('id = "street"', 'id = "work"', "lanes", "named_twice"),
    ],
)
def test_lanes_hold_each_kind_once(problems_of: Find, old: str, new: str, field: str, code: str) -> None:
    found = problems_of(archive=ARCHIVE.replace(old, new))
    assert ("archive.toml", field, code) in [(p.file, p.field, p.code) for p in found]


def test_a_narrative_may_name_only_what_exists(tmp_path: Path) -> None:
    folder = make_source(tmp_path / "source")
    path = folder / "records/document/essay-mill.md"
    path.write_text(path.read_text("utf-8") + "\n[x](record:nobody) [@willow-mill]\n", "utf-8")
    found = {(p.field, p.code) for p in check(folder).problems}
    assert found == {("narrative", "dangling"), ("narrative", "wrong_reference")}


def test_a_record_that_cannot_be_read_is_no_dangling_id(problems_of: Find) -> None:
    found = problems_of({PERSON: {"kind": []}})
    assert {p.code for p in found if p.file != "records/person/shan-xin.md"} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_its_words(tmp_path: Path, language: Any) -> None:
    changes: dict[str, Any] = {}
    for given, _, _ in (*ERRORS, *WARNINGS):
        for name, fields in given.items():
            changes.setdefault(name, {}).update(fields)
    for problem in check(make_source(tmp_path / "source", changes)).problems:
        sentence = problem.sentence(language)
        assert problem.file in sentence
        assert "{" not in problem.fault_text(language)
        assert "\n" not in sentence


def test_a_check_can_be_cancelled(small_source: Path) -> None:
    with pytest.raises(Cancelled):
        check(small_source, Progress(cancelled=lambda: True))
