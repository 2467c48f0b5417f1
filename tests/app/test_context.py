"""Opening the archive that is meant: by name, path, fingerprint or none, whatever the home is like."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from jasic_desktop.app import context
from jasic_desktop.app.context import open_archive, pack_to_verify, rebuild
from jasic_desktop.app.sources import known_pack
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled, DamagedFault, NotFoundFault, NotWrittenFault
from jasic_desktop.core.paths import Places
from jasic_desktop.packs.bag import verify
from jasic_desktop.packs.library import Library
from jasic_desktop.packs.problems import SourceFault
from jasic_desktop.search.request import Request
from tests.helpers.archives import RECORDS, make_pack, make_source, write_record

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_source(tmp_path / "source")


@pytest.fixture(autouse=True)
def bundled(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The small archive is the bundled one: the real one takes long to derive, and is opened by tests of the whole."""
    monkeypatch.setattr(context, "bundled_archive", lambda: source)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places.of(tmp_path / "profile")


def opened_title(selector: str | None, places: Places) -> str:
    with open_archive(selector, places) as archive:
        assert archive.notes == ()
        return archive.store.archive.title.show("en")


def test_without_a_name_the_bundled_archive_opens(places: Places) -> None:
    with open_archive(None, places) as archive:
        assert archive.store.count == 13
        assert archive.engine.search(Request(text="willow")).total > 0
        assert verify(archive.place).fingerprint == archive.store.fingerprint
    assert opened_title("mill", places) == "The Mill Dispute"


def test_the_second_start_writes_nothing(places: Places) -> None:
    opened_title(None, places)
    before = {path: path.stat().st_mtime_ns for path in places.cache.rglob("*")}
    opened_title(None, places)
    assert {path: path.stat().st_mtime_ns for path in places.cache.rglob("*")} == before


def test_packs_and_sources_open_by_path(source: Path, places: Places, tmp_path: Path) -> None:
    for path in (source, make_pack(tmp_path, source), make_pack(tmp_path, source, "x.jasicpack")):
        assert opened_title(str(path), places) == "The Mill Dispute"
    assert len(list((places.cache / "derived").iterdir())) == 1


def test_a_pack_read_where_it_stands_is_looked_at_each_time(source: Path, places: Places, tmp_path: Path) -> None:
    pack = make_pack(tmp_path, source)
    opened_title(str(pack), places)
    records = pack / "data/records/0001.jsonl"
    records.write_bytes(records.read_bytes().replace(b"Shan", b"Shen"))
    with pytest.raises(DamagedFault) as caught:
        open_archive(str(pack), places)
    assert "data/records/0001.jsonl" in str(caught.value)


def test_a_name_is_no_path_unless_it_looks_like_one(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mill").mkdir()
    assert opened_title("mill", places) == "The Mill Dispute"
    with pytest.raises(DamagedFault):
        open_archive("./mill", places)


def test_installed_archives_open_by_name_and_fingerprint(source: Path, places: Places, tmp_path: Path) -> None:
    other = make_source(
        tmp_path / "other", archive=(source / "archive.toml").read_text("utf-8").replace("Mill", "Loom")
    )
    library = Library(places)
    entry = library.install(make_pack(tmp_path, other))
    assert opened_title("mill", places) == "The Loom Dispute"
    assert opened_title(entry.fingerprint[:16], places) == "The Loom Dispute"
    assert opened_title(None, places) == "The Mill Dispute"
    library.use("mill")
    assert opened_title(None, places) == "The Loom Dispute"


@pytest.mark.parametrize("selector", ["nothing", "./nothing", "a/b", "x.jasicpack", "", "\ud800", "a\0b", "x" * 5000])
def test_what_is_not_there_is_told(places: Places, selector: str) -> None:
    for deed in (open_archive, rebuild, pack_to_verify):
        with pytest.raises(NotFoundFault) as caught:
            deed(selector, places)
        str(caught.value).encode()


def test_what_is_no_archive_is_told(places: Places, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "folder").mkdir()
    for name in ("notes.txt", "folder"):
        with pytest.raises(DamagedFault):
            open_archive(str(tmp_path / name), places)
    assert not list(places.cache.glob("derived/*"))


def test_a_faulty_source_is_told(source: Path, places: Places) -> None:
    (source / "records/person/shan-xin.md").write_text("x")
    with pytest.raises(SourceFault):
        open_archive(None, places)


def test_a_changed_source_is_built_again_and_the_old_one_goes(source: Path, places: Places) -> None:
    with open_archive(None, places) as archive:
        first = archive.store.fingerprint
    write_record(source, "place/willow-town", {**RECORDS["place/willow-town"], "summary": "Another."})
    with open_archive(None, places) as archive:
        assert archive.store.fingerprint != first
        assert archive.store.get("willow-town").summary is not None
    assert len(list((places.cache / "derived").iterdir())) == 1
    assert len(list((places.cache / "sources").rglob("bagit.txt"))) == 1


def test_a_touched_source_is_not_built_again(source: Path, places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_title(None, places)
    for path in source.rglob("*.md"):
        os.utime(path, (5, 5))
    sources = places.cache / "sources"
    assert known_pack(source, sources) is None
    monkeypatch.setattr("jasic_desktop.packs.build.build", None)
    opened_title(None, places)
    assert known_pack(source, sources) is not None


@pytest.mark.parametrize("name", ["built.json", "tagmanifest-sha512.txt", "manifest-sha512.txt", "0001.jsonl"])
def test_a_damaged_cache_is_made_again(places: Places, name: str) -> None:
    opened_title(None, places)
    shutil.rmtree(places.cache / "derived")
    for path in (places.cache / "sources").rglob(name):
        path.write_bytes(b"x")
    opened_title(None, places)


def test_rebuilding_makes_all_anew(places: Places) -> None:
    opened_title(None, places)
    listed = next(places.cache.glob("derived/*/derived.json"))
    before = listed.stat().st_ino
    with rebuild(None, places) as archive:
        assert archive.store.count == 13
    after = next(places.cache.glob("derived/*/derived.json"))
    assert after == listed
    assert after.stat().st_ino != before or after.stat().st_mtime_ns


def test_a_pack_to_verify(source: Path, places: Places, tmp_path: Path) -> None:
    pack = make_pack(tmp_path, source)
    assert pack_to_verify(str(pack), places) == pack
    assert verify(pack_to_verify(None, places)).state == "complete"


def test_a_home_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("a file, where a folder should be")
    places = Places.of(tmp_path / "profile")
    with open_archive(None, places) as archive:
        assert [note.key for note in archive.notes] == ["derive.temporary"]
        assert archive.engine.search(Request(text="willow")).total > 0
        folder = archive.place.parents[2]
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()
    assert (tmp_path / "profile").read_text() == "a file, where a folder should be"


def test_a_cache_that_others_may_write_is_not_used(places: Places) -> None:
    if sys.platform == "win32":
        pytest.skip("modes are those of POSIX")
    (places.cache / "derived").mkdir(parents=True)
    (places.cache / "derived").chmod(0o777)
    with open_archive(None, places) as archive:
        assert [note.key for note in archive.notes] == ["derive.temporary"]
    assert not any((places.cache / "derived").iterdir())


def test_no_folder_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "profile").write_text("x")

    def none(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("jasic_desktop.app.cache.tempfile.TemporaryDirectory", none)
    with pytest.raises(NotWrittenFault):
        open_archive(None, Places.of(tmp_path / "profile"))


def test_a_full_disk_is_told_and_not_avoided(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jasic_desktop.app.cache.tempfile.TemporaryFile", full)
    with pytest.raises(NotWrittenFault) as caught:
        open_archive(None, places)
    assert caught.value.key == "core.disk_full"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_home_of_somebody_else(source: Path, tmp_path: Path) -> None:
    """Run as nobody, with a home that root owns: it works, says so, and leaves nothing."""
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    scratch.chmod(0o777)
    for path in (tmp_path, *tmp_path.parents):
        if path != Path("/tmp") and path.is_relative_to("/tmp"):
            path.chmod(0o755)
    pack = make_pack(tmp_path, source)
    for path in (pack, *pack.rglob("*")):
        path.chmod(0o755)
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from jasic_desktop.app.context import open_archive\n"
        "from jasic_desktop.core.paths import Places\n"
        # Once as root, because others may not read what stands in root's home, Python among it.
        "open_archive(sys.argv[2], Places.of(Path(sys.argv[3]))).close()\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "with open_archive(sys.argv[2], Places.of(Path(sys.argv[1]))) as a:\n"
        "    print(a.store.count, [n.key for n in a.notes])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, home, pack, tmp_path / "first"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)},
    )
    assert done.stdout == "13 ['derive.temporary']\n", done.stderr
    assert not any(scratch.iterdir())
    assert not any(home.iterdir())


def test_cancelling_leaves_nothing_half_made(places: Places) -> None:
    with pytest.raises(Cancelled):
        open_archive(None, places, Progress(cancelled=lambda: True))
    assert not list(places.cache.rglob("*.part"))
    shutil.rmtree(places.cache)
    opened_title(None, places)


@pytest.fixture
def supplied(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small archive as an installer brings it: a pack, and a folder beside it with all that is derived."""
    program = tmp_path / "program"
    program.mkdir()
    pack = make_pack(program, source)
    with open_archive(str(pack), Places.of(tmp_path / "maker")):
        shutil.copytree(tmp_path / "maker" / "cache" / "derived", program / "derived")
    for path in program.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    monkeypatch.setattr(context, "bundled_pack", lambda: pack)
    monkeypatch.setattr(context, "bundled_derived", lambda: program / "derived")
    return program / "derived"


@pytest.mark.parametrize("selector", [None, "mill"])
def test_what_an_installer_derived_is_used_where_it_stands(
    supplied: Path, places: Places, selector: str | None
) -> None:
    with open_archive(selector, places) as archive:
        assert archive.store_path.is_relative_to(supplied)
        assert archive.engine.search(Request(text="willow")).total > 0
        assert verify(archive.place).fingerprint == archive.store.fingerprint
    assert not places.cache.exists()
    with pytest.raises(NotFoundFault):
        open_archive("another", places)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps installed files from others by itself")
def test_what_others_could_have_changed_is_derived_anew(supplied: Path, places: Places) -> None:
    (folder,) = supplied.iterdir()
    for path in (supplied, folder, folder / "store.sqlite", folder / "index"):
        before = path.stat().st_mode
        path.chmod(before | stat.S_IWOTH)
        with open_archive(None, places) as archive:
            assert archive.store_path.is_relative_to(places.cache)
        path.chmod(before)
        shutil.rmtree(places.cache)


def test_what_does_not_match_its_list_is_derived_anew(supplied: Path, places: Places) -> None:
    (segment,) = supplied.glob("*/index/*.terms")
    segment.write_bytes(segment.read_bytes()[:-1] + b"?")
    with open_archive(None, places) as archive:
        assert archive.index_folder.is_relative_to(places.cache)


def test_after_a_rebuild_the_rebuilt_is_used(supplied: Path, places: Places) -> None:
    rebuild(None, places).close()
    with open_archive(None, places) as archive:
        assert archive.store_path.is_relative_to(places.cache)


def test_a_bundled_pack_that_lost_its_list_is_damaged(supplied: Path, places: Places) -> None:
    (supplied.parent / "pack" / "tagmanifest-sha512.txt").unlink()
    with pytest.raises(DamagedFault):
        open_archive(None, places)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_the_owner_of_the_program_is_trusted_and_nobody_else(supplied: Path, places: Places) -> None:
    program = supplied.parent
    for path in (program, *program.rglob("*")):
        os.chown(path, 1000, -1)
    with open_archive(None, places) as archive:
        assert archive.store_path.is_relative_to(supplied)
    (folder,) = supplied.iterdir()
    os.chown(folder / "store.sqlite", 1001, -1)
    with open_archive(None, places) as archive:
        assert archive.store_path.is_relative_to(places.cache)
