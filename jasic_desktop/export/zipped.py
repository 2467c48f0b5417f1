"""Zip files whose bytes tell nothing of when, where and by whom they were made, filled piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold
_UNIX: Final = 3
_PIECE: Final = 1 << 16


class Zipped:
    """A zip file that grows in memory in its compressed form; entries stand in the order in which they are added."""

    def __init__(self) -> None:
        self._buffer = BytesIO()
        self._zip = ZipFile(self._buffer, "w")

    @contextmanager
    def entry(self, name: str, *, stored: bool = False) -> Iterator[IO[bytes]]:
        """A file to write the entry to; `stored` keeps it uncompressed. One entry at a time."""
        info = ZipInfo(name, _TIME)
        info.compress_type = ZIP_STORED if stored else ZIP_DEFLATED
        info.create_system = _UNIX
        info.external_attr = 0o644 << 16
        with self._zip.open(info, "w") as file:
            yield file

    def add(self, name: str, data: bytes, *, stored: bool = False) -> None:
        """Add a whole entry."""
        with self.entry(name, stored=stored) as file:
            file.write(data)

    def pieces(self) -> Iterator[bytes]:
        """End the file and give out its bytes."""
        self._zip.close()
        self._buffer.seek(0)
        while piece := self._buffer.read(_PIECE):
            yield piece
