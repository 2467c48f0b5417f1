"""Questions asked loosely: what is left out, what is told of it, and what is never asked so."""

import pytest

from jasic_desktop.search.answer import Answer
from jasic_desktop.search.engine import Engine
from jasic_desktop.search.request import Request


def told(answer: Answer) -> dict[str, dict[str, object]]:
    return {note.key: dict(note.values) for note in answer.notes}


def test_a_sentence_is_answered_by_what_holds_most_of_it(engine: Engine) -> None:
    answer = engine.search(Request("who raided the camp in huizhou"))
    assert told(answer) == {"search.asked_loosely": {"words": "raided camp huizhou"}}
    assert "2018-08-24-huizhou-raid" in [hit.id for hit in answer.hits[:3]]
    assert answer.understood == "raided OR camp OR huizhou"
    assert all("text" in hit.matched for hit in answer.hits)
    marked = {span.text.lower() for hit in answer.hits for span in (*hit.title, *hit.snippet) if span.match}
    assert marked
    assert not {"the", "in", "who"} & marked


def test_chinese_is_asked_by_the_pieces_that_are_known(engine: Engine) -> None:
    answer = engine.search(Request("沈梦雨为什么被佳士工人声援团提到饕餮"))
    words = str(told(answer)["search.asked_loosely"]["words"]).split()
    assert {"沈梦雨", "佳士工人声援团"} <= set(words)
    assert not any("饕" in word or "为什么" in word for word in words)
    assert answer.total


@pytest.mark.parametrize(
    "question",
    [
        "yuexin qqqqzzzz",
        '"no such phrase stands here"',
        "type:person qqqq zzzz xxxx",
        "title:who title:raided",
        "qqqq zzzz xxxx",
    ],
)
def test_a_short_question_and_one_with_signs_is_asked_as_it_stands(engine: Engine, question: str) -> None:
    assert "search.asked_loosely" not in told(engine.search(Request(question)))


def test_it_is_asked_so_only_where_no_record_has_all(engine: Engine) -> None:
    answer = engine.search(Request("detained workers pingshan police"))
    assert answer.total
    assert told(answer) == {}


def test_while_typing_the_last_word_may_be_unfinished(engine: Engine) -> None:
    answer = engine.search(Request("who raided the camp in huizh", live=True, facets=True))
    assert answer.total
    assert "search.asked_loosely" in told(answer)
    assert sum(count for _, count in answer.facets["type"]) == answer.total
