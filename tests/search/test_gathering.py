"""Two processes build the index that one builds, byte for byte, whatever becomes of the second."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled, DamagedFault
from jasic_desktop.core.process import Child
from jasic_desktop.packs.store import Store
from jasic_desktop.search import gathering
from jasic_desktop.search.joining import Inverted, Postings
from jasic_desktop.search.whoosh.build import build_index
from tests.benchmarks.search import make_archive

ROOT = Path(__file__).resolve().parents[2]
RECORDS = 120
BLOCK = 10
LAST = RECORDS // BLOCK - 1
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gathering")
    make_archive(folder, RECORDS)
    return folder


@pytest.fixture(scope="module")
def store(made: Path) -> Iterator[Store]:
    with Store.open(made / "store") as opened:
        yield opened


@pytest.fixture(scope="module")
def alone(store: Store, made: Path) -> Files:
    """The files as one process writes them."""
    build_index(store, made / "one", two=False)
    return files(made / "one")


def files(folder: Path) -> Files:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Watched:
    """The helpers that were started, and the progress of a build that stops until a helper has got somewhere."""

    def __init__(self, folder: Path) -> None:
        self.children: list[Child] = []
        self.steps: list[int] = []
        self._folder = folder

    def child(self, command: list[str]) -> Child:
        self.children.append(Child(command))
        return self.children[-1]

    def end(self) -> None:
        """End the helper."""
        self.children[0].end()

    def wait(self, for_what: str) -> None:
        """Wait until there is such a file of a helper."""
        until = time.monotonic() + 60
        while not any(self._folder.rglob(for_what)):
            assert time.monotonic() < until, "the helper does nothing"
            time.sleep(0.01)

    def progress(self, then: Callable[[], object], for_what: str = f"{LAST}.block") -> Progress:
        """Progress that does `then` once, as soon as the helper left its first block; see `steps`."""

        def report(step: str, done: int, _total: int) -> None:
            if step != "search.indexing":
                return
            if not self.steps:
                self.wait(for_what)
                then()
            self.steps.append(done)

        return Progress(report)


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    found = Watched(tmp_path / "index")
    monkeypatch.setattr(gathering, "Child", found.child)
    return found


def build(store: Store, folder: Path, progress: Progress) -> Files:
    build_index(store, folder / "index", progress, two=True, block=BLOCK, run_tokens=20_000)
    return files(folder / "index")


def nothing() -> None:
    """Nothing is done."""


def test_two_processes_write_the_files_of_one(store: Store, alone: Files, watched: Watched, tmp_path: Path) -> None:
    assert build(store, tmp_path, watched.progress(nothing)) == alone
    assert watched.steps == sorted(watched.steps)
    assert watched.steps[-1] == RECORDS
    # What the helper did is told, too: after the first block here, that of the helper is done as well.
    assert watched.steps[0] == 0
    assert watched.steps[1] >= 2 * BLOCK
    assert [child.exit_code is not None for child in watched.children] == [True]


def test_however_little_is_joined_at_once_the_files_are_the_same(
    store: Store, alone: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Inverted.chunks
    told: list[bool] = []

    def little(self: Inverted) -> Iterator[Postings]:
        for chunk in whole(self, 100, 1):
            told.append(chunk.follows)
            yield chunk

    monkeypatch.setattr(Inverted, "chunks", little)
    build_index(store, tmp_path / "index", run_tokens=3_000, two=False)
    assert files(tmp_path / "index") == alone
    assert told.count(True) > 10


def test_a_helper_that_is_ended_changes_nothing(store: Store, alone: Files, watched: Watched, tmp_path: Path) -> None:
    assert build(store, tmp_path, watched.progress(watched.end)) == alone
    assert watched.steps[-1] == RECORDS


@posix
def test_a_helper_that_hangs_is_ended(
    store: Store, alone: Files, watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jasic_desktop.search.whoosh.build.patience", lambda seconds: 0.0)
    stop = watched.progress(lambda: os.kill(watched.children[0].pid, signal.SIGSTOP), for_what=f"{LAST}.claim")
    assert build(store, tmp_path, stop) == alone
    assert watched.children[0].exit_code == -signal.SIGKILL


PROGRAMS = {
    "missing": ["/nowhere/at/all"],
    "ends at once": [sys.executable, "-c", "pass"],
    "fails": [sys.executable, "-c", "import sys; sys.stdin.buffer.read(1); sys.exit('no ' * 100_000)"],
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_where_no_helper_can_run_one_process_does_it(
    store: Store, alone: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(gathering, "own_program", lambda *_: PROGRAMS[program])
    assert build(store, tmp_path, Progress()) == alone


def test_cancelling_ends_both(store: Store, watched: Watched, tmp_path: Path) -> None:
    progress = watched.progress(nothing)
    with pytest.raises(Cancelled):
        build(store, tmp_path, Progress(progress.report, lambda: bool(watched.steps)))
    assert watched.children[0].exit_code is not None
    # Nothing that another process may go on writing to is left.
    assert not [path for path in (tmp_path / "index").iterdir() if path.is_dir()]


def test_joining_tells_how_far_it_is_and_can_be_cancelled(store: Store, tmp_path: Path) -> None:
    told: list[int] = []

    def report(step: str, done: int, total: int) -> None:
        if step == "search.joining":
            assert total == RECORDS
            told.append(done)

    build_index(store, tmp_path / "whole", Progress(report), two=False)
    assert told == sorted(told)
    assert told[-1] == RECORDS
    told.clear()
    with pytest.raises(Cancelled):
        build_index(store, tmp_path / "index", Progress(report, lambda: len(told) > 2), two=False)
    assert len(told) == 3
    assert not [path for path in (tmp_path / "index").iterdir() if path.is_dir()]


def test_what_is_damaged_where_the_helper_reads_is_one_fault(made: Path, watched: Watched, tmp_path: Path) -> None:
    damaged = shutil.copy(made / "store", tmp_path / "store")
    with sqlite3.connect(damaged) as database:
        last = RECORDS - 2 * BLOCK - 1
        database.execute("UPDATE record SET record = zeroblob(100) WHERE ordinal = ?", (last,))
    database.close()
    with Store.open(damaged) as store, pytest.raises(DamagedFault) as caught:
        build(store, tmp_path, watched.progress(nothing))
    assert caught.value.key == "packs.store_damaged"
    assert watched.children[0].exit_code == 1


PARENT = """
import os
import signal
import sys
from pathlib import Path
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.process import Child
from jasic_desktop.packs.store import Store
from jasic_desktop.search import gathering
from jasic_desktop.search.whoosh.build import build_index

