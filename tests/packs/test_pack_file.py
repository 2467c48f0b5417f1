"""A pack as one file: a plain zip to everybody else, and one single form of zip to us."""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jasic_desktop.packs.bag import open_pack, verify
from jasic_desktop.packs.refusals import DamagedPack


def codes(path: Path) -> list[str]:
    return [str(problem.code) for problem in verify(path).problems]


def rewritten(path: Path, method: int = zipfile.ZIP_STORED, **options: object) -> zipfile.ZipFile:
    """A zip with the same entries, made by another program; more can be added to it."""
    with zipfile.ZipFile(path) as old:
        entries = [(info, old.read(info)) for info in old.infolist()]
    new = zipfile.ZipFile(path, "w", method)
    for info, data in entries:
        kept = zipfile.ZipInfo(info.filename, info.date_time)
        kept.external_attr, kept.create_system, kept.compress_type = info.external_attr, info.create_system, method
        for name, value in options.items():
            setattr(kept, name, value)
        new.writestr(kept, data)
    return new


def test_other_programs_read_it(small_file: Path, small_pack: Path) -> None:
    with zipfile.ZipFile(small_file) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert {name.split("/")[0] for name in names} == {"mill-1.0"}
        assert archive.read("mill-1.0/bagit.txt") == (small_pack / "bagit.txt").read_bytes()
        assert all(info.compress_type == zipfile.ZIP_STORED for info in archive.infolist())


def test_it_holds_what_the_folder_holds(small_file: Path, small_pack: Path) -> None:
    with open_pack(small_file) as one, open_pack(small_pack) as other:
        assert one.fingerprint == other.fingerprint
        assert one.archive == other.archive
        assert list(one.records()) == list(other.records())
        assert set(one.names) == set(other.names)
        assert one.size == other.size


def test_the_form_is_the_one_that_pythons_zipfile_writes(pack_file: Path) -> None:
    rewritten(pack_file).close()
    assert codes(pack_file) == []


def test_every_flipped_bit_is_found(pack_file: Path) -> None:
    seed = random.Random(11)
    whole = pack_file.read_bytes()
    directory = whole.index(b"PK\x01\x02")
    places = [seed.randrange(len(whole)) for _ in range(60)]
    places += [seed.randrange(directory, len(whole)) for _ in range(60)]
    places += [seed.randrange(0, 60) for _ in range(30)]
    for place in places:
        data = bytearray(whole)
        data[place] ^= 1 << seed.randrange(8)
        pack_file.write_bytes(data)
        assert verify(pack_file).state == "damaged", place


@pytest.mark.parametrize("size", [0, 1, 21, 22, 100])
def test_a_file_cut_off_is_refused(pack_file: Path, size: int) -> None:
    data = pack_file.read_bytes()
    pack_file.write_bytes(data[:size])
    assert codes(pack_file)
    pack_file.write_bytes(data[: len(data) - size - 1])
    assert codes(pack_file)


def end(data: bytes, **fields: int) -> bytes:
    """The end record with other values."""
    names = ("signature", "disk", "start", "here", "count", "size", "offset", "comment")
    values = dict(zip(names, struct.unpack("<4sHHHHIIH", data[-22:]), strict=True)) | fields
    return data[:-22] + struct.pack("<4sHHHHIIH", *values.values())


TRICKS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "bytes before": (lambda data: b"#!/bin/sh\n" + data, "P23"),
    "bytes behind": (lambda data: data + b"x", "P21"),
    "a comment": (lambda data: end(data, comment=1) + b"x", "P21"),
    "several disks": (lambda data: end(data, disk=1), "P21"),
    "fewer entries than are there": (lambda data: end(data, here=2, count=2), "P23"),
    "more entries than are there": (lambda data: end(data, here=99, count=99), "P21"),
    "millions of entries": (lambda data: end(data, here=65535, count=65535), "P21"),
    "directory elsewhere": (lambda data: end(data, offset=0), "P23"),
    "directory out of the file": (lambda data: end(data, offset=2**31), "P23"),
    "zip64": (lambda data: end(data, offset=0xFFFFFFFF, size=0xFFFFFFFF), "P23"),
    "a second zip appended": (lambda data: data + data, "P23"),
    "another name in the local header": (lambda data: data.replace(b"bagit.txt", b"bagit.exe", 1), "P24"),
    "another name in the directory": (
        lambda data: (
            data[: data.index(b"PK\x01\x02")] + data[data.index(b"PK\x01\x02") :].replace(b"bagit.txt", b"bagit.exe", 1)
        ),
        "P24",
    ),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_with_the_structure_are_refused(pack_file: Path, trick: str) -> None:
    change, code = TRICKS[trick]
    pack_file.write_bytes(change(pack_file.read_bytes()))
    assert code in codes(pack_file), codes(pack_file)
    with pytest.raises(DamagedPack):
        open_pack(pack_file)


