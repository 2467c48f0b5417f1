"""Looks at a pack from outside: names, tag files, what is listed against what is there. No record is read here."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from jasic_desktop.core.regular import UnreadableError, printable
from jasic_desktop.packs import layout
from jasic_desktop.packs.carriers import Carrier
from jasic_desktop.packs.manifest import BAGIT_TEXT, LineFault, oxum, read_info, read_manifest
from jasic_desktop.packs.minisign import MinisignFault, Signature, read_signature
from jasic_desktop.packs.refusals import Code, PackProblem
from jasic_desktop.packs.zip_form import ZipFault

_READ_FAULTS: Final = {"link": Code.LINK, "not_regular": Code.NOT_REGULAR, "missing": Code.MISSING}


@dataclass
class Structure:
    """What the tag files say: the fingerprint, the digest of each payload file, and what is wrong so far.

    `tag_manifest` are the bytes the fingerprint is of; `signature` is what lies beside them, not checked yet.
    """

    fingerprint: str | None = None
    tag_manifest: bytes = b""
    signature: Signature | None = None
    digests: dict[str, str] = field(default_factory=dict)
    problems: list[PackProblem] = field(default_factory=list)

    def refuse(self, file: str, code: Code, **values: object) -> None:
        """Note a problem."""
        self.problems.append(PackProblem(printable(file), code, values))


def examine(carrier: Carrier) -> Structure:
    """The structure of a pack, with every problem that its names, sizes and tag files show."""
    found = Structure(problems=list(carrier.problems))
    if not carrier.files:
        if not found.problems:
            found.refuse("", Code.NOT_A_PACK)
        return found
    _names(carrier, found)
    _signature(carrier, found)
    tags = _tag_files(carrier, found)
    manifest = tags.get(layout.MANIFEST)
    if manifest is not None:
        try:
            found.digests = read_manifest(manifest)
        except LineFault as fault:
            found.refuse(layout.MANIFEST, Code.MANIFEST, line=fault.line)
        else:
            _payload(carrier, found)
            _info(carrier, tags.get(layout.BAG_INFO), found)
    return found


def _names(carrier: Carrier, found: Structure) -> None:
    twins: dict[str, str] = {}
    for name in (*carrier.files, *carrier.folders):
        if not layout.is_allowed_path(name):
            found.refuse(name, Code.NAME)
        other = twins.setdefault(layout.twin(name), name)
        if other != name:
            found.refuse(name, Code.TWINS, other=printable(other))
    root = {*layout.TAGS, layout.TAG_MANIFEST, layout.SIGNATURE}
    for name in carrier.files:
        if name == "fetch.txt":
            found.refuse(name, Code.FETCH)
        elif name not in root and not name.startswith("data/"):
            found.refuse(name, Code.EXTRA)
    for name in carrier.folders:
        if name not in layout.FOLDERS:
            found.refuse(name, Code.EXTRA)
    if carrier.files.get(layout.SIGNATURE, 0) > layout.SIGNATURE_BYTES:
        found.refuse(layout.SIGNATURE, Code.TOO_MUCH, most=layout.SIGNATURE_BYTES)


def _signature(carrier: Carrier, found: Structure) -> None:
    if not 0 <= carrier.files.get(layout.SIGNATURE, -1) <= layout.SIGNATURE_BYTES:
        return
    data = read(carrier, layout.SIGNATURE, layout.SIGNATURE_BYTES, found)
    if data is None:
        return
    try:
        found.signature = read_signature(data)
    except MinisignFault:
        found.refuse(layout.SIGNATURE, Code.SIGNATURE)


def _tag_files(carrier: Carrier, found: Structure) -> dict[str, bytes]:
    """The tag files that are what the tag manifest says."""
    data = read(carrier, layout.TAG_MANIFEST, layout.TAG_BYTES, found)
    digests: Mapping[str, str] = {}
    if data is not None:
        found.tag_manifest = data
        found.fingerprint = hashlib.sha512(data).hexdigest()
        try:
            digests = read_manifest(data)
        except LineFault as fault:
            found.refuse(layout.TAG_MANIFEST, Code.MANIFEST, line=fault.line)
            data = None
    if data is not None and tuple(digests) != layout.TAGS:
        found.refuse(layout.TAG_MANIFEST, Code.MANIFEST, line=1)
        data = None
    whole: dict[str, bytes] = {}
    for name in layout.TAGS:
        text = read(carrier, name, layout.TAG_BYTES, found)
        if text is None:
            continue
        if data is not None and hashlib.sha512(text).hexdigest() != digests[name]:
            found.refuse(name, Code.DIGEST)
        elif name == layout.BAGIT and text != BAGIT_TEXT:
            found.refuse(name, Code.BAGIT)
        else:
            whole[name] = text
    return whole


def _payload(carrier: Carrier, found: Structure) -> None:
    """What is listed against what is there, and the numbering of the record files."""
    for name in found.digests:
        if name not in carrier.files:
            found.refuse(name, Code.MISSING)
    for name in carrier.files:
        if name.startswith("data/") and name not in found.digests:
            found.refuse(name, Code.EXTRA)
    numbers = []
    for name in found.digests:
        number = layout.record_file_number(name)
        if number is not None:
            numbers.append(number)
        elif name != layout.ARCHIVE and not (name.startswith(layout.MEDIA) and name.count("/") == 2):
            found.refuse(name, Code.EXTRA)
    if layout.ARCHIVE not in found.digests:
        found.refuse(layout.ARCHIVE, Code.MISSING)
    if sorted(numbers) != list(range(1, len(numbers) + 1)):
        found.refuse(layout.RECORDS, Code.ORDER, line=0)


def _info(carrier: Carrier, data: bytes | None, found: Structure) -> None:
    if data is None:
        return
    try:
        values = read_info(data)
    except LineFault as fault:
        found.refuse(layout.BAG_INFO, Code.BAG_INFO, line=fault.line)
        return
    sizes = {name: size for name, size in carrier.files.items() if name.startswith("data/")}
    # Where a file is missing or too many the sums differ too, and that file has been named already.
    if values.get("Payload-Oxum") != (oxum(sizes),) and not found.problems:
        found.refuse(layout.BAG_INFO, Code.BAG_INFO, line=0)


def read(carrier: Carrier, name: str, limit: int, found: Structure) -> bytes | None:
    """The bytes of a file, or None with the reason noted in `found`."""
    if name not in carrier.files:
        found.refuse(name, Code.MISSING)
        return None
    try:
        return carrier.read(name, limit)
    except UnreadableError as error:
        if error.what == "too_large":
            found.refuse(name, Code.TOO_MUCH, most=limit)
        else:
            found.refuse(name, _READ_FAULTS.get(error.what, Code.UNREADABLE), system=error.system)
    except ZipFault:
        found.refuse(name, Code.ZIP_HEADER)
    return None
