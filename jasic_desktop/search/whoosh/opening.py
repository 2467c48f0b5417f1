"""Opens an index as an engine: at once, whatever its size, as files are mapped and compared as they are read."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from jasic_desktop.packs.store import Store
from jasic_desktop.search.leaves import Leaves
from jasic_desktop.search.searching import Searcher
from jasic_desktop.search.whoosh.leaves import ArrayLeaves
from jasic_desktop.search.whoosh.loading import loading
from jasic_desktop.search.whoosh.stem import stem

EngineName = Literal["fast", "stock"]
"""`fast` answers from arrays, `stock` with Whoosh's own reader and searcher, from the same index."""
STOCK_SECONDS: Final = 120.0
"""A question to `stock` may take so long: it is asked to compare, not to be quick."""


def open_engine(store: Store, folder: Path, engine: EngineName = "fast") -> Searcher:
    """The engine that answers from the index in `folder`, made from `store` by build_index.

    Raises DamagedFault when the index is not as it was made, ValueError when it does not belong to the store: it holds
    another number of records.
    """
    leaves: Leaves
    if engine == "stock":
        with loading():
            from jasic_desktop.search.whoosh.stock import StockLeaves

        leaves = StockLeaves(folder)
    else:
        leaves = ArrayLeaves(folder)
    if leaves.count != store.count:
        leaves.close()
        raise ValueError(f"the index holds {leaves.count} records, the store {store.count}")
    return Searcher(store, leaves, stem, folder, STOCK_SECONDS if engine == "stock" else None)
