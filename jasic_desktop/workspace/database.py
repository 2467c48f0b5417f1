"""The file of a workspace: reads items, and writes them in edits that are whole on the disk when they return."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar
from uuid import uuid4

import msgspec

from jasic_desktop.core.errors import DamagedFault, Fault, NotWrittenFault, UsageFault
from jasic_desktop.core.folding import without_surrogates
from jasic_desktop.workspace.items import Item, Part

Kind = TypeVar("Kind", bound=Item)

WAIT_SECONDS: Final = 5.0
"""How long a reader of another program may hold an edit up."""
_PRAGMAS: Final = (
    "journal_mode = DELETE",  # safe on network homes too, and leaves no copy of notes beside the file
    "synchronous = EXTRA",
    "fullfsync = ON",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
)
_NEARLY_FULL: Final = 1 << 16
_JSON: Final = frozenset({"anchor", "filters"})


class Tools(NamedTuple):
    """Where a workspace takes the moment (UTC, to the second) and the identity of what is new from."""

    now: Callable[[], str]
    identity: Callable[[], str]


def utc_now() -> str:
    """The moment in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


TOOLS: Final = Tools(utc_now, lambda: str(uuid4()))


def connect(path: Path | None, *, write: bool = True) -> sqlite3.Connection:
    """A connection in autocommit mode to the file at `path`, which is made where it is missing and `write` is given.

    None is a workspace in memory only. Raises sqlite3.Error.
    """
    address = ":memory:" if path is None else f"{path.absolute().as_uri()}?mode={'rwc' if write else 'ro'}"
    database = sqlite3.connect(address, uri=path is not None, isolation_level=None, timeout=WAIT_SECONDS)
    try:
        for pragma in _PRAGMAS if write else (*_PRAGMAS[3:], "query_only = ON"):
            database.execute(f"PRAGMA {pragma}")
    except BaseException:
        database.close()
        raise
    return database


def told(error: sqlite3.Error, path: Path | None) -> Fault:
    """The fault to show for what SQLite says of the file at `path`."""
    shown = path or Path(":memory:")
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else sqlite3.SQLITE_ERROR
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return DamagedFault("workspace.damaged", path=shown)
    if primary == sqlite3.SQLITE_FULL or (
        primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR) and _is_full(shown)
    ):
        return NotWrittenFault("core.disk_full", path=shown)
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return NotWrittenFault("core.not_allowed", path=shown, system=str(error))
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return NotWrittenFault("workspace.busy", path=shown)
    return NotWrittenFault("core.not_written", path=shown, system=str(error))


class Edit:
    """One change of a workspace, whole or not at all. `now` is its moment, `number` its place in the row of edits."""

    def __init__(self, database: sqlite3.Connection, number: int, tools: Tools) -> None:
        self._database = database
        self.number = number
        self.now = tools.now()
        self.identity = tools.identity

    def put(self, items: Iterable[Item], *, renumber: bool = False) -> None:
        """Write items; those that are there already are changed, and with `renumber` become the latest.

        Raises UsageFault for a value that its field does not take.
        """
        groups: dict[type[Item], list[tuple[Any, ...]]] = {}
        for item in map(checked, items):
            groups.setdefault(type(item), []).append((*_values(item), self.number))
        for kind, rows in groups.items():
            fields = _fields(kind)
            changed = [name for name in fields if name not in kind.key] + (["number"] if renumber else [])
            self._database.executemany(
                f"INSERT INTO {kind.table} ({', '.join(fields)}, number)"  # noqa: S608 - names of ours
                f" VALUES ({', '.join('?' * (len(fields) + 1))}) ON CONFLICT ({', '.join(kind.key)})"
                f" DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in changed)}",
                rows,
            )

    def remove(self, kind: type[Item], where: str, *values: object) -> int:
        """Take items away for good; how many there were. `where` is SQL of ours."""
        return self._database.execute(f"DELETE FROM {kind.table} WHERE {where}", values).rowcount  # noqa: S608


