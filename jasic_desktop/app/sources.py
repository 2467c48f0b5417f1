"""Packs made from source folders, the bundled archive first: built once, kept as long as the source stays as it is."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

import msgspec

from jasic_desktop.app.cache import Cache
from jasic_desktop.app.derive import forget
from jasic_desktop.app.derived_files import maker
from jasic_desktop.core import atomic
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.regular import UnreadableError, read_regular
from jasic_desktop.packs.files import listing
from jasic_desktop.packs.layout import DEPTH, JSONL_BYTES, MOST_RECORDS, TAG_BYTES, TAG_MANIFEST
from jasic_desktop.packs.versions import LIBRARIES, library_versions

_MEMORY: Final = "built.json"
_MEMORY_BYTES: Final = 1 << 16


class _Built(msgspec.Struct, frozen=True):
    """What a pack was built from: names, sizes and times of the source's files, their contents, and the pack."""

    quick: str
    content: str
    fingerprint: str


def known_pack(folder: Path, root: Path) -> tuple[Path, str] | None:
    """The pack built before from the source in `folder` and its fingerprint, if nothing in the source was touched.

    `root` is the folder of Cache.sources. Reads the names, sizes and times of the source's files, not their bytes.
    """
    place = _place(folder, root)
    built = _memory(place)
    if built is None or built.quick != _quick(folder):
        return None
    return _pack(place, built)


def source_pack(folder: Path, cache: Cache, progress: Progress = SILENT) -> tuple[Path, str]:
    """The pack of the source in `folder` and its fingerprint, built if the source is not what it was.

    Raises SourceFault, NotWrittenFault, Cancelled.
    """
    known = known_pack(folder, cache.sources)
    if known is not None:
        return known
    place = _place(folder, cache.sources)
    quick, content = _quick(folder), _content(folder)
    before = _memory(place)
    if before is not None and before.content == content and (same := _pack(place, before)) is not None:
        _remember(place, _Built(quick, content, before.fingerprint))
        return same
    from jasic_desktop.packs.build import build

    _make(place)
    atomic.sweep(place)
    # Named as a part, so that what a killed run leaves is swept.
    fresh = place / f".pack.{os.getpid()}-{secrets.token_hex(4)}.part"
    built = build(folder, fresh, progress=progress)
    target = place / built.fingerprint[:40]
    if _pack(place, _Built(quick, content, built.fingerprint)) is None:
        atomic.discard(target)
        try:
            fresh.rename(target)
        except OSError as error:
            raise atomic.fault(error, target) from error
    atomic.discard(fresh)
    _remember(place, _Built(quick, content, built.fingerprint))
    if before is not None and before.fingerprint != built.fingerprint:
        atomic.discard(place / before.fingerprint[:40])
        forget(cache, before.fingerprint)
    return target, built.fingerprint


def stated_fingerprint(pack: Path) -> str | None:
    """The fingerprint that a pack's folder states, without a look at what it states it of; None if there is none."""
    try:
        return hashlib.sha512(read_regular(pack / TAG_MANIFEST, TAG_BYTES)).hexdigest()
    except UnreadableError:
        return None


def forget_pack(folder: Path, cache: Cache) -> None:
    """Take away the pack built from the source in `folder`, so that it is built again. Raises NotWrittenFault."""
    atomic.discard(_place(folder, cache.sources))


def _place(folder: Path, root: Path) -> Path:
    return root / hashlib.sha256(os.fsencode(folder.absolute())).hexdigest()[:24]


def _make(place: Path) -> None:
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise atomic.fault(error, place) from error


def _memory(place: Path) -> _Built | None:
    try:
        return msgspec.json.decode(read_regular(place / _MEMORY, _MEMORY_BYTES), type=_Built)
    except (UnreadableError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _remember(place: Path, built: _Built) -> None:
    atomic.write(place / _MEMORY, msgspec.json.encode(built), force=True)


def _pack(place: Path, built: _Built) -> tuple[Path, str] | None:
    """The pack that `built` tells of, if it is still there; what is inside is verified when it is read."""
    path = place / built.fingerprint[:40]
    return (path, built.fingerprint) if stated_fingerprint(path) == built.fingerprint else None


def _quick(folder: Path) -> str:
    """A digest of the names, sizes and times of the files of a source, and of the versions that build it."""
    found = listing(folder, most=MOST_RECORDS, depth=DEPTH)
    digest = _digest()
    for name, size in found.files.items():
        digest.update(f"{name}\0{size}\0{found.times[name]}\n".encode("utf-8", "surrogateescape"))
    digest.update(repr(found.oddities).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _content(folder: Path) -> str:
    """A digest of the files of a source, and of the versions that build it."""
    digest = _digest()
    for name in listing(folder, most=MOST_RECORDS, depth=DEPTH).files:
        digest.update(name.encode("utf-8", "surrogateescape") + b"\0")
        try:
            data = read_regular(folder / name, JSONL_BYTES)
        except UnreadableError:
            data = b"?"
        digest.update(hashlib.sha256(data).digest())
    return digest.hexdigest()


def _digest() -> hashlib._Hash:
    return hashlib.sha256(msgspec.json.encode([dict(maker()), library_versions(LIBRARIES)]))
