"""What is made of the bundled archive once for a whole run, by whichever process needs it first, and read by all."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "JASIC_TESTS_SHARED"
"""Names the folder of this run. `tests/conftest.py` sets it; the processes of a parallel run inherit it."""


def used_home() -> Path:
    """A home in which the bundled archive was searched, so that its pack, store and index stand. Not to be changed."""
    from tests.conftest import ROOT, home_variables

    home = _folder() / "used-home"
    with Turn(home.with_suffix(".turn")):
        if not (home / "ready").exists():
            home.mkdir(exist_ok=True)
            done = subprocess.run(
                [sys.executable, "-P", "-m", "jasic_desktop", "search", "yuexin"],
                env={**os.environ, "PYTHONPATH": str(ROOT), **home_variables(home)},
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            assert done.returncode == 0, done.stderr
            (home / "ready").touch()
    return home


def bundled_pack() -> Path:
    """The pack of the bundled archive, as the program built it from its source. Not to be changed."""
    (tags,) = used_home().rglob("bag-info.txt")
    return tags.parent


def _folder() -> Path:
    named = os.environ.get(VARIABLE)
    if named is None:  # for a benchmark, which runs without pytest
        _KEPT.append(tempfile.TemporaryDirectory(prefix="jasic-shared-"))
        named = os.environ[VARIABLE] = _KEPT[-1].name
    Path(named).mkdir(exist_ok=True)
    return Path(named)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


@contextmanager
def uncounted() -> Iterator[None]:
    """Let coverage count nothing: for what a fixture makes of a whole archive, which takes twice as long if counted.

    For a test that asks the same code a thousand times there is the mark `no_cover`.
    """
    counting = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(counting)


class Turn:
    """One process at a time: the others wait until it leaves."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._file = self._path.open("a+b")
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(self._file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()
