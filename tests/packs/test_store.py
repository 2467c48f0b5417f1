"""The store: what went into the pack comes out of it, with everything that is asked of all records together."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.certainty import Certainty
from jasic_desktop.core.errors import Cancelled, DamagedFault, NotFoundFault, NotWrittenFault
from jasic_desktop.packs.bag import open_pack
from jasic_desktop.packs.refusals import DamagedPack
from jasic_desktop.packs.store import FACETS, GROUPS, Store, write_store
from tests.helpers.archives import make_pack, make_source, make_store, names


@pytest.fixture(scope="module")
def store(small_pack: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with make_store(tmp_path_factory.mktemp("store"), small_pack) as opened:
        yield opened


def test_it_holds_the_records_of_the_pack(store: Store, small_pack: Path) -> None:
    with open_pack(small_pack) as pack:
        records = {record.id: record for record in pack.records()}
        assert store.archive == pack.archive
        assert store.fingerprint == pack.fingerprint
    assert store.count == len(store.ids) == len(records)
    assert {record_id: store.get(record_id) for record_id in store.ids} == records
    assert store.many(["labour", "shan-xin"]) == [records["labour"], records["shan-xin"]]
    assert all(store.title(i) == records[i].title and store.type(i) == records[i].type for i in store.ids)


def test_records_stand_by_type_then_date_then_title(store: Store) -> None:
    assert store.ids == (
        *("shan-xin", "unnamed-clerk", "spinners-circle", "willow-mill"),
        *("2018-03-20-dismissal", "2018-04-protest", "river-province", "willow-town"),
        *("circle-letter", "gazette-report", "essay-mill", "labour", "right-to-organise"),
    )
    assert [store.ordinals[record_id] for record_id in store.ids] == list(range(store.count))


@pytest.mark.parametrize(
    "text",
    [
        "shan-xin",
        " shan-xin\n",
        "shan-xin-worker",
        "mill:person/shan-xin@1.0",
        "mill:person/shan-xin@0.9#s1",
        "person/shan-xin",
        "mill:shan-xin-worker",
        "shan-xin#s2",
    ],
)
def test_a_record_is_found_by_id_old_id_and_identifier(store: Store, text: str) -> None:
    assert store.resolve(text) == "shan-xin"


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("shan-xim", "shan-xin"),
        ("Shan Xin", "shan-xin"),
        ("dismissal", "2018-03-20-dismissal"),
        ("wilow-mill", "willow-mill"),
        ("spinners", "spinners-circle"),
    ],
)
def test_an_unknown_id_tells_what_is_near(store: Store, text: str, near: str) -> None:
    with pytest.raises(NotFoundFault) as caught:
        store.resolve(text)
    assert near in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "?", "\ud800", "x" * 100_000, "a b", "岳昕", "'; DROP TABLE record", "zzz", "#s1"]
)
def test_what_can_be_no_id_is_not_found(store: Store, text: str) -> None:
    with pytest.raises(NotFoundFault) as caught:
        store.resolve(text)
    assert len(str(caught.value).encode()) < 400


def test_an_identifier_of_another_archive_is_told(store: Store) -> None:
    with pytest.raises(NotFoundFault) as caught:
        store.resolve("jasic:person/shan-xin@1.0")
    assert caught.value.key == "packs.other_archive"


@pytest.mark.parametrize(
    "method", ["get", "title", "type", "voice", "certainties", "overall", "connections", "cited_by"]
)
def test_every_question_refuses_an_unknown_id(store: Store, method: str) -> None:
    with pytest.raises(NotFoundFault):
        getattr(store, method)("nobody")


def test_certainty_is_that_of_voices_and_accounts(store: Store) -> None:
    assert store.certainties("2018-03-20-dismissal") == {"s1": Certainty.DISPUTED, "s2": Certainty.CORROBORATED}
    assert store.certainties("shan-xin") == {"s1": Certainty.CORROBORATED, "s2": Certainty.ALLEGED}
    assert store.overall("2018-03-20-dismissal") is Certainty.DISPUTED
    assert store.overall("willow-mill") is Certainty.SINGLE_SOURCE
    assert store.overall("labour") is None
    assert store.voice("gazette-report") == "river-gazette"
    assert store.voice("essay-mill") is store.voice("shan-xin") is None


def connected(store: Store, record_id: str) -> set[tuple[str, str, str]]:
    return {(c.group, c.to, c.reason.show("en")) for c in store.connections(record_id)}


def test_connections_run_both_ways(store: Store) -> None:
    assert ("links", "2018-04-protest", "Followed by") in connected(store, "2018-03-20-dismissal")
    assert ("links", "2018-03-20-dismissal", "Preceded by") in connected(store, "2018-04-protest")
    assert ("organisations", "spinners-circle", "Belongs to") in connected(store, "shan-xin")
    assert ("members", "shan-xin", "Belongs to it") in connected(store, "spinners-circle")
    assert ("parts", "willow-mill", "Is part of") in connected(store, "spinners-circle")
    assert ("parts", "spinners-circle", "Has as a part") in connected(store, "willow-mill")
    assert ("parts", "labour", "Broader topic") in connected(store, "right-to-organise")
    assert ("places", "willow-town", "Where it happened") in connected(store, "2018-03-20-dismissal")
    assert ("events", "2018-03-20-dismissal", "Happened here") in connected(store, "willow-town")
    assert ("links", "shan-xin", "Is about") in connected(store, "circle-letter")
    assert ("documents", "circle-letter", "Document about it") in connected(store, "shan-xin")
    assert ("documents", "essay-mill", "Mentions it") in connected(store, "shan-xin")


def test_connections_carry_counts_and_sources(store: Store) -> None:
    link = store.connections("2018-03-20-dismissal")[0]
    assert (link.group, link.sources) == ("links", ("gazette-report",))
    shared = [c for c in store.connections("shan-xin") if c.group == "same-events"]
    assert {c.to: c.count for c in shared} == {"unnamed-clerk": 1, "spinners-circle": 1, "willow-mill": 1}
    assert {c.to: c.count for c in store.connections("circle-letter") if c.group == "cited-by"} == {
        "2018-03-20-dismissal": 3,
        "shan-xin": 2,
    }
    assert store.cited_by("circle-letter") == ("shan-xin", "2018-03-20-dismissal")
    assert store.cited_by("essay-mill") == ()


def test_connections_stand_in_groups_and_lead_to_records(store: Store) -> None:
    for record_id in store.ids:
        connections = store.connections(record_id)
        places = [GROUPS.index(connection.group) for connection in connections]
        assert places == sorted(places)
        assert all(connection.to in store.ids and connection.to != record_id for connection in connections)


def having(store: Store, facet: str, value: str) -> set[str]:
    column = store.facet(facet)
    number = column.values.index(value)
    return {store.ids[ordinal] for ordinal, row in enumerate(column.rows) if number in row}


@pytest.mark.parametrize(
    ("facet", "value", "ids"),
    [
        ("type", "topic", {"labour", "right-to-organise"}),
        ("kind", "protest", {"2018-04-protest"}),
        ("year", "2015", {"shan-xin"}),
        ("year", "2020", {"essay-mill"}),
        ("place", "willow-town", {"willow-town", "2018-03-20-dismissal", "2018-04-protest"}),
        ("place", "river-province", {"river-province", "willow-town", "2018-03-20-dismissal", "2018-04-protest"}),
        ("person", "unnamed-clerk", {"unnamed-clerk", "2018-04-protest"}),
        ("organisation", "spinners-circle", {"spinners-circle", "shan-xin", "2018-04-protest"}),
        (
            "topic",
            "labour",
            {
                *("labour", "right-to-organise", "2018-03-20-dismissal", "2018-04-protest"),
                *("circle-letter", "gazette-report", "essay-mill"),
            },
        ),
        ("source", "circle-letter", {"shan-xin", "2018-03-20-dismissal", "essay-mill"}),
        ("language", "zh-Hans", {"gazette-report"}),
        ("certainty", "disputed", {"2018-03-20-dismissal"}),
        ("certainty", "alleged", {"shan-xin"}),
        ("accounts", "yes", {"2018-03-20-dismissal"}),
        ("voice", "spinners-circle", {"circle-letter", "shan-xin", "2018-03-20-dismissal"}),
    ],
)
def test_facets(store: Store, facet: str, value: str, ids: set[str]) -> None:
    assert having(store, facet, value) == ids


def test_every_facet_covers_every_record(store: Store) -> None:
    for name in FACETS:
        column = store.facet(name)
        assert len(column.rows) == store.count
        assert list(column.values) == sorted(set(column.values))
    with pytest.raises(KeyError):
        store.facet("colour")


def test_dates_are_the_records_own_else_those_of_its_statements(store: Store) -> None:
    assert store.dates(store.ordinals["2018-03-20-dismissal"]) == (("2018-03-20", "2018-03-20"),)
    assert store.dates(store.ordinals["willow-mill"]) == (("2001-01-01", "2001-12-31"),)
    assert store.dates(store.ordinals["labour"]) == ()


def test_events_come_in_order(store: Store) -> None:
    first, second = store.events()
    assert (first.id, first.kind, first.lane, first.certainty) == (
        "2018-03-20-dismissal",
        "dismissal",
        "work",
        Certainty.DISPUTED,
    )
    assert first.short is not None
    assert (second.id, second.lane, second.date.edtf) == ("2018-04-protest", "street", "2018-04~")
    assert (second.places, second.people) == (("willow-town",), ("shan-xin", "unnamed-clerk"))


def test_years_are_capped(tmp_path: Path) -> None:
    statement = {"id": "s1", "text": "It stood.", "date": "1900/2020", "sources": ["gazette-report"]}
    source = make_source(tmp_path / "source", {"organisation/willow-mill": {"statements": [statement]}})
    with make_store(tmp_path, make_pack(tmp_path, source)) as store:
        assert len(store.facet("year").rows[store.ordinals["willow-mill"]]) == 30


def test_the_store_is_read_where_nothing_may_be_written(small_pack: Path, tmp_path: Path) -> None:
    make_store(tmp_path, small_pack).close()
    path = tmp_path / "store.sqlite"
    path.chmod(0o400)
    tmp_path.chmod(0o500)
    try:
        with Store.open(path) as store:
            assert store.get("shan-xin").id == "shan-xin"
            with pytest.raises(Exception, match="readonly"):
                store._database.execute("DELETE FROM record")
        assert names(tmp_path) == ["store.sqlite"]
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.parametrize("data", [None, b"", b"x" * 5000, b"SQLite format 3\x00" + bytes(5000)])
def test_what_is_no_store_is_refused(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "sto?re#1.sqlite"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(DamagedFault):
        Store.open(path)


def test_a_store_that_is_damaged_while_it_is_open_says_so(small_pack: Path, tmp_path: Path) -> None:
    with make_store(tmp_path, small_pack) as store:
        os.truncate(tmp_path / "store.sqlite", 16384)
        for read in (store.get, store.title, store.certainties, store.cited_by, store.facet):
            with pytest.raises(DamagedFault, match="rebuild"):
                read("shan-xin")


def test_a_store_of_another_format_is_refused(
    small_pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_store(tmp_path, small_pack).close()
    monkeypatch.setattr("jasic_desktop.packs.store.FORMAT", "999")
    with pytest.raises(DamagedFault):
        Store.open(tmp_path / "store.sqlite")


def test_a_damaged_pack_makes_no_store(pack: Path, tmp_path: Path) -> None:
    with open_pack(pack) as opened:
        (pack / "data/records/0001.jsonl").write_bytes(b"x\n")
        with pytest.raises(DamagedPack):
            write_store(opened, tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_writing_can_be_cancelled(small_pack: Path, tmp_path: Path) -> None:
    for last in (1, 2):
        steps: list[str] = []
        progress = Progress(
            lambda now, done, total, steps=steps: steps.append(now), lambda n=last, s=steps: len(s) >= n
        )
        with open_pack(small_pack) as opened, pytest.raises(Cancelled):
            write_store(opened, tmp_path / "store", progress)
        assert len(steps) == last
        assert names(tmp_path) == []


def test_a_full_disk_leaves_nothing(small_pack: Path, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16384, before[1]))
    try:
        with open_pack(small_pack) as opened, pytest.raises(NotWrittenFault):
            write_store(opened, tmp_path / "store")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("mill:person/gone@0.9", "packs.gone"),
        ("mill:person/gone@1.1", "packs.came_later"),
        ("mill:person/gone@1.0", "packs.no_record"),
        ("mill@1.0", "packs.whole_archive"),
        ("other:person/shan-xin@1.0", "packs.other_archive"),
        ("shan-xin,gone", "packs.no_record_commas"),
        ("gone, shan-xin", "packs.no_record_commas"),
        ("nobody,none", "packs.no_record"),
    ],
)
def test_an_identifier_that_opens_nothing_says_why(store: Store, text: str, key: str) -> None:
    with pytest.raises(NotFoundFault) as caught:
        store.resolve(text)
    assert caught.value.key == key
