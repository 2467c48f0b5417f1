"""Records as JSON-LD in the terms of schema.org and Dublin Core; its context stands in it and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from jasic_desktop.core.blocks import plain
from jasic_desktop.core.dates import Date
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Account, Document, Event, Organisation, Person, Place, Record, Topic
from jasic_desktop.export.bibliography import entry
from jasic_desktop.export.json import encode
from jasic_desktop.export.jsonld_terms import context
from jasic_desktop.export.options import Options, records
from jasic_desktop.export.provenance import archive_iri, iri
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.numbering import texts as lines

_KINDS: Final = {
    "person": "Person",
    "organisation": "Organization",
    "event": "Event",
    "place": "Place",
    "topic": "DefinedTerm",
}
_WORKS: Final = {
    "article-newspaper": "NewsArticle",
    "article-journal": "ScholarlyArticle",
    "report": "Report",
    "webpage": "WebPage",
    "post-weblog": "BlogPosting",
    "motion_picture": "VideoObject",
    "entry-encyclopedia": "Article",
}
_CERTAIN: Final = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}", re.ASCII)


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """One document: `{"@context": …, "@graph": [the archive, then each record with its statements and accounts]}`."""
    yield b'{"@context":' + encode(context(store.archive.id)) + b',"@graph":[\n' + encode(_archive(store, options))
    for record in records(store, ids, options):
        yield b",\n" + encode(_node(store, record, options))
    yield b"\n]}\n"


def _archive(store: Store, options: Options) -> dict[str, Any]:
    archive = store.archive
    found = {
        "@id": archive_iri(store),
        "@type": "Collection",
        "identifier": archive_iri(store),
        "name": _texts(archive.title),
        "version": archive.version,
        "datePublished": archive.date,
        "fingerprint": store.fingerprint,
        "bibliographicCitation": cite_archive(store, options.language),
        "editor": archive.editor,
        "contactPoint": _texts(archive.contact),
        "rights": _texts(archive.rights_note),
        "provenance": _texts(archive.curation),
    }
    return found | ({"description": _texts(archive.description)} if archive.description else {})


def _node(store: Store, record: Record, options: Options) -> dict[str, Any]:
    name = iri(store, record.id)
    overall = store.overall(record.id)
    found: dict[str, Any] = {
        "@id": name,
        "@type": _KINDS.get(record.type, "CreativeWork"),
        "identifier": name,
        "isPartOf": archive_iri(store),
        "kind": record.kind,
        "name": _texts(record.title),
    }
    if record.summary:
        found["description"] = _texts(record.summary)
    if overall:
        found["certainty"] = str(overall)
    if record.narrative:
        found["text"] = _narrative(record)
    found |= _of_type(store, record, options)
    about = [*_statements(store, record), *(_account(store, record, account) for account in record.accounts)]
    if about:
        found["aboutThis"] = about
    if record.links:
        found["relation"] = _iris(store, dict.fromkeys(link.to for link in record.links))
        found["link"] = [_link(store, link.to, link.reason, link.sources) for link in record.links]
    return found


def _of_type(store: Store, record: Record, options: Options) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if isinstance(record, Person | Organisation | Place | Topic):
        found["alternateName"] = _names(record)
    if isinstance(record, Person):
        roles = [role.label for key in record.roles if (role := store.archive.roles.get(key))]
        found["jobTitle"] = _each(roles)
        found["affiliation"] = _iris(store, record.affiliations)
    elif isinstance(record, Organisation):
        found["parentOrganization"] = _iris(store, filter(None, (record.parent,)))
    elif isinstance(record, Place):
        found["containedInPlace"] = _iris(store, filter(None, (record.parent,)))
        found["latitude"], found["longitude"] = record.lat, record.lon
    elif isinstance(record, Topic):
        found["description"] = _texts(record.scope_note)
        found["broader"] = _iris(store, filter(None, (record.broader,)))
    elif isinstance(record, Event):
        found |= {"temporal": record.date.edtf, **_days(record.date)}
        found["location"] = _iris(store, record.places)
        found["contributor"] = _iris(store, (*record.people, *record.organisations))
        found["subject"] = _iris(store, record.topics)
    else:
        found |= _document(store, record, options)
    return {key: value for key, value in found.items() if value}


def _document(store: Store, document: Document, options: Options) -> dict[str, Any]:
    work = entry(store, document, options.language)
    terms = store.archive.rights
    return {
        "@type": _WORKS.get(work.genre.csl, "CreativeWork"),
        "alternateName": document.original_title,
        "author": list(document.authors),
        "publisher": document.publisher,
        "voice": document.voice,
        "inLanguage": document.language,
        "url": document.url,
        "temporal": document.date.edtf if document.date else None,
        "datePublished": _days(document.date).get("startDate") if document.date else None,
        "abstract": _texts(document.abstract) if document.abstract else None,
        "note": _texts(document.note) if document.note else None,
        "seen": _texts(document.seen) if document.seen else None,
        "rights": _texts(terms[document.rights].label) if document.rights in terms else None,
        "about": _iris(store, document.about),
        "subject": _iris(store, document.topics),
    }


def _statements(store: Store, record: Record) -> Iterator[dict[str, Any]]:
    signs = store.certainties(record.id)
    for statement in record.statements:
        found: dict[str, Any] = {
            "@id": iri(store, record.id, statement.id),
            "@type": "Claim",
            "text": _texts(statement.text),
            "certainty": str(signs[statement.id]),
            "citation": _iris(store, statement.sources),
        }
        if statement.date:
            found["temporal"] = statement.date.edtf
        if statement.place:
            found["location"] = iri(store, statement.place)
        if statement.alleged:
            found["alleged"] = True
        yield found


def _account(store: Store, record: Record, account: Account) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@id": iri(store, record.id, account.id),
        "@type": "Question",
        "text": _texts(account.question),
        "suggestedAnswer": [
            {"@type": "Answer", "text": _texts(answer.text), "citation": _iris(store, answer.sources)}
            for answer in account.answers
        ],
    }
    if account.statements:
        found["disputes"] = [iri(store, record.id, statement) for statement in account.statements]
    return found


def _link(store: Store, to: str, reason: str, sources: Iterable[str]) -> dict[str, Any]:
    words = store.archive.reasons.get(reason)
    found: dict[str, Any] = {"@type": "Role", "kind": reason, "relation": iri(store, to)}
    if words:
        found["roleName"] = _texts(words.label)
    cited = _iris(store, sources)
    return found | ({"citation": cited} if cited else {})


def _names(record: Person | Organisation | Place | Topic) -> list[Any]:
    names = record.names
    titles = {text for _, text in record.title.items()}
    found: list[Any] = [name for name in (names.display, names.zh_hans, names.zh_hant) if name and name not in titles]
    if names.pinyin:
        found.append({"@value": names.pinyin, "@language": "zh-Latn-pinyin"})
    return [*found, *(other.name for other in names.others)]


def _narrative(record: Record) -> dict[str, str]:
    text = record.narrative
    if text is None:
        return {}
    parts = dict(zip(LANGUAGES, (text.en, text.zh_hans, text.zh_hant), strict=True))
    told = {language: "\n\n".join(map(plain, lines(blocks))) for language, blocks in parts.items()}
    return {language: words for language, words in told.items() if words}


def _days(date: Date) -> dict[str, str]:
    """Begin and end where they are certain: schema.org has no way to say that a date is about."""
    ends = date.edtf.split("/")
    found = {key: end for key, end in (("startDate", ends[0]), ("endDate", ends[-1])) if _CERTAIN.fullmatch(end)}
    return found if len(ends) > 1 else {key: end for key, end in found.items() if key == "startDate"}


def _iris(store: Store, ids: Iterable[str]) -> list[str]:
    return [iri(store, record_id) for record_id in ids]


def _texts(text: Localised) -> dict[str, str]:
    return dict(text.items())


def _each(texts: Iterable[Localised]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in texts:
        for language, words in text.items():
            found.setdefault(language, []).append(words)
    return found
