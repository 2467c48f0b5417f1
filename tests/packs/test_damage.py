"""Packs that are damaged, forged or hostile: each refusal has its code, names its file, and opens nothing else."""

import hashlib
import os
import pickle
import random
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from jasic_desktop.core.languages import LANGUAGES
from jasic_desktop.packs import layout
from jasic_desktop.packs.bag import open_pack, verify
from jasic_desktop.packs.manifest import write_info, write_manifest
from jasic_desktop.packs.refusals import Code, DamagedPack
from tests.helpers.archives import make_pack, make_source

RECORDS = "data/records/0001.jsonl"


def found(path: Path) -> list[tuple[str, str]]:
    """File and code of each problem; the pack must not open as if it were whole."""
    result = verify(path)
    assert (result.state == "complete") == (not result.problems)
    for problem in result.problems:
        for language in LANGUAGES:
            sentence = problem.sentence(language)
            assert "{" not in sentence
            assert "\n" not in sentence
    return [(problem.file, str(problem.code)) for problem in result.problems]


def seal(pack: Path) -> None:
    """Make manifests and sums right again, as a forger would."""
    payload = sorted(path for path in (pack / "data").rglob("*") if path.is_file() and not path.is_symlink())
    sizes = {path.relative_to(pack).as_posix(): path.stat().st_size for path in payload}
    info = [("Payload-Oxum", f"{sum(sizes.values())}.{len(sizes)}")]
    (pack / layout.BAG_INFO).write_bytes(write_info(info))
    manifest(pack, layout.MANIFEST, list(sizes))
    manifest(pack, layout.TAG_MANIFEST, list(layout.TAGS))


def manifest(pack: Path, name: str, files: list[str]) -> None:
    digests = {file: hashlib.sha512((pack / file).read_bytes()).hexdigest() for file in files}
    (pack / name).write_bytes(write_manifest(digests))


def files_of(pack: Path) -> list[str]:
    return sorted(path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file())


def test_a_whole_pack_is_complete(small_pack: Path, small_file: Path) -> None:
    assert found(small_pack) == found(small_file) == []
    assert verify(small_pack).fingerprint == verify(small_file).fingerprint
    assert verify(small_pack).files == len(files_of(small_pack))


def test_a_sealed_pack_is_complete(pack: Path) -> None:
    seal(pack)
    assert found(pack) == []


def test_every_flipped_bit_is_found_and_named(pack: Path) -> None:
    seed = random.Random(7)
    flips = 1000 if os.environ.get("LONG_TESTS") else 120
    for _ in range(flips):
        name = seed.choice(files_of(pack))
        path = pack / name
        before = path.read_bytes()
        place = seed.randrange(len(before) * 8)
        after = bytearray(before)
        after[place // 8] ^= 1 << place % 8
        path.write_bytes(after)
        named = [file for file, _ in found(pack)]
        assert named, (name, place)
        # A changed tag manifest tells against the file that it no longer describes.
        assert name in named or name == layout.TAG_MANIFEST, (name, place, named)
        path.write_bytes(before)


def test_every_cut_off_file_is_found_and_named(pack: Path) -> None:
    for name in files_of(pack):
        before = (pack / name).read_bytes()
        for size in {0, 1, len(before) // 2, len(before) - 1}:
            (pack / name).write_bytes(before[:size])
            named = [file for file, _ in found(pack)]
            assert name in named or name == layout.TAG_MANIFEST, (name, size, named)
            assert named
        (pack / name).write_bytes(before)


def test_every_missing_file_is_named(pack: Path) -> None:
    for name in files_of(pack):
        before = (pack / name).read_bytes()
        (pack / name).unlink()
        assert (name, "P07") in found(pack)
        (pack / name).write_bytes(before)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("extra.txt", "P06"),
        ("whoosh_index/_MAIN_1.toc", "P06"),
        ("data/extra.json", "P06"),
        ("data/records/0002.jsonl", "P06"),
        ("data/records/1.jsonl", "P06"),
        ("data/media/a.png", "P06"),
        ("data/store.sqlite", "P06"),
        ("manifest-md5.txt", "P06"),
        ("fetch.txt", "P12"),
        ("Extra.txt", "P04"),
        ("data/media/con", "P04"),
        ("data/media/aux.txt", "P04"),
        ("data/media/a b.png", "P04"),
        ("data/media/a\nb", "P04"),
        ("data/media/~x", "P04"),
        ("data/media/a..b", "P04"),
        ("data/media/.hidden", "P04"),
        ("data/media/end.", "P04"),
        ("data/media/%2e%2e", "P04"),
        ("data/media/a:b", "P04"),
        ("data/media/a\\b", "P04"),
        ("data/media/-x", "P04"),
        ("data/media/" + "x" * 101, "P04"),
        ("data/media/é.png", "P04"),
        ("data/media/x/y.png", "P06"),
    ],
)
def test_every_extra_file_is_named(pack: Path, name: str, code: str) -> None:
    (pack / name).parent.mkdir(parents=True, exist_ok=True)
    (pack / name).write_bytes(b"x")
    assert code in [found_code for _, found_code in found(pack)]
    with pytest.raises(DamagedPack):
        open_pack(pack)


