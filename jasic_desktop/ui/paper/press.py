"""Makes the PDF of records: pages drawn one by one, then bound with their links and outline."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, Final, Protocol

from PySide6.QtCore import QFile, QHashSeed, QIODevice, QMarginsF
from PySide6.QtGui import QGuiApplication, QPageSize, QPainter, QPdfWriter

from jasic_desktop.core.errors import DisplayFault, NotWrittenFault
from jasic_desktop.core.languages import Language
from jasic_desktop.export.options import Options, PaperSize
from jasic_desktop.export.pdf_binding import About, Guide, bind
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.paper.book import Book
from jasic_desktop.ui.paper.letters import Letters
from jasic_desktop.ui.paper.painting import paint
from jasic_desktop.ui.paper.sheet import Leaf

_DOTS: Final = 720
_SIZES: Final = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}


class Pages(Protocol):
    """What can be pressed: records or a timeline. `titles` are the entries of the outline, known after the pages."""

    titles: list[tuple[str, str]]

    @property
    def language(self) -> Language:
        """The language of the program's own words."""
        ...

    @property
    def title(self) -> str:
        """What the whole is called."""
        ...

    def pages(self) -> Iterator[Leaf]:
        """The pages, one after the other."""
        ...


def press(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """The PDF of the records. Needs an application of Qt's (DisplayFault).

    What is being made stands in a file without a name, which goes when this ends, however it ends. Raises
    NotFoundFault, Cancelled, NotWrittenFault where there is no room for it.
    """
    return pressed(store, Book(store, ids, options), options)


def pressed(store: Store, book: Pages, options: Options) -> Iterator[bytes]:
    """The PDF of pages of any kind; as `press`."""
    if QGuiApplication.instance() is None:
        raise DisplayFault("export.no_press")
    archive, language = store.archive, options.language
    with tempfile.TemporaryFile(prefix="jasic-desktop-") as file:
        guide = Guide()
        _draw(book, guide, file, options.paper)
        guide.outline = book.titles
        about = About(
            title=book.title,
            author=one_line(archive.editor),
            subject=one_line(cite_archive(store, language)),
            keywords=store.fingerprint,
            language=language,
            date=archive.date,
        )
        yield from bind(file, guide, about, options.progress)


def _draw(book: Pages, guide: Guide, file: IO[bytes], paper: PaperSize) -> None:
    device = QFile()
    if not device.open(file.fileno(), QIODevice.OpenModeFlag.WriteOnly):
        raise NotWrittenFault("export.no_room", system=device.errorString())
    writer = QPdfWriter(device)
    writer.setResolution(_DOTS)
    writer.setPageSize(QPageSize(_SIZES[paper]))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter, letters = QPainter(), Letters(book.language)
    # Qt writes the fonts in the order of a table that is shuffled anew in each process.
    QHashSeed.setDeterministicGlobalSeed()
    try:
        for leaf in book.pages():
            if leaf.number > 1:
                writer.newPage()
            elif not painter.begin(writer):
                raise NotWrittenFault("export.no_room", system=device.errorString())
            paint(painter, leaf, letters)
            _note(guide, leaf)
    finally:
        # Also when it is cancelled: a writer that is let go of while it draws brings the program down.
        if painter.isActive():  # it is not where it was cancelled before the first page
            painter.end()
        device.close()
        QHashSeed.resetRandomGlobalSeed()
    if device.error() != QFile.FileError.NoError:
        raise NotWrittenFault("export.no_room", system=device.errorString())


def _note(guide: Guide, leaf: Leaf) -> None:
    """Keep what of a page is no ink, in points."""
    for place in leaf.places:
        guide.add_place(place.name, leaf.number - 1, place.y / 10)
    for link in leaf.links:
        guide.add_link(link.target, link.x / 10, link.y / 10, link.width / 10, link.height / 10)
    guide.end_page()
