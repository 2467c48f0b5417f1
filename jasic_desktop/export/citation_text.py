"""A citation as plain text, as a piece of HTML and as Markdown: for the clipboard and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from jasic_desktop.core.blocks import plain
from jasic_desktop.core.languages import Language
from jasic_desktop.export.html_blocks import HtmlBlocks
from jasic_desktop.export.markdown import line
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Inlines, Words

Markup = Literal["text", "html", "markdown"]
MARKUPS: Final[tuple[Markup, ...]] = ("text", "html", "markdown")


def written(citations: Sequence[Inlines], markup: Markup, language: Language) -> str:
    """Citations one after the other, a paragraph each, ending with a line end; nothing for none."""
    if markup == "html":
        draw = HtmlBlocks(Words(language), "", {}, frozenset()).inlines
        return "".join(f'<p lang="{language}">{draw(citation)}</p>\n' for citation in citations)
    lines = [one_line(plain(found)) if markup == "text" else line(found, Words(language)) for found in citations]
    return "\n\n".join(lines) + "\n" if lines else ""
