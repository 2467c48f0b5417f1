"""Makes a ZIM file with libzim: pages, links among them, index of titles and full texts, and no trace of the moment."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Final

from libzim.writer import ContentProvider, Creator, Hint, IndexData, Item, StringProvider

from jasic_desktop.core.record_types import RECORD_TYPES
from jasic_desktop.core.records import Record
from jasic_desktop.export.bulk import document
from jasic_desktop.export.citation_styles import in_style
from jasic_desktop.export.html import article
from jasic_desktop.export.html_blocks import escape, span
from jasic_desktop.export.html_style import style
from jasic_desktop.export.options import Options, records
from jasic_desktop.export.pictures import drawn_files, image_type
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.page import page
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words

_CODES: Final = {"en": "eng", "zh-Hans": "zho", "zh-Hant": "zho"}
_FRONT: Final = "index"
_STYLE: Final = "style.css"
_MEDIA: Final = "media/"
_ICON: Final = 48
_HEADER: Final = slice(8, 24)
_DATABASE: Final = b"\x0f\rXapian Glass"
_VERSION: Final = 2  # bytes that stand between that and its name
_CHECKSUM: Final = 16
_TITLE: Final = 30
_DESCRIPTION: Final = 80


def make(store: Store, ids: Sequence[str], options: Options, path: Path) -> None:
    """Write the records of `ids` to the new file `path`. Raises NotFoundFault, Cancelled."""
    wanted = tuple(dict.fromkeys(store.get(record_id).id for record_id in ids))
    words = Words(options.language)
    creator = Creator(path)
    creator.config_verbose(False).config_indexing(True, _CODES[options.language]).config_nbworkers(1)  # noqa: FBT003
    creator.set_mainpath(_FRONT)
    pages = _pages(store, wanted, options, words)
    with _quiet(), creator:
        for name, value in _told(store, words).items():
            creator.add_metadata(name, value)
        creator.add_illustration(_ICON, _icon())
        creator.add_item(_Page(_STYLE, "", style(), "text/css"))
        for found in pages:
            creator.add_item(found)
    _settle(path, hashlib.sha256("\n".join((store.fingerprint, options.language, *wanted)).encode()).digest()[:16])


class _Words(IndexData):  # type: ignore[misc]
    """What a page is found by: its title and the record's words in every language."""

    def __init__(self, title: str, content: str) -> None:
        super().__init__()
        self._title, self._content = title, content

    def has_indexdata(self) -> bool:
        return bool(self._content)

    def get_title(self) -> str:
        return self._title

    def get_content(self) -> str:
        return self._content

    def get_keywords(self) -> str:
        return self._title

    def get_wordcount(self) -> int:
        return len(self._content.split())

    def get_geoposition(self) -> tuple[float, float] | None:
        return None


class _Page(Item):  # type: ignore[misc]
    """An entry of the file; `found_by` makes it one that the search knows."""

    def __init__(
        self, path: str, title: str, content: str | bytes, kind: str = "text/html", found_by: str = ""
    ) -> None:
        super().__init__()
        self._path, self._title, self._content, self._kind, self._found_by = path, title, content, kind, found_by

    def get_path(self) -> str:
        return self._path

    def get_title(self) -> str:
        return self._title

    def get_mimetype(self) -> str:
        return self._kind

    def get_contentprovider(self) -> ContentProvider:
        return StringProvider(self._content)

    def get_hints(self) -> dict[Hint, int]:
        return {Hint.FRONT_ARTICLE: self._kind == "text/html"}

    def get_indexdata(self) -> IndexData:
        return _Words(self._title, self._found_by)


def _pages(store: Store, ids: Sequence[str], options: Options, words: Words) -> Iterator[_Page]:
    archive = store.archive
    places = {record_id: f"{store.type(record_id)}/{record_id}" for record_id in ids}
    title = archive.title.show(words.language)
    yield _Page(_FRONT, one_line(title), _whole(title, _contents(store, places, words), words, ""))
    present = frozenset(ids)
    pictured: set[str] = set()
    for record in records(store, ids, options):
        drawn = in_style(page(store, record.id, words.language), store, options.style, words.language)
        files = tuple(drawn_files(drawn)) if options.media is not None else ()
        for file in files:
            if options.media is not None and file not in pictured:
                pictured.add(file)
                yield _Page(f"{_MEDIA}{file}", "", options.media(file), image_type(file))
        sources = {file: f"../{_MEDIA}{file}" for file in files}
        body = article(drawn, words, present, lambda record_id: f"../{places[record_id]}", sources)
        foot = f'<footer>\n<p>{escape(cite_archive(store, words.language))}</p>\n<p class="fingerprint">'
        foot += f"{escape(store.fingerprint)}</p>\n</footer>\n"
        text = _whole(drawn.title, f"<main>\n{body}</main>\n{foot}", words, "../")
        yield _Page(places[record.id], one_line(drawn.title), text, found_by=_found_by(store, record, words))


