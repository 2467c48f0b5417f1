"""Opens an index as an engine.

Opening a Whoosh index unpickles what stands in it, which runs what its maker wrote. `folder` must therefore be one
that this program derived itself and whose every file it has just compared with the hash it kept (app.derive does);
nothing else in this package opens an index.
"""

from __future__ import annotations

from pathlib import Path

from jasic_desktop.packs.store import Store
from jasic_desktop.search.searching import Searcher
from jasic_desktop.search.whoosh.postings import WhooshLeaves
from jasic_desktop.search.whoosh.stem import stem


def open_engine(store: Store, folder: Path) -> Searcher:
    """The engine that answers from the index in `folder`, made from `store` by build_index.

    Raises ValueError when the index does not belong to the store: it holds another number of records.
    """
    leaves = WhooshLeaves(folder)
    if leaves.count != store.count:
        leaves.close()
        raise ValueError(f"the index holds {leaves.count} records, the store {store.count}")
    return Searcher(store, leaves, stem, folder)
