"""What changes from one pack of an archive to another: records added, changed and withdrawn, and why these are gone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from jasic_desktop.core.archive import Archive
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.localised import Localised
from jasic_desktop.core.record_types import RecordType
from jasic_desktop.core.records import Record
from jasic_desktop.packs.bag import Pack

_DIGEST_BYTES = 16


@dataclass(frozen=True)
class Added:
    """A record that only the new pack has."""

    id: str
    type: RecordType
    title: Localised


@dataclass(frozen=True)
class Changed(Added):
    """A record that both have, with the names of the fields that differ; the title is the new one."""

    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Withdrawn(Added):
    """A record that only the old pack has: what replaces it, where that has its id as an old one, or the reason."""

    replaced_by: str | None = None
    reason: Localised | None = None


@dataclass(frozen=True)
class Difference:
    """From `old` to `new`, each list in the order of the packs."""

    old: Archive
    new: Archive
    added: tuple[Added, ...]
    changed: tuple[Changed, ...]
    withdrawn: tuple[Withdrawn, ...]

    @property
    def count(self) -> int:
        """How many records differ."""
        return len(self.added) + len(self.changed) + len(self.withdrawn)


@dataclass(frozen=True)
class _Known:
    """What is kept of each record of the old pack while the new one is read."""

    digest: bytes
    type: RecordType
    title: Localised


def difference(old: Pack, new: Pack, progress: Progress = SILENT) -> Difference:
    """What changes from `old` to `new`; the work grows with the packs, what is kept with what differs.

    Raises DamagedPack at a record file that is not whole, and Cancelled.
    """
    before: dict[str, _Known] = {}
    for number, record in enumerate(old.records()):
        progress.step("packs.step_comparing", number)
        before[record.id] = _Known(_digest(record), record.type, record.title)
    added: list[Added] = []
    changed: dict[str, tuple[Record, Mapping[str, bytes]]] = {}
    owners: dict[str, str] = {}
    for number, record in enumerate(new.records(), len(before)):
        progress.step("packs.step_comparing", number)
        owners.update((alias, record.id) for alias in record.aliases)
        known = before.pop(record.id, None)
        if known is None:
            added.append(Added(record.id, record.type, record.title))
        elif known.digest != _digest(record):
            changed[record.id] = (record, _fields(record))
    found: list[Changed] = []
    for record in old.records() if changed else ():
        after = changed.get(record.id)
        if after is not None:
            was, (now, fields) = _fields(record), after
            differ = tuple(name for name in (*was, *(fields.keys() - was.keys())) if was.get(name) != fields.get(name))
            found.append(Changed(now.id, now.type, now.title, tuple(differ)))
    reasons = new.archive.withdrawn
    gone = [
        Withdrawn(record_id, known.type, known.title, owners.get(record_id), reasons.get(record_id))
        for record_id, known in before.items()
    ]
    return Difference(old.archive, new.archive, tuple(added), tuple(found), tuple(gone))


def _digest(record: Record) -> bytes:
    return hashlib.blake2b(msgspec.json.encode(record, order="sorted"), digest_size=_DIGEST_BYTES).digest()


def _fields(record: Record) -> dict[str, bytes]:
    """A digest of each field, by its name; the type is one of them."""
    values = {"type": record.type, **{name: getattr(record, name) for name in record.__struct_fields__}}
    return {
        name: hashlib.blake2b(msgspec.json.encode(value, order="sorted"), digest_size=_DIGEST_BYTES).digest()
        for name, value in values.items()
    }