def started(command):
    global child
    child = Child(command)
    os.kill(child.pid, signal.SIGSTOP)
    return child

def report(*step):
    print(child.pid, flush=True)
    sys.stdin.read()

gathering.Child = started
with Store.open(Path(sys.argv[1])) as store:
    build_index(store, Path(sys.argv[2]), Progress(report), two=True, block=1)
"""


@posix
def test_a_helper_does_not_outlive_who_started_it(made: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, made / "store", tmp_path / "index"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as parent:
        assert parent.stdout is not None
        helper = int(parent.stdout.readline())
        parent.kill()
    os.kill(helper, signal.SIGCONT)
    until = time.monotonic() + 60
    while _runs(helper):
        assert time.monotonic() < until, "the helper runs on"
        time.sleep(0.02)
    assert not list(tmp_path.rglob("*.block"))


def _runs(pid: int) -> bool:
    """Whether a process runs; one that has ended, and that nobody has asked for its exit code, does not."""
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text("ascii")
    except OSError:
        return Path("/proc/self").exists() is False and _answers(pid)


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_two_are_used_where_there_are_processors_and_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1}, raising=False)
    assert gathering.two_help(10_000)
    assert not gathering.two_help(500)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {1}, raising=False)
    assert not gathering.two_help(10_000)
