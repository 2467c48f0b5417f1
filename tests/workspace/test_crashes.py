"""kill -9 at random moments, and at each write a kill, an I/O error or a full disk: no acknowledged edit is lost."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.workspace import schema
from jasic_desktop.workspace.backups import is_sound, list_backups
from jasic_desktop.workspace.files import digest, workspace_file
from jasic_desktop.workspace.opening import DamagedWorkspaceFault, open_workspace
from tests.conftest import ROOT
from tests.helpers.crashes import ACTIONS, prepare
from tests.helpers.workspaces import ARCHIVE

KILLS = int(os.environ.get("JASIC_KILLS", "25"))
INJECT = os.environ.get("JASIC_INJECT", "")  # `all`, or the names of actions with commas between
SHARE = 14
SEED = 20180727
MOST_CALLS = 400
WRITES = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "link", "mkdir", "sendfile")
FAULTS = {
    "kill": (WRITES, "signal=KILL"),
    "io-error": (WRITES, "error=EIO"),
    "disk-full": (("pwrite64", "write", "mkdir", "sendfile", "link"), "error=ENOSPC"),
}
PROGRAM = [sys.executable, "-P", "-m", "tests.helpers.crashes"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    words = [*PROGRAM, "kills", str(tmp_path), str(KILLS), str(SEED)]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", env=ENVIRONMENT, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    sys.stdout.write(done.stdout)
    assert done.stdout.splitlines()[1] == "lost=0 wrong=0 bad backups=0", done.stdout
    assert f"kills={KILLS} " in done.stdout


class Injector:
    """Does an action on a copy of a prepared workspace, with one fault at one system call, and judges what is left."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self._prepared = folder / "prepared"
        prepare(self._prepared)
        self._old = folder / "old"
        self._old.mkdir()
        database = sqlite3.connect(workspace_file(self._old), isolation_level=None)
        schema.migrate(database, 1)
        database.execute("INSERT INTO selected VALUES ('jasic', 'kept', 0, 1)")
        database.close()
        self._before: dict[str, str] = {}
        self._after: dict[str, set[str]] = {}
        self.sums: Counter[str] = Counter()

    def calls(self, action: str, names: tuple[str, ...]) -> dict[str, int]:
        """How often an action makes each of these system calls."""
        place = self._place(action)
        log = place.with_suffix(".log")
        words = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={','.join(names)}", *PROGRAM, "act"]
        subprocess.run([*words, str(place), action], env=ENVIRONMENT, cwd=ROOT, capture_output=True, check=True)
        made = Counter(line.split(maxsplit=1)[1].partition("(")[0] for line in log.read_text().splitlines())
        self._after.setdefault(action, set()).add(self._state(place, action))
        # On a copy of its own: to open an old one is to bring it on.
        self._before[action] = self._state(self._place(action), action)
        return {name: made[name] for name in names if made[name]}

    def inject(self, action: str, fault: str, call: str, when: int) -> None:
        """Do an action with a fault at the `when`th such call. What is left is the state before or after it."""
        place = self._place(action)
        before = self._before[action]
        words = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}"]
        words += ["-e", f"inject={call}:{FAULTS[fault][1]}:when={when}", *PROGRAM, "act", str(place), action]
        done = subprocess.run(words, env=ENVIRONMENT, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        acknowledged = "ACK" in done.stdout
        told = f"{action} {fault} {call} {when}: {done.stdout!r} {done.stderr!r}"
        if fault != "kill" and not acknowledged and done.returncode not in (0, 120):
            assert "Traceback" not in done.stderr or call == "write", told  # the acknowledgement itself may fail
        after = self._state(place, action)
        # Where a backup is made, the state is that of the backups as well.
        assert after in {before, *self._after[action]}, told
        if acknowledged:
            assert after in self._after[action], told
        assert all(map(is_sound, list_backups(place))), told
        self.sums[fault] += 1
        self.sums["acknowledged"] += acknowledged
        shutil.rmtree(place, ignore_errors=True)

    def _place(self, action: str) -> Path:
        self._number += 1
        place = self._folder / f"{self._number}"
        if action != "first":
            shutil.copytree(self._old if action == "upgrade" else self._prepared, place)
        return place

    def _state(self, place: Path, action: str) -> str:
        """What a workspace holds, as it is opened after the fault: repaired by nobody."""
        if not place.exists():
            return "empty"
        try:
            workspace = open_workspace(place)
        except DamagedWorkspaceFault as fault:
            return f"{action} {fault}"
        with workspace:
            if action == "first" and not workspace.database.edits:
                return "empty"
            # A file of an older step holds the same when it was brought on.
            return digest(workspace.database._connection)


@pytest.fixture(scope="module")
def injector(tmp_path_factory: pytest.TempPathFactory) -> Injector:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: no faults are injected at system calls")
    return Injector(tmp_path_factory.mktemp("inject"))


def test_a_fault_at_any_write_leaves_the_state_before_or_after(injector: Injector) -> None:
    chance = random.Random(SEED)
    points = []
    named = [action for action in ACTIONS if action in INJECT.split(",")]
    for action in named or (ACTIONS if INJECT else chance.sample(ACTIONS, 3)):
        calls = injector.calls(action, WRITES)
        for fault, (names, _) in FAULTS.items():
            points += [
                (action, fault, call, n) for call in names for n in range(1, min(calls.get(call, 0), MOST_CALLS) + 1)
            ]
    for action, fault, call, when in points if INJECT else chance.sample(points, SHARE):
        injector.inject(action, fault, call, when)
    sys.stdout.write(f"{len(points)} points, {dict(injector.sums)}\n")
    assert sum(injector.sums[fault] for fault in FAULTS) == (len(points) if INJECT else SHARE)


def test_a_full_disk_loses_nothing_and_writing_goes_on_when_there_is_room(tmp_path: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        with open_workspace(disk / "w") as workspace:
            made = [workspace.notes.add(ARCHIVE, "a", "the first one")]
            with pytest.raises(NotWrittenFault, match="disk is full"):
                while len(made) < 10_000:
                    made += [workspace.notes.add(ARCHIVE, "a", f"{len(made)} " + "x" * 3000)]
            assert len(made) > 20
            assert list(workspace.notes.list()) == made
            with pytest.raises(NotWrittenFault):
                workspace.tidy()
            filler = disk / "w" / "workspace.sqlite"
            assert filler.stat().st_size > 100_000
            subprocess.run(["mount", "-o", "remount,size=4m", disk], check=True)
            made.append(workspace.notes.add(ARCHIVE, "a", "there is room again"))
            workspace.tidy()
            assert list(workspace.notes.list()) == made
        with open_workspace(disk / "w") as workspace:
            assert list(workspace.notes.list()) == made
        assert all(map(is_sound, list_backups(disk / "w")))
    finally:
        subprocess.run(["umount", disk], check=True)
