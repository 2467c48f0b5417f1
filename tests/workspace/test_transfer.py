"""A workspace taken out as JSON Lines or Web Annotations and taken in elsewhere is the same; bad files are told."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jasic_desktop.core.errors import DamagedFault
from jasic_desktop.workspace.annotations import from_annotations, to_annotations
from jasic_desktop.workspace.collections import Member
from jasic_desktop.workspace.items import Item, Note
from jasic_desktop.workspace.opening import Workspace
from jasic_desktop.workspace.transfer import Merged, lines, merge, read_lines
from tests.helpers.workspaces import ARCHIVE, RandomEdits, held, steady

HERE = "file.jsonl"


def filled(seed: int, edits: int = 40) -> Workspace:
    workspace, chance = steady(seed=seed), RandomEdits(seed)
    for _ in range(edits):
        chance.make(workspace)
    return workspace


def as_lines(items: list[Item]) -> list[Item]:
    return read_lines(b"".join(lines(items)), HERE)


def as_annotations(items: list[Item]) -> list[Item]:
    read, skipped = from_annotations(to_annotations(items), HERE)
    assert skipped == 0
    return read


def by_key(items: list[Item]) -> dict[tuple[object, ...], Item]:
    return {(item.table, *(getattr(item, name) for name in item.key)): item for item in items}


@settings(max_examples=25)
@given(seed=st.integers(0, 10**6), form=st.sampled_from([as_lines, as_annotations]))
def test_what_is_taken_out_and_taken_in_is_the_same(seed: int, form) -> None:
    source, target = filled(seed), steady(seed=seed + 1)
    items = held(source)
    done = merge(target.database, form(items), HERE)
    assert done == Merged(added=len(items))
    assert by_key(held(target)) == by_key(items)
    assert merge(target.database, form(items), HERE) == Merged(same=len(items))
    for collection in source.collections.list():
        assert target.collections.entries(collection.id) == source.collections.entries(collection.id)


def test_of_two_states_of_a_note_the_later_one_stays() -> None:
    here, there = steady(seed=1), steady(seed=2)
    note = here.notes.add(ARCHIVE, "a", "first")
    merge(there.database, held(here), HERE)
    before = held(here)
    here.notes.change(note, text="second")
    assert merge(there.database, held(here), HERE) == Merged(changed=1)
    assert merge(there.database, before, HERE) == Merged(same=1)
    assert there.notes.list()[0].text == "second"


def test_two_collections_of_one_name_are_told_apart_after_an_import() -> None:
    here, there = steady(seed=1), steady(seed=2)
    here.collections.create("Chapter 2", [Member(ARCHIVE, "a")])
    there.collections.create("chapter 2", [Member(ARCHIVE, "b")])
    merge(there.database, held(here), HERE)
    assert [one.name for one in there.collections.list()] == ["chapter 2", "Chapter 2 (2)"]


BAD = [
    b"no json\n",
    b'{"jasic-desktop":"workspace","format":99}\n',
    b'{"kind":"note","id":"x"}\n',
    b'{"kind":"nothing"}\n',
    b"[1,2]\n",
    b"\xff\xfe\n",
    b'{"kind":"visit","archive":"jasic","record":"a","seen":"2018-07-27T08:00:00Z","more":1}\n',
    b"[" * 5000,
    (
        b'{"kind":"entry","id":"00000000-0000-0000-0000-000000000000","collection":"11111111-1111-1111-1111-111111111111",'
        b'"archive":"jasic","record":"a","created":"2018-07-27T08:00:00Z","modified":"2018-07-27T08:00:00Z"}'
    ),
]


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_line_is_named_and_nothing_is_taken_in(bad: bytes) -> None:
    workspace = steady()
    good = filled(3)
    data = b"".join(lines(held(good))) + bad
    with pytest.raises(DamagedFault, match="nothing was taken in") as fault:
        merge(workspace.database, read_lines(data, HERE), HERE)
    assert f"line {data.count(bytes([10]), 0, len(data) - 1) + 1}," in str(fault.value)
    assert held(workspace) == []


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_bytes_are_taken_in_end_in_one_sentence(data: bytes) -> None:
    for read in (read_lines, from_annotations):
        try:
            read(data, HERE)
        except DamagedFault as fault:
            assert HERE in str(fault)


def test_annotations_say_what_the_standard_asks_for() -> None:
    workspace = filled(5, 80)
    page = json.loads(to_annotations(held(workspace)))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    ids = [one["id"] for one in page["items"]]
    assert len(set(ids)) == len(ids)
    seen = set()
    for one in page["items"]:
        assert one["type"] == "Annotation"
        assert one["target"]
        seen.add(one["motivation"])
        for body in one.get("body", []):
            assert body["type"] == "TextualBody" and isinstance(body["value"], str)
        if isinstance(one["target"], dict):
            quote, place = one["target"]["selector"]
            assert (quote["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
            assert quote["exact"] and place["end"] - place["start"] == len(quote["exact"])
    assert seen == {"bookmarking", "commenting", "highlighting"}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_annotations_are_linked_data_that_another_program_reads() -> None:
    rdflib = pytest.importorskip("rdflib")
    workspace = filled(5, 80)
    page = json.loads(to_annotations(held(workspace)))
    # The standard's context is an address; the terms used stand here, since nothing is fetched.
    oa = "http://www.w3.org/ns/oa#"
    terms = {
        "oa": oa,
        "id": "@id",
        "type": "@type",
        "Annotation": "oa:Annotation",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "exact": "oa:exact",
        "selector": {"@id": "oa:hasSelector"},
        "target": {"@id": "oa:hasTarget", "@type": "@id"},
        "items": {"@id": "https://www.w3.org/ns/activitystreams#items", "@container": "@list"},
    }
    page["@context"] = [terms, page["@context"][1]]
    graph = rdflib.Graph().parse(data=json.dumps(page), format="json-ld")
    notes = [note for note in held(workspace) if isinstance(note, Note)]
    quotes = sorted(note.anchor.exact for note in notes if note.anchor is not None)
    assert quotes and sorted(str(quote) for quote in graph.objects(None, rdflib.URIRef(oa + "exact"))) == quotes
    found = set(graph.subjects(rdflib.RDF.type, rdflib.URIRef(oa + "Annotation")))
    assert {rdflib.URIRef(f"urn:uuid:{note.id}") for note in notes} <= found


def test_an_annotation_of_another_program_is_taken_for_a_note() -> None:
    foreign = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "http://example.org/anno1",
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "What a day"},
        "target": {
            "source": "jasic:event/2018-07-27-mass-arrest@1.0#s1",
            "selector": {"type": "TextQuoteSelector", "exact": "thirty", "prefix": "about "},
        },
    }
    other = {"type": "Annotation", "target": "https://example.org/page1", "body": "elsewhere"}
    items, skipped = from_annotations(json.dumps([foreign, other]).encode(), HERE)
    assert skipped == 1
    (note,) = items
    assert isinstance(note, Note) and note.anchor is not None
    assert (note.record, note.version, note.text) == ("2018-07-27-mass-arrest", "1.0", "What a day")
    assert (note.anchor.field, note.anchor.exact, note.anchor.prefix) == ("s1", "thirty", "about ")
    assert from_annotations(json.dumps(foreign).encode(), HERE)[0] == items
    assert merge(steady().database, items, HERE) == Merged(added=1)


def test_the_lines_can_be_read_without_this_program() -> None:
    head, *rest = [json.loads(line) for line in b"".join(lines(held(filled(7)))).splitlines()]
    assert head == {"jasic-desktop": "workspace", "format": 1}
    assert {one["kind"] for one in rest} >= {"note", "collection", "entry"}
    assert msgspec.json.decode(json.dumps(rest[0]), type=Item)
