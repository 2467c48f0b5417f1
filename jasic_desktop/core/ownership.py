"""Whose a file or folder is, and who else could change it."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

_OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH
_ADMINISTRATOR: Final = 0


def owner(path: Path) -> int:
    """The number of the user who owns a file or folder. Raises OSError."""
    return path.lstat().st_uid


def is_private(path: Path, trusted: int | None = None) -> bool:
    """Whether nobody else can write to a file or folder: its owner is this person, the administrator or `trusted`.

    Windows keeps the folders of a person private by itself; there the question is not asked.
    """
    return _is_of(path, (own_number(), _ADMINISTRATOR, trusted))


def is_administrators(path: Path) -> bool:
    """Whether only an administrator can write to a file or folder; on Windows the question is not asked."""
    return _is_of(path, (_ADMINISTRATOR,))


def may_change(path: Path) -> bool:
    """Whether this person, or everybody, can write to a file or folder or let themselves do so; it is no link.

    An administrator can change all there is: of them only what everybody can write to is told.
    """
    if sys.platform == "win32":
        from jasic_desktop.core.windows_rights import ADD_OR_WRITE, ALTER_RIGHTS, has_right

        return has_right(path, ADD_OR_WRITE) or has_right(path, ALTER_RIGHTS)
    status = path.lstat()
    if status.st_mode & stat.S_IWOTH:
        return True
    if own_number() == _ADMINISTRATOR:
        return False
    is_fixed = bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    return (status.st_uid == own_number() and not is_fixed) or os.access(path, os.W_OK)


def may_replace(folder: Path, path: Path) -> bool:
    """Whether this person, or everybody, can put something else in the place of `path`, which stands in `folder`."""
    if sys.platform == "win32":
        from jasic_desktop.core.windows_rights import DELETE_WITHIN, has_right

        return has_right(folder, DELETE_WITHIN)
    if path.is_mount() or not may_change(folder):  # where a file system begins nothing is renamed
        return False
    if not folder.lstat().st_mode & stat.S_ISVTX:
        return True
    owners = {folder.lstat().st_uid, path.lstat().st_uid}  # who alone may rename in such a folder
    return own_number() != _ADMINISTRATOR and own_number() in owners


def own_number() -> int:
    """The number of this person; -1 on Windows, which has none."""
    return -1 if sys.platform == "win32" else os.geteuid()


def open_to_all(folder: Path) -> None:
    """Let everybody read a folder and what is in it, and nobody but its owner write there. Raises OSError."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def make_open(folder: Path) -> None:
    """Make a folder, and those above that are missing, that everybody can read whatever the umask. Raises OSError."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        with suppress(FileExistsError):
            path.mkdir(mode=0o755)
            path.chmod(0o755)


def _is_of(path: Path, owners: tuple[int | None, ...]) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False
    if stat.S_ISLNK(status.st_mode):
        return False
    if sys.platform == "win32":
        return True
    return status.st_uid in owners and not status.st_mode & _OTHERS_MAY_WRITE
