"""Files and folders appear whole or not at all, whatever fails."""

import errno
import os
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from jasic_desktop.core import atomic
from jasic_desktop.core.errors import Cancelled, NotWrittenFault

OLD, NEW = b"what stood there", b"what is to stand there" * 1000
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


@pytest.fixture
def folder(tmp_path):
    """A folder with a file that others rely on, and nothing else when the test is over but `target`."""
    (tmp_path / "other").write_bytes(OLD)
    yield tmp_path
    assert {path.name for path in tmp_path.iterdir()} <= {"other", "target"}
    assert (tmp_path / "other").read_bytes() == OLD


def child(code: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run code in a process of its own."""
    root = Path(__file__).resolve().parents[2]
    prelude = "import sys\nfrom pathlib import Path\nfrom jasic_desktop.core import atomic\n"
    return subprocess.run(
        [sys.executable, "-c", prelude + textwrap.dedent(code), *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


# ------------------------------------------------------------------------------------------------ what goes well


@pytest.mark.parametrize("force", [False, True])
def test_a_new_file_appears(folder, force):
    atomic.write(folder / "target", NEW, force=force)
    assert (folder / "target").read_bytes() == NEW


def test_an_existing_file_is_replaced_only_by_force(folder):
    (folder / "target").write_bytes(OLD)
    with pytest.raises(NotWrittenFault) as refused:
        atomic.write(folder / "target", NEW)
    assert refused.value.key == "core.exists"
    assert (folder / "target").read_bytes() == OLD
    atomic.write(folder / "target", NEW, force=True)
    assert (folder / "target").read_bytes() == NEW


def test_the_file_is_not_there_before_the_block_ends(folder):
    with atomic.writing(folder / "target") as part:
        part.write_bytes(NEW)
        assert not (folder / "target").exists()
        assert part.parent == folder
    assert (folder / "target").read_bytes() == NEW


@pytest.mark.parametrize("force", [False, True])
def test_the_bytes_are_on_the_disk_before_the_file_has_its_name(folder, monkeypatch, force):
    synced, fsync = [], os.fsync

    def watched(handle: int) -> None:
        synced.append((os.fstat(handle).st_ino, (folder / "target").exists()))
        fsync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    atomic.write(folder / "target", NEW, force=force)
    assert ((folder / "target").stat().st_ino, False) in synced


@POSIX
def test_a_link_in_the_way_is_not_followed(folder):
    (folder / "target").symlink_to(folder / "other")
    with pytest.raises(NotWrittenFault):
        atomic.write(folder / "target", NEW)
    atomic.write(folder / "target", NEW, force=True)
    assert not (folder / "target").is_symlink()


def test_a_long_name_in_chinese_fits(tmp_path):
    target = tmp_path / ("佳士工人声援团" * 12)
    atomic.write(target, NEW)
    assert target.read_bytes() == NEW


def test_a_file_system_without_hard_links_will_do(folder, monkeypatch):
    monkeypatch.setattr(os, "link", broken(errno.EPERM))
    atomic.write(folder / "target", NEW)
    with pytest.raises(NotWrittenFault, match="exists already"), atomic.writing(folder / "target", force=False):
        pass
    (folder / "target").unlink()
    with pytest.raises(NotWrittenFault, match="exists already"), atomic.writing(folder / "target") as part:
        part.write_bytes(NEW)
        (folder / "target").write_bytes(OLD)
    assert (folder / "target").read_bytes() == OLD


def test_a_folder_appears_whole_and_private(folder):
    target = folder / "target" / "deep" / "pack"
    with atomic.making(target) as part:
        (part / "data" / "records").mkdir(parents=True)
        (part / "data" / "records" / "0001.jsonl").write_bytes(NEW)
        if sys.platform != "win32":
            (part / "link").symlink_to("nowhere")
        assert not target.exists()
    assert (target / "data" / "records" / "0001.jsonl").read_bytes() == NEW
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o700
    assert list(target.parent.iterdir()) == [target]


# --------------------------------------------------------------------------------------------------- what fails


def broken(code: int, good_calls: int = 0):
    """A function of the system that fails with `code`, after some calls that do nothing."""
    left = [good_calls]

    def fail(*_: object, **__: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("old", [None, OLD])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT, errno.ENOTSUP])
@pytest.mark.parametrize(
    ("owner", "name", "good_calls"),
    [
        (os, "fsync", 0),
        (os, "fsync", 1),
        (os, "link", 0),
        (os, "open", 0),
        (Path, "open", 0),
        (Path, "replace", 0),
        (Path, "unlink", 0),
    ],
)
def test_after_any_failure_the_file_is_the_old_one_or_the_new_one(
    tmp_path, monkeypatch, old, code, owner, name, good_calls
):
    target = tmp_path / "target"
    if old is not None:
        target.write_bytes(old)
    failed = None
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, broken(code, good_calls))
        try:
            atomic.write(target, NEW, force=old is not None)
        except NotWrittenFault as fault:
            failed = fault
    found = target.read_bytes() if target.exists() else None
    assert found == (old if failed else NEW)
    if failed:
        assert failed.key == atomic.reason(OSError(code, ""))
        assert str(target) in str(failed)
    if (owner, name) != (Path, "unlink"):
        assert [path for path in tmp_path.iterdir() if path != target] == []


@pytest.mark.parametrize("error", [Cancelled(), KeyboardInterrupt(), ValueError("bad")])
@pytest.mark.parametrize("make", [atomic.writing, atomic.making])
def test_what_ends_the_block_comes_through_and_nothing_stays(folder, make, error):
    with pytest.raises(type(error)), make(folder / "target") as part:
        (part / "half" if part.is_dir() else part).write_bytes(NEW)
        raise error
    assert not (folder / "target").exists()


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", ["target", "."])
def test_a_folder_in_the_way_is_named_as_one(folder, monkeypatch, name, force):
    (folder / "target").mkdir()
    monkeypatch.chdir(folder)
    with pytest.raises(NotWrittenFault) as refused:
        atomic.write(Path(name), NEW, force=force)
    assert refused.value.key == "core.folder"


def test_a_missing_folder_is_a_fault(folder):
    with pytest.raises(NotWrittenFault) as refused:
        atomic.write(folder / "nowhere" / "target", NEW)
    assert refused.value.key == "core.not_written"


def test_a_block_that_writes_nothing_is_a_fault(folder):
    with pytest.raises(NotWrittenFault), atomic.writing(folder / "target"):
        pass
    assert not (folder / "target").exists()


def test_a_made_folder_replaces_nothing(folder):
    (folder / "target").mkdir()
    with pytest.raises(NotWrittenFault, match="exists already"), atomic.making(folder / "target"):
        raise AssertionError("never reached")
    (folder / "target").rmdir()
    with pytest.raises(NotWrittenFault, match="exists already"), atomic.making(folder / "target") as part:
        (part / "file").write_bytes(NEW)
        (folder / "target").mkdir()
        (folder / "target" / "of somebody else").write_bytes(OLD)
    assert [path.name for path in (folder / "target").iterdir()] == ["of somebody else"]


@pytest.mark.parametrize("name", ["mkdir", "rename", "open"])
def test_a_folder_that_could_not_be_made_leaves_nothing(folder, monkeypatch, name):
    with pytest.raises(NotWrittenFault) as refused, monkeypatch.context() as patched:
        if name == "mkdir":
            patched.setattr(Path, name, broken(errno.ENOSPC))
        with atomic.making(folder / "target") as part:
            (part / "file").write_bytes(NEW)
            patched.setattr(Path, name, broken(errno.ENOSPC))
    assert refused.value.key == "core.disk_full"
    assert not (folder / "target").exists()


def test_a_file_in_the_place_of_a_parent_is_a_fault(folder):
    with pytest.raises(NotWrittenFault), atomic.making(folder / "other" / "target"):
        pass


@POSIX
@pytest.mark.parametrize("old", [None, OLD])
def test_a_file_too_large_for_the_system_leaves_the_old_one(folder, old):
    if old is not None:
        (folder / "target").write_bytes(old)
    ran = child(
        """
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            atomic.write(Path(sys.argv[1]), b"x" * 100_000, force=True)
        except atomic.NotWrittenFault as fault:
            print(fault.key)
        """,
        folder / "target",
    )
    assert ran.stdout == "core.not_written\n", ran.stderr
    assert ((folder / "target").read_bytes() if old else None) == old


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_named_and_leaves_the_old_file(folder):
    small = folder / "target"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], capture_output=True)
    if mounted.returncode:
        small.rmdir()
        pytest.skip("this machine lets nobody mount")
    try:
        (small / "file").write_bytes(OLD)
        with pytest.raises(NotWrittenFault) as refused:
            atomic.write(small / "file", b"x" * 100_000, force=True)
        assert refused.value.key == "core.disk_full"
        with pytest.raises(NotWrittenFault) as refused, atomic.making(small / "pack") as part:
            (part / "data").write_bytes(b"x" * 100_000)
        assert refused.value.key == "core.disk_full"
        assert [(path.name, path.read_bytes()) for path in small.iterdir()] == [("file", OLD)]
    finally:
        subprocess.run(["umount", small], check=True)
        small.rmdir()


@POSIX
def test_a_folder_where_one_may_not_write_is_named():
    code = """
        import os
        if os.geteuid() == 0:  # to whom nothing is closed
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        for deed in (lambda path: atomic.write(path, b"x"), lambda path: atomic.making(path).__enter__()):
            try:
                deed(Path(sys.argv[1]))
            except atomic.NotWrittenFault as fault:
                print(fault.key)
        """
    with tempfile.TemporaryDirectory() as closed:  # pytest's own are closed to others altogether
        Path(closed).chmod(0o555)
        ran = child(code, Path(closed) / "target")
        assert ran.stdout == "core.not_allowed\n" * 2, ran.stderr
        assert list(Path(closed).iterdir()) == []
        Path(closed).chmod(0o755)


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (errno.ENOSPC, "core.disk_full"),
        (errno.EDQUOT, "core.disk_full"),
        (errno.EACCES, "core.not_allowed"),
        (errno.EPERM, "core.not_allowed"),
        (errno.EROFS, "core.not_allowed"),
        (errno.EIO, "core.not_written"),
        (None, "core.not_written"),
    ],
)
def test_the_reason_is_said_in_words(code, key):
    error = OSError(code, "it said so") if code else OSError("it said so")
    fault = atomic.fault(error, Path("somewhere"))
    assert fault.key == key
    assert "somewhere" in str(fault)
    assert key == "core.disk_full" or "it said so" in str(fault)


# ---------------------------------------------------------------------------------------------- several at once


@pytest.mark.parametrize("force", [False, True])
def test_of_several_writers_at_once_each_is_whole_or_refused(folder, force):
    together = Barrier(6)

    def one(number: int) -> str | None:
        try:
            with atomic.writing(folder / "target", force=force) as part:
                part.write_bytes(str(number).encode() * 50_000)
                together.wait()
        except NotWrittenFault as fault:
            return fault.key
        return None

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(one, range(6)))
    found = (folder / "target").read_bytes()
    assert len(found) == 50_000
    assert len(set(found)) == 1
    if force:
        assert results == [None] * 6
    else:
        assert sorted(map(str, results)) == ["None", *["core.exists"] * 5]
        assert results[int(found[:1])] is None


def test_of_several_makers_at_once_one_is_first(folder):
    together = Barrier(4)

    def one(number: int) -> str | None:
        try:
            with atomic.making(folder / "target") as part:
                (part / str(number)).write_bytes(NEW)
                together.wait()
        except NotWrittenFault as fault:
            return fault.key
        return None

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(one, range(4)))
    assert sorted(map(str, results)) == ["None", *["core.exists"] * 3]
    assert [path.name for path in (folder / "target").iterdir()] == [str(results.index(None))]


# ------------------------------------------------------------------------------------------------- taking away


def test_a_file_or_folder_is_taken_away(folder):
    (folder / "target").mkdir()
    (folder / "target" / "file").write_bytes(NEW)
    atomic.discard(folder / "target")
    (folder / "target").write_bytes(NEW)
    atomic.discard(folder / "target")
    atomic.discard(folder / "target")
    assert not (folder / "target").exists()


@POSIX
def test_of_a_link_only_the_link_is_taken_away(folder):
    (folder / "target").symlink_to(folder / "other")
    atomic.discard(folder / "target")
    assert not (folder / "target").is_symlink()


def test_what_cannot_be_taken_away_stays_whole(folder, monkeypatch):
    (folder / "target").write_bytes(OLD)
    with pytest.raises(NotWrittenFault) as refused, monkeypatch.context() as patched:
        patched.setattr(Path, "rename", broken(errno.EACCES))
        atomic.discard(folder / "target")
    assert refused.value.key == "core.not_allowed"
    assert (folder / "target").read_bytes() == OLD


# ----------------------------------------------------------------------------------------------------- sweeping


def left_by(process: int, folder: Path, name: str = "target") -> Path:
    return folder / f".{name}.{process}-0123abcd.part"


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


@POSIX
def test_what_a_killed_run_left_is_removed(tmp_path):
    code = """
        import os, signal
        with atomic.making(Path(sys.argv[1]) / "pack") as pack, atomic.writing(Path(sys.argv[1]) / "file") as file:
            (pack / "half").write_bytes(b"x")
            file.write_bytes(b"x")
            os.kill(os.getpid(), signal.SIGKILL)
        """
    assert child(code, tmp_path).returncode == -signal.SIGKILL
    assert len(list(tmp_path.iterdir())) == 2
    atomic.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_a_living_process_makes_is_left_alone(tmp_path):
    with atomic.making(tmp_path / "pack") as part:
        (part / "half").write_bytes(NEW)
        atomic.sweep(tmp_path)
    assert (tmp_path / "pack" / "half").read_bytes() == NEW


def test_a_process_of_somebody_else_is_alive_too(tmp_path, monkeypatch):
    part = left_by(1, tmp_path)
    part.write_bytes(NEW)
    monkeypatch.setattr(os, "kill", broken(errno.EPERM))
    atomic.sweep(tmp_path)
    assert part.exists()


def test_what_is_older_than_a_day_is_removed_whoever_made_it(tmp_path):
    part = left_by(os.getpid(), tmp_path)
    part.mkdir()
    os.utime(part, (time.time() - 90_000,) * 2)
    atomic.sweep(tmp_path)
    assert not part.exists()


def test_where_a_process_cannot_be_asked_after_a_day_must_pass(tmp_path, monkeypatch, dead):
    part = left_by(dead, tmp_path)
    part.write_bytes(NEW)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(atomic.sys, "platform", "win32")
        atomic.sweep(tmp_path)
        assert part.exists()
        os.utime(part, (time.time() - 90_000,) * 2)
        atomic.sweep(tmp_path)
    assert not part.exists()


@POSIX
def test_only_our_own_parts_are_removed_and_links_are_not_followed(tmp_path, dead):
    keep = [".download.part", ".x.1-0123abcd.part.txt", "x.1-0123abcd.part", ".x.-0123abcd.part", f".x.{dead}-XYZ.part"]
    for name in keep:
        (tmp_path / name).write_bytes(OLD)
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_bytes(OLD)
    left_by(dead, tmp_path, "link").symlink_to(tmp_path / "precious")
    left_by(dead, tmp_path, "two\nlines").write_bytes(OLD)
    atomic.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*keep, "precious"])
    assert (tmp_path / "precious" / "file").read_bytes() == OLD


def test_sweeping_what_is_not_there_does_no_harm(tmp_path):
    atomic.sweep(tmp_path / "nowhere")
    (tmp_path / "file").write_bytes(OLD)
    atomic.sweep(tmp_path / "file")
