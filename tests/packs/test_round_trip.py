"""Whatever can be written as a source comes back from pack and store as it was; whatever is changed is noticed."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jasic_desktop.core.clean import FORBIDDEN, one_line
from jasic_desktop.packs.bag import open_pack, verify
from jasic_desktop.packs.build import write_pack
from jasic_desktop.packs.source import read_source
from jasic_desktop.packs.store import Store, write_store
from tests.helpers.archives import ARCHIVE, RECORDS, write_record

ALPHABET = st.characters(codec="utf-8", exclude_categories=["Cs"]) | st.sampled_from(
    "工人团体\n \u0301\"\\'#:[]{}&*!|>%@`-"
)
TEXTS = st.text(ALPHABET, min_size=1, max_size=40).filter(
    lambda text: one_line(text) and not FORBIDDEN.search(one_line(text))
)
LOCALISED = TEXTS | st.dictionaries(st.sampled_from(["en", "zh-Hans", "zh-Hant"]), TEXTS, min_size=1)
DATES = st.sampled_from(
    ["2018", "2018-07", "2018-07-27", "2018-07~", "2018?", "2018-07-27/2018-08-24", "2018-08/..", "201X"]
)
SOURCES = st.lists(st.sampled_from(["gazette-report", "circle-letter"]), min_size=1, max_size=2, unique=True)
STATEMENT = st.fixed_dictionaries(
    {"text": LOCALISED, "sources": SOURCES},
    optional={
        "date": DATES,
        "place": st.just("willow-town"),
        "alleged": st.just("true"),
        "short": LOCALISED,
        "fact": st.just("employer"),
    },
)
ANSWER = st.fixed_dictionaries({"text": LOCALISED, "sources": SOURCES})


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    """The fields of a person, of any content."""
    statements = draw(st.lists(STATEMENT, max_size=3))
    for number, statement in enumerate(statements, 1):
        statement["id"] = f"s{number}"
    fields: dict[str, Any] = {
        "kind": "worker",
        "names": {"display": draw(TEXTS), "others": draw(st.lists(TEXTS, max_size=2))},
        "statements": statements,
        "summary": draw(LOCALISED),
    }
    if draw(st.booleans()):
        fields["names"] |= {"zh-Hans": draw(TEXTS), "pinyin": draw(TEXTS)}
    if statements and draw(st.booleans()):
        answers = draw(st.lists(ANSWER, min_size=2, max_size=3))
        fields["accounts"] = [{"id": "a1", "question": draw(LOCALISED), "statements": ["s1"], "answers": answers}]
    return fields


@settings(max_examples=25)
@given(fields=people())
def test_records_of_any_content_come_back_equal(fields: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "source").mkdir()
        (folder / "source/archive.toml").write_text(ARCHIVE, "utf-8")
        for record, given_fields in RECORDS.items():
            write_record(folder / "source", record, given_fields)
        write_record(folder / "source", "person/any-one", fields)
        source = read_source(folder / "source")
        for pack in ("pack", "one.jasicpack"):
            write_pack(source, folder / pack)
            assert verify(folder / pack).problems == ()
        with open_pack(folder / "one.jasicpack") as opened:
            assert tuple(opened.records()) == source.records
            write_store(opened, folder / "store")
        with Store.open(folder / "store") as store:
            assert sorted(store.many(store.ids), key=lambda record: record.id) == sorted(
                source.records, key=lambda record: record.id
            )
        person = next(record for record in source.records if record.id == "any-one")
        plain = fields["names"]["display"]
        assert person.title.en == one_line(plain)
        for statement, written in zip(person.statements, fields["statements"], strict=True):
            text = written["text"] if isinstance(written["text"], str) else written["text"].get("en")
            assert statement.text.en == (one_line(text) if text is not None else None)


@settings(max_examples=60)
@given(data=st.data())
def test_any_changed_byte_is_noticed(small_file: Path, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        copy = Path(shutil.copy(small_file, Path(name) / "x.jasicpack"))
        content = bytearray(copy.read_bytes())
        for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=3, unique=True)):
            content[place] ^= data.draw(st.integers(1, 255))
        copy.write_bytes(content)
        assert verify(copy).state == "damaged"


@settings(max_examples=60)
@given(st.binary(max_size=2000))
def test_any_bytes_as_a_record_file_are_refused_in_words(data: bytes) -> None:
    from jasic_desktop.packs.record_lines import LineRefused, read_records

    try:
        list(read_records(data))
    except LineRefused as refused:
        assert refused.code.value in ("P13", "P15", "P16")
    else:
        raise AssertionError("accepted")
