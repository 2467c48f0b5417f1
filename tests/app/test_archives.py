"""The archives of a machine: side by side, updated, gone back from, for one person or for all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from jasic_desktop.app import archives, context
from jasic_desktop.app.context import open_archive
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled, NotFoundFault, NotWrittenFault
from jasic_desktop.core.ownership import is_private
from jasic_desktop.core.paths import Places
from jasic_desktop.packs.bag import verify
from jasic_desktop.packs.refusals import DamagedPack
from tests.conftest import ROOT
from tests.helpers.archives import make_source, names
from tests.helpers.editions import count, make_edition, make_second

needs_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs an administrator")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a source to be the bundled one, the first and the second edition, and another archive."""
    folder = tmp_path_factory.mktemp("built")
    make_source(folder / "bundled")
    make_edition(folder, suffix=".jasicpack")
    make_second(folder)
    make_edition(folder, archive_id="loom")
    return folder


@pytest.fixture
def places(tmp_path: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """The folders of a person and of a system, with the small archive as the one that came with the program."""
    monkeypatch.setattr(context, "bundled_archive", lambda: built / "bundled")
    return replace(Places.of(tmp_path / "profile"), system=tmp_path / "system")


def named(places: Places) -> dict[str, tuple[str, bool]]:
    return {entry.name: (entry.whose, entry.in_use) for entry in archives.archives(places)}


def test_the_bundled_archive_is_one_of_them(places: Places) -> None:
    (entry,) = archives.archives(places)
    assert (entry.name, entry.whose, entry.in_use, entry.fingerprint) == ("mill", "program", True, "")
    with open_archive(None, places) as opened:
        fingerprint = opened.store.fingerprint
    assert archives.archives(places)[0].fingerprint == fingerprint


def test_a_new_archive_is_not_used_unasked(places: Places, built: Path) -> None:
    arrival = archives.install(built / "loom-1.0", places)
    assert (arrival.before, arrival.changes, arrival.used) == (None, None, False)
    assert named(places) == {"loom": ("person", False), "mill": ("program", True)}
    archives.use("loom", places)
    assert named(places) == {"loom": ("person", True), "mill": ("program", False)}
    archives.use("mill", places)
    assert named(places) == {"loom": ("person", False), "mill": ("program", True)}


def test_an_update_is_told_and_used_and_can_be_gone_back_from(places: Places, built: Path) -> None:
    changes = archives.changes_to(built / "mill-1.1", places)
    assert changes is not None
    assert named(places) == {"mill": ("program", True)}
    arrival = archives.install(built / "mill-1.1", places)
    assert arrival.changes == changes
    assert arrival.before is not None
    assert (arrival.before.name, arrival.used, arrival.entry.name) == ("mill", True, "mill@1.1")
    assert named(places) == {"mill@1.0": ("program", False), "mill@1.1": ("person", True)}
    with open_archive(None, places) as opened:
        assert opened.store.archive.version == "1.1"
        assert opened.store.resolve("mill:person/unnamed-clerk@1.0") == "lin-yue"
    assert archives.use("mill@1.0", places).whose == "program"
    with open_archive(None, places) as opened:
        assert opened.store.archive.version == "1.0"
    with open_archive("mill@1.1", places) as opened:
        assert opened.store.archive.version == "1.1"
    with pytest.raises(NotFoundFault, match=r"mill@1\.1"):
        archives.use("mill", places)


def test_the_edition_before_is_kept_until_it_is_removed(places: Places, built: Path) -> None:
    archives.install(built / "mill-1.0.jasicpack", places)
    archives.use("mill", places)
    assert named(places) == {"mill": ("person", True)}  # the bundled one is the same, byte for byte, once it is built
    archives.install(built / "mill-1.1", places)
    assert [name for name, (_, in_use) in named(places).items() if in_use] == ["mill@1.1"]
    archives.use("mill@1.0", places)
    archives.use("mill@1.1", places)
    archives.remove("mill@1.1", places)
    assert [name for name, (_, in_use) in named(places).items() if in_use] == ["mill"]
    assert not list(places.derived.glob("*")) or archives.archives(places)[0].fingerprint[:40] in str(
        list(places.derived.glob("*"))
    )


def test_what_came_with_the_program_is_not_removed(places: Places) -> None:
    with pytest.raises(NotWrittenFault, match="comes with the program"):
        archives.remove("mill", places)


def test_the_same_pack_again_changes_nothing(places: Places, built: Path) -> None:
    archives.install(built / "mill-1.1", places)
    arrival = archives.install(built / "mill-1.1", places)
    assert (arrival.changes, arrival.used) == (None, False)


def test_a_downgrade_is_refused_told_and_forced(places: Places, built: Path) -> None:
    archives.install(built / "mill-1.1", places)
    with pytest.raises(NotWrittenFault) as caught:
        archives.install(built / "mill-1.0.jasicpack", places)
    assert caught.value.key == "packs.older_edition"
    arrival = archives.install(built / "mill-1.0.jasicpack", places, force=True)
    assert not arrival.used  # what is newer stays in use
    with open_archive(str(built / "mill-1.0.jasicpack"), places) as opened:
        assert [note.key for note in opened.notes] == ["packs.older_opened"]
    with open_archive(str(built / "mill-1.1"), places) as opened:
        assert opened.notes == ()


def test_a_damaged_update_leaves_the_old_one(places: Places, built: Path, tmp_path: Path) -> None:
    archives.install(built / "mill-1.1", places)
    before = named(places)
    bad = shutil.copytree(built / "mill-1.1", tmp_path / "bad")
    record = bad / "data" / "records" / "0001.jsonl"
    record.write_bytes(record.read_bytes()[:-10])
    with pytest.raises(DamagedPack):
        archives.install(bad, places)
    assert named(places) == before
    with open_archive(None, places) as opened:
        assert opened.store.archive.version == "1.1"


@pytest.mark.parametrize("name", ["a space", "Äcrömé é", "档案 資料", "quote'\" $(x)"])
def test_paths_in_any_script(places: Places, built: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    pack = Path(shutil.copy(built / "mill-1.0.jasicpack", folder / f"{name}.jasicpack"))
    home = replace(Places.of(folder / "home"), system=places.system)
    entry = archives.install(pack, home).entry
    assert verify(entry.path).state == "complete"
    with open_archive(str(pack), home) as opened:
        assert opened.store.count == count()


def test_a_cancelled_update_leaves_the_old_one(places: Places, built: Path) -> None:
    seen: list[str] = []
    progress = Progress(lambda step, done, total: seen.append(step), lambda: "packs.step_copying" in seen)
    with pytest.raises(Cancelled):
        archives.install(built / "mill-1.1", places, progress=progress)
    assert named(places) == {"mill": ("program", True)}


KILLED = """
import sys
from dataclasses import replace
from pathlib import Path
from jasic_desktop.app import archives
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.paths import Places
import os, signal

def report(step, done, total):
    if step == "packs.step_copying" and done == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

places = replace(Places.of(Path(sys.argv[2])), system=Path(sys.argv[2]) / "none")
archives.install(Path(sys.argv[1]), places, progress=Progress(report))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills itself")
@pytest.mark.parametrize("when", [0, 3])
def test_a_kill_during_an_installation_leaves_what_was_there(built: Path, tmp_path: Path, when: int) -> None:
    home = tmp_path / "home"
    words = [sys.executable, "-c", KILLED, str(built / "mill-1.1"), str(home), str(when)]
    done = subprocess.run(words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120)
    assert done.returncode == -signal.SIGKILL
    own = replace(Places.of(home), system=tmp_path / "none")
    assert [entry.whose for entry in archives.archives(own)] == ["program"]
    archives.install(built / "mill-1.1", own)
    assert all(not name.startswith(".") for name in names(own.library))


@needs_root
def test_a_full_disk_leaves_what_was_there(built: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    # The library is written before anything is derived: the copy alone is more than there is room for.
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk], check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        own = replace(Places.of(disk), system=tmp_path / "none")
        with pytest.raises(NotWrittenFault) as caught:
            archives.install(built / "loom-1.0", own)
        assert caught.value.key == "core.disk_full"
        assert list(own.library.glob("*")) == []
    finally:
        subprocess.run(["umount", disk], check=True)


def as_nobody(words: list[str], home: Path) -> subprocess.CompletedProcess[str]:
    """Run the program as a user who may write nowhere but in `home`."""
    home.mkdir()
    shutil.chown(home, 65534, 65534)
    return subprocess.run(
        [sys.executable, "-c", *words],
        cwd="/",
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


READS = """
import os, sys
from dataclasses import replace
from pathlib import Path
from jasic_desktop.app.context import open_archive
from jasic_desktop.core.paths import Places
from jasic_desktop.search.request import Request

places = replace(Places.of(Path(sys.argv[1])), system=Path(sys.argv[2]))
for turn in ("loads what may not be readable for all", "reads"):
    with open_archive("loom", places) as opened:
        found = opened.store.count, opened.engine.search(Request(text="willow")).total, opened.store_path
    os.setgid(65534)
    os.setuid(65534)
print(*found)
"""
WRITES = """
import os, sys
from dataclasses import replace
from pathlib import Path
from jasic_desktop.app import archives
from jasic_desktop.core.errors import Fault
from jasic_desktop.core.paths import Places

places = replace(Places.of(Path(sys.argv[1])), system=Path(sys.argv[2]))
assert archives.find("loom", places).whose == "system"
os.setgid(65534)
os.setuid(65534)
for deed in (lambda: archives.install(Path(sys.argv[3]), places, system=True), lambda: archives.remove("loom", places)):
    try:
        deed()
    except Fault as fault:
        print(fault.key)
"""


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A folder that everybody may enter, as /var/lib is."""
    for path in (tmp_path, *tmp_path.parents):
        if path == Path("/tmp"):
            break
        path.chmod(0o755)
    return tmp_path


@needs_root
def test_for_all_users_it_is_derived_once_and_read_by_each(places: Places, built: Path, public: Path) -> None:
    before = os.umask(0o077)
    try:
        arrival = archives.install(built / "loom-1.0", places, system=True)
    finally:
        os.umask(before)
    assert arrival.entry.whose == "system"
    assert not places.library.exists()
    assert all(not path.stat().st_mode & 0o022 for path in places.system.rglob("*"))
    home = public / "reader"
    done = as_nobody([READS, str(home), str(places.system)], home)
    assert done.returncode == 0, done.stderr
    found, hits, store = done.stdout.split()
    assert (int(found), int(hits) > 0) == (count(), True)
    assert store.startswith(str(places.system))
    assert not list(home.rglob("store.sqlite"))
    shutil.rmtree(home)
    refused = as_nobody(
        [WRITES, str(home), str(places.system), str(shutil.copytree(built / "mill-1.1", public / "p"))], home
    )
    assert refused.stdout.split() == ["core.not_allowed", "core.not_allowed"]
    assert named(places)["loom"] == ("system", False)
    archives.remove("loom", places)
    assert list((places.system / "derived").glob("*")) == []


@needs_root
def test_where_there_is_no_room_for_the_index_of_all_nothing_is_installed(
    places: Places, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_words: object) -> None:
        raise NotWrittenFault("core.not_written", path=places.system, system="full")

    before = named(places)
    with monkeypatch.context() as patch:
        patch.setattr(archives, "derive", full)
        with pytest.raises(NotWrittenFault):
            archives.install(built / "mill-1.1", places, system=True)
    assert named(places) == before
    assert [path for path in places.system.rglob("*") if path.is_file()] == []
    assert archives.install(built / "mill-1.1", places, system=True).used
    with monkeypatch.context() as patch:
        patch.setattr(archives, "derive", full)
        with pytest.raises(NotWrittenFault):
            archives.install(built / "mill-1.1", places, system=True)
    assert named(places)["mill@1.1"] == ("system", True)  # what was there before stays


@needs_root
@pytest.mark.parametrize("what", ["packs", "."])
def test_what_others_could_have_put_there_is_not_looked_at(
    places: Places, built: Path, public: Path, what: str
) -> None:
    archives.install(built / "loom-1.0", places, system=True)
    (places.system / what).chmod(0o777)
    assert not is_private(places.system / what)
    assert list(named(places)) == ["mill"]
    (places.system / what).chmod(0o755)
    shutil.chown(places.system / what, 65534)
    assert list(named(places)) == ["mill"]


@needs_root
def test_an_index_that_others_could_have_written_is_not_opened(places: Places, built: Path) -> None:
    archives.install(built / "loom-1.0", places, system=True)
    (derived,) = (places.system / "derived").glob("*")
    for change in (lambda: derived.chmod(0o777), lambda: (derived / "store.sqlite").chmod(0o666)):
        change()
        with open_archive("loom", places) as opened:
            assert opened.store_path.is_relative_to(places.cache)


@needs_root
def test_an_administrators_update_reaches_all_who_chose_nothing(places: Places, built: Path) -> None:
    arrival = archives.install(built / "mill-1.1", places, system=True)
    assert arrival.used
    assert named(places)["mill@1.1"] == ("system", True)
    archives.use("mill@1.0", places)
    assert named(places)["mill@1.0"] == ("program", True)


def test_a_read_only_drive_is_read_and_one_that_vanishes_is_told(places: Places, built: Path, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    shutil.copytree(built / "loom-1.0", drive / "loom")
    for path in (*drive.rglob("*"), drive):
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {path: path.stat().st_mtime_ns for path in drive.rglob("*")}
    with open_archive(str(drive / "loom"), places) as opened:
        assert opened.store.count == count()
        for path in (drive, *drive.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        assert {path: path.stat().st_mtime_ns for path in drive.rglob("*")} == before
        shutil.rmtree(drive)
        assert opened.store.get("shan-xin").id == "shan-xin"  # what is open goes on without the drive
    with pytest.raises(NotFoundFault, match="loom"):
        open_archive(str(drive / "loom"), places)


def test_listing_many_is_no_work_for_each_byte(places: Places, built: Path) -> None:
    archives.install(built / "loom-1.0", places)
    started = time.process_time()
    archives.archives(places)
    assert time.process_time() - started < 1
