"""The files of a workspace in its folder: which is which, and whether one is sound."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from jasic_desktop.workspace import schema
from jasic_desktop.workspace.database import connect

WORKSPACE: Final = "workspace.sqlite"
LOCK: Final = "writer.lock"
BACKUPS: Final = "backups"
DAMAGED: Final = "damaged"
_MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = 100
_ROLLBACK_JOURNAL: Final = b"\x01\x01"


class UnsoundError(ValueError):
    """A file is no workspace, or a damaged one."""


class NewerError(ValueError):
    """A file was written by a later version of the program."""


def workspace_file(folder: Path) -> Path:
    """The file that holds all of it."""
    return folder / WORKSPACE


def journal_of(path: Path) -> Path:
    """What SQLite keeps beside a file while it writes, and what it repairs the file with after a crash."""
    return path.with_name(path.name + "-journal")


def has_journal(path: Path) -> bool:
    """Whether an edit was broken off, or is being made: the file itself may hold half of it."""
    try:
        return journal_of(path).stat().st_size > 0
    except OSError:
        return False


def check_head(path: Path) -> None:
    """Look at the first bytes of a file without changing anything. Raises UnsoundError, NewerError, OSError."""
    with path.open("rb") as file:
        head = file.read(_HEADER)
    if len(head) < _HEADER or not head.startswith(_MAGIC) or head[18:20] != _ROLLBACK_JOURNAL:
        raise UnsoundError("the head of the file is none of a workspace")
    if int.from_bytes(head[68:72], "big") != schema.APPLICATION:
        raise UnsoundError("the file belongs to another program")
    if int.from_bytes(head[60:64], "big") > schema.VERSION:
        raise NewerError(str(path))


def check(database: sqlite3.Connection, *, thorough: bool = False) -> None:
    """Prove that an open file is sound. Raises UnsoundError, NewerError."""
    try:
        if schema.version(database) > schema.VERSION:
            raise NewerError("a later step")
        told = database.execute(f"PRAGMA {'integrity_check' if thorough else 'quick_check'}(1)").fetchone()
        if told is None or told[0] != "ok":
            raise UnsoundError(str(told))
        if not schema.is_ours(database):
            raise UnsoundError("the tables are none of a workspace")
        if database.execute("SELECT count(*) FROM meta WHERE key = 'edits'").fetchone()[0] != 1:
            raise UnsoundError("the count of edits is missing")
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL):
            raise
        raise UnsoundError(str(error)) from error


def check_file(path: Path) -> str:
    """Prove that the file at `path`, which nobody writes, is a sound workspace; the digest of what it holds.

    Raises UnsoundError, NewerError, OSError.
    """
    check_head(path)
    try:
        with closing(connect(path, write=False)) as database:
            check(database, thorough=True)
            return digest(database)
    except sqlite3.Error as error:
        raise UnsoundError(str(error)) from error


def digest(database: sqlite3.Connection) -> str:
    """A digest of every row of every table: two files with the same one hold the same."""
    made = hashlib.sha256()
    tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    for (table,) in tables:
        made.update(f"\n{table}\n".encode())
        for row in database.execute(f'SELECT rowid, * FROM "{table}" ORDER BY rowid'):  # noqa: S608 - of our schema
            made.update(repr(row).encode("utf-8", "surrogatepass"))
    return made.hexdigest()


def remove_quietly(*paths: Path) -> None:
    """Take files away that nobody misses."""
    for path in paths:
        with suppress(OSError):
            path.unlink()
