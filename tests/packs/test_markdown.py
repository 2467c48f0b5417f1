"""Narratives into blocks: what the model holds is kept exactly, everything else is refused with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.core.blocks import (
    Citation,
    CitedSource,
    Emphasis,
    Heading,
    ListBlock,
    Narrative,
    Paragraph,
    Quote,
    RecordLink,
    Text,
)
from jasic_desktop.packs.markdown import LONGEST, parse


def read(text: str) -> tuple[tuple[object, ...], list[tuple[int, str]]]:
    faults: list[tuple[int, str]] = []
    blocks = parse(text, lambda line, code, values: faults.append((line, code)))
    return blocks, faults


def test_each_block_and_inline() -> None:
    blocks, faults = read(
        "## Head *line*\n\nOne **two** [Mi](record:mi-jiuping).\nNext [@a-1, para. 3; @b-2]\n\n"
        "- x\n- y\n  1. z\n\n> quoted\n"
    )
    assert faults == []
    assert blocks == (
        Heading(2, (Text("Head "), Emphasis((Text("line"),)))),
        Paragraph(
            (
                Text("One "),
                Emphasis((Text("two"),), strong=True),
                Text(" "),
                RecordLink("mi-jiuping", (Text("Mi"),)),
                Text(". Next "),
                Citation((CitedSource("a-1", "para. 3"), CitedSource("b-2"))),
            )
        ),
        ListBlock(
            (
                (Paragraph((Text("x"),)),),
                (Paragraph((Text("y"),)), ListBlock(((Paragraph((Text("z"),)),),), ordered=True)),
            )
        ),
        Quote((Paragraph((Text("quoted"),)),)),
    )


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("深圳的\n工人", "深圳的工人"),
        ("深圳的，\n工人", "深圳的，工人"),
        ("two\nlines", "two lines"),
        ("深圳\nSIM", "深圳 SIM"),
        (r"a \[@b\] \*c\*", "a [@b] *c*"),
        ("a &amp; b &lt;", "a & b <"),
        ("mail@example", "mail@example"),
        ("[not a link]", "[not a link]"),
        ("[@", "[@"),
    ],
)
def test_lines_and_escapes(text: str, plain: str) -> None:
    assert read(text) == ((Paragraph((Text(plain),)),), [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<b>x</b>", "md_html"),
        ("<div>\n</div>", "md_html"),
        ("<!-- x -->", "md_html"),
        ("![x](y.png)", "md_image"),
        ("`x`", "md_code"),
        ("    x", "md_code"),
        ("```\nx\n```", "md_code"),
        ("---", "md_rule"),
        ("a  \nb", "md_break"),
        ("a\\\nb", "md_break"),
        ("# Title", "md_title"),
        ("Title\n=====", "md_title"),
        ("3. x", "md_start"),
        ("[x](https://a.example)", "md_link"),
        ("[x](file:///etc/passwd)", "md_link"),
        ("[x](record:a-b 'title')", "md_link"),
        ("[x](record:A)", "md_link"),
        ("[x](record:a/../b)", "md_link"),
        ("[x](y)", "md_link"),
        ("<https://a.example>", "md_link"),
        ("[](record:a-b)", "md_link_empty"),
        ("[@A]", "md_citation"),
        ("[@a; b]", "md_citation"),
        ("[@a;]", "md_citation"),
        ("[@a, ]", "md_citation"),
        ("[@a](record:b)", None),
        (">" * 13 + "x", "md_deep"),
        ("- " * 13 + "x", "md_deep"),
        ("> " * 500 + "x", "md_deep"),
        ("a \u202e b", "bad_character"),
        ("a \x00 b", "bad_character"),
        ("x" * (LONGEST + 1), "md_long"),
    ],
)
def test_what_is_refused(text: str, code: str | None) -> None:
    _, faults = read(f"Before.\n\n{text}\n")
    if code is None:
        assert faults == []
    else:
        assert code in [found for _, found in faults], faults
        assert all(line >= 1 for line, _ in faults)


def test_a_fault_names_the_line_of_the_file() -> None:
    faults: list[int] = []
    parse("One.\n\nTwo.\n\n`x`\n", lambda line, code, values: faults.append(line), first_line=30)
    assert faults == [34]


def test_a_reference_definition_hides_no_address() -> None:
    blocks, faults = read("[a]: https://a.example\n\n[a]")
    assert faults == []
    assert blocks[1] == Paragraph((Text("[a]"),))


@given(st.text(max_size=300))
def test_any_text_becomes_a_narrative_or_is_refused(text: str) -> None:
    blocks, _ = read(text)
    Narrative(en=blocks)


@given(st.lists(st.sampled_from(["> ", "- ", "1. ", "*a* ", "**b** ", "[x](record:y) ", "[@z] ", "\n\n", "w "])))
def test_any_mixture_of_what_is_allowed_becomes_a_narrative(parts: list[str]) -> None:
    blocks, _ = read("".join(parts))
    Narrative(en=blocks)
