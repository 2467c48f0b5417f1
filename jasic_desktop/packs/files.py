"""Reads folders that others filled: regular files only, sizes before bytes, and no link followed anywhere."""

from __future__ import annotations

import os
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, NamedTuple

Oddness = Literal["link", "not_regular", "unreadable", "too_deep", "too_many"]
Refusal = Literal["link", "not_regular", "unreadable", "too_large", "missing"]

# What a plain open must never do: follow a link, or wait for the other end of a pipe.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


class Oddity(NamedTuple):
    """Something that is no readable regular file, and what it is instead."""

    name: str
    what: Oddness
    system: str = ""


@dataclass
class Listing:
    """What stands below a folder: the size in bytes and the time (ns) of each file by its path, the folders, the rest.

    Paths are written with `/` and are relative to the folder.
    """

    files: dict[str, int] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)


class UnreadableError(Exception):
    """A file that was not read: `what` says why, `system` holds the system's words in brackets, if any."""

    def __init__(self, what: Refusal, system: str = "") -> None:
        super().__init__(what, system)
        self.what: Refusal = what
        self.system = in_brackets(system)


def in_brackets(words: str) -> str:
    """The system's `words` as they can follow a sentence's last word; nothing for none."""
    return f" ({words})" if words else ""


def printable(name: str) -> str:
    """`name` as it can be shown in one line, whatever bytes somebody gave it."""
    shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    clean = "".join(c if c == " " or unicodedata.category(c)[0] not in "CZ" else f"\\x{ord(c):02x}" for c in shown)
    return clean if len(clean) <= 200 else clean[:200] + "…"


def listing(folder: Path, *, most: int, depth: int) -> Listing:
    """Everything below `folder`, found without opening a file.

    Stops after `most` entries and does not enter folders whose path has more than `depth` names; both are oddities.
    """
    found = Listing()
    waiting = [("", folder)]
    while waiting:
        prefix, path = waiting.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    if len(found.files) + len(found.folders) + len(found.oddities) >= most:
                        found.oddities.append(Oddity("", "too_many"))
                        waiting.clear()
                        break
                    if _note(entry, prefix, depth, found):
                        waiting.append((f"{prefix}{entry.name}/", path / entry.name))
        except OSError as error:
            found.oddities.append(Oddity(prefix.rstrip("/"), "unreadable", in_brackets(error.strerror or "")))
    found.files = dict(sorted(found.files.items()))
    found.folders.sort()
    found.oddities.sort()
    return found


def _note(entry: os.DirEntry[str], prefix: str, depth: int, found: Listing) -> bool:
    """Sort one entry into `found`; whether it is a folder to enter."""
    name = prefix + entry.name
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        found.oddities.append(Oddity(name, "unreadable", in_brackets(error.strerror or "")))
        return False
    # A junction of Windows is a folder to stat and a link in truth.
    if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", None):
        found.oddities.append(Oddity(name, "link"))
    elif stat.S_ISREG(status.st_mode):
        found.files[name] = status.st_size
        found.times[name] = status.st_mtime_ns
    elif not stat.S_ISDIR(status.st_mode):
        found.oddities.append(Oddity(name, "not_regular"))
    elif name.count("/") >= depth:
        found.oddities.append(Oddity(name, "too_deep"))
    else:
        found.folders.append(name)
        return True
    return False


def read_regular(path: Path, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes, read once. Raises UnreadableError."""
    handle = open_regular(path)
    try:
        size = os.fstat(handle).st_size
        if size > limit:
            raise UnreadableError("too_large")
        return read_at(handle, 0, size)
    finally:
        os.close(handle)


def open_regular(path: Path) -> int:
    """A handle on a regular file, which the caller closes; never waits and follows no link. Raises UnreadableError."""
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            raise UnreadableError("link")
        # Looked at before opening too, because opening a device can already do something.
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("not_regular")
        handle = os.open(path, _FLAGS)
    except FileNotFoundError as error:
        raise UnreadableError("missing", error.strerror or "") from error
    except (OSError, ValueError) as error:
        raise UnreadableError("unreadable", getattr(error, "strerror", None) or str(error)) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnreadableError("not_regular")
    return handle


def read_at(handle: int, start: int, size: int) -> bytes:
    """`size` bytes from `start`; fewer where the file ends. Raises UnreadableError."""
    parts = []
    try:
        os.lseek(handle, start, os.SEEK_SET)
        while size > 0:
            part = os.read(handle, min(size, 1 << 22))
            if not part:
                break
            parts.append(part)
            size -= len(part)
    except OSError as error:
        raise UnreadableError("unreadable", error.strerror or "") from error
    return b"".join(parts)
