"""Opening a workspace: migrations, two writers, folders that cannot be written, and memory that writes nothing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from jasic_desktop.core.errors import DamagedFault, NotWrittenFault
from jasic_desktop.workspace import schema
from jasic_desktop.workspace.backups import list_backups
from jasic_desktop.workspace.files import BACKUPS, LOCK, workspace_file
from jasic_desktop.workspace.opening import DamagedWorkspaceFault, open_workspace
from tests.conftest import ROOT
from tests.helpers.workspaces import ARCHIVE, held, steady

ROWS = {
    1: (
        "INSERT INTO selected VALUES ('jasic', 'mi-jiuping', 0, 1)",
        (
            "INSERT INTO note VALUES ('00000000-0000-4000-8000-000000000001', 'jasic', '1.0', 'yue-xin', 'Yue Xin',"
            " 'old note', 'yellow', NULL, '2018-07-27T08:00:00Z', '2018-07-27T08:00:00Z', NULL, 1)"
        ),
        "UPDATE meta SET value = 1",
    ),
    2: ("INSERT INTO visit VALUES ('jasic', 'yue-xin', 'Yue Xin', '2018-07-27T08:00:00Z', 1)",),
    3: (),
}


def at_step(folder: Path, step: int) -> None:
    """A workspace as the program of that step left it, with what it could hold."""
    folder.mkdir()
    database = sqlite3.connect(workspace_file(folder), isolation_level=None)
    for number in range(1, step + 1):
        schema.migrate(database, number)
        for statement in ROWS[number]:
            database.execute(statement)
    database.close()


@pytest.mark.parametrize("step", range(1, schema.VERSION + 1))
def test_a_workspace_of_an_older_step_is_brought_on_behind_a_backup(tmp_path: Path, step: int) -> None:
    folder = tmp_path / "w"
    at_step(folder, step)
    with open_workspace(folder) as workspace:
        assert workspace.notes.list()[0].text == "old note"
        assert workspace.selection.ids(ARCHIVE) == ("mi-jiuping",)
        assert len(workspace.history.list()) == (1 if step >= 2 else 0)
        workspace.searches.save("Mine", ARCHIVE, "x", {})
    assert len(list_backups(folder)) == (1 if step < schema.VERSION else 0)
    database = sqlite3.connect(workspace_file(folder))
    assert schema.version(database) == schema.VERSION
    database.close()


def test_an_upgrade_whose_backup_fails_is_not_begun(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    at_step(folder, 1)
    (folder / BACKUPS).write_text("in the way")
    before = workspace_file(folder).read_bytes()
    with pytest.raises(NotWrittenFault):
        open_workspace(folder)
    assert workspace_file(folder).read_bytes() == before


def test_a_step_that_fails_leaves_the_step_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "w"
    at_step(folder, 1)
    bad = (*schema.MIGRATIONS[:2], (*schema.MIGRATIONS[2], "CREATE TABLE note (x)"))
    monkeypatch.setattr(schema, "MIGRATIONS", bad)
    with pytest.raises(NotWrittenFault):
        open_workspace(folder)
    monkeypatch.undo()
    with open_workspace(folder) as workspace:
        assert workspace.notes.list()[0].text == "old note"


def test_a_workspace_of_a_later_program_is_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with steady(folder) as workspace:
        workspace.notes.add(ARCHIVE, "a", "x")
    database = sqlite3.connect(workspace_file(folder))
    database.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    database.commit()
    database.close()
    before = workspace_file(folder).read_bytes()
    with pytest.raises(DamagedWorkspaceFault, match="later version"):
        open_workspace(folder)
    assert workspace_file(folder).read_bytes() == before


def test_of_two_programs_the_second_reads_and_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with steady(folder) as first:
        first.notes.add(ARCHIVE, "a", "first")
        with open_workspace(folder) as second:
            assert second.refusal is not None and "another program" in str(second.refusal)
            assert held(second) == held(first)
            with pytest.raises(NotWrittenFault, match="another program"):
                second.notes.add(ARCHIVE, "b", "second")
            first.notes.add(ARCHIVE, "c", "third")  # a reader does not hold the writer up
            assert held(second) == held(first)
    with open_workspace(folder) as third:
        assert third.refusal is None


WRITER = """
import sys
from pathlib import Path
from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.workspace.opening import open_workspace

