"""One writer at a time: a lock of the system on a small file, which goes with the process that holds it."""

from __future__ import annotations

import os
import sys
from pathlib import Path


class Lock:
    """The right to write a workspace. It is taken once and held until `release`, or until the process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this is the one who may write."""
        return self._handle is not None

    def take(self) -> bool:
        """Take the right to write; False where another program has it. Raises OSError where no file can be made."""
        if self._handle is not None:
            return True
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            _lock(handle)
        except (BlockingIOError, PermissionError):
            os.close(handle)
            return False
        except OSError:
            pass  # a file system without locks: SQLite's own are all there is
        self._handle = handle
        return True

    def release(self) -> None:
        """Let another program write. The file stays: taking it away would let two hold locks on two files."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
