"""A record as a page: order, numbering, accounts, fallbacks, evidence, provenance."""

from pathlib import Path

import msgspec
import pytest

from jasic_desktop.core import blocks as b
from jasic_desktop.core.errors import NotFoundFault
from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.packs.store import Store
from jasic_desktop.render.numbering import citations, texts
from jasic_desktop.render.page import SECTIONS, Page, page
from tests.helpers.sample import ARCHIVE, MI, RECORDS
from tests.helpers.stores import store_of


def words(inlines: tuple[b.Inline, ...]) -> str:
    return b.plain(inlines)


def anchors(drawn: Page) -> list[str | None]:
    return [block.anchor for block in drawn.blocks if isinstance(block, b.Heading) and block.level == 2]


def facts(drawn: Page, anchor: str) -> dict[str, str]:
    """The rows of the facts under one heading, each value as its words."""
    under = None
    for block in drawn.blocks:
        if isinstance(block, b.Heading) and block.level == 2:
            under = block.anchor
        if isinstance(block, b.Facts) and under == anchor:
            return {label: words(value) for label, value in block.rows}
    raise AssertionError(f"no facts under {anchor}")


def statements(drawn: Page) -> list[str]:
    return [block.id for block in drawn.blocks if isinstance(block, b.StatementBlock | b.AccountsBlock)]


def test_a_person_has_names_in_every_script(store: Store) -> None:
    drawn = page(store, "mi-jiuping", "en")
    assert (drawn.title, words(drawn.subtitle)) == ("Mi Jiuping", "米久平 · Mǐ Jiǔpíng")
    assert words(drawn.line) == "Person · Worker, Organiser"
    chinese = page(store, "mi-jiuping", "zh-Hans")
    assert (chinese.title, words(chinese.subtitle)) == ("米久平", "Mǐ Jiǔpíng · Mi Jiuping")
    assert words(page(store, "pingshan", "en").subtitle) == "坪山区 · 坪山區 · Píngshān Qū"
    assert words(page(store, "pingshan", "zh-Hant").subtitle) == "坪山区 · Píngshān Qū · Pingshan District"


def test_a_line_says_type_kind_date_and_place(store: Store) -> None:
    assert (
        words(page(store, "2018-07-27-mass-arrest", "en").line) == "Event · Arrests · 27 July 2018 · Pingshan District"
    )
    assert words(page(store, "wire", "en").line) == "Document · News article · Radio One · 1 August 2018"


def test_statements_stand_in_order_of_date_each_followed_by_its_accounts(store: Store) -> None:
    # s3 has no date; a2 puts no statement in doubt.
    assert statements(page(store, "mi-jiuping", "en")) == ["s2", "s1", "a1", "s4", "s3", "a2"]
    # A statement of an event without a date of its own stands at the event's.
    assert statements(page(store, "2018-07-27-mass-arrest", "en")) == ["s2", "s1"]


def test_accounts_stand_after_the_last_of_the_statements_they_concern(tmp_path: Path) -> None:
    account = msgspec.structs.replace(MI.accounts[0], statements=("s1", "s2"))
    person = msgspec.structs.replace(MI, accounts=(account,))
    with store_of(ARCHIVE, (person, *RECORDS[1:]), tmp_path) as store:
        assert statements(page(store, MI.id, "en")) == ["s2", "s1", "a1", "s4", "s3"]


def test_a_statement_carries_its_sign_and_its_sources(store: Store) -> None:
    signs = {block.id: block for block in page(store, "mi-jiuping", "en").blocks if isinstance(block, b.StatementBlock)}
    assert {i: block.certainty for i, block in signs.items()} == {
        "s1": "disputed",
        "s2": "single-source",
        "s3": "alleged",
        "s4": "corroborated",
    }
    assert all(block.inlines[-1] == b.Sign(block.certainty) for block in signs.values())
    assert [source.id for source in citations(signs["s4"].inlines)] == ["wire", "profile"]


def test_sources_are_numbered_in_order_of_first_citation(store: Store) -> None:
    drawn = page(store, "2018-07-27-mass-arrest", "en")
    # The narrative cites the letter and then the wire; the statements add the profile.
    assert drawn.numbers == {"letter": 1, "wire": 2, "profile": 3}
    assert [entry.number for entry in drawn.sources] == [1, 2, 3]
    assert b.SourceList(drawn.sources) in drawn.blocks


def test_key_facts_have_a_citation_and_a_sign(store: Store) -> None:
    drawn = page(store, "mi-jiuping", "en")
    rows = next(block for block in drawn.blocks if isinstance(block, b.Facts)).rows
    values = dict(rows)
    assert list(values) == ["Also known as", "Affiliations", "Role", "Born"]
    assert values["Role"] == (
        b.Text("Union organiser"),
        b.Citation((b.CitedSource("letter"),)),
        b.Sign("alleged"),
    )
    assert words(values["Also known as"]) == "Uncle Jiu (among workers); 阿九"
    assert values["Affiliations"] == (b.RecordLink("jasic", (b.Text("Jasic Technology"),)),)


def test_a_text_in_another_language_is_marked(store: Store) -> None:
    drawn = page(store, "mi-jiuping", "zh-Hans")
    said = {block.id: block for block in drawn.blocks if isinstance(block, b.StatementBlock)}
    assert words(said["s1"].inlines) == "He was dismissed.（英文）"
    assert isinstance(said["s1"].inlines[0], b.InLanguage)
    assert said["s1"].inlines[0].language == "en"
    assert words(said["s2"].inlines) == "他生于湖南。"
    accounts = {block.id: block for block in drawn.blocks if isinstance(block, b.AccountsBlock)}
    assert accounts["a1"].question == "When was he dismissed?（英文）"
    assert accounts["a1"].language == "en"
    # Where question and answers are all in one language, the mark stands once.
    assert [words(answer) for answer in accounts["a1"].answers] == ["On 16 July.", "On 18 July."]
    assert (accounts["a2"].question, accounts["a2"].language) == ("是否开庭？", None)
    english = page(store, "mi-jiuping", "en")
    assert not any(isinstance(inline, b.InLanguage) for inlines in texts(english.blocks) for inline in inlines)


