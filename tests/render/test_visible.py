"""Acting characters become visible marks, and nothing else changes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.render.visible import one_line, strip_acting, visible

ACTING = (
    "\x00\x07\x1b\x7f\x85\x9b\u00ad\u061c\u200b\u200e\u200f\u2028\u202a\u202e\u2060\u2066\u2069\ufeff\ufffe\U000e0041"
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("米久平 · Mǐ Jiǔpíng “now” 🙂 𠮷", "米久平 · Mǐ Jiǔpíng “now” 🙂 𠮷"),
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b[31mred", "␛[31mred"),
        ("\x7f", "␡"),
        ("\x9b31m", "⟨U+009B⟩31m"),
        ("abc\u202efdp.exe", "abc⟨U+202E⟩fdp.exe"),
        ("s\u200btrike", "s⟨U+200B⟩trike"),
        ("\ud800", "\ufffd"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("a\u200db", "a⟨U+200D⟩b"),
        ("\u200d", "⟨U+200D⟩"),
        ("لا\u200cما", "لا\u200cما"),
        ("e" + "\u0301" * 8, "e" + "\u0301" * 8),
        ("e" + "\u0301" * 10_000, "e" + "\u0301" * 8 + "⟨+9992⟩"),
    ],
)
def test_marks(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.one_of(st.sampled_from(ACTING + "\ud800\udfff ab米\u0301"), st.characters())))
def test_nothing_acting_is_left(text: str) -> None:
    shown = visible(text)
    assert not set(shown) & (set(ACTING) | {chr(code) for code in range(0xD800, 0xE000)})
    assert not any(unicodedata.category(char) == "Cc" and char not in "\t\n" for char in shown)
    assert not any(
        unicodedata.bidirectional(char) in ("RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI")
        for char in shown
    )
    assert visible(shown) == shown
    shown.encode("utf-8")


@given(st.text())
def test_one_line_has_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


def test_one_line_keeps_the_space_at_its_ends() -> None:
    assert one_line("a\r\n\tb ") == "a b "


@given(st.text(st.one_of(st.sampled_from(ACTING), st.characters(codec="utf-8"))))
def test_stripped_text_has_no_marks_and_nothing_to_mark(text: str) -> None:
    stripped = strip_acting(text)
    assert visible(stripped) == stripped
    assert len(stripped) <= len(text)
