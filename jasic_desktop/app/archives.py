"""The archives of this machine: those that a person or an administrator installed, and the program's own."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from jasic_desktop.app.admission import require_newest
from jasic_desktop.app.cache import Cache
from jasic_desktop.app.context import admit_pack, bundled, pack_to_verify
from jasic_desktop.app.derive import derive, forget
from jasic_desktop.core import atomic
from jasic_desktop.core.archive import Archive
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.errors import NotFoundFault, NotWrittenFault
from jasic_desktop.core.ownership import make_open
from jasic_desktop.core.paths import Places
from jasic_desktop.packs.bag import open_pack
from jasic_desktop.packs.difference import Difference, difference
from jasic_desktop.packs.library import Library

Whose = Literal["person", "system", "program"]
"""Who brought an archive: this person, an administrator for all users, or the program itself."""


@dataclass(frozen=True)
class Shelved:
    """One archive of this machine. `fingerprint` is empty for one that comes as source and was never built."""

    name: str
    fingerprint: str
    archive: Archive
    path: Path
    whose: Whose
    in_use: bool = False


@dataclass(frozen=True)
class Arrival:
    """What an installation did: the archive, the edition that was there before it, what changed, and whether the new
    one is in use now in its place.
    """

    entry: Shelved
    before: Shelved | None
    changes: Difference | None
    used: bool


def archives(places: Places) -> tuple[Shelved, ...]:
    """All archives of this machine by id and edition, each with a name of its own; one of them is in use."""
    library = Library(places)
    installed = library.list()
    current = library.current
    found = [Shelved(e.name, e.fingerprint, e.archive, e.path, e.origin, e.name == current) for e in installed]
    own = bundled(places)
    if own is not None and own.fingerprint not in {entry.fingerprint for entry in found}:
        editions = {entry.archive.id for entry in found}
        alone = own.archive.id not in editions
        name = own.archive.id if alone else f"{own.archive.id}@{own.archive.version}"
        if any(entry.name == name for entry in found):
            name += f"+{own.fingerprint[:8]}"
        found = [entry if entry.archive.id != own.archive.id else _told_apart(entry) for entry in found]
        found.append(Shelved(name, own.fingerprint, own.archive, own.path, "program", current is None))
    elif own is not None and current is None:
        found = [replace(entry, in_use=entry.fingerprint == own.fingerprint) for entry in found]
    return tuple(sorted(found, key=lambda entry: (entry.archive.id, entry.archive.sequence, entry.name)))


def find(selector: str, places: Places) -> Shelved:
    """The archive of this name, `id@version`, id, fingerprint or path. Raises NotFoundFault, DamagedFault."""
    known = archives(places)
    for wanted in (lambda e: e.name, lambda e: f"{e.archive.id}@{e.archive.version}", lambda e: e.archive.id):
        found = [entry for entry in known if wanted(entry) == selector]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(entry.name for entry in found)
            raise NotFoundFault("packs.several_installed", name=selector, known=names)
    entry = Library(places).find(selector)
    return next(one for one in known if one.fingerprint == entry.fingerprint)


def use(selector: str, places: Places) -> Shelved:
    """Make an archive the one that is opened when none is named. Raises as `find`, and NotWrittenFault."""
    entry = find(selector, places)
    library = Library(places)
    if entry.whose != "program":
        admit_pack(entry.path, places)
        _require_newest(entry.archive, places)
    if entry.whose == "program":
        library.use_none()
    else:
        library.use(entry.fingerprint)
    return replace(entry, in_use=True)


def remove(selector: str, places: Places) -> Shelved:
    """Take an installed archive away, with what was derived from it. Raises NotFoundFault, NotWrittenFault."""
    entry = find(selector, places)
    if entry.whose == "program":
        raise NotWrittenFault("packs.came_with_program", name=entry.name)
    Library(places).remove(entry.fingerprint)
    cache = Cache(places.system if entry.whose == "system" else places.cache)
    # What cannot be removed stays without harm: it can be made again.
    with suppress(NotWrittenFault):
        forget(cache, entry.fingerprint)
    return entry


def edition_before(archive: Archive, places: Places) -> Shelved | None:
    """The edition that a pack of this archive would follow: the one in use, else the newest; None for a new archive."""
    known = [entry for entry in archives(places) if entry.archive.id == archive.id]
    return next((entry for entry in known if entry.in_use), known[-1] if known else None)


def changes_to(path: Path, places: Places, progress: Progress = SILENT) -> Difference | None:
    """What would change with the pack at `path`; None where it is a new archive, or the one that is there.

    Raises DamagedPack, SourceFault, Cancelled.
    """
    with open_pack(path) as new:
        before = edition_before(new.archive, places)
        return None if before is None else _changes(before, new.path, new.fingerprint, places, progress)


def install(
    path: Path, places: Places, *, system: bool = False, force: bool = False, progress: Progress = SILENT
) -> Arrival:
    """Install the pack at `path`, for all users with `system`. A newer edition of the archive in use is used from then
    on; the one before stays. Raises what Library.install raises, and SourceFault.
    """
    library = Library(places)
    before = None
    # What is no pack is told by the installation, which looks at all of it.
    if path.exists() and not (path / "archive.toml").is_file():
        with open_pack(path) as pack:
            before = edition_before(pack.archive, places)
            admit_pack(path, places)
            _require_newest(pack.archive, places)
            if before is not None and before.archive.sequence > pack.archive.sequence and not force:
                raise NotWrittenFault(
                    "packs.older_edition",
                    name=pack.archive.id,
                    version=pack.archive.version,
                    newer=before.archive.version,
                )
    if system:
        prepare = partial(_derive_for_all, places=places, progress=progress)
        entry = library.install(path, force, progress, origin="system", prepare=prepare)
    else:
        entry = library.install(path, force, progress)
    newer = before is not None and entry.archive.sequence > before.archive.sequence
    used = before is not None and before.in_use and newer
    if used:
        library.use(entry.fingerprint, origin="system" if system else "person")
    changes = _changes(before, entry.path, entry.fingerprint, places, progress) if before is not None else None
    known = next(one for one in archives(places) if one.fingerprint == entry.fingerprint)
    return Arrival(known, before, changes, used)


def _require_newest(archive: Archive, places: Places) -> None:
    """Go on if the policy lets an edition be used after those this machine has had. Raises RefusedFault."""
    sequence, version = Library(places).highest(archive.id)
    if archive.sequence < sequence:
        require_newest(places.policy, archive, version)


def _told_apart(entry: Shelved) -> Shelved:
    if "@" in entry.name:
        return entry
    return replace(entry, name=f"{entry.archive.id}@{entry.archive.version}")


def _changes(before: Shelved, path: Path, fingerprint: str, places: Places, progress: Progress) -> Difference | None:
    if before.fingerprint == fingerprint:
        return None
    old = pack_to_verify(str(before.path), places, progress)
    with open_pack(old) as was, open_pack(path) as new:
        return difference(was, new, progress)


def _derive_for_all(path: Path, places: Places, progress: Progress) -> None:
    """Derive what all users read from a pack, so that none of them has to."""
    # Windows gives no simple proof that users cannot write there, and an index is code: each user derives their own.
    if sys.platform == "win32":
        return
    cache = Cache(places.system, shared=True)
    try:
        make_open(cache.derived)
    except OSError as error:
        raise atomic.fault(error, cache.derived) from error
    with open_pack(path) as pack:
        derive(pack, cache, progress)
