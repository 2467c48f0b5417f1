"""Keys and signatures of minisign: those its own program made, ours that it accepts, and whatever is neither."""

from __future__ import annotations

import base64
import contextlib
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jasic_desktop.packs.minisign import (
    Effort,
    MinisignFault,
    PublicKey,
    is_encrypted,
    is_good,
    new_key,
    read_public_key,
    read_secret_key,
    read_signature,
    sign,
    write_public_key,
    write_secret_key,
    write_signature,
)

DATA = Path(__file__).parents[1] / "data" / "minisign"
"""Made with minisign 0.11; the password of sealed.key is PASSWORD."""
PASSWORD = "horse 密码"
QUICK = Effort(1 << 15, 1 << 24)
MESSAGE = (DATA / "message.txt").read_bytes()


def public(name: str) -> PublicKey:
    return read_public_key((DATA / f"{name}.pub").read_bytes())


@pytest.mark.parametrize(
    ("name", "key", "prehashed"), [("", "plain", True), (".legacy", "plain", False), (".sealed", "sealed", True)]
)
def test_what_minisign_signed_is_good(name: str, key: str, prehashed: bool) -> None:
    data = (DATA / f"message.txt{name}.minisig").read_bytes()
    signature = read_signature(data)
    assert is_good(signature, MESSAGE, public(key))
    assert signature.prehashed is prehashed
    assert signature.id == public(key).id
    assert write_signature(signature) == data
    assert not is_good(signature, MESSAGE + b"\n", public(key))
    assert not is_good(signature, MESSAGE, public("other"))
    # The number of a key proves nothing.
    assert not is_good(signature, MESSAGE, replace(public("other"), number=public(key).number))


def test_the_number_is_shown_as_minisign_shows_it() -> None:
    comment = (DATA / "plain.pub").read_text("utf-8").splitlines()[0]
    assert comment.endswith(public("plain").id)
    assert write_public_key(public("plain")) == (DATA / "plain.pub").read_bytes()


def test_no_byte_of_a_signature_can_be_changed() -> None:
    data = (DATA / "message.txt.minisig").read_bytes()
    key = public("plain")
    begin, end = len(data.split(b"\n")[0]) + 1, len(data)
    for at in range(begin, end):
        for bit in (0, 5):
            changed = bytearray(data)
            changed[at] ^= 1 << bit
            try:
                signature = read_signature(bytes(changed))
            except MinisignFault:
                continue
            assert not is_good(signature, MESSAGE, key), at


def test_the_trusted_comment_is_signed_and_the_other_is_not() -> None:
    signature = read_signature((DATA / "message.txt.minisig").read_bytes())
    assert signature.trusted_comment == "pack=mill seq=1 made=2020-06-30"
    assert not is_good(replace(signature, trusted_comment="pack=mill seq=9 made=2020-06-30"), MESSAGE, public("plain"))
    assert is_good(replace(signature, comment="anything"), MESSAGE, public("plain"))


def test_the_secret_keys_of_minisign_are_read() -> None:
    plain = (DATA / "plain.key").read_bytes()
    assert not is_encrypted(plain)
    key = read_secret_key(plain)
    assert (key.number, key.public) == (public("plain").number, public("plain").key)
    assert is_encrypted((DATA / "sealed.key").read_bytes())


def test_a_sealed_key_of_minisign_is_opened_by_its_password() -> None:
    sealed = (DATA / "sealed.key").read_bytes()
    try:
        key = read_secret_key(sealed, PASSWORD)
    except MinisignFault as fault:
        assert fault.flaw == "effort"
        pytest.skip("this takes one gigabyte of memory")
    assert (key.number, key.public) == (public("sealed").number, public("sealed").key)
    assert is_good(sign(key, b"x", "c"), b"x", public("sealed"))


@given(message=st.binary(max_size=200), comment=st.text(st.characters(exclude_categories=["C", "Z"]), max_size=60))
def test_what_we_sign_is_good_and_survives_its_form(message: bytes, comment: str) -> None:
    key = new_key()
    signature = read_signature(write_signature(sign(key, message, comment)))
    assert is_good(signature, message, key.public_key)
    assert not is_good(signature, message + b"\0", key.public_key)
    assert signature.trusted_comment == comment


