"""Backups: each opens and holds the same, old ones are thinned out by number, and the clock does no harm."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jasic_desktop.core.errors import DamagedFault, NotFoundFault, NotWrittenFault
from jasic_desktop.workspace import backups
from jasic_desktop.workspace.backups import Backup, contents, find_backup, is_due, is_sound, list_backups, to_drop
from jasic_desktop.workspace.database import Tools
from jasic_desktop.workspace.files import BACKUPS, workspace_file
from jasic_desktop.workspace.opening import open_workspace
from jasic_desktop.workspace.restoring import begin_anew, restore
from tests.helpers.workspaces import ARCHIVE, RandomEdits, held, steady, steady_tools


@settings(max_examples=6)
@given(seed=st.integers(0, 10**6), rounds=st.integers(1, 4))
def test_every_backup_restores_what_was_there_when_it_was_made(seed: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, tools, chance = Path(place, "w"), steady_tools(), RandomEdits(seed)
        states = {}
        with open_workspace(folder, tools) as workspace:
            for _ in range(rounds):
                for _ in range(3):
                    chance.make(workspace)
                made = backups.make_backup(folder, tools)
                assert made is not None and is_sound(made)
                states[made.number] = held(workspace)
                assert backups.make_backup(folder, tools) is None  # nothing changed since
        for backup in reversed(list_backups(folder)):
            if backup.number in states:
                restore(folder, backup, tools)
                with open_workspace(folder, tools) as workspace:
                    assert held(workspace) == states[backup.number]
        assert set(states) <= {backup.number for backup in list_backups(folder)}


def row(days: list[int]) -> tuple[Backup, ...]:
    """Backups made on these days (counted from one), the latest first."""
    first = date(2018, 1, 1)
    made = [Backup(Path(f"{n}"), n, f"{first + timedelta(days=day)}T08:00:00Z") for n, day in enumerate(days, start=1)]
    return tuple(reversed(made))


def kept(days: list[int]) -> list[int]:
    """The numbers that are left when each backup in turn was followed by a thinning out."""
    left: tuple[Backup, ...] = ()
    for backup in reversed(row(days)):
        left = (backup, *left)
        gone = set(to_drop(left))
        left = tuple(one for one in left if one not in gone)
    return [one.number for one in left]


def test_ten_recent_ones_are_kept_then_days_weeks_and_months() -> None:
    assert kept([0] * 30) == list(range(30, 20, -1))
    daily = kept(list(range(400)))  # one a day for more than a year
    assert daily[:10] == list(range(400, 390, -1))
    months = {(date(2018, 1, 1) + timedelta(days=number - 1)).strftime("%Y-%m") for number in daily}
    assert len(months) == 12 and len(daily) < 10 + 7 + 4 + 12
    many = kept([day for day in range(400) for _ in range(20)])
    assert len(many) <= 10 + 7 + 4 + 12
    assert len({(number - 1) // 20 for number in many}) >= 7


@given(st.lists(st.integers(0, 900), min_size=1, max_size=120))
def test_whatever_the_clock_did_the_last_ones_are_never_dropped(days: list[int]) -> None:
    left = kept(days)
    assert left[:10] == list(range(len(days), 0, -1))[:10]
    assert len(left) <= 10 + 7 + 4 + 12


def test_a_clock_set_back_a_year_drops_no_backup_and_the_order_stays(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    with open_workspace(folder, steady_tools("2018-07-27T08:00:00Z")) as workspace:
        workspace.notes.add(ARCHIVE, "a", "first")
        backups.make_backup(folder, steady_tools("2018-07-27T08:00:00Z"))
        workspace.notes.add(ARCHIVE, "b", "second")
        made = backups.make_backup(folder, steady_tools("2017-07-27T08:00:00Z"))
    assert made is not None
    assert [(one.number, one.made[:4]) for one in list_backups(folder)] == [(2, "2017"), (1, "2018")]
    assert find_backup(folder).number == 2
    assert is_due(folder, 30, steady_tools("2016-01-01T00:00:00Z"))
    assert not is_due(folder, 30, steady_tools("2017-07-27T08:10:00Z"))
    assert is_due(folder, 30, steady_tools("2017-07-27T08:40:00Z"))


def damage(path: Path) -> None:
    """Change one letter of a note: SQLite does not notice that."""
    data = path.read_bytes()
    at = data.index(b"xxxx")
    path.write_bytes(data[:at] + b"y" + data[at + 1 :])


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A workspace with three backups, closed."""
    folder = tmp_path / "w"
    with steady(folder) as workspace:
        for number in range(3):
            workspace.notes.add(ARCHIVE, "a", f"note {number} " + "x" * 3000)
            workspace.tidy()
    return folder


