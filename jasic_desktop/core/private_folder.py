"""A folder of this run's own, in memory where the system has a place there, and gone when the run is."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from jasic_desktop.core.ownership import own_number

PREFIX: Final = "jasic-desktop-room-"
_LOCK: Final = "lock"
_WINDOW: Final = "window"
_MEMORY: Final = frozenset({"tmpfs", "ramfs"})
_SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - the folder made there is private


@dataclass(frozen=True)
class Left:
    """A folder that a run made: `process` is the number of the process that holds it, `window` that of the window in
    it; 0 for one that is gone.
    """

    path: Path
    process: int
    window: int = 0

    @property
    def alive(self) -> bool:
        """Whether the run goes on."""
        return self.process != 0


class PrivateFolder:
    """A folder that nobody but this person can look into. `wipe` takes it away; `sweep` does so for a killed run."""

    def __init__(self, path: Path, lock: IO[bytes], *, in_memory: bool) -> None:
        self.path = path
        self.in_memory = in_memory
        self._lock = lock

    @classmethod
    def make(cls, *, memory_only: bool = False) -> PrivateFolder | None:
        """A new folder in the first place that takes it, memory before disks; None where none does, or with
        `memory_only` where no place is in memory.
        """
        for place, in_memory in sorted(
            ((place, is_in_memory(place)) for place in places()), key=lambda one: not one[1]
        ):
            if memory_only and not in_memory:
                continue
            with suppress(OSError):
                path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
                return cls(path, _sign(path / _LOCK), in_memory=in_memory)
        return None

    def wipe(self) -> bool:
        """Take the folder away with all that is in it; whether nothing of it is left."""
        with suppress(OSError):
            self._lock.close()
        return _remove(self.path)


def places() -> tuple[Path, ...]:
    """Where such folders are made: the person's own folder of the session, shared memory, the folder for temporary
    files.
    """
    found = [_temporary()]
    if sys.platform == "linux":
        # Whoever looks after the room may be this person without having logged in as them.
        runtime = (os.environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{own_number()}")
        own = [Path(place) for place in runtime if place and _is_mine(Path(place))]
        found = [*own, _SHARED_MEMORY, *found]
    return tuple(dict.fromkeys(place for place in found if place.is_dir()))


def left_behind() -> tuple[Left, ...]:
    """The folders of this person's runs that are there, those of this run among them."""
    found = []
    for place in places():
        with suppress(OSError):
            found += [_looked_at(path) for path in sorted(place.glob(f"{PREFIX}*")) if _is_mine(path)]
    return tuple(found)


def sweep() -> int:
    """Take away what killed runs left, and return how many there were. What a living one holds stays."""
    return sum(_remove(left.path) for left in left_behind() if not left.alive)


def is_in_memory(place: Path) -> bool:
    """Whether files in `place` are kept in memory only, as far as the system says so; it may still swap them out."""
    if sys.platform != "linux":
        return False
    try:
        number = place.stat().st_dev
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "replace")
    except OSError:
        return False
    wanted = f"{os.major(number)}:{os.minor(number)}"
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        if before.split()[2] == wanted:
            return after.split()[0] in _MEMORY
    return False


def sign_in(path: Path) -> IO[bytes]:
    """Say that the window in the folder `path` is this process, for as long as what is returned is open.

    Raises OSError.
    """
    return _sign(path / _WINDOW)


def _temporary() -> Path:
    """The folder for temporary files, as the environment names it: to ask Python for it is to write there."""
    if sys.platform == "win32":
        return Path(os.environ.get("TEMP") or os.environ.get("TMP") or r"C:\Windows\Temp")
    return Path(os.environ.get("TMPDIR") or "/tmp")  # noqa: S108 - the folder made there is private


def _looked_at(path: Path) -> Left:
    return Left(path, _holder(path / _LOCK), _holder(path / _WINDOW))


def _sign(path: Path) -> IO[bytes]:
    """A file with the number of this process, held. Raises OSError."""
    lock = path.open("w+b", buffering=0)
    lock.write(str(os.getpid()).encode())
    _hold(lock)
    return lock


def _holder(path: Path) -> int:
    """The number of the process that holds a file; 0 where none does."""
    try:
        with path.open("r+b", buffering=0) as lock:
            try:
                process = int(lock.read(20))
            except ValueError:
                return 0
            try:
                _hold(lock)
            except OSError:
                return process
    except OSError:
        return 0
    return 0


def _hold(lock: IO[bytes]) -> None:
    """Hold a file until it is closed, which the system does when the process is gone. Raises OSError."""
    if sys.platform == "win32":
        import msvcrt

        # A byte far behind the number, which others still have to read.
        lock.seek(1 << 20)
        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_mine(path: Path) -> bool:
    """Whether it is a folder, no link, of this person's and closed to everybody else."""
    try:
        status = path.lstat()
    except OSError:
        return False
    if sys.platform == "win32":
        return stat.S_ISDIR(status.st_mode)
    return stat.S_ISDIR(status.st_mode) and status.st_uid == own_number() and not status.st_mode & 0o077


def _remove(path: Path) -> bool:
    shutil.rmtree(path, ignore_errors=True)
    return not os.path.lexists(path)
