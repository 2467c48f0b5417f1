"""The source form: what is read from it, and that everything wrong with it is told at once, with file and field."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from jasic_desktop.core.blocks import Heading
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled
from jasic_desktop.core.records import Document, Event, Person
from jasic_desktop.packs.problems import SourceFault
from jasic_desktop.packs.source import load, read_source
from tests.helpers.archives import ARCHIVE, RECORDS, make_source, write_record

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def codes(folder: Path) -> list[tuple[str, str, str]]:
    return [(problem.file, problem.field, problem.code) for problem in load(folder).problems]


def test_the_small_archive_is_read_whole(small_source: Path) -> None:
    source = read_source(small_source)
    assert source.warnings == ()
    by_id = {record.id: record for record in source.records}
    assert by_id.keys() == {name.split("/")[1] for name in RECORDS}
    person = by_id["shan-xin"]
    assert isinstance(person, Person)
    assert person.title.en == person.names.display == "Shan Xin"
    assert person.title.zh_hant == "單昕"
    assert [other.name for other in person.names.others] == ["Sister Shan", "阿昕"]
    assert person.statements[1].alleged
    assert person.statements[1].date is not None
    assert person.statements[1].date.edtf == "2018-03~"
    essay = by_id["essay-mill"]
    assert isinstance(essay, Document)
    assert essay.narrative is not None
    assert isinstance(essay.narrative.en[0], Heading)
    assert essay.narrative.zh_hans
    assert essay.narrative.zh_hant
    event = by_id["2018-03-20-dismissal"]
    assert isinstance(event, Event)
    assert event.accounts[0].statements == ("s1",)


def test_records_come_by_type_and_id(small_source: Path) -> None:
    order = [(record.type, record.id) for record in read_source(small_source).records]
    assert [kind for kind, _ in order] == sorted(
        (kind for kind, _ in order), key=["person", "organisation", "event", "place", "document", "topic"].index
    )


def test_one_record_a_line_is_the_same_archive(small_source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "lines"
    (folder / "records").mkdir(parents=True)
    (folder / "archive.toml").write_text(ARCHIVE, "utf-8")
    lines: dict[str, list[str]] = {}
    for name, fields in RECORDS.items():
        kind, record_id = name.split("/")
        narratives = {}
        for language, ending in (("en", ".md"), ("zh-Hans", ".zh-Hans.md")):
            path = small_source / "records" / f"{name}{ending}"
            if path.exists():
                narratives[language] = path.read_text("utf-8").split("---\n")[-1]
        more: dict[str, Any] = {"narrative": narratives} if len(narratives) > 1 else {}
        lines.setdefault(kind, []).append(json.dumps({"id": record_id, "type": kind, **fields, **more}))
    for kind, texts in lines.items():
        (folder / "records" / f"{kind}.jsonl").write_text("\n".join(texts) + "\n\n", "utf-8")
    assert read_source(folder).records == read_source(small_source).records


def test_windows_line_ends_and_mark_change_nothing(small_source: Path, tmp_path: Path) -> None:
    folder = make_source(tmp_path / "source")
    for path in folder.rglob("*.md"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_source(folder).records == read_source(small_source).records


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"kind": []}, "kind", "not_text"),
        ({"kind": "Worker"}, "kind", "bad_id"),
        ({"kind": ""}, "kind", "empty"),
        ({"colour": "red"}, "colour", "unknown_field"),
        ({"narrative": "x"}, "narrative", "unknown_field"),
        ({"readings": []}, "readings", "unknown_field"),
        ({"summary": {"fr": "x"}}, "summary.fr", "unknown_field"),
        ({"summary": []}, "summary", "not_localised"),
        ({"summary": {}}, "summary", "not_localised"),
        ({"summary": {"en": " "}}, "summary.en", "empty"),
        ({"summary": "a\u202eb"}, "summary.en", "bad_character"),
        ({"display": "hidden"}, "display", "not_one_of"),
        ({"roles": "spinner"}, "roles", "not_list"),
        ({"names": "Shan"}, "names", "not_map"),
        ({"names": {"zh-Hans": "单"}}, "names.display", "missing_field"),
        ({"names": {"display": "S", "others": [{"note": "x"}]}}, "names.others[0].name", "missing_field"),
        ({"id": "other"}, "id", "id_not_file"),
        ({"type": "event"}, "type", "wrong_type"),
        ({"aliases": ["A"]}, "aliases[0]", "bad_id"),
        ({"statements": [{"id": "s1", "text": "x"}]}, "statements[0].sources", "missing_field"),
        ({"statements": [{"id": "s1", "text": "x", "sources": []}]}, "statements[0].sources", "too_few"),
        ({"statements": [{"id": "x", "text": "x", "sources": ["a"]}]}, "statements[0].id", "bad_statement_id"),
        (
            {"statements": [{"id": "s1", "text": "x", "sources": ["a"], "alleged": "false"}]},
            "statements[0].alleged",
            "not_true",
        ),
        (
            {"statements": [{"id": "s1", "text": "x", "sources": ["a"], "date": "July"}]},
            "statements[0].date",
            "bad_date",
        ),
        ({"statements": [{"id": "s1", "text": text, "sources": ["a"]} for text in "xy"]}, "", "inconsistent"),
        ({"accounts": [{"id": "a1", "question": "x", "answers": []}]}, "accounts[0].answers", "too_few"),
    ],
)
def test_a_faulty_field_is_named(tmp_path: Path, fields: dict[str, Any], field: str, code: str) -> None:
    folder = make_source(tmp_path / "source", {"person/shan-xin": fields})
    assert ("records/person/shan-xin.md", field, code) in codes(folder)
    with pytest.raises(SourceFault) as caught:
        read_source(folder)
    assert code in [problem.code for problem in caught.value.problems]
    assert "shan-xin.md" in caught.value.sentence("zh-Hans")


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    folder = make_source(tmp_path / "source", {"place/willow-town": {"lat": "22.7", "lon": "east", "colour": "x"}})
    (folder / "records/person/shan-xin.md").write_text("no front matter", "utf-8")
    (folder / "notes.txt").write_text("x", "utf-8")
    found = {(field, code) for _, field, code in codes(folder)}
    assert found >= {
        ("lat", "bad_degrees"),
        ("lon", "bad_degrees"),
        ("colour", "unknown_field"),
        ("", "no_front_matter"),
        ("", "stray_file"),
    }


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"---\nid: x\nid: y\n---\n", "yaml_repeated"),
        (b"---\nid: x\n", "no_front_matter"),
        (b"", "no_front_matter"),
        (b"---\n- a\n---\n", "not_map"),
        (b"---\nid: \xff\n---\n", "not_utf8"),
        (b"---\nid: [\n---\n", "yaml"),
        (b"\x00" * 100, "no_front_matter"),
        (b"---\n" + b"x" * (1 << 20), "file_too_large"),
    ],
)
def test_a_file_that_is_no_record(tmp_path: Path, data: bytes, code: str) -> None:
    folder = make_source(tmp_path / "source")
    (folder / "records/person/shan-xin.md").write_bytes(data)
    assert code in [found for file, _, found in codes(folder) if file == "records/person/shan-xin.md"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"id": "a", "id": "b"}', "json_repeated"),
        (b"[1, 2", "json_syntax"),
        (b"[1]", "not_map"),
        (b'{"id": NaN}', "json_constant"),
        (b'{"id": "\xff"}', "json_encoding"),
        (b"\xef\xbb\xbf{}", "json_mark"),
        (b"[" * 100_000, "json_deep"),
        (b'{"id": ' + b"9" * 5000 + b"}", "json_number"),
        (b'{"id": "\\ud800"}', "json_character"),
        (b'{"id": "a", "type": "person", "narrative": []}', "not_localised"),
        (b'{"type": "person", "kind": null}', "empty"),
        (b'{"type": "place"}', "wrong_type"),
        (b'"' + b"x" * (1 << 20) + b'"', "file_too_large"),
    ],
)
def test_a_line_that_is_no_record(tmp_path: Path, line: bytes, code: str) -> None:
    folder = make_source(tmp_path / "source")
    (folder / "records/person.jsonl").write_bytes(b"\n" + line + b"\n")
    assert code in [found for file, _, found in codes(folder) if file == "records/person.jsonl line 2"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("notes.txt", "stray_file"),
        ("records/notes.md", "stray_file"),
        ("records/animal/cat.md", "stray_file"),
        ("records/person/a/b.md", "stray_file"),
        ("records/person/x.yaml", "stray_file"),
        ("records/animal.jsonl", "stray_file"),
        ("records/person/nobody.zh-Hans.md", "narrative_alone"),
        ("media/a.png.yaml", "sidecar_alone"),
        ("media/a.png", "no_sidecar"),
        ("media/A b.png", "bad_file_name"),
        ("media/x/a.png", "bad_file_name"),
    ],
)
def test_a_stray_file_is_named(tmp_path: Path, name: str, code: str) -> None:
    folder = make_source(tmp_path / "source")
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"x")
    assert (name, "", code) in codes(folder)


def test_hidden_files_and_files_for_people_are_passed_over(tmp_path: Path) -> None:
    folder = make_source(tmp_path / "source")
    (folder / "README.md").write_text("x", "utf-8")
    (folder / ".git").mkdir()
    (folder / ".git/config").write_text("x", "utf-8")
    (folder / "records/person/.shan.md.swp").write_text("x", "utf-8")
    assert codes(folder) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_links_and_pipes_are_named_and_never_opened(tmp_path: Path) -> None:
    folder = make_source(tmp_path / "source")
    (folder / "records/person/link.md").symlink_to("/etc/passwd")
    (folder / "records/linked").symlink_to(folder / "records")
    os.mkfifo(folder / "records/person/pipe.md")
    found = codes(folder)
    assert ("records/person/link.md", "", "file_link") in found
    assert ("records/linked", "", "file_link") in found
    assert ("records/person/pipe.md", "", "file_not_regular") in found


def test_a_folder_nested_too_deeply_is_named(tmp_path: Path) -> None:
    folder = make_source(tmp_path / "source")
    (folder / "records/person/a/b/c/d").mkdir(parents=True)
    assert any(code == "file_too_deep" for _, _, code in codes(folder))


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_an_archive(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceFault) as caught:
        read_source(tmp_path / name)
    assert next(problem.code for problem in caught.value.problems) in ("no_archive_file", "file_unreadable")


@pytest.mark.parametrize(
    ("old", "new", "field", "code"),
    [
        ('id = "mill"', "", "id", "missing_field"),
        ('id = "mill"', 'id = "Mill"', "id", "bad_id"),
        ('version = "1.0"', 'version = "one"', "version", "bad_version"),
        ('sequence = "1"', 'sequence = "0"', "sequence", "bad_value"),
        ('sequence = "1"', 'sequence = "-1"', "sequence", "not_whole"),
        ('date = "2020-06-30"', 'date = "2020-06"', "date", "bad_day"),
        ('editor = "The Editors"', 'editor = ""', "editor", "empty"),
        ('languages = ["en",', 'languages = ["fr",', "languages[0]", "not_one_of"),
        ("[archive]", '[archive]\nkinds = "x"', "archive.kinds", "unknown_field"),
        ("[archive]", '[archive]\ncolour = "x"', "colour", "unknown_field"),
        ("[roles]", "[colours]", "colours", "unknown_field"),
        ("[kinds.person]", "[kinds.animal]", "kinds.animal", "not_one_of"),
        ('spinner = {en = "Spinner", zh-Hans = "纺纱工"}', "spinner = {}", "roles.spinner.label", "not_localised"),
        ('spinner = {en = "Spinner", zh-Hans = "纺纱工"}', "spinner = []", "roles.spinner.label", "not_localised"),
        ("[archive]", "[archive", "", "toml"),
        ("[archive]", "archive = 1\n[other]", "archive", "not_map"),
    ],
)
def test_archive_toml_faults_are_named(tmp_path: Path, old: str, new: str, field: str, code: str) -> None:
    assert old in ARCHIVE
    folder = make_source(tmp_path / "source", archive=ARCHIVE.replace(old, new, 1))
    assert ("archive.toml", field, code) in codes(folder)


def test_archive_toml_may_use_numbers_and_dates(tmp_path: Path, small_source: Path) -> None:
    text = ARCHIVE.replace('sequence = "1"', "sequence = 1").replace('date = "2020-06-30"', "date = 2020-06-30")
    assert read_source(make_source(tmp_path / "source", archive=text)).archive == read_source(small_source).archive


def test_archive_toml_that_is_not_utf8(tmp_path: Path) -> None:
    folder = make_source(tmp_path / "source")
    (folder / "archive.toml").write_bytes(b'[archive]\nid = "\xff"\n')
    assert ("archive.toml", "", "not_utf8") in codes(folder)


SIDECAR = 'caption: The gate\nalt: A closed gate\ncreator: The Editors\nrights: own\ndate: "2018"\npeople: [shan-xin]\n'


def test_media_are_read_with_their_sidecars(tmp_path: Path) -> None:
    folder = make_source(tmp_path / "source")
    (folder / "media").mkdir()
    (folder / "media/gate.png").write_bytes(PNG)
    (folder / "media/gate.png.yaml").write_text(SIDECAR, "utf-8")
    (folder / "media/notes.pdf").write_bytes(b"%PDF")
    (folder / "media/notes.pdf.yaml").write_text(SIDECAR, "utf-8")
    source = read_source(folder)
    assert [medium.file for medium in source.archive.media] == ["gate.png", "notes.pdf"]
    assert source.media["gate.png"].read_bytes() == PNG
    assert source.archive.media[0].people == ("shan-xin",)


@pytest.mark.parametrize(
    ("picture", "sidecar", "code"),
    [
        (b"GIF89a", SIDECAR, "not_picture"),
        (b"%!PS-Adobe", SIDECAR, "not_picture"),
        (PNG, "caption: x", "missing_field"),
        (PNG, SIDECAR + "sha512: x", "unknown_field"),
        (PNG, "- x", "not_map"),
        (PNG, "a: [", "yaml"),
        (PNG, "\udcff", "not_utf8"),
        (PNG, SIDECAR.replace("own", "stolen"), "not_in_vocabulary"),
        (PNG, SIDECAR.replace("shan-xin", "nobody"), "dangling"),
        (PNG, SIDECAR + "about: [nowhere]", "dangling"),
    ],
)
def test_media_faults_are_named(tmp_path: Path, picture: bytes, sidecar: str, code: str) -> None:
    from jasic_desktop.packs.check import check

    folder = make_source(tmp_path / "source")
    (folder / "media").mkdir()
    (folder / "media/gate.png").write_bytes(picture)
    (folder / "media/gate.png.yaml").write_text(sidecar, "utf-8", errors="surrogateescape")
    assert code in [problem.code for problem in check(folder).problems]


def test_an_id_stands_once_in_the_whole_archive(tmp_path: Path) -> None:
    folder = make_source(tmp_path / "source")
    write_record(folder, "topic/shan-xin", RECORDS["topic/labour"])
    assert ("records/topic/shan-xin.md", "id", "id_twice") in codes(folder)


def test_reading_can_be_cancelled(small_source: Path) -> None:
    with pytest.raises(Cancelled):
        read_source(small_source, Progress(cancelled=lambda: True))
