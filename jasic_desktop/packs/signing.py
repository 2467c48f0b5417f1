"""Signs packs: a signature of the tag manifest is laid beside it, in the folder or in the one file."""

from __future__ import annotations

import hashlib
from pathlib import Path

from jasic_desktop.core import atomic
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.packs import layout
from jasic_desktop.packs.bag import Pack, open_pack, verify
from jasic_desktop.packs.minisign import SecretKey, Signature, sign, write_signature
from jasic_desktop.packs.refusals import DamagedPack
from jasic_desktop.packs.zip_writer import ZipWriter


def sign_pack(path: Path, key: SecretKey, force: bool = False, progress: Progress = SILENT) -> Signature:
    """Sign the pack at `path`; its fingerprint stays what it is.

    Raises DamagedPack for one that is not whole: nobody signs what is damaged; NotWrittenFault where it is signed
    already and `force` is not given, or where the system refuses.
    """
    result = verify(path, progress)
    faulty = [problem for problem in result.problems if problem.file != layout.SIGNATURE or not force]
    if faulty:
        raise DamagedPack(path, faulty)
    with open_pack(path, signed=False) as pack:
        if layout.SIGNATURE in pack.names and not force:
            raise NotWrittenFault("packs.signed_already", path=path)
        manifest = pack.read_raw(layout.TAG_MANIFEST)
        if hashlib.sha512(manifest).hexdigest() != result.fingerprint:
            raise NotWrittenFault("packs.changed_meanwhile", path=path)
        archive = pack.archive
        # No clock: the day is that of the edition.
        comment = f"pack={archive.id} version={archive.version} seq={archive.sequence} made={archive.date}"
        signature = sign(key, manifest, comment)
        data = write_signature(signature)
        if path.is_dir():
            atomic.write(path / layout.SIGNATURE, data, force=True)
        else:
            _rewrite(pack, path, data)
    return signature


def _rewrite(pack: Pack, path: Path, signature: bytes) -> None:
    """The same file again, with the signature as its last entry."""
    with atomic.writing(path, force=True) as part, part.open("xb") as file:
        writer = ZipWriter(file, pack.top)
        for name in pack.in_order:
            if name != layout.SIGNATURE:
                writer.put(name, pack.read_raw(name))
        writer.put(layout.SIGNATURE, signature)
        writer.finish()
