"""The house style, word for word, and what every citation carries."""

import pytest

from jasic_desktop.core.errors import NotFoundFault
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite, cite_archive, identifier, short_fingerprint


@pytest.mark.parametrize(
    ("record_id", "language", "citation"),
    [
        ("mi-jiuping", "en", "Mi Jiuping (米久平). Person. {archive}. sample:person/mi-jiuping@1.2"),
        ("mi-jiuping", "zh-Hans", "米久平（Mi Jiuping）。人物。{archive}。sample:person/mi-jiuping@1.2"),
        (
            "2018-07-27-mass-arrest",
            "en",
            "“Mass arrest in Pingshan” (7·27大抓捕). Event, 27 July 2018. {archive}. {identifier}",
        ),
        (
            "2018-07-27-mass-arrest",
            "zh-Hans",
            "“7·27大抓捕”（Mass arrest in Pingshan）。事件，2018年7月27日。{archive}。{identifier}",
        ),
        (
            "profile",
            "en",
            (
                "余浚聪, Concern Group. “Profile of Mi” [米久平简介]. Concern Group, about July 2018. "
                "Described in {archive}. {identifier}"
            ),
        ),
        (
            "profile",
            "zh-Hans",
            "余浚聪、Concern Group：《米久平简介》，Concern Group，2018年7月前后。著录于{archive}。{identifier}",
        ),
        (
            "wire",
            "en",
            (
                "“Thirty held & “missing””. Radio One, 1 August 2018. https://example.org/a_b?c=1&d=2. "
                "Described in {archive}. {identifier}"
            ),
        ),
        ("letter", "en", "“A letter”. undated. Described in {archive}. sample:document/letter@1.2"),
    ],
)
def test_house_style(store: Store, record_id: str, language: str, citation: str) -> None:
    archive = cite_archive(store, language)
    assert cite(store, record_id, language=language) == citation.format(
        archive=archive, identifier=identifier(store, record_id)
    )


def test_the_archive_is_cited_with_version_and_fingerprint(store: Store) -> None:
    short = short_fingerprint(store.fingerprint)
    assert short.replace(" ", "") == store.fingerprint[:16]
    assert cite_archive(store) == f"Sample Archive, version 1.2, fingerprint {short}"
    assert cite_archive(store, "zh-Hant") == f"樣本檔案，1.2 版，指紋 {short}"


def test_a_statement_is_cited_with_its_own_identifier(store: Store) -> None:
    assert cite(store, "mi-jiuping", "s4") == (
        f"“He was detained.” Mi Jiuping (米久平), statement s4. {cite_archive(store)}. sample:person/mi-jiuping@1.2#s4"
    )
    assert store.resolve(identifier(store, "mi-jiuping", "s4")) == "mi-jiuping"


def test_a_statement_that_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundFault, match="s9"):
        cite(store, "mi-jiuping", "s9")


def test_every_citation_of_the_bundled_archive_leads_back_to_its_record(bundled: Store) -> None:
    for record_id in bundled.ids:
        for language in LANGUAGES:
            citation = cite(bundled, record_id, language=language)
            assert len(citation.splitlines()) == 1
            assert cite_archive(bundled, language) in citation
            assert bundled.resolve(identifier(bundled, record_id)) == record_id
            assert citation.endswith(identifier(bundled, record_id))
