"""Settings are found by any word in any language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.app.setting_search import find_settings, value_text
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.settings import GROUPS, SETTINGS


@given(st.sampled_from(SETTINGS), st.sampled_from(LANGUAGES), st.sampled_from(["name", "about"]), st.data())
def test_a_setting_is_found_by_any_word_that_is_said_of_it(setting, language, part, data):
    words = translate(f"window.settings.{part}.{setting.key}", language).split()
    word = data.draw(st.sampled_from(words))
    assert setting in find_settings(word) and setting in find_settings(word.upper())


@pytest.mark.parametrize(
    ("question", "key"),
    [("dark", "theme"), ("深色", "theme"), ("mingan", "theme"), ("wenzi", "text_size"), ("gb/t", "citation_style")],
)
def test_values_and_pinyin_find_too(question, key):
    assert key in [setting.key for setting in find_settings(question)]


def test_nothing_is_found_by_what_is_nowhere_and_all_by_nothing():
    assert find_settings("zzzz") == ()
    assert find_settings(" \n") == SETTINGS


def test_every_setting_has_its_words_in_every_language_and_a_group():
    for setting in SETTINGS:
        assert setting.group in GROUPS
        for language in LANGUAGES:
            for value in setting.choices or setting.steps or (setting.least, setting.most):
                assert value_text(setting, value, language)
