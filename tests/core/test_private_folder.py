"""The private folder of a session: made in memory where that is, closed to others, wiped, and swept after a crash."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from jasic_desktop.core import private_folder
from jasic_desktop.core.private_folder import PREFIX, PrivateFolder, is_in_memory, left_behind, sign_in, sweep

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are those of other systems")

KILLED = """
import os, signal, sys
from jasic_desktop.core import private_folder
private_folder.places = lambda: (private_folder.Path(sys.argv[1]),)
folder = private_folder.PrivateFolder.make()
(folder.path / "session").mkdir()
(folder.path / "session" / "read.txt").write_text("a record")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place for such folders."""
    monkeypatch.setattr(private_folder, "places", lambda: (tmp_path,))
    return tmp_path


def test_nobody_else_can_look_into_it_and_it_goes_whole(place: Path) -> None:
    folder = PrivateFolder.make()
    assert folder is not None and folder.path.parent == place
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    (folder.path / "a" / "b").mkdir(parents=True)
    (folder.path / "a" / "b" / "c").write_text("read")
    assert folder.wipe()
    assert list(place.iterdir()) == []


def test_what_a_killed_run_left_is_swept_and_what_a_living_one_holds_stays(place: Path, root: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-P", "-c", KILLED, str(place)], env=environment, check=False)
    assert done.returncode == -9
    alive = PrivateFolder.make()
    assert alive is not None
    with sign_in(alive.path):
        left = {one.path: one for one in left_behind()}
        assert sorted(one.alive for one in left.values()) == [False, True]
        assert (left[alive.path].process, left[alive.path].window) == (os.getpid(), os.getpid())
        assert sweep() == 1
    assert [one.path for one in left_behind()] == [alive.path]
    assert alive.wipe()


def test_links_and_folders_open_to_others_are_nobodys(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Who may write to a shared place may plant there what a sweep would follow."""
    precious = tmp_path_factory.mktemp("precious")
    (precious / "kept").write_text("kept")
    (place / f"{PREFIX}link").symlink_to(precious)
    (place / f"{PREFIX}open").mkdir(mode=0o777)
    (place / f"{PREFIX}open").chmod(0o777)
    assert left_behind() == ()
    assert sweep() == 0
    assert (precious / "kept").exists()


def test_a_place_that_takes_nothing_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private_folder, "places", lambda: (tmp_path / "gone",))
    assert PrivateFolder.make() is None


def test_memory_comes_before_disks_and_can_be_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk, memory = tmp_path / "disk", tmp_path / "memory"
    for folder in (disk, memory):
        folder.mkdir()
    monkeypatch.setattr(private_folder, "places", lambda: (disk, memory))
    monkeypatch.setattr(private_folder, "is_in_memory", lambda place: place == memory)
    made = PrivateFolder.make()
    assert made is not None and made.in_memory and made.path.parent == memory
    made.wipe()
    monkeypatch.setattr(private_folder, "is_in_memory", lambda _place: False)
    assert PrivateFolder.make(memory_only=True) is None
    on_disk = PrivateFolder.make()
    assert on_disk is not None and not on_disk.in_memory
    on_disk.wipe()


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="the system has no such folder")
def test_what_the_system_keeps_in_memory_is_known() -> None:
    assert is_in_memory(Path("/dev/shm"))
    assert not is_in_memory(Path("/"))
    assert not is_in_memory(Path("/no/such/place"))