@pytest.mark.parametrize("name", ["empty", "data/empty", "data/records/deep", "data/a/b/c/d/e"])
def test_every_extra_folder_is_named(pack: Path, name: str) -> None:
    (pack / name).mkdir(parents=True)
    assert {code for _, code in found(pack)} & {"P06", "P13"}


def test_a_name_that_is_no_text_is_shown_safely(pack: Path) -> None:
    try:
        (Path(os.fsdecode(os.fsencode(pack) + b"/data/\xff\x1b[2Jx"))).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes only text for names")
    named = [file for file, code in found(pack) if code == "P04"]
    assert named == ["data/\ufffd\\x1b[2Jx"]


@pytest.mark.parametrize(("first", "second"), [("a.png", "A.png"), ("ß", "ss"), ("é", "e\u0301")])
def test_twins_are_refused(pack: Path, first: str, second: str) -> None:
    (pack / "data/media").mkdir()
    for name in (first, second):
        (pack / "data/media" / name).write_bytes(b"x")
    if len(list((pack / "data/media").iterdir())) == 1:
        pytest.skip("this file system takes them for one")
    assert "P05" in [code for _, code in found(pack)]


ODD: dict[str, Callable[[Path], object]] = {
    "link to a file": lambda path: path.symlink_to("/etc/passwd"),
    "link to a folder": lambda path: path.symlink_to("/etc"),
    "link in a circle": lambda path: path.symlink_to(path),
    "link to nothing": lambda path: path.symlink_to("nothing"),
    "pipe": os.mkfifo if hasattr(os, "mkfifo") else Path.touch,
    "folder": lambda path: path.mkdir(),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
@pytest.mark.parametrize("kind", ODD)
@pytest.mark.parametrize("name", [layout.BAGIT, layout.TAG_MANIFEST, layout.ARCHIVE, RECORDS, "data/media", "other"])
def test_nothing_but_files_and_nothing_is_followed(pack: Path, kind: str, name: str) -> None:
    path = pack / name
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    ODD[kind](path)
    if name == "data/media" and kind == "folder":
        assert found(pack) == []
    else:
        assert name in [file for file, _ in found(pack)]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets here")
def test_a_socket_is_refused(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pack)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")
        assert ("s", "P03") in found(pack)


def test_a_hard_link_is_a_file_like_any_other(pack: Path, tmp_path: Path) -> None:
    os.link(pack / RECORDS, tmp_path / "second")
    assert found(pack) == []


def test_a_huge_hole_is_refused_by_its_size(pack: Path) -> None:
    with (pack / RECORDS).open("r+b") as file:
        try:
            file.truncate(1 << 40)
        except OSError:
            pytest.skip("this file system has no such large files")
    assert (RECORDS, "P13") in found(pack)


def test_too_many_files_end_the_listing(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_FILES", 20)
    for number in range(40):
        (pack / f"{number}.txt").touch()
    assert "P13" in [code for _, code in found(pack)]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        (layout.BAGIT, b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n", "P10"),
        (layout.BAGIT, b"BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8\r\n", "P10"),
        (layout.BAG_INFO, b"Payload-Oxum: 1.1\n", "P11"),
        (layout.BAG_INFO, b"External-Identifier: x\n", "P11"),
        (layout.BAG_INFO, b"Payload-Oxum 1.1\n", "P11"),
        (layout.BAG_INFO, b"Payload-Oxum: \xff\n", "P11"),
        (layout.BAG_INFO, b"", "P11"),
        (layout.MANIFEST, b"", "P09"),
        (layout.MANIFEST, b"\n", "P09"),
        (layout.MANIFEST, b"abc  data/archive.json\n", "P09"),
        (layout.MANIFEST, b"a" * 128 + b" *data/archive.json\n", "P09"),
        (layout.MANIFEST, b"A" * 128 + b"  data/archive.json\n", "P09"),
        (layout.MANIFEST, b"a" * 128 + b"  data/archive.json", "P09"),
        (layout.MANIFEST, (b"a" * 128 + b"  data/archive.json\n") * 2, "P09"),
        (layout.MANIFEST, b"a" * 128 + b"  data/archive.json\n", "P08"),
        (layout.MANIFEST, b"a" * 128 + b"  ../archive.json\n", "P07"),
        (layout.MANIFEST, b"a" * 128 + b"  /etc/passwd\n", "P07"),
    ],
)
def test_forged_tag_files_are_refused(pack: Path, name: str, data: bytes, code: str) -> None:
    (pack / name).write_bytes(data)
    manifest(pack, layout.TAG_MANIFEST, list(layout.TAGS))
    assert code in [found_code for _, found_code in found(pack)]


def test_a_tag_manifest_lists_all_tag_files_and_no_other(pack: Path) -> None:
    for files in ([layout.BAGIT, layout.MANIFEST], [*layout.TAGS, layout.ARCHIVE], []):
        manifest(pack, layout.TAG_MANIFEST, files)
        assert (layout.TAG_MANIFEST, "P09") in found(pack)


def test_a_signature_may_stand_beside(pack: Path) -> None:
    signature = Path(__file__).parents[1] / "data" / "minisign" / "message.txt.minisig"
    (pack / layout.SIGNATURE).write_bytes(signature.read_bytes())
    assert found(pack) == []
    (pack / layout.SIGNATURE).write_bytes(b"x" * 5000)
    assert (layout.SIGNATURE, "P13") in found(pack)


def lines(pack: Path) -> list[bytes]:
    return (pack / RECORDS).read_bytes().splitlines(keepends=True)


FORGED: list[tuple[str, Callable[[list[bytes]], bytes], str, int]] = [
    ("twice", lambda old: b"".join([*old, old[-1]]), "P17", 14),
    ("out of order", lambda old: b"".join(reversed(old)), "P19", 2),
    ("unresolved", lambda old: b"".join(old[1:]), "P18", 0),
    ("empty", lambda old: b"", "P15", 1),
    ("no line feed", lambda old: b"".join(old)[:-1], "P15", 13),
    ("empty line", lambda old: b"".join([*old, b"\n"]), "P15", 14),
    ("spaces", lambda old: b"".join(old).replace(b":", b": ", 1), "P15", 1),
    ("an unknown field", lambda old: b"".join(old).replace(b'{"affil', b'{"a":1,"affil', 1), "P16", 1),
    ("another type", lambda old: b"".join(old).replace(b'"type":"person"', b'"type":"animal"', 1), "P16", 1),
    ("a repeated key", lambda old: b"".join(old).replace(b'"kind":', b'"kind":"worker","kind":', 1), "P15", 1),
    ("a default spelled out", lambda old: b"".join(old).replace(b'"kind":', b'"display":"full","kind":', 1), "P15", 1),
    ("not a number", lambda old: b"NaN\n" + b"".join(old), "P15", 1),
    ("endless digits", lambda old: b"9" * 5000 + b"\n" + b"".join(old), "P15", 1),
    ("a byte order mark", lambda old: b"\xef\xbb\xbf" + b"".join(old), "P15", 1),
    ("UTF-16", lambda old: b"".join(old).decode().encode("utf-16"), "P15", 0),
    ("a lone surrogate", lambda old: b"".join(old).replace(b'"worker"', b'"\\ud800"', 1), "P15", 1),
    ("a control character", lambda old: b"".join(old).replace(b"Shan Xin", b"Shan\\u0007Xin", 1), "P15", 1),
    ("turned text", lambda old: b"".join(old).replace(b"Shan Xin", "Shan\u202eXin".encode(), 1), "P15", 1),
    ("not composed", lambda old: b"".join(old).replace(b"Shan Xin", "Sha\u0301n Xin".encode(), 1), "P15", 1),
    ("escaped", lambda old: b"".join(old).replace(b"Shan Xin", b"\\u0053han Xin", 1), "P15", 1),
    ("deep", lambda old: b"[" * 100_000 + b"\n" + b"".join(old), "P15", 1),
    ("deep and valid", lambda old: b"[" * 90_000 + b"]" * 90_000 + b"\n" + b"".join(old), "P15", 1),
    ("long", lambda old: b'"' + b"x" * (1 << 20) + b'"\n' + b"".join(old), "P13", 1),
    ("many", lambda old: b"{}\n" * 257, "P13", 1),
    ("no text at all", lambda old: b"\x00" * 100 + b"\n", "P15", 1),
]


@pytest.mark.parametrize(("forge", "code", "line"), [case[1:] for case in FORGED], ids=[case[0] for case in FORGED])
def test_forged_records_are_refused_with_their_line(
    pack: Path, forge: Callable[[list[bytes]], bytes], code: str, line: int
) -> None:
    data = forge(lines(pack))
    assert data != b"".join(lines(pack))
    (pack / RECORDS).write_bytes(data)
    seal(pack)
    problems = [problem for problem in verify(pack).problems if problem.code == code]
    assert problems, found(pack)
    assert problems[0].file == RECORDS
    if line and code != "P13":
        assert problems[0].values["line"] == line
    if code not in ("P17", "P18", "P19"):
        with pytest.raises(DamagedPack), open_pack(pack) as opened:
            list(opened.records())


def test_blocks_of_pages_are_refused_in_a_pack(pack: Path) -> None:
    data = (pack / RECORDS).read_bytes()
    at = data.index(b'"narrative":{"en":[') + len(b'"narrative":{"en":[')
    (pack / RECORDS).write_bytes(data[:at] + b'{"rows":[],"t":"facts"},' + data[at:])
    seal(pack)
    assert (RECORDS, "P16") in found(pack)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"id":"mill"', b'"id":"Mill"', "P25"),
        (b"{", b" {", "P25"),
        (b'"id"', b'"id":1,"id"', "P25"),
        (b"\n", b"", "P25"),
    ],
)
def test_a_forged_description_is_refused(pack: Path, old: bytes, new: bytes, code: str) -> None:
    path = pack / layout.ARCHIVE
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    seal(pack)
    assert (layout.ARCHIVE, code) in found(pack)
    with pytest.raises(DamagedPack):
        open_pack(pack)


