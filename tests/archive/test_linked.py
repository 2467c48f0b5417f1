"""Who stands beside an event is told of in it, and authors and publishers are told in the reader's language."""

from collections.abc import Iterator, Mapping

import pytest

from jasic_desktop.core.archive import Archive
from jasic_desktop.core.clean import has_han
from jasic_desktop.core.dates import Date
from jasic_desktop.core.records import Document, Event, Organisation, Person, Record
from jasic_desktop.packs.source import Source

IN_LATIN = frozenset(
    (
        *("CMCN", "Chen Bo", "Jasic Desktop", "Matters", "Worker Media", "Yang Yang", "Yu Kailong"),
        *("freeinchina.org", "laoquan18.github.io", "mygp.cn", "xsdai3.github.io", "bannedbook.org"),
    )
)
"""Authors and publishers of documents in Chinese of whom no source that was read gives a Chinese form."""


def texts(event: Event) -> Iterator[str]:
    """What an event tells, in English."""
    for statement in event.statements:
        yield statement.text.en or ""
    for account in event.accounts:
        yield account.question.en or ""
        yield from (answer.text.en or "" for answer in account.answers)


def cited(record: Record) -> set[str]:
    """The documents that the statements, answers and links of a record name."""
    found = {source for statement in record.statements for source in statement.sources}
    found |= {source for account in record.accounts for answer in account.answers for source in answer.sources}
    return found | {source for link in record.links for source in link.sources}


def at_one_time(one: Date, other: Date) -> bool:
    """Whether the days of two dates, as far as they are known, meet."""
    begins, ends = max(one.earliest or "", other.earliest or ""), min(one.latest or "9", other.latest or "9")
    return begins <= ends


def told_of(event: Event, who: Person | Organisation, records: Mapping[str, Record]) -> bool:
    """Whether a text of the event names them, their own record has a statement of that time, or one of the documents
    that the event cites is about them or by them."""
    names = [who.names.display, *(other.name for other in who.names.others)]
    if isinstance(who, Person):
        names.append(f"{who.names.display.split()[0]} ")
    if any(name in text for name in names for text in texts(event)):
        return True
    for statement in who.statements:
        if statement.date is not None and at_one_time(statement.date, event.date):
            return True
    for source in cited(event):
        document = records[source]
        assert isinstance(document, Document)
        if who.id in document.about or who.names.display in (*document.authors, document.publisher):
            return True
    return False


def test_everybody_of_an_event_is_told_of(records: Mapping[str, Record]) -> None:
    silent = []
    for event in records.values():
        if isinstance(event, Event):
            for record_id in (*event.people, *event.organisations):
                who = records[record_id]
                assert isinstance(who, Person | Organisation)
                if not told_of(event, who, records):
                    silent.append((event.id, record_id))
    assert silent == []


def test_who_made_a_document_in_chinese_is_told_in_chinese(source: Source, records: Mapping[str, Record]) -> None:
    latin = set()
    for record in records.values():
        if isinstance(record, Document) and ((record.language or "").startswith("zh") or record.kind == "essay"):
            shown = (*record.authors_in("zh-Hans"), record.publisher_in("zh-Hans"))
            latin |= {name for name in shown if name and not has_han(name)}
    assert latin <= IN_LATIN
    archive: Archive = source.archive
    assert has_han(archive.editor_in("zh-Hant"))


@pytest.mark.parametrize("words", [", in ", "read ", "carried by", " and others", "(blog)", "copy"])
def test_what_we_say_of_an_outlet_is_said_in_chinese_too(records: Mapping[str, Record], words: str) -> None:
    for record in records.values():
        if isinstance(record, Document) and words in (record.publisher or ""):
            assert has_han(record.publisher_in("zh-Hans") or ""), record.id
