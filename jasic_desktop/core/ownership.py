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
