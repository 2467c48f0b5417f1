"""Folding: what compares as the same, and that offsets lead back to the original."""

import sys
import unicodedata

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.core import folding
from jasic_desktop.core.folding import fold, fold_with_offsets, without_surrogates

# What goes wrong first: jamo and syllables, final sigma, the dotted I, marks out of order, ligatures, surrogates.
AWKWARD = (
    "훈ᄒ\u1165\u11abΣσςİıßẞﬁ㈱½①ﾊﾟが\u3099"
    "\u0301\u0323\u0345\u0327eEé\u200b\u00ad\ufe0f\U000e0101🙂𠮷裡裏里著着\ud800\udfff \0aZ"
)
TEXTS = st.text(
    st.one_of(st.sampled_from(AWKWARD), st.characters(exclude_categories=()), st.characters(codec="ascii")), max_size=20
)
HAN = "".join(map(chr, range(0x4E00, 0xA000)))


@given(TEXTS, TEXTS)
def test_folding_goes_character_by_character(one, other):
    assert fold(one + other) == fold(one) + fold(other)


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_case_accents_width_and_composition_make_no_difference(text):
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)
    assert fold(text.casefold()) == fold(text)
    assert fold(text.lower()) == fold(text)


@pytest.mark.no_cover
def test_every_character_there_is_folds_to_a_fixed_point_and_the_known_ones_to_one():
    uneven = folding._maybe_uneven()
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if code % 97 and unicodedata.category(char) in ("Cn", "Co"):  # 970,000 code points that are nobody's character
            continue
        folded = fold(char)
        assert fold(folded) == folded, hex(code)
        assert len(folded) == 1 or uneven.match(char), hex(code)
        assert fold(char * 30) == folded * 30, hex(code)  # long texts are folded in another way
    assert len(folding._FOLDED) <= folding._KEPT


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Yuè Xīn", "yue xin"),
        ("ＪＡＳＩＣ　２０１８", "jasic 2018"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("İstanbul", "istanbul"),
        ("Straße STRASSE", "strasse strasse"),
        ("Ｌü ﬁn", "lu fin"),
        ("㈱", "(株)"),
        ("聲援團", "声援团"),
        ("米\u200b久\ufeff平", "米久平"),
        ("葛\U000e0101飾", "葛饰"),
        ("work\u00aders", "workers"),
        ("平\ufe0f㊗\ufe0f", "平祝"),
        ("鍾鐘锺钟", "钟钟钟钟"),
        ("跟著", "跟着"),
        ("保衞保衛保卫", "保卫保卫保卫"),
        ("\ud800", "\ud800"),
        ("", ""),
    ],
)
def test_what_a_reader_takes_for_the_same_folds_alike(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("config", ["s2t", "t2s", "s2tw", "tw2s", "s2hk"])
def test_every_character_folds_like_its_other_form(config):
    convert = opencc.OpenCC(config).convert
    assert [c for c in HAN if fold(convert(c)) != fold(c)] == []


@given(TEXTS)
def test_offsets_lead_back_to_the_original(text):
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets[-1] == len(text)
    assert list(offsets) == sorted(offsets)
    for index, char in enumerate(folded):
        assert char in fold(text[offsets[index]])


@given(TEXTS, st.data())
def test_a_span_of_the_folded_text_is_its_own_characters_in_the_original(text, data):
    folded, offsets = fold_with_offsets(text)
    # Where a character folds to several, a span begins before the first of them and ends after the last.
    edges = [0, *(i for i in range(1, len(offsets)) if offsets[i] != offsets[i - 1])]
    start, end = sorted((data.draw(st.sampled_from(edges)), data.draw(st.sampled_from(edges))))
    assert fold(text[offsets[start] : offsets[end]]) == folded[start:end]


def test_an_accent_belongs_to_the_span_of_its_letter():
    text = "Xi\u0304n ﬁnds"
    folded, offsets = fold_with_offsets(text)
    assert folded == "xin finds"
    assert text[offsets[0] : offsets[3]] == "Xi\u0304n"
    assert text[offsets[4] : offsets[6]] == "ﬁ"


def test_the_memory_of_folding_is_bounded(monkeypatch):
    small = folding._Folded()
    monkeypatch.setattr(folding, "_KEPT", 10)
    monkeypatch.setattr(folding, "_FOLDED", small)
    assert fold(HAN) == HAN.translate({ord(c): fold(c) for c in HAN})
    assert len(small) == 10


@given(TEXTS)
def test_a_text_without_surrogates_is_as_long_and_can_be_written(text):
    clean = without_surrogates(text)
    clean.encode()
    assert [a if a == b else "\ufffd" for a, b in zip(text, clean, strict=True)] == list(clean)
    assert all(a == b or "\ud800" <= a <= "\udfff" for a, b in zip(text, clean, strict=True))
