"""The analyser: what becomes a term, at which position, and that texts and questions meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.search.analysis import MAX_TOKEN, Token, clean, has_han, key, pieces, runs, steps, tokens

SCRIPTS = st.text(alphabet=st.sampled_from(list("ab'’-1 ,é岳昕聲声年月\u0301\u200bﬁ½．")), max_size=30)


def test_latin_words_stand_whole_and_in_parts() -> None:
    assert list(tokens("O'Brien met")) == [Token("obrien", 0), Token("o", 0), Token("brien", 1), Token("met", 2)]


def test_chinese_runs_give_pairs_and_the_last_character() -> None:
    assert [token.text for token in tokens("聲援團")] == ["声援", "援团", "团"]


def test_positions_run_on_through_both_scripts() -> None:
    found = {token.text: token.position for token in tokens("佳士Jasic工人, 2018")}
    assert found == {"佳士": 0, "士": 1, "jasic": 2, "工人": 3, "人": 4, "2018": 5}


def test_a_word_is_cut_but_still_found_by_itself() -> None:
    word = "x" * 300
    assert [t.text for t in tokens(word)] == ["x" * MAX_TOKEN] == [step.text for step in steps(word)]


@pytest.mark.parametrize("question", ["o'brien", "O’Brien", "OBRIEN", "o-brien", "o brien"])
def test_keys_forget_signs_and_case(question: str) -> None:
    assert key(question) == "obrien"


def test_pieces_keep_what_was_written() -> None:
    assert pieces("Foo,bar：2018年7月 (O'Brien)") == ("Foo", "bar", "2018年7月", "O'Brien")


def test_cleaning_keeps_what_can_be_shown() -> None:
    assert clean("a\ud800b\x00c\u200bd") == "a\ufffdb cd"


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs"))))
def test_cleaning_changes_nothing_that_is_compared(text: str) -> None:
    assert list(runs(clean(text))) == list(runs(text))


@given(SCRIPTS)
def test_every_stretch_of_a_text_is_found_as_a_phrase_of_it(text: str) -> None:
    places: dict[str, set[int]] = {}
    for token in tokens(text):
        places.setdefault(token.text, set()).add(token.position)
    for piece in pieces(clean(text)):
        wanted = steps(piece)
        starts = [
            {
                at - step.offset
                for text_, found in places.items()
                for at in found
                if text_ == step.text or (step.prefix and text_.startswith(step.text))
            }
            for step in wanted
        ]
        assert set.intersection(*starts)


@given(st.text())
def test_nothing_is_refused(text: str) -> None:
    for token in tokens(text):
        assert 0 < len(token.text) <= MAX_TOKEN
        token.text.encode()
    assert key(text) == "".join(run.text if run.han else "".join(run.parts) for run in runs(text))[:200]
    assert has_han(text) == any(has_han(char) for char in text)
