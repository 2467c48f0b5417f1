"""Reads the source form of an archive, all of it, and says everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from jasic_desktop.core.archive import Archive
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.record_types import RECORD_TYPES, RecordType
from jasic_desktop.core.records import Record
from jasic_desktop.core.regular import UnreadableError, printable, read_regular
from jasic_desktop.packs import archive_file, bylines, chinese, layout, redact
from jasic_desktop.packs.files import Listing, listing
from jasic_desktop.packs.media import FOLDER as MEDIA
from jasic_desktop.packs.media import read_media
from jasic_desktop.packs.problems import Problem, Problems, SourceFault
from jasic_desktop.packs.record_source import SourceText, read_jsonl, read_record

_BESIDE: Final = frozenset({"README.md", "LICENSE", "LICENSE.md", "CHANGELOG.md"})
"""Files for people, which may stand beside archive.toml and are not part of the archive."""


class Written(NamedTuple):
    """A record as it stands in the source, with the file it came from."""

    file: str
    record: Record


@dataclass(frozen=True)
class Loaded:
    """A source as far as it could be read: records as written, names not yet taken out, nothing derived.

    `declared` are the ids that have a file, whether or not it could be read.
    """

    folder: Path
    archive: Archive | None
    written: tuple[Written, ...]
    declared: Mapping[str, RecordType]
    problems: Problems


@dataclass(frozen=True)
class Source:
    """A source without errors, in its built form: Chinese in both forms, readings, withheld names taken out.

    `media` holds the path of each medium's file by its name in the archive.
    """

    archive: Archive
    records: tuple[Record, ...]
    folder: Path
    media: Mapping[str, Path] = field(default_factory=dict)
    warnings: tuple[Problem, ...] = ()


def read_source(folder: Path, progress: Progress = SILENT) -> Source:
    """The archive in `folder`. Raises SourceFault, which carries every problem found."""
    return finish(load(folder, progress))


def load(folder: Path, progress: Progress = SILENT) -> Loaded:
    """Whatever can be read in `folder`, with the problems met."""
    problems = Problems()
    found = listing(folder, most=layout.MOST_RECORDS, depth=layout.DEPTH)
    for oddity in found.oddities:
        where = printable(oddity.name) or "."
        problems.add(where, "", f"file_{oddity.what}", system=oddity.system, most=layout.MOST_RECORDS)
    _strays(found, problems)
    archive = _archive(folder, found, problems)
    written: list[Written] = []
    declared: dict[str, RecordType] = {}
    names = [name for name in found.files if name.startswith("records/")]
    for number, name in enumerate(names):
        progress.step("packs.step_reading", number, len(names))
        written += _read(folder, name, found, declared, problems)
    media = read_media(folder, found.files, problems)
    if archive is not None and media:
        archive = msgspec.structs.replace(archive, media=media)
    return Loaded(folder, archive, tuple(written), declared, problems)


def finish(loaded: Loaded) -> Source:
    """The built form of a source that was read without errors. Raises SourceFault."""
    problems = loaded.problems
    if loaded.archive is None or problems.errors:
        raise SourceFault(loaded.folder, problems.errors)
    files = {written.record.id: written.file for written in loaded.written}
    written = [entry.record for entry in loaded.written]
    names = redact.withheld(written)
    records = redact.redact(bylines.given(written, loaded.archive), names)
    traditional = chinese.Traditional(records)
    built = tuple(_built(traditional.record(record)) for record in records)
    for whose, record_id, where in redact.remains(built, names):
        problems.add(files[record_id], where, "name_remains", id=whose)
    if problems.errors:
        raise SourceFault(loaded.folder, problems.errors)
    archive = traditional.fill(bylines.of_itself(loaded.archive))
    media = {medium.file: loaded.folder / MEDIA / medium.file for medium in archive.media}
    order = {record_type: number for number, record_type in enumerate(RECORD_TYPES)}
    in_order = tuple(sorted(built, key=lambda record: (order[record.type], record.id)))
    return Source(archive, in_order, loaded.folder, media, problems.sorted())


def _built(record: Record) -> Record:
    # A name that was taken out has no reading, and its label needs none.
    if record.display != "full":
        return record
    found = chinese.readings(record)
    return msgspec.structs.replace(record, readings=found) if found else record


def _archive(folder: Path, found: Listing, problems: Problems) -> Archive | None:
    if archive_file.NAME not in found.files:
        if not any(oddity.name in ("", archive_file.NAME) for oddity in found.oddities):
            problems.add(archive_file.NAME, "", "no_archive_file")
        return None
    data = _bytes(folder, archive_file.NAME, layout.SOURCE_FILE_BYTES, problems)
    return archive_file.read_archive(data, problems) if data is not None else None


def _bytes(folder: Path, name: str, most: int, problems: Problems) -> bytes | None:
    try:
        return read_regular(folder / name, most)
    except UnreadableError as error:
        problems.add(name, "", f"file_{error.what}", system=error.system, most=most >> 20)
        return None


def _strays(found: Listing, problems: Problems) -> None:
    """Name what stands in the folder and belongs to no archive. Hidden files are passed over, as `ls` does."""
    for name in found.files:
        if any(part.startswith(".") for part in name.split("/")):
            continue
        if name == archive_file.NAME or name in _BESIDE or name.startswith(MEDIA):
            continue
        if _record_type(name) is None:
            problems.add(printable(name), "", "stray_file")


def _record_type(name: str) -> RecordType | None:
    """The type of the records in a file of the source, None for a file that holds none."""
    parts = name.split("/")
    if len(parts) not in (2, 3) or parts[0] != "records":
        return None
    in_folder = len(parts) == 3
    kind = parts[1] if in_folder else parts[1].removesuffix(".jsonl")
    right_ending = parts[-1].endswith(".md" if in_folder else ".jsonl")
    return next((known for known in RECORD_TYPES if known == kind), None) if right_ending else None


def _read(
    folder: Path, name: str, found: Listing, declared: dict[str, RecordType], problems: Problems
) -> list[Written]:
    """The records in one file. A narrative in Chinese is read with its record and skipped here."""
    record_type = _record_type(name)
    if record_type is None or any(part.startswith(".") for part in name.split("/")):
        return []
    if name.endswith(".jsonl"):
        data = _bytes(folder, name, layout.JSONL_BYTES, problems)
        records = read_jsonl(SourceText(name, data), record_type, problems) if data is not None else []
    else:
        stem = name.removesuffix(".md")
        if stem.endswith((".zh-Hans", ".zh-Hant")):
            if f"{stem[:-8]}.md" not in found.files:
                problems.add(name, "", "narrative_alone", record=f"{stem[:-8]}.md")
            return []
        data = _bytes(folder, name, layout.SOURCE_FILE_BYTES, problems)
        translations = {}
        for language in ("zh-Hans", "zh-Hant"):
            beside = f"{stem}.{language}.md"
            if beside in found.files:
                text = _bytes(folder, beside, layout.SOURCE_FILE_BYTES, problems)
                if text is not None:
                    translations[language] = SourceText(beside, text)
        _declare(stem.rsplit("/", 1)[1], record_type, name, declared, problems)
        record = read_record(SourceText(name, data), record_type, translations, problems) if data is not None else None
        return [Written(name, record)] if record is not None else []
    for where, record in records:
        _declare(record.id, record_type, where, declared, problems)
    return [Written(where, record) for where, record in records]


def _declare(
    record_id: str, record_type: RecordType, file: str, declared: dict[str, RecordType], problems: Problems
) -> None:
    if record_id in declared:
        problems.add(file, "id", "id_twice", id=record_id, type=declared[record_id])
    else:
        declared[record_id] = record_type
