"""Reads what another workspace, or another program of annotations, exported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from jasic_desktop.core.errors import DamagedFault, NotFoundFault

if TYPE_CHECKING:
    from jasic_desktop.workspace.items import Item

LARGEST: Final = 256 << 20
"""Bytes of a file that is taken in."""
_LOOKED_AT: Final = 200


def read_items(path: Path) -> tuple[list[Item], int]:
    """The items in the file at `path`, JSON Lines or Web Annotations, and how many could not be taken.

    Raises NotFoundFault, DamagedFault.
    """
    from jasic_desktop.workspace.annotations import from_annotations
    from jasic_desktop.workspace.transfer import read_lines

    data = _read(path)
    begin = data[:_LOOKED_AT]
    if data.lstrip()[:1] in (b"[", b"{") and b'"jasic-desktop"' not in begin and b'"kind"' not in begin:
        return from_annotations(data, path)
    return read_lines(data, path), 0


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise NotFoundFault("workspace.no_file", path=path) from error
    except OSError as error:
        raise DamagedFault("workspace.not_read", path=path, system=error.strerror or str(error)) from error
    if len(data) > LARGEST:
        raise DamagedFault("workspace.not_read", path=path, system=f"> {LARGEST} B")
    return data
