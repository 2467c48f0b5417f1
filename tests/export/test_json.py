"""JSON and JSON Lines: lossless, canonical, with sources resolved."""

import json

import msgspec

from jasic_desktop.core.records import Record
from jasic_desktop.export.json import encode, record_json
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from tests.export.test_formats import exported


def test_json_lines_come_back_as_the_records_they_were(bundled: Store) -> None:
    first, *lines = exported(bundled, FORMATS["jsonl"]).splitlines()
    header = json.loads(first)
    assert (header["type"], header["version"], header["fingerprint"]) == ("archive", "1.0", bundled.fingerprint)
    back = [msgspec.json.decode(line, type=Record) for line in lines]
    assert back == bundled.many(bundled.ids)
    assert [encode(record) for record in back] == lines


def test_one_document_holds_the_archive_and_its_records(bundled: Store) -> None:
    found = json.loads(exported(bundled, FORMATS["json"]))
    assert list(found) == ["archive", "records"]
    assert found["archive"]["fingerprint"] == bundled.fingerprint
    assert [record["id"] for record in found["records"]] == list(bundled.ids)


def test_the_shape_of_show(store: Store) -> None:
    found = record_json(store, "mi-jiuping")
    json.loads(msgspec.json.encode(found))
    assert found["fingerprint"] == store.fingerprint
    assert found["identifier"] == "sample:person/mi-jiuping@1.2"
    assert found["certainty"] == "disputed"
    assert found["names"]["pinyin"] == "Mǐ Jiǔpíng"
    assert [(s["id"], s["certainty"], s["identifier"]) for s in found["statements"]][:2] == [
        ("s1", "disputed", "sample:person/mi-jiuping@1.2#s1"),
        ("s2", "single-source", "sample:person/mi-jiuping@1.2#s2"),
    ]
    assert [account["id"] for account in found["accounts"]] == ["a1", "a2"]
    assert found["sources"][1] == {
        "id": "wire",
        "identifier": "sample:document/wire@1.2",
        "title": {"en": "Thirty held & “missing”"},
        "publisher": "Radio One",
        "voice": "radio-one",
        "date": "2018-08-01",
        "language": "en",
        "url": "https://example.org/a_b?c=1&d=2",
    }
    linked = next(c for c in found["connections"] if c["to"] == "jasic" and c["group"] == "links")
    assert (linked["type"], linked["title"]["en"], linked["sources"]) == (
        "organisation",
        "Jasic Technology",
        ["profile"],
    )
    assert linked["reason"]["en"] == "member of"


def test_a_record_without_statements_has_empty_lists(store: Store) -> None:
    found = record_json(store, "charges")
    assert (found["statements"], found["accounts"], found["sources"], found["certainty"]) == ([], [], [], None)


def test_every_source_of_the_bundled_archive_is_resolved(bundled: Store) -> None:
    for record_id in bundled.ids[::7]:
        found = record_json(bundled, record_id)
        resolved = {source["id"] for source in found["sources"]}
        assert {source for statement in found["statements"] for source in statement["sources"]} <= resolved
