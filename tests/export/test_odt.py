"""OpenDocument texts, read by odfdo and, where it is installed, by LibreOffice."""

import io
import re
import zipfile
from collections import Counter

import pytest
from lxml import etree
from odfdo import Document

from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from jasic_desktop.render.page import page
from tests.export.test_formats import exported
from tests.helpers.office import converted

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
HREF = "{http://www.w3.org/1999/xlink}href"


def content(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return etree.fromstring(file.read("content.xml"))


def lines(data: bytes) -> list[str]:
    """Every paragraph and heading, as text."""
    return ["".join(found.itertext()) for found in content(data).iter(f"{TEXT}p", f"{TEXT}h")]


def assert_sound(data: bytes) -> None:
    """Known by its beginning, every part listed and well formed, links lead to bookmarks that are there once."""
    assert data[30:38] + data[38:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = [name for name in file.namelist() if name != "mimetype"]
        roots = {name: etree.fromstring(file.read(name)) for name in names}
    listed = [entry.values()[0] for entry in roots["META-INF/manifest.xml"]]
    assert set(listed) == {"/", *names} - {"META-INF/manifest.xml"}
    bookmarks = Counter(mark.get(f"{TEXT}name") for mark in roots["content.xml"].iter(f"{TEXT}bookmark"))
    assert set(bookmarks.values()) <= {1}
    links = {link.get(HREF) for link in roots["content.xml"].iter(f"{TEXT}a")}
    assert links <= {f"#{name}" for name in bookmarks}


def test_odfdo_reads_headings_tables_and_properties(store: Store) -> None:
    document = Document(io.BytesIO(exported(store, FORMATS["odt"], ("2018-07-27-mass-arrest", "mi-jiuping"))))
    headings = [(int(header.level or 0), str(header).strip()) for header in document.body.get_headers()]
    assert [text for level, text in headings if level == 1] == [
        *("Mass arrest in Pingshan", "Mi Jiuping", "About this record"),
    ]
    assert (2, "Sources") in headings
    assert len(document.body.get_tables()) >= 3
    assert document.meta.title == "Sample Archive"
    assert document.meta.get_user_defined_metadata()["fingerprint"] == store.fingerprint


def test_citations_lead_to_the_sources_and_accounts_stand_in_a_table(store: Store) -> None:
    data = exported(store, FORMATS["odt"], ("mi-jiuping",))
    assert_sound(data)
    told = lines(data)
    assert "18 July 2018 He was dismissed.[2, 3] (disputed)" in told
    at = told.index("Accounts differ: When was he dismissed?")
    assert told[at + 1 : at + 3] == ["On 16 July.[3]", "On 18 July.[2]"]
    assert {"#r0n1", "#r0n2", "#r0n3"} <= {link.get(HREF) for link in content(data).iter(f"{TEXT}a")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_that_of_the_pages(bundled: Store, language: str) -> None:
    ids = bundled.ids[::29]
    data = exported(bundled, FORMATS["odt"], ids, language=language)
    assert_sound(data)
    shown = lines(data)
    for record_id in ids:
        assert page(bundled, record_id, language).title in shown
        for statement in bundled.get(record_id).statements:
            assert any(statement.text.show(language) in line for line in shown)


def test_libreoffice_shows_the_same_lines(store: Store, tmp_path) -> None:
    data = exported(store, FORMATS["odt"], language="zh-Hans")
    found = " ".join(converted(data, "odt", "txt:Text (encoded):UTF8", tmp_path).split())
    wanted = [" ".join(line.split()) for line in lines(data) if line.strip()]
    assert [line for line in wanted if line not in found and not re.match(r"[0-9]+\.", line)] == []
