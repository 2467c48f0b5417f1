"""The three catalogues: whole, alike, well written, and every text in use."""

import ast
import re
import string
from functools import cache
from pathlib import Path

import opencc
import pytest

from jasic_desktop.core.i18n import catalogue
from jasic_desktop.core.languages import LANGUAGES, Language

PACKAGE = Path(__file__).resolve().parents[2] / "jasic_desktop"
FILE_ENDINGS = (".json", ".jsonl", ".md", ".toml", ".txt", ".html", ".py", ".sqlite")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def base(key: str) -> str:
    """The key as code writes it: without the ending that `count` chooses."""
    return re.sub(r"\.(one|other)$", "", key)


@cache
def code() -> tuple[ast.AST, ...]:
    """Every node of every module of the program."""
    return tuple(node for path in sorted(PACKAGE.rglob("*.py")) for node in ast.walk(ast.parse(path.read_bytes())))


def english(key: str) -> str:
    """The English text of `key`; Chinese has one form where English has two."""
    texts = catalogue("en")
    return texts[key] if key in texts else texts[f"{key}.other"]


def known(key: str) -> bool:
    texts = catalogue("en")
    return key in texts or f"{key}.other" in texts


def literals() -> set[str]:
    """The strings in the code that look like keys of the catalogue."""
    tables = {key.split(".")[0] for key in catalogue("en")}
    parts = {id(part) for node in code() if isinstance(node, ast.JoinedStr) for part in node.values}
    whole = (node for node in code() if isinstance(node, ast.Constant) and id(node) not in parts)
    strings = {node.value for node in whole if isinstance(node.value, str)}
    key = re.compile(rf"({'|'.join(sorted(tables))})(\.[a-z0-9_-]+)+")
    return {text for text in strings if key.fullmatch(text) and not text.endswith(FILE_ENDINGS)}


def composed() -> list[re.Pattern[str]]:
    """The keys that code puts together, such as `dates.months.{month}`, as patterns."""
    patterns = []
    for node in code():
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            parts = [re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values]
            patterns.append(re.compile("".join(map(str, parts))))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and isinstance(node.left, ast.Constant):
            patterns.append(re.compile(re.escape(str(node.left.value)) + ".+"))
    return patterns


def calls() -> list[tuple[str, set[str], bool]]:
    """Each call that words a literal key: the key, the names of its values, and whether there may be more of them."""
    found = []
    for node in code():
        if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        key = node.args[0].value
        wording = name in ("translate", "localised") or (name.endswith("Fault") and len(node.args) == 1)
        if wording and isinstance(key, str) and "." in key:
            given = {keyword.arg for keyword in node.keywords if keyword.arg}
            found.append((key, given, any(keyword.arg is None for keyword in node.keywords)))
    return found


def test_every_key_stands_in_every_language():
    english = set(map(base, catalogue("en")))
    for language in LANGUAGES:
        assert set(map(base, catalogue(language))) ^ english == set(), language


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_ragged(language):
    for key, text in catalogue(language).items():
        # Chinese has no space between sentences.
        assert text.strip() or not english(key).strip(), key
        assert "\n" in text or "  " not in text.strip(), key  # tables of several lines have columns
        assert "\ufffd" not in text, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_placeholders(language):
    for key, text in catalogue(language).items():
        expected = placeholders(english(key))
        # The singular may say "one" for the number.
        assert placeholders(text) - {"count"} == expected - {"count"}, key
        if not key.endswith(".one"):
            assert placeholders(text) == expected, key
        assert all(re.fullmatch("[a-z_]+", name) for name in expected), key


def test_every_plural_has_both_forms():
    texts = catalogue("en")
    for key in texts:
        if key.endswith((".one", ".other")):
            assert {f"{base(key)}.one", f"{base(key)}.other"} <= set(texts), key
            assert base(key) not in texts, key
            assert "count" in placeholders(texts[f"{base(key)}.other"]), key


def test_every_key_the_code_names_exists():
    assert {key for key in literals() if not known(key)} == set()
    assert {key for key, _, _ in calls() if not known(key)} == set()


def test_every_call_gives_the_values_its_text_asks_for():
    for key, given, more in calls():
        for full in (key, f"{key}.one", f"{key}.other"):
            missing = placeholders(catalogue("en").get(full, "")) - given
            assert more or not missing, (full, missing)


def test_every_text_is_used():
    named, patterns = literals(), composed()
    unused = {
        key
        for key in catalogue("en")
        if not {key, base(key)} & named and not any(p.fullmatch(key) or p.fullmatch(base(key)) for p in patterns)
    }
    assert unused == set()


def translated(language: Language) -> dict[str, str]:
    """The texts of a language but for the names of languages, which stand in their own."""
    return {key: text for key, text in catalogue(language).items() if not key.startswith("window.command.language_")}


def han(text: str) -> set[str]:
    return {char for char in text if "\u3400" <= char <= "\u9fff"}


def test_the_simplified_catalogue_has_only_simplified_characters():
    convert = opencc.OpenCC("t2s").convert
    for key, text in translated("zh-Hans").items():
        assert convert(text) == text, key
        assert not re.search("[「」『』]", text), key


def test_the_traditional_catalogue_has_only_traditional_characters():
    convert = opencc.OpenCC("s2t").convert
    for key, text in translated("zh-Hant").items():
        # Big5 holds what traditional texts are written with, and no character that is simplified only.
        foreign = {char for char in han(text) if convert(char) != char and not _in_big5(char)}
        assert not foreign, (key, foreign)
        assert not re.search("[“”‘’]", text), key


def _in_big5(char: str) -> bool:
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_chinese_texts_are_in_chinese_with_chinese_punctuation(language):
    for key, text in catalogue(language).items():
        # A colon within a word is the language of questions: 标题:岳昕. What stands in `` or {{}} is to be typed.
        text = re.sub("`[^`]*`|{{[^}]*}}", "", text)
        assert not re.search(r"[\u4e00-\u9fff]([,;!?()]|:(?!\S))|[,;!?()][\u4e00-\u9fff]", text), key


SAME = re.compile(
    r"window\.command\.language_en|window\.title(_empty)?|window\.export\.(kilobytes|megabytes|name\.[a-z0-9-]+)"
    r"|export\.style\.gb7714"
)
"""Names of formats, a standard, the program and a language, and units: Chinese writes them as English does."""


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_no_text_is_left_in_english(language: Language) -> None:
    left = {
        key
        for key, text in catalogue(language).items()
        if text == english(key) and re.search("[A-Za-z]{2}", re.sub("`[^`]*`|{[^}]*}", "", text))
    }
    assert {key for key in left if not SAME.fullmatch(key)} == set()
    assert len(left) > 10  # the list above is needed


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_is_counted_has_both_its_forms(language: Language) -> None:
    """One without the other is a fault of the program as soon as the number is the one that is missing."""
    keys = set(catalogue(language))
    for form, other in ((".one", ".other"), (".other", ".one")):
        counted = {key.removesuffix(form) for key in keys if key.endswith(form)}
        assert {key for key in counted if key + other not in keys and key not in keys} == set()
