"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jasic_desktop.core.errors import NotWrittenFault


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


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder; there the rename itself is durable enough.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:60]}.{secrets.token_hex(4)}.part")


def write(target: Path, data: bytes, *, force: bool = False) -> None:
    """Write `data` to `target`, whole or not at all.

    Raises NotWrittenFault when the file exists and `force` is not given, or when the system refuses.
    """
    with writing(target, force=force) as part:
        part.write_bytes(data)


@contextmanager
def writing(target: Path, *, force: bool = False) -> Iterator[Path]:
    """A path beside `target` to write to; it becomes `target` when the block ends well and vanishes when it does not.

    Raises NotWrittenFault when the file exists and `force` is not given, or when the system refuses.
    """
    if not force and os.path.lexists(target):
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


@contextmanager
def making(target: Path) -> Iterator[Path]:
    """A private folder beside `target` to fill; it becomes `target` when the block ends well and vanishes when not.

    `target` must not exist. Raises NotWrittenFault when it does, or when the system refuses.
    """
    if os.path.lexists(target):
        raise NotWrittenFault("core.exists", path=target)
    part = _beside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.mkdir(mode=0o700)
        yield part
        _sync_tree(part)
        part.rename(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise fault(error, target) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file, suppress(OSError):
                os.fsync(file.fileno())
    _sync_folder(folder)


def sweep(folder: Path) -> None:
    """Remove what a killed run left half-made in `folder`; what cannot be removed stays without harm."""
    with suppress(OSError):
        for part in folder.glob(".*.part"):
            if part.is_dir() and not part.is_symlink():
                shutil.rmtree(part, ignore_errors=True)
            else:
                with suppress(OSError):
                    part.unlink()
