"""The Markdown export: what a reader of CommonMark and GitHub's dialect makes of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.export.markdown import begin, code, escape
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.packs.store import Store
from jasic_desktop.render.visible import one_line
from tests.export.test_formats import exported

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def tokens(text: str) -> list[Token]:
    found = []
    for token in READER.parse(text):
        found.append(token)
        found.extend(token.children or ())
    return found


def body(text: str) -> str:
    """The text without its header."""
    start, _, rest = text.removeprefix("---\n").partition("---\n")
    assert start
    return rest


def assert_inert(text: str) -> None:
    for token in tokens(body(text)):
        assert token.type not in ("html_block", "html_inline", "image", "fence", "code_block", "hr"), token
        if token.type == "link_open":
            assert str(token.attrs["href"]).startswith("#")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bundled_archive_is_inert(bundled: Store, language: str) -> None:
    ids = bundled.ids[LANGUAGES.index(language) :: 5]
    text = exported(bundled, FORMATS["markdown"], ids, language=language).decode()
    assert_inert(text)
    assert re.findall(r"(?m)^# .* \{#([a-z0-9-]+)\}$", text) == list(ids)


def test_citations_are_pandocs(store: Store) -> None:
    text = exported(store, FORMATS["markdown"], ("2018-07-27-mass-arrest",)).decode()
    assert "Among them was Mi Jiuping [@letter, para. 3; @wire]; **all** were *held*." in text
    assert "1. `@letter`: “A letter”. undated" in text
    assert "- **13 July 2018** Two weeks before, a petition was handed in. [@letter] (single source)" in text


def test_accounts_are_a_quotation(store: Store) -> None:
    text = exported(store, FORMATS["markdown"], ("mi-jiuping",)).decode()
    assert (
        "> **Accounts differ: When was he dismissed?**\n>\n> - On 16 July. [@wire]\n> - On 18 July. [@profile]\n"
        in text
    )


def test_links_lead_only_to_records_that_leave_too(store: Store) -> None:
    assert "](#" not in exported(store, FORMATS["markdown"], ("2018-07-27-mass-arrest",)).decode()
    both = exported(store, FORMATS["markdown"], ("2018-07-27-mass-arrest", "mi-jiuping")).decode()
    assert "[Mi Jiuping](#mi-jiuping)" in both


MARKUP = st.text(st.sampled_from("ab1iv米 \t\n\\`*_{}[]<>()#+-=!|~$^@&:;\"'/.%?—")) | st.sampled_from(
    [
        *(
            "# heading",
            "- item",
            "1. item",
            "1) item",
            "a. item",
            "(i) item",
            "> quote",
            "    code",
            "---",
            "===",
            "+ x",
        ),
        *(
            "<script>alert(1)</script>",
            "<!-- x -->",
            "[a](javascript:alert(1))",
            "![a](file:///etc/passwd)",
            "&lt;b&gt;",
        ),
        *(
            "http://example.org",
            "www.example.org",
            "a@example.org",
            "[a]: http://x",
            "```sh",
            "~~~",
            "| a | b |",
            "$x$",
        ),
        *(
            "[^1]: note",
            ": definition",
            "% title",
            "\\",
            "a  ",
            "* * *",
            "_a_",
            "**a**",
            "~~a~~",
            "<http://x>",
            "&copy;",
        ),
    ]
)


@given(MARKUP)
def test_text_is_read_back_as_it_was(text: str) -> None:
    shown = begin(escape(text))
    read = [token for token in tokens(shown) if token.type not in ("paragraph_open", "paragraph_close", "inline")]
    assert {token.type for token in read} <= {"text", "text_special"}
    assert "".join(token.content for token in read).strip() == one_line(text).strip()


@given(MARKUP)
def test_no_reader_makes_a_link_of_an_address(text: str) -> None:
    shown = begin(escape(text))
    # GitHub links bare addresses: the characters it looks for must not stand together.
    assert not re.search(r"(?<!\\):(?=//)|www\.|(?<!\\)@", shown, re.IGNORECASE)


@given(MARKUP)
def test_an_address_is_a_code_span(text: str) -> None:
    shown = one_line(text)
    if shown.strip():
        spans = [token for token in tokens(f"x {code(text)} x") if token.type == "code_inline"]
        assert [span.content.strip() for span in spans] == [shown.strip()]
    else:
        assert "`" not in code(text) or code(text).strip("` ") == ""
