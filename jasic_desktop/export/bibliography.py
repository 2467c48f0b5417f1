"""A record as an entry of a bibliography, before any format: what kind of work, by whom, when, where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from jasic_desktop.core.dates import Date, points
from jasic_desktop.core.languages import Language
from jasic_desktop.core.records import Document, Event, Record
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive, identifier


class Genre(NamedTuple):
    """What one kind of work is called in CSL, BibTeX and RIS, and the BibTeX field that names its publisher."""

    csl: str
    bibtex: str
    ris: str
    publisher_field: str = "publisher"


_OTHER: Final = Genre("document", "misc", "GEN")
_ENTRY: Final = Genre("entry", "misc", "GEN")
_GENRES: Final[dict[str, Genre]] = {
    "news-article": Genre("article-newspaper", "article", "NEWS", "journal"),
    "journal-article": Genre("article-journal", "article", "JOUR", "journal"),
    "report": Genre("report", "techreport", "RPRT", "institution"),
    "web-page": Genre("webpage", "misc", "ELEC"),
    "blog-post": Genre("post-weblog", "misc", "BLOG"),
    "encyclopedia": Genre("entry-encyclopedia", "misc", "ENCYC"),
    "video": Genre("motion_picture", "misc", "VIDEO"),
}


class Part(NamedTuple):
    """A date as far as it is known."""

    year: int
    month: int | None = None
    day: int | None = None

    def known(self) -> list[int]:
        """The parts that are known, largest first."""
        return [part for part in self if part is not None]


@dataclass(frozen=True)
class Entry:
    """One entry. Authors and publishers are whole names: the archive does not part family names from given ones.

    `id` is the record's id, which is unique in the archive and stays the same in every edition.
    """

    id: str
    genre: Genre
    title: str
    other_title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    issued: tuple[Part, ...]
    circa: bool
    edtf: str | None
    language: str | None
    url: str | None
    abstract: str | None
    note: str
    archive: str
    identifier: str
    rights: str


def entry(store: Store, record: Record, language: Language) -> Entry:
    """`record` as an entry: a document as the source it is, any other record as an entry of this archive."""
    archive = store.archive
    title, other = titles(record, language)
    date = record.date if isinstance(record, Event | Document) else None
    stable = identifier(store, record.id)
    described = cite_archive(store, language)
    document = record if isinstance(record, Document) else None
    abstract = (document.abstract if document else None) or record.summary
    rights = archive.rights_note
    if document and document.rights in archive.rights:
        rights = archive.rights[document.rights].label
    return Entry(
        id=record.id,
        genre=_GENRES.get(document.kind, _OTHER) if document else _ENTRY,
        title=title,
        other_title=other,
        authors=document.authors_in(language) if document else (archive.editor_in(language),),
        publisher=document.publisher_in(language) if document else archive.title.show(language),
        issued=_issued(date if document else None),
        circa=bool(document and date and (date.is_approximate or date.is_uncertain)),
        edtf=date.edtf if document and date else None,
        language=document.language if document else record.title.pick(language)[1],
        url=document.url if document else None,
        abstract=abstract.show(language) if abstract else None,
        note=f"{described}. {stable}",
        archive=archive.title.show(language),
        identifier=stable,
        rights=rights.show(language),
    )


def titles(record: Record, language: Language) -> tuple[str, str | None]:
    """The title to cite and the other one: a document is cited by its own title, with ours as the translation."""
    shown, _ = record.title.pick(language)
    if isinstance(record, Document):
        original = record.original_title
        return (original, shown) if original and original != shown else (shown, None)
    other = record.title.zh_hans or record.title.zh_hant if shown == record.title.en else record.title.en
    return shown, other if other != shown else None


def _issued(date: Date | None) -> tuple[Part, ...]:
    if date is None:
        return ()
    start, end = points(date.edtf)
    found = [Part(end_.year, end_.month, end_.day) for end_ in (start, end) if end_ is not None]
    return tuple(dict.fromkeys(found))
