"""EAD3, EAC-CPF and Dublin Core: valid by the official schemas where they are, and whole by our own reading always."""

import io
import zipfile

import pytest
from lxml import etree

from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.export import eac_cpf, ead3
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from tests.export.test_formats import exported
from tests.helpers.schemas import assert_valid

EAD = f"{{{ead3.NAMESPACE}}}"
EAC = f"{{{eac_cpf.NAMESPACE}}}"
DC = "{http://purl.org/dc/elements/1.1/}"
OAI = "{http://www.openarchives.org/OAI/2.0/oai_dc/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def authorities(data: bytes) -> dict[str, etree._Element]:
    """The files of an EAC-CPF export that are authority records, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: etree.fromstring(file.read(name)) for name in file.namelist() if name.endswith(".xml")}


def texts(root: etree._Element, name: str) -> list[str]:
    return ["".join(found.itertext()) for found in root.iter(name)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ead3_has_a_component_for_each_record(bundled: Store, language: str) -> None:
    root = etree.fromstring(exported(bundled, FORMATS["ead3"], language=language))
    components = root.findall(f".//{EAD}c")
    assert [c.findtext(f"{EAD}did/{EAD}unitid") for c in components] == [
        f"jasic:{bundled.type(i)}/{i}@{bundled.archive.version}" for i in bundled.ids
    ]
    ids = [element.get("id") for element in root.iter() if isinstance(element.tag, str) and element.get("id")]
    assert len(ids) == len(set(ids))
    assert root.findtext(f".//{EAD}otherrecordid") == bundled.fingerprint


@pytest.mark.parametrize("language", LANGUAGES)
def test_ead3_is_valid(bundled: Store, store: Store, language: str) -> None:
    for opened, ids in ((bundled, bundled.ids), (store, store.ids), (store, ())):
        assert_valid(etree.fromstring(exported(opened, FORMATS["ead3"], ids, language=language)), "ead3.xsd")


def test_ead3_keeps_certainty_accounts_and_both_scripts(store: Store) -> None:
    root = etree.fromstring(exported(store, FORMATS["ead3"], ("mi-jiuping", "profile")))
    person, document = root.findall(f".//{EAD}c")
    assert (person.get("level"), person.get("otherlevel"), document.get("level")) == ("otherlevel", "person", "item")
    titles = [(t.get("script"), t.text) for t in person.find(f"{EAD}did").iter(f"{EAD}unittitle")]
    assert titles[:3] == [("Latn", "Mi Jiuping"), ("Hans", "米久平"), ("Hant", "米久平")]
    told = texts(person, f"{EAD}item")
    assert "18 July 2018: He was dismissed. [disputed; profile, wire]" in told
    assert "He wrote verse. [alleged; letter]" in told
    assert "Accounts differ: When was he dismissed? On 16 July. [wire] / On 18 July. [profile]" in told
    date = document.find(f"{EAD}did/{EAD}unitdate")
    assert (date.get("altrender"), date.get("certainty")) == ("2018-07~", "approximate")


@pytest.mark.parametrize("language", LANGUAGES)
def test_eac_cpf_has_a_file_for_each_person_and_organisation(bundled: Store, language: str) -> None:
    data = exported(bundled, FORMATS["eac-cpf"], language=language)
    found = authorities(data)
    wanted = [f"{bundled.type(i)}/{i}.xml" for i in bundled.ids if bundled.type(i) in ("person", "organisation")]
    assert list(found) == wanted
    for root in found.values():
        ids = {element.get("id") for element in root.iter(f"{EAC}source")}
        named = [e.get("sourceReference", "").split() for e in root.iter() if isinstance(e.tag, str)]
        assert {source for sources in named for source in sources} <= ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_eac_cpf_is_valid(bundled: Store, store: Store, language: str) -> None:
    for opened in (bundled, store):
        for root in authorities(exported(opened, FORMATS["eac-cpf"], language=language)).values():
            assert_valid(root, "eac.xsd")


def test_eac_cpf_keeps_names_roles_statements_and_relations(store: Store) -> None:
    root = authorities(exported(store, FORMATS["eac-cpf"], ("mi-jiuping",)))["person/mi-jiuping.xml"]
    names = [
        (e.get("status"), e.get("languageOfElement"), "".join(e.itertext()).strip())
        for e in root.iter(f"{EAC}nameEntry")
    ]
    assert ("authorized", "zh-Hans", "米久平") in names
    assert ("alternative", "zh-Latn-pinyin", "Mǐ Jiǔpíng") in names
    assert ("alternative", None, "阿九") in names
    assert texts(root, f"{EAC}term") == ["Worker", "工人", "工人", "Organiser", "组织者", "组织者"]
    items = {item.get("id"): (item.text, item.get("sourceReference")) for item in root.iter(f"{EAC}item")}
    assert items["s3"] == ("He wrote verse. [alleged; letter]", "source-letter")
    assert items["a1"][1] == "source-wire source-profile"
    relations = [
        (r.find(f"{EAC}targetEntity").get("valueURI"), r.findtext(f"{EAC}relationType"))
        for r in root.iter(f"{EAC}relation")
    ]
    assert relations == [
        ("sample:organisation/jasic@1.2", "affiliated with"),
        ("sample:organisation/jasic@1.2", "member of"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_dublin_core_has_a_record_for_the_archive_and_for_each_record(bundled: Store, language: str) -> None:
    root = etree.fromstring(exported(bundled, FORMATS["dc"], language=language))
    first, *rest = root
    assert {element.tag for element in root} == {f"{OAI}dc"}
    assert f"sha512:{bundled.fingerprint}" in texts(first, f"{DC}identifier")
    assert [element.findtext(f"{DC}identifier").partition("@")[0].partition("/")[2] for element in rest] == list(
        bundled.ids
    )


def test_dublin_core_is_valid(bundled: Store, store: Store) -> None:
    for opened in (bundled, store):
        for element in etree.fromstring(exported(opened, FORMATS["dc"])):
            assert_valid(etree.fromstring(etree.tostring(element)), "oai_dc.xsd")


def test_dublin_core_keeps_certainty_dates_rights_and_both_scripts(store: Store) -> None:
    root = etree.fromstring(exported(store, FORMATS["dc"], ("mi-jiuping", "profile", "2018-07-27-mass-arrest")))
    _, person, document, event = root
    titles = [(t.get(LANG), t.text) for t in person.iter(f"{DC}title")]
    assert titles[:4] == [
        *(("en", "Mi Jiuping"), ("zh-Hans", "米久平"), ("zh-Hant", "米久平"), ("zh-Latn-pinyin", "Mǐ Jiǔpíng")),
    ]
    assert "He wrote verse. [alleged; letter]" in texts(person, f"{DC}description")
    assert texts(document, f"{DC}date") == ["2018-07~"]
    assert texts(document, f"{DC}creator") == ["余浚聪", "Concern Group"]
    assert "Described only; rights with the publisher." in texts(document, f"{DC}rights")
    assert texts(event, f"{DC}coverage") == ["Pingshan District", "坪山区", "坪山區"]
    assert "Mi Jiuping" in texts(event, f"{DC}contributor")
