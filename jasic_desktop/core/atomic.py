"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from jasic_desktop.core.errors import NotWrittenFault

_PART: Final = re.compile(r"\..*\.([0-9]{1,9})-[0-9a-f]{8}\.part", re.DOTALL)
_DAY_SECONDS: Final = 86_400


def reason(error: OSError) -> str:
    """The catalogue key of the words for why the system refused to write."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "core.disk_full"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "core.not_allowed"
    return "core.not_written"


def fault(error: OSError, target: Path) -> NotWrittenFault:
    """The fault to show when writing `target` failed with `error`."""
    return NotWrittenFault(reason(error), path=target, system=error.strerror or str(error))


def write(target: Path, data: bytes, *, force: bool = False) -> None:
    """Write `data` to `target`, whole or not at all.

    Raises NotWrittenFault when the file exists and `force` is not given, or when the system refuses.
    """
    with writing(target, force=force) as part:
        part.write_bytes(data)


@contextmanager
def writing(target: Path, *, force: bool = False) -> Iterator[Path]:
    """A path beside `target` to write to; it becomes `target` when the block ends well and vanishes when it does not.

    Raises NotWrittenFault when the file exists and `force` is not given, when `target` is a folder, or when the
    system refuses: an OSError out of the block is taken for the latter.
    """
    if os.path.lexists(target):
        if target.is_dir():
            raise NotWrittenFault("core.folder", path=target)
        if not force:
            raise NotWrittenFault("core.exists", path=target)
    part = _beside(target)
    try:
        yield part
        with part.open("r+b") as file:
            os.fsync(file.fileno())
        if force:
            part.replace(target)
        else:
            _move_new(part, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise fault(error, target) from error
    finally:
        with suppress(OSError):
            part.unlink()


@contextmanager
def making(target: Path) -> Iterator[Path]:
    """A private folder beside `target` to fill; it becomes `target` when the block ends well and vanishes when not.

    Raises NotWrittenFault when `target` exists, or when the system refuses: an OSError out of the block is taken for
    the latter.
    """
    if os.path.lexists(target):
        raise NotWrittenFault("core.exists", path=target)
    part = _beside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.mkdir(mode=0o700)
        yield part
        _sync_tree(part)
        try:
            part.rename(target)
        except OSError:
            if os.path.lexists(target):  # somebody else made it in the meantime
                raise NotWrittenFault("core.exists", path=target) from None
            raise
        _sync_folder(target.parent)
    except OSError as error:
        raise fault(error, target) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove what a killed run left half-made in `folder`; what cannot be removed stays without harm.

    What a living process made within a day is its own.
    """
    with suppress(OSError):
        for part in list(folder.iterdir()):
            found = _PART.fullmatch(part.name)
            if found is None or not _abandoned(part, int(found.group(1))):
                continue
            _remove(part)


def discard(path: Path) -> None:
    """Take a file or folder away at once: nobody finds it half removed. Raises NotWrittenFault."""
    part = _beside(path)
    try:
        path.rename(part)
    except FileNotFoundError:
        return
    except OSError as error:
        raise fault(error, path) from error
    _remove(part)


def _remove(part: Path) -> None:
    """Remove a file, a link or a folder, or as much of it as can be."""
    if part.is_dir() and not part.is_symlink():
        shutil.rmtree(part, ignore_errors=True)
    else:
        with suppress(OSError):
            part.unlink()


def _beside(target: Path) -> Path:
    """The name of a part: hidden, with the process that makes it."""
    return target.with_name(f".{target.name[:60]}.{os.getpid()}-{secrets.token_hex(4)}.part")


def _abandoned(part: Path, process: int) -> bool:
    with suppress(OSError):
        if part.lstat().st_mtime < time.time() - _DAY_SECONDS:
            return True
    # Windows has no harmless way to ask after a process: there os.kill ends it.
    return sys.platform != "win32" and not _alive(process)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is there, and somebody else's
    return True


def _move_new(part: Path, target: Path) -> None:
    """Give `part` its name unless somebody else took it in the meantime."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise NotWrittenFault("core.exists", path=target) from None
    except OSError:
        # No hard links on this file system (FAT sticks): the check before is all there is.
        if os.path.lexists(target):
            raise NotWrittenFault("core.exists", path=target) from None
        part.replace(target)


def _sync_tree(folder: Path) -> None:
    """Bring the files below `folder`, then the folders, to the disk."""
    folders = [folder]
    for path in folder.rglob("*"):
        if path.is_symlink():
            continue
        if path.is_dir():
            folders.append(path)
        elif path.is_file():
            with path.open("rb") as file, suppress(OSError):
                os.fsync(file.fileno())
    for path in reversed(folders):
        _sync_folder(path)


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder; there the rename itself is durable enough.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
