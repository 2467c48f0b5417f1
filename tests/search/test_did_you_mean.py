"""Names as they are misheard and mistyped: the right one is found or offered, and an exact name stays above all."""

import re

import pytest

from jasic_desktop.packs.store import Store
from jasic_desktop.search.engine import Engine
from jasic_desktop.search.pinyin import spoken
from jasic_desktop.search.request import Request

CONFUSED = {
    "zh as z": ("zh", "z"),
    "z as zh": (r"\bz(?!h)", "zh"),
    "ch as c": ("ch", "c"),
    "sh as s": ("sh", "s"),
    "s as sh": (r"\bs(?!h)", "sh"),
    "ng as n": ("ng", "n"),
    "n as ng": (r"n\b", "ng"),
    "l as n": (r"\bl", "n"),
    "n as l": (r"\bn", "l"),
    "f as h": (r"\bf", "h"),
    "h as f": (r"\bh", "f"),
}
MISSED = {"fan jingan"}
"""Two confusions in one name, of which the letters are another name's word."""


def found(engine: Engine, question: str) -> str:
    """The record that comes first, or the one that is offered instead."""
    answer = engine.search(Request(question, limit=1))
    if answer.suggestion is not None:
        return engine.search(Request(answer.suggestion, limit=1)).hits[0].id
    return answer.hits[0].id if answer.hits else ""


@pytest.mark.parametrize("confusion", CONFUSED)
def test_a_name_as_it_is_misheard(engine: Engine, store: Store, confusion: str) -> None:
    pattern, instead = CONFUSED[confusion]
    wrong, asked = {}, 0
    for record in store.many(store.ids):
        for reading in record.readings if record.type == "person" else ():
            right = " ".join(syllable.plain for syllable in spoken(reading.pinyin).syllables)
            misheard = re.sub(pattern, instead, right)
            if not reading.reviewed or misheard == right:
                continue
            first, _, rest = misheard.partition(" ")
            for question in (misheard, misheard.replace(" ", ""), f"{first} {rest.replace(' ', '')}"):
                asked += 1
                answer = engine.search(Request(question, limit=1))
                titles = {text for _, text in record.title.items()}
                if not (answer.hits and answer.hits[0].id == record.id) and answer.suggestion not in titles:
                    wrong[question] = (record.id, answer.suggestion)
    assert asked > 5
    assert set(wrong) <= MISSED


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        # missing, wrong and other spaces
        ("yuexin", "yue-xin"),
        ("yue  xin", "yue-xin"),
        ("shenmeng yu", "shen-mengyu"),
        ("zhang sheng ye", "zhang-shengye"),
        ("wei zhili", "wei-zhili"),
        ("noamchomsky", "noam-chomsky"),
        # tones that are wrong
        ("yue2 xin3", "yue-xin"),
        ("mi1jiu1ping1", "mi-jiuping"),
        ("Yué Xìn", "yue-xin"),
        # ü, v, u
        ("lvshi huijian quan", "access-to-lawyers"),
        ("lüshi huijian quan", "access-to-lawyers"),
        ("lushi huijian quan", "access-to-lawyers"),
        # characters that sound the same
        ("岳欣", "yue-xin"),
        ("月昕", "yue-xin"),
        ("米九平", "mi-jiuping"),
        ("沈孟雨", "shen-mengyu"),
        ("张胜业", "zhang-shengye"),
        ("張勝業", "zhang-shengye"),
        ("顾佳月", "gu-jiayue"),
        # letters that are wrong
        ("Chomskey", "noam-chomsky"),
        ("Noam Chomksy", "noam-chomsky"),
        ("Amnesty Intrnational", "amnesty-international"),
        ("Peking Univercity", "peking-university"),
        ("Guandong", "guangdong"),
        ("Mi Jiupin", "mi-jiuping"),
        ("Jasic Tecnology", "jasic-technology"),
        # as it was written a hundred years ago
        ("Yüeh Hsin", "yue-xin"),
        ("Shen Meng-yü", "shen-mengyu"),
        ("Chang Sheng-yeh", "zhang-shengye"),
    ],
)
def test_a_name_as_it_is_mistyped(engine: Engine, question: str, wanted: str) -> None:
    assert found(engine, question) == wanted


def test_an_exact_name_is_above_all_that_sounds_like_it_and_nothing_else_is_offered(
    engine: Engine, store: Store
) -> None:
    for record in store.many(store.ids):
        if record.type == "person":
            for name in {record.names.display, record.names.zh_hans} - {None}:
                answer = engine.search(Request(name, limit=2))
                assert answer.hits[0].id == record.id, name
                assert answer.suggestion is None, name
                assert engine.suggest(name, 1)[0].id == record.id, name


def test_a_guess_is_called_one(engine: Engine) -> None:
    assert [s.matched for s in engine.suggest("sang yangxue")] == ["spelling"]
    assert [s.matched for s in engine.suggest("Yüeh Hsin")] == ["spelling"]
    answer = engine.search(Request("sang yangxue"))
    assert [note.key for note in answer.notes] == ["search.corrected"]
    assert answer.hits[0].matched == ("spelling",)
