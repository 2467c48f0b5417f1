"""The window as a process of its own, and what the system shows of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from jasic_desktop.app.derived_files import STORE
from jasic_desktop.core.process import WORKER
from tests.conftest import ROOT, home_variables

PATIENCE = 60.0


def wait_for(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Wait until `condition` holds; tells whether it does."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def is_gone(number: int) -> bool:
    """Whether there is no such process, or only what its parent has not yet asked after."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def parts_in(home: Path) -> list[Path]:
    """What is half-made below a home."""
    return sorted(home.rglob(".*.part"))


class OpenWindow:
    """The program with its window open, without a screen unless `env` names one."""

    def __init__(
        self, home: Path, *words: str | Path, env: Mapping[str, str] | None = None, wrap: list[str] | None = None
    ):
        variables = {**os.environ, **home_variables(home), "PYTHONPATH": str(ROOT), **(env or {})}
        command = [*(wrap or []), sys.executable, "-P", "-m", "jasic_desktop", *map(str, words)]
        self._process = subprocess.Popen(
            command, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.output = self.errors = ""

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def worker(self) -> int:
        """The number of its search process, as soon as it reads a store: then the archive is open."""
        assert wait_for(lambda: bool(self._workers()) or not self.runs), "no worker"
        assert self.runs, self.wait()
        return self._workers()[0]

    def signal(self, number: int) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def wait(self, seconds: float = PATIENCE) -> int:
        """Wait for its end; the exit code."""
        output, errors = self._process.communicate(timeout=seconds)
        self.output, self.errors = output.decode(), errors.decode()
        return self._process.returncode

    def kill(self) -> None:
        """End it, if it has not ended by itself, with all it started: what watches it may end without it."""
        if self.runs:
            for number in _below(self.pid):
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            self._process.kill()
            self._process.communicate()

    def _workers(self) -> list[int]:
        return [number for number in _below(self.pid) if WORKER.encode() in _words(number) and _reads_store(number)]


def _below(number: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    found: list[int] = []
    for path in Path(f"/proc/{number}/task").glob("*/children"):
        try:
            children = [int(child) for child in path.read_text().split()]
        except OSError:
            continue
        for child in children:
            found += [child, *_below(child)]
    return found


def _reads_store(number: int) -> bool:
    """Whether a process has a store open; one that was started ahead waits to be told which."""
    try:
        return any(path.readlink().name == STORE for path in Path(f"/proc/{number}/fd").iterdir())
    except OSError:
        return False


def _words(number: int) -> list[bytes]:
    """The words with which a process was started; none where it is gone."""
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []
