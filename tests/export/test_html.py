"""The HTML export: well formed, alone, inert, with every link leading somewhere."""

import base64
import hashlib
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.app.exporting import media_of
from jasic_desktop.core.blocks import Citation, CitedSource, Mark
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.export.html_blocks import HtmlBlocks, escape, span
from jasic_desktop.export.html_style import style
from jasic_desktop.export.registry import FORMATS, Options
from jasic_desktop.packs.images import pixels
from jasic_desktop.packs.store import Store
from jasic_desktop.render.wording import Words
from tests.export.test_formats import exported
from tests.helpers.shared import bundled_pack

ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "article", "section", "div"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote"),
    *("a", "span", "sup", "em", "strong", "mark"),
}
ATTRIBUTES = {"lang", "id", "class", "href", "value", "aria-hidden", "charset", "name", "content", "http-equiv"}


def assert_inert(html: str) -> ET.Element:
    """Well formed, only harmless elements and attributes, links within the page that lead somewhere, ids once."""
    root = ET.fromstring(html)
    ids = [element.get("id") for element in root.iter() if element.get("id") is not None]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        assert element.tag in ALLOWED
        assert set(element.keys()) <= ATTRIBUTES
        href = element.get("href")
        if href is not None:
            assert href.startswith("#")
            assert href[1:] in ids, href
    return root


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bundled_archive_is_one_inert_page(bundled: Store, language: str) -> None:
    ids = bundled.ids if language == "en" else bundled.ids[LANGUAGES.index(language) :: 5]
    html = exported(bundled, FORMATS["html"], ids, language=language).decode()
    root = assert_inert(html)
    assert root.get("lang") == language
    articles = root.findall(".//article")
    assert [article.get("id") for article in articles] == list(ids)
    assert len(root.findall(".//nav//a")) == len(ids)


def test_a_record_without_dates_has_no_column_for_them(bundled: Store) -> None:
    html = exported(bundled, FORMATS["html"], ("1998-gao-yan-case", "2018-07-27-mass-arrest")).decode()
    undated, dated = re.findall(r"<article.*?</article>", html, re.DOTALL)
    assert 'class="date"' not in undated and 'class="statement undated"' in undated
    assert 'class="date"' in dated and 'class="statement undated"' not in dated


def test_nothing_can_be_fetched_and_only_our_style_applies(store: Store) -> None:
    root = assert_inert(exported(store, FORMATS["html"]).decode())
    policy = next(m.get("content") for m in root.iter("meta") if m.get("http-equiv") == "Content-Security-Policy")
    css = root.findtext(".//style")
    assert css == style()
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|expression|[<&]", css)
    assert css.count("{") == css.count("}")


def test_an_html_parser_agrees(store: Store) -> None:
    """A browser's rules close some elements early: what is open must be what we think."""
    open_: list[str] = []

    class Checker(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not (tag in ("p", "div", "ul", "ol", "dl", "section", "blockquote", "h3") and "p" in open_)
            open_.append(tag)

        def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag == "meta"

        def handle_endtag(self, tag: str) -> None:
            assert open_.pop() == tag

    Checker().feed(exported(store, FORMATS["html"]).decode())
    assert open_ == []


def test_languages_are_marked(store: Store) -> None:
    html = exported(store, FORMATS["html"], ("mi-jiuping",), language="zh-Hans").decode()
    assert '<html lang="zh-Hans">' in html
    assert '<span lang="en">He was dismissed.</span>（英文）' in html
    assert '<span lang="zh-Latn-pinyin">Mǐ Jiǔpíng</span>' in html
    assert '说法不一：<span lang="en">When was he dismissed?（英文）</span>' in html


def test_links_lead_only_to_records_that_leave_too(store: Store) -> None:
    alone = exported(store, FORMATS["html"], ("2018-07-27-mass-arrest",)).decode()
    assert '<a href="#mi-jiuping">' not in alone
    assert "<nav>" not in alone
    both = exported(store, FORMATS["html"], ("2018-07-27-mass-arrest", "mi-jiuping")).decode()
    assert '<a href="#mi-jiuping">Mi Jiuping</a>' in both
    assert '[<a href="#2018-07-27-mass-arrest--n1">1</a>, para. 3, <a href="#2018-07-27-mass-arrest--n2">2</a>]' in both


def test_addresses_are_text(store: Store) -> None:
    html = exported(store, FORMATS["html"], ("wire",)).decode()
    assert '<span class="address">https://example.org/a_b?c=1&amp;d=2</span>' in html


@given(st.text())
def test_escaped_text_is_text(text: str) -> None:
    safe = escape(text)
    element = ET.fromstring(f'<p title="{safe}">{safe}</p>')
    assert len(element) == 0
    assert (element.text or "") == ET.fromstring(f"<p>{safe}</p>").text or not safe


def test_marks_and_citations_without_a_number() -> None:
    draw = HtmlBlocks(Words("en"), "x", {}, frozenset())
    inlines = (Mark("<hit>"), Citation((CitedSource("gone", "p. 1"),)))
    assert draw.inlines(inlines) == '<mark>&lt;hit&gt;</mark><sup class="cite">[gone, p. 1]</sup>'


@pytest.mark.parametrize("language", ['"><script>', "x onload=1", "", "zh-Hans "])
def test_a_language_that_is_none_is_left_out(language: str) -> None:
    assert span(language, "text") == "text"


def test_options_default_to_english(store: Store) -> None:
    assert exported(store, FORMATS["html"]) == exported(store, FORMATS["html"], language=Options().language)


def test_pictures_go_in_once_with_their_words_and_no_request(bundled: Store) -> None:
    pack = bundled_pack()
    ids = ("huizhou", "pingshan-district", "2018-07-27-mass-arrest")
    html = exported(bundled, FORMATS["html"], ids, media=media_of(pack)).decode()
    root = ET.fromstring(html)
    images = list(root.iter("img"))
    media = {medium.alt.en: medium for medium in bundled.archive.media}
    assert [media[image.get("alt", "")].file for image in images] == [
        "map-pearl-river.png",
        "map-pingshan-daya-bay.png",
    ]
    for image in images:
        start, _, data = image.get("src", "").partition(",")
        assert start == "data:image/png;base64"
        shown = pixels("a", base64.b64decode(data), 5000)
        assert (shown.width, shown.height) == media[image.get("alt", "")].size
    assert "img-src data:" in html
    assert 'href="#picture--map-pearl-river.png"' in html  # where it stands a second time
    without = exported(bundled, FORMATS["html"], ids).decode()
    assert_inert(without)
    assert "img-src" not in without
    for image in images:
        assert escape(image.get("alt", "")) in without
