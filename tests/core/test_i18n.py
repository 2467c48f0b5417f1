"""Texts of the catalogue with their values."""

import tomllib

import pytest

from jasic_desktop.core import i18n
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.paths import resource


@pytest.fixture
def words(monkeypatch, tmp_path):
    """A small catalogue."""
    (tmp_path / "translations").mkdir()
    for language, text in {
        "en": 'hits.one = "one hit for {query}"\nhits.other = "{count} hits for {query}"\n[deep.er]\nsix = 6\n',
        "zh-Hans": 'hits = "{query}：{count} 条结果"\ndeep.er.six = "六"\n',
        "zh-Hant": 'hits = "{query}：{count} 條結果"\ndeep.er.six = "六"\n',
    }.items():
        (tmp_path / "translations" / f"{language}.toml").write_text(text, "utf-8")
    monkeypatch.setattr(i18n, "resource", tmp_path.joinpath)
    i18n.catalogue.cache_clear()
    yield i18n
    i18n.catalogue.cache_clear()


def test_values_stand_in_their_places(words):
    assert words.translate("hits", "zh-Hant", query="岳昕", count=3) == "岳昕：3 條結果"
    assert words.translate("deep.er.six", "en") == "6"


@pytest.mark.parametrize(("count", "text"), [(0, "0 hits for x"), (1, "one hit for x"), (2, "2 hits for x")])
def test_english_has_a_singular(words, count, text):
    assert words.translate("hits", "en", query="x", count=count) == text


def test_chinese_needs_none(words):
    assert words.translate("hits", "zh-Hans", query="x", count=1) == "x：1 条结果"


def test_all_languages_at_once(words):
    assert words.localised("deep.er.six") == Localised(en="6", zh_hans="六", zh_hant="六")


def test_braces_in_values_are_plain_characters(words):
    assert words.translate("hits.one", "en", query="{count} {0.__class__}") == "one hit for {count} {0.__class__}"


def test_a_missing_text_or_value_is_a_fault_of_the_program(words):
    with pytest.raises(KeyError):
        words.translate("misses", "en")
    with pytest.raises(KeyError):
        words.translate("hits.one", "en")


def test_a_value_may_have_any_name(words):
    assert words.translate("deep.er.six", "en", key=1, language="en") == "6"


def test_the_catalogue_says_what_it_has(words):
    assert words.has("deep.er.six")
    assert not words.has("deep.er.seven")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_that_comes_with_the_program_is_read(language):
    assert i18n.translate("core.exists", language, path="/a/b").count("/a/b") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_are_read_as_any_reader_of_toml_reads_them(language):
    text = resource("translations", f"{language}.toml").read_text("utf-8")
    assert i18n.texts_of(text) == dict(flat(tomllib.loads(text)))


@pytest.mark.parametrize(
    "text",
    [
        'a = "x"\n[b.c]\nd.e = "y # z"\n\n# a comment\nf = "\\u5cb3\\n"\ng = """\none\n[two]\nh = "three\\""""\n',
        "a = 'x'\n",
        'a = "x" # said beside it\n',
        'a="x"\n',
        'a = "x"',
        '[b]\n  a = "x"\n',
        'a = {b = "x"}\n[c]\nd = 1\n',
        "",
    ],
)
def test_what_is_not_as_plain_as_a_catalogue_is_read_as_toml(text):
    assert i18n.texts_of(text) == dict(flat(tomllib.loads(text)))


@pytest.mark.parametrize("text", ["a = x\n", 'a = "x"\n"', 'a = "\\q"\n', 'a = """x"\n', "[a\n"])
def test_what_is_no_catalogue_is_no_text(text):
    with pytest.raises(ValueError):
        i18n.texts_of(text)


def flat(table, prefix=""):
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, str(value)
