"""Derives what reading needs from a pack: its store and its index, staged, hashed, and put in place as a whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from jasic_desktop.app.cache import Cache
from jasic_desktop.app.derived_files import INDEX, STORE, Derived, check_derived, folder_name, write_list
from jasic_desktop.core import atomic
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.core.ownership import open_to_all, owner
from jasic_desktop.packs.bag import Pack, verify
from jasic_desktop.packs.layout import TAG_MANIFEST
from jasic_desktop.packs.refusals import Code, DamagedPack, PackProblem
from jasic_desktop.packs.store import Store, write_store

Indexer = Callable[[Store, Path, Progress], None]
"""Builds the index of a store in a new folder."""

_ATTEMPTS: Final = 3
"""Another process may put its work in place, or take a damaged one away, between our looking and our writing."""
_TIMES_THE_PACK: Final = 10
"""What is derived, with room to work, against the bytes of the pack; only to say how much room to make."""


def find_derived(folder: Path, fingerprint: str) -> Derived | None:
    """What was derived from the pack of this fingerprint in `folder`, checked; None if it must be made."""
    return check_derived(folder / folder_name(fingerprint), fingerprint)


def find_supplied(folder: Path, fingerprint: str) -> Derived | None:
    """What an installer derived and put into `folder`, which the owner of the program and nobody else may write."""
    try:
        trusted = owner(folder.parent)
    except OSError:
        return None
    return check_derived(folder / folder_name(fingerprint), fingerprint, trusted)


def derive(pack: Pack, cache: Cache, progress: Progress = SILENT, indexer: Indexer | None = None) -> Derived:
    """What is derived from `pack`, made now if it is not there, whole, and ours.

    Where two processes do this at once, one of them has its work taken and the other uses it.
    Raises DamagedPack, Cancelled, and NotWrittenFault when the system refuses or the disk is full; nothing stays then.
    """
    target = cache.derived / folder_name(pack.fingerprint)
    for _ in range(_ATTEMPTS):
        found = check_derived(target, pack.fingerprint)
        if found is not None:
            return found
        if os.path.lexists(target):
            atomic.discard(target)
        _make(pack, target, cache, progress, indexer or _whoosh)
    raise NotWrittenFault("core.not_written", path=target, system="")


def _make(pack: Pack, target: Path, cache: Cache, progress: Progress, indexer: Indexer) -> None:
    result = verify(pack.path, progress)
    if result.problems or result.fingerprint != pack.fingerprint:
        raise DamagedPack(pack.path, result.problems or (PackProblem(TAG_MANIFEST, Code.DIGEST),))
    _discard_others(target, pack.fingerprint)
    try:
        with atomic.making(target) as part:
            write_store(pack, part / STORE, progress)
            with Store.open(part / STORE) as store:
                indexer(store, part / INDEX, progress)
            write_list(part, pack.fingerprint)
            for path in part.rglob("*"):
                path.chmod(0o700 if path.is_dir() else 0o600)
            if cache.shared:
                open_to_all(part)
    except NotWrittenFault as fault:
        if fault.key == "core.disk_full":
            needed = max(1, pack.size * _TIMES_THE_PACK >> 20)
            raise NotWrittenFault("derive.disk_full", path=cache.root, needed=needed) from fault
        # Somebody else was quicker: theirs is as good as ours, and is checked as ours is.
        if fault.key != "core.exists":
            raise


def forget(cache: Cache, fingerprint: str) -> None:
    """Take away what was derived from a pack. Raises NotWrittenFault."""
    for path in cache.derived.glob(f"{fingerprint[:40]}-*"):
        atomic.discard(path)


def _discard_others(target: Path, fingerprint: str) -> None:
    """Take away what other versions of the program derived from the same pack."""
    for path in target.parent.glob(f"{fingerprint[:40]}-*"):
        if path != target:
            atomic.discard(path)


def _whoosh(store: Store, folder: Path, progress: Progress) -> None:
    from jasic_desktop.search.whoosh import build_index

    build_index(store, folder, progress)
