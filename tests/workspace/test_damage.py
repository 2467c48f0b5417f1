"""Damaged files: 200 mutations are opened or refused in one sentence, set aside, and never written over."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from jasic_desktop.core.errors import DamagedFault
from jasic_desktop.workspace.backups import find_backup
from jasic_desktop.workspace.files import DAMAGED, journal_of, workspace_file
from jasic_desktop.workspace.opening import DamagedWorkspaceFault, open_workspace
from jasic_desktop.workspace.restoring import begin_anew, restore
from jasic_desktop.workspace.transfer import read_lines
from tests.helpers.workspaces import RandomEdits, held, steady

MUTATIONS = 200


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a backup, closed."""
    folder = tmp_path_factory.mktemp("damage") / "w"
    with steady(folder) as workspace:
        chance = RandomEdits(11)
        for _ in range(80):
            chance.make(workspace)
        workspace.tidy()
        chance.make(workspace)
    return folder


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Bytes with some damage that disks and people do."""
    out, kind = bytearray(data), chance.randrange(8)
    at = chance.randrange(len(out))
    page = at // 4096 * 4096
    if kind == 0:
        return b""
    if kind == 1:
        del out[at:]
    elif kind == 2:
        out[page : page + 4096] = chance.randbytes(4096)
    elif kind == 3:
        out[page : page + 4096] = bytes(4096)
    elif kind == 4:
        out[:16] = chance.randbytes(16)
    elif kind == 5:
        for _ in range(chance.randrange(1, 40)):
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    elif kind == 6:
        out[chance.randrange(100)] ^= 1 << chance.randrange(8)
    else:
        other = chance.randrange(len(out) // 4096) * 4096
        out[page : page + 4096] = data[other : other + 4096]
    return bytes(out)


def test_a_damaged_file_is_read_or_refused_and_never_written_over(sound: Path, tmp_path: Path) -> None:
    data, chance = workspace_file(sound).read_bytes(), random.Random(20180727)
    opened = refused = 0
    for number in range(MUTATIONS):
        folder = tmp_path / str(number)
        shutil.copytree(sound, folder)
        bad = mutate(data, chance)
        workspace_file(folder).write_bytes(bad)
        try:
            with open_workspace(folder) as workspace:
                held(workspace)
            opened += 1
        except DamagedWorkspaceFault as fault:
            refused += 1
            assert str(workspace_file(folder)) in str(fault)
            assert workspace_file(folder).read_bytes() == bad, number
            done = restore(folder, find_backup(folder))
            if bad:
                assert done.aside is not None and done.aside.read_bytes() == bad
            if done.saved is not None:
                read_lines(done.saved.read_bytes(), done.saved)
            with open_workspace(folder) as workspace:
                assert workspace.notes.list()
        except DamagedFault:
            opened += 1  # the damage lies where only a reader of that row meets it
        shutil.rmtree(folder)
    assert opened + refused == MUTATIONS
    assert refused > MUTATIONS // 2


def test_what_can_be_read_of_a_damaged_file_is_saved(sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    shutil.copytree(sound, folder)
    with open_workspace(folder) as workspace:
        before = {repr(item) for item in held(workspace)}
    data = bytearray(workspace_file(folder).read_bytes())
    data[-4096:] = random.Random(3).randbytes(4096)
    workspace_file(folder).write_bytes(bytes(data))
    with pytest.raises(DamagedWorkspaceFault, match="was left as it is"):
        open_workspace(folder)
    done = begin_anew(folder)
    assert done.saved is not None
    saved = read_lines(done.saved.read_bytes(), done.saved)
    assert len(saved) > len(before) // 2
    assert {repr(item) for item in saved} <= before


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER t AFTER INSERT ON note BEGIN DELETE FROM note; END",
        "CREATE VIEW v AS SELECT * FROM note",
        "CREATE TABLE more (x)",
        "DROP TABLE visit",
        "DELETE FROM meta",
        "PRAGMA application_id = 7",
        "PRAGMA journal_mode = WAL",
    ],
)
def test_a_file_that_is_not_exactly_ours_is_refused(sound: Path, tmp_path: Path, sql: str) -> None:
    folder = tmp_path / "w"
    shutil.copytree(sound, folder)
    database = sqlite3.connect(workspace_file(folder))
    database.execute(sql)
    database.commit()
    database.close()
    before = workspace_file(folder).read_bytes()
    with pytest.raises(DamagedWorkspaceFault):
        open_workspace(folder)
    assert workspace_file(folder).read_bytes() == before


def test_a_journal_of_another_file_does_no_harm(sound: Path, tmp_path: Path) -> None:
    folder, foreign = tmp_path / "w", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + random.Random(5).randbytes(9000)
    shutil.copytree(sound, folder)
    journal_of(workspace_file(folder)).write_bytes(foreign)
    before = workspace_file(folder).read_bytes()
    try:
        with open_workspace(folder) as workspace:
            assert workspace.notes.list()
    except DamagedWorkspaceFault:
        assert workspace_file(folder).read_bytes() == before
        assert journal_of(workspace_file(folder)).read_bytes() == foreign
        done = restore(folder, find_backup(folder))
        assert done.aside is not None and journal_of(done.aside).read_bytes() == foreign
        with open_workspace(folder) as workspace:
            assert workspace.notes.list()


def test_each_damaged_file_is_kept_beside_the_others(sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    shutil.copytree(sound, folder)
    for number in range(1, 4):
        workspace_file(folder).write_bytes(b"rubbish %d" % number)
        with pytest.raises(DamagedWorkspaceFault):
            open_workspace(folder)
        restore(folder, find_backup(folder))
    kept = sorted((folder / DAMAGED).iterdir())
    assert [path.read_bytes() for path in kept] == [b"rubbish 1", b"rubbish 2", b"rubbish 3"]
