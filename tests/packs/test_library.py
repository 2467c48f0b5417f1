"""The library: packs are copied whole, told apart, and an older edition does not slip in after a newer one."""

import os
import shutil
from pathlib import Path

import pytest

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled, NotFoundFault, NotWrittenFault, UsageFault
from jasic_desktop.core.paths import Places
from jasic_desktop.packs.bag import verify
from jasic_desktop.packs.library import Library
from jasic_desktop.packs.refusals import DamagedPack
from tests.helpers.archives import ARCHIVE, make_pack, make_source, names


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.of(tmp_path / "profile")


@pytest.fixture
def library(places: Places) -> Library:
    return Library(places)


def edition(folder: Path, version: str, sequence: int, archive_id: str = "mill") -> Path:
    text = ARCHIVE.replace('version = "1.0"', f'version = "{version}"')
    text = text.replace('sequence = "1"', f'sequence = "{sequence}"').replace('id = "mill"', f'id = "{archive_id}"')
    name = f"{archive_id}-{version}"
    return make_pack(folder, make_source(folder / f"{name}-source", archive=text), name)


def test_looking_makes_nothing(library: Library, tmp_path: Path) -> None:
    assert library.list() == ()
    assert library.current is None
    assert names(tmp_path) == []


@pytest.mark.parametrize("kind", ["small_pack", "small_file"])
def test_an_installed_pack_is_a_whole_copy(library: Library, kind: str, request: pytest.FixtureRequest) -> None:
    pack = request.getfixturevalue(kind)
    entry = library.install(pack)
    assert (entry.name, entry.archive.version) == ("mill", "1.0")
    assert entry.fingerprint == verify(pack).fingerprint == verify(entry.path).fingerprint
    assert entry.path.is_dir()
    assert library.list() == (entry,)
    assert library.install(pack) == entry
    assert library.current is None


def test_two_archives_stand_side_by_side(library: Library, small_pack: Path, tmp_path: Path) -> None:
    library.install(small_pack)
    library.install(edition(tmp_path, "1.0", 1, "loom"))
    assert [entry.name for entry in library.list()] == ["loom", "mill"]
    library.use("loom")
    assert library.current == "loom"
    library.use("mill")
    assert library.current == "mill"
    library.remove("loom")
    assert [entry.name for entry in library.list()] == ["mill"]
    library.remove("mill")
    assert library.current is None
    assert library.list() == ()


def test_two_editions_are_told_apart(library: Library, small_pack: Path, tmp_path: Path) -> None:
    old = library.install(small_pack)
    library.install(edition(tmp_path, "1.1", 2))
    assert [entry.name for entry in library.list()] == ["mill@1.0", "mill@1.1"]
    with pytest.raises(NotFoundFault) as caught:
        library.find("mill")
    assert "mill@1.1" in str(caught.value)
    assert library.find("mill@1.0").fingerprint == old.fingerprint
    assert library.find(old.fingerprint[:12].upper()).fingerprint == old.fingerprint
    assert library.find(str(old.path)).fingerprint == old.fingerprint


def test_two_packs_of_one_version_are_told_apart(library: Library, small_pack: Path, tmp_path: Path) -> None:
    library.install(small_pack)
    source = make_source(tmp_path / "other", {"place/willow-town": {"summary": "Another."}})
    library.install(make_pack(tmp_path, source))
    found = [entry.name for entry in library.list()]
    assert len(set(found)) == 2
    assert all(name.startswith("mill@1.0+") and library.find(name).name == name for name in found)


def test_an_older_edition_needs_force(library: Library, small_pack: Path, tmp_path: Path) -> None:
    library.install(edition(tmp_path, "2.0", 7))
    for _ in range(2):
        with pytest.raises(NotWrittenFault) as caught:
            library.install(small_pack)
        assert caught.value.key == "packs.older_edition"
        # Remembered also when the newer one is gone.
        for entry in library.list():
            library.remove(entry.name)
    assert library.install(small_pack, force=True).archive.version == "1.0"


def test_a_damaged_pack_is_not_installed(library: Library, pack: Path, places: Places) -> None:
    (pack / "data/archive.json").write_bytes(b"{}")
    with pytest.raises(DamagedPack):
        library.install(pack)
    assert not places.library.exists()


def test_what_is_no_pack_is_told(library: Library, small_source: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageFault):
        library.install(small_source)
    with pytest.raises(NotFoundFault):
        library.install(tmp_path / "nothing")


def test_a_damaged_installation_is_told_and_mended(library: Library, small_pack: Path) -> None:
    entry = library.install(small_pack)
    (entry.path / "bagit.txt").write_bytes(b"x")
    assert library.list() == ()
    with pytest.raises(DamagedPack):
        library.find("mill")
    assert library.install(small_pack) == entry
    (entry.path / "data/records/0001.jsonl").write_bytes(b"x")
    assert library.install(small_pack) == entry
    assert verify(entry.path).state == "complete"


@pytest.mark.parametrize("selector", ["nothing", "", "\ud800", "0" * 128, "../../etc"])
def test_an_unknown_name_is_told(library: Library, small_pack: Path, selector: str) -> None:
    library.install(small_pack)
    for deed in (library.find, library.use, library.remove):
        with pytest.raises(NotFoundFault) as caught:
            deed(selector)
        str(caught.value).encode()
    assert len(library.list()) == 1


@pytest.mark.parametrize("data", [b"", b"x", b"[]", b'{"current": 3}', b"[" * 10_000, b"\xff"])
def test_a_damaged_memory_loses_no_pack(library: Library, small_pack: Path, places: Places, data: bytes) -> None:
    library.install(small_pack)
    (places.data / "library.json").write_bytes(data)
    assert [entry.name for entry in library.list()] == ["mill"]
    assert library.current is None
    library.use("mill")
    assert library.current == "mill"


def test_a_cancelled_installation_leaves_nothing(library: Library, small_pack: Path, places: Places) -> None:
    reached: list[str] = []
    progress = Progress(lambda now, done, total: reached.append(now), lambda: "packs.step_copying" in reached)
    with pytest.raises(Cancelled):
        library.install(small_pack, progress=progress)
    assert library.list() == ()
    assert not any(places.library.iterdir())


def test_a_full_disk_leaves_nothing(library: Library, small_pack: Path, places: Places) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(NotWrittenFault):
            library.install(small_pack)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not any(places.library.iterdir())
    library.install(small_pack)


def test_what_a_killed_installation_left_is_swept(library: Library, small_pack: Path, places: Places) -> None:
    places.library.mkdir(parents=True)
    left = places.library / f".x.{2**22 + 7}-0123abcd.part"
    shutil.copytree(small_pack, left)
    os.utime(left, (1, 1))
    assert library.list() == ()
    library.install(small_pack)
    assert not left.exists()


def test_a_home_that_is_a_file(tmp_path: Path, small_pack: Path) -> None:
    (tmp_path / "profile").write_text("x")
    library = Library(Places.of(tmp_path / "profile"))
    assert library.list() == ()
    with pytest.raises(NotWrittenFault):
        library.install(small_pack)
