"""The folder in which things that can be made again are kept: the person's cache, else a temporary one."""

from __future__ import annotations

import errno
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from jasic_desktop.core import atomic
from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.core.ownership import is_private
from jasic_desktop.core.paths import Places

_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


class Note(Struct, frozen=True):
    """Something to tell the person: a key of the catalogue and what fills it."""

    key: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass
class Cache:
    """Where to keep derived packs, stores and indexes. `temporary` holds the folder that `close` removes; what is
    kept in a `shared` one everybody can read.
    """

    root: Path
    temporary: tempfile.TemporaryDirectory[str] | None = None
    note: Note | None = None
    shared: bool = False

    @property
    def derived(self) -> Path:
        """The stores and indexes, each in a folder of its own."""
        return self.root / "derived"

    @property
    def sources(self) -> Path:
        """The packs built from source folders."""
        return self.root / "sources"

    def close(self) -> None:
        """Remove what was only for this run."""
        if self.temporary is not None:
            self.temporary.cleanup()
            self.temporary = None


def open_cache(places: Places) -> Cache:
    """The person's cache if it can be written and is theirs alone, else a temporary folder with a note that says so.

    Raises NotWrittenFault when neither can be had, or the disk is full.
    """
    cache = Cache(places.cache)
    try:
        for folder in (cache.derived, cache.sources):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            atomic.sweep(folder)
            if not is_private(folder):
                raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
            with tempfile.TemporaryFile(dir=folder):
                pass
    except OSError as error:
        if error.errno in _FULL:
            raise atomic.fault(error, places.cache) from error
        return _temporary(places.cache, error)
    return cache


def _temporary(wanted: Path, why: OSError) -> Cache:
    note = Note("derive.temporary", {"path": wanted, "system": why.strerror or str(why)})
    try:
        folder = tempfile.TemporaryDirectory(prefix="jasic-desktop-", ignore_cleanup_errors=True)
    except OSError as error:
        raise NotWrittenFault(atomic.reason(error), path=wanted, system=error.strerror or "") from error
    cache = Cache(Path(folder.name), folder, note)
    cache.derived.mkdir(mode=0o700)
    cache.sources.mkdir(mode=0o700)
    return cache
