"""Records as the pages of one file: title block, the records, one list of sources, and where each record stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from jasic_desktop.app.exporting import contents
from jasic_desktop.app.overview import own_rights
from jasic_desktop.core.blocks import (
    Block,
    Citation,
    CitedSource,
    Heading,
    PictureBlock,
    RecordLink,
    SourceEntry,
    SourceList,
)
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.core.records import Document, Record
from jasic_desktop.export.citation_styles import HOUSE, in_style, source
from jasic_desktop.export.options import Options, records
from jasic_desktop.packs.images import Pixels, pixels
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import identifier, short_fingerprint
from jasic_desktop.render.page import Page, page, source_reference
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Inlines, Words
from jasic_desktop.ui.paper.blocks import LABEL, NOTE, SMALL, BlockSetter, beside, bound
from jasic_desktop.ui.paper.flow import Flow
from jasic_desktop.ui.paper.letters import Letters
from jasic_desktop.ui.paper.runs import Inliner, record_place
from jasic_desktop.ui.paper.setting import Run, Setter
from jasic_desktop.ui.paper.sheet import SHEETS, Area, Leaf, Look, Row

SOURCES: Final = "sources"
"""The name of the place where the list of sources begins."""
_INDEX_FROM: Final = 3
"""So many records have an index with page numbers at the end."""
_TITLE: Final = Look(200, strong=True)
_RECORD: Final = Look(145, strong=True)
_WIDEST: Final = 2000
"""Pixels that a picture is decoded to at most: 300 to an inch of the column."""
_PAGE_NUMBER: Final = 400


class Book:
    """Lays out the records of `ids`, page by page; of what is behind, only what the end needs is kept.

    `titles` grows with the pages: the title of each record with the name of its place.
    """

    def __init__(self, store: Store, ids: Sequence[str], options: Options) -> None:
        self._store = store
        self._ids = tuple(dict.fromkeys(store.get(record_id).id for record_id in ids))
        self._present = frozenset(self._ids)
        self._options = options
        self._words = Words(options.language)
        self._numbers: dict[str, int] = {}
        self._pages: dict[str, int] = {}
        self._sheet = SHEETS[options.paper]
        letters = Letters(options.language)
        self._setter = Setter(letters)
        self._blocks = BlockSetter(
            self._setter,
            self._words,
            self._sheet.room,
            side_by_side=options.side_by_side,
            pixels=self._pixels if options.media is not None else None,
        )
        self.titles: list[tuple[str, str]] = []

    @property
    def language(self) -> Language:
        """The language of the program's own words."""
        return self._options.language

    @property
    def title(self) -> str:
        """The title of the whole: that of the only record, else the archive's."""
        only = self._ids[0] if len(self._ids) == 1 else None
        title = self._store.title(only) if only is not None else self._store.archive.title
        return one_line(title.show(self._options.language))

    def pages(self) -> Iterator[Leaf]:
        """The pages. Raises NotFoundFault, Cancelled."""
        for leaf in Flow(self._sheet, self._setter, self._foot()).pages(self._rows()):
            for place in leaf.places:
                if place.name not in self._pages:
                    self._pages[place.name] = leaf.number
            yield leaf

    # ---------------------------------------------------------------------------------------------------- the parts

    def _rows(self) -> Iterator[Row]:
        yield from self._head()
        for record in records(self._store, self._ids, self._options):
            yield from self._record(record)
        if self._options.sources_at_end and self._numbers:
            yield from self._sources()
        yield from self._index()
        yield from self._colophon()

    def _head(self) -> Iterator[Row]:
        store, words, language = self._store, self._words, self._options.language
        archive = store.archive
        name = f"{archive.title.show(language)} {archive.version}"
        over = self._say("over_one" if len(self._ids) == 1 else "over", archive=name)
        yield from self._kept([Run(one_line(over), LABEL._replace(strong=True))], 0)
        if len(self._ids) != 1:
            yield from self._kept([Run(self.title, _TITLE)], 40)
        counted = contents(store, self._ids, Progress(cancelled=self._options.progress.cancelled))
        counts = [
            self._say(key, count=number)
            for key, number in (
                ("records", counted.records),
                ("statements", counted.statements),
                ("accounts", counted.accounts),
            )
            if number
        ]
        yield from self._kept([Run(words.say("punctuation.dot").join(counts), NOTE)], 30)
        fingerprint = self._say("fingerprint", fingerprint=short_fingerprint(store.fingerprint))
        yield from self._kept([Run(fingerprint, NOTE)], 0)

    def _record(self, record: Record) -> Iterator[Row]:
        options = self._options
        drawn = in_style(page(self._store, record.id, options.language), self._store, options.style, options.language)
        own = not self._options.sources_at_end
        inliner = self._inliner(drawn if own else None)
        place = record_place(record.id)
        self.titles.append((one_line(drawn.title), place))
        yield Row(60, keep=True)
        rows = self._blocks.paragraph(inliner.runs(drawn.heading, _RECORD), 200)
        for row in rows:
            row.keep = True
        (rows[0] if rows else Row(0)).places.append(place)
        yield from rows
        for inlines in (drawn.subtitle, drawn.line):
            if inlines:
                yield from self._kept([*inliner.runs(inlines, NOTE)], 15)
        stable = [Run(one_line(identifier(self._store, record.id)), LABEL)]
        rights = self._store.archive.rights
        if isinstance(record, Document) and record.rights in rights:
            dot = self._words.say("punctuation.dot")
            stable += [Run(dot, LABEL), *inliner.runs(self._words.text(rights[record.rights].label), LABEL)]
        yield from self._kept(stable, 15)
        yield from self._blocks.rows(self._shown(drawn, sources=own), inliner, record.id if own else "")

    @staticmethod
    def _shown(drawn: Page, *, sources: bool) -> Iterator[Block]:
        """The blocks of a record without what stands once in the whole file."""
        for block in drawn.blocks:
            if isinstance(block, Heading) and block.anchor == "provenance":
                return
            is_list = isinstance(block, SourceList) or (isinstance(block, Heading) and block.anchor == "sources")
            if sources or not is_list:
                yield block

    def _sources(self) -> Iterator[Row]:
        heading = self._blocks.heading(self._say("sources", count=len(self._numbers)))
        heading[0].places.append(SOURCES)
        self.titles.append((one_line(self._words.say("section.sources")), SOURCES))
        yield from heading
        inliner = self._inliner(None)
        for document, number in self._numbers.items():
            if self._options.progress.cancelled():
                raise Cancelled
            yield from self._blocks.source(SourceEntry(number, document, self._reference(document)), inliner)

    def _index(self) -> Iterator[Row]:
        """Each record with its page; the numbers are those of pages that are behind."""
        if len(self._ids) < _INDEX_FROM:
            return
        yield from self._blocks.heading(self._say("index"))
        width = self._sheet.room - _PAGE_NUMBER
        for record_id in self._ids:
            place = record_place(record_id)
            title, language = self._store.title(record_id).pick(self._options.language)
            look = SMALL._replace(language="" if language == self._options.language else language)
            title_rows = self._setter.lines([Run(one_line(title), look, place)], width, 120)
            number = str(self._pages.get(place, ""))
            left = self._sheet.room - self._setter.width(number, SMALL) if number else width
            yield from bound(beside((0, title_rows), (left, self._setter.lines([Run(number, SMALL)], 1e6, 120))), 20)

    def _colophon(self) -> Iterator[Row]:
        archive, language = self._store.archive, self._options.language
        yield Row(150)
        yield Row(30, areas=[Area(0, 0, self._sheet.room, 5, "line")], keep=True)
        whole = self._say("whole_fingerprint", fingerprint=self._store.fingerprint)
        name = f"{archive.title.show(language)} {archive.version}. {archive.editor_in(language)}."
        for text in (name, archive.rights_note.show(language), archive.contact.show(language), whole):
            yield from self._blocks.paragraph([Run(one_line(text), NOTE)], 20)

    # ------------------------------------------------------------------------------------------------------ helpers

    def _inliner(self, drawn: Page | None) -> Inliner:
        if drawn is None:
            return Inliner(self._words, self._present, self._numbered)
        numbers = drawn.numbers
        return Inliner(
            self._words,
            self._present,
            lambda citation: sorted(
                ((numbers.get(source.id), source) for source in citation.sources), key=lambda pair: pair[0] or 0
            ),
            drawn.id,
        )

    def _numbered(self, citation: Citation) -> list[tuple[int | None, CitedSource]]:
        """The documents of a citation; one that was not cited before gets the next number of the file."""
        pairs: list[tuple[int | None, CitedSource]] = [
            (self._numbers.setdefault(source.id, len(self._numbers) + 1), source) for source in citation.sources
        ]
        return sorted(pairs, key=lambda pair: pair[0] or 0)

    def _reference(self, document_id: str) -> Inlines:
        style, store = self._options.style, self._store
        document = store.get(document_id) if style != HOUSE and document_id in store.ordinals else None
        if isinstance(document, Document):
            title = source(store, document, style, self._options.language)
            return (RecordLink(document_id, title),) if document_id in self._present else title
        return source_reference(store, document_id, self._words)

    def _pixels(self, block: PictureBlock) -> Pixels:
        """The picture decoded out of the way: the toolkit is given pixels only."""
        if self._options.media is None:
            raise RuntimeError("no pictures leave")
        return pixels(block.file, self._options.media(block.file), _WIDEST)

    def _kept(self, runs: list[Run], above: float) -> Iterator[Row]:
        for row in self._blocks.paragraph(runs, above):
            row.keep = True
            yield row

    def _foot(self) -> str:
        archive, language = self._store.archive, self._options.language
        rights = own_rights(self._store, language) or archive.rights_note.show(language)
        return one_line(
            self._words.say("punctuation.dot").join((f"{archive.title.show(language)} {archive.version}", rights))
        )

    def _say(self, key: str, **values: object) -> str:
        return translate(f"export.paper.{key}", self._options.language, **values)
