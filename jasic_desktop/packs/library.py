"""The packs installed on this machine, for a person or for all: copied, verified, listed, one of them in use."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import msgspec

from jasic_desktop.core import atomic
from jasic_desktop.core.archive import Archive
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.errors import NotFoundFault, NotWrittenFault, UsageFault
from jasic_desktop.core.folding import without_surrogates
from jasic_desktop.core.ownership import is_administrators, is_private, make_open, open_to_all
from jasic_desktop.core.paths import Places
from jasic_desktop.core.regular import UnreadableError, read_regular
from jasic_desktop.packs.bag import Pack, open_pack, verify
from jasic_desktop.packs.layout import SIGNATURE
from jasic_desktop.packs.refusals import DamagedPack
from jasic_desktop.packs.trust import trusted_keys

FOLDER_DIGITS: Final = 40
"""Digits of the fingerprint in the name of a folder: enough to be unique, few enough for the paths of Windows."""
_SHORTEST_PREFIX: Final = 8
_MEMORY_BYTES: Final = 1 << 20
_PROGRAM: Final = "program"
"""Stands for the fingerprint in use where somebody chose the archive that comes with the program."""

Origin = Literal["person", "system"]
"""For whom a pack was installed: one person, or all users of the machine."""
_ORIGINS: Final[tuple[Origin, ...]] = ("person", "system")


@dataclass(frozen=True)
class Installed:
    """An installed pack. `name` is the archive's id, with its version where several editions are installed."""

    name: str
    fingerprint: str
    archive: Archive
    path: Path
    origin: Origin = "person"


class _Memory(msgspec.Struct, omit_defaults=True):
    """What the library remembers: the fingerprint in use, and the highest sequence it has had of each archive."""

    current: str | None = None
    highest: dict[str, tuple[int, str]] = {}


