"""Citations in the styles that are offered: of a record, a statement, a passage, the archive; with what finds it again.

The engine that draws them is loaded when the first is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from jasic_desktop.core.blocks import (
    Block,
    Inline,
    ListBlock,
    Paragraph,
    Quote,
    SourceEntry,
    SourceList,
    Text,
    plain,
)
from jasic_desktop.core.blocks import Heading as HeadingBlock
from jasic_desktop.core.errors import NotFoundFault
from jasic_desktop.core.languages import Language
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Record
from jasic_desktop.export.citation_items import STYLE_RULES, work
from jasic_desktop.packs.identifiers import Identifier, parse_identifier
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite as cite_in_house_style
from jasic_desktop.render.citation import cite_archive, identifier, short_fingerprint
from jasic_desktop.render.page import Page
from jasic_desktop.render.wording import Inlines, Words

Form = Literal["entry", "note"]

HOUSE: Final = "house"
STYLES: Final = (HOUSE, *STYLE_RULES)
"""The styles by their keys; `label` has what each is called."""
FORMS: Final[tuple[Form, ...]] = ("entry", "note")
"""An entry of a list of sources; a note, or what stands in the text where the style has no notes."""
ARCHIVE: Final = "archive"
"""What is written for the archive itself in the place of an id."""

_SPACES: Final = re.compile(r"\s+")


def label(style: str) -> str:
    """The catalogue key of what a style is called."""
    return f"export.style.{style}"


@dataclass(frozen=True)
class Subject:
    """What is cited: a record by its id (None for the archive itself), one of its statements, words out of it."""

    record: str | None
    statement: str | None = None
    quote: str | None = None


def subject(store: Store, text: str, quote: str | None = None) -> Subject:
    """What `text` (an id, an identifier with or without a statement, `archive`) and the words `quote` mean.

    Words of a statement are cited with it. Raises NotFoundFault where there is no such record or statement, or the
    words do not stand in it.
    """
    named = parse_identifier(text)
    if named is not None and named.id not in store.ordinals and named in (Identifier(ARCHIVE), _itself(store, named)):
        if quote is not None:
            raise NotFoundFault("export.cite.no_quote_of_archive")
        return Subject(None)
    record = store.get(store.resolve(text))
    statement = named.statement if named is not None else None
    if statement is not None and named is not None and named.id != record.id:
        raise NotFoundFault("packs.statement_replaced", id=named.id, by=record.id)
    if statement is not None and all(s.id != statement for s in record.statements):
        raise NotFoundFault("render.no_statement", id=record.id, statement=statement)
    if quote is None:
        return Subject(record.id, statement)
    wanted = _SPACES.sub(" ", quote).strip()
    holding = [s.id for s in record.statements if _holds((s.text,), wanted)]
    if statement is None and holding:
        statement = holding[0]
    stands = statement in holding if statement is not None else _holds(_texts(record), wanted) or _told(record, wanted)
    if not wanted or not stands:
        raise NotFoundFault("export.cite.no_quote", id=record.id, quote=wanted[:60])
    return Subject(record.id, statement, wanted)


def _itself(store: Store, named: Identifier) -> Identifier:
    """What `named` is where it is the archive's own identifier, of whatever version."""
    return Identifier(store.archive.id, version=named.version)


def cite(store: Store, cited: Subject, style: str, language: Language = "en", form: Form = "entry") -> Inlines:
    """The whole citation as one line: words cited, the work in the style, and the archive's identifier for it.

    Raises NotFoundFault when the archive has no such record or the record no such statement, KeyError for a style
    that is not offered.
    """
    words = Words(language)
    record = None if cited.record is None else store.get(cited.record)
    stable = cited_as(store, cited)
    quoted: tuple[Inline, ...] = ()
    if (text := _quoted(record, cited, language)) is not None:
        quoted = (Text(words.say("cite.words", text=_SPACES.sub(" ", text))),)
    if style == HOUSE:
        if record is None:
            return (Text(words.say("cite.whole", archive=cite_archive(store, language), identifier=stable)),)
        statement = cited.statement if cited.quote is None else None
        line = cite_in_house_style(store, record.id, statement, language)
        if cited.quote is not None:
            line = line.removesuffix(identifier(store, record.id)) + stable
            return (*quoted, Text(line))
        return (Text(line),)
    drawn = _drawn(store, record, cited, style, language, form)
    return (*quoted, *drawn, Text(_closing(store, record, drawn, stable, words, form)))


