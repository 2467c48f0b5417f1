"""Records as a ZIM file, which Kiwix shows and kiwix-serve gives to a network: a page each, searchable in all texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.export.options import Options
from jasic_desktop.packs.store import Store

_PIECE = 1 << 16


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """The ZIM file. Raises NotWrittenFault where the library libzim is not installed."""
    try:
        from jasic_desktop.export import zim_file
    except ImportError as error:
        raise NotWrittenFault("export.no_libzim") from error
    # libzim writes by path only, and moves about in what it wrote.
    with TemporaryDirectory(prefix="jasic-desktop-") as folder:
        path = Path(folder) / "archive.zim"
        zim_file.make(store, ids, options, path)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
