"""Rules on the words an archive classifies by: kinds, roles, reasons, facts, rights and lanes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import Final

from jasic_desktop.core.archive import Archive
from jasic_desktop.core.records import Document, Person, Place, Record
from jasic_desktop.packs import bylines
from jasic_desktop.packs.archive_file import NAME
from jasic_desktop.packs.source import Loaded

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?")
_ADDRESS: Final = re.compile(r"https?://[^\s/]+(/\S*)?")


def examine(loaded: Loaded) -> None:
    """Add the keys that stand in no vocabulary, and what is wrong with the vocabularies themselves."""
    archive = loaded.archive
    if archive is None:
        return
    _archive(archive, loaded)
    _bylines(archive, loaded)
    for file, record in loaded.written:
        known = archive.kinds.get(record.type, {})
        _key(loaded, file, "kind", record.kind, known, f"kinds.{record.type}")
        for index, link in enumerate(record.links):
            _key(loaded, file, f"links[{index}].reason", link.reason, archive.reasons, "reasons")
        for index, statement in enumerate(record.statements):
            if statement.fact is not None:
                _key(loaded, file, f"statements[{index}].fact", statement.fact, archive.facts, "facts")
                if statement.short is None:
                    loaded.problems.add(file, f"statements[{index}].short", "fact_without_words")
        if isinstance(record, Person):
            for index, role in enumerate(record.roles):
                _key(loaded, file, f"roles[{index}]", role, archive.roles, "roles")
        if isinstance(record, Document):
            _key(loaded, file, "rights", record.rights, archive.rights, "rights")
        _values(file, record, loaded)


def _key(loaded: Loaded, file: str, field: str, key: str, known: Collection[str], table: str) -> None:
    if key not in known:
        loaded.problems.add(file, field, "not_in_vocabulary", key=key, table=table)


def _archive(archive: Archive, loaded: Loaded) -> None:
    lanes = Counter(kind for lane in archive.lanes for kind in lane.kinds)
    events = archive.kinds.get("event", {})
    for kind in events:
        if lanes[kind] != 1:
            loaded.problems.add(NAME, "lanes", "lane_of_kind", kind=kind, count=lanes[kind])
    for kind in lanes.keys() - events.keys():
        loaded.problems.add(NAME, "lanes", "not_in_vocabulary", key=kind, table="kinds.event")
    for lane, times in Counter(lane.id for lane in archive.lanes).items():
        if times > 1:
            loaded.problems.add(NAME, "lanes", "named_twice", id=lane)
    for medium in archive.media:
        where = f"media/{medium.file}.yaml"
        _key(loaded, where, "rights", medium.rights, archive.rights, "rights")
        for index, person in enumerate(medium.people):
            if loaded.declared.get(person) != "person":
                loaded.problems.add(where, f"people[{index}]", "dangling", id=person)
        for index, record in enumerate(medium.about):
            if record not in loaded.declared:
                loaded.problems.add(where, f"about[{index}]", "dangling", id=record)


def _bylines(archive: Archive, loaded: Loaded) -> None:
    """A name that nobody has any more, and one without the language that the archive says it exists in."""
    used = {name for _, record in loaded.written if isinstance(record, Document) for name in bylines.names(record)}
    for name, forms in archive.bylines.items():
        if name != archive.editor and name not in used:
            loaded.problems.add(NAME, "bylines", "byline_unused", "warning", name=name)
        if "zh-Hans" in archive.translated and forms.zh_hans is None:
            loaded.problems.add(NAME, f"bylines.{name}", "untranslated", "warning")


def _values(file: str, record: Record, loaded: Loaded) -> None:
    if isinstance(record, Place):
        if (record.lat is None) != (record.lon is None):
            loaded.problems.add(file, "lat", "half_a_position")
        elif abs(float(record.lat or 0)) > 90 or abs(float(record.lon or 0)) > 180:
            loaded.problems.add(file, "lat", "not_on_earth", lat=record.lat, lon=record.lon)
    if isinstance(record, Document):
        if record.url is not None and not _ADDRESS.fullmatch(record.url):
            loaded.problems.add(file, "url", "bad_address", url=record.url[:80])
        if record.language is not None and not _LANGUAGE.fullmatch(record.language):
            loaded.problems.add(file, "language", "bad_language", language=record.language[:40])
