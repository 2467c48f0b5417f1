"""Building: a bag that others accept, the same bytes every time, whole or not at all."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import bagit
import msgspec
import pytest

from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Cancelled, NotWrittenFault, UsageFault
from jasic_desktop.packs import layout
from jasic_desktop.packs.bag import open_pack, verify
from jasic_desktop.packs.build import build, write_pack
from jasic_desktop.packs.problems import SourceFault
from jasic_desktop.packs.record_lines import encode, record_files
from jasic_desktop.packs.source import read_source
from tests.helpers.archives import make_pack, make_source, names


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_library_of_congress_accepts_the_bag(small_pack: Path, tmp_path: Path) -> None:
    bag = bagit.Bag(str(shutil.copytree(small_pack, tmp_path / "bag")))
    bag.validate()
    assert bag.info["External-Identifier"] == "mill@1.0"
    assert bag.info["Bagging-Date"] == "2020-06-30"
    assert bag.info["Record-Count"] == "13"
    assert any(line.startswith("opencc ") for line in bag.info["Built-With"])
    (tmp_path / "bag/data/archive.json").write_bytes(b"{}\n")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(tmp_path / "bag")).validate()


def test_two_builds_are_the_same_bytes(small_source: Path, small_pack: Path, small_file: Path, tmp_path: Path) -> None:
    elsewhere = shutil.copytree(small_source, tmp_path / "deeper" / "copy")
    for path in elsewhere.rglob("*"):
        os.utime(path, (1, 1))
    assert contents(make_pack(tmp_path, elsewhere)) == contents(small_pack)
    assert make_pack(tmp_path, elsewhere, "x.jasicpack").read_bytes() == small_file.read_bytes()


def test_another_process_in_another_place_and_time_builds_the_same(
    small_pack: Path, small_source: Path, tmp_path: Path
) -> None:
    code = (
        "import sys; from pathlib import Path; from jasic_desktop.packs.build import build;"
        "build(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    root = Path(__file__).resolve().parents[2]
    env = {**os.environ, "TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONPATH": str(root)}
    subprocess.run([sys.executable, "-c", code, small_source, tmp_path / "pack"], check=True, cwd=tmp_path, env=env)
    assert contents(tmp_path / "pack") == contents(small_pack)


def test_what_is_built_is_what_was_read(small_source: Path, small_pack: Path, small_file: Path) -> None:
    source = read_source(small_source)
    for path in (small_pack, small_file):
        with open_pack(path) as pack:
            assert pack.archive == source.archive
            assert tuple(pack.records()) == source.records


def test_every_line_is_canonical_json_in_sorted_order(small_pack: Path) -> None:
    import json
    import unicodedata

    for line in (small_pack / "data/records/0001.jsonl").read_text("utf-8").splitlines():
        assert unicodedata.is_normalized("NFC", line)
        assert line == json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_record_files_keep_their_limits(small_source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = read_source(small_source).records
    many = [msgspec.structs.replace(records[0], id=f"r{number:04}") for number in range(600)]
    assert [data.count(b"\n") for data in record_files(many)] == [256, 256, 88]
    monkeypatch.setattr(layout, "RECORD_FILE_BYTES", 3 * len(encode(many[0])))
    assert {data.count(b"\n") for data in record_files(many)} == {3}
    assert b"".join(record_files(many)) == b"".join(map(encode, many))


def test_a_record_that_is_too_large_is_named(
    small_source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "RECORD_BYTES", 1500)
    with pytest.raises(SourceFault) as caught:
        build(small_source, tmp_path / "pack")
    assert caught.value.problems[0].code == "record_too_large"
    assert names(tmp_path) == []


def test_a_source_with_errors_builds_nothing(tmp_path: Path) -> None:
    source = make_source(tmp_path / "source", {"person/shan-xin": {"kind": "dancer"}})
    for name in ("pack", "p.jasicpack"):
        with pytest.raises(SourceFault) as caught:
            build(source, tmp_path / name)
        assert [problem.code for problem in caught.value.problems] == ["not_in_vocabulary"]
    assert names(tmp_path) == ["source"]


def test_warnings_do_not_keep_it_from_being_built(tmp_path: Path) -> None:
    source = make_source(tmp_path / "source", {"place/willow-town": {"summary": None}})
    assert verify(build(source, tmp_path / "pack").path).state == "complete"


@pytest.mark.parametrize("name", ["pack", "p.jasicpack"])
def test_what_exists_is_replaced_only_with_force(small_source: Path, tmp_path: Path, name: str) -> None:
    first = build(small_source, tmp_path / name)
    newer = make_source(tmp_path / "newer", {"place/willow-town": {"summary": "Another."}})
    with pytest.raises(NotWrittenFault) as caught:
        build(newer, tmp_path / name)
    assert caught.value.key == "core.exists"
    assert verify(tmp_path / name).fingerprint == first.fingerprint
    second = build(newer, tmp_path / name, force=True)
    assert verify(tmp_path / name).fingerprint == second.fingerprint != first.fingerprint
    assert sorted(names(tmp_path)) == sorted(["newer", name])


def test_force_replaces_nothing_but_packs(small_source: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/letter.txt").write_text("dear")
    (tmp_path / "file").write_text("dear")
    (tmp_path / "folder.jasicpack").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "home")
    for name in ("home", "file", "folder.jasicpack", "link"):
        with pytest.raises(NotWrittenFault):
            build(small_source, tmp_path / name, force=True)
    assert (tmp_path / "home/letter.txt").read_text() == "dear"
    (tmp_path / "empty").mkdir()
    assert build(small_source, tmp_path / "empty", force=True).records == 13


@pytest.mark.parametrize("where", ["source", "source/pack", "source/records/p.jasicpack", "."])
def test_a_pack_is_not_built_into_its_source(tmp_path: Path, where: str) -> None:
    make_source(tmp_path / "source")
    before = contents(tmp_path)
    with pytest.raises(UsageFault):
        build(tmp_path / "source", tmp_path / where, force=True)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["pack", "p.jasicpack"])
@pytest.mark.parametrize("step", ["packs.step_reading", "packs.step_checking", "packs.step_writing"])
def test_a_cancelled_build_leaves_nothing(small_source: Path, tmp_path: Path, name: str, step: str) -> None:
    reached: list[str] = []
    progress = Progress(lambda now, done, total: reached.append(now), lambda: step in reached)
    with pytest.raises(Cancelled):
        build(small_source, tmp_path / name, progress=progress)
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["pack", "p.jasicpack"])
def test_a_full_disk_leaves_nothing(small_source: Path, tmp_path: Path, name: str) -> None:
    resource = pytest.importorskip("resource")
    source = read_source(small_source)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(NotWrittenFault):
            write_pack(source, tmp_path / name)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert names(tmp_path) == []
    assert verify(write_pack(source, tmp_path / name).path).state == "complete"


def test_a_medium_that_changes_meanwhile_stops_the_build(tmp_path: Path) -> None:
    folder = make_source(tmp_path / "source")
    (folder / "media").mkdir()
    (folder / "media/a.pdf").write_bytes(b"one")
    (folder / "media/a.pdf.yaml").write_text("{caption: x, alt: x, creator: x, rights: own}", "utf-8")
    source = read_source(folder)
    assert write_pack(source, tmp_path / "whole").files == 7
    for change, code in (
        (lambda: (folder / "media/a.pdf").write_bytes(b"two"), "file_changed"),
        ((folder / "media/a.pdf").unlink, "file_missing"),
    ):
        change()
        with pytest.raises(SourceFault) as caught:
            write_pack(source, tmp_path / "pack")
        assert [problem.code for problem in caught.value.problems] == [code]
        assert not (tmp_path / "pack").exists()


def test_the_bundled_archive_is_the_same_from_pack_and_source(root: Path, tmp_path: Path) -> None:
    """The whole of the real archive: read without errors, written, verified, and read back equal."""
    source = read_source(root / "archive")
    built = write_pack(source, tmp_path / "pack")
    assert verify(built.path).problems == ()
    with open_pack(built.path) as pack:
        assert tuple(pack.records()) == source.records
