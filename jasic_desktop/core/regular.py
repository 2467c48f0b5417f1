"""Reads single files that others may have put there: regular ones only, sizes before bytes, and no link followed."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path
from typing import Final, Literal

Refusal = Literal["link", "not_regular", "unreadable", "too_large", "missing"]

# What a plain open must never do: follow a link, or wait for the other end of a pipe.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


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