def test_compressed_entries_are_refused(pack_file: Path) -> None:
    rewritten(pack_file, zipfile.ZIP_DEFLATED).close()
    assert "P22" in codes(pack_file)


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    path = tmp_path / "bomb.jasicpack"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mill-1.0/bagit.txt", bytes(64 << 20))
    assert codes(path) == ["P22"]


def test_encrypted_entries_are_refused(pack_file: Path) -> None:
    data = bytearray(pack_file.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    pack_file.write_bytes(data)
    assert "P22" in codes(pack_file)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("mill-1.0/../../evil", "P04"),
        ("mill-1.0//etc/passwd", "P04"),
        ("mill-1.0/data/media/C:x", "P04"),
        ("mill-1.0/data/media/a\\b", "P04"),
        ("mill-1.0/data/media/", "P04"),
        ("mill-1.0/bagit.txt", "P05"),
        ("mill-1.0/extra", "P06"),
        ("other/extra", "P01"),
        ("extra", "P01"),
        ("/etc/passwd", "P01"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_odd_names_are_refused(pack_file: Path, name: str, code: str) -> None:
    with rewritten(pack_file) as archive:
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        info.external_attr, info.create_system = 0o100644 << 16, 3
        archive.writestr(info, b"x")
    assert code in codes(pack_file), codes(pack_file)


@pytest.mark.parametrize(
    "options",
    [
        {"external_attr": 0o120777 << 16},
        {"external_attr": 0o100755 << 16},
        {"create_system": 0},
        {"comment": b"x"},
        {"extra": b"\x01\x00\x00\x00"},
        {"date_time": (2020, 1, 1, 0, 0, 0)},
    ],
)
def test_another_form_of_header_is_refused(pack_file: Path, options: dict[str, object]) -> None:
    rewritten(pack_file, **options).close()
    assert "P24" in codes(pack_file) or "P21" in codes(pack_file)


def test_a_name_that_is_not_ascii_is_refused(pack_file: Path) -> None:
    with rewritten(pack_file) as archive:
        archive.writestr("mill-1.0/data/media/图.png", b"x")
    assert "P24" in codes(pack_file)


def test_no_entry_at_all(tmp_path: Path) -> None:
    path = tmp_path / "empty.jasicpack"
    path.write_bytes(b"PK\x05\x06" + bytes(18))
    assert codes(path) == ["P01"]


def test_it_stays_the_same_file_whatever_its_name_leads_to(pack_file: Path, tmp_path: Path) -> None:
    with open_pack(pack_file) as opened:
        (tmp_path / "other").write_bytes(b"x")
        (tmp_path / "other").replace(pack_file)
        assert len(list(opened.records())) == 13
    with pytest.raises(DamagedPack):
        list(opened.records())


def test_a_link_that_the_person_gives_is_followed(pack_file: Path, tmp_path: Path) -> None:
    (tmp_path / "link.jasicpack").symlink_to(pack_file)
    assert codes(tmp_path / "link.jasicpack") == []


def test_random_bytes_are_no_pack(tmp_path: Path) -> None:
    seed = random.Random(3)
    path = tmp_path / "x.jasicpack"
    for _ in range(50):
        data = io.BytesIO(seed.randbytes(seed.randrange(200)))
        path.write_bytes(data.getvalue() + b"PK\x05\x06" + seed.randbytes(18))
        assert verify(path).state == "damaged"