def test_record_files_are_numbered_without_gap(pack: Path) -> None:
    (pack / RECORDS).rename(pack / "data/records/0002.jsonl")
    seal(pack)
    assert "P19" in [code for _, code in found(pack)]


def test_media_must_be_described_and_be_what_they_are_called(tmp_path: Path) -> None:
    source = make_source(tmp_path / "source")
    (source / "media").mkdir()
    (source / "media/a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (source / "media/a.png.yaml").write_text("{caption: x, alt: x, creator: x, rights: own}", "utf-8")
    pack = make_pack(tmp_path, source)
    assert found(pack) == []
    with open_pack(pack) as opened:
        assert opened.read("data/media/a.png").startswith(b"\x89PNG")
    (pack / "data/media/a.png").write_bytes(b"GIF89a")
    seal(pack)
    assert set(found(pack)) == {("data/media/a.png", "P20")}
    (pack / "data/media/b.pdf").write_bytes(b"%PDF")
    seal(pack)
    assert ("data/media/b.pdf", "P20") in found(pack)


@pytest.mark.parametrize("kind", ["missing", "empty folder", "other folder", "empty file", "text file"])
def test_what_is_no_pack_is_called_none(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x"
    if "folder" in kind:
        path.mkdir()
    if kind == "other folder":
        (path / "notes.txt").write_text("x")
    if "file" in kind:
        path.write_text("x" * 100 * (kind == "text file"))
    assert verify(path).state == "damaged"
    with pytest.raises(DamagedPack) as caught:
        open_pack(path)
    assert str(path) in str(caught.value)


class Canary:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("place", ["whoosh_index", "index", "data/index", "data/media", "data/records"])
def test_a_planted_index_is_named_and_its_code_never_runs(pack: Path, tmp_path: Path, place: str) -> None:
    canary = tmp_path / "canary"
    folder = pack / place
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("_MAIN_1.toc", "MAIN_x.seg", "derived.json", "store.sqlite"):
        (folder / name).write_bytes(pickle.dumps(Canary(canary)))
    assert f"{place}/_MAIN_1.toc" in [file for file, _ in found(pack)]
    with pytest.raises(DamagedPack):
        open_pack(pack)
    seal(pack)
    assert verify(pack).state == "damaged"
    assert not canary.exists()


def test_what_is_read_is_what_was_hashed(pack: Path) -> None:
    """A file exchanged after the pack was opened is not given out."""
    with open_pack(pack) as opened:
        (pack / RECORDS).write_bytes(b"".join(lines(pack)).replace(b"Shan", b"Shen"))
        with pytest.raises(DamagedPack) as caught:
            list(opened.records())
        assert [problem.code for problem in caught.value.problems] == [Code.DIGEST]
        (pack / RECORDS).unlink()
        with pytest.raises(DamagedPack):
            opened.read(RECORDS)
        with pytest.raises(DamagedPack):
            opened.read_raw(RECORDS)


def test_a_pack_is_read_where_nothing_may_be_written(pack: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in pack.rglob("*")}
    for path in (*pack.rglob("*"), pack):
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        assert verify(pack).state == "complete"
        with open_pack(pack) as opened:
            assert len(list(opened.records())) == 13
        assert {path: path.stat().st_mtime_ns for path in pack.rglob("*")} == before
    finally:
        for path in (pack, *pack.rglob("*")):
            path.chmod(0o700)


def test_a_pack_dated_long_ago_or_to_come_opens(pack: Path) -> None:
    for when in (0, 4_100_000_000):
        for path in pack.rglob("*"):
            os.utime(path, (when, when))
        assert verify(pack).state == "complete"