def _whole(title: str, body: str, words: Words, up: str) -> str:
    """A page that asks for nothing but the style sheet beside it."""
    return (
        f'<!DOCTYPE html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8" />\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />\n'
        f'<title>{escape(title)}</title>\n<link rel="stylesheet" href="{up}{_STYLE}" />\n'
        f"</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _contents(store: Store, places: dict[str, str], words: Words) -> str:
    archive = store.archive
    lines = [
        f"<h1>{escape(archive.title.show(words.language))}</h1>\n<p>{escape(cite_archive(store, words.language))}</p>\n"
    ]
    for text in (archive.description, archive.curation, archive.rights_note, archive.contact):
        if text is not None:
            shown, language = text.pick(words.language)
            lines.append(f"<p>{span(language, escape(shown))}</p>\n")
    for kind in RECORD_TYPES:
        here = [record_id for record_id in places if store.type(record_id) == kind]
        if here:
            lines.append(f"<h2>{escape(words.say(f'types.{kind}'))}</h2>\n<ul>\n")
            for record_id in here:
                shown, language = store.title(record_id).pick(words.language)
                lines.append(f'<li><a href="{places[record_id]}">{span(language, escape(shown))}</a></li>\n')
            lines.append("</ul>\n")
    return "".join(lines)


def _found_by(store: Store, record: Record, words: Words) -> str:
    fields = document(store, record, words.language)
    spoken = [value for name, value in fields.items() if name.startswith(("title_", "text_"))]
    return one_line("\n".join((*spoken, *fields.get("names", ()))))


def _told(store: Store, words: Words) -> dict[str, str]:
    archive, language = store.archive, words.language
    described = (archive.description or archive.curation).show(language)
    return {
        "Title": one_line(archive.title.show(language))[:_TITLE],
        "Description": one_line(described)[:_DESCRIPTION],
        "LongDescription": one_line(f"{cite_archive(store, language)} {described}")[:4000],
        "Language": ",".join(dict.fromkeys(_CODES[spoken] for spoken in (language, *archive.languages))),
        "Creator": one_line(archive.editor),
        "Publisher": one_line(archive.editor),
        "Date": archive.date,
        "Name": f"{archive.id}_{language.lower()}",
        "License": one_line(archive.rights_note.show(language)),
        "Source": f"sha512:{store.fingerprint}",
        "Scraper": "Jasic Desktop",
    }


def _icon() -> bytes:
    """A plain square: readers want a picture, and the archive has none."""
    from PIL import Image

    saved = BytesIO()
    Image.new("RGB", (_ICON, _ICON), (0x9A, 0x2B, 0x2B)).save(saved, "PNG")
    return saved.getvalue()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what libzim tells of its steps, past Python, out of standard output, which may be read by a program."""
    try:
        kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # there is no standard output, as in a window without a console
        yield
        return
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        for handle in (kept, nowhere):
            with suppress(OSError):
                os.close(handle)


def _settle(path: Path, name: bytes) -> None:
    """Give the file and its indexes the name `name` (16 bytes) in place of random ones, and its checksum anew."""
    with path.open("r+b") as file:
        file.seek(_HEADER.start)
        file.write(name)
        for at in _places(path):
            file.seek(at + len(_DATABASE) + _VERSION)
            file.write(name)
        file.seek(0)
        digest = hashlib.md5(usedforsecurity=False)
        left = path.stat().st_size - _CHECKSUM
        while left:
            piece = file.read(min(left, 1 << 20))
            digest.update(piece)
            left -= len(piece)
        file.write(digest.digest())


def _places(path: Path) -> list[int]:
    """Where an index begins."""
    found, before, start = [], b"", 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            held = before + piece
            at = held.find(_DATABASE)
            while at >= 0:
                found.append(start - len(before) + at)
                at = held.find(_DATABASE, at + 1)
            before = held[-len(_DATABASE) + 1 :]
            start += len(piece)
    return list(dict.fromkeys(found))
