"""A program of its own that edits workspaces and is killed: `kills FOLDER COUNT SEED` or `act FOLDER ACTION`."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from jasic_desktop.core.errors import Fault
from jasic_desktop.workspace.backups import find_backup, is_sound, list_backups, make_backup
from jasic_desktop.workspace.items import Item
from jasic_desktop.workspace.opening import Workspace, open_workspace
from jasic_desktop.workspace.restoring import restore
from jasic_desktop.workspace.transfer import lines, merge, read_lines
from tests.helpers.workspaces import ARCHIVE, RandomEdits, held, steady, steady_tools

SEEDS = 8
EDITS_BETWEEN_BACKUPS = 25
LONGEST_SECONDS = 0.4
LATER = "2018-08-01T08:00:00Z"


# ------------------------------------------------------------------------------------------------------ random kills


class Model:
    """What a workspace holds after each edit of one seed, as one in memory has it."""

    def __init__(self, seed: int) -> None:
        self._workspace, self._edits = steady(seed=seed), RandomEdits(seed)
        self._states = [held(self._workspace)]

    def after(self, edits: int) -> list[Item]:
        while len(self._states) <= edits:
            self._edits.make(self._workspace)
            self._states.append(held(self._workspace))
        return self._states[edits]


def kills(folder: Path, count: int, seed: int) -> None:
    """Start a writer `count` times, kill it at a random moment, and look at what is left; print the sums."""
    chance, models = random.Random(seed), [Model(number) for number in range(SEEDS)]
    sums: Counter[str] = Counter()
    for number in range(count):
        place, which = folder / str(number), number % SEEDS
        acknowledged = _killed(place, which, chance.uniform(0.0, LONGEST_SECONDS))
        sums["kills"] += 1
        sums["acknowledged"] += acknowledged
        sums["hot journals"] += (place / "workspace.sqlite-journal").exists()
        with open_workspace(place) as workspace:
            there = workspace.database.edits
            if there < acknowledged:
                sums["lost"] += 1
            elif there > acknowledged + 1 or held(workspace) != models[which].after(there):
                sums["wrong"] += 1
        sums["backups"] += len(list_backups(place))
        sums["bad backups"] += not all(map(is_sound, list_backups(place)))
        shutil.rmtree(place)
    for names in (("kills", "acknowledged", "hot journals", "backups"), ("lost", "wrong", "bad backups")):
        sys.stdout.write(" ".join(f"{name}={sums[name]}" for name in names) + "\n")


def _killed(place: Path, seed: int, seconds: float) -> int:
    """Let a child edit the workspace at `place`, and kill it after so long; how many edits it acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _edit_for_ever(place, seed, writer)
    os.close(writer)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    acknowledged = 0
    while data := os.read(reader, 65536):
        acknowledged += len(data)
    os.close(reader)
    return acknowledged


def _edit_for_ever(place: Path, seed: int, writer: int) -> None:
    try:
        workspace, edits, made = steady(place, seed), RandomEdits(seed), 0
        while True:
            edits.make(workspace)
            os.write(writer, b"!")
            made += 1
            if made % EDITS_BETWEEN_BACKUPS == 0:
                make_backup(place, steady_tools(LATER))
    finally:
        os._exit(1)


# ------------------------------------------------------------------------------------------------ one action, a fault


def prepare(folder: Path) -> None:
    """The workspace on which each action is done, with a backup of an earlier state."""
    with steady(folder, 3) as workspace:
        edits = RandomEdits(3)
        for _ in range(30):
            edits.make(workspace)
        workspace.collections.create("Two", _members(3))
        make_backup(folder, steady_tools())
        workspace.notes.add(ARCHIVE, "later", "a note that came after the backup")


def _members(count: int) -> list:
    from jasic_desktop.workspace.collections import Member

    return [Member(ARCHIVE, f"member-{number}", "A title") for number in range(count)]


def _on(workspace: Workspace, action: str) -> None:
    collection = workspace.collections.find("Two")
    entries, note = workspace.collections.entries(collection.id), workspace.notes.list()[0]
    edits: dict[str, Callable[[], object]] = {
        "note": lambda: workspace.notes.add(ARCHIVE, "new", "a note " + "x" * 5000),
        "change": lambda: workspace.notes.change(note, text="another text"),
        "delete-note": lambda: workspace.notes.delete(note),
        "create": lambda: workspace.collections.create("Three", _members(40)),
        "move": lambda: workspace.collections.move(entries[0], 2),
        "delete-collection": lambda: workspace.collections.delete(collection),
        "selection": lambda: workspace.selection.keep(ARCHIVE, ["a", "b"]),
        "import": lambda: merge(workspace.database, read_lines(_foreign(), "import"), "import"),
        "backup": lambda: make_backup(workspace.folder or Path(), steady_tools(LATER), force=True),
    }
    edits[action]()


ACTIONS = (
    *("note", "change", "delete-note", "create", "move", "delete-collection", "selection", "import", "backup"),
    *("restore", "upgrade", "first"),
)


def act(folder: Path, action: str) -> None:
    """Do one action on a prepared workspace and acknowledge it."""
    if action == "restore":
        restore(folder, find_backup(folder, "1"), steady_tools(LATER))
    else:
        with open_workspace(folder, steady_tools(LATER, seed=7)) as workspace:
            if workspace.refusal is not None:
                raise workspace.refusal
            if action not in ("upgrade", "first"):
                _on(workspace, action)
            elif action == "first":
                workspace.notes.add(ARCHIVE, "new", "the first note")
    os.write(1, b"ACK\n")


def _foreign() -> bytes:
    other = steady(seed=99)
    other.collections.create("Taken in", _members(20))
    return b"".join(lines(held(other)))


if __name__ == "__main__":
    try:
        if sys.argv[1] == "kills":
            kills(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
        else:
            act(Path(sys.argv[2]), sys.argv[3])
    except Fault as fault:
        sys.stderr.write(f"{fault}\n")
        sys.exit(int(fault.exit_code))
