"""The dossier: records to read, print, check and go on working with, in one BagIt bag that needs no program of ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from jasic_desktop import __version__
from jasic_desktop.core.archive import Medium
from jasic_desktop.core.cancel import Progress
from jasic_desktop.export import bibtex, csl_json, csv, dossier_pages, html, jsonl, notes, pdf
from jasic_desktop.export.bagging import Bag, File
from jasic_desktop.export.json import sources
from jasic_desktop.export.names import safe_name
from jasic_desktop.export.options import Options, Writer
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.numbering import citations, texts
from jasic_desktop.render.visible import one_line

_WHOLE: Final = 1000
READABLE: Final = "data/records.html"
PAGES: Final = "data/records.pdf"
_RECORDS: Final[dict[str, Writer]] = {
    READABLE: html.write,
    PAGES: pdf.write,
    "data/records.jsonl": jsonl.write,
    "data/records.csv": csv.write,
    "data/statements.csv": csv.write_statements,
}
_SOURCES: Final[dict[str, Writer]] = {"data/sources.csl.json": csl_json.write, "data/sources.bib": bibtex.write}


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """The bag as one zip of stored entries. Without a press it has no PDF."""
    wanted = _resolved(store, ids)
    return _bag(store, wanted, options).zipped(bag_name(store, wanted))


def write_folder(store: Store, ids: Sequence[str], options: Options, folder: Path) -> int:
    """The bag into an empty folder; the number of bytes. Raises OSError, NotFoundFault, Cancelled."""
    return _bag(store, _resolved(store, ids), options).into(folder)


def bag_name(store: Store, ids: Sequence[str]) -> str:
    """What the bag's folder in the zip is called: the id of the only record, else the archive's and the number."""
    stem = ids[0] if len(ids) == 1 else f"{store.archive.id}-{len(ids)}-records"
    return safe_name(f"{stem}-dossier")


def _resolved(store: Store, ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(store.get(record_id).id for record_id in ids))


def _bag(store: Store, ids: Sequence[str], options: Options) -> Bag:
    archive = store.archive
    info = [
        ("Source-Organization", one_line(archive.editor)),
        ("External-Identifier", f"{archive.id}@{archive.version}"),
        ("External-Description", one_line(cite_archive(store, "en"))),
        ("Bagging-Date", archive.date),
        ("Bag-Software-Agent", f"jasic-desktop {__version__}"),
        ("Archive-Fingerprint", store.fingerprint),
        ("Record-Count", str(len(ids))),
    ]
    return Bag(_files(store, ids, options), info)


def _files(store: Store, ids: Sequence[str], options: Options) -> Iterator[File]:
    """Every file but those that make it a bag; what the start page tells of is written before it."""
    writers = {path: write for path, write in _RECORDS.items() if path != PAGES or options.press is not None}
    works = len(writers) + len(_SOURCES)
    written: list[str] = []
    for number, (path, make) in enumerate(writers.items()):
        yield File(path, make(store, ids, _part(options, number, works)))
        written.append(path)
    cited = _cited(store, ids, options)
    for number, (path, make) in enumerate(_SOURCES.items(), len(writers)):
        yield File(path, make(store, cited, _part(options, number, works)))
        written.append(path)
    media = media_shown(store, ids) if options.media is not None else ()
    for medium in media:
        if options.media is not None:
            options.progress.step("export.packing", works, works)
            yield File(f"data/media/{medium.file}", [options.media(medium.file)])
            written.append(f"data/media/{medium.file}")
    own = notes.on(ids, options.notes)
    if own:
        yield File("data/notes/notes.txt", notes.readable(store, own, options.language))
        yield File("data/notes/notes.jsonl", notes.lines(store, own))
        yield File("data/notes/annotations.jsonld", notes.web_annotations(store, own))
        written += [f"data/notes/{name}" for name in ("notes.txt", "notes.jsonl", "annotations.jsonld")]
    yield File("data/RIGHTS.txt", [dossier_pages.rights(store, media, options)])
    start = dossier_pages.Start(store, ids, (*written, "data/RIGHTS.txt"), len(cited), options)
    yield File("README.txt", [start.text()])
    yield File("index.html", [start.page()])


def _part(options: Options, number: int, works: int) -> Options:
    """The options for one file of several, whose progress is a part of the whole."""

    def report(step: str, done: int, total: int) -> None:
        if step == "export.step":
            within = _WHOLE * done // total if total else _WHOLE
            options.progress.report("export.packing", number * _WHOLE + within, works * _WHOLE)

    return replace(options, progress=Progress(report, options.progress.cancelled))


def _cited(store: Store, ids: Sequence[str], options: Options) -> tuple[str, ...]:
    """The documents that the records cite anywhere, in order of first citation."""
    found: dict[str, None] = {}
    for record_id in ids:
        options.progress.step("export.packing", 0, 0)
        record = store.get(record_id)
        found.update(dict.fromkeys(sources(record)))
        text = record.narrative
        for blocks in (text.en, text.zh_hans, text.zh_hant) if text is not None else ():
            found.update(dict.fromkeys(cited.id for line in texts(blocks) for cited in citations(line)))
    return tuple(document for document in found if document in store.ordinals)


def media_shown(store: Store, ids: Sequence[str]) -> tuple[Medium, ...]:
    """The media that belong to one of `ids`; all of them where the whole archive leaves."""
    present = frozenset(ids)
    whole = len(present) == store.count
    media = store.archive.media
    return tuple(medium for medium in media if whole or present.intersection((*medium.people, *medium.about)))
