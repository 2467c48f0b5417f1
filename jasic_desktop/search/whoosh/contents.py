"""The table of contents of an index, in JSON with a checksum: which segments there are. Nothing of Whoosh is needed."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Final

import msgspec

from jasic_desktop.search.fields import FORMAT
from jasic_desktop.search.mapped import damaged

CONTENTS: Final = "contents.json"
NAME: Final = "records"


class SegmentContents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One segment: its name, how many records it holds, and by field how long they are together."""

    id: str
    documents: int
    lengths: dict[str, int]

    def path(self, folder: Path, ending: str = "") -> Path:
        """One of its files in the `folder` of the index, named as Whoosh names them."""
        return folder / f"{NAME}_{self.id}{ending}"


class Contents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What contents.json holds. `sum` is the CRC-32 of the same with 0 in its place."""

    format: str
    generation: int
    segments: tuple[SegmentContents, ...]
    sum: int = 0

    def summed(self) -> Contents:
        """The same with its checksum."""
        bare = msgspec.structs.replace(self, sum=0)
        return msgspec.structs.replace(self, sum=zlib.crc32(msgspec.json.encode(bare, order="sorted")))


def read_contents(folder: Path) -> Contents:
    """The contents of the index in `folder`. Raises DamagedFault."""
    path = folder / CONTENTS
    try:
        contents = msgspec.json.decode(path.read_bytes(), type=Contents)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise damaged(path) from error
    if contents != contents.summed() or contents.format != FORMAT:
        raise damaged(path)
    return contents


def write_contents(folder: Path, generation: int, segments: tuple[SegmentContents, ...]) -> None:
    """Write the contents of the index in `folder`, in one step. Raises OSError."""
    path = folder / CONTENTS
    part = path.with_suffix(".part")
    part.write_bytes(msgspec.json.encode(Contents(FORMAT, generation, segments).summed(), order="sorted"))
    part.replace(path)
