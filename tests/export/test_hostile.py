"""A record that attacks every format: nothing of it acts, and the data formats lose nothing."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import bibtexparser
import msgspec
import pytest
import rispy
from docx import Document
from lxml import etree
from pypdf import PdfReader
from rdflib import URIRef

from jasic_desktop.core import blocks as b
from jasic_desktop.core import records as r
from jasic_desktop.core.localised import Localised
from jasic_desktop.export import ead3
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.export.timeline_csv import timeline_csv
from jasic_desktop.export.timeline_svg import timeline_svg
from jasic_desktop.packs.store import Store
from tests.export.test_archival import authorities
from tests.export.test_docx import assert_sound, lines
from tests.export.test_formats import TEXTS, exported
from tests.export.test_html import assert_inert as assert_inert_html
from tests.export.test_jsonld import graph
from tests.export.test_markdown import assert_inert as assert_inert_markdown
from tests.export.test_timeline_svg import parsed
from tests.export.test_xlsx import sheets
from tests.helpers.press import pressed
from tests.helpers.sample import ARCHIVE, ARREST, LETTER, MI, RECORDS
from tests.helpers.stores import forged_store

ATTACKS = (
    '"><script>alert(1)</script><img src=x onerror=alert(1)>',
    "</style><link rel=stylesheet href=//192.0.2.1/x.css><style>@import 'file:///etc/passwd'",
    "<a href='javascript:alert(1)'>click</a> [click](javascript:alert(1)) ![x](//192.0.2.1/x.png)",
    "=cmd|' /C calc'!A0\n=1+1\r\n@SUM(1)",
    "]]> --> <!-- <?xml version='1.0'?> <!DOCTYPE x> &xxe; &#0;",
    "\u202egnp.exe\u2066\u200b\u00ad\ufeff\x00\x07\x1b[31m\x85\x9b\u2028",
    "\n\nER  - \nTY  - JOUR\nTI  - forged",
    "}, title = {forged}}\n@misc{forged, title={x}}\n% {",
    "---\ntitle: forged\n---\n# heading {#mi-jiuping}\n```\n| a | b |",
    "e" + "\u0301" * 1000 + "🙂𠮷" + "x" * 2000,
    "Verified by the archive ✓ {archive} {0} %s [bold]x[/bold]",
)


@pytest.fixture(scope="module", params=range(len(ATTACKS)))
def attack(request: pytest.FixtureRequest) -> str:
    return ATTACKS[request.param]


@pytest.fixture(scope="module")
def hostile(attack: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    text = Localised(en=attack, zh_hans=attack + "中")
    inlines = (b.Text(attack), b.Citation((b.CitedSource("letter", attack),)), b.Emphasis((b.Text(attack),)))
    link = b.RecordLink("mi-jiuping", (b.Text(attack),))
    nested: b.Block = b.Paragraph(inlines)
    for _ in range(4):
        nested = b.Quote((b.ListBlock(((nested,),)),))
    narrative = b.Narrative(en=(b.Heading(1, inlines, attack), b.Paragraph((link, *inlines)), nested))
    replace = msgspec.structs.replace
    statements = (r.Statement("s1", text, ("letter",), None, None, False, "born", text),)
    accounts = (r.Account("a1", text, (r.Answer(text, ("letter",)), r.Answer(text, ("wire",))), ("s1",)),)
    common = {"title": text, "short": text, "summary": text, "statements": statements, "accounts": accounts}
    person = replace(
        MI, **common, names=r.Names(attack, attack, attack, attack, (r.OtherName(attack, text),)), narrative=narrative
    )
    event = replace(ARREST, **common, narrative=narrative)
    document = replace(
        LETTER,
        **common,
        narrative=narrative,
        authors=(attack, attack),
        publisher=attack,
        url=attack,
        original_title=attack + "2",
        language=attack,
        abstract=text,
        note=text,
        seen=text,
    )
    archive = replace(ARCHIVE, title=text, rights_note=text, contact=text, editor=attack)
    changed = {record.id: record for record in (person, event, document)}
    records = [changed.get(record.id, record) for record in RECORDS]
    with forged_store(archive, records, tmp_path_factory.mktemp("hostile")) as store:
        yield store


def test_html_stays_inert(hostile: Store) -> None:
    for language in ("en", "zh-Hans"):
        html = exported(hostile, FORMATS["html"], language=language).decode()
        assert_inert_html(html)
        assert not set(html) & set("\u202e\u2066\u200b\x00\x1b\x85")


def test_markdown_stays_inert(hostile: Store) -> None:
    text = exported(hostile, FORMATS["markdown"]).decode()
    assert_inert_markdown(text)
    assert not set(text) & set("\u202e\u2066\u200b\x00\x1b\x85")
    assert [line for line in text.splitlines() if line == "---"] == ["---", "---"]


def test_what_the_archive_does_not_have_is_shown_by_its_id(tmp_path: Path) -> None:
    statement = r.Statement("s1", Localised(en="Said."), ("gone", "jasic"), None, "gone")
    event = msgspec.structs.replace(ARREST, statements=(statement,), places=("gone",), people=("gone",))
    records = [event if record.id == event.id else record for record in RECORDS if record.id != "mi-jiuping"]
    with forged_store(ARCHIVE, records, tmp_path) as store:
        for form in TEXTS.values():
            assert exported(store, form)
        found = json.loads(exported(store, FORMATS["json"], (event.id,)))["records"][0]
        assert [source["id"] for source in found["sources"]] == ["gone", "jasic"]
        text = exported(store, FORMATS["markdown"], (event.id,)).decode()
        assert "3. `@gone`: gone" in text
        assert "4. `@jasic`: Jasic Technology" in text


def test_office_documents_stay_inert(hostile: Store) -> None:
    for language in ("en", "zh-Hans"):
        data = exported(hostile, FORMATS["docx"], language=language)
        assert_sound(data)
        text = "\n".join(lines(Document(io.BytesIO(data))))
        assert not set(text) & set("\u202e\u2066\u200b\x00\x1b\x85")
    for rows in sheets(exported(hostile, FORMATS["xlsx"])).values():
        cells = [cell for row in rows for cell in row.values()]
        assert not any(line[:1] in ("=", "@", "+") for cell in cells for line in cell.splitlines())


def test_linked_data_holds_each_record_once(hostile: Store, attack: str) -> None:
    data = exported(hostile, FORMATS["jsonld"])
    assert attack in [str(name) for name in graph(data).objects(None, URIRef("https://schema.org/name"))]
    assert [node["@id"] for node in json.loads(data)["@graph"]][1:] == [
        f"sample:{hostile.type(i)}/{i}@1.2" for i in hostile.ids
    ]


@pytest.mark.parametrize("key", ["ead3", "dc", "graphml"])
def test_xml_holds_texts_and_no_element_of_theirs(hostile: Store, store: Store, key: str) -> None:
    """The hostile archive has no element and no attribute that a harmless one has not."""
    data = exported(hostile, FORMATS[key])
    root = etree.fromstring(data)
    assert b"<!DOCTYPE" not in data
    assert {element.tag for element in root.iter()} <= KNOWN[key] | {
        e.tag for e in etree.fromstring(exported(store, FORMATS[key])).iter()
    }
    assert not set("".join(root.itertext())) & set("\u202e\u2066\u200b\x00\x1b\x85")


KNOWN = {
    "ead3": {
        f"{{{ead3.NAMESPACE}}}{name}" for name in ("origination", "name", "didnote", "dao", "langmaterial", "language")
    },
    "dc": {f"{{http://purl.org/dc/elements/1.1/}}{name}" for name in ("creator", "publisher", "language", "format")},
    "graphml": set(),
}
"""Elements that only what the hostile archive fills in has."""


def test_authority_records_are_well_formed(hostile: Store) -> None:
    found = authorities(exported(hostile, FORMATS["eac-cpf"]))
    assert list(found) == ["person/mi-jiuping.xml", "organisation/jasic.xml"]
    for root in found.values():
        assert not set("".join(root.itertext())) & set("\u202e\u2066\u200b\x00\x1b\x85")


def test_lines_for_search_servers_stay_lines(hostile: Store, attack: str) -> None:
    for key, each in (("bulk", 2), ("bulk-solr", 1)):
        lines = [json.loads(line) for line in exported(hostile, FORMATS[key]).split(b"\n")[:-1]]
        assert [line["id"] for line in lines[each - 1 :: each]] == list(hostile.ids)
        (letter,) = [line for line in lines if line.get("id") == "letter"]
        assert attack in (letter.get("title_en"), letter.get("title_en_txt_en"))


def test_svg_stays_inert(hostile: Store) -> None:
    parsed(timeline_svg(hostile, hostile.events(), "en"))


def test_tables_stay_safe(hostile: Store, attack: str) -> None:
    tables = [exported(hostile, FORMATS[key]).decode() for key in ("csv", "csv-statements")]
    for text in (*tables, timeline_csv(hostile, hostile.events(), "en")):
        found = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
        assert len({len(row) for row in found}) == 1
        cells = [cell for row in found for cell in row]
        assert not any(line[:1] in ("=", "@", "+") for cell in cells for line in cell.splitlines())


def test_bibliographies_hold_no_forged_entry(hostile: Store) -> None:
    library = bibtexparser.parse_string(exported(hostile, FORMATS["bibtex"]).decode())
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == list(hostile.ids)
    found = rispy.loads(exported(hostile, FORMATS["ris"]).decode())
    assert [entry["id"] for entry in found] == list(hostile.ids)


def test_data_formats_lose_nothing(hostile: Store, attack: str) -> None:
    record = next(r for r in json.loads(exported(hostile, FORMATS["json"]))["records"] if r["id"] == "letter")
    assert (record["url"], record["title"]["en"]) == (attack, attack)
    lines = exported(hostile, FORMATS["jsonl"]).split(b"\n")[1:-1]
    assert [msgspec.json.decode(line, type=r.Record) for line in lines] == hostile.many(hostile.ids)
    item = next(i for i in json.loads(exported(hostile, FORMATS["csl-json"])) if i["id"] == "letter")
    assert item["author"] == [{"literal": attack}, {"literal": attack}]


@pytest.mark.no_cover
def test_nothing_of_it_acts_in_a_pdf(hostile: Store, attack: str) -> None:
    data = pressed(hostile, hostile.ids, language="zh-Hans")
    reader = PdfReader(io.BytesIO(data))
    for word in (b"/URI", b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/OpenAction"):
        assert word not in data
    leaves = [*reader.pages[:8], *reader.pages[-4:]]  # the longest attack makes 59 pages, and reading is slow
    words = "".join(leaf.extract_text() for leaf in leaves)
    assert not any(char in words for char in "\u202e\u2066\u200b")
    titles = [entry.title for entry in reader.outline]  # type: ignore[union-attr]
    assert len(titles) == hostile.count + 1
    assert not any(char in title for title in titles for char in "\u202e\u2066\u200b\x00\x07\x1b\n")
