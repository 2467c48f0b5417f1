"""A document, another record, or the archive itself as a citation style asks for it: kind of work, names, title."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from jasic_desktop.core.archive import Archive
from jasic_desktop.core.languages import Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Record
from jasic_desktop.export.citation_dates import APA, CHICAGO, GB, MLA, Custom, Part, date_texts

TRANSLATION: Final = "\ue004"
"""Parts a title from its translation, within a title; it stands in no text of an archive: see `without_marks`."""

_LOCALES: Final[dict[Language, str]] = {"en": "en-US", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
_MARKS: Final = re.compile("[\ue000-\ue005]")
_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_AFTER_COLON: Final = re.compile(r"(: )([a-z])")

_WEB: Final = "webpage"
_TYPES: Final[dict[str, str]] = {
    "news-article": "article-newspaper",
    "journal-article": "article-journal",
    "report": "report",
    "web-page": _WEB,
    "open-letter": _WEB,
    "statement": _WEB,
    "blog-post": "post-weblog",
    "encyclopedia": "entry-encyclopedia",
    "video": "motion_picture",
}
# Whether a work stands in something larger (a paper, a site), or is put out by somebody.
_WITHIN: Final = frozenset({"article-newspaper", "article-journal", "post-weblog", "entry-encyclopedia", _WEB})
_DESCRIBED: Final = {"open-letter": "open letter", "statement": "statement", "video": "video"}


@dataclass(frozen=True)
class StyleRules:
    """What a style asks of its input beside CSL.

    `translated`: a title in another language has its translation behind it. `own_publisher`: what becomes of somebody
    who is both author and publisher: named once as author, once as publisher, or twice. `undated`:
    the style has words for a work without a date, which the library leaves out. `types`: kinds of work
    that are cited as another; `listed_as`: those which, unsigned, the style names in notes only.
    """

    file: str
    dates: Custom
    translated: bool = True
    own_publisher: Literal["both", "author", "publisher"] = "both"
    undated: bool = False
    genres: bool = True
    types: dict[str, str] = field(default_factory=dict)
    listed_as: dict[str, str] = field(default_factory=dict)


STYLE_RULES: Final[dict[str, StyleRules]] = {
    # An online video is cited as a page of the site it is on (CMOS 18, 14.267), not as a film.
    "chicago": StyleRules(
        "chicago-notes-bibliography",
        CHICAGO,
        undated=True,
        types={"motion_picture": _WEB, "document": _WEB},
        listed_as={"entry-encyclopedia": _WEB},
    ),
    "apa": StyleRules("apa", APA, own_publisher="author"),
    "mla": StyleRules("modern-language-association", MLA, own_publisher="publisher", types={"motion_picture": _WEB}),
    "gb7714": StyleRules("china-national-standard-gb-t-7714-2015-note", GB, translated=False, genres=False),
}
"""The styles by the words of the command line."""


@dataclass(frozen=True)
class Work:
    """What is cited, ready for the engine: the style's file, its language, CSL variables, the texts of the date."""

    file: str
    locale: str
    item: dict[str, Any]
    dates: dict[Part, str]


def work(archive: Archive, record: Record | None, style: str, language: Language) -> Work:
    """`record`, or the archive itself, for a style of STYLE_RULES, its own words in `language`."""
    rules = STYLE_RULES[style]
    if record is None:
        return _archive(archive, rules, language)
    if isinstance(record, Document) and record.kind != "essay":
        return _document(record, rules, language)
    return _entry(archive, record, rules, language)


def without_marks(text: str) -> str:
    """`text` on one line, without the characters that mean something to the engine."""
    return _MARKS.sub("\ufffd", " ".join(text.split()))


def _document(document: Document, rules: StyleRules, language: Language) -> Work:
    title, written, other = _own_title(document, language)
    kind = _TYPES.get(document.kind, "document")
    if kind == _WEB and not document.url and not document.publisher:
        kind = "document"  # read as a copy; it stands on no page that is known
    kind = rules.types.get(kind, kind)
    item: dict[str, Any] = {"type": kind, "title": _with_other(title, other, rules), "language": written}
    if rules.dates is APA and written == "en":
        item["title"] = _AFTER_COLON.sub(lambda found: found[1] + found[2].upper(), item["title"])
    authors, publisher = list(document.authors_in(language)), document.publisher_in(language)
    if publisher is not None and authors == [publisher]:
        publisher = None if rules.own_publisher == "author" else publisher
        authors = [] if rules.own_publisher == "publisher" else authors
    if authors:
        item["author"] = authors
    else:
        item["type"] = kind = rules.listed_as.get(kind, kind)
    if publisher:
        item["container_title" if kind in _WITHIN else "publisher"] = publisher
    if document.url:
        item["URL"] = document.url
    genre = _DESCRIBED.get(document.kind)
    if genre and rules.genres and language == "en":
        item["genre"] = genre
    locale = _LOCALES[language]
    if rules.dates is GB:
        # The standard's own words ("et al." or 等) are those of the work, not of its reader.
        locale = "zh-CN" if written.startswith("zh") else "en-US"
    dates = date_texts(document.date.edtf, rules.dates, language) if document.date else {}
    return Work(rules.file, locale, item, dates)


def _entry(archive: Archive, record: Record, rules: StyleRules, language: Language) -> Work:
    """A record that is no document of others: an entry of this archive, by its editors."""
    shown, written = record.title.pick(language)
    item = {
        "type": "entry",
        "title": _with_other(shown, _other(record.title, shown), rules),
        "language": written,
        "author": (list(record.authors_in(language)) if isinstance(record, Document) else [])
        or [archive.editor_in(language)],
        "container_title": archive.title.show(language),
        "version": archive.version,
    }
    return Work(rules.file, _LOCALES[language], item, _edition(archive, rules, language))


def _archive(archive: Archive, rules: StyleRules, language: Language) -> Work:
    shown, written = archive.title.pick(language)
    item = {
        "type": "entry" if rules.dates is GB else "book",
        "title": _with_other(shown, _other(archive.title, shown), rules),
        "language": written,
        "author": [archive.editor_in(language)],
        "version": archive.version,
    }
    return Work(rules.file, _LOCALES[language], item, _edition(archive, rules, language))


def _edition(archive: Archive, rules: StyleRules, language: Language) -> dict[Part, str]:
    return date_texts(archive.date, rules.dates, language)


def _own_title(document: Document, language: Language) -> tuple[str, str, str | None]:
    """The title as the document has it, the language it is in, and the title its reader understands."""
    shown, of_shown = document.title.pick(language)
    written = document.language or of_shown
    own = document.original_title
    if own is None:
        own = document.title.en if written.startswith("en") else document.title.zh_hans or document.title.zh_hant
    if own is None:
        own, written = shown, of_shown
    if written == "en" and _HAN.search(own):
        written = "zh"
    # The same words in the other Chinese script are no translation.
    is_other = shown != own and not (_HAN.search(shown) and _HAN.search(own))
    return own, written, shown if is_other else None


def _other(title: Localised, shown: str) -> str | None:
    other = title.zh_hans or title.zh_hant if shown == title.en else title.en
    return other if other != shown else None


def _with_other(title: str, other: str | None, rules: StyleRules) -> str:
    shown = without_marks(title)
    return f"{shown}{TRANSLATION}{without_marks(other)}" if other and rules.translated else shown
