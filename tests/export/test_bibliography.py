"""BibTeX, RIS and CSL-JSON, read by other people's programs."""

import json
import warnings

import bibtexparser
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.export.bibtex import escape
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from tests.export.test_formats import exported

CSL_TYPES = {
    *("article-journal", "article-newspaper", "document", "entry", "entry-encyclopedia", "motion_picture"),
    *("post-weblog", "report", "webpage"),
}


def read_bibtex(data: bytes) -> dict[str, dict[str, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        library = bibtexparser.parse_string(data.decode())
    assert library.failed_blocks == []
    return {entry.key: {"": entry.entry_type, **{f.key: f.value for f in entry.fields}} for entry in library.entries}


@pytest.mark.parametrize("language", LANGUAGES)
def test_bibtexparser_reads_every_record(bundled: Store, language: str) -> None:
    found = read_bibtex(exported(bundled, FORMATS["bibtex"], language=language))
    assert list(found) == list(bundled.ids)
    for key, entry in found.items():
        assert entry["title"].startswith("{")
        assert f":{bundled.type(key)}/{key.replace('_', '')}@".replace("@", "{@}") in entry["note"].replace("\\_", "_")


def test_bibtex_fields(store: Store) -> None:
    found = read_bibtex(exported(store, FORMATS["bibtex"]))
    assert found["wire"][""] == "article"
    assert found["wire"]["journal"] == "Radio One"
    assert (found["wire"]["year"], found["wire"]["month"], found["wire"]["date"]) == ("2018", "aug", "2018-08-01")
    assert found["wire"]["url"] == "https://example.org/a_b?c=1&d=2"
    assert found["wire"]["title"] == r"{Thirty held \& “missing”}"
    assert found["profile"]["author"] == "{余浚聪} and {Concern Group}"
    assert found["profile"]["title"] == "{米久平简介}"
    assert found["profile"]["titleaddon"] == "Profile of Mi"
    assert found["profile"]["institution"] == "Concern Group"
    assert found["profile"]["date"] == r"2018-07~"
    assert found["mi-jiuping"][""] == "misc"
    assert found["mi-jiuping"]["publisher"] == "Sample Archive"
    assert "author" not in found["letter"]
    assert "year" not in found["letter"]


@given(st.text(st.sampled_from("\\{}#$%&_~^@\"',=a米\n\t \x00\u202e") | st.characters()))
def test_escaped_text_leaves_braces_in_balance(text: str) -> None:
    shown = escape(text)
    depth = 0
    for char in shown:
        depth += {"{": 1, "}": -1}.get(char, 0)
        assert depth >= 0
        assert char != "@" or depth > 0
    assert depth == 0
    assert len(shown.splitlines()) <= 1
    library = bibtexparser.parse_string(f"@misc{{key,\n  title = {{{shown}}},\n  note = {{after}},\n}}\n")
    assert library.failed_blocks == []
    assert [field.key for field in library.entries[0].fields] == ["title", "note"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_rispy_reads_every_record(bundled: Store, language: str) -> None:
    found = rispy.loads(exported(bundled, FORMATS["ris"], language=language).decode())
    assert [entry["id"] for entry in found] == list(bundled.ids)
    for entry in found:
        assert entry["title"]
        assert bundled.resolve(entry["accession_number"]) == entry["id"]
        assert not entry.get("unknown_tag")


def test_ris_lines_end_as_its_readers_expect(store: Store) -> None:
    data = exported(store, FORMATS["ris"])
    assert data.count(b"\r\n") == data.count(b"\n")
    assert data.count(b"\r\nER  - \r\n\r\n") == store.count


def test_ris_fields(store: Store) -> None:
    found = {entry["id"]: entry for entry in rispy.loads(exported(store, FORMATS["ris"]).decode())}
    wire = found["wire"]
    assert (wire["type_of_reference"], wire["secondary_title"], wire["year"]) == ("NEWS", "Radio One", "2018")
    assert wire["date"] == "2018/08/01/"
    assert wire["urls"] == ["https://example.org/a_b?c=1&d=2"]
    assert wire["abstract"] == "A report on the arrests."
    assert found["profile"]["authors"] == ["余浚聪", "Concern Group"]
    assert found["profile"]["date"] == "2018/07//2018-07~"
    assert found["profile"]["publisher"] == "Concern Group"
    assert found["profile"]["translated_title"] == "Profile of Mi"
    assert "date" not in found["letter"]
    assert found["wire"]["custom1"] == "Described only; rights with the publisher."
    assert any("Sample Archive, version 1.2" in note for note in wire["notes"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_csl_json_has_the_shape_of_the_standard(bundled: Store, language: str) -> None:
    found = json.loads(exported(bundled, FORMATS["csl-json"], language=language))
    assert [item["id"] for item in found] == list(bundled.ids)
    for item in found:
        assert item["type"] in CSL_TYPES
        assert item["title"]
        assert all(set(name) == {"literal"} for name in item.get("author", ()))
        for parts in item.get("issued", {}).get("date-parts", ()):
            assert 1 <= len(parts) <= 3
            assert all(isinstance(part, int) for part in parts)
        assert len(item.get("issued", {}).get("date-parts", (1,))) in (1, 2)


def test_csl_fields(store: Store) -> None:
    found = {item["id"]: item for item in json.loads(exported(store, FORMATS["csl-json"]))}
    assert found["wire"]["issued"] == {"date-parts": [[2018, 8, 1]]}
    assert found["wire"]["container-title"] == "Radio One"
    assert found["profile"]["issued"] == {"date-parts": [[2018, 7]], "circa": True}
    assert found["profile"]["author"] == [{"literal": "余浚聪"}, {"literal": "Concern Group"}]
    assert found["profile"]["note"].startswith("Profile of Mi. Sample Archive, version 1.2")
    assert found["profile"]["language"] == "zh"
    assert "issued" not in found["letter"]
    assert found["mi-jiuping"]["container-title"] == "Sample Archive"
    assert found["mi-jiuping"]["archive_location"] == "sample:person/mi-jiuping@1.2"


def test_keys_are_the_same_in_every_format(store: Store) -> None:
    """So that a Markdown export cites from the others."""
    bib = list(read_bibtex(exported(store, FORMATS["bibtex"])))
    csl = [item["id"] for item in json.loads(exported(store, FORMATS["csl-json"]))]
    ris = [entry["id"] for entry in rispy.loads(exported(store, FORMATS["ris"]).decode())]
    assert bib == csl == ris == list(store.ids)
