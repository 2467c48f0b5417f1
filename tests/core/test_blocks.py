"""The block model: what a pack may hold, and its plain characters."""

import msgspec
import pytest
from hypothesis import given

from jasic_desktop.core import blocks as b
from tests.helpers import records as made

TEXT = b.Text("x")


def nested(depth: int) -> b.Block:
    """A paragraph within quotations: `depth` levels with the text itself."""
    block: b.Block = b.Paragraph((TEXT,))
    for _ in range(depth - 2):
        block = b.Quote((block,))
    return block


@given(made.narratives())
def test_json_keeps_a_narrative_whole(narrative):
    assert msgspec.json.decode(msgspec.json.encode(narrative), type=b.Narrative) == narrative


@pytest.mark.parametrize(
    "block",
    [
        b.Facts(rows=(("born", (TEXT,)),)),
        b.StatementBlock(id="s1", date=None, inlines=(TEXT,), certainty="alleged"),
        b.AccountsBlock(id="a1", question="?", answers=((TEXT,), (TEXT,))),
        b.SourceList(entries=(b.SourceEntry(1, "rfa", (TEXT,)),)),
        b.Paragraph((b.Mark("x"),)),
        b.Paragraph((b.Sign("alleged"),)),
        b.Paragraph((b.Address("https://example.org"),)),
        b.Paragraph((b.InLanguage("en", (TEXT,)),)),
    ],
)
def test_what_only_a_page_holds_is_refused_at_every_depth(block):
    data = msgspec.json.encode(block)
    assert msgspec.json.decode(data, type=b.Block) == block
    for around in (b"[%s]", b'[{"t":"quote","blocks":[%s]}]', b'[{"t":"list","items":[[%s]]}]'):
        with pytest.raises(msgspec.ValidationError, match="cannot hold"):
            msgspec.json.decode(b'{"zh-Hant":' + around % data + b"}", type=b.Narrative)
    if isinstance(block, b.Paragraph):
        inside = b.Paragraph((b.Emphasis((b.RecordLink("a", block.inlines),)),))
        with pytest.raises(TypeError):
            b.Narrative(en=(inside,))


def test_a_narrative_is_nested_only_so_deep():
    deepest = nested(b.Narrative.MAX_DEPTH)
    assert b.Narrative(zh_hans=(deepest,)).zh_hans == (deepest,)
    with pytest.raises(ValueError, match="nested more than 12"):
        b.Narrative(en=(nested(b.Narrative.MAX_DEPTH + 1),))
    inline: b.Inline = TEXT
    for _ in range(b.Narrative.MAX_DEPTH):
        inline = b.Emphasis((inline,))
    with pytest.raises(ValueError, match="nested more than 12"):
        b.Narrative(en=(b.Paragraph((inline,)),))


@pytest.mark.parametrize("level", [0, 7, -1])
def test_a_heading_has_a_level_from_1_to_6(level):
    with pytest.raises(msgspec.ValidationError, match="level"):
        msgspec.json.decode(b'{"en":[{"t":"h","level":%d,"inlines":[]}]}' % level, type=b.Narrative)


def test_the_plain_characters_are_those_a_reader_reads():
    inlines = (
        b.Text("Mi "),
        b.Emphasis((b.Text("Jiu"), b.RecordLink("mi-jiuping", (b.Mark("ping"),))), strong=True),
        b.Citation((b.CitedSource("rfa", "para. 3"),)),
        b.Sign("disputed"),
        b.InLanguage("zh-Hans", (b.Text(" 米"),)),
        b.Address(" https://example.org"),
    )
    assert b.plain(inlines) == "Mi Jiuping 米 https://example.org"
