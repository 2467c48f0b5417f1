"""Names of authors and publishers in the reader's language: what the archive's table and its records know."""

from collections.abc import Callable
from pathlib import Path

from jasic_desktop.core.blocks import plain
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document
from jasic_desktop.packs.problems import Problem
from jasic_desktop.packs.source import Source, read_source
from jasic_desktop.render.citation import reference
from jasic_desktop.render.wording import Words
from tests.helpers.archives import ARCHIVE, make_pack, make_source, make_store

TABLE = """
[bylines]
"The Editors" = {zh-Hans = "本档案编者"}
"River Gazette" = {zh-Hans = "江河报"}
"""
CHINESE = {"document/circle-letter": {"language": "zh-Hans", "authors": ["Shan Xin", "Yu Hai"]}}


def document(source: Source, record_id: str) -> Document:
    found = next(record for record in source.records if record.id == record_id)
    assert isinstance(found, Document)
    return found


def test_a_name_of_the_table_is_told_in_chinese_and_the_traditional_form_is_derived(tmp_path: Path) -> None:
    report = document(read_source(make_source(tmp_path / "source", archive=ARCHIVE + TABLE)), "gazette-report")
    told = [report.publisher_in(language) for language in ("en", "zh-Hans", "zh-Hant")]
    assert told == ["River Gazette", "江河报", "江河報"]
    assert report.authors_in("zh-Hans") == ("A Reporter",)
    assert "江河报" in plain(reference(report, Words("zh-Hans")))
    assert "River Gazette" in plain(reference(report, Words("en")))


def test_who_has_a_record_is_named_by_it_in_a_document_in_chinese_and_who_is_withheld_is_not(tmp_path: Path) -> None:
    source = read_source(make_source(tmp_path / "source", CHINESE))
    letter = document(source, "circle-letter")
    shan = next(record for record in source.records if record.id == "shan-xin")
    assert letter.authors_in("zh-Hans") == (shan.title.zh_hans, "Y. H.")
    assert letter.publisher_in("zh-Hant") == "紡紗工小組"
    english = {"document/circle-letter": {**CHINESE["document/circle-letter"], "language": "en"}}
    assert document(read_source(make_source(tmp_path / "other", english)), "circle-letter").bylines == ()


def test_a_pack_carries_the_forms_with_the_documents_and_those_of_the_editor(tmp_path: Path) -> None:
    store = make_store(tmp_path, make_pack(tmp_path, make_source(tmp_path / "source", archive=ARCHIVE + TABLE)))
    assert store.archive.bylines == {"The Editors": Localised(zh_hans="本档案编者", zh_hant="本檔案編者")}
    assert store.archive.editor_in("zh-Hant") == "本檔案編者"
    assert store.archive.editor_in("en") == "The Editors"
    essay = store.get("essay-mill")
    assert isinstance(essay, Document)
    assert essay.authors_in("zh-Hans") == ("本档案编者",)


def test_a_line_that_no_document_needs_is_told(problems_of: Callable[..., list[Problem]]) -> None:
    table = TABLE + '"Rivet Gazette" = {zh-Hans = "铆钉报"}\n'
    said = [problem for problem in problems_of(archive=ARCHIVE + table) if problem.code == "byline_unused"]
    assert [problem.severity for problem in said] == ["warning"]
    assert "Rivet Gazette" in said[0].sentence()