made = 0
while made < 60:
    with open_workspace(Path(sys.argv[1])) as workspace:
        if workspace.refusal is None:
            for _ in range(5):
                workspace.notes.add("jasic", "a", f"{sys.argv[2]} {made}")
                made += 1
"""


def test_two_programs_that_write_in_turn_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-P", "-c", WRITER, str(folder)]
    writers = [subprocess.Popen([*words, name], env=environment) for name in ("one", "two")]
    assert [writer.wait(120) for writer in writers] == [0, 0]
    with open_workspace(folder) as workspace:
        texts = [note.text for note in workspace.notes.list()]
    assert sorted(texts) == sorted(f"{name} {number}" for name in ("one", "two") for number in range(60))


def test_in_memory_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_workspace(None) as workspace:
        workspace.notes.add(ARCHIVE, "a", "canary")
        workspace.tidy()
        assert workspace.notes.list()[0].text == "canary"
    assert list(tmp_path.iterdir()) == []


def test_to_read_only_nothing_is_made(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", make=False) as workspace:
        assert held(workspace) == []
    assert list(tmp_path.iterdir()) == []


def test_where_the_folder_cannot_be_made_it_is_said_before_anything_is_typed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with open_workspace(tmp_path / "file" / "w") as workspace:
        assert workspace.refusal is not None
        with pytest.raises(NotWrittenFault):
            workspace.notes.add(ARCHIVE, "a", "x")


def test_a_file_that_may_not_be_written_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with steady(folder) as workspace:
        workspace.notes.add(ARCHIVE, "a", "x")
    workspace_file(folder).chmod(0o400)
    with open_workspace(folder) as workspace:
        assert workspace.refusal is not None and workspace.refusal.exit_code == 7
        assert workspace.notes.list()[0].text == "x"


def test_a_folder_that_vanishes_takes_no_acknowledged_edit_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with steady(folder) as workspace:
        workspace.notes.add(ARCHIVE, "a", "kept")
        folder.rename(tmp_path / "elsewhere")
        with pytest.raises(NotWrittenFault):
            workspace.notes.add(ARCHIVE, "b", "not written")
    with open_workspace(tmp_path / "elsewhere") as workspace:
        assert [note.text for note in workspace.notes.list()] == ["kept"]


def test_a_workspace_that_is_gone_beside_its_backups_is_not_begun_anew_unasked(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with steady(folder) as workspace:
        workspace.notes.add(ARCHIVE, "a", "x")
        workspace.tidy()
    for leave in (lambda: workspace_file(folder).unlink(), lambda: workspace_file(folder).write_bytes(b"")):
        leave()
        with pytest.raises(DamagedFault, match="brings the latest one back"):
            open_workspace(folder)


def test_only_the_person_can_look_into_it(tmp_path: Path) -> None:
    with steady(tmp_path / "w") as workspace:
        workspace.notes.add(ARCHIVE, "a", "x")
    assert (tmp_path / "w").stat().st_mode & 0o077 == 0
    assert (tmp_path / "w" / LOCK).exists()
    assert not list((tmp_path / "w").glob("*-journal"))


def test_the_first_edit_of_all_that_was_broken_off_is_taken_back(tmp_path: Path) -> None:
    """The half of it stands in the file, and the journal that takes it back beside it: that is no damage."""
    folder = tmp_path / "w"
    folder.mkdir()
    code = (
        "import os, sqlite3, sys; d = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "d.execute('PRAGMA cache_size=1');"
        "d.execute('BEGIN'); d.execute('CREATE TABLE t (x)');"
        "[d.execute('INSERT INTO t VALUES (?)', ('x' * 3000,)) for _ in range(300)]; os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(workspace_file(folder))], check=False)
    assert workspace_file(folder).stat().st_size > 0
    with open_workspace(folder) as workspace:
        workspace.notes.add(ARCHIVE, "a", "x")
    with open_workspace(folder) as workspace:
        assert len(workspace.notes.list()) == 1
    assert {path.name for path in folder.iterdir()} == {"workspace.sqlite", LOCK}
