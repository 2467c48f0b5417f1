"""The program's own file: the same while it stands there, replaced where another took its place, gone without one."""

from pathlib import Path

from jasic_desktop.core.own_file import OWN, OwnFile, State


def test_a_file_that_nobody_touches_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "program"
    path.write_text("1")
    own = OwnFile(str(path))
    assert own.state() is State.SAME
    path.read_text()
    assert own.state() is State.SAME


def test_a_file_put_in_its_place_is_another_even_of_the_same_size(tmp_path: Path) -> None:
    path, new = tmp_path / "program", tmp_path / "new"
    path.write_text("1")
    own = OwnFile(str(path))
    new.write_text("2")
    new.rename(path)
    assert own.state() is State.REPLACED


def test_a_file_that_is_not_there_any_more_is_gone_and_may_come_back(tmp_path: Path) -> None:
    path = tmp_path / "stick" / "program"
    path.parent.mkdir()
    path.write_text("1")
    own = OwnFile(str(path))
    path.parent.rename(tmp_path / "away")
    assert own.state() is State.GONE
    (tmp_path / "away").rename(path.parent)
    assert own.state() is State.SAME


def test_the_sources_are_not_watched(tmp_path: Path) -> None:
    assert OwnFile(None).state() is State.SAME
    assert OwnFile(str(tmp_path / "never was")).state() is State.SAME
    assert OWN.state() is State.SAME
