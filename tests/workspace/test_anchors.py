"""The words of a highlight are found again in a text that was edited, or kept with their quote where they are gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.workspace.anchors import ORPHANED, Found, anchor_for, locate
from jasic_desktop.workspace.items import Anchor

TEXT = (
    "On 27 July 2018 police in Pingshan District detained about thirty people outside the police station. "
    "Among them were Mi Jiuping, Yu Juncong and Li Zhan. 警方在坪山区燕子岭派出所门前拘捕约三十人。 "
    "Students from several universities then travelled south and stayed in Huizhou until the raid of 24 August."
)


def anchored(words: str, text: str = TEXT, field: str = "s1") -> Anchor:
    at = text.index(words)
    return anchor_for(field, "en", text, at, at + len(words))


def words_at(found: Found, text: str) -> str:
    return text[found.start : found.end]


def test_in_the_same_text_the_words_are_where_they_were() -> None:
    anchor = anchored("Mi Jiuping")
    assert locate(anchor, {"s1": TEXT}) == Found("same", "s1", anchor.start, anchor.end)


def test_an_anchor_is_without_white_space_at_its_ends_and_has_what_stands_around_it() -> None:
    at = TEXT.index("Mi Jiuping")
    anchor = anchor_for("s1", "en", TEXT, at - 1, at + 11)
    assert anchor == anchor_for("s1", "en", TEXT, at, at + 11)
    assert (anchor.prefix[-5:], anchor.suffix[:4]) == ("were ", " Yu ")
    with pytest.raises(ValueError, match="no words"):
        anchor_for("s1", "en", TEXT, at - 1, at)


@given(st.data())
def test_words_are_found_after_text_came_before_and_behind_them(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 12))
    anchor = anchor_for("s1", "en", TEXT, start, data.draw(st.integers(start + 6, min(len(TEXT), start + 90))))
    before, after = data.draw(st.text(max_size=60)), data.draw(st.text(max_size=60))
    text = before + TEXT + after
    found = locate(anchor, {"s1": text})
    assert words_at(found, text) == anchor.exact
    assert found.start == len(before) + anchor.start
    assert found.how == ("moved" if before else "same")


@given(st.data())
def test_of_words_that_stand_in_many_places_those_with_the_same_surroundings_are_meant(data: st.DataObject) -> None:
    parts = data.draw(
        st.lists(st.sampled_from(["one ", "two ", "three ", "four "]), min_size=4, max_size=30, unique=False)
    )
    sentences = [f"{part}the raid {number}. " for number, part in enumerate(parts)]
    text = "".join(sentences)
    wanted = data.draw(st.integers(0, len(parts) - 1))
    at = sum(map(len, sentences[:wanted])) + len(parts[wanted])
    anchor = anchor_for("s1", "en", text, at, at + 8)
    added = "A sentence that is new. " + text
    assert locate(anchor, {"s1": added}).start == at + len("A sentence that is new. ")


@given(st.data())
def test_a_quote_in_which_some_characters_changed_is_found_nearly(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 60))
    anchor = anchor_for("s1", "en", TEXT, start, start + 50)
    quote = anchor.exact
    most = len(quote) // 5
    edited = list(quote)
    for _ in range(data.draw(st.integers(1, most))):
        at = data.draw(st.integers(1, len(edited) - 2))
        edited[at] = data.draw(st.sampled_from("§¶#xyz"))
    text = TEXT[: anchor.start] + "".join(edited) + TEXT[anchor.end :]
    found = locate(anchor, {"s1": text})
    assert found.how in ("changed", "same")
    assert abs(found.start - anchor.start) <= most and abs(found.end - anchor.end) <= most


def test_a_word_put_into_the_middle_or_taken_out_is_borne() -> None:
    anchor = anchored("detained about thirty people outside")
    for text in (
        TEXT.replace("about thirty", "about some thirty"),
        TEXT.replace("about thirty", "thirty"),
        TEXT.replace("detained about", "detained  about"),
    ):
        found = locate(anchor, {"s1": text})
        assert found.how == "changed"
        assert words_at(found, text).startswith("detained") and words_at(found, text).endswith("outside")


def test_words_that_went_into_another_passage_are_found_there() -> None:
    anchor = anchored("stayed in Huizhou until the raid of 24 August")
    found = locate(anchor, {"s1": "Something else.", "s7": f"They {anchor.exact}."})
    assert (found.how, found.field) == ("moved", "s7")


def test_a_short_word_elsewhere_is_another_one() -> None:
    anchor = anchored("Li Zhan")
    assert locate(anchor, {"s1": "Nothing here.", "s2": "A person called Li Zhan spoke."}) == ORPHANED


@pytest.mark.parametrize("text", ["", "Nothing of it.", "§" * 5000, "x"])
def test_words_that_are_gone_are_orphaned_and_never_something_else(text: str) -> None:
    assert locate(anchored("detained about thirty people"), {"s1": text}) == ORPHANED
    assert locate(anchored("detained about thirty people"), {}) == ORPHANED


@given(st.text(min_size=1, max_size=80), st.text(max_size=300), st.integers(0, 10**6))
def test_whatever_the_texts_are_what_is_found_lies_in_one_of_them(exact: str, text: str, start: int) -> None:
    anchor = Anchor(field="s1", language="en", start=start, end=start + len(exact), exact=exact)
    found = locate(anchor, {"s1": text, "s2": text[::-1]})
    if found.how == "orphaned":
        assert exact not in text
    else:
        assert 0 <= found.start < found.end <= len(text)


def test_a_long_quote_in_a_long_text_is_sought_in_a_short_time() -> None:
    from time import process_time

    text = TEXT * 200
    anchor = anchor_for("text", "en", TEXT * 4 + "and more", 0, 4 * len(TEXT))
    began = process_time()
    locate(anchor, {"text": text.replace("detained", "took away")})
    assert process_time() - began < 2
