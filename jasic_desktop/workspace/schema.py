"""The tables of a workspace, as numbered steps: each file is brought from the step it is at to the last one."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import Final

APPLICATION: Final = 0x4A57524B
"""What stands in the head of the file, so that other tools can tell whose it is: JWRK."""

_FIRST: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE selected (
    archive TEXT NOT NULL, record TEXT NOT NULL, place INTEGER NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (archive, record)
) STRICT;
CREATE TABLE collection (
    id TEXT PRIMARY KEY, name TEXT NOT NULL,
    created TEXT NOT NULL, modified TEXT NOT NULL, deleted TEXT, number INTEGER NOT NULL
) STRICT;
CREATE TABLE entry (
    id TEXT PRIMARY KEY, collection TEXT NOT NULL REFERENCES collection (id), archive TEXT NOT NULL,
    record TEXT NOT NULL, title TEXT NOT NULL, place INTEGER NOT NULL, note TEXT NOT NULL,
    created TEXT NOT NULL, modified TEXT NOT NULL, deleted TEXT, number INTEGER NOT NULL
) STRICT;
CREATE TABLE note (
    id TEXT PRIMARY KEY, archive TEXT NOT NULL, version TEXT NOT NULL, record TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, colour TEXT NOT NULL, anchor TEXT,
    created TEXT NOT NULL, modified TEXT NOT NULL, deleted TEXT, number INTEGER NOT NULL
) STRICT;
INSERT INTO meta VALUES ('edits', 0)
"""
_SECOND: Final = """
CREATE TABLE search (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, archive TEXT NOT NULL, question TEXT NOT NULL, filters TEXT NOT NULL,
    sort TEXT NOT NULL,
    created TEXT NOT NULL, modified TEXT NOT NULL, deleted TEXT, number INTEGER NOT NULL
) STRICT;
CREATE TABLE visit (
    archive TEXT NOT NULL, record TEXT NOT NULL, title TEXT NOT NULL, seen TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (archive, record)
) STRICT;
CREATE TABLE logged (
    id TEXT PRIMARY KEY, asked TEXT NOT NULL, archive TEXT NOT NULL, version TEXT NOT NULL, fingerprint TEXT NOT NULL,
    question TEXT NOT NULL, filters TEXT NOT NULL, total INTEGER NOT NULL, number INTEGER NOT NULL
) STRICT
"""
_THIRD: Final = """
CREATE INDEX entry_of_collection ON entry (collection, place);
CREATE INDEX note_of_record ON note (archive, record);
CREATE INDEX visit_by_number ON visit (number)
"""

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = tuple(
    tuple(statement.strip() for statement in step.split(";")) for step in (_FIRST, _SECOND, _THIRD)
)
"""Each step as statements. A step that was published is never changed: what is missing comes as another one."""

VERSION: Final = len(MIGRATIONS)


def version(database: sqlite3.Connection) -> int:
    """The step a file is at; 0 for an empty one."""
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def migrate(database: sqlite3.Connection, upto: int = VERSION) -> None:
    """Take all steps up to `upto` that are missing, each whole or not at all. The connection is in autocommit mode."""
    while (at := version(database)) < upto:
        database.execute("BEGIN IMMEDIATE")
        try:
            if at == 0:
                database.execute(f"PRAGMA application_id = {APPLICATION}")
            for statement in MIGRATIONS[at]:
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {at + 1}")
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise


def is_ours(database: sqlite3.Connection) -> bool:
    """Whether a file has exactly the tables of the step it says it is at: no view, no trigger, nothing missing."""
    at = version(database)
    if at > VERSION:
        return False
    if at and database.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        return False
    return _shape(database) == _expected(at)


@cache
def _expected(upto: int) -> frozenset[tuple[str, str, str]]:
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(database, upto)
        return _shape(database)
    finally:
        database.close()


def _shape(database: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    rows = database.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema")
    return frozenset((str(kind), str(name), str(sql)) for kind, name, sql in rows)