def cited_as(store: Store, cited: Subject) -> str:
    """The stable identifier of what is cited; that of the archive is its own and its version, as `jasic@1.0`."""
    if cited.record is None:
        return f"{store.archive.id}@{store.archive.version}"
    return identifier(store, cited.record, cited.statement)


def source(store: Store, document: Document, style: str, language: Language) -> Inlines:
    """A document as an entry of a list of sources in a style of STYLES, without what finds it in the archive."""
    if style == HOUSE:
        from jasic_desktop.render.citation import reference

        return reference(document, Words(language))
    return _drawn(store, document, Subject(document.id), style, language, "entry")


def in_style(drawn: Page, store: Store, style: str, language: Language) -> Page:
    """A page with its sources in a style of STYLES."""
    if style == HOUSE:
        return drawn
    return replace(drawn, blocks=tuple(_listed(block, store, style, language) for block in drawn.blocks))


def _listed(block: Block, store: Store, style: str, language: Language) -> Block:
    if not isinstance(block, SourceList):
        return block
    return SourceList(tuple(_in_style_entry(entry, store, style, language) for entry in block.entries))


def _in_style_entry(entry: SourceEntry, store: Store, style: str, language: Language) -> SourceEntry:
    """A numbered source in a style of STYLES; one that the archive does not hold stays as it is."""
    if style == HOUSE or entry.id not in store.ordinals:
        return entry
    document = store.get(entry.id)
    if not isinstance(document, Document):
        return entry
    return SourceEntry(entry.number, entry.id, source(store, document, style, language))


def _drawn(store: Store, record: Record | None, cited: Subject, style: str, language: Language, form: Form) -> Inlines:
    from jasic_desktop.export.csl_engine import draw, undated

    found = work(store.archive, record, style, language)
    dates = found.dates
    if not dates and STYLE_RULES[style].undated:
        words = undated(found.file, found.locale)
        dates = {"full": words, "year": words, "year-month": words}
    suffix = ""
    if form == "note" and cited.statement is not None:
        suffix = Words(language).say("cite.at_statement", statement=cited.statement)
    drawn = draw(found.file, found.locale, found.item, dates, form, suffix)
    # A style may list no work of some kind; what is asked for is cited nevertheless.
    return drawn or draw(found.file, found.locale, found.item, dates, "note")


def _closing(store: Store, record: Record | None, drawn: Inlines, stable: str, words: Words, form: Form) -> str:
    """What leads another reader to the same words: the archive, its version, the identifier, the fingerprint."""
    if form == "note" and plain(drawn).startswith(("(", "（")):
        return f" [{stable}]"  # the entry that belongs to it says the rest
    archive = store.archive
    described = cite_archive(store, words.language)
    if isinstance(record, Document) and record.kind != "essay":
        return words.say("cite.described", archive=described, identifier=stable)
    shown = plain(drawn).casefold()
    if archive.title.show(words.language).casefold() in shown and archive.version in shown:
        return words.say("cite.held", identifier=stable, fingerprint=short_fingerprint(store.fingerprint))
    return words.say("cite.held_in", archive=described, identifier=stable)


def _quoted(record: Record | None, cited: Subject, language: Language) -> str | None:
    if cited.quote is not None or record is None or cited.statement is None:
        return cited.quote
    for statement in record.statements:
        if statement.id == cited.statement:
            return statement.text.show(language)
    raise NotFoundFault("render.no_statement", id=record.id, statement=cited.statement)


def _holds(texts: tuple[Localised, ...], wanted: str) -> bool:
    return any(wanted in _SPACES.sub(" ", shown) for text in texts for _, shown in text.items())


def _texts(record: Record) -> tuple[Localised, ...]:
    """All texts of a record outside of its narrative."""
    texts = [record.title, record.summary]
    for account in record.accounts:
        texts += [account.question, *(answer.text for answer in account.answers)]
    texts += [getattr(record, name, None) for name in ("abstract", "note", "scope_note")]
    return tuple(text for text in texts if text is not None)


def _told(record: Record, wanted: str) -> bool:
    """Whether the narrative of a record has these words."""
    if record.narrative is None:
        return False
    told = (_running(blocks) for blocks in (record.narrative.en, record.narrative.zh_hans, record.narrative.zh_hant))
    return any(wanted in _SPACES.sub(" ", text) for text in told)


def _running(blocks: tuple[Block, ...]) -> str:
    parts = []
    for block in blocks:
        if isinstance(block, Paragraph | HeadingBlock):
            parts.append(plain(block.inlines))
        elif isinstance(block, Quote):
            parts.append(_running(block.blocks))
        elif isinstance(block, ListBlock):
            parts.extend(map(_running, block.items))
    return "\n".join(parts)
