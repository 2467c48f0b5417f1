"""The language of questions: what is understood, what is left out and said, and that nothing is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.core.i18n import LANGUAGES, translate
from jasic_desktop.search.parser import MAX_TERMS, parse
from jasic_desktop.search.query import And, Typed, Word, leaves, plain_words, unparse

# Signs and words of the language, put together at random: what people type by mistake.
_PIECES = (
    *("yue", "岳昕", "O'Brien", "2018-07", "wo*k", "open letter", "type:person", "ﬁ", "\ud800"),
    *("AND", "OR", "NOT", "(", ")", '"', "“", "”", "-", "*", "~", "~2", "..", " ", " ", "\u3000", ":", ","),
    *("title:", "标题：", "name:", "place:", "date:"),
)
LANGUAGE = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("yue xin", "yue xin"),
        ("yue AND xin", "yue xin"),
        ('"open letter" OR 岳昕', '"open letter" OR 岳昕'),
        ("yue xin OR mi jiuping", "(yue xin) OR (mi jiuping)"),
        ("yue (xin OR ping)", "yue (xin OR ping)"),
        ("police NOT army", "police -army"),
        ("police -army", "police -army"),
        ("NOT NOT police", "police"),
        ("-(a OR b)", "-(a OR b)"),
        ("pre* wild*card near~1 near~", "pre* wild*card near~1 near~1"),
        ("O'Brien lai-xiao", "O'Brien lai-xiao"),
        ("标题：“公开信” 类型:事件", 'title:"公开信" type:事件'),
        ("姓名:岳昕 地点:深圳 人物:米久平 机构:全总 主题:工会 来源:路透社 语言:中文 可信度:有争议",
         "name:岳昕 place:深圳 person:米久平 org:全总 topic:工会 source:路透社 language:中文 certainty:有争议"),
        ("title:(open letter)", "title:(open letter)"),
        ('place: "Pingshan District"', 'place:"Pingshan District"'),
        ("date:2018-07..2018-08", "date:2018-07..2018-08"),
        ("year:2018 年份:2018..2019", "date:2018 date:2018..2019"),
        ("日期：2018年7月27日", "date:2018-07-27"),
        ("date:..2018-07-27 date:2018-07..", "date:..2018-07-27 date:2018-07.."),
        ("has:accounts", "has:accounts"),
        ("foo,bar;baz", "foo bar baz"),
        ("detained?", "detained"),
        ("佳士*", "佳士"),
        ("２０１８年　（岳昕）", "2018年 岳昕"),
        ("10:30 https://x.org/y", "10 30 https x org y"),
        ('"a b"~3', '"a b"'),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_understood(text: str, understood: str) -> None:
    question = parse(text)
    assert unparse(question.node) == understood
    assert question.notes == ()


@pytest.mark.parametrize(
    ("text", "understood", "notes"),
    [
        ('"open letter', "open letter", ["asked_plain"]),
        ("(yue", "yue", ["asked_plain"]),
        ("yue)", "yue", ["asked_plain"]),
        ("yue OR", "yue", ["asked_plain"]),
        ("AND yue", "yue", ["asked_plain"]),
        ("NOT", "", ["asked_plain", "nothing_asked"]),
        ("date:tomorrow", "date tomorrow", ["asked_plain"]),
        ("date:2018-08..2018-07", "date 2018-08 2018-07", ["asked_plain"]),
        ("year:", "year", ["asked_plain"]),
        ("title:(place:x)", "title place x", ["asked_plain"]),
        ("*", "", ["wildcard_too_wide", "nothing_asked"]),
        ("a*", "a", ["wildcard_too_wide"]),
        ("*ing", "ing", ["wildcard_too_wide"]),
        ("w~9", "w~2", ["too_fuzzy"]),
        ("colour:red", "colour red", ["unknown_field"]),
        ("(" * 30 + "a" + ")" * 30, "a", ["too_deep", "asked_plain"]),
        ("!!!", "", ["nothing_asked"]),
    ],
)
def test_what_does_not_parse_is_asked_as_words_and_said(text: str, understood: str, notes: list[str]) -> None:
    question = parse(text)
    assert unparse(question.node) == understood
    assert [note.key for note in question.notes] == [f"search.{note}" for note in notes]
    for note in question.notes:
        for language in LANGUAGES:
            assert note.sentence(language)


def test_limits_come_before_work() -> None:
    question = parse(" ".join(f"w{number}" for number in range(10_000)))
    assert len(list(leaves(question.node))) == MAX_TERMS
    assert [note.key for note in question.notes] == ["search.too_long", "search.too_many_terms"]


def test_a_question_of_parentheses_is_no_recursion() -> None:
    assert parse("(" * 1000).node is None
    assert parse("NOT " * 500).node is None


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("yue xi", And((Word("yue"), Typed("xi")))),
        ("yue ", Word("yue")),
        ("yue OR", Word("yue")),
        ("yue -", Word("yue")),
        ("(yue xi", And((Word("yue"), Typed("xi")))),
        ("-xi", None),
    ],
)
def test_what_is_still_being_typed(text: str, node: object) -> None:
    question = parse(text, live=True)
    assert question.notes == ()
    if node is not None:
        assert question.node == node
    assert all(leaf == Typed("xi") for leaf, wanted in leaves(question.node) if not wanted)


def test_an_open_quote_is_a_phrase_while_typing() -> None:
    assert unparse(parse('"open let', live=True).node) == '"open let"'


@given(st.one_of(st.text(), LANGUAGE), st.booleans())
def test_nothing_is_an_error_and_what_is_understood_can_be_asked_again(text: str, live: bool) -> None:
    question = parse(text, live=live)
    understood = unparse(question.node)
    understood.encode()
    if not live:
        assert parse(understood).node == question.node


@given(LANGUAGE)
def test_plain_words_are_all_there_is(text: str) -> None:
    node = parse(text).node
    words = plain_words(node) if node is not None else None
    if words is not None:
        assert len(words) == len(list(leaves(node)))


def test_every_note_and_reason_has_words_in_every_language() -> None:
    from jasic_desktop.search.answer import REASONS

    for language in LANGUAGES:
        for reason in REASONS:
            assert translate(f"search.matched.{reason}", language)
