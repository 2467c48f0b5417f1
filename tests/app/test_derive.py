"""Derived data: made whole or not at all, opened only when it is ours and as it was, made again else."""

import os
import pickle
import random
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from jasic_desktop.app import derived_files
from jasic_desktop.app.cache import Cache, open_cache
from jasic_desktop.app.derive import derive, find_derived, forget
from jasic_desktop.app.derived_files import Derived, check_derived, folder_name
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.errors import Cancelled, NotWrittenFault
from jasic_desktop.core.paths import Places
from jasic_desktop.packs.bag import open_pack
from jasic_desktop.packs.refusals import DamagedPack
from jasic_desktop.packs.store import Store
from tests.helpers.archives import make_pack

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes are those of POSIX")


@pytest.fixture(scope="session")
def small_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_pack(tmp_path_factory.mktemp("app"))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return open_cache(Places.of(tmp_path / "profile"))


def index(store: Store, folder: Path, progress: Progress) -> None:
    """Stands in for the index where its content does not matter."""
    folder.mkdir()
    (folder / "terms").write_text("\n".join(store.ids))
    progress.step("search.indexing", store.count, store.count)


def derived_from(pack: Path, cache: Cache, progress: Progress = SILENT) -> Derived:
    with open_pack(pack) as opened:
        return derive(opened, cache, progress, index)


def test_it_is_made_once_and_found_again(small_pack: Path, cache: Cache) -> None:
    made = derived_from(small_pack, cache)
    when = (made.folder / "derived.json").stat().st_mtime_ns
    assert derived_from(small_pack, cache) == made
    assert find_derived(cache.derived, made.fingerprint) == made
    assert (made.folder / "derived.json").stat().st_mtime_ns == when
    with Store.open(made.store_path) as store:
        assert store.fingerprint == made.fingerprint
    assert (made.index_folder / "terms").is_file()
    assert [path.name for path in cache.derived.iterdir()] == [folder_name(made.fingerprint)]


def test_with_the_real_index(small_pack: Path, cache: Cache) -> None:
    with open_pack(small_pack) as opened:
        made = derive(opened, cache)
    assert check_derived(made.folder, made.fingerprint) == made
    assert any(made.index_folder.iterdir())


