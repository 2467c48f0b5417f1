"""Writes the one form of zip that carries a pack: entries one after the other, then their directory."""

from __future__ import annotations

import zlib
from typing import BinaryIO

from jasic_desktop.packs import zip_form
from jasic_desktop.packs.zip_form import ZipEntry


class ZipWriter:
    """Writes entries below the folder `top` of the zip into `file`, which is empty; `finish` ends it."""

    def __init__(self, file: BinaryIO, top: str) -> None:
        self._file = file
        self._top = top
        self._entries: list[ZipEntry] = []

    @property
    def count(self) -> int:
        """How many entries were written."""
        return len(self._entries)

    def put(self, name: str, data: bytes) -> None:
        """Write one entry. Raises OSError."""
        entry = ZipEntry(f"{self._top}/{name}", len(data), zlib.crc32(data), self._file.tell())
        self._entries.append(entry)
        self._file.write(zip_form.local_header(entry))
        self._file.write(data)

    def finish(self) -> None:
        """Write the directory. Raises OSError."""
        start = self._file.tell()
        for entry in self._entries:
            self._file.write(zip_form.central_header(entry))
        self._file.write(zip_form.end_record(len(self._entries), self._file.tell() - start, start))
