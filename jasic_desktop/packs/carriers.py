"""The two ways a pack travels, a folder or one file, seen alike: names and sizes first, then bytes, read once."""

from __future__ import annotations

import os
import zlib
from collections import Counter
from pathlib import Path
from typing import Final, Protocol

from jasic_desktop.core.regular import UnreadableError, open_regular, printable, read_at, read_regular
from jasic_desktop.packs import layout, zip_form
from jasic_desktop.packs.files import Oddness, listing
from jasic_desktop.packs.refusals import Code, PackProblem
from jasic_desktop.packs.zip_form import ZipEntry, ZipFault

ENDING: Final = ".jasicpack"

_ODD: Final[dict[Oddness, Code]] = {
    "link": Code.LINK,
    "not_regular": Code.NOT_REGULAR,
    "unreadable": Code.UNREADABLE,
    "too_deep": Code.TOO_MUCH,
    "too_many": Code.TOO_MUCH,
}
_ZIP: Final = {
    "zip": Code.NOT_A_ZIP,
    "stored": Code.NOT_STORED,
    "hidden": Code.HIDDEN_BYTES,
    "header": Code.ZIP_HEADER,
}


class Carrier(Protocol):
    """A pack's files by path, with their sizes in bytes; `problems` are what kept others from being listed.

    `top` is the folder in which a zip has them; `in_order` are the paths in the order of the carrier.
    """

    files: dict[str, int]
    folders: tuple[str, ...]
    problems: list[PackProblem]
    top: str
    in_order: tuple[str, ...]

    def read(self, name: str, limit: int) -> bytes:
        """The bytes of a file of at most `limit` bytes. Raises UnreadableError."""

    def close(self) -> None:
        """Let go of the file."""


def open_carrier(path: Path) -> Carrier:
    """The pack at `path`, with its problems if it is none: never raises for what it finds there."""
    return FolderCarrier(path) if path.is_dir() else FileCarrier(path)


class FolderCarrier:
    """A pack as a folder. Nothing is kept open; a file is found again by its name each time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        found = listing(path, most=layout.MOST_FILES, depth=layout.DEPTH)
        self.files = found.files
        self.top, self.in_order = "", tuple(found.files)
        self.folders = tuple(found.folders)
        self.problems = [
            PackProblem(printable(oddity.name), _ODD[oddity.what], {"system": oddity.system, "most": layout.MOST_FILES})
            for oddity in found.oddities
        ]

    def read(self, name: str, limit: int) -> bytes:
        """The bytes of a file of at most `limit` bytes. Raises UnreadableError."""
        return read_regular(self._path / name, limit)

    def close(self) -> None:
        """Nothing is open."""


class FileCarrier:
    """A pack as one zip file, held open, so that all reads see the same file whatever its name leads to later."""

    def __init__(self, path: Path) -> None:
        self.files: dict[str, int] = {}
        self.top = ""
        self.in_order: tuple[str, ...] = ()
        self.folders: tuple[str, ...] = ()
        self.problems: list[PackProblem] = []
        self._entries: dict[str, ZipEntry] = {}
        self._handle: int | None = None
        try:
            # A link given by the person is theirs to follow; links inside a pack are not.
            self._handle = open_regular(Path(os.path.realpath(path)))
            self._read_directory(self._handle)
        except UnreadableError as error:
            code = Code.NOT_A_PACK if error.what in ("missing", "not_regular") else Code.UNREADABLE
            self.problems.append(PackProblem("", code, {"system": error.system}))
        except ZipFault as error:
            self.problems.append(PackProblem(printable(error.entry), _ZIP[error.kind], {}))

    def _read_directory(self, handle: int) -> None:
        size = os.fstat(handle).st_size
        if size > layout.PACK_BYTES:
            self.problems.append(PackProblem("", Code.TOO_MUCH, {"most": layout.MOST_FILES}))
            return
        tail = read_at(handle, max(0, size - zip_form.END.size), zip_form.END.size)
        count, length, start = zip_form.read_end(tail, size)
        if count > layout.MOST_FILES or length > layout.TAG_BYTES:
            self.problems.append(PackProblem("", Code.TOO_MUCH, {"most": layout.MOST_FILES}))
            return
        entries = zip_form.read_directory(read_at(handle, start, length), count, start)
        for entry in entries:
            header = zip_form.local_header(entry)
            if read_at(handle, entry.offset, len(header)) != header:
                raise ZipFault("header", entry.name)
        for name, times in Counter(entry.name for entry in entries).items():
            if times > 1:
                self.problems.append(PackProblem(printable(name), Code.TWINS, {"other": printable(name)}))
        tops = {entry.name.split("/", 1)[0] for entry in entries}
        if len(tops) != 1 or not all("/" in entry.name for entry in entries):
            self.problems.append(PackProblem("", Code.NOT_A_PACK, {"system": ""}))
            return
        top = tops.pop() + "/"
        if not layout.is_allowed_name(top[:-1]):
            self.problems.append(PackProblem(printable(top), Code.NAME, {}))
        self._entries = {entry.name.removeprefix(top): entry for entry in entries}
        self.files = {name: entry.size for name, entry in sorted(self._entries.items())}
        self.top, self.in_order = top[:-1], tuple(self._entries)
        folders = {name.rsplit("/", n)[0] for name in self.files for n in range(1, name.count("/") + 1)}
        self.folders = tuple(sorted(folders))

    def read(self, name: str, limit: int) -> bytes:
        """The bytes of a file of at most `limit` bytes. Raises UnreadableError."""
        entry = self._entries[name]
        if entry.size > limit:
            raise UnreadableError("too_large")
        if self._handle is None:
            raise UnreadableError("unreadable", "closed")
        data = read_at(self._handle, entry.offset + len(zip_form.local_header(entry)), entry.size)
        if zlib.crc32(data) != entry.crc:
            raise ZipFault("header", name)
        return data

    def close(self) -> None:
        """Let go of the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
