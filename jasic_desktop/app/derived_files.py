"""The check on derived data before any of it is opened: whose it is, who made it, whether it is as it was.

A file of up to WHOLE bytes is compared with its SHA-256 at each start. Hashing a larger one would take longer than the
first answer may, so of those only the size is compared here; they carry checksums of their own, part by part, which are
compared before anything is taken from a part: the store by row (packs.sealing), the index by block (search.mapped).
What is found damaged then is derived again (core.errors.DERIVED_DAMAGED), and never answered from. A large file that
carries none is hashed as a whole. None of this is against somebody who can write here: that is nobody but the person,
which is checked, and nothing that is read from here can become code.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from jasic_desktop import __version__
from jasic_desktop.core.ownership import is_private
from jasic_desktop.core.regular import UnreadableError, open_regular, read_regular
from jasic_desktop.packs.files import listing
from jasic_desktop.packs.store_rows import FORMAT as STORE_FORMAT
from jasic_desktop.packs.versions import library_versions
from jasic_desktop.search.fields import FORMAT as INDEX_FORMAT

LIST: Final = "derived.json"
STORE: Final = "store.sqlite"
INDEX: Final = "index"
LAYOUT: Final = "2"
"""Changed when the files or their list change, for whatever no version of a library tells."""
WHOLE: Final = 4 << 20
"""Bytes of a file that are all compared at each start: about three milliseconds of it."""
_SUMS: Final = ".sums"
_SIZE: Final = " bytes"
_LIST_BYTES: Final = 1 << 20
_MOST_FILES: Final = 10_000


class DerivedList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What derived.json holds: the pack's fingerprint, who made the files, and the SHA-256 of each, or its size where
    it carries checksums of its own.
    """

    fingerprint: str
    maker: dict[str, str]
    files: dict[str, str]


class Derived(Struct, frozen=True):
    """A folder of derived data that was checked."""

    folder: Path
    fingerprint: str

    @property
    def store_path(self) -> Path:
        """The store of the records."""
        return self.folder / STORE

    @property
    def index_folder(self) -> Path:
        """The index of the search."""
        return self.folder / INDEX


@cache
def maker() -> Mapping[str, str]:
    """All that decides whether derived data can be used by this program."""
    whoosh = library_versions(("whoosh3",))["whoosh3"]
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    formats = {"layout": LAYOUT, "store": STORE_FORMAT, "index": INDEX_FORMAT}
    return {"program": __version__, **formats, "whoosh": whoosh, "python": python}


def folder_name(fingerprint: str) -> str:
    """The name of the folder for a pack's derived data, made by this program."""
    made = hashlib.sha256(msgspec.json.encode(maker(), order="sorted")).hexdigest()
    return f"{fingerprint[:40]}-{made[:12]}"


def check_derived(folder: Path, fingerprint: str, trusted: int | None = None) -> Derived | None:
    """The derived data in `folder` if it is ours, whole, and of this pack and this program; else None.

    `trusted` is the owner of the program, where the data came with it: who can change the one could change the other.
    """
    if not (is_private(folder, trusted) and is_private(folder.parent, trusted)):
        return None
    try:
        listed = msgspec.json.decode(read_regular(folder / LIST, _LIST_BYTES), type=DerivedList)
    except (UnreadableError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if listed.fingerprint != fingerprint or listed.maker != maker():
        return None
    found = listing(folder, most=_MOST_FILES, depth=2)
    if found.oddities or found.files.keys() - {LIST} != listed.files.keys():
        return None
    if not all(is_private(folder / name, trusted) for name in (*found.folders, *found.files)):
        return None
    for name, wanted in listed.files.items():
        mark = f"{found.files[name]}{_SIZE}" if wanted.endswith(_SIZE) else digest(folder / name)
        if mark != wanted:
            return None
    return Derived(folder, fingerprint)


def write_list(folder: Path, fingerprint: str) -> None:
    """Write derived.json over all the files that stand in `folder`. Raises OSError."""
    sizes = listing(folder, most=_MOST_FILES, depth=2).files

    def mark(name: str, size: int) -> str:
        checked = name == STORE or f"{name}{_SUMS}" in sizes
        return f"{size}{_SIZE}" if size > WHOLE and checked else digest(folder / name) or ""

    files = {name: mark(name, size) for name, size in sizes.items()}
    listed = DerivedList(fingerprint, dict(maker()), files)
    (folder / LIST).write_bytes(msgspec.json.encode(listed, order="sorted"))


def digest(path: Path) -> str | None:
    """The SHA-256 of a regular file, None if it cannot be read."""
    try:
        handle = open_regular(path)
    except UnreadableError:
        return None
    with os.fdopen(handle, "rb") as file:
        try:
            return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None
