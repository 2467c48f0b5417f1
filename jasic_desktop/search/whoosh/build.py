"""Builds the index of an archive: one segment, in the order of the store."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.packs.store import Store
from jasic_desktop.search.ordering import write_order
from jasic_desktop.search.terms import terms_of
from jasic_desktop.search.whoosh.schema import schema
from jasic_desktop.search.whoosh.stem import stem

MEMORY_MB = 192
"""Postings held in memory before they are written out and merged at the end."""
_BATCH = 64
_TITLES = 10_000


def build_index(store: Store, folder: Path, progress: Progress = SILENT) -> None:
    """Write the index of `store` into `folder`, which is empty or does not exist.

    What stands in the folder after an error or a cancelled run is no index: the caller removes it.
    Raises Cancelled, and OSError when the system refuses to write.
    """
    folder.mkdir(parents=True, exist_ok=True)
    storage: Any = FileStorage(str(folder))
    index = storage.create_index(schema())
    title_of = lru_cache(maxsize=_TITLES)(store.title)
    writer = index.writer(limitmb=MEMORY_MB)
    try:
        for begin in range(0, store.count, _BATCH):
            progress.step("search.indexing", begin, store.count)
            for record in store.many(store.ids[begin : begin + _BATCH]):
                terms = terms_of(record, title_of, stem)
                writer.add_document(**{str(field): found for field, found in terms.items()})
        progress.step("search.indexing", store.count, store.count)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)
    index.close()
    write_order(store, folder)
