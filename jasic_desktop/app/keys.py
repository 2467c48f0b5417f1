"""The files of a pair of keys for signing packs: made so that nobody else can read the secret one, and read again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from jasic_desktop.core import atomic
from jasic_desktop.core.errors import DamagedFault, NotFoundFault, NotWrittenFault
from jasic_desktop.core.regular import UnreadableError, read_regular
from jasic_desktop.packs.minisign import (
    KEY_BYTES,
    SENSITIVE,
    Effort,
    MinisignFault,
    PublicKey,
    SecretKey,
    is_encrypted,
    new_key,
    read_secret_key,
    write_public_key,
    write_secret_key,
)


class KeyFiles(NamedTuple):
    """A pair of keys that was made."""

    key: PublicKey
    secret: Path
    public: Path


def make_keys(name: Path, password: str = "", effort: Effort = SENSITIVE) -> KeyFiles:
    """Make `name`.key, sealed with `password` if there is one, and `name`.pub.

    Raises NotWrittenFault; a key that is there is never overwritten, for what it signed could not be told apart.
    """
    secret, public = (name.with_name(name.name.removesuffix(".key") + ending) for ending in (".key", ".pub"))
    for path in (secret, public):
        if os.path.lexists(path):
            raise NotWrittenFault("packs.key_exists", path=path)
    key = new_key()
    try:
        data = write_secret_key(key, password, effort)
    except MinisignFault as fault:
        raise DamagedFault("packs.key_effort", path=secret) from fault
    with atomic.writing(secret) as part:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    atomic.write(public, write_public_key(key.public_key))
    return KeyFiles(key.public_key, secret, public)


def needs_password(path: Path) -> bool:
    """Whether the secret key in `path` asks for a password. Raises NotFoundFault, DamagedFault."""
    try:
        return is_encrypted(_bytes(path))
    except MinisignFault as fault:
        raise DamagedFault("packs.no_secret_key", path=path) from fault


def secret_key(path: Path, password: str = "") -> SecretKey:
    """The secret key in `path`. Raises NotFoundFault, DamagedFault, also for a wrong password."""
    try:
        return read_secret_key(_bytes(path), password)
    except MinisignFault as fault:
        known = {"password": "packs.wrong_password", "effort": "packs.key_effort"}
        raise DamagedFault(known.get(fault.flaw, "packs.no_secret_key"), path=path) from fault


def _bytes(path: Path) -> bytes:
    try:
        return read_regular(Path(os.path.realpath(path)), KEY_BYTES)
    except UnreadableError as error:
        if error.what == "missing":
            raise NotFoundFault("packs.no_key_file", path=path) from error
        raise DamagedFault("packs.no_secret_key", path=path) from error
