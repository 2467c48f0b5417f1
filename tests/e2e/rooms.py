"""A reading room as processes of an account of its own, and the search for what it left anywhere."""

from __future__ import annotations

import base64
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

from jasic_desktop.core.private_folder import PREFIX
from tests.conftest import ROOT, home_variables
from tests.e2e.running import is_gone, wait_for
from tests.helpers.shared import Turn

UID: Final = 50_000 + os.getpid() % 10_000
"""The account of a room, where tests may run as another; it is nobody's, and another in each process of tests."""
SHARED_MEMORY: Final = Path("/dev/shm")


class Account:
    """A home, and the processes of whoever it belongs to. A context manager."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="room-account-"))
        self.home = self.folder / "home"
        self.uid = UID if os.geteuid() == 0 else os.geteuid()
        variables = home_variables(self.home)
        self.environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(self.folder / "tmp"),
            **variables,
        }
        (self.folder / "tmp").mkdir()
        self.own(self.folder)

    def __enter__(self) -> Self:
        # Where the tests run as one account, the rooms of two at a time would end each other.
        self._turn = Turn(Path(tempfile.gettempdir(), f"room-turn-{self.uid}"))
        self._turn.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._turn.__exit__()
        for left in self.private():
            shutil.rmtree(left, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def identity(self) -> dict[str, Any]:
        """What makes a process the account's."""
        return {"user": self.uid, "group": self.uid, "extra_groups": []} if os.geteuid() == 0 else {}

    def own(self, folder: Path) -> None:
        """Give a folder with all that is in it to the account."""
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, -1, follow_symlinks=False)

    def private(self) -> list[Path]:
        """The folders of sessions that are there."""
        places = (SHARED_MEMORY, self.folder / "tmp", self.home / "runtime")
        found = [path for place in places if place.is_dir() for path in place.glob(f"{PREFIX}*")]
        return [path for path in found if path.lstat().st_uid == self.uid]

    def start(
        self, *words: str | Path, env: Mapping[str, str] | None = None, wrap: Sequence[str] = ()
    ) -> subprocess.Popen[bytes]:
        """Start the program for this account; `wrap` is a command, of whoever runs the tests, to start it with."""
        become = ["setpriv", f"--reuid={self.uid}", f"--regid={self.uid}", "--clear-groups"] if wrap else []
        command = [*wrap, *become, sys.executable, "-P", "-B", "-m", "jasic_desktop", *map(str, words)]
        return subprocess.Popen(
            command,
            env={**self.environment, **(env or {})},
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **({} if wrap else self.identity),
        )

    def run(self, *words: str | Path) -> tuple[int, str]:
        """Run one command; its exit code and what it said."""
        process = self.start(*words)
        said, _ = process.communicate(timeout=120)
        return process.returncode, said.decode()

    def files(self) -> list[str]:
        """All files of the account's home and temporary folder."""
        return sorted(str(path) for path in self.folder.rglob("*") if not path.is_dir())


class OpenRoom:
    """A room that is open. A context manager: it is closed by force at the end, if it is still open."""

    def __init__(self, account: Account, *words: str | Path, env: Mapping[str, str] | None = None) -> None:
        self.account = account
        self.keeper = account.start("--kiosk", "--size", "1024x768", *words, env=env)

    @classmethod
    def of(cls, account: Account, keeper: subprocess.Popen[bytes]) -> Self:
        """The room of a process that was started otherwise."""
        made = cls.__new__(cls)
        made.account, made.keeper = account, keeper
        return made

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def folder(self) -> Path | None:
        """The private folder."""
        return next(iter(self.account.private()), None)

    def window(self, other_than: int = 0) -> int:
        """The number of the window's process once its search answers; of another one than `other_than`."""
        assert wait_for(lambda: self._ready(other_than) != 0), self.said()
        return self._ready(other_than)

    def said(self) -> str:
        """What it said, once it is gone."""
        if self.keeper.poll() is None:
            return "(it runs)"
        return self.keeper.communicate()[0].decode("utf-8", "replace")

    def kill(self) -> None:
        """End everything of it at once, as the end of power would."""
        if self.keeper.poll() is None:
            os.killpg(self.keeper.pid, signal.SIGKILL)
        self.keeper.wait()
        if self.keeper.stdout is not None:
            self.keeper.stdout.close()

    def _ready(self, other_than: int) -> int:
        folder = self.folder
        try:
            number = int((folder / "window").read_text()) if folder is not None else 0
        except (OSError, ValueError):
            return 0
        if number in (0, other_than) or is_gone(number):
            return 0
        # The worker is started when the archive is open.
        return number if _children(number) else 0


def _children(number: int) -> list[str]:
    try:
        return Path(f"/proc/{number}/task/{number}/children").read_text().split()
    except OSError:
        return []


def forms(text: str) -> tuple[bytes, ...]:
    """The bytes by which a text is found: as UTF-8, as UTF-16, and in base64 wherever in it the text may begin."""
    plain = text.encode()
    coded = []
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + plain)
        # The ends depend on what stands beside the text.
        coded.append(whole[4 if shift else 0 : -4])
    return (plain, text.encode("utf-16-le"), *coded)


def holding(wanted: Sequence[str], roots: Sequence[Path], since: float = 0.0) -> tuple[list[str], int]:
    """The files below `roots` changed `since` that hold one of the texts in any form or in their names, and how many
    were searched.
    """
    needles = [form for text in wanted for form in forms(text)]
    found, count = [], 0
    for path in _all(roots):
        try:
            status = path.lstat()
            if not path.is_file() or path.is_symlink() or max(status.st_mtime, status.st_ctime) < since:
                continue
            data = path.read_bytes()
        except OSError:
            continue
        count += 1
        if any(needle in data for needle in needles) or any(text in path.name for text in wanted):
            found.append(str(path))
    return found, count


def _is_of_the_kernel(folder: Path) -> bool:
    """Whether a folder is a view of the system's own, wherever it is mounted."""
    return folder == Path("/sys") or (folder.name == "proc" and (folder / "self").is_symlink())


def _all(roots: Sequence[Path]) -> Iterator[Path]:
    for root in roots:
        for here, folders, files in os.walk(root):
            folders[:] = [name for name in folders if not _is_of_the_kernel(Path(here, name))]
            yield from (Path(here, name) for name in files)
