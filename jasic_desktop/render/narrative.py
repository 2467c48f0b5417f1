"""The running text of a record made ready for its page: in its language, its headings below those of the page."""

from __future__ import annotations

from itertools import count

from jasic_desktop.core.blocks import Block, Heading, InLanguage, Inline, ListBlock, Paragraph, Quote
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Record
from jasic_desktop.render.wording import Inlines, Words


def narrative(record: Record, words: Words) -> tuple[tuple[Block, ...], Inlines]:
    """The blocks of the running text for this reader, none where there is no text, and the mark of a fallback.

    Headings are of level 3 at least and have the anchors `text-1`, `text-2` and so on.
    """
    text = record.narrative
    if text is None or not (text.en or text.zh_hans or text.zh_hant):
        return (), ()
    texts = {"en": text.en, "zh-Hans": text.zh_hans, "zh-Hant": text.zh_hant}
    present = Localised(*(language if blocks else None for language, blocks in texts.items()))
    language = present.show(words.language)
    ready = _Ready(language if language != words.language else None)
    return tuple(map(ready.block, texts[language])), words.mark(present)


class _Ready:
    def __init__(self, language: str | None) -> None:
        self._language = language
        self._numbers = count(1)

    def block(self, block: Block) -> Block:
        if isinstance(block, Paragraph):
            return Paragraph(self._inlines(block.inlines))
        if isinstance(block, Heading):
            level = min(max(block.level + 1, 3), 6)
            return Heading(level, self._inlines(block.inlines), f"text-{next(self._numbers)}")
        if isinstance(block, ListBlock):
            return ListBlock(tuple(tuple(map(self.block, item)) for item in block.items), block.ordered)
        if isinstance(block, Quote):
            return Quote(tuple(map(self.block, block.blocks)))
        return block

    def _inlines(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return (InLanguage(self._language, inlines),) if self._language else inlines
