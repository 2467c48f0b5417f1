"""GraphML, read by networkx."""

import io
from collections import Counter

import networkx as nx
import pytest

from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from tests.export.test_formats import exported


def graph(store: Store, ids: tuple[str, ...] | None = None, language: str = "en") -> nx.DiGraph:
    return nx.read_graphml(
        io.BytesIO(exported(store, FORMATS["graphml"], ids, language=language)), force_multigraph=True
    )


def test_every_record_is_a_node_and_every_reason_an_edge(store: Store) -> None:
    found = graph(store)
    assert set(found) == set(store.ids)
    mi = found.nodes["mi-jiuping"]
    assert (mi["label"], mi["title_zh_hans"], mi["pinyin"]) == ("Mi Jiuping", "米久平", "Mǐ Jiǔpíng")
    assert (mi["type"], mi["certainty"], mi["alleged"]) == ("person", "disputed", 1)
    assert (found.nodes["pingshan"]["lat"], found.nodes["pingshan"]["lon"]) == (22.69, -114.35)
    edges = {(a, b, e["relation"], e["label"]) for a, b, e in found.edges(data=True)}
    event = "2018-07-27-mass-arrest"
    assert {
        ("mi-jiuping", "jasic", "member-of", "member of"),
        ("mi-jiuping", "jasic", "affiliation", "affiliated with"),
        (event, "mi-jiuping", "took-part", "had as participant"),
        (event, "pingshan", "place", "took place in"),
        (event, "quarrels", "topic", "was about"),
        ("wire", event, "about", "is about"),
        ("quarrels", "charges", "broader", "narrower than"),
        ("mi-jiuping", "letter", "cites", "cites"),
    } <= edges
    assert found.graph["fingerprint"] == store.fingerprint
    (member,) = [e for _, _, e in found.edges(data=True) if e["relation"] == "member-of"]
    assert member["sources"] == "profile"


def test_shared_events_are_one_edge_with_their_number(store: Store) -> None:
    shared = [(a, b, e["weight"]) for a, b, e in graph(store).edges(data=True) if e["relation"] == "same-events"]
    assert shared == [("mi-jiuping", "jasic", 1)]


def test_edges_lead_only_to_records_that_leave_too(store: Store) -> None:
    found = graph(store, ("mi-jiuping", "2018-07-27-mass-arrest"))
    assert set(found) == {"mi-jiuping", "2018-07-27-mass-arrest"}
    assert [(a, b) for a, b in found.edges()] == [("2018-07-27-mass-arrest", "mi-jiuping")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bundled_archive_is_one_graph(bundled: Store, language: str) -> None:
    found = graph(bundled, language=language)
    assert set(found) == set(bundled.ids)
    records = bundled.many(bundled.ids)
    assert Counter(e["relation"] for _, _, e in found.edges(data=True))["took-part"] == sum(
        len({*record.people, *record.organisations}) for record in records if record.type == "event"
    )
    assert found.nodes["mi-jiuping"]["label"] == bundled.title("mi-jiuping").show(language)
