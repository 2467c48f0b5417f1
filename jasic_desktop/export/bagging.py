"""Writes files into a BagIt 1.0 bag that streams: a folder, or one zip of stored entries; no clock goes in."""

from __future__ import annotations

import hashlib
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.packs import layout, zip_form
from jasic_desktop.packs.manifest import BAGIT_TEXT, oxum, write_info, write_manifest
from jasic_desktop.packs.zip_form import ZipEntry

_PIECE: Final = 1 << 20
_MOST: Final = (1 << 32) - (1 << 20)
"""Bytes of a zip of the plain kind, which every program opens."""


class File(NamedTuple):
    """A file of the bag: its path with `/`, and its bytes in pieces. What is not below `data/` is a tag file."""

    path: str
    pieces: Iterable[bytes]


class Bag:
    """Goes through `files`, payload first, and adds what makes a bag of them. `info` is the rest of bag-info.txt."""

    def __init__(self, files: Iterable[File], info: Sequence[tuple[str, str]]) -> None:
        self._files = files
        self._info = info
        self._digests: dict[str, str] = {}
        self._sizes: dict[str, int] = {}

    def into(self, folder: Path) -> int:
        """Write the bag into an empty folder; the number of bytes."""
        for file in self._all():
            path = folder.joinpath(*file.path.split("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as out:
                out.writelines(self._counted(file))
        return sum(self._sizes.values())

    def zipped(self, name: str) -> Iterator[bytes]:
        """The bag as a zip in which it stands in the folder `name`. Raises NotWrittenFault beyond 4 GiB."""
        place, entries = 0, []
        for file in self._all():
            # A header tells the size before the bytes: what is made piece by piece waits in a file without a name.
            with tempfile.SpooledTemporaryFile(_PIECE) as spool:
                crc = size = 0
                for piece in self._counted(file):
                    crc, size = zlib.crc32(piece, crc), size + len(piece)
                    spool.write(piece)
                entry = ZipEntry(f"{name}/{file.path}", size, crc, place)
                header = zip_form.local_header(entry)
                place += len(header) + size
                if place > _MOST:
                    raise NotWrittenFault("export.too_large", most=_MOST >> 30)
                entries.append(entry)
                yield header
                spool.seek(0)
                while piece := spool.read(_PIECE):
                    yield piece
        directory = b"".join(map(zip_form.central_header, entries))
        yield directory + zip_form.end_record(len(entries), len(directory), place)

    def _counted(self, file: File) -> Iterator[bytes]:
        digest, size = hashlib.sha512(), 0
        for piece in file.pieces:
            digest.update(piece)
            size += len(piece)
            yield piece
        self._digests[file.path], self._sizes[file.path] = digest.hexdigest(), size

    def _all(self) -> Iterator[File]:
        yield from self._files
        payload = {path for path in self._digests if path.startswith("data/")}
        sizes = {path: self._sizes[path] for path in payload}
        yield File(layout.BAGIT, [BAGIT_TEXT])
        yield File(layout.BAG_INFO, [write_info([*self._info, ("Payload-Oxum", oxum(sizes))])])
        yield File(layout.MANIFEST, [write_manifest({path: self._digests[path] for path in payload})])
        tags = {path: digest for path, digest in self._digests.items() if path not in payload}
        yield File(layout.TAG_MANIFEST, [write_manifest(tags)])