def test_the_latest_good_backup_is_offered_and_a_damaged_one_never_restored(filled: Path) -> None:
    damage(list_backups(filled)[0].path)
    assert [is_sound(one) for one in list_backups(filled)] == [False, True, True]
    assert find_backup(filled).number == 2
    before = workspace_file(filled).read_bytes()
    with pytest.raises(DamagedFault, match="choose an earlier one"):
        restore(filled, list_backups(filled)[0])
    assert workspace_file(filled).read_bytes() == before
    for backup in list_backups(filled):
        damage(backup.path)
    with pytest.raises(NotFoundFault, match="restore --empty"):
        find_backup(filled)


def test_a_restored_workspace_leaves_the_state_before_as_a_backup(filled: Path) -> None:
    tools = steady_tools("2018-08-01T00:00:00Z", seed=9)
    with open_workspace(filled, tools) as workspace:
        workspace.notes.add(ARCHIVE, "z", "the last one")
        before = held(workspace)
    done = restore(filled, find_backup(filled, "1"), tools)
    assert done == (None, None)
    with open_workspace(filled, tools) as workspace:
        assert [note.text[:6] for note in workspace.notes.list()] == ["note 0"]
        # As many edits as before are not the same edits: the next backup is made all the same.
        for _ in range(4):
            workspace.notes.add(ARCHIVE, "y", "another")
        assert backups.make_backup(filled, tools) is not None
    restore(filled, find_backup(filled, "4"), tools)
    with open_workspace(filled, tools) as workspace:
        assert held(workspace) == before


def test_beginning_anew_keeps_what_was_there_as_a_backup(filled: Path) -> None:
    with open_workspace(filled) as workspace:
        before = held(workspace)
    begin_anew(filled)
    with open_workspace(filled) as workspace:
        assert held(workspace) == []
    restore(filled, find_backup(filled))
    with open_workspace(filled) as workspace:
        assert held(workspace) == before


def test_an_open_workspace_is_not_replaced(filled: Path) -> None:
    with open_workspace(filled) as workspace:
        before = held(workspace)
        for replace in (lambda: restore(filled, find_backup(filled, "1")), lambda: begin_anew(filled)):
            with pytest.raises(NotWrittenFault, match="another program"):
                replace()
        assert held(workspace) == before
    assert not list(filled.glob(".*.part"))


def test_what_a_backup_holds_is_told(filled: Path) -> None:
    assert contents(find_backup(filled, "3")) == (0, 3)
    with pytest.raises(NotFoundFault, match="no backup 77"):
        find_backup(filled, "77")


def test_a_backup_that_cannot_be_written_leaves_the_others_and_nothing_half_made(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools: Tools = steady_tools("2018-08-01T00:00:00Z")
    before = list_backups(filled)

    def corrupt(source: Callable[[Path], str]) -> Callable[[Path], str]:
        return lambda path: source(path) + ("x" if path.name.endswith(".part") else "")

    monkeypatch.setattr(backups, "check_file", corrupt(backups.check_file))
    with pytest.raises(NotWrittenFault, match="did not hold what it should"):
        backups.make_backup(filled, tools, force=True)
    assert list_backups(filled) == before
    assert sorted((filled / BACKUPS).iterdir()) == sorted(one.path for one in before)
