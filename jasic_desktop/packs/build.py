"""Builds a pack from a source archive: the same bytes from the same source and libraries, whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jasic_desktop import __version__
from jasic_desktop.core import atomic
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.errors import NotWrittenFault, UsageFault
from jasic_desktop.core.regular import UnreadableError, read_regular
from jasic_desktop.packs import layout, record_lines
from jasic_desktop.packs.carriers import ENDING
from jasic_desktop.packs.check import examine
from jasic_desktop.packs.manifest import BAGIT_TEXT, oxum, write_info, write_manifest
from jasic_desktop.packs.problems import Problem, SourceFault
from jasic_desktop.packs.source import Source, finish, load
from jasic_desktop.packs.versions import LIBRARIES, library_versions
from jasic_desktop.packs.zip_writer import ZipWriter

Put = Callable[[str, bytes], None]
"""Takes the path of a file inside the pack and its bytes."""


@dataclass(frozen=True)
class Built:
    """A pack that was written."""

    path: Path
    fingerprint: str
    records: int
    files: int


def build(source_folder: Path, target: Path, force: bool = False, progress: Progress = SILENT) -> Built:
    """Check the source in `source_folder` and write its pack to `target`: one file if the name ends in `.jasicpack`.

    Raises SourceFault when the source has errors, NotWrittenFault when `target` exists and `force` is not given, or
    is no pack, or cannot be written. What stood there stays until the new pack is whole.
    """
    _may_write(source_folder, target, force)
    loaded = load(source_folder, progress)
    examine(loaded, progress)
    source = finish(loaded)
    return write_pack(source, target, force, progress)


def write_pack(source: Source, target: Path, force: bool = False, progress: Progress = SILENT) -> Built:
    """Write the pack of a source that was read and checked; see `build`."""
    if target.name.endswith(ENDING):
        return _file(source, target, force, progress)
    if not target.exists():
        return _folder(source, target, progress)
    fresh, old = (target.with_name(f".{target.name[:60]}.{what}.part") for what in ("new", "old"))
    for left in (fresh, old):
        shutil.rmtree(left, ignore_errors=True)
    built = _folder(source, fresh, progress)
    try:
        target.rename(old)
        fresh.rename(target)
    except OSError as error:
        raise atomic.fault(error, target) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return Built(target, built.fingerprint, built.records, built.files)


def _may_write(source_folder: Path, target: Path, force: bool) -> None:
    """Refuse a target before the long work, and never replace what is not a pack. Raises Fault."""
    source, place = source_folder.resolve(), target.resolve()
    if place == source or source in place.parents or place in source.parents:
        raise UsageFault("packs.target_in_source", path=target)
    if not target.exists() and not target.is_symlink():
        return
    if not force:
        raise NotWrittenFault("core.exists", path=target)
    if target.name.endswith(ENDING):
        is_pack = target.is_file() and not target.is_symlink()
    else:
        is_pack = target.is_dir() and not target.is_symlink()
        is_pack = is_pack and ((target / layout.BAGIT).is_file() or not any(target.iterdir()))
    if not is_pack:
        raise NotWrittenFault("packs.not_replaced", path=target)


def _folder(source: Source, target: Path, progress: Progress) -> Built:
    written: list[str] = []
    with atomic.making(target) as part:

        def put(name: str, data: bytes) -> None:
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written.append(name)

        fingerprint = _bag(source, put, progress)
        part.chmod(0o755)
    return Built(target, fingerprint, len(source.records), len(written))


def _file(source: Source, target: Path, force: bool, progress: Progress) -> Built:
    with atomic.writing(target, force=force) as part, part.open("xb") as file:
        writer = ZipWriter(file, f"{source.archive.id}-{source.archive.version}")
        fingerprint = _bag(source, writer.put, progress)
        writer.finish()
    return Built(target, fingerprint, len(source.records), writer.count)


def _bag(source: Source, put: Put, progress: Progress) -> str:
    """Give every file of the bag to `put`, payload first; the fingerprint."""
    digests: dict[str, str] = {}
    sizes: dict[str, int] = {}
    for name, data in _payload(source):
        progress.step("packs.step_writing", len(digests))
        digests[name] = hashlib.sha512(data).hexdigest()
        sizes[name] = len(data)
        put(name, data)
    tags = {
        layout.BAGIT: BAGIT_TEXT,
        layout.BAG_INFO: write_info(_info(source, sizes)),
        layout.MANIFEST: write_manifest(digests),
    }
    for name, data in tags.items():
        put(name, data)
    tag_manifest = write_manifest({name: hashlib.sha512(data).hexdigest() for name, data in tags.items()})
    put(layout.TAG_MANIFEST, tag_manifest)
    return hashlib.sha512(tag_manifest).hexdigest()


def _payload(source: Source) -> Iterator[tuple[str, bytes]]:
    yield layout.ARCHIVE, record_lines.encode(source.archive)
    try:
        for number, data in enumerate(record_lines.record_files(source.records), 1):
            yield layout.record_file(number), data
    except ValueError as error:
        too_long = Problem(str(error), "", "record_too_large", "error", {"most": layout.RECORD_BYTES >> 10})
        raise SourceFault(source.folder, (too_long,)) from error
    for medium in source.archive.media:
        path = source.media[medium.file]
        try:
            data = read_regular(path, layout.MEDIUM_BYTES)
        except UnreadableError as error:
            unread = Problem(
                f"media/{medium.file}", "", f"file_{error.what}", "error", {"system": error.system, "most": 0}
            )
            raise SourceFault(source.folder, (unread,)) from error
        if hashlib.sha512(data).hexdigest() != medium.sha512:
            changed = Problem(f"media/{medium.file}", "", "file_changed", "error", {})
            raise SourceFault(source.folder, (changed,))
        yield layout.MEDIA + medium.file, data


def _info(source: Source, sizes: dict[str, int]) -> list[tuple[str, str]]:
    """What bag-info.txt says; the only date is that of the edition."""
    archive = source.archive
    values = [
        ("Source-Organization", archive.editor),
        ("External-Identifier", f"{archive.id}@{archive.version}"),
        ("External-Description", archive.title.show("en")),
        ("Bagging-Date", archive.date),
        ("Payload-Oxum", oxum(sizes)),
        ("Bag-Software-Agent", f"jasic-desktop {__version__}"),
        ("Archive-Sequence", str(archive.sequence)),
        ("Record-Count", str(len(source.records))),
        ("Limit-Records-Per-File", str(layout.RECORDS_PER_FILE)),
        ("Limit-Record-File-Bytes", str(layout.RECORD_FILE_BYTES)),
        ("Limit-Record-Bytes", str(layout.RECORD_BYTES)),
        ("Limit-Medium-Bytes", str(layout.MEDIUM_BYTES)),
    ]
    return [*values, *(("Built-With", f"{name} {found}") for name, found in library_versions(LIBRARIES).items())]
