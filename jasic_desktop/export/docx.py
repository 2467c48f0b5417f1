"""Records as a Word document (Office Open XML): headings, numbered citations, accounts as tables, real styles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from jasic_desktop.core.record_types import RECORD_TYPES
from jasic_desktop.export.citation_styles import in_style
from jasic_desktop.export.options import Options, records
from jasic_desktop.export.zipped import Zipped
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.page import page
from jasic_desktop.render.wording import Words

if TYPE_CHECKING:
    from jasic_desktop.export.docx_blocks import DocxBlocks


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """The document: archive, contents, the records, provenance. One record at a time is held as a tree."""
    from jasic_desktop.export.docx_blocks import DocxBlocks
    from jasic_desktop.export.docx_document import BODY, DocxDocument

    wanted = tuple(dict.fromkeys(store.get(record_id).id for record_id in ids))
    words = Words(options.language)
    document = DocxDocument(store, wanted, words)
    draw = DocxBlocks(document, words, {record_id: number for number, record_id in enumerate(wanted)}, options.media)
    target = Zipped()
    with target.entry(BODY) as body:
        body.write(document.opening)
        _head(store, wanted, words, draw)
        body.write(document.drawn())
        for record in records(store, wanted, options):
            drawn = page(store, record.id, options.language)
            draw.article(in_style(drawn, store, options.style, options.language))
            body.write(document.drawn())
        _foot(store, words, draw)
        body.write(document.drawn())
        body.write(document.closing)
    for name, data in document.parts():
        target.add(name, data)
    yield from target.pieces()


def _head(store: Store, ids: Sequence[str], words: Words, draw: DocxBlocks) -> None:
    title = words.bare(store.title(ids[0]) if len(ids) == 1 else store.archive.title)
    draw.paragraph(title, "Title")
    draw.words(cite_archive(store, words.language), "Fingerprint")
    if len(ids) <= 1:
        return
    draw.words(words.say("contents"), "ContentsHeading")
    for kind in RECORD_TYPES:
        here = [record_id for record_id in ids if store.type(record_id) == kind]
        if here:
            draw.words(words.say(f"types.{kind}"), "ContentsGroup")
            for record_id in here:
                draw.paragraph(words.link(store, record_id), "ContentsEntry")


def _foot(store: Store, words: Words, draw: DocxBlocks) -> None:
    archive = store.archive
    draw.words(words.say("section.provenance"), "Heading1")
    draw.words(cite_archive(store, words.language), "Normal")
    draw.words(store.fingerprint, "Fingerprint")
    draw.paragraph(words.text(archive.rights_note), "Normal")
    draw.paragraph(words.text(archive.contact), "Normal")
