"""Keys and signatures in the form of minisign: read without mercy, checked and made with libsodium."""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

KEY_BYTES: Final = 4096
"""The most bytes that a file with a key may have."""
_UNTRUSTED: Final = "untrusted comment: "
_TRUSTED: Final = "trusted comment: "
_PLAIN: Final = b"Ed"
_PREHASHED: Final = b"ED"
_SCRYPT: Final = b"Sc"
_NO_KDF: Final = b"\0\0"
_BLAKE2B: Final = b"B2"
_SECRET: Final = struct.Struct("<2s2s2s32sQQ104s")
_PUBLIC: Final = struct.Struct("<2s8s32s")
_SIGNATURE: Final = struct.Struct("<2s8s64s")
_MOST_MEMORY: Final = 1 << 30
_MOST_WORK: Final = 1 << 26

Flaw = Literal["form", "algorithm", "password", "effort", "seed"]


class MinisignFault(ValueError):
    """What is no key or signature of minisign, or cannot be used; `flaw` says in what way."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class Effort(NamedTuple):
    """How much work (`operations`) and memory (bytes) it takes to try a password."""

    operations: int
    memory: int


SENSITIVE: Final = Effort(1 << 25, 1 << 30)
"""What minisign asks for: some seconds and one gigabyte."""


@dataclass(frozen=True)
class PublicKey:
    """A key that checks signatures. `number` tells keys apart and proves nothing; `comment` is anybody's."""

    number: bytes
    key: bytes
    comment: str = ""

    @property
    def id(self) -> str:
        """The number as minisign shows it, 16 hexadecimal digits."""
        return key_id(self.number)


@dataclass(frozen=True)
class SecretKey:
    """A key that signs: its number, the seed and the public part."""

    number: bytes
    seed: bytes
    public: bytes

    @property
    def public_key(self) -> PublicKey:
        """The key that checks what this one signs."""
        return PublicKey(self.number, self.public)


@dataclass(frozen=True)
class Signature:
    """A signature; `trusted_comment` is signed too, `prehashed` says what of the message was signed."""

    number: bytes
    signature: bytes
    trusted_comment: str
    whole: bytes
    prehashed: bool = True
    comment: str = "signature from jasic-desktop"

    @property
    def id(self) -> str:
        """The number of the key, as minisign shows it."""
        return key_id(self.number)


def key_id(number: bytes) -> str:
    """The number of a key as minisign shows it."""
    return number[::-1].hex().upper()


def read_public_key(data: bytes) -> PublicKey:
    """The key of a `.pub` file. Raises MinisignFault."""
    comment, packed = _pair(data)
    algorithm, number, key = _unpack(_PUBLIC, packed)
    if algorithm != _PLAIN:
        raise MinisignFault("algorithm")
    return PublicKey(number, key, comment)


def written(key: PublicKey) -> str:
    """A key as the second line of its `.pub` file has it."""
    return _base64(_PUBLIC.pack(_PLAIN, key.number, key.key))


def write_public_key(key: PublicKey) -> bytes:
    """The bytes of a `.pub` file."""
    comment = key.comment or f"minisign public key {key.id}"
    return f"{_UNTRUSTED}{comment}\n{written(key)}\n".encode()


def read_signature(data: bytes) -> Signature:
    """The signature of a `.minisig` file. Raises MinisignFault. Loads nothing that checks it."""
    lines = _lines(data)
    if len(lines) != 4 or not lines[2].startswith(_TRUSTED):
        raise MinisignFault("form")
    algorithm, number, signature = _unpack(_SIGNATURE, _bytes(lines[1]))
    if algorithm not in (_PLAIN, _PREHASHED):
        raise MinisignFault("algorithm")
    whole = _bytes(lines[3])
    if len(whole) != 64:
        raise MinisignFault("form")
    trusted = lines[2].removeprefix(_TRUSTED)
    return Signature(number, signature, trusted, whole, algorithm == _PREHASHED, lines[0].removeprefix(_UNTRUSTED))


def write_signature(signature: Signature) -> bytes:
    """The bytes of a `.minisig` file."""
    packed = _SIGNATURE.pack(_PREHASHED if signature.prehashed else _PLAIN, signature.number, signature.signature)
    lines = (
        f"{_UNTRUSTED}{signature.comment}",
        _base64(packed),
        f"{_TRUSTED}{signature.trusted_comment}",
        _base64(signature.whole),
    )
    return "".join(f"{line}\n" for line in lines).encode()


