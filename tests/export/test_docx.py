"""Word documents, read by python-docx and, where it is installed, by LibreOffice."""

import io
import re
import zipfile
from collections import Counter

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from jasic_desktop.render.page import page
from tests.export.test_formats import exported
from tests.helpers.office import converted


def opened(store: Store, ids: tuple[str, ...] | None = None, language: str = "en"):
    return Document(io.BytesIO(exported(store, FORMATS["docx"], ids, language=language)))


def lines(document) -> list[str]:
    """Every line of text, in order, tables included."""
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p"))]


def assert_sound(data: bytes) -> None:
    """Links lead to bookmarks that are there once, nothing is linked from outside, no picture or macro is in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert not [name for name in file.namelist() if not name.endswith((".xml", ".rels"))]
        for name in file.namelist():
            assert b'TargetMode="External"' not in file.read(name)
            etree.fromstring(file.read(name))
        body = etree.fromstring(file.read("word/document.xml"))
    bookmarks = Counter(mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart")))
    numbers = Counter(mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart")))
    assert set(bookmarks.values()) | set(numbers.values()) <= {1}
    assert all(re.fullmatch(r"r[0-9]+(n[0-9]+)?", name) for name in bookmarks)
    assert {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} <= set(bookmarks)
    assert not list(body.iter(qn("w:instrText")))


def test_headings_are_headings(store: Store) -> None:
    document = opened(store, ("2018-07-27-mass-arrest", "mi-jiuping"))
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert [text for name, text in headings if name == "Heading 1"] == [
        "Mass arrest in Pingshan",
        "Mi Jiuping",
        "About this record",
    ]
    assert ("Heading 3", "The day") in headings
    assert ("Heading 2", "Sources") in headings
    styles = {p.style.name for p in document.paragraphs}
    assert {"Title", "Statement", "Source", "List Bullet", "List Number", "Quote"} <= styles


def test_accounts_are_a_table_and_citations_lead_to_the_sources(store: Store) -> None:
    document = opened(store, ("mi-jiuping",))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert tables[1] == [
        ["Accounts differ: When was he dismissed?"] * 2,
        ["On 16 July.[3]", "On 18 July.[2]"],
    ]
    (first,) = [p for p in document.paragraphs if "dismissed" in p.text]
    assert first.text == "18 July 2018 He was dismissed.[2, 3] (disputed)"
    assert [h.fragment for h in first.hyperlinks] == ["r0n2", "r0n3"]
    sources = [p.text for p in document.paragraphs if p.style.name == "Source"]
    assert [text[:6] for text in sources] == ["1.\t“A ", "2.\t余浚聪", "3.\t“Th"]


def test_each_ordered_list_begins_with_one(store: Store) -> None:
    document = opened(store, ("2018-07-27-mass-arrest",))
    used = {n.get(qn("w:val")) for n in document.element.body.iter(qn("w:numId"))}
    numbering = document.part.numbering_part.element
    assert len(used) == 1
    assert all(numbering.num_having_numId(int(n)).lvlOverride_lst[0].startOverride.val == 1 for n in used)


@pytest.mark.parametrize(("language", "tag"), [("en", "en-GB"), ("zh-Hans", "zh-CN"), ("zh-Hant", "zh-TW")])
def test_language_and_properties_are_told(store: Store, language: str, tag: str) -> None:
    document = opened(store, language=language)
    told = document.core_properties
    assert (told.language, told.author, told.version, told.identifier) == (tag, "The editors", "1.2", store.fingerprint)
    assert str(told.created) == str(told.modified) == "2026-11-23 00:00:00+00:00"
    default = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == tag
    runs = {run.get(qn("w:val")) for run in document.element.body.iter(qn("w:lang"))}
    assert runs >= {"en": {"zh-CN", "zh-TW"}, "zh-Hans": {"en-GB"}, "zh-Hant": {"en-GB"}}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_that_of_the_pages(bundled: Store, language: str) -> None:
    ids = bundled.ids[::29]
    data = exported(bundled, FORMATS["docx"], ids, language=language)
    assert_sound(data)
    shown = lines(Document(io.BytesIO(data)))
    for record_id in ids:
        drawn = page(bundled, record_id, language)
        assert drawn.title in shown
        for statement in bundled.get(record_id).statements:
            assert any(statement.text.show(language) in line for line in shown)


@pytest.mark.parametrize("language", ["zh-Hant"])
def test_libreoffice_shows_the_same_lines(store: Store, language: str, tmp_path) -> None:
    data = exported(store, FORMATS["docx"], language=language)
    shown = converted(data, "docx", "txt:Text (encoded):UTF8", tmp_path)
    wanted = [" ".join(line.split()) for line in lines(Document(io.BytesIO(data))) if line.strip()]
    found = " ".join(shown.split())
    assert [line for line in wanted if line not in found and not re.match(r"[0-9]+\.", line)] == []
