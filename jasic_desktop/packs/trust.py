"""Whose signatures count on this machine, and what a signature says under a pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from jasic_desktop.core.errors import DamagedFault, Fault
from jasic_desktop.core.ownership import is_administrators, is_private
from jasic_desktop.core.paths import Places, resource
from jasic_desktop.core.regular import UnreadableError, printable, read_regular
from jasic_desktop.packs.minisign import (
    KEY_BYTES,
    MinisignFault,
    PublicKey,
    Signature,
    is_good,
    read_public_key,
    written,
)

FOLDER: Final = "keys"
ENDING: Final = ".pub"
_MOST_KEYS: Final = 200
_LONGEST_NAME: Final = 80

Whose = Literal["program", "system", "person"]
"""Who says that a key is to be trusted: the program it came with, this machine's administrator, or this person."""


@dataclass(frozen=True)
class TrustedKey:
    """A public key with the name under which it is trusted."""

    key: PublicKey
    name: str
    whose: Whose


@dataclass(frozen=True)
class Trust:
    """The keys that count, and the files that were passed over, each with its reason."""

    keys: tuple[TrustedKey, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Signed:
    """A signature that was looked at: its key, its signed comment, and the signer, if the key is one that counts."""

    key: str
    comment: str
    signer: TrustedKey | None


def trusted_keys(places: Places) -> Trust:
    """The keys that came with the program, those of the machine, and the person's own, in this order.

    Of two files with the number of one key the first counts. A key of the machine counts only where nobody but an
    administrator can write it. Where the policy names the keys that count, no other does.
    """
    found: dict[bytes, TrustedKey] = {}
    faults: list[Fault] = []
    folders: tuple[tuple[Path, Whose], ...] = (
        (resource(FOLDER), "program"),
        (places.machine / FOLDER, "system"),
        (places.config / FOLDER, "person"),
    )
    for folder, whose in folders:
        for path in _files(folder):
            try:
                key = _trusted(path, whose)
            except Fault as fault:
                faults.append(fault)
                continue
            if not places.policy.has("trusted_keys", written(key.key)):
                continue
            known = found.setdefault(key.key.number, key)
            if known.key.key != key.key.key:
                faults.append(DamagedFault("packs.key_twice", path=path, name=known.name))
    return Trust(tuple(found.values()), tuple(faults))


def judge(signature: Signature, message: bytes, keys: Sequence[TrustedKey]) -> Signed | None:
    """What `signature` says under `message`; None where it claims a key that counts and was not made with it."""
    comment = printable(signature.trusted_comment)
    known = next((key for key in keys if key.key.number == signature.number), None)
    if known is None:
        return Signed(signature.id, comment, None)
    return Signed(signature.id, comment, known) if is_good(signature, message, known.key) else None


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.name.endswith(ENDING))[:_MOST_KEYS]
    except OSError:
        return []


def _trusted(path: Path, whose: Whose) -> TrustedKey:
    """The key of one file. Raises DamagedFault."""
    if whose == "system":
        safe = is_administrators(path) and is_administrators(path.parent)
    else:
        safe = whose == "program" or (is_private(path) and is_private(path.parent))
    if not safe:
        raise DamagedFault("packs.key_not_private", path=path)
    try:
        key = read_public_key(read_regular(path, KEY_BYTES))
    except (UnreadableError, MinisignFault) as error:
        raise DamagedFault("packs.no_key", path=path) from error
    name = printable(key.comment).strip()[:_LONGEST_NAME]
    # The comment that minisign writes by itself names nobody.
    if not name or name.startswith("minisign public key"):
        name = printable(path.name.removesuffix(ENDING))
    return TrustedKey(key, name, whose)
