"""Narrative Markdown into blocks: what the block model can hold is taken, everything else is refused with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from jasic_desktop.core.blocks import (
    Block,
    Citation,
    CitedSource,
    Emphasis,
    Heading,
    Inline,
    ListBlock,
    Narrative,
    Paragraph,
    Quote,
    RecordLink,
    Text,
)
from jasic_desktop.core.clean import forbidden, joined, one_line

LONGEST: Final = 200_000
"""Characters of one narrative; an essay has some 6,000."""

Fault = Callable[[int, str, dict[str, object]], None]
"""Told of a refusal: the line of the file, the code in the catalogue's `check` table, what fills the sentence."""

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_RECORD: Final = re.compile(rf"record:({_ID})\Z")
_CITED: Final = re.compile(rf"@({_ID})(?:,\s*(\S.{{0,199}}))?\Z", re.DOTALL)
# What a writer may have meant by each construct that is refused.
_REFUSED: Final = {
    "html_block": "md_html",
    "html_inline": "md_html",
    "image": "md_image",
    "code_inline": "md_code",
    "code_block": "md_code",
    "fence": "md_code",
    "hr": "md_rule",
    "hardbreak": "md_break",
}


@cache
def _parser() -> MarkdownIt:
    # HTML is recognised so that it can be refused instead of printed; a reference definition would hide an address.
    parser = MarkdownIt("commonmark", {"maxNesting": 100})
    parser.disable(["reference"])
    # Every address is recognised as one, so that it is refused by us and not printed as text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005
    parser.inline.ruler.before("link", "citation", _citation)
    return parser


def _citation(state: StateInline, silent: bool) -> bool:
    """Pandoc's `[@id, locator; @id]` as one token."""
    if not state.src.startswith("[@", state.pos):
        return False
    end = state.src.find("]", state.pos, state.posMax)
    if end < 0 or "[" in state.src[state.pos + 1 : end]:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = state.src[state.pos + 1 : end]
    state.pos = end + 1
    return True


def parse(text: str, fault: Fault, first_line: int = 1) -> tuple[Block, ...]:
    """The blocks of a Markdown text; faults are told and what is refused is left out.

    `first_line` is the line of the file at which `text` begins.
    """
    if len(text) > LONGEST:
        fault(first_line, "md_long", {"most": LONGEST})
        return ()
    for number, line in enumerate(text.split("\n"), first_line):
        character = forbidden(line.rstrip("\r").replace("\t", " "))
        if character:
            fault(number, "bad_character", {"character": character})
            return ()
    builder = _Builder(_parser().parse(text), fault, first_line)
    blocks = builder.blocks("", 1)
    return () if builder.too_deep else blocks


class _Builder:
    """Walks the parser's flat list of tokens and makes the tree of blocks."""

    def __init__(self, tokens: Sequence[Token], fault: Fault, first_line: int) -> None:
        self._tokens = iter(tokens)
        self._tell = fault
        self._first_line = first_line
        self._line = first_line
        self.too_deep = False

    def _fault(self, code: str, **values: object) -> None:
        self._tell(self._line, code, values)

    def _deep(self, depth: int) -> None:
        if depth > Narrative.MAX_DEPTH and not self.too_deep:
            self.too_deep = True
            self._fault("md_deep", most=Narrative.MAX_DEPTH)

    def _next(self) -> Token | None:
        token = next(self._tokens, None)
        if token is not None and token.map:
            self._line = self._first_line + token.map[0]
        return token

    def blocks(self, end: str, depth: int) -> tuple[Block, ...]:
        """The blocks up to the token `end`."""
        self._deep(depth)
        found: list[Block] = []
        while (token := self._next()) is not None and token.type != end:
            block = self._block(token, depth)
            if block is not None:
                found.append(block)
        return tuple(found)

    def _block(self, token: Token, depth: int) -> Block | None:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            if token.attrGet("start") not in (None, 1):
                self._fault("md_start")
            items = tuple(self._items(kind.replace("open", "close"), depth))
            return ListBlock(items, ordered=kind.startswith("ordered"))
        if kind == "blockquote_open":
            return Quote(self.blocks("blockquote_close", depth + 1))
        if kind == "paragraph_open":
            inlines = self._paragraph(depth)
            return Paragraph(inlines) if inlines else None
        if kind == "heading_open":
            level = int(token.tag[1:])
            if level == 1:
                self._fault("md_title")
            return Heading(level, self._paragraph(depth))
        self._fault(_REFUSED.get(kind, "md_unknown"), what=kind)
        return None

    def _items(self, end: str, depth: int) -> Iterator[tuple[Block, ...]]:
        while (token := self._next()) is not None and token.type != end:
            yield self.blocks("list_item_close", depth + 1)

    def _paragraph(self, depth: int) -> tuple[Inline, ...]:
        content = self._next()
        self._next()
        children = iter((content.children if content else None) or ())
        return self._inlines(children, "", depth + 1)

    def _inlines(self, tokens: Iterator[Token], end: str, depth: int) -> tuple[Inline, ...]:
        self._deep(depth)
        found: list[Inline] = []
        words: list[str] = []

        def flush() -> None:
            # The end of a line stays a line break until here, where both its neighbours are known.
            text = joined("".join(words))
            character = forbidden(text)  # as an entity can spell one
            if character:
                self._fault("bad_character", character=character)
            elif text:
                found.append(Text(text))
            words.clear()

        for token in tokens:
            if token.type == end:
                break
            if token.type in ("text", "text_special"):
                words.append(token.content)
            elif token.type == "softbreak":
                words.append("\n")
            else:
                flush()
                inline = self._inline(token, tokens, depth)
                if inline is not None:
                    found.append(inline)
        flush()
        return tuple(found)

    def _inline(self, token: Token, tokens: Iterator[Token], depth: int) -> Inline | None:
        kind = token.type
        if kind == "citation":
            return self._cited(token.content)
        if kind in ("em_open", "strong_open"):
            inner = self._inlines(tokens, kind.replace("open", "close"), depth + 1)
            return Emphasis(inner, strong=kind == "strong_open")
        if kind == "link_open":
            inner = self._inlines(tokens, "link_close", depth + 1)
            return self._linked(token, inner)
        self._fault(_REFUSED.get(kind, "md_unknown"), what=kind)
        return None

    def _linked(self, token: Token, inner: tuple[Inline, ...]) -> Inline | None:
        address = str(token.attrGet("href") or "")
        record = _RECORD.fullmatch(address)
        if record is None or token.attrGet("title") is not None:
            self._fault("md_link", address=address[:80])
        elif not inner:
            self._fault("md_link_empty", id=record[1])
        else:
            return RecordLink(record[1], inner)
        return None

    def _cited(self, content: str) -> Citation | None:
        sources = []
        for part in content.split(";"):
            cited = _CITED.fullmatch(part.strip())
            if cited is None:
                self._fault("md_citation", citation=f"[{content[:80]}]")
                return None
            sources.append(CitedSource(cited[1], one_line(cited[2]) if cited[2] else None))
        return Citation(tuple(sources))
