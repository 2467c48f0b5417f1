"""Translations: the numbers of a sentence in either language, and what `archive check` says where the two differ."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.packs.check import check
from jasic_desktop.packs.said_numbers import in_chinese, in_english
from tests.helpers.archives import ARCHIVE, make_source

PERSON = "person/shan-xin"
COMPLETE = ARCHIVE.replace('editor = "The Editors"', 'editor = "The Editors"\ntranslated = ["zh-Hans"]')

HAN = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("On 27 July 2018 about thirty were held.", {27, 7, 2018, 30}),
        ("Twenty-nine, of whom seven women", {29, 7}),
        ("In May 2018 they may ask one another.", {5, 2018}),
        ("More than 8,000 signed; two hundred came.", {8000, 200}),
        ("On the thirty-seventh day", {37}),
        ("In the 1980s", set()),
        ("She and six others", set()),
        ("The first of the articles", set()),
    ],
)
def test_the_numbers_of_an_english_sentence(text: str, stated: set[int]) -> None:
    assert in_english(text).stated == stated


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("2018年7月27日约三十人被拘", {2018, 7, 27, 30}),
        ("二十九人，其中七名女性", {29, 7}),
        ("一百零五份，两千人，3万元", {105, 2000, 30_000}),
        ("8,000人联署", {8000}),
        ("二〇一八年", {2018}),
    ],
)
def test_the_numbers_of_a_chinese_sentence(text: str, possible: set[int]) -> None:
    assert possible <= in_chinese(text).possible


@given(st.integers(2, 9999))
def test_a_number_in_digits_is_found_in_both(number: int) -> None:
    assert number in in_english(f"There were {number} of them.").stated
    assert number in in_chinese(f"共有{number}人。").stated


@given(st.integers(11, 99))
def test_a_number_in_characters_is_read(number: int) -> None:
    tens, units = divmod(number, 10)
    written = ("" if tens == 1 else HAN[tens]) + "十" + (HAN[units] if units else "")
    assert number in in_chinese(f"共{written}人").possible


def said(folder: Path, english: str, chinese: str, archive: str = ARCHIVE) -> list[tuple[str, str]]:
    """The field and code of each problem with one statement in two languages."""
    texts = {"en": english, "zh-Hans": chinese}
    changes: dict[str, dict[str, Any] | None] = {
        PERSON: {"statements": [{"id": "s1", "text": texts, "sources": ["circle-letter"]}]}
    }
    found = check(make_source(folder / "source", changes, archive=archive)).problems
    return [(problem.field, problem.code) for problem in found if problem.code.startswith("translation")]


@pytest.mark.parametrize(
    ("english", "chinese", "code"),
    [
        ("Seven were held.", "八人被拘。", "translation_numbers"),
        ("They were held in July.", "他们于6月被拘。", "translation_numbers"),
        ("Some were held.", "7人被拘。", "translation_numbers"),
        ("Shan Xin spoke.", "她发了言。", "translation_names"),
        ("About thirty were held.", "三十人被拘。", "translation_about"),
        ("More than thirty were held.", "三十人被拘。", "translation_more"),
        ("The mill said that it had closed.", "工厂关闭了。", "translation_said"),
        ("They were not held.", "他们被拘。", "translation_not"),
    ],
)
def test_what_a_translation_changes_is_found(tmp_path: Path, english: str, chinese: str, code: str) -> None:
    assert said(tmp_path, english, chinese) == [("statements[0].text", code)]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("About thirty were held on 27 July 2018.", "2018年7月27日，约三十人被拘。"),
        ("Shan Xin and six others did not come, the circle said.", "小组称，单昕等七人没有到场。"),
        ("At least 1,200 came to Willow Town.", "至少1200人来到柳溪镇。"),
    ],
)
def test_a_faithful_translation_is_left_alone(tmp_path: Path, english: str, chinese: str) -> None:
    assert said(tmp_path, english, chinese) == []


def test_an_archive_that_says_it_is_translated_has_to_be(tmp_path: Path) -> None:
    plain = check(make_source(tmp_path / "plain")).problems
    complete = check(make_source(tmp_path / "complete", archive=COMPLETE)).problems
    assert plain == ()
    codes = {(problem.file, problem.field, problem.code) for problem in complete}
    assert ("records/event/2018-03-20-dismissal.md", "statements[1].text", "untranslated") in codes
    assert ("records/document/essay-mill.md", "narrative", "translation_paragraphs") in codes
    assert not any(file.startswith("records/document") and field == "title" for file, field, _ in codes)
