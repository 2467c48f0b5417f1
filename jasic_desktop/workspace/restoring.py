"""Brings a backup back, or begins anew: what stood there is set aside, never deleted, and what can be read is saved."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from jasic_desktop.core import atomic
from jasic_desktop.core.errors import DamagedFault, NotWrittenFault
from jasic_desktop.workspace import files, schema
from jasic_desktop.workspace.backups import Backup, is_sound, make_backup
from jasic_desktop.workspace.database import TOOLS, Tools, decoded, fields, told
from jasic_desktop.workspace.items import KINDS, Item
from jasic_desktop.workspace.lock import Lock
from jasic_desktop.workspace.transfer import lines


class Restored(NamedTuple):
    """What became of the file that stood there: where it was set aside, and where what could be read of it was saved.

    Both are None where it was sound: it is the latest backup then.
    """

    aside: Path | None = None
    saved: Path | None = None


def restore(folder: Path, backup: Backup, tools: Tools = TOOLS) -> Restored:
    """Let the workspace in `folder`, which must not be open, be what `backup` holds.

    Raises DamagedFault where the backup is damaged, NotWrittenFault where another program has the workspace open or
    the system refuses; then everything is as it was, or was set aside.
    """
    if not is_sound(backup):
        raise DamagedFault("workspace.backup_damaged", path=backup.path)
    target = files.workspace_file(folder)
    with closing(_Turn(folder)), atomic.writing(target, force=True) as part:
        # Copied first: a backup of what stands there now may let this one be thinned out.
        shutil.copyfile(backup.path, part)
        return _put_aside(folder, tools)


def begin_anew(folder: Path, tools: Tools = TOOLS) -> Restored:
    """Let the workspace in `folder`, which must not be open, be an empty one. Raises as `restore` does."""
    target = files.workspace_file(folder)
    with closing(_Turn(folder)), atomic.writing(target, force=True) as part:
        try:
            with closing(sqlite3.connect(part, isolation_level=None)) as fresh:
                schema.migrate(fresh)
        except sqlite3.Error as error:
            raise told(error, target) from error
        return _put_aside(folder, tools)


class _Turn:
    """Holds the right to write while a file takes the place of another."""

    def __init__(self, folder: Path) -> None:
        self._lock = Lock(folder / files.LOCK)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            taken = self._lock.take()
        except OSError as error:
            raise atomic.fault(error, files.workspace_file(folder)) from error
        if not taken:
            raise NotWrittenFault("workspace.other_program", path=files.workspace_file(folder))

    def close(self) -> None:
        self._lock.release()


def _put_aside(folder: Path, tools: Tools) -> Restored:
    path = files.workspace_file(folder)
    if not os.path.lexists(path):
        return Restored()
    try:
        if not files.journal_of(path).exists():
            files.check_file(path)
            make_backup(folder, tools)
            return Restored()
    except (files.UnsoundError, files.NewerError, OSError):
        pass
    place = folder / files.DAMAGED
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        number = 1 + max((int(one.name.split("-")[0]) for one in place.iterdir() if one.name[:4].isdigit()), default=0)
        aside = place / f"{number:04d}-{files.WORKSPACE}"
        shutil.copyfile(path, aside)
        journal = files.journal_of(path)
        if journal.exists():
            journal.replace(files.journal_of(aside))
        with aside.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise atomic.fault(error, place) from error
    return Restored(aside, _save(aside))


def _save(aside: Path) -> Path | None:
    """Write what can be read of a damaged file as JSON Lines beside it; None where that is nothing."""
    saved = [item for kind in KINDS for item in _readable(aside, kind)]
    if not saved:
        return None
    target = aside.with_suffix(".jsonl")
    with suppress(NotWrittenFault):
        atomic.write(target, b"".join(lines(saved)), force=True)
        return target
    return None


def _readable(path: Path, kind: type[Item]) -> list[Item]:
    """The items of a kind that can be read of a damaged file, row by row, without changing it."""
    found: list[Item] = []
    names = fields(kind)
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as database:
        database.execute("PRAGMA trusted_schema = OFF")
        if not schema.version(database):
            return found
        last = 0
        with suppress(sqlite3.Error):
            last = database.execute(f"SELECT max(rowid) FROM {kind.table}").fetchone()[0] or 0  # noqa: S608 - ours
        for rowid in range(1, min(last, 1_000_000) + 1):
            with suppress(sqlite3.Error, msgspec.MsgspecError, UnicodeDecodeError):
                sql = f"SELECT {', '.join(names)} FROM {kind.table} WHERE rowid = ?"  # noqa: S608 - names of ours
                row = database.execute(sql, (rowid,)).fetchone()
                if row is not None:
                    found.append(decoded(kind, names, row))
    return found
