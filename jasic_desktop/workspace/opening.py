"""Opens a workspace: one writer, checked first, brought to the latest step behind a backup, nothing damaged touched."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

from jasic_desktop.core import atomic
from jasic_desktop.core.errors import DamagedFault, Fault, NotWrittenFault
from jasic_desktop.workspace import files, schema
from jasic_desktop.workspace.backups import is_due, list_backups, make_backup
from jasic_desktop.workspace.collections import Collections
from jasic_desktop.workspace.database import TOOLS, Database, Tools, connect, told, unreadable
from jasic_desktop.workspace.history import ReadingHistory
from jasic_desktop.workspace.lock import Lock
from jasic_desktop.workspace.notes import Notes
from jasic_desktop.workspace.research_log import ResearchLog
from jasic_desktop.workspace.searches import SavedSearches
from jasic_desktop.workspace.selection import KeptSelection
from jasic_desktop.workspace.trash import Trash

_READ_ONLY: Final = 0o200


class DamagedWorkspaceFault(DamagedFault):
    """The workspace in `folder` cannot be read as it is; nothing was changed. `restoring` sets it aside."""

    def __init__(self, key: str, folder: Path) -> None:
        super().__init__(key, path=files.workspace_file(folder))
        self.folder = folder


class Workspace:
    """All that a person makes; a context manager. `refusal` says why nothing can be written, where that is so."""

    def __init__(self, database: Database, folder: Path | None = None, lock: Lock | None = None) -> None:
        self.folder = folder
        self.database = database
        self.selection = KeptSelection(database)
        self.collections = Collections(database)
        self.notes = Notes(database)
        self.searches = SavedSearches(database)
        self.history = ReadingHistory(database)
        self.log = ResearchLog(database)
        self.trash = Trash(database)
        self._lock = lock

    @property
    def refusal(self) -> Fault | None:
        """Why nothing can be written; None where everything can."""
        return self.database.refusal

    def close(self) -> None:
        """Let go of the file, and let another program write."""
        self.database.close()
        if self._lock is not None:
            self._lock.release()

    def tidy(self, minutes: int = 0) -> None:
        """Back up what was changed since the last backup, if that is `minutes` old, and empty the trash of what is
        there for long. Raises as `make_backup` does.
        """
        if self.folder is not None and self.refusal is None and is_due(self.folder, minutes, self.database.tools):
            make_backup(self.folder, self.database.tools)
            self.trash.empty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_workspace(folder: Path | None, tools: Tools = TOOLS, *, make: bool = True) -> Workspace:
    """The workspace in `folder`, made where there is none; None keeps everything in memory and writes nothing.

    Without `make`, one that is not there is an empty one in memory.

    Where another program writes it, or nobody may, it is opened to be read, and `refusal` says why. Raises
    DamagedWorkspaceFault where it is damaged, missing beside its backups, or of a later version; NotWrittenFault
    where the backup before an upgrade cannot be made.
    """
    if folder is None or (not make and not folder.exists()):
        return _in_memory(tools)
    lock = Lock(folder / files.LOCK)
    refusal = _take(lock, folder)
    try:
        if files.workspace_file(folder).exists() and files.workspace_file(folder).stat().st_size:
            database = _existing(folder, refusal, tools)
        elif list_backups(folder):
            raise DamagedWorkspaceFault("workspace.missing", folder)
        elif refusal is None:
            database = _new(folder, tools)
        else:
            return _in_memory(tools, refusal)
    except OSError as error:
        lock.release()
        return _in_memory(tools, atomic.fault(error, files.workspace_file(folder)))
    except BaseException:
        lock.release()
        raise
    return Workspace(database, folder, lock)


def _take(lock: Lock, folder: Path) -> Fault | None:
    """Take the right to write; why that is not possible."""
    path = files.workspace_file(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() and not path.stat().st_mode & _READ_ONLY:
            return NotWrittenFault("core.not_allowed", path=path, system="read-only")
        if lock.take():
            return None
    except OSError as error:
        return atomic.fault(error, path)
    return NotWrittenFault("workspace.other_program", path=path)


def _in_memory(tools: Tools, refusal: Fault | None = None) -> Workspace:
    connection = connect(None)
    schema.migrate(connection)
    return Workspace(Database(connection, None, refusal, tools))


def _new(folder: Path, tools: Tools) -> Database:
    path = files.workspace_file(folder)
    connection = None
    try:
        connection = connect(path)
        schema.migrate(connection)
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise OSError(*_as_system(error, path)) from error
    return Database(connection, path, None, tools)


def _as_system(error: sqlite3.Error, path: Path) -> tuple[int, str, str]:
    import errno

    fault = told(error, path)
    codes = {"core.disk_full": errno.ENOSPC, "core.not_allowed": errno.EACCES}
    return codes.get(fault.key, errno.EIO), str(error), str(path)


def _existing(folder: Path, refusal: Fault | None, tools: Tools) -> Database:
    path = files.workspace_file(folder)
    is_broken_off = files.has_journal(path)
    kept: tuple[Path, ...] = ()
    connection = None
    try:
        if is_broken_off:
            # The file makes sense only when SQLite has taken the half of an edit back.
            kept = _keep_before_repair(path) if refusal is None else ()
        else:
            files.check_head(path)
        connection = connect(path, write=refusal is None)
        schema.version(connection)
        if is_broken_off and refusal is None and not path.stat().st_size and not list_backups(folder):
            schema.migrate(connection)  # it was the first edit of all
        files.check(connection)
        if schema.version(connection) < schema.VERSION and refusal is None:
            make_backup(folder, tools, force=True)
            schema.migrate(connection)
    except (files.UnsoundError, files.NewerError) as error:
        _close(connection)
        _give_back(path, kept)
        key = "workspace.newer" if isinstance(error, files.NewerError) else "workspace.damaged"
        raise DamagedWorkspaceFault(key, folder) from error
    except sqlite3.Error as error:
        _close(connection)
        fault = unreadable(error, path) if refusal is not None else told(error, path)
        if isinstance(fault, DamagedFault):
            _give_back(path, kept)
            raise DamagedWorkspaceFault("workspace.damaged", folder) from error
        raise fault from error
    except BaseException:
        _close(connection)
        raise
    files.remove_quietly(*kept)
    if refusal is not None and schema.version(connection) < schema.VERSION:
        connection.close()
        return _in_memory(tools, refusal).database
    return Database(connection, path, refusal, tools)


def _keep_before_repair(path: Path) -> tuple[Path, ...]:
    """Copies of the file and of the journal with which SQLite is about to repair it: the journal may be a wrong one."""
    pairs = [(one, one.with_name(f"before-repair-{one.name}")) for one in (path, files.journal_of(path))]
    try:
        for one, copy in pairs:
            atomic.write(copy, one.read_bytes(), force=True)
    except (OSError, NotWrittenFault):
        return ()  # a disk that is full is no reason not to repair
    return tuple(copy for _, copy in pairs)


def _give_back(path: Path, kept: tuple[Path, ...]) -> None:
    """After a repair that did harm, let the file and its journal be as they were found."""
    for copy, target in zip(kept, (path, files.journal_of(path)), strict=False):
        with suppress(OSError):
            copy.replace(target)


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        with suppress(sqlite3.Error):
            connection.close()