@posix
def test_nobody_else_can_read_it(small_pack: Path, cache: Cache) -> None:
    made = derived_from(small_pack, cache)
    for path in (made.folder, *made.folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_every_flipped_bit_makes_it_again(small_pack: Path, cache: Cache) -> None:
    made = derived_from(small_pack, cache)
    seed = random.Random(5)
    files = sorted(path for path in made.folder.rglob("*") if path.is_file())
    flips = 400 if os.environ.get("LONG_TESTS") else 60
    for _ in range(flips):
        path = seed.choice(files)
        before = path.read_bytes()
        after = bytearray(before)
        after[seed.randrange(len(after))] ^= 1 << seed.randrange(8)
        path.write_bytes(after)
        found = check_derived(made.folder, made.fingerprint)
        if found is not None:
            # The list itself may be written in more than one way; what it says may not change.
            assert path.name == "derived.json"
            assert msgspec.json.decode(after) == msgspec.json.decode(before)
        path.write_bytes(before)
    assert check_derived(made.folder, made.fingerprint) == made
    (made.index_folder / "terms").write_text("forged")
    assert derived_from(small_pack, cache) == made
    assert (made.index_folder / "terms").read_text() != "forged"


class Canary:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return os.mkdir, (str(self.path),)


def test_a_planted_index_is_never_opened(small_pack: Path, cache: Cache, tmp_path: Path) -> None:
    from jasic_desktop.app.context import OpenedArchive, open_archive

    with open_pack(small_pack) as opened:
        made = derive(opened, cache)
    payload = pickle.dumps(Canary(tmp_path / "canary"))
    for path in made.index_folder.iterdir():
        path.write_bytes(payload)
    (made.index_folder / "_MAIN_9.toc").write_bytes(payload)
    with open_archive(str(small_pack), Places.of(tmp_path / "profile")) as archive:
        assert isinstance(archive, OpenedArchive)
        assert archive.engine is archive.engine
    assert not (tmp_path / "canary").exists()


CHANGES: dict[str, Callable[[Path], object]] = {
    "no list": lambda folder: (folder / "derived.json").unlink(),
    "empty list": lambda folder: (folder / "derived.json").write_bytes(b""),
    "deep list": lambda folder: (folder / "derived.json").write_bytes(b"[" * 50_000),
    "list of another form": lambda folder: (folder / "derived.json").write_bytes(b'{"files": {}}'),
    "missing file": lambda folder: (folder / "index/terms").unlink(),
    "extra file": lambda folder: (folder / "index/more").write_bytes(b"x"),
    "missing store": lambda folder: (folder / "store.sqlite").unlink(),
    "empty folder": lambda folder: (shutil.rmtree(folder), folder.mkdir(mode=0o700)),
    "a file in its place": lambda folder: (shutil.rmtree(folder), folder.write_bytes(b"x")),
}
if sys.platform != "win32":
    CHANGES |= {
        "link to the store": lambda folder: (
            (folder / "store.sqlite").rename(folder.parent / "s"),
            (folder / "store.sqlite").symlink_to(folder.parent / "s"),
        ),
        "link to the folder": lambda folder: (
            folder.rename(folder.parent / "f"),
            folder.symlink_to(folder.parent / "f"),
        ),
        "pipe": lambda folder: ((folder / "index/terms").unlink(), os.mkfifo(folder / "index/terms")),
        "others may write the folder": lambda folder: folder.chmod(0o777),
        "the group may write the index": lambda folder: (folder / "index").chmod(0o770),
        "others may write a file": lambda folder: (folder / "index/terms").chmod(0o666),
    }


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_damaged_or_not_private_is_made_again(small_pack: Path, cache: Cache, change: str) -> None:
    made = derived_from(small_pack, cache)
    CHANGES[change](made.folder)
    assert check_derived(made.folder, made.fingerprint) is None
    assert derived_from(small_pack, cache) == made
    assert check_derived(made.folder, made.fingerprint) == made
    assert not made.folder.is_symlink()


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("name", [".", "index", "index/terms", "store.sqlite", "derived.json"])
def test_what_belongs_to_somebody_else_is_made_again(small_pack: Path, cache: Cache, name: str) -> None:
    made = derived_from(small_pack, cache)
    os.chown(made.folder / name, 65534, 65534)
    expected = None if name != "derived.json" else check_derived(made.folder, made.fingerprint)
    assert check_derived(made.folder, made.fingerprint) == expected
    derived_from(small_pack, cache)
    assert (made.folder / name).stat().st_uid == os.geteuid() or name == "derived.json"


@pytest.mark.parametrize("what", ["program", "layout", "store", "whoosh", "python"])
def test_what_another_version_made_is_not_used(
    small_pack: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    made = derived_from(small_pack, cache)
    other = {**derived_files.maker(), what: "0"}
    monkeypatch.setattr(derived_files, "maker", lambda: other)
    assert check_derived(made.folder, made.fingerprint) is None
    again = derived_from(small_pack, cache)
    assert again.folder != made.folder
    # What the other version made would stand there for good.
    assert not made.folder.exists()


def test_another_fingerprint_is_not_taken(small_pack: Path, cache: Cache) -> None:
    made = derived_from(small_pack, cache)
    assert check_derived(made.folder, "0" * 128) is None


def test_forgetting(small_pack: Path, cache: Cache) -> None:
    made = derived_from(small_pack, cache)
    forget(cache, made.fingerprint)
    assert not any(cache.derived.iterdir())


def test_a_damaged_pack_derives_nothing(small_pack: Path, cache: Cache, tmp_path: Path) -> None:
    pack = shutil.copytree(small_pack, tmp_path / "pack")
    with open_pack(pack) as opened:
        (pack / "data/records/0001.jsonl").write_bytes(b"{}\n")
        with pytest.raises(DamagedPack):
            derive(opened, cache, SILENT, index)
    assert not any(cache.derived.iterdir())


@pytest.mark.parametrize("step", ["packs.step_verifying", "packs.step_storing", "search.indexing"])
def test_cancelling_leaves_nothing_and_the_next_start_works(small_pack: Path, cache: Cache, step: str) -> None:
    reached: list[str] = []

    def cancelled() -> bool:
        return step in reached

    def slow(store: Store, folder: Path, progress: Progress) -> None:
        index(store, folder, progress)
        progress.step("search.indexing")

    with open_pack(small_pack) as opened, pytest.raises(Cancelled):
        derive(opened, cache, Progress(lambda now, done, total: reached.append(now), cancelled), slow)
    assert not any(cache.derived.iterdir())
    assert derived_from(small_pack, cache)


def test_a_full_disk_tells_how_much_is_needed_and_leaves_nothing(small_pack: Path, cache: Cache) -> None:
    def full(store: Store, folder: Path, progress: Progress) -> None:
        folder.mkdir()
        (folder / "half").write_bytes(b"x" * 1000)
        raise OSError(28, "No space left on device")

    with open_pack(small_pack) as opened, pytest.raises(NotWrittenFault) as caught:
        derive(opened, cache, SILENT, full)
    assert caught.value.key == "derive.disk_full"
    assert str(cache.root) in str(caught.value)
    assert not any(cache.derived.iterdir())
    assert derived_from(small_pack, cache)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_small_disk_that_is_really_full(small_pack: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=60k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no mounting here")
    try:
        cache = open_cache(Places.of(disk))
        with pytest.raises(NotWrittenFault) as caught:
            derived_from(small_pack, cache)
        assert caught.value.key == "derive.disk_full"
        assert not any(cache.derived.iterdir())
        subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
        assert derived_from(small_pack, cache)
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


CHILD = """
import sys
import time
from pathlib import Path
from jasic_desktop.app.cache import open_cache
from jasic_desktop.app.derive import derive
from jasic_desktop.core.paths import Places
from jasic_desktop.packs.bag import open_pack

def index(store, folder, progress):
    folder.mkdir()
    (folder / "half").write_bytes(b"x")
    print("half", flush=True)
    time.sleep(float(sys.argv[3]))
    (folder / "terms").write_text("whole")
    (folder / "half").unlink()

cache = open_cache(Places.of(Path(sys.argv[1])))
with open_pack(Path(sys.argv[2])) as pack:
    print(derive(pack, cache, indexer=index).folder, flush=True)
"""


def child(profile: Path, pack: Path, wait: float) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, profile, pack, str(wait)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


@posix
def test_what_a_killed_process_left_is_swept_by_the_next(small_pack: Path, tmp_path: Path) -> None:
    with child(tmp_path / "profile", small_pack, 60) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        process.send_signal(signal.SIGKILL)
    derived = tmp_path / "profile/cache/derived"
    assert [path.suffix for path in derived.iterdir()] == [".part"]
    cache = open_cache(Places.of(tmp_path / "profile"))
    assert not any(derived.iterdir())
    assert derived_from(small_pack, cache)


def test_two_processes_at_once_make_one(small_pack: Path, tmp_path: Path) -> None:
    with child(tmp_path / "profile", small_pack, 0.5) as one, child(tmp_path / "profile", small_pack, 0.6) as other:
        outputs = [process.communicate(timeout=60)[0].split() for process in (one, other)]
    assert [process.returncode for process in (one, other)] == [0, 0]
    folders = {Path(lines[-1]) for lines in outputs}
    assert len(folders) == 1
    made = folders.pop()
    assert list(made.parent.iterdir()) == [made]
    assert (made / "index/terms").read_text() == "whole"


def test_nothing_is_left_when_another_process_breaks_it_again_and_again(
    small_pack: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jasic_desktop.app.derive.check_derived", lambda folder, fingerprint: None)
    with pytest.raises(NotWrittenFault):
        derived_from(small_pack, cache)


def test_the_clock_plays_no_part(small_pack: Path, cache: Cache) -> None:
    made = derived_from(small_pack, cache)
    for path in made.folder.rglob("*"):
        os.utime(path, (0, 0))
    assert check_derived(made.folder, made.fingerprint) == made
