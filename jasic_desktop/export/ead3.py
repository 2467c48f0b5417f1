"""Records as a finding aid in EAD3 (Encoded Archival Description): the archive, and a component for each record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from jasic_desktop.core.dates import Date
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.records import Document, Event, Organisation, Person, Place, Record, Topic
from jasic_desktop.export import told
from jasic_desktop.export.options import Options, records
from jasic_desktop.export.provenance import archive_iri, iri
from jasic_desktop.export.xml import DECLARATION, tag, text
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.wording import Words

NAMESPACE: Final = "http://ead3.archivists.org/schema/"
_CODES: Final = {"en": "eng", "zh": "chi", "zh-Hans": "chi", "zh-Hant": "chi"}
_SCRIPTS: Final = {"en": "Latn", "zh-Hans": "Hans", "zh-Hant": "Hant"}
# By which element an archival system indexes a record of each type.
_INDEXED: Final = {
    "person": "persname",
    "organisation": "corpname",
    "place": "geogname",
    "topic": "subject",
    "event": "subject",
    "document": "title",
}


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """The finding aid; records are components in the order asked for, documents of the level `item`."""
    words = Words(options.language)
    yield (DECLARATION + f'<ead xmlns="{NAMESPACE}">\n' + _control(store, words)).encode()
    yield f'<archdesc level="collection">\n{_description(store, words)}'.encode()
    wanted = dict.fromkeys(ids)
    if wanted:
        yield b'<dsc dsctype="combined">\n'
    for record in records(store, ids, options):
        yield _component(store, record, words).encode()
    yield (b"</dsc>\n" if wanted else b"") + b"</archdesc>\n</ead>\n"


def _control(store: Store, words: Words) -> str:
    archive, language = store.archive, words.language
    made = tag(
        "maintenanceevent",
        (
            tag("eventtype", value="derived"),
            tag("eventdatetime", text(archive.date), standarddatetime=archive.date),
            tag("agenttype", value="machine"),
            tag("agent", "Jasic Desktop"),
            tag("eventdescription", text(cite_archive(store, language))),
        ),
    )
    return tag(
        "control",
        (
            tag("recordid", text(archive_iri(store))),
            tag("otherrecordid", text(store.fingerprint), localtype="sha512"),
            tag(
                "filedesc",
                (
                    tag("titlestmt", _in_each("titleproper", archive.title) + tag("author", text(archive.editor))),
                    tag("editionstmt", tag("edition", text(archive.version))),
                    tag("publicationstmt", tag("publisher", text(archive.editor)) + tag("date", text(archive.date))),
                ),
            ),
            tag("maintenancestatus", value="derived"),
            tag("maintenanceagency", tag("agencyname", text(archive.editor))),
            tag("languagedeclaration", _language(language) + tag("script", scriptcode=_SCRIPTS[language])),
            tag("maintenancehistory", made),
        ),
    )


def _description(store: Store, words: Words) -> str:
    archive = store.archive
    about = _paragraphs(archive.description) if archive.description else ""
    return "".join(
        (
            tag(
                "did",
                (
                    _in_each("unittitle", archive.title),
                    tag("unitid", text(archive_iri(store))),
                    tag("unitdate", text(archive.date), normal=archive.date, datechar="published"),
                    tag("langmaterial", [_language(language) for language in ("en", "zh-Hans")]),
                    tag("origination", tag("name", tag("part", text(archive.editor)))),
                ),
            ),
            tag("scopecontent", about) if about else "",
            tag("processinfo", _paragraphs(archive.curation)),
            tag("userestrict", _paragraphs(archive.rights_note)),
            tag("prefercite", tag("p", text(cite_archive(store, words.language)))),
        )
    )


def _component(store: Store, record: Record, words: Words) -> str:
    level = {"level": "item"} if record.type == "document" else {"level": "otherlevel", "otherlevel": record.type}
    statements = [*told.statements(store, record, words), *told.accounts(record, words)]
    text_ = tuple(told.paragraphs(record, words))
    cited = tuple(told.cited(store, record, words))
    name = record.id if record.id[0].isalpha() else f"r-{record.id}"
    listed = "".join(
        tag("item", text(line.words), id=f"{name}.{line.of}", **_spoken(line.language)) for line in statements
    )
    head = tag("head", text(words.say("section.statements")))
    return tag(
        "c",
        (
            _did(store, record, words),
            tag("scopecontent", [tag("p", text(p.words), **_spoken(p.language)) for p in text_]) if text_ else "",
            tag("odd", head + tag("list", listed, listtype="unordered")) if listed else "",
            _rights(store, record),
            _related(store, record, words),
            _access(store, record),
            tag("bibliography", [tag("bibref", text(line.words)) for line in cited]) if cited else "",
        ),
        id=name,
        **level,
    )


def _did(store: Store, record: Record, words: Words) -> str:
    kind = store.archive.kinds.get(record.type, {}).get(record.kind)
    document = record if isinstance(record, Document) else None
    date = record.date if isinstance(record, Event | Document) else None
    abstract = (document.abstract if document else None) or record.summary
    note = (document.note, document.seen) if document else ()
    parts = [
        _in_each("unittitle", record.title),
        tag("unittitle", text(document.original_title)) if document and document.original_title else "",
        tag("unitid", text(iri(store, record.id))),
        _date(date, words) if date else "",
        _in_each("abstract", abstract) if abstract else "",
        tag("physdesc", text(kind.label.show(words.language))) if kind else "",
        *(tag("didnote", text(part.show(words.language))) for part in note if part),
    ]
    if isinstance(record, Person | Organisation | Place | Topic):
        names = record.names
        others = (names.pinyin, *(other.name for other in names.others))
        parts += [tag("unittitle", text(name), localtype="other-name") for name in others if name]
    if document:
        made = (*document.authors, *filter(None, (document.publisher,)))
        parts += [tag("origination", tag("name", tag("part", text(name)))) for name in made]
        if document.language:
            parts.append(tag("langmaterial", _language(document.language)))
        if document.url:
            parts.append(tag("dao", href=document.url, daotype="unknown", actuate="none"))
    return tag("did", parts)


def _date(date: Date, words: Words) -> str:
    shown, language = date.phrase.pick(words.language)
    normal = f"{date.earliest}/{date.latest}" if date.earliest and date.latest else None
    unsure = "approximate" if date.is_approximate else "uncertain" if date.is_uncertain else None
    return tag("unitdate", text(shown), normal=normal, certainty=unsure, altrender=date.edtf, **_spoken(language))


def _rights(store: Store, record: Record) -> str:
    term = store.archive.rights.get(record.rights) if isinstance(record, Document) else None
    return tag("userestrict", _paragraphs(term.label)) if term else ""


def _related(store: Store, record: Record, words: Words) -> str:
    items = []
    for link in record.links:
        reason = store.archive.reasons.get(link.reason)
        label = reason.label.show(words.language) if reason else link.reason
        name = store.title(link.to).show(words.language) if link.to in store.ordinals else link.to
        items.append(tag("item", text(f"{label}{words.say('punctuation.colon')}{name} {iri(store, link.to)}")))
    return tag("relatedmaterial", tag("list", items, listtype="unordered")) if items else ""


def _access(store: Store, record: Record) -> str:
    """The records by which this one is to be found, each under its name in every script."""
    found = _connected(record)
    indexed = []
    for record_id in dict.fromkeys(found):
        if record_id in store.ordinals:
            names = [text(words) for _, words in store.title(record_id).items()]
            parts = "".join(tag("part", name) for name in dict.fromkeys(names))
            indexed.append(tag(_INDEXED[store.type(record_id)], parts, identifier=iri(store, record_id)))
    return tag("controlaccess", indexed) if indexed else ""


def _connected(record: Record) -> Sequence[str]:
    if isinstance(record, Person):
        return record.affiliations
    if isinstance(record, Event):
        return (*record.people, *record.organisations, *record.places, *record.topics)
    if isinstance(record, Document):
        return (*record.about, *record.topics)
    above = record.broader if isinstance(record, Topic) else record.parent
    return (above,) if above else ()


def _in_each(name: str, localised: Localised) -> str:
    return "".join(tag(name, text(words), **_spoken(language)) for language, words in localised.items())


def _paragraphs(localised: Localised) -> str:
    return _in_each("p", localised)


def _spoken(language: str) -> dict[str, str]:
    return {"lang": _CODES[language], "script": _SCRIPTS[language]} if language in _SCRIPTS else {}


def _language(language: str) -> str:
    code = _CODES.get(language)
    return tag("language", text(language), langcode=code)
