"""Backups of a workspace: made whole, reopened and compared, thinned out by their numbers and never by the clock."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from jasic_desktop.core import atomic
from jasic_desktop.core.errors import DamagedFault, NotFoundFault, NotWrittenFault
from jasic_desktop.workspace.database import TOOLS, Database, Tools, connect, told
from jasic_desktop.workspace.files import BACKUPS, NewerError, UnsoundError, check_file, digest, workspace_file
from jasic_desktop.workspace.items import Collection, Note

RECENT: Final = 10
DAILY: Final = 7
WEEKLY: Final = 4
MONTHLY: Final = 12
_NAME: Final = re.compile(r"([0-9]{6,12})-([0-9]{8}T[0-9]{6}Z)-([0-9a-f]{16})\.sqlite")
_DIGITS: Final = 16


class Backup(NamedTuple):
    """One backup: its file, its number (a later one has a higher), and when the clock said it was made.

    `seal` is how the digest of what it holds begins. It stands in its name: SQLite does not notice a changed letter.
    """

    path: Path
    number: int
    made: str
    seal: str = ""

    @property
    def name(self) -> str:
        """What it is called on the command line: its number."""
        return str(self.number)

    @property
    def day(self) -> date:
        """The day it was made, as the clock had it."""
        return date.fromisoformat(self.made[:10])


class Contents(NamedTuple):
    """What a backup holds: how many collections and notes."""

    collections: int
    notes: int


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """The backups of the workspace in `folder`, the latest first. What is none is passed over."""
    found = []
    with suppress(OSError):
        for path in (folder / BACKUPS).iterdir():
            match = _NAME.fullmatch(path.name)
            if match is not None and (made := _instant(match[2])) is not None:
                found.append(Backup(path, int(match[1]), made, match[3]))
    return tuple(sorted(found, key=lambda backup: -backup.number))


def find_backup(folder: Path, name: str | None = None) -> Backup:
    """The backup of this number, else the latest that is sound. Raises NotFoundFault, DamagedFault."""
    backups = list_backups(folder)
    if name is not None:
        for backup in backups:
            if name.strip().isdigit() and backup.number == int(name):
                return backup
        raise NotFoundFault("workspace.no_backup", name=name[:40], path=folder / BACKUPS)
    sound = next(filter(is_sound, backups), None)
    if sound is None:
        raise NotFoundFault("workspace.no_backups", path=folder / BACKUPS)
    return sound


def is_sound(backup: Backup) -> bool:
    """Whether a backup can be restored: it is whole, and holds what it held when it was made."""
    return _digest_of(backup) is not None


def contents(backup: Backup) -> Contents:
    """What a backup holds. Raises DamagedFault."""
    try:
        with closing(connect(backup.path, write=False)) as database:
            rows = Database(database, backup.path)
            live = "deleted IS NULL"
            return Contents(rows.count(Collection, live), rows.count(Note, live))
    except sqlite3.Error as error:
        raise DamagedFault("workspace.backup_damaged", path=backup.path) from error


def is_due(folder: Path, minutes: int, tools: Tools = TOOLS) -> bool:
    """Whether the latest backup was made so many minutes ago or more, or in a time to come: the clock was set back."""
    backups = list_backups(folder)
    if not backups:
        return True
    then, now = (datetime.fromisoformat(one) for one in (backups[0].made, tools.now()))
    return not timedelta() <= now - then < timedelta(minutes=minutes)


def make_backup(folder: Path, tools: Tools = TOOLS, *, force: bool = False) -> Backup | None:
    """Back the workspace in `folder` up, which may be open; None where nothing was ever made in it, or the latest
    backup holds the same already.

    The backup is written beside its place, reopened and compared before it takes it, and only then are old ones
    thinned out. `force` makes one in any case. Raises DamagedFault, NotWrittenFault.
    """
    source = workspace_file(folder)
    if not source.exists():
        return None
    backups = list_backups(folder)
    place = folder / BACKUPS
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise atomic.fault(error, place) from error
    atomic.sweep(place)
    try:
        with closing(connect(source, write=False)) as database:
            database.execute("BEGIN")
            wanted = digest(database)
            if not force and (not _edits(database) or (backups and _digest_of(backups[0]) == wanted)):
                return None
            made = tools.now()
            number = backups[0].number + 1 if backups else 1
            seal = wanted[:_DIGITS]
            name = f"{number:06d}-{made.replace('-', '').replace(':', '')}-{seal}.sqlite"
            _write(database, place / name, wanted)
    except sqlite3.Error as error:
        raise told(error, source) from error
    backup = Backup(place / name, number, made, seal)
    for old in to_drop((backup, *backups)):
        with suppress(NotWrittenFault):
            atomic.discard(old.path)
    return backup


def to_drop(backups: Sequence[Backup]) -> tuple[Backup, ...]:
    """The backups that need not be kept, of those that are there, the latest first.

    Kept are the last RECENT, and the last one of each of the last DAILY days, WEEKLY weeks and MONTHLY months on which
    there are any. Last is by number: a clock set back or forward drops nothing that was made after.
    """
    kept = set(backups[:RECENT])
    spans: tuple[tuple[int, Callable[[Backup], object]], ...] = (
        (DAILY, lambda one: one.day),
        (WEEKLY, lambda one: one.day.isocalendar()[:2]),
        (MONTHLY, lambda one: (one.day.year, one.day.month)),
    )
    for most, span in spans:
        seen: set[object] = set()
        for backup in backups:
            if span(backup) not in seen and len(seen) < most:
                seen.add(span(backup))
                kept.add(backup)
    return tuple(backup for backup in backups if backup not in kept)


def _write(source: sqlite3.Connection, target: Path, wanted: str) -> None:
    with atomic.writing(target) as part:
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            # Nobody sees the part before it is whole, and it is brought to the disk at the end.
            copy.execute("PRAGMA journal_mode = MEMORY")
            copy.execute("PRAGMA synchronous = OFF")
            source.backup(copy)
        try:
            same = check_file(part) == wanted
        except (UnsoundError, NewerError):
            same = False
        if not same:
            raise NotWrittenFault("workspace.backup_not_same", path=target)


def _edits(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT value FROM meta WHERE key = 'edits'").fetchone()[0])


def _digest_of(backup: Backup) -> str | None:
    """The digest of what a backup holds; None where it is damaged."""
    try:
        found = check_file(backup.path)
    except (UnsoundError, NewerError, OSError):
        return None
    return found if found.startswith(backup.seal) else None


def _instant(stamp: str) -> str | None:
    """A moment as items have it, of the one in a name; None where there is no such day."""
    try:
        day = date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
    except ValueError:
        return None
    return f"{day.isoformat()}T{stamp[9:11]}:{stamp[11:13]}:{stamp[13:15]}Z"