@pytest.mark.parametrize("password", ["", "a", "长 的 密码", "x" * 500])
def test_our_secret_keys_survive_their_form(password: str) -> None:
    key = new_key()
    data = write_secret_key(key, password, QUICK)
    assert is_encrypted(data) is bool(password)
    assert read_secret_key(data, password) == key
    if password:
        assert base64.b64encode(key.seed) not in data
        with pytest.raises(MinisignFault) as caught:
            read_secret_key(data, password + "?")
        assert caught.value.flaw == "password"


@pytest.mark.parametrize("effort", [Effort(1 << 25, 1 << 40), Effort(1 << 60, 1 << 24), Effort(0, 0)])
def test_a_key_that_asks_for_too_much_is_refused_at_once(effort: Effort) -> None:
    line = write_secret_key(new_key(), "x", QUICK).decode().splitlines()[1]
    raw = bytearray(base64.b64decode(line))
    raw[38:54] = effort.operations.to_bytes(8, "little") + effort.memory.to_bytes(8, "little")
    with pytest.raises(MinisignFault) as caught:
        read_secret_key(b"untrusted comment: x\n" + base64.b64encode(bytes(raw)) + b"\n", "x")
    assert caught.value.flaw == "effort"


BAD = [
    b"",
    b"\n",
    b"x",
    b"\xff\xfe" * 50,
    b"untrusted comment: x\n",
    b"untrusted comment: x\n====\n",
    b"untrusted comment: x\nRWQ=\n",
    b"untrusted comment: x\nRWQ\xc3\xa4\n",
    b"comment: x\n" + b"A" * 56 + b"\n",
    b"untrusted comment: x\n" + b"A" * 56 + b"\n",
    b"untrusted comment: x\n" + b"A" * 10_000,
    b"untrusted comment: x\n" * 300,
    b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE=\n-----END OPENSSH PRIVATE KEY-----\n",
    b"\0" * 4097,
]


@pytest.mark.parametrize("data", BAD)
@pytest.mark.parametrize("read", [read_public_key, read_signature, read_secret_key, is_encrypted])
def test_what_is_none_is_refused(read: object, data: bytes) -> None:
    with pytest.raises(MinisignFault):
        read(data)  # type: ignore[operator]


@given(data=st.binary(max_size=300))
def test_no_bytes_break_a_reader(data: bytes) -> None:
    for read in (read_public_key, read_signature, read_secret_key):
        for text in (data, b"untrusted comment: x\n" + base64.b64encode(data) + b"\n"):
            with contextlib.suppress(MinisignFault):
                read(text)


@pytest.mark.parametrize("name", ["plain.pub", "message.txt.minisig", "plain.key"])
def test_one_is_not_taken_for_another_and_windows_line_ends_are_read(name: str) -> None:
    data = (DATA / name).read_bytes()
    readers = {"plain.pub": read_public_key, "message.txt.minisig": read_signature, "plain.key": read_secret_key}
    for known, read in readers.items():
        if known == name:
            assert read(data.replace(b"\n", b"\r\n")) == read(data)
        else:
            with pytest.raises(MinisignFault):
                read(data)


@pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not on this machine")
def test_minisign_accepts_what_we_sign(tmp_path: Path) -> None:
    key = new_key()
    (tmp_path / "message").write_bytes(b"message")
    (tmp_path / "key.pub").write_bytes(write_public_key(key.public_key))
    (tmp_path / "key.key").write_bytes(write_secret_key(key))
    (tmp_path / "message.minisig").write_bytes(write_signature(sign(key, b"message", "pack=x seq=1")))
    check = ["minisign", "-V", "-m", tmp_path / "message", "-p", tmp_path / "key.pub"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "pack=x seq=1" in done.stdout
    signing = ["minisign", "-S", "-W", "-s", tmp_path / "key.key", "-m", tmp_path / "message"]
    assert subprocess.run(signing, capture_output=True, check=False).returncode == 0
    assert is_good(read_signature((tmp_path / "message.minisig").read_bytes()), b"message", key.public_key)
