"""People and organisations as authority records in EAC-CPF 2.0, a file each in one zip file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.core.records import Organisation, Person, Record
from jasic_desktop.export import told
from jasic_desktop.export.json import encode
from jasic_desktop.export.options import Options, records
from jasic_desktop.export.provenance import archive_iri, iri, provenance
from jasic_desktop.export.xml import DECLARATION, tag, text
from jasic_desktop.export.zipped import Zipped
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.wording import Words

NAMESPACE: Final = "https://archivists.org/ns/eac/v2"
_TYPES: Final = {"person": "person", "organisation": "corporateBody"}
_SCRIPTS: Final = {"en": "Latn", "zh-Hans": "Hans", "zh-Hant": "Hant"}


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """The zip file: `provenance.json`, then `person/mi-jiuping.xml` and so on; records of other types are left out."""
    words = Words(options.language)
    target = Zipped()
    target.add("provenance.json", encode(provenance(store)) + b"\n")
    for record in records(store, ids, options):
        if isinstance(record, Person | Organisation):
            target.add(f"{record.type}/{record.id}.xml", authority(store, record, words).encode())
    yield from target.pieces()


def authority(store: Store, record: Person | Organisation, words: Words) -> str:
    """One person or organisation as a whole XML document."""
    described = tag(
        "cpfDescription",
        (_identity(store, record), _description(store, record, words), *_relations(store, record, words)),
    )
    return f'{DECLARATION}<eac xmlns="{NAMESPACE}">\n{_control(store, record, words)}{described}</eac>\n'


def _control(store: Store, record: Record, words: Words) -> str:
    archive, language = store.archive, words.language
    cited = [
        tag("source", tag("reference", text(line.words)), id=_source(line.of))
        for line in told.cited(store, record, words)
    ]
    event = (
        tag("agent", "Jasic Desktop", agentType="machine"),
        tag("eventDateTime", text(archive.date), standardDateTime=archive.date),
        tag("eventDescription", text(cite_archive(store, language))),
    )
    rights, rights_language = archive.rights_note.pick(language)
    return tag(
        "control",
        (
            tag("recordId", text(iri(store, record.id))),
            tag("maintenanceAgency", tag("agencyName", text(archive.editor))),
            tag("maintenanceHistory", tag("maintenanceEvent", event, maintenanceEventType="derived")),
            tag("sources", cited) if cited else "",
            tag("languageDeclaration", languageCode=language, scriptCode=_SCRIPTS[language]),
            tag("otherRecordId", text(archive_iri(store))),
            tag("otherRecordId", text(f"sha512:{store.fingerprint}")),
            tag("rightsDeclaration", tag("reference", text(rights), **_spoken(rights_language))),
        ),
        maintenanceStatus="derived",
        publicationStatus="published",
        languageEncoding="ietf-bcp-47",
        scriptEncoding="iso15924",
        dateEncoding="iso8601",
    )


def _identity(store: Store, record: Person | Organisation) -> str:
    names = record.names
    titles = [(language, title) for language in LANGUAGES if (title := record.title.exact(language))]
    forms = [
        (names.display, "en"),
        (names.zh_hans, "zh-Hans"),
        (names.zh_hant, "zh-Hant"),
        *((title, language) for language, title in titles),
    ]
    entries = [
        tag("nameEntry", tag("part", text(name)), status="authorized", **_spoken(language))
        for name, language in dict.fromkeys(forms)
        if name
    ]
    if names.pinyin:
        part = tag("part", text(names.pinyin))
        entries.append(
            tag("nameEntry", part, status="alternative", languageOfElement="zh-Latn-pinyin", scriptOfElement="Latn")
        )
    entries += [tag("nameEntry", tag("part", text(other.name)), status="alternative") for other in names.others]
    return tag(
        "identity",
        (tag("entityType", value=_TYPES[record.type]), *entries, tag("identityId", text(iri(store, record.id)))),
    )


def _description(store: Store, record: Person | Organisation, words: Words) -> str:
    parts = []
    roles = record.roles if isinstance(record, Person) else ()
    known = [role.label for key in roles if (role := store.archive.roles.get(key))]
    if known:
        terms = (
            tag("occupation", "".join(tag("term", text(t), **_spoken(language)) for language, t in role.items()))
            for role in known
        )
        parts.append(tag("occupations", terms))
    history = []
    if record.summary:
        summary, language = record.summary.pick(words.language)
        history.append(tag("abstract", text(summary), **_spoken(language)))
    history += [tag("p", text(line.words), **_spoken(line.language)) for line in told.paragraphs(record, words)]
    lines = (*told.statements(store, record, words), *told.accounts(record, words))
    cited = {statement.id: statement.sources for statement in record.statements}
    for account in record.accounts:
        cited[account.id] = tuple(dict.fromkeys(source for answer in account.answers for source in answer.sources))
    items = [
        tag(
            "item",
            text(line.words),
            id=line.of,
            sourceReference=" ".join(map(_source, cited[line.of])),
            **_spoken(line.language),
        )
        for line in lines
    ]
    if items:
        history.append(tag("list", items, listType="unordered"))
    if history:
        parts.append(tag("biogHist", history))
    return tag("description", parts) if parts else ""


def _relations(store: Store, record: Person | Organisation, words: Words) -> Iterator[str]:
    above = record.affiliations if isinstance(record, Person) else tuple(filter(None, (record.parent,)))
    relation = "affiliation" if isinstance(record, Person) else "part-of"
    found = [_relation(store, other, translate(f"export.relation.{relation}", words.language), ()) for other in above]
    for link in record.links:
        reason = store.archive.reasons.get(link.reason)
        found.append(
            _relation(store, link.to, reason.label.show(words.language) if reason else link.reason, link.sources)
        )
    if found:
        yield tag("relations", found)


def _relation(store: Store, other: str, reason: str, cited: Sequence[str]) -> str:
    known = other in store.ordinals
    title = store.title(other).items() if known else (("", other),)
    parts = "".join(tag("part", text(name), **_spoken(language)) for language, name in title)
    kind = _TYPES.get(store.type(other), "resource") if known else "resource"
    return tag(
        "relation",
        tag("targetEntity", parts, targetType=kind, valueURI=iri(store, other)) + tag("relationType", text(reason)),
        sourceReference=" ".join(map(_source, cited)) or None,
    )


def _source(document: str) -> str:
    """The name of a source within the file."""
    return f"source-{document}"


def _spoken(language: str) -> dict[str, str]:
    return {"languageOfElement": language, "scriptOfElement": _SCRIPTS[language]} if language in _SCRIPTS else {}
