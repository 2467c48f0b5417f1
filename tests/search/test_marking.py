"""Marks on the text as it was written, and the snippets cut around them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from jasic_desktop.core.languages import Language
from jasic_desktop.core.records import Reading
from jasic_desktop.search.answer import Span
from jasic_desktop.search.looked import Folded
from jasic_desktop.search.marking import Marker, marks_of, spans
from jasic_desktop.search.needles import needles, spoken_needles, syllables_asked
from jasic_desktop.search.parser import parse
from jasic_desktop.search.snippets import ELLIPSIS, MAX_HAN, MAX_LATIN, Passages, snippet
from jasic_desktop.search.texts import Passage
from jasic_desktop.search.whoosh.stem import stem

WORDS = (
    "Police",
    "detained",
    "29",
    "Yuè Xīn",
    "“now”",
    "e\u0301",
    "o’clock",
    "<b>",
    "岳昕",
    "聲援團",
    "，",
    "２０１８",
    "훈",
    "\u200b",
    "🙂",
    "ﬁn",
    "İ",
    "ß",
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


def snippet_in(texts: Passages, marker: Marker, language: Language) -> tuple[Span, ...]:
    """The snippet of a record with these passages."""
    return snippet(texts.passages, marker.marks_in(texts), marker, language)


def marker(question: str, readings: tuple[Reading, ...] = (), *, live: bool = False) -> Marker:
    node = parse(question, live=live).node
    return Marker((*needles(node, stem), *spoken_needles(syllables_asked(node), readings)))


def marked(question: str, text: str, **more) -> list[str]:
    return [span.text for span in spans(text, marker(question, **more).marks(text)) if span.match]


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("police", "The Police. Policeman, police's", ["Police", "police"]),
        ("detaining", "They detained, detain and detention", ["detained", "detain"]),
        ("policies", "A policy", ["policy"]),
        ('"detaining"', "They detained", []),
        ("yue xin", "Yuè Xīn wrote", ["Yuè", "Xīn"]),
        ('"yue xin"', "Yuè-Xīn wrote; Yue, X", ["Yuè-Xīn"]),
        ("yuexin", "Yuè Xīn wrote", ["Yuè Xīn"]),
        ("o'brien", "O’Brien and OBrien, not O Brien", ["O’Brien", "OBrien"]),
        ("lai-xiao", "Lai-xiao", ["Lai-xiao"]),
        ("solidar*", "Solidarity solid", ["Solidarity"]),
        ("so*ity", "Solidarity society so", ["Solidarity"]),
        ("polise~1", "the police", ["police"]),
        ("声援团", "佳士工人聲援團的", ["聲援團"]),
        ("聲援團", "声援团", ["声援团"]),
        ("2018年7月", "于2018年7月27日", ["2018年7月"]),
        ("２０１８", "in 2018", ["2018"]),
        ("e\u0301", "cafe\u0301 e\u0301 é", ["e\u0301", "é"]),
        ("a -police", "a police", ["a"]),
        ("title:police OR letter", "police letter", ["police", "letter"]),
        ("place:police", "police", []),
        ("x", "", []),
    ],
)
def test_what_is_marked(question: str, text: str, found: list[str]) -> None:
    assert marked(question, text) == found


def test_a_word_being_typed_is_marked_to_its_end() -> None:
    assert marked("the pol", "The police", live=True) == ["The", "police"]


YUE = (Reading("岳昕", "Yuè Xīn", reviewed=True),)
LONG = (Reading("中华全国总工会", "Zhōnghuá Quánguó Zǒnggōnghuì"),)


@pytest.mark.parametrize(
    ("question", "readings", "found"),
    [
        ("yuexin", YUE, ["岳昕"]),
        ("yue xin", YUE, ["岳昕"]),
        ("Yuè Xīn", YUE, ["岳昕"]),
        ("yue4xin1", YUE, ["岳昕"]),
        ("yue1xin1", YUE, []),
        ("mijiuping", YUE, []),
        ("quanguo", LONG, ["全國"]),
        ("岳欣~1", YUE, ["岳昕"]),
        ("-yuexin", YUE, []),
        ("yuexin", (Reading("岳昕2", "Yuè Xīn"),), []),
    ],
)
def test_pinyin_marks_the_characters_it_reads(question: str, readings: tuple[Reading, ...], found: list[str]) -> None:
    assert marked(question, "岳昕與中華全國總工會", readings=readings) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("mi jiuping", ["米久平"]),
        ("who is Mǐ Jiǔpíng of shenzhen", ["米久平"]),
        ("mi jiu ping", ["米久平"]),
        ("jiuping mi", ["久平"]),
        ("mi yuexin", []),
        ("mi", []),
    ],
)
def test_a_name_is_marked_whole_as_it_is_written_in_pinyin(question: str, found: list[str]) -> None:
    name = (Reading("米久平", "Mǐ Jiǔpíng", reviewed=True),)
    assert marked(question, "工人米久平，大米", readings=name) == found


def test_a_question_of_very_many_syllables_asks_for_few_names() -> None:
    assert len(syllables_asked(parse("mi jiuping " * 60, live=False).node)) < 60


def test_pinyin_being_typed_marks_what_it_reads_so_far() -> None:
    assert marked("yuex", "岳昕", readings=YUE, live=True) == ["岳昕"]


@given(
    TEXTS,
    st.sampled_from(["police", "yuexin", "岳昕", "e", "2018 now", '"detained 29"', "声", "fin", "i", "ss", "o'clock"]),
)
def test_spans_are_the_text(text: str, question: str) -> None:
    found = marker(question).marks(text)
    assert "".join(span.text for span in spans(text, found)) == text
    assert all(0 <= mark.start < mark.end <= len(text) for mark in found)
    assert [mark.start for mark in found] == sorted(mark.start for mark in found)


SEWN = st.lists(
    st.sampled_from([*"aboe", "ab", "Abo", "bo", " ", "-", "'", "’", "_", "\x01", ".", "岳", "，", "1", "é", "．"])
)


@given(
    st.lists(SEWN.map("".join), min_size=1, max_size=5),
    st.sampled_from(["ab", "abo", "a", "bo", "abab", "岳", "ab1", "boe", "o'bo", "岳 ab"]),
    st.booleans(),
)
def test_letters_are_found_where_the_pattern_finds_them(texts: list[str], question: str, live: bool) -> None:
    wanted = marker(question, live=live)
    slowly = Marker(tuple(replace(needle, literal="") for needle in wanted.needles))
    assert wanted.marks_in(Folded(texts)) == slowly.marks_in(Folded(texts))
    again = Folded(texts)
    first = wanted.marks_in(again)
    assert wanted.marks_in(again) == first
    assert {n: m for n, text in enumerate(texts) if (m := slowly.marks(text))} == first


@example([["ab", "a-b abo"], ["ab"], [], ["é a’b", "a'b-o"]], "abo ab", False)
@given(
    st.lists(st.lists(SEWN.map("".join), max_size=4), min_size=1, max_size=5),
    st.sampled_from(["ab", "abo a", "ab1", "o'bo ab", "岳 ab", "abab bo -aa"]),
    st.booleans(),
)
def test_several_records_are_marked_as_each_is(records: list[list[str]], question: str, live: bool) -> None:
    wanted = marker(question, live=live)
    more = Marker((*wanted.needles, *marker("岳").needles))
    markers = [more if number % 2 else wanted for number in range(len(records))]
    folded = list(map(Folded, records))
    for _ in range(2):
        found = marks_of(wanted.needles, folded, markers)
        for own, texts, marks in zip(markers, records, found, strict=True):
            slowly = Marker(tuple(replace(needle, literal="") for needle in own.needles))
            assert marks == own.marks_in(Folded(texts)) == slowly.marks_in(Folded(texts))


@pytest.mark.parametrize("texts", [["x ab", "bo ab bo"], ["岳 ab", "bo，ab bo 岳"]])
def test_a_row_of_words_ends_where_its_text_does(texts: list[str]) -> None:
    wanted = marker('"ab bo"')
    assert wanted.marks_in(Folded(texts)) == {1: wanted.marks(texts[1])}
    assert [texts[1][mark.start : mark.end] for mark in wanted.marks(texts[1])] == ["ab bo"]


def test_overlapping_marks_are_one_after_the_other() -> None:
    found = spans("abcdef", [*marker("abc").marks("abc"), *marker("abcdef").marks("abcdef")])
    assert "".join(span.text for span in found) == "abcdef"


ENGLISH = (
    "The first sentence says little, but it says so at such a length that no snippet can hold it beside the others. "
    "A second one follows it, shorter than the first by a few words. "
    "In the third the police detained several workers at the gate. A fourth sentence closes the passage and "
    "is long enough to be cut away. The fifth is here only so that there is more."
)
CHINESE = "第一句话说得很少。" * 8 + "警方在厂门口拘留了多名工人。" + "后面还有很多别的句子。" * 10


@given(
    st.lists(st.tuples(st.sampled_from(["en", "zh-Hans"]), TEXTS), max_size=4),
    st.sampled_from(["police", "岳昕", "zzz"]),
)
def test_a_snippet_is_a_stretch_of_one_passage(parts, question: str) -> None:
    passages = [Passage(language, text) for language, text in parts]
    cut = snippet_in(Passages(passages), marker(question), "en")
    inner = [span for span in cut if span != Span(ELLIPSIS)]
    text = "".join(span.text for span in inner)
    assert any(text in passage.text for passage in passages) or not passages
    if any(marker(question).marks(passage.text) for passage in passages):
        assert any(span.match for span in cut)


def test_a_snippet_is_cut_at_sentences() -> None:
    cut = snippet_in(Passages([Passage("en", ENGLISH)]), marker("police detained"), "en")
    text = "".join(span.text for span in cut)
    assert text.startswith("…A second one")
    assert text.endswith(("at the gate.…", "to be cut away.…"))
    assert len(text) <= MAX_LATIN + 2
    assert [span.text for span in cut if span.match] == ["police", "detained"]


def test_a_chinese_snippet_is_half_as_long_and_cut_at_sentences() -> None:
    text = "".join(span.text for span in snippet_in(Passages([Passage("zh-Hans", CHINESE)]), marker("拘留"), "zh-Hans"))
    assert len(text) <= MAX_HAN + 2
    assert text.startswith("…第一句")
    assert text.endswith("。…")


def test_words_without_an_end_are_cut_all_the_same() -> None:
    for text in ("x" * 500 + " police " + "y" * 500, "警" * 400, "word " * 300 + "police"):
        cut = snippet_in(Passages([Passage("en", text)]), marker("police 警"), "en")
        assert any(span.match for span in cut)
        assert sum(len(span.text) for span in cut) <= MAX_LATIN + 2


def test_the_readers_language_comes_first() -> None:
    both = [Passage("en", "The police came."), Passage("zh-Hans", "police 来了。")]
    assert snippet_in(Passages(both), marker("police"), "zh-Hant")[0].text == "police"
    assert snippet_in(Passages(both), marker("nothing"), "zh-Hans") == (Span("police 来了。"),)
    assert snippet_in(Passages(both), marker("nothing"), "en") == (Span("The police came."),)
    assert snippet_in(Passages([]), marker("police"), "en") == ()


def test_more_of_the_question_is_worth_more_than_the_place() -> None:
    passages = [Passage("en", "The police came."), Passage("en", "Workers met the police at the gate.")]
    assert "".join(span.text for span in snippet_in(Passages(passages), marker("police workers"), "en")).startswith(
        "Workers"
    )
