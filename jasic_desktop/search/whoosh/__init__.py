"""All that touches Whoosh: building an index in a folder, and answering from it.

Answering needs little of Whoosh; the rest, which takes as long to load as a small archive to open, is loaded to build.
Raises Fault where what is needed cannot be loaded.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.search.whoosh.loading import loading

if TYPE_CHECKING:
    from jasic_desktop.packs.store import Store

with loading():
    from jasic_desktop.search.whoosh.opening import open_engine

__all__ = ["build_index", "open_engine"]


def build_index(store: Store, folder: Path, progress: Progress = SILENT) -> None:
    """Write the index of `store` into `folder`, which is empty or does not exist (see whoosh.build).

    Raises Cancelled, DamagedFault, Fault where it cannot be loaded, and OSError when the system refuses to write.
    """
    with loading():
        from jasic_desktop.search.whoosh.build import build_index as build
    build(store, folder, progress)
