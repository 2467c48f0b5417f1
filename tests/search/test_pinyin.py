"""Pinyin: division into syllables, readings as they may be typed, and spellings that sound alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.search import pinyin

SYLLABLES = st.sampled_from(sorted(pinyin.syllables()))


@given(st.lists(SYLLABLES, min_size=1, max_size=5))
def test_syllables_that_were_joined_are_among_the_divisions(syllables: list[str]) -> None:
    assert tuple(syllables) in pinyin.divisions("".join(syllables), limit=10_000)


@given(st.text(alphabet="aeiounghzxyj", max_size=80))
def test_divisions_are_whole_and_bounded(word: str) -> None:
    found = pinyin.divisions(word)
    assert len(found) <= 24
    assert all("".join(division) == word for division in found)
    assert list(found) == sorted(found, key=len)


def test_an_unfinished_syllable_divides_while_typing() -> None:
    assert pinyin.divisions("mijiup") == ()
    assert pinyin.divisions("mijiup", unfinished=True) == (("mi", "jiu", "p"),)


@pytest.mark.parametrize(("word", "division"), [("hao3", ("hao3",)), ("yue4xin1", ("yue4", "xin1"))])
def test_tone_numbers_divide_a_word(word: str, division: tuple[str, ...]) -> None:
    assert pinyin.divisions(word) == (division,)


@pytest.mark.parametrize("word", ["hello", "xyz3", "", "岳昕", "x" * 500])
def test_other_words_do_not_divide(word: str) -> None:
    assert pinyin.divisions(word) == ()


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        ("Yuè Xīn", [["yue4"], ["xin1"]]),
        ("Mǐ Jiǔpíng", [["mi3"], ["jiu3", "ping2"]]),
        ("Xī'ān", [["xi1", "an1"]]),
        ("Fāng Xiǎn", [["fang1"], ["xian3"]]),
        ("Zhōnghuá Quánguó", [["zhong1", "hua2"], ["quan2", "guo2"]]),
        ("hao3 ren2", [["hao3"], ["ren2"]]),
        ("péngyou", [["peng2", "you5"]]),
        ("2018 nián", [["nian2"]]),
    ],
)
def test_readings_by_words_syllables_and_tones(reading: str, words: list[list[str]]) -> None:
    said = pinyin.spoken(reading)
    assert [[f"{syllable.plain}{syllable.tone}" for syllable in word] for word in said.words] == words


def test_the_vowel_with_two_dots_may_be_typed_in_three_ways() -> None:
    (syllable,) = pinyin.spoken("lǜ").syllables
    assert syllable.spellings == ("lu", "lv", "lu4", "lv4")


def test_joined_and_initials() -> None:
    said = pinyin.spoken("Mǐ Jiǔpíng")
    assert (said.joined, said.initials) == ("mijiuping", "mjp")


@pytest.mark.parametrize(
    ("one", "other"), [("zhang", "zan"), ("shengye", "senye"), ("chen", "ceng"), ("lin", "nin"), ("lv", "nu")]
)
def test_confused_spellings_sound_alike(one: str, other: str) -> None:
    assert pinyin.sound_key(one) == pinyin.sound_key(other)


def test_different_names_do_not_sound_alike() -> None:
    assert pinyin.sound_key("yuexin") != pinyin.sound_key("mijiuping")


def test_characters_by_their_sound() -> None:
    assert ("yue", "xin") in pinyin.same_sound("岳欣")
    assert pinyin.same_sound("岳x") == ()
    assert len(pinyin.same_sound("和" * 10)) <= 24


@pytest.mark.parametrize(("word", "plain"), [("mi3jiu3", "mijiu"), ("mijiu", None), ("2018", None)])
def test_tone_numbers_can_be_left_out(word: str, plain: str | None) -> None:
    assert pinyin.without_tones(word) == plain


@given(st.text())
def test_any_text_can_be_taken_for_a_reading(text: str) -> None:
    assert pinyin.spoken(text).joined.isalpha() or not pinyin.spoken(text).words
