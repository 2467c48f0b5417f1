"""Traditional forms and readings, as the build makes them."""

import unicodedata
from pathlib import Path

import pytest

from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Names, Person, Reading, Topic
from jasic_desktop.packs.chinese import Traditional, readings
from jasic_desktop.packs.source import read_source


def person(hans: str, hant: str | None = None, pinyin: str | None = None, **more: object) -> Person:
    names = Names(display="X Y", zh_hans=hans, zh_hant=hant, pinyin=pinyin, **more)
    return Person(id="x-y", kind="worker", title=Localised(en="X Y", zh_hans=hans), names=names)


@pytest.mark.parametrize(
    ("hans", "hant"),
    [("余浚聪", "余浚聰"), ("岳昕", "岳昕"), ("米久平", "米久平"), ("钟某", "鍾某"), ("刘鹏华", "劉鵬華")],
)
def test_a_surname_keeps_its_form(hans: str, hant: str) -> None:
    built = Traditional([]).record(person(hans))
    assert isinstance(built, Person)
    assert built.names.zh_hant == hant


def test_a_reviewed_form_is_used_wherever_the_name_stands() -> None:
    records = [person("后里云", "后里雲")]
    traditional = Traditional(records)
    assert traditional.record(records[0]).names.zh_hant == "后里雲"  # type: ignore[union-attr]
    assert traditional.text("工会里的后里云说") == "工會裡的后里雲說"
    assert traditional.text("后里云后面") == "后里雲後面"
    assert traditional.fill(Localised(zh_hans="后里云", zh_hant="給定")).zh_hant == "給定"


def test_the_longest_name_wins() -> None:
    records = [person("后里", "后里"), person("后里云", "后里雲")]
    assert Traditional(records).text("后里云和后里") == "后里雲和后里"


def test_terms_keep_their_words() -> None:
    assert Traditional([]).text("网络信息和软件") == "網絡信息和軟件"


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("北京大学的学生发出公开信", "北京大學的學生發出公開信"),
        ("还是只有突击搜查？大多只能等", "還是只有突擊搜查？大多只能等"),
        ("信件在11天后公开，三天后获释，天后公园在香港", "信件在11天後公開，三天後獲釋，天后公園在香港"),
        ("他未获准参加，逮捕文书签发，该台联系不上她", "他未獲准參加，逮捕文書簽發，該臺聯繫不上她"),
        ("报道冲突，几天前，后果只会更坏", "報道衝突，幾天前，後果只會更壞"),
    ],
)
def test_words_that_look_like_parts_of_others_are_what_they_are(hans: str, hant: str) -> None:
    assert Traditional([]).text(hans) == hant


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("有人称之为“境外势力”。", "有人稱之為「境外勢力」。"),
        ("他说：“‘同意’二字是假的。”", "他說：「『同意』二字是假的。」"),
        ("刊物名为 Workers’ News", "刊物名為 Workers’ News"),
    ],
)
def test_quotations_have_the_marks_of_traditional_print(hans: str, hant: str) -> None:
    assert Traditional([]).text(hans) == hant


def test_every_chinese_text_of_the_small_archive_has_both_forms(small_source: Path) -> None:
    source = read_source(small_source)
    for record in source.records:
        assert (record.title.zh_hans is None) == (record.title.zh_hant is None)
    assert source.archive.title.zh_hant == "紗廠爭議檔案"
    assert source.archive.kinds["event"]["dismissal"].label.zh_hant == "開除"
    assert source.archive.reasons["followed-by"].inverse is not None
    assert source.archive.reasons["followed-by"].inverse.zh_hant == "此前"


def test_a_reviewed_reading_comes_first_and_other_surnames_follow() -> None:
    found = readings(person("单昕", pinyin="Shàn Xīn"))
    assert found[0] == Reading("单昕", "Shàn Xīn", reviewed=True)
    assert {reading.pinyin for reading in found[1:]} == {"dān xīn", "chán xīn"}
    assert not any(reading.reviewed for reading in found[1:])


def test_a_name_without_a_reading_gets_one() -> None:
    assert readings(person("李久平"))[0] == Reading("李久平", "lǐ jiǔ píng")


def test_a_compound_surname_is_read_as_one() -> None:
    assert [reading.pinyin for reading in readings(person("欧阳平", pinyin="Ōuyáng Píng"))] == ["Ōuyáng Píng"]


def test_titles_and_words_beside_chinese_are_read() -> None:
    topic = Topic(
        id="t",
        kind="k",
        title=Localised(en="T", zh_hans="2018年MeToo运动"),
        names=Names(display="T"),
        scope_note=Localised(en="x"),
    )
    assert [reading.pinyin for reading in readings(topic)] == ["2018 nián metoo yùn dòng"]


def test_readings_are_composed(small_source: Path) -> None:
    for record in read_source(small_source).records:
        for reading in record.readings:
            assert unicodedata.is_normalized("NFC", reading.pinyin)
            assert reading.pinyin.strip()