class Database:
    """An open workspace file, or one in memory. Where `refusal` is set it can be read only, and that says why.

    Every read raises DamagedFault where the file is damaged; every edit raises NotWrittenFault or DamagedFault where
    it could not be brought to the disk, and has then changed nothing.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path | None, refusal: Fault | None = None, tools: Tools = TOOLS
    ) -> None:
        self.path = path
        self.refusal = refusal
        self.tools = tools
        self._connection = connection

    @property
    def edits(self) -> int:
        """How many edits this workspace has seen."""
        return int(self._rows("SELECT value FROM meta WHERE key = 'edits'")[0][0])

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self._connection.close()

    @contextmanager
    def edit(self) -> Iterator[Edit]:
        """Change something: when the block has ended well, it is on the disk. One edit at a time."""
        if self.refusal is not None:
            raise self.refusal
        database = self._connection
        try:
            database.execute("BEGIN IMMEDIATE")
            try:
                database.execute("UPDATE meta SET value = value + 1 WHERE key = 'edits'")
                number = database.execute("SELECT value FROM meta WHERE key = 'edits'").fetchone()[0]
                yield Edit(database, number, self.tools)
                database.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    database.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise told(error, self.path) from error

    def items(self, kind: type[Kind], where: str = "1", *values: object, order: str = "number, rowid") -> list[Kind]:
        """The items of a kind; `where` and `order` are SQL of ours. Raises DamagedFault."""
        fields = _fields(kind)
        rows = self._rows(
            f"SELECT {', '.join(fields)} FROM {kind.table} WHERE {where} ORDER BY {order}",  # noqa: S608
            *values,
        )
        try:
            return [decoded(kind, fields, row) for row in rows]
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            raise DamagedFault("workspace.damaged", path=self.path) from error

    def count(self, kind: type[Item], where: str = "1", *values: object) -> int:
        """How many items of a kind there are."""
        return int(self._rows(f"SELECT count(*) FROM {kind.table} WHERE {where}", *values)[0][0])  # noqa: S608

    def number(self, sql: str, *values: object) -> int:
        """One whole number that `sql` asks for; 0 for none."""
        return int(self._rows(sql, *values)[0][0] or 0)

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise unreadable(error, self.path) from error


def unreadable(error: Exception, path: Path | None) -> Fault:
    """The fault to show for what stopped a read of the file at `path`."""
    fault = told(error, path) if isinstance(error, sqlite3.Error) else None
    if fault is not None and fault.key == "workspace.busy":
        return fault
    return DamagedFault("workspace.damaged", path=path)


def decoded(kind: type[Kind], fields: tuple[str, ...], row: tuple[Any, ...]) -> Kind:
    """An item of its row in the table. Raises msgspec.ValidationError, msgspec.DecodeError."""
    values = {
        name: msgspec.json.decode(value) if name in _JSON and value is not None else value
        for name, value in zip(fields, row, strict=True)
    }
    return msgspec.convert({"kind": kind.table, **values}, kind)


def fields(kind: type[Any]) -> tuple[str, ...]:
    """The columns of a kind of item, in order."""
    names: tuple[str, ...] = kind.__struct_fields__
    return names


_fields = fields


def _values(item: Item) -> tuple[Any, ...]:
    return tuple(_plain(getattr(item, name)) for name in _fields(type(item)))


def _plain(value: Any) -> Any:
    return msgspec.json.encode(value).decode() if isinstance(value, Part | dict) else value


def checked(item: Item) -> Item:
    """An item as it can be written and read again: what could not be read would be damage."""
    try:
        return msgspec.convert(_clean(msgspec.to_builtins(item)), type(item))
    except msgspec.ValidationError as error:
        raise UsageFault("workspace.not_taken", reason=error) from error


def _clean(value: Any) -> Any:
    """A value without lone surrogates, which no file can carry."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, dict):
        return {_clean(key): _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list | tuple) else value


def _is_full(path: Path) -> bool:
    with suppress(OSError):
        return shutil.disk_usage(path.parent).free < _NEARLY_FULL
    return False
