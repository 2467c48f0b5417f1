"""Records as a text document of OpenDocument (LibreOffice Writer): headings, numbered citations, accounts as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jasic_desktop.core.record_types import RECORD_TYPES
from jasic_desktop.export.citation_styles import in_style
from jasic_desktop.export.odt_blocks import PICTURES, OdtBlocks
from jasic_desktop.export.options import Options, records
from jasic_desktop.export.zipped import Zipped
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.page import page
from jasic_desktop.render.wording import Words

MIMETYPE = b"application/vnd.oasis.opendocument.text"


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """The document: archive, contents, the records, provenance. It is written record by record."""
    from jasic_desktop.export import odt_document as document

    wanted = tuple(dict.fromkeys(store.get(record_id).id for record_id in ids))
    words = Words(options.language)
    draw = OdtBlocks(words, {record_id: number for number, record_id in enumerate(wanted)}, options.media is not None)
    target = Zipped()
    # First and uncompressed, so that programs know the file by its beginning.
    target.add("mimetype", MIMETYPE, stored=True)
    with target.entry("content.xml") as body:
        body.write(document.OPENING.encode())
        body.write(_head(store, wanted, words, draw).encode())
        for record in records(store, wanted, options):
            drawn = page(store, record.id, options.language)
            body.write(draw.article(in_style(drawn, store, options.style, options.language)).encode())
        body.write(_foot(store, words, draw).encode())
        body.write(document.CLOSING.encode())
    for file in draw.pictures:
        if options.media is not None:
            target.add(f"{PICTURES}{file}", options.media(file), stored=True)
    for name, data in document.parts(store, wanted, words, draw.pictures):
        target.add(name, data)
    yield from target.pieces()


def _head(store: Store, ids: Sequence[str], words: Words, draw: OdtBlocks) -> str:
    parts = [
        draw.paragraph(words.bare(store.title(ids[0]) if len(ids) == 1 else store.archive.title), "Title"),
        draw.words(cite_archive(store, words.language), "Fingerprint"),
    ]
    if len(ids) > 1:
        parts.append(draw.words(words.say("contents"), "ContentsHeading"))
        for kind in RECORD_TYPES:
            here = [record_id for record_id in ids if store.type(record_id) == kind]
            if here:
                parts.append(draw.words(words.say(f"types.{kind}"), "ContentsGroup"))
                parts += [draw.paragraph(words.link(store, record_id), "ContentsEntry") for record_id in here]
    return "".join(parts)


def _foot(store: Store, words: Words, draw: OdtBlocks) -> str:
    archive = store.archive
    return "".join(
        (
            draw.heading(words.say("section.provenance")),
            draw.words(cite_archive(store, words.language), "Text"),
            draw.words(store.fingerprint, "Fingerprint"),
            draw.paragraph(words.text(archive.rights_note), "Text"),
            draw.paragraph(words.text(archive.contact), "Text"),
        )
    )