def is_good(signature: Signature, message: bytes, key: PublicKey) -> bool:
    """Whether `signature`, its trusted comment included, was made of `message` with the secret part of `key`."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    if signature.number != key.number:
        return False
    signed = hashlib.blake2b(message).digest() if signature.prehashed else message
    checker = VerifyKey(key.key)
    try:
        checker.verify(signed, signature.signature)
        checker.verify(signature.signature + signature.trusted_comment.encode(), signature.whole)
    except CryptoError:
        return False
    return True


def sign(key: SecretKey, message: bytes, trusted_comment: str) -> Signature:
    """The signature of `message` and of the comment, which is one line."""
    from nacl.signing import SigningKey

    signer = SigningKey(key.seed)
    signature = signer.sign(hashlib.blake2b(message).digest()).signature
    whole = signer.sign(signature + trusted_comment.encode()).signature
    return Signature(key.number, signature, trusted_comment, whole)


def new_key() -> SecretKey:
    """A key that nobody has had."""
    from nacl.signing import SigningKey
    from nacl.utils import random

    signer = SigningKey.generate()
    return SecretKey(random(8), bytes(signer), bytes(signer.verify_key))


def is_encrypted(data: bytes) -> bool:
    """Whether a file with a secret key asks for a password. Raises MinisignFault."""
    _, packed = _pair(data)
    return bool(_unpack(_SECRET, packed)[1] == _SCRYPT)


def read_secret_key(data: bytes, password: str = "") -> SecretKey:
    """The key of a file with a secret key. Raises MinisignFault: `password` for a wrong one, `effort` for a file that
    asks for more memory or work than minisign ever does.
    """
    _, packed = _pair(data)
    algorithm, derivation, check, salt, operations, memory, sealed = _unpack(_SECRET, packed)
    if algorithm != _PLAIN or derivation not in (_SCRYPT, _NO_KDF) or check != _BLAKE2B:
        raise MinisignFault("algorithm")
    if derivation == _SCRYPT:
        sealed = _sealed(sealed, password, salt, Effort(operations, memory))
    number, seed, public, digest = sealed[:8], sealed[8:40], sealed[40:72], sealed[72:]
    # A file without a password has no check in minisign's own form.
    if digest != _check(number, seed + public) and (derivation == _SCRYPT or any(digest)):
        raise MinisignFault("password" if derivation == _SCRYPT else "seed")
    from nacl.signing import SigningKey

    if bytes(SigningKey(seed).verify_key) != public:
        raise MinisignFault("seed")
    return SecretKey(number, seed, public)


def write_secret_key(key: SecretKey, password: str = "", effort: Effort = SENSITIVE) -> bytes:
    """The bytes of a file with a secret key, sealed with `password` if there is one."""
    pair = key.seed + key.public
    plain = key.number + pair + _check(key.number, pair)
    if password:
        from nacl.utils import random

        salt = random(32)
        derivation, sealed, limits = _SCRYPT, _sealed(plain, password, salt, effort), effort
        comment = "minisign encrypted secret key"
    else:
        derivation, salt, sealed, limits = _NO_KDF, bytes(32), plain, Effort(0, 0)
        comment = "minisign secret key without a password"
    packed = _SECRET.pack(_PLAIN, derivation, _BLAKE2B, salt, limits.operations, limits.memory, sealed)
    return f"{_UNTRUSTED}{comment}\n{_base64(packed)}\n".encode()


def _check(number: bytes, pair: bytes) -> bytes:
    return hashlib.blake2b(_PLAIN + number + pair, digest_size=32).digest()


def _sealed(data: bytes, password: str, salt: bytes, effort: Effort) -> bytes:
    """`data` with a stream made of the password laid over it, or taken off again."""
    from nacl.exceptions import CryptoError
    from nacl.pwhash import scrypt

    if not 0 < effort.operations <= _MOST_WORK or not 0 < effort.memory <= _MOST_MEMORY:
        raise MinisignFault("effort")
    try:
        stream = scrypt.kdf(len(data), password.encode(), salt, effort.operations, effort.memory)
    except (CryptoError, MemoryError, ValueError) as error:
        raise MinisignFault("effort") from error
    return bytes(a ^ b for a, b in zip(data, stream, strict=True))


def _pair(data: bytes) -> tuple[str, bytes]:
    """The comment and the bytes of a file with a key."""
    lines = _lines(data)
    if len(lines) != 2:
        raise MinisignFault("form")
    return lines[0].removeprefix(_UNTRUSTED), _bytes(lines[1])


def _lines(data: bytes) -> list[str]:
    if len(data) > KEY_BYTES:
        raise MinisignFault("form")
    try:
        lines = data.decode("utf-8").removesuffix("\n").replace("\r\n", "\n").removesuffix("\r").split("\n")
    except UnicodeDecodeError as error:
        raise MinisignFault("form") from error
    if not lines[0].startswith(_UNTRUSTED):
        raise MinisignFault("form")
    return lines


def _bytes(line: str) -> bytes:
    try:
        found = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MinisignFault("form") from error
    # Bits that no byte needs would make two texts of one key.
    if _base64(found) != line:
        raise MinisignFault("form")
    return found


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _unpack(form: struct.Struct, data: bytes) -> tuple[Any, ...]:
    if len(data) != form.size:
        raise MinisignFault("form")
    return form.unpack(data)
