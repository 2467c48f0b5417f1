"""The packs installed on this machine: copied, verified, listed, one of them in use."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from jasic_desktop.core import atomic
from jasic_desktop.core.archive import Archive
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.errors import NotFoundFault, NotWrittenFault, UsageFault
from jasic_desktop.core.folding import without_surrogates
from jasic_desktop.core.paths import Places
from jasic_desktop.packs.bag import Pack, open_pack, verify
from jasic_desktop.packs.files import UnreadableError, read_regular
from jasic_desktop.packs.refusals import DamagedPack

FOLDER_DIGITS: Final = 40
"""Digits of the fingerprint in the name of a folder: enough to be unique, few enough for the paths of Windows."""
_SHORTEST_PREFIX: Final = 8
_MEMORY_BYTES: Final = 1 << 20


@dataclass(frozen=True)
class Installed:
    """An installed pack. `name` is the archive's id, with its version where several editions are installed."""

    name: str
    fingerprint: str
    archive: Archive
    path: Path


class _Memory(msgspec.Struct, omit_defaults=True):
    """What the library remembers: the fingerprint in use, and the highest sequence it has had of each archive."""

    current: str | None = None
    highest: dict[str, tuple[int, str]] = {}


class Library:
    """The packs below `places.library`. Nothing is made before something is installed."""

    def __init__(self, places: Places) -> None:
        self._folder = places.library
        self._memory_file = places.data / "library.json"

    def list(self) -> tuple[Installed, ...]:
        """The packs that are whole in structure, by name; others are passed over here and met by `find`."""
        return self._look()[0]

    @property
    def current(self) -> str | None:
        """The name of the pack in use; None while none was chosen."""
        chosen = self._memory().current
        return next((entry.name for entry in self.list() if entry.fingerprint == chosen), None)

    def find(self, selector: str) -> Installed:
        """The installed pack of this name, archive id, fingerprint (from 8 digits on) or path.

        Raises NotFoundFault, or DamagedPack where the only one it can mean is damaged.
        """
        entries, damaged = self._look()
        found = [entry for entry in entries if entry.name == selector]
        found = found or [entry for entry in entries if entry.archive.id == selector]
        if not found and len(selector) >= _SHORTEST_PREFIX:
            found = [entry for entry in entries if entry.fingerprint.startswith(selector.lower())]
        if not found:
            found = [entry for entry in entries if Path(selector).absolute() == entry.path.absolute()]
        shown = without_surrogates(selector[:200])
        if len(found) > 1:
            known = ", ".join(entry.name for entry in found)
            raise NotFoundFault("packs.several_installed", name=shown, known=known)
        if found:
            return found[0]
        if damaged:
            raise damaged[0]
        raise NotFoundFault("packs.not_installed", name=shown)

    def install(self, path: Path, force: bool = False, progress: Progress = SILENT) -> Installed:
        """Verify the pack at `path`, copy it, verify the copy, and give it its name; one that is there is kept.

        `force` takes an edition older than one this machine has had. Raises DamagedPack, NotFoundFault, UsageFault,
        NotWrittenFault, Cancelled; nothing half-made stays.
        """
        if not path.exists():
            raise NotFoundFault("packs.nothing_there", path=path)
        if (path / "archive.toml").is_file():
            raise UsageFault("packs.is_source", path=path)
        result = verify(path, progress)
        if result.problems:
            raise DamagedPack(path, result.problems)
        with open_pack(path) as pack:
            if pack.fingerprint != result.fingerprint:
                raise NotWrittenFault("packs.changed_meanwhile", path=path)
            self._may_follow(pack, force)
            target = self._folder / pack.fingerprint[:FOLDER_DIGITS]
            atomic.sweep(self._folder)
            if os.path.lexists(target) and verify(target, progress).fingerprint != pack.fingerprint:
                atomic.discard(target)
            if os.path.lexists(target) and verify(target, progress).problems:
                atomic.discard(target)
            if not os.path.lexists(target):
                self._copy(pack, target, progress)
            self._note(pack.archive)
        return next(entry for entry in self.list() if entry.path == target)

    def remove(self, selector: str) -> Installed:
        """Take a pack away. Raises NotFoundFault, NotWrittenFault."""
        entry = self.find(selector)
        atomic.discard(entry.path)
        memory = self._memory()
        if memory.current == entry.fingerprint:
            memory.current = None
            self._remember(memory)
        return entry

    def use(self, selector: str) -> Installed:
        """Make a pack the one that is opened when none is named. Raises NotFoundFault, NotWrittenFault."""
        entry = self.find(selector)
        memory = self._memory()
        memory.current = entry.fingerprint
        self._remember(memory)
        return entry

    def _look(self) -> tuple[tuple[Installed, ...], tuple[DamagedPack, ...]]:
        found: list[tuple[Path, Archive, str]] = []
        damaged: tuple[DamagedPack, ...] = ()
        try:
            folders = sorted(path for path in self._folder.iterdir() if not path.name.startswith("."))
        except OSError:
            return (), ()
        for folder in folders:
            try:
                with open_pack(folder) as pack:
                    found.append((folder, pack.archive, pack.fingerprint))
            except DamagedPack as fault:
                damaged += (fault,)
        editions = Counter(archive.id for _, archive, _ in found)
        versions = Counter((archive.id, archive.version) for _, archive, _ in found)
        entries = []
        for path, archive, fingerprint in found:
            name = archive.id if editions[archive.id] == 1 else f"{archive.id}@{archive.version}"
            if versions[archive.id, archive.version] > 1:
                name += f"+{fingerprint[:8]}"
            entries.append(Installed(name, fingerprint, archive, path))
        return tuple(sorted(entries, key=lambda entry: (entry.archive.id, entry.archive.sequence, entry.name))), damaged

    def _may_follow(self, pack: Pack, force: bool) -> None:
        archive = pack.archive
        sequence, version = self._memory().highest.get(archive.id, (0, ""))
        for entry in self.list():
            if entry.archive.id == archive.id and entry.archive.sequence > sequence:
                sequence, version = entry.archive.sequence, entry.archive.version
        if archive.sequence < sequence and not force:
            raise NotWrittenFault("packs.older_edition", name=archive.id, version=archive.version, newer=version)

    def _copy(self, pack: Pack, target: Path, progress: Progress) -> None:
        with atomic.making(target) as part:
            for number, name in enumerate(pack.names):
                progress.step("packs.step_copying", number, len(pack.names))
                path = part / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(pack.read_raw(name))
            copied = verify(part, progress)
            if copied.problems or copied.fingerprint != pack.fingerprint:
                raise NotWrittenFault("packs.changed_meanwhile", path=pack.path)

    def _note(self, archive: Archive) -> None:
        memory = self._memory()
        if archive.sequence > memory.highest.get(archive.id, (0, ""))[0]:
            memory.highest[archive.id] = (archive.sequence, archive.version)
            self._remember(memory)

    def _memory(self) -> _Memory:
        """What was remembered; nothing where the file is missing or damaged, for no pack is lost by that."""
        try:
            return msgspec.json.decode(read_regular(self._memory_file, _MEMORY_BYTES), type=_Memory)
        except (UnreadableError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return _Memory()

    def _remember(self, memory: _Memory) -> None:
        try:
            self._memory_file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise atomic.fault(error, self._memory_file) from error
        atomic.write(self._memory_file, msgspec.json.encode(memory), force=True)
