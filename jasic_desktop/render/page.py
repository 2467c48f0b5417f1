"""A record as a page: the blocks that the reader, the terminal and the exporters draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from jasic_desktop.core.blocks import (
    AccountsBlock,
    Block,
    Facts,
    Heading,
    Inline,
    Paragraph,
    SourceEntry,
    SourceList,
    StatementBlock,
    Text,
)
from jasic_desktop.core.languages import Language
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.core.records import Document, Record, Topic
from jasic_desktop.packs.store import Store
from jasic_desktop.render import citation
from jasic_desktop.render.connections import connections
from jasic_desktop.render.evidence import evidence
from jasic_desktop.render.facts import key_facts
from jasic_desktop.render.heading import heading_line, subtitle
from jasic_desktop.render.narrative import narrative
from jasic_desktop.render.numbering import numbering
from jasic_desktop.render.pictures import pictures
from jasic_desktop.render.statements import statements
from jasic_desktop.render.wording import Inlines, Words

SECTIONS = ("abstract", "facts", "pictures", "text", "statements", "evidence", "connections", "sources", "provenance")
"""The anchors of a page's headings, in the order they stand in; each only where the record has something for it."""


@dataclass(frozen=True)
class Page:
    """One record drawn up for a reader of `language`.

    `title` is shown at the top (`title_language` is what it is in), `subtitle` the other names, `line` type, kind,
    date and place. `blocks` is all that stands below; the numbers of its citations are those of `sources`. A page that
    `is_bare` is drawn without title and lines below it (see render.bare); `others` are parts in another language, each
    to stand beside the part of this page that it belongs to (see render.beside).
    """

    id: str
    type: RecordType
    language: Language
    title: str
    title_language: Language
    subtitle: Inlines
    line: Inlines
    summary: Inlines
    blocks: tuple[Block, ...]
    sources: tuple[SourceEntry, ...]
    is_bare: bool = False
    others: Mapping[Block, tuple[Block, ...]] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each cited document on this page."""
        return {entry.id: entry.number for entry in self.sources}

    @property
    def has_short_lines(self) -> bool:
        """Whether it is bare and begins with statements, which are set smaller, beside their dates."""
        begins = bool(self.blocks) and isinstance(self.blocks[0], StatementBlock | AccountsBlock)
        return self.is_bare and begins and self.has_dates

    @cached_property
    def has_dates(self) -> bool:
        """Whether any of its statements has a date."""
        return any(isinstance(block, StatementBlock) and block.date for block in self.blocks)

    @property
    def heading(self) -> Inlines:
        """The title as inlines, set in its language."""
        return Words(self.language).set_in(self.title_language, (Text(self.title),))


def page(store: Store, record_id: str, language: Language) -> Page:
    """The page of one record. Raises NotFoundFault when the archive has no such record."""
    record = store.get(record_id)
    words = Words(language)
    title, title_language = record.title.pick(language)
    summary = words.text(record.summary) if record.summary else ()
    body = tuple(_body(store, record, words, summary))
    sources = tuple(
        SourceEntry(number, document, source_reference(store, document, words))
        for number, document in enumerate(numbering(body), start=1)
    )
    end: tuple[Block, ...] = (Heading(2, (Text(words.say("section.sources")),), "sources"), SourceList(sources))
    return Page(
        id=record.id,
        type=record.type,
        language=language,
        title=title,
        title_language=title_language,
        subtitle=subtitle(record, words),
        line=heading_line(store, record, words),
        summary=summary,
        blocks=(*body, *(end if sources else ()), *_provenance(store, record, words)),
        sources=sources,
    )


def _body(store: Store, record: Record, words: Words, summary: Inlines) -> Iterator[Block]:
    text, mark = narrative(record, words)
    if summary and not text:
        # With a narrative the summary would say the same thing twice: it is for lists and cards.
        yield Paragraph(summary)
    if isinstance(record, Topic):
        yield Paragraph(words.text(record.scope_note))
    if isinstance(record, Document) and record.abstract:
        yield from section(words, "abstract", words.mark(record.abstract))
        yield Paragraph(words.bare(record.abstract))
    rows = key_facts(store, record, words)
    if rows:
        yield from section(words, "document" if isinstance(record, Document) else "facts")
        yield Facts(rows)
    shown = tuple(pictures(store, record.id, words))
    if shown:
        yield from section(words, "pictures")
        yield from shown
    if text:
        yield from section(words, "text", mark)
        yield from text
    if record.statements or record.accounts:
        yield from section(words, "statements", words.mark(*(s.text for s in record.statements)))
        yield from statements(store, record, words)
    if isinstance(record, Document):
        yield from section(words, "evidence")
        yield Facts(evidence(store, record, words))
    linked = tuple(connections(store, record.id, words))
    if linked:
        yield from section(words, "connections")
        yield from linked


def section(words: Words, anchor: str, mark: Inlines = ()) -> Iterator[Block]:
    """The heading of a part of the page."""
    inlines: tuple[Inline, ...] = (Text(words.say(f"section.{anchor}")), *mark)
    yield Heading(2, inlines, "facts" if anchor == "document" else anchor)


def source_reference(store: Store, document_id: str, words: Words) -> Inlines:
    """What a list of sources says of one; its title leads to its record."""
    # A pack of somebody else's may cite what is no document of it: the page shows what there is.
    document = store.get(document_id) if document_id in store.ordinals else None
    if isinstance(document, Document):
        return citation.reference(document, words, linked=True)
    return words.link(store, document_id)


def _provenance(store: Store, record: Record, words: Words) -> Iterator[Block]:
    archive = store.archive
    rights: Inlines = words.text(archive.rights_note)
    if isinstance(record, Document) and record.rights in archive.rights:
        rights = words.join("space", (words.text(archive.rights[record.rights].label), rights))
    yield from section(words, "provenance")
    yield Facts(
        (
            (words.say("fact.identifier"), (Text(citation.identifier(store, record.id)),)),
            (words.say("fact.archive"), (Text(citation.cite_archive(store, words.language)),)),
            (words.say("fact.rights"), rights),
        )
    )
