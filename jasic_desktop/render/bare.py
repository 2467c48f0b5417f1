"""A page without what stands beside it where a record has the whole window, or with statements of one certainty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from jasic_desktop.core.blocks import AccountsBlock, Block, Heading, StatementBlock
from jasic_desktop.core.certainty import Certainty
from jasic_desktop.render.page import Page

_BESIDE = frozenset({"facts", "connections", "sources"})
_LEADING = frozenset({"statements", "text"})
_ORDER = ("corroborated", "single-source", "disputed", "alleged")


def certainties(page: Page) -> dict[str, int]:
    """How many statements of the page have each certainty, the best supported first; none has no entry."""
    counted = Counter(block.certainty for block in page.blocks if isinstance(block, StatementBlock))
    order = (*_ORDER, *sorted(set(counted) - set(_ORDER)))
    return {certainty: counted[certainty] for certainty in order if counted[certainty]}


def bare(page: Page, certainty: str | None = None) -> Page:
    """`page` without title, key facts, connections and sources, whose numbers stay; of statements only those of
    `certainty`, if one is given, and the accounts that differ only with all or with the disputed ones.

    What leads to a text or to statements (summary, abstract) stands beside them then, and is left out too.
    """
    blocks = list(_kept(page, certainty))
    if blocks and isinstance(blocks[0], Heading) and blocks[0].anchor == "statements":
        blocks = blocks[1:]  # the bar above says so
    return replace(page, blocks=tuple(blocks), is_bare=True)


def _kept(page: Page, certainty: str | None) -> Iterator[Block]:
    leads = any(isinstance(block, Heading) and block.anchor in _LEADING for block in page.blocks)
    section: str | None = "" if leads else "scope"
    for block in page.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            section = block.anchor or "section"
            if leads and section == "abstract":
                section = ""
        if not section or section in _BESIDE:
            continue
        if isinstance(block, StatementBlock) and certainty is not None and block.certainty != certainty:
            continue
        if isinstance(block, AccountsBlock) and certainty not in (None, Certainty.DISPUTED.value):
            continue
        yield block
