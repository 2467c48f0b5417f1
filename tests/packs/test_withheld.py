"""A name that is withheld stands nowhere in a pack: not in texts, not in ids, in no way of writing it."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.core.folding import fold
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Names, Person
from jasic_desktop.packs.build import build
from jasic_desktop.packs.problems import SourceFault
from jasic_desktop.packs.redact import redact, remains, withheld
from jasic_desktop.packs.source import read_source
from tests.helpers.archives import RECORDS, make_source


def packed(pack: Path) -> str:
    return fold("\n".join(path.read_text("utf-8") for path in pack.rglob("*") if path.is_file()))


def test_initials_stand_for_the_name_everywhere(small_pack: Path) -> None:
    text = packed(small_pack)
    for form in ("yu hai", "余海", "yuhai", "yú hǎi"):
        assert fold(form) not in text
    assert "y. h. received the letter" in text
    assert "余某" in text


def test_a_withheld_name_leaves_no_initials(tmp_path: Path) -> None:
    source = make_source(tmp_path / "source", {"person/unnamed-clerk": {"display": "withheld"}})
    records = {record.id: record for record in read_source(source).records}
    clerk = records["unnamed-clerk"]
    assert isinstance(clerk, Person)
    assert clerk.names == Names(display="[name withheld]", zh_hans="〔姓名从略〕", zh_hant="〔姓名從略〕")
    assert clerk.readings == ()
    assert "y. h." not in packed(build(source, tmp_path / "pack").path)


@pytest.mark.parametrize(
    "text",
    [
        "Yu Hai",
        "YU HAI",
        "Yú Hǎi",
        "Yu-Hai",
        "YuHai",
        "Hai Yu",
        "Yu, Hai",
        "余海",
        "余 海",
        "餘海",
        "Ｙｕ Ｈａｉ",
        "Yu\u00a0Hai",
    ],
)
def test_every_way_of_writing_the_name_is_found(tmp_path: Path, text: str) -> None:
    fields: dict[str, Any] = {
        "summary": f"Of {text}, nothing.",
        "abstract": {"en": f"({text})", "zh-Hans": f"记者{text}说"},
        "note": f"{text}.",
        "authors": [text],
        "publisher": f"{text} Press",
        "original_title": f"On {text}",
        "url": f"https://a.example/{text.replace(' ', '-')}",
    }
    source = make_source(tmp_path / "source", {"document/circle-letter": fields})
    names = withheld(record for record in read_source_as_written(source))
    records = redact(read_source_as_written(source), names)
    assert list(remains(records, names)) == []
    letter = next(record for record in records if record.id == "circle-letter")
    assert isinstance(letter, Document)
    assert letter.url is None
    assert letter.authors in (("Y. H.",), ("余某",))


def read_source_as_written(source: Path) -> list[Any]:
    from jasic_desktop.packs.source import load

    return [written.record for written in load(source).written]


@pytest.mark.parametrize("text", ["Yu Haiming", "Yuhaiming", "Bayu Hai", "hai", "Yu", "海"])
def test_other_names_stay(tmp_path: Path, text: str) -> None:
    source = make_source(tmp_path / "source", {"document/circle-letter": {"abstract": f"Of {text}."}})
    letter = next(record for record in read_source(source).records if record.id == "circle-letter")
    assert isinstance(letter, Document)
    assert letter.abstract == Localised(en=f"Of {text}.")


@pytest.mark.parametrize(
    "changes",
    [
        {"person/unnamed-clerk": None, "person/yu-hai": RECORDS["person/unnamed-clerk"]},
        {"person/unnamed-clerk": {"aliases": ["clerk-yu-hai"]}},
    ],
)
def test_an_id_that_gives_the_name_away_is_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    source = make_source(tmp_path / "source", {**changes, "event/2018-04-protest": {"people": ["shan-xin"]}})
    with pytest.raises(SourceFault) as caught:
        build(source, tmp_path / "pack")
    assert "id_gives_away" in [problem.code for problem in caught.value.problems]
    with pytest.raises(SourceFault) as caught:
        read_source(source)
    assert "name_remains" in [problem.code for problem in caught.value.problems]
    assert not (tmp_path / "pack").exists()


WORDS = st.sampled_from(
    ["Yu Hai", "yú hǎi", "余海", "the clerk", "said", "，", "Shan Xin", "海余", "\u0301", "ﬁ", "Yu"]
)


@given(st.lists(WORDS, max_size=12), st.sampled_from([" ", "", "-"]))
def test_no_mixture_of_words_lets_the_name_through(words: list[str], between: str) -> None:
    clerk = Person(
        id="clerk",
        kind="k",
        title=Localised(en="Yu Hai"),
        names=Names(display="Yu Hai", zh_hans="余海"),
        display="withheld",
    )
    text = between.join(words)
    if not text.strip():
        return
    other = Person(id="o", kind="k", title=Localised(en="O"), names=Names(display="O"), summary=Localised(en=text))
    names = withheld([clerk, other])
    done = redact([clerk, other], names)
    assert list(remains(done, names)) == []
    if not list(remains([other], names)):
        assert done[1] is other or done[1] == other