def test_where_all_statements_fall_back_the_heading_says_so_once(store: Store) -> None:
    drawn = page(store, "2018-07-27-mass-arrest", "zh-Hans")
    headings = [words(block.inlines) for block in drawn.blocks if isinstance(block, b.Heading)]
    assert "陈述（英文）" in headings
    assert "正文（英文）" in headings
    said = [words(block.inlines) for block in drawn.blocks if isinstance(block, b.StatementBlock)]
    assert said == ["Two weeks before, a petition was handed in.", "Police detained about thirty people."]


def test_a_narrative_stands_below_the_headings_of_the_page_and_takes_the_place_of_the_summary(store: Store) -> None:
    drawn = page(store, "2018-07-27-mass-arrest", "en")
    day = next(block for block in drawn.blocks if isinstance(block, b.Heading) and words(block.inlines) == "The day")
    assert (day.level, day.anchor) == (3, "text-1")
    paragraphs = [words(block.inlines) for block in drawn.blocks if isinstance(block, b.Paragraph)]
    assert paragraphs == ["Among them was Mi Jiuping; all were held."]
    assert words(drawn.summary) == "About thirty people were detained."
    assert words(
        next(block for block in page(store, "mi-jiuping", "en").blocks if isinstance(block, b.Paragraph)).inlines
    ) == ("A worker and organiser.")


def test_a_document_has_bibliographic_data_and_an_evidence_chain(store: Store) -> None:
    drawn = page(store, "wire", "en")
    assert facts(drawn, "facts") == {
        "Publisher": "Radio One",
        "Date": "1 August 2018",
        "Language": "English",
        "Address": "https://example.org/a_b?c=1&d=2",
        "About": "Mass arrest in Pingshan",
        "Topics": "Picking quarrels",
    }
    assert facts(drawn, "evidence") == {
        "Published": "Radio One, 1 August 2018",
        "Published at": "https://example.org/a_b?c=1&d=2",
        "Seen as": "archived copy, November 2026",
        "Independence": "counts as the voice radio-one",
        "Cited by": "2 records",
    }


def test_what_is_not_known_of_a_document_is_said_to_be_not_recorded(store: Store) -> None:
    drawn = facts(page(store, "letter", "en"), "evidence")
    assert {label for label, value in drawn.items() if value == "not recorded"} == {
        "Published",
        "Published at",
        "Seen as",
    }
    assert drawn["Independence"] == "counts as no independent voice"


def test_coordinates_have_the_points_of_the_compass(store: Store) -> None:
    assert facts(page(store, "pingshan", "en"), "facts")["Coordinates"] == "22.69° N, 114.35° W"
    assert facts(page(store, "pingshan", "zh-Hans"), "facts")["坐标"] == "北纬22.69°，西经114.35°"


def test_connections_are_grouped_with_their_reasons(store: Store) -> None:
    blocks = page(store, "mi-jiuping", "en").blocks
    start = next(n for n, block in enumerate(blocks) if isinstance(block, b.Heading) and block.anchor == "connections")
    listed: dict[str, list[str]] = {}
    for heading, entries in zip(blocks[start + 1 :: 2], blocks[start + 2 :: 2], strict=False):
        if isinstance(heading, b.Heading) and isinstance(entries, b.ListBlock):
            listed[words(heading.inlines)] = [
                words(item[0].inlines) for item in entries.items if isinstance(item[0], b.Paragraph)
            ]
    assert listed["Linked"] == ["Jasic Technology: member of"]
    assert any(entry.startswith("Mass arrest in Pingshan: ") for entry in listed["Events"])


def test_a_page_ends_with_identifier_archive_and_rights(store: Store) -> None:
    about = facts(page(store, "wire", "en"), "provenance")
    assert about["Identifier"] == "sample:document/wire@1.2"
    assert about["Archive"].startswith("Sample Archive, version 1.2, fingerprint ")
    assert store.fingerprint.startswith(about["Archive"].rsplit("fingerprint ", 1)[1].replace(" ", ""))
    assert about["Rights"] == "Described only; rights with the publisher. Our own text: CC BY 4.0."


def test_an_unknown_record_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundFault):
        page(store, "nobody", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_of_the_bundled_archive_is_drawn_and_every_citation_resolves(
    bundled: Store, language: Language
) -> None:
    for record_id in bundled.ids:
        drawn = page(bundled, record_id, language)
        assert [entry.number for entry in drawn.sources] == list(range(1, len(drawn.sources) + 1))
        found = [source.id for inlines in texts(drawn.blocks) for source in citations(inlines)]
        assert list(dict.fromkeys(found)) == [entry.id for entry in drawn.sources]
        assert all(bundled.type(entry.id) == "document" and words(entry.inlines) for entry in drawn.sources)
        record = bundled.get(record_id)
        assert {s.id for s in record.statements} | {a.id for a in record.accounts} == set(statements(drawn))
        present = anchors(drawn)
        assert present == [anchor for anchor in SECTIONS if anchor in present]
        # A heading stands only over something.
        kinds = [type(block) for block in drawn.blocks]
        assert b.Heading not in kinds[-1:]
