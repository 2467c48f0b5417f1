"""What the program has written on this account: every file that is there, and what a reading room wipes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from jasic_desktop.core.paths import Places, portable_folder
from jasic_desktop.core.private_folder import PREFIX, left_behind, places

Kind = Literal["data", "config", "cache", "portable", "session", "running", "temporary", "desktop"]
"""Whose it is: installed packs and what somebody made; settings; what can be made again; all of a portable copy; a
session that is over, or the one that runs; a temporary folder; a list of the desktop's that names the program."""

_TEMPORARY: Final = "jasic-desktop-*"
_NAME: Final = b"jasic-desktop"
_DESKTOP: Final = (".local/share/recently-used.xbel", ".config/QtProject.conf", ".recently-used")
_MOST: Final = 4 << 20


@dataclass(frozen=True)
class Trace:
    """A file, link or empty folder that the program wrote, and its size in bytes."""

    kind: Kind
    path: Path
    size: int


def traces(where: Places) -> tuple[Trace, ...]:
    """All that the program has written on this account, in order of kind and path; without `--profile`, in the
    account's own folders. What an administrator installed for everybody is not among it, nor what readers saved in
    the folders that a policy names for that.
    """
    found: dict[Path, Trace] = {}
    folders: list[tuple[Kind, Path]] = [("data", where.data), ("config", where.config), ("cache", where.cache)]
    portable = portable_folder()
    if portable is not None:
        folders.append(("portable", portable))
    folders += [("running" if left.alive else "session", left.path) for left in left_behind()]
    for place in places():
        with suppress(OSError):
            folders += [("temporary", path) for path in place.glob(_TEMPORARY) if _is_ours(path)]
    for kind, folder in folders:
        for path, size in _files(folder):
            found.setdefault(path, Trace(kind, path, size))
    for path in (Path.home() / name for name in _DESKTOP):
        if _names_us(path):
            found.setdefault(path, Trace("desktop", path, path.stat().st_size))
    return tuple(sorted(found.values(), key=lambda trace: (trace.kind, str(trace.path))))


def _files(folder: Path) -> Iterator[tuple[Path, int]]:
    """Each file and link below a folder, a folder that is a file itself, and folders in which there is nothing."""
    if folder.is_symlink() or folder.is_file():
        yield folder, folder.lstat().st_size
        return
    for here, folders, files in os.walk(folder):
        links = [name for name in folders if Path(here, name).is_symlink()]
        for name in (*files, *links):
            path = Path(here, name)
            with suppress(OSError):
                yield path, path.lstat().st_size
        if not folders and not files:
            yield Path(here), 0


def _is_ours(path: Path) -> bool:
    """Whether it is this person's; the folders of sessions are looked at as such."""
    if path.name.startswith(PREFIX):
        return False
    return sys.platform == "win32" or path.lstat().st_uid == os.geteuid()


def _names_us(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _NAME in file.read(_MOST)
    except OSError:
        return False
