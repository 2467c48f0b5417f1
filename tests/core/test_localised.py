"""Which language a reader is shown."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.localised import Localised
from tests.helpers import records as made


@given(made.localised(), st.sampled_from(LANGUAGES))
def test_a_reader_gets_their_language_or_is_told_which_one_it_is(text: Localised, language):
    shown, found = text.pick(language)
    assert shown == text.exact(found) == text.show(language)
    assert found == language or text.exact(language) is None


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        (Localised(en="a", zh_hans="简"), "zh-Hant", "zh-Hans"),
        (Localised(en="a", zh_hant="繁"), "zh-Hans", "zh-Hant"),
        (Localised(en="a"), "zh-Hant", "en"),
        (Localised(zh_hans="简", zh_hant="繁"), "en", "zh-Hans"),
        (Localised(zh_hant="繁"), "en", "zh-Hant"),
    ],
)
def test_the_other_chinese_form_comes_before_english(text, language, found):
    assert text.pick(language)[1] == found


@given(made.localised())
def test_items_are_the_texts_there_are_in_order(text: Localised):
    assert [language for language, _ in text.items()] == [x for x in LANGUAGES if text.exact(x) is not None]
    assert all(text.exact(language) == words for language, words in text.items())


@given(made.localised())
def test_json_uses_the_language_tags_and_leaves_out_what_is_not_there(text: Localised):
    data = msgspec.json.encode(text)
    assert set(msgspec.json.decode(data)) == {language for language, _ in text.items()}
    assert msgspec.json.decode(data, type=Localised) == text


@pytest.mark.parametrize(
    "data", [b"{}", b'{"en":""}', b'{"en":"a","zh-Hans":" \\u3000"}', b'{"fr":"oui"}', b'{"en":1}']
)
def test_no_text_an_empty_one_or_another_language_is_refused(data):
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(data, type=Localised)


def test_a_text_cannot_be_changed():
    with pytest.raises(AttributeError):
        Localised(en="a").en = "b"
