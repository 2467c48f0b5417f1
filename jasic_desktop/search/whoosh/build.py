"""Builds the index of an archive: one segment, in the order of the store."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.packs.store import Store
from jasic_desktop.search.columns import write_facets
from jasic_desktop.search.ordering import OrderWriter
from jasic_desktop.search.terms import terms_of
from jasic_desktop.search.whoosh.index import ArrayIndex
from jasic_desktop.search.whoosh.inverting import RUN_TOKENS

_BATCH: Final = 64
_TITLES: Final = 10_000


def build_index(store: Store, folder: Path, progress: Progress = SILENT, run_tokens: int = RUN_TOKENS) -> None:
    """Write the index of `store` into `folder`, which is empty or does not exist.

    Records are read a few at a time, and of their terms `run_tokens` are held in memory, so that an archive of any
    size is indexed in the same. What stands in the folder after an error or a cancelled run is no index: the caller
    removes it. Raises Cancelled, DamagedFault, and OSError when the system refuses to write.
    """
    folder.mkdir(parents=True, exist_ok=True)
    title_of = lru_cache(maxsize=_TITLES)(store.title)
    order = OrderWriter()
    writer = ArrayIndex.create_in(folder).writer(run_tokens=run_tokens)
    try:
        for number, record in enumerate(store.records()):
            if number % _BATCH == 0:
                progress.step("search.indexing", number, store.count)
            writer.add_tokens(terms_of(record, title_of))
            order.take(record)
        progress.step("search.indexing", store.count, store.count)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)
    order.write(folder)
    write_facets(store, folder)