class Library:
    """The packs below `places.library`, and those an administrator installed below `places.system`.

    Nothing is made before something is installed. What others than an administrator could have put into the system's
    folder is not looked at.
    """

    def __init__(self, places: Places) -> None:
        self._places = places
        self._own = places.library
        self._system = places.system / "packs"
        self._own_memory = places.data / "library.json"
        self._system_memory = places.system / "library.json"

    def list(self) -> tuple[Installed, ...]:
        """The packs that are whole in structure, by name; others are passed over here and met by `find`."""
        return self._look()[0]

    @property
    def current(self) -> str | None:
        """The name of the pack in use, which the person chose, else an administrator; None while none was chosen."""
        for fingerprint in (self._memory("person").current, self._memory("system").current):
            if fingerprint == _PROGRAM:
                return None
            if fingerprint is None:
                continue
            found = next((entry.name for entry in self.list() if entry.fingerprint == fingerprint), None)
            if found is not None:
                return found
        return None

    def highest(self, archive_id: str) -> tuple[int, str]:
        """The highest sequence number that this machine has had of an archive, and its version; (0, "") for none."""
        had = [self._memory(origin).highest.get(archive_id, (0, "")) for origin in _ORIGINS]
        there = [(e.archive.sequence, e.archive.version) for e in self.list() if e.archive.id == archive_id]
        return max([*had, *there], key=lambda edition: edition[0])

    def find(self, selector: str) -> Installed:
        """The installed pack of this name, `id@version`, archive id, fingerprint (from 8 digits on) or path.

        Raises NotFoundFault, or DamagedFault where the only one it can mean is damaged.
        """
        entries, damaged = self._look()
        found = [entry for entry in entries if entry.name == selector]
        found = found or [entry for entry in entries if f"{entry.archive.id}@{entry.archive.version}" == selector]
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

    def install(
        self,
        path: Path,
        force: bool = False,
        progress: Progress = SILENT,
        *,
        origin: Origin = "person",
        prepare: Callable[[Path], None] | None = None,
    ) -> Installed:
        """Verify the pack at `path`, copy it, verify the copy, and give it its name; one that is there is kept.

        `force` takes an edition older than one this machine has had; `origin` says for whom it is installed; `prepare`
        is called with the copy, which goes again where that fails. Raises DamagedPack, NotFoundFault, UsageFault,
        NotWrittenFault, Cancelled, and what `prepare` raises; nothing half-made stays.
        """
        if not path.exists():
            raise NotFoundFault("packs.nothing_there", path=path)
        if (path / "archive.toml").is_file():
            raise UsageFault("packs.is_source", path=path)
        result = verify(path, progress, trusted_keys(self._places).keys)
        if result.problems:
            raise DamagedPack(path, result.problems)
        with open_pack(path) as pack:
            if pack.fingerprint != result.fingerprint:
                raise NotWrittenFault("packs.changed_meanwhile", path=path)
            self.may_follow(pack.archive, force=force)
            folder = self._folder(origin)
            target = folder / pack.fingerprint[:FOLDER_DIGITS]
            atomic.sweep(folder)
            if os.path.lexists(target) and verify(target, progress).fingerprint != pack.fingerprint:
                atomic.discard(target)
            if os.path.lexists(target) and verify(target, progress).problems:
                atomic.discard(target)
            with ExitStack() as undo:
                if not os.path.lexists(target):
                    self._copy(pack, target, origin, progress)
                    undo.callback(atomic.discard, target)
                elif SIGNATURE in pack.names:
                    # The same pack may have been signed since.
                    atomic.write(target / SIGNATURE, pack.read_raw(SIGNATURE), force=True)
                if prepare is not None:
                    prepare(target)
                self._note(pack.archive, origin)
                undo.pop_all()
        return next(entry for entry in self.list() if entry.fingerprint == pack.fingerprint)

    def may_follow(self, archive: Archive, *, force: bool = False) -> None:
        """Raises NotWrittenFault for an edition older than one this machine has had, unless `force` is given."""
        sequence, version = self.highest(archive.id)
        if archive.sequence < sequence and not force:
            raise NotWrittenFault("packs.older_edition", name=archive.id, version=archive.version, newer=version)

    def remove(self, selector: str) -> Installed:
        """Take a pack away; where it was in use, the newest other edition of its archive is, if there is one.

        Raises NotFoundFault, NotWrittenFault.
        """
        entry = self.find(selector)
        atomic.discard(entry.path)
        for origin in _ORIGINS:
            memory = self._memory(origin)
            if memory.current == entry.fingerprint:
                left = [other for other in self.list() if other.archive.id == entry.archive.id]
                memory.current = left[-1].fingerprint if left else None
                self._remember(memory, origin)
        return entry

    def use(self, selector: str, *, origin: Origin = "person") -> Installed:
        """Make a pack the one that is opened when none is named. Raises NotFoundFault, NotWrittenFault."""
        entry = self.find(selector)
        self._choose(entry.fingerprint, origin)
        return entry

    def use_none(self) -> None:
        """Make the archive that comes with the program the one that is opened. Raises NotWrittenFault."""
        self._choose(_PROGRAM, "person")

    def _choose(self, fingerprint: str, origin: Origin) -> None:
        memory = self._memory(origin)
        memory.current = fingerprint
        self._remember(memory, origin)

    def _folder(self, origin: Origin) -> Path:
        return self._own if origin == "person" else self._system

    def _look(self) -> tuple[tuple[Installed, ...], tuple[DamagedPack, ...]]:
        found: dict[str, tuple[Path, Archive, Origin]] = {}
        damaged: tuple[DamagedPack, ...] = ()
        for origin in _ORIGINS:
            for folder in self._folders(origin):
                try:
                    with open_pack(folder) as pack:
                        found.setdefault(pack.fingerprint, (folder, pack.archive, origin))
                except DamagedPack as fault:
                    damaged += (fault,)
        editions = Counter(archive.id for _, archive, _ in found.values())
        versions = Counter((archive.id, archive.version) for _, archive, _ in found.values())
        entries = []
        for fingerprint, (path, archive, origin) in found.items():
            name = archive.id if editions[archive.id] == 1 else f"{archive.id}@{archive.version}"
            if versions[archive.id, archive.version] > 1:
                name += f"+{fingerprint[:8]}"
            entries.append(Installed(name, fingerprint, archive, path, origin))
        return tuple(sorted(entries, key=lambda entry: (entry.archive.id, entry.archive.sequence, entry.name))), damaged

    def _folders(self, origin: Origin) -> Sequence[Path]:
        folder = self._folder(origin)
        if origin == "system" and not (is_administrators(folder) and is_administrators(folder.parent)):
            return []
        try:
            return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        except OSError:
            return []

    def _copy(self, pack: Pack, target: Path, origin: Origin, progress: Progress) -> None:
        if origin == "system":
            try:
                make_open(target.parent)
            except OSError as error:
                raise atomic.fault(error, target.parent) from error
            if not is_private(target.parent) or not is_private(target.parent.parent):
                raise NotWrittenFault("packs.not_administrators", path=target.parent)
        with atomic.making(target) as part:
            for number, name in enumerate(pack.names):
                progress.step("packs.step_copying", number, len(pack.names))
                path = part / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(pack.read_raw(name))
            copied = verify(part, progress)
            if copied.problems or copied.fingerprint != pack.fingerprint:
                raise NotWrittenFault("packs.changed_meanwhile", path=pack.path)
            if origin == "system":
                open_to_all(part)

    def _note(self, archive: Archive, origin: Origin) -> None:
        memory = self._memory(origin)
        if archive.sequence > memory.highest.get(archive.id, (0, ""))[0]:
            memory.highest[archive.id] = (archive.sequence, archive.version)
            self._remember(memory, origin)

    def _memory_file(self, origin: Origin) -> Path:
        return self._own_memory if origin == "person" else self._system_memory

    def _memory(self, origin: Origin) -> _Memory:
        """What was remembered; nothing where the file is missing or damaged, for no pack is lost by that."""
        file = self._memory_file(origin)
        if origin == "system" and not (is_administrators(file) and is_administrators(file.parent)):
            return _Memory()
        try:
            return msgspec.json.decode(read_regular(file, _MEMORY_BYTES), type=_Memory)
        except (UnreadableError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return _Memory()

    def _remember(self, memory: _Memory, origin: Origin) -> None:
        file = self._memory_file(origin)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise atomic.fault(error, file) from error
        atomic.write(file, msgspec.json.encode(memory), force=True)
        if origin == "system":
            try:
                file.chmod(0o644)
            except OSError as error:
                raise atomic.fault(error, file) from error
