"""Opens and verifies packs: a BagIt bag under a strict profile, of which nothing is ever executed or unpacked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, Self

from msgspec import Struct

from jasic_desktop.core.archive import Archive
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.record_types import RECORD_TYPES, RecordType
from jasic_desktop.core.records import Record
from jasic_desktop.packs import bag_structure, layout
from jasic_desktop.packs.bag_structure import Structure
from jasic_desktop.packs.carriers import Carrier, open_carrier
from jasic_desktop.packs.minisign import Signature
from jasic_desktop.packs.record_lines import LineRefused, read_archive, read_records
from jasic_desktop.packs.references import references
from jasic_desktop.packs.refusals import Code, DamagedPack, PackProblem
from jasic_desktop.packs.trust import Signed, TrustedKey, judge

_ORDER = {record_type: number for number, record_type in enumerate(RECORD_TYPES)}
_MOST_DANGLING = 1_000


State = Literal["verified", "complete", "damaged"]


class Verification(Struct, frozen=True):
    """The result of looking at every byte of a pack. `files` and `size` (bytes) count all that is in it.

    `verified` is complete, and signed with a key that counts. `signed` is what its signature says, if it has one.
    `archive` is what the pack says of itself, where that can be read.
    """

    state: State
    fingerprint: str | None
    problems: tuple[PackProblem, ...]
    files: int
    size: int = 0
    signed: Signed | None = None
    archive: Archive | None = None


class Pack:
    """An open pack whose structure is sound. Every read is checked: the bytes given are the bytes that were hashed."""

    def __init__(self, path: Path, carrier: Carrier, structure: Structure) -> None:
        self.path = path
        self._carrier = carrier
        self._digests = structure.digests
        self._structure = structure
        self.fingerprint = structure.fingerprint or ""
        """SHA-512 of the tag manifest, 128 hexadecimal digits."""
        self.archive = self._archive()

    @property
    def names(self) -> tuple[str, ...]:
        """Every file of the pack, tag files included, by path."""
        return tuple(self._carrier.files)

    @property
    def in_order(self) -> tuple[str, ...]:
        """Every file of the pack, in the order in which one file has them."""
        return self._carrier.in_order

    @property
    def top(self) -> str:
        """The folder of the zip in which all stands; empty for a pack that is a folder."""
        return self._carrier.top

    def signed(self, keys: Sequence[TrustedKey]) -> Signed | None:
        """What the signature says, None where there is none. Raises DamagedPack where a key that counts denies it."""
        signature = self._structure.signature
        found = judge(signature, self._structure.tag_manifest, keys) if signature is not None else None
        if signature is not None and found is None:
            raise DamagedPack(self.path, [_denied(signature, keys)])
        return found

    @property
    def record_files(self) -> tuple[str, ...]:
        """The record files in order."""
        return tuple(name for name in self._digests if layout.record_file_number(name) is not None)

    @property
    def size(self) -> int:
        """The bytes of the payload."""
        return sum(self._carrier.files[name] for name in self._digests)

    def read(self, name: str) -> bytes:
        """The bytes of one payload file. Raises DamagedPack when they are not what the manifest says."""
        problems = Structure()
        data = bag_structure.read(self._carrier, name, limit_of(name), problems)
        if data is not None and hashlib.sha512(data).hexdigest() != self._digests.get(name):
            problems.refuse(name, Code.DIGEST)
        if data is None or problems.problems:
            raise DamagedPack(self.path, problems.problems)
        return data

    def read_raw(self, name: str) -> bytes:
        """The bytes of any file of the pack, as they are: for copying, with a check of the copy after."""
        problems = Structure()
        data = bag_structure.read(self._carrier, name, max(limit_of(name), layout.TAG_BYTES), problems)
        if data is None:
            raise DamagedPack(self.path, problems.problems)
        return data

    def check_files(self, progress: Progress = SILENT) -> None:
        """Look at the bytes of every payload file. Raises DamagedPack naming all that are not what they should be."""
        problems: list[PackProblem] = []
        for number, name in enumerate(self._digests):
            progress.step("packs.step_verifying", number, len(self._digests))
            try:
                self.read(name)
            except DamagedPack as damaged:
                problems += damaged.problems
        if problems:
            raise DamagedPack(self.path, problems)

    def records(self) -> Iterator[Record]:
        """The records, in the order of the pack. Raises DamagedPack at a file that is not whole."""
        for name in self.record_files:
            try:
                yield from read_records(self.read(name))
            except LineRefused as refused:
                raise DamagedPack(self.path, [PackProblem(name, refused.code, refused.values)]) from refused

    def _archive(self) -> Archive:
        try:
            return read_archive(self.read(layout.ARCHIVE))
        except LineRefused as refused:
            problem = PackProblem(layout.ARCHIVE, Code.ARCHIVE, refused.values)
            raise DamagedPack(self.path, [problem]) from refused

    def close(self) -> None:
        """Let go of the file."""
        self._carrier.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def limit_of(name: str) -> int:
    """The most bytes that a payload file of this name may have."""
    if name == layout.ARCHIVE:
        return layout.ARCHIVE_BYTES
    return layout.MEDIUM_BYTES if name.startswith(layout.MEDIA) else layout.RECORD_FILE_BYTES


def open_pack(path: Path, *, signed: bool = True) -> Pack:
    """The pack at `path`, a folder or one file; the caller closes it.

    Names, tag files and archive.json have been checked, records are when they are read. A signature is read here and
    checked by Pack.signed; with `signed` false one that cannot be read is passed over, as it is to be replaced.
    Raises DamagedPack naming every file that is wrong.
    """
    carrier = open_carrier(path)
    try:
        structure = bag_structure.examine(carrier)
        if any(signed or problem.file != layout.SIGNATURE for problem in structure.problems):
            raise DamagedPack(path, structure.problems)
        return Pack(path, carrier, structure)
    except BaseException:
        carrier.close()
        raise


def verify(path: Path, progress: Progress = SILENT, keys: Sequence[TrustedKey] = ()) -> Verification:
    """Look at every byte of the pack at `path` and name each file that is damaged, missing or extra.

    `keys` are those that count for its signature.
    """
    carrier = open_carrier(path)
    try:
        structure = bag_structure.examine(carrier)
        contents = _Contents(carrier, structure)
        if structure.digests:
            contents.check(progress)
        signature, signed = structure.signature, None
        if signature is not None and structure.tag_manifest:
            signed = judge(signature, structure.tag_manifest, keys)
            if signed is None:
                structure.problems.append(_denied(signature, keys))
        problems = tuple(sorted(structure.problems, key=lambda problem: problem.file))
        good: State = "verified" if signed is not None and signed.signer is not None else "complete"
        state: State = "damaged" if problems else good
        size = sum(carrier.files.values())
        return Verification(state, structure.fingerprint, problems, len(carrier.files), size, signed, contents.archive)
    finally:
        carrier.close()


def _denied(signature: Signature, keys: Sequence[TrustedKey]) -> PackProblem:
    """The key that a signature claims to be made with denies it."""
    name = next((key.name for key in keys if key.key.number == signature.number), signature.id)
    return PackProblem(layout.SIGNATURE, Code.NOT_SIGNED_BY, {"signer": name})


class _Contents:
    """Reads every payload file once, and sees whether the records agree with one another."""

    def __init__(self, carrier: Carrier, structure: Structure) -> None:
        self._carrier = carrier
        self._structure = structure
        self._types: dict[str, RecordType] = {}
        self._wanted: dict[tuple[str, RecordType | None], tuple[str, int]] = {}
        self._last = (-1, "")
        self._whole = True
        self.archive: Archive | None = None

    def check(self, progress: Progress) -> None:
        names = [name for name in self._structure.digests if name in self._carrier.files]
        for number, name in enumerate(names):
            progress.step("packs.step_verifying", number, len(names))
            data = bag_structure.read(self._carrier, name, limit_of(name), self._structure)
            if data is None or hashlib.sha512(data).hexdigest() != self._structure.digests[name]:
                self._whole = False
                if data is not None:
                    self._structure.refuse(name, Code.DIGEST)
            elif name == layout.ARCHIVE:
                self.archive = self._archive(data)
            elif layout.record_file_number(name) is not None:
                self._records(name, data)
            elif not layout.looks_like(name, data[:16]):
                self._structure.refuse(name, Code.MEDIUM)
        if self.archive is not None:
            self._media(self.archive)
        # With a file missing, what stood in it would be missed everywhere: the file is the news, not its echoes.
        if self._whole and len(names) == len(self._structure.digests):
            self._references()

    def _archive(self, data: bytes) -> Archive | None:
        try:
            return read_archive(data)
        except LineRefused as refused:
            self._structure.refuse(layout.ARCHIVE, Code.ARCHIVE, **refused.values)
            return None

    def _media(self, archive: Archive) -> None:
        digests = self._structure.digests
        described = {layout.MEDIA + medium.file: medium.sha512 for medium in archive.media}
        for name in sorted(described.keys() | {name for name in digests if name.startswith(layout.MEDIA)}):
            if described.get(name) != digests.get(name):
                self._structure.refuse(name, Code.MEDIUM)

    def _records(self, name: str, data: bytes) -> None:
        line = 0
        try:
            for line, record in enumerate(read_records(data), 1):
                self._record(name, line, record)
        except LineRefused as refused:
            self._whole = False
            self._structure.refuse(name, refused.code, **refused.values)

    def _record(self, name: str, line: int, record: Record) -> None:
        place = (_ORDER[record.type], record.id)
        if record.id in self._types:
            self._structure.refuse(name, Code.ID_TWICE, line=line, id=record.id)
        elif place <= self._last:
            self._structure.refuse(name, Code.ORDER, line=line)
        self._last = max(place, self._last)
        self._types[record.id] = record.type
        for reference in references(record):
            self._wanted.setdefault((reference.target, reference.wanted), (name, line))

    def _references(self) -> None:
        missing = [
            (where, target)
            for (target, wanted), where in self._wanted.items()
            if target not in self._types or (wanted is not None and self._types[target] != wanted)
        ]
        for (name, line), target in sorted(missing)[:_MOST_DANGLING]:
            self._structure.refuse(name, Code.DANGLING, line=line, id=target)
