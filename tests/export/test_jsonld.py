"""JSON-LD, read by rdflib into triples without a connection."""

import json
import socket
import warnings

import msgspec
import pytest
from rdflib import RDF, Graph, Literal, URIRef

from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from tests.export.test_formats import exported
from tests.helpers.sample import ARCHIVE, RECORDS
from tests.helpers.stores import forged_store

S = "https://schema.org/"
D = "http://purl.org/dc/terms/"
MI = URIRef("sample:person/mi-jiuping@1.2")
ARREST = URIRef("sample:event/2018-07-27-mass-arrest@1.2")


@pytest.fixture(autouse=True)
def _no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def graph(data: bytes) -> Graph:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of its own parts
        return Graph().parse(data=data, format="json-ld")


def values(found: Graph, subject: URIRef, predicate: str) -> set[object]:
    return set(found.objects(subject, URIRef(predicate)))


def test_the_expected_triples(store: Store) -> None:
    found = graph(exported(store, FORMATS["jsonld"]))
    assert values(found, MI, str(RDF.type)) == {URIRef(S + "Person")}
    assert values(found, MI, S + "name") == {
        *(Literal("Mi Jiuping", "en"), Literal("米久平", "zh-Hans"), Literal("米久平", "zh-Hant")),
    }
    assert Literal("Mǐ Jiǔpíng", "zh-Latn-pinyin") in values(found, MI, S + "alternateName")
    assert Literal("阿九") in values(found, MI, S + "alternateName")
    assert values(found, MI, D + "isPartOf") == {URIRef("sample:archive@1.2")}
    assert values(found, MI, D + "relation") == {URIRef("sample:organisation/jasic@1.2")}
    assert values(found, ARREST, S + "startDate") == {Literal("2018-07-27")}
    assert values(found, ARREST, S + "location") == {URIRef("sample:place/pingshan@1.2")}
    archive = URIRef("sample:archive@1.2")
    assert values(found, archive, "sample:vocabulary#fingerprint") == {Literal(store.fingerprint)}
    assert Literal("Our own text: CC BY 4.0.", "en") in values(found, archive, D + "rights")


def test_certainty_allegation_and_accounts_are_kept(store: Store) -> None:
    found = graph(exported(store, FORMATS["jsonld"], ("mi-jiuping",)))
    signs = {s.id: str(store.certainties("mi-jiuping")[s.id]) for s in store.get("mi-jiuping").statements}
    for number, sign in signs.items():
        claim = URIRef(f"{MI}#{number}")
        assert values(found, claim, str(RDF.type)) == {URIRef(S + "Claim")}
        assert values(found, claim, S + "about") == {MI}
        assert values(found, claim, "sample:vocabulary#certainty") == {Literal(sign)}
        alleged = values(found, claim, "sample:vocabulary#alleged")
        assert alleged == ({Literal(True)} if number == "s3" else set())
    question = URIRef(f"{MI}#a1")
    assert values(found, question, "sample:vocabulary#disputes") == {URIRef(f"{MI}#s1")}
    answers = values(found, question, S + "suggestedAnswer")
    told = {
        str(found.value(answer, URIRef(S + "text"))): found.value(answer, URIRef(S + "citation")) for answer in answers
    }
    assert told == {
        "On 16 July.": URIRef("sample:document/wire@1.2"),
        "On 18 July.": URIRef("sample:document/profile@1.2"),
    }


def test_an_uncertain_date_is_no_day(store: Store) -> None:
    found = graph(exported(store, FORMATS["jsonld"]))
    protest = URIRef("sample:event/2018-07-protest@1.2")
    assert values(found, protest, D + "temporal") == {Literal("2018-07~/2018-08-24")}
    assert values(found, protest, S + "startDate") == set()
    assert values(found, protest, S + "endDate") == {Literal("2018-08-24")}
    assert values(found, URIRef("sample:document/profile@1.2"), S + "datePublished") == set()


def test_every_record_and_statement_of_the_bundled_archive_is_there(bundled: Store) -> None:
    data = exported(bundled, FORMATS["jsonld"])
    found = graph(data)
    claims = set(found.subjects(RDF.type, URIRef(S + "Claim")))
    assert len(claims) == sum(len(record.statements) for record in bundled.many(bundled.ids))
    named = set(found.subjects(URIRef(D + "isPartOf"), None))
    assert len(named) == bundled.count
    assert {str(name).partition("@")[0].partition("/")[2] for name in named} == set(bundled.ids)
    # Every word of it is in the context: nothing is left out of the triples in silence.
    context = set(json.loads(data)["@context"])
    assert words(json.loads(data)["@graph"]) <= context | {"@id", "@type", "@value", "@language"}


def words(value: object) -> set[str]:
    """The keys of all nodes, language maps left out."""
    if isinstance(value, list):
        return set().union(*map(words, value))
    if not isinstance(value, dict) or value.keys() <= {"en", "zh-Hans", "zh-Hant"}:
        return set()
    return set(value).union(*map(words, value.values()))


@pytest.mark.parametrize("archive", ["schema", "name", "dcterms", "about", "version"])
def test_no_name_of_an_archive_is_taken_for_a_word(archive: str, tmp_path) -> None:
    with forged_store(msgspec.structs.replace(ARCHIVE, id=archive), RECORDS, tmp_path) as store:
        found = graph(exported(store, FORMATS["jsonld"]))
    assert (URIRef(f"{archive}:person/mi-jiuping@1.2"), RDF.type, URIRef(S + "Person")) in found
