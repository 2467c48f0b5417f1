"""Packs and their signatures: three states, and none that a wrong signature could reach."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from jasic_desktop.app.context import open_archive
from jasic_desktop.app.maker import Standing, standing_of
from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.core.paths import Places
from jasic_desktop.packs.bag import Verification, open_pack, verify
from jasic_desktop.packs.layout import SIGNATURE, TAG_MANIFEST
from jasic_desktop.packs.library import Library
from jasic_desktop.packs.minisign import SecretKey, new_key, read_signature, sign, write_public_key, write_signature
from jasic_desktop.packs.refusals import Code, DamagedPack
from jasic_desktop.packs.signing import sign_pack
from jasic_desktop.packs.trust import trusted_keys
from tests.helpers.archives import make_pack, make_source

needs_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs an administrator")


@pytest.fixture(scope="module")
def key() -> SecretKey:
    return new_key()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return replace(Places.of(tmp_path / "profile"), system=tmp_path / "system", machine=tmp_path / "machine")


def trust(folder: Path, key: SecretKey, name: str = "The Editors", file: str = "editors.pub") -> Path:
    """Lay the public part of `key` among the keys below `folder`."""
    (folder / "keys").mkdir(parents=True, exist_ok=True)
    path = folder / "keys" / file
    path.write_bytes(write_public_key(replace(key.public_key, comment=name)))
    path.chmod(0o644)
    return path


def looked_at(path: Path, places: Places) -> Verification:
    return verify(path, keys=trusted_keys(places).keys)


@pytest.mark.parametrize("kind", ["pack", "pack_file"])
def test_a_signed_pack_is_verified_where_its_key_counts(
    kind: str, key: SecretKey, places: Places, request: pytest.FixtureRequest
) -> None:
    path = request.getfixturevalue(kind)
    before = verify(path)
    sign_pack(path, key)
    unknown = looked_at(path, places)
    assert (unknown.state, unknown.fingerprint, unknown.files) == ("complete", before.fingerprint, before.files + 1)
    assert unknown.signed is not None
    assert unknown.signed.signer is None
    assert key.public_key.id in Standing.of(unknown).maker("en")
    trust(places.config, key)
    known = looked_at(path, places)
    assert known.state == "verified"
    assert Standing.of(known).words("en") == "Verified, signed by The Editors"
    assert known.signed is not None
    assert known.signed.comment == "pack=mill version=1.0 seq=1 made=2020-06-30"
    assert standing_of(path, before.fingerprint or "", places) == Standing.of(known)


def test_an_unsigned_pack_is_complete(small_pack: Path, places: Places) -> None:
    result = looked_at(small_pack, places)
    assert (result.state, result.signed) == ("complete", None)
    assert Standing.of(result).words("en") == "Complete, maker unknown"
    assert standing_of(small_pack, result.fingerprint or "", places) == Standing("complete")


def test_signing_leaves_all_else_as_it_was(pack_file: Path, small_file: Path, key: SecretKey, tmp_path: Path) -> None:
    sign_pack(pack_file, key)
    with open_pack(small_file) as before, open_pack(pack_file) as after:
        assert after.in_order == (*before.in_order, SIGNATURE)
        assert all(before.read_raw(name) == after.read_raw(name) for name in before.names)
    with pytest.raises(NotWrittenFault, match="signed already"):
        sign_pack(pack_file, key)
    other = new_key()
    sign_pack(pack_file, other, force=True)
    with open_pack(pack_file) as again:
        assert again.in_order == after.in_order
        assert read_signature(again.read_raw(SIGNATURE)).number == other.number


def test_nobody_signs_what_is_damaged(pack: Path, key: SecretKey) -> None:
    (pack / "data/records/0001.jsonl").write_bytes(b"x")
    with pytest.raises(DamagedPack):
        sign_pack(pack, key)
    assert not (pack / SIGNATURE).exists()


def of_another_pack(pack: Path, key: SecretKey, tmp_path: Path) -> bytes:
    source = make_source(tmp_path / "other", {"place/willow-town": {"summary": "Another."}})
    other = make_pack(tmp_path, source, "other-pack")
    sign_pack(other, key)
    return (other / SIGNATURE).read_bytes()


def with_another_comment(pack: Path, key: SecretKey, tmp_path: Path) -> bytes:
    return (pack / SIGNATURE).read_bytes().replace(b"seq=1", b"seq=9")


def with_the_number_of_a_known_key(pack: Path, key: SecretKey, tmp_path: Path) -> bytes:
    stranger = replace(new_key(), number=key.number)
    return write_signature(sign(stranger, (pack / TAG_MANIFEST).read_bytes(), "pack=mill"))


def one_bit_off(pack: Path, key: SecretKey, tmp_path: Path) -> bytes:
    signature = read_signature((pack / SIGNATURE).read_bytes())
    return write_signature(replace(signature, signature=bytes([signature.signature[0] ^ 1, *signature.signature[1:]])))


@pytest.mark.parametrize("tamper", [of_another_pack, with_another_comment, with_the_number_of_a_known_key, one_bit_off])
def test_a_signature_that_its_key_denies_is_damage_everywhere(
    tamper: object, pack: Path, key: SecretKey, places: Places, tmp_path: Path
) -> None:
    sign_pack(pack, key)
    trust(places.config, key)
    assert looked_at(pack, places).state == "verified"
    (pack / SIGNATURE).write_bytes(tamper(pack, key, tmp_path))  # type: ignore[operator]
    result = looked_at(pack, places)
    assert result.state == "damaged"
    assert [(problem.file, problem.code) for problem in result.problems] == [(SIGNATURE, Code.NOT_SIGNED_BY)]
    assert "The Editors" in result.problems[0].sentence("en")
    assert standing_of(pack, result.fingerprint or "", places).state == "damaged"
    with pytest.raises(DamagedPack, match="minisig"):
        Library(places).install(pack)
    with pytest.raises(DamagedPack, match="minisig"):
        open_archive(str(pack), places)


@pytest.mark.parametrize("data", [b"", b"x", b"untrusted comment: x\n" * 4, b"\xff" * 100, b"a" * 5000])
def test_a_malformed_signature_is_damage_with_or_without_keys(pack: Path, places: Places, data: bytes) -> None:
    (pack / SIGNATURE).write_bytes(data)
    result = verify(pack)
    assert result.state == "damaged"
    assert {problem.file for problem in result.problems} == {SIGNATURE}
    with pytest.raises(DamagedPack):
        open_pack(pack)


def test_a_signature_that_was_cut_short_can_be_replaced(pack: Path, key: SecretKey) -> None:
    sign_pack(pack, key)
    data = (pack / SIGNATURE).read_bytes()
    (pack / SIGNATURE).write_bytes(data[:-3])
    with pytest.raises(DamagedPack):
        sign_pack(pack, key)
    sign_pack(pack, key, force=True)
    assert (pack / SIGNATURE).read_bytes() == data


def test_a_signature_that_was_taken_away_leaves_a_complete_pack(pack: Path, key: SecretKey, places: Places) -> None:
    trust(places.config, key)
    sign_pack(pack, key)
    (pack / SIGNATURE).unlink()
    assert looked_at(pack, places).state == "complete"


def test_damage_is_not_covered_by_a_good_signature(pack: Path, key: SecretKey, places: Places) -> None:
    trust(places.config, key)
    sign_pack(pack, key)
    (pack / "data/records/0001.jsonl").write_bytes(b"x")
    result = looked_at(pack, places)
    assert result.state == "damaged"
    assert "0001.jsonl" in Standing.of(result).words("en")


def test_an_installed_pack_keeps_its_signature_and_gets_a_later_one(pack: Path, key: SecretKey, places: Places) -> None:
    trust(places.config, key)
    library = Library(places)
    entry = library.install(pack)
    assert standing_of(entry.path, entry.fingerprint, places).state == "complete"
    sign_pack(pack, key)
    assert library.install(pack).path == entry.path
    assert standing_of(entry.path, entry.fingerprint, places).state == "verified"
    with open_archive(entry.name, places) as opened:
        assert opened.standing.words("en") == "Verified, signed by The Editors"


# ------------------------------------------------------------------------------------------------- which keys count


def test_no_key_is_made_up(places: Places) -> None:
    assert trusted_keys(places) == replace(trusted_keys(places), keys=(), faults=())


@needs_root
def test_the_machine_comes_before_the_person(places: Places, key: SecretKey) -> None:
    trust(places.machine, key, "The Library")
    trust(places.config, key, "My Own Name For It")
    (found,) = trusted_keys(places).keys
    assert (found.name, found.whose) == ("The Library", "system")


@needs_root
@pytest.mark.parametrize("what", ["file", "folder", "owner", "link"])
def test_a_key_of_the_machine_that_others_could_have_written_does_not_count(
    places: Places, key: SecretKey, what: str, tmp_path: Path
) -> None:
    path = trust(places.machine, key)
    if what == "file":
        path.chmod(0o666)
    elif what == "folder":
        path.parent.chmod(0o777)
    elif what == "owner":
        shutil.chown(path, 65534)
    else:
        path.rename(tmp_path / "real.pub")
        path.symlink_to(tmp_path / "real.pub")
    found = trusted_keys(places)
    assert found.keys == ()
    assert [fault.key for fault in found.faults] == ["packs.key_not_private"]


def test_a_key_of_a_person_that_others_could_have_written_does_not_count(places: Places, key: SecretKey) -> None:
    trust(places.config, key).chmod(0o666)
    assert [fault.key for fault in trusted_keys(places).faults] == ["packs.key_not_private"]


@pytest.mark.parametrize("data", [b"", b"x" * 10_000, b"untrusted comment: x\nRWQ=\n", b"\xff"])
def test_a_bad_key_file_is_told_and_keeps_no_other_from_counting(places: Places, key: SecretKey, data: bytes) -> None:
    trust(places.config, key)
    bad = places.config / "keys" / "bad.pub"
    bad.write_bytes(data)
    bad.chmod(0o644)
    found = trusted_keys(places)
    assert [one.name for one in found.keys] == ["The Editors"]
    assert [fault.key for fault in found.faults] == ["packs.no_key"]
    assert "bad.pub" in str(found.faults[0])


def test_another_key_with_the_number_of_a_known_one_does_not_count(places: Places, key: SecretKey) -> None:
    trust(places.config, key, file="a.pub")
    trust(places.config, replace(new_key(), number=key.number), "Somebody Else", file="b.pub")
    found = trusted_keys(places)
    assert [one.name for one in found.keys] == ["The Editors"]
    assert [fault.key for fault in found.faults] == ["packs.key_twice"]


@pytest.mark.parametrize(
    ("comment", "name"),
    [
        ("", "editors"),
        ("minisign public key 0123456789ABCDEF", "editors"),
        ("佳士档案编者", "佳士档案编者"),
        ("Verified\x1b[31m\u202e", "Verified\\x1b[31m\\x202e"),
        ("x" * 300, "x" * 80),
    ],
)
def test_the_name_of_a_signer_is_one_line(places: Places, key: SecretKey, comment: str, name: str) -> None:
    path = trust(places.config, key)
    line = path.read_text("utf-8").splitlines()[1]
    path.write_text(f"untrusted comment: {comment}\n{line}\n", "utf-8")
    assert [one.name for one in trusted_keys(places).keys] == [name]
