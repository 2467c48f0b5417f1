"""Which passage of a record each block of its page is the text of: what a highlight is bound to."""

from __future__ import annotations

from typing import Final

from jasic_desktop.core.blocks import Heading, Paragraph
from jasic_desktop.render.page import Page

READ: Final = frozenset({"abstract", "text"})
"""The anchors of the sections whose text is read."""


def page_passages(page: Page) -> tuple[str, ...]:
    """For each block of a page, the passage of the record that it is the text of (see workspace.passages), or none.

    Statements and the answers of accounts have names of their own.
    """
    fields, section = [], "scope"
    for at, block in enumerate(page.blocks):
        if isinstance(block, Heading) and block.level <= 2:
            section = block.anchor if block.anchor in READ and block.anchor is not None else ""
            fields.append("")
        elif section == "scope":
            fields.append("summary" if at == 0 and isinstance(block, Paragraph) and page.summary else section)
        else:
            fields.append(section)
    return tuple(fields)
