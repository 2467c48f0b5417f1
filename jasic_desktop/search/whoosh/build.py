"""Builds the index of an archive: one segment, in the order of the store."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.packs.store import Store
from jasic_desktop.search.columns import write_facets
from jasic_desktop.search.gathering import BATCH, Blocks, Cutter, Helper, patience, two_help
from jasic_desktop.search.inverting import RUN_TOKENS
from jasic_desktop.search.ordering import OrderWriter
from jasic_desktop.search.whoosh.index import ArrayIndex, ArrayWriter


def build_index(
    store: Store,
    folder: Path,
    progress: Progress = SILENT,
    run_tokens: int = RUN_TOKENS,
    *,
    two: bool | None = None,
    block: int | None = None,
) -> None:
    """Write the index of `store` into `folder`, which is empty or does not exist.

    Records are read a few at a time, and of their terms `run_tokens` are held in memory, so that an archive of any
    size is indexed in the same. Two processes do it, with half as many terms each, where that is sooner or `two` says
    so; `block` is then how many records one of them takes at a time. The files are the same whoever does it.

    What stands in the folder after an error or a cancelled run is no index: the caller removes it. Raises Cancelled,
    DamagedFault, and OSError when the system refuses to write.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if two is None:
        two = two_help(store.count)

    def joined(share: float) -> None:
        progress.step("search.joining", int(share * store.count), store.count)

    run_tokens = run_tokens // 2 if two else run_tokens
    writer = ArrayIndex.create_in(folder).writer(run_tokens=run_tokens, joined=joined)
    try:
        gathering = _Gathering(store, writer, progress)
        if two:
            gathering.both(Blocks(writer.scratch, store.count, block), run_tokens)
        else:
            gathering.gather(range(store.count))
        progress.step("search.indexing", store.count, store.count)
        gathering.order.write(folder, store.count)
        del gathering
    except BaseException:
        writer.cancel()
        raise
    writer.commit(merge=False)
    write_facets(store, folder)


class _Gathering:
    """Gathers the records of a store into a writer."""

    def __init__(self, store: Store, writer: ArrayWriter, progress: Progress) -> None:
        self.order = OrderWriter(writer.scratch)
        self._store = store
        self._cutter = Cutter(store)
        self._writer = writer
        self._progress = progress
        self._done = 0
        self._helper: Helper | None = None

    def gather(self, ordinals: range) -> None:
        """Gather the next records here."""
        for place, (record, terms) in enumerate(self._cutter.cut(ordinals)):
            if place % BATCH == 0:
                self._step()
            self._writer.add_tokens(terms)
            self.order.take(ordinals.start + place, record)
            self._done += 1

    def both(self, blocks: Blocks, run_tokens: int) -> None:
        """Gather all records, here from the first on and in a second process from the last back."""
        with closing(Helper(self._store, blocks, run_tokens)) as helper:
            self._helper = helper
            begun = time.monotonic()
            block = 0
            while block < blocks.count and blocks.claim(block):
                self.gather(blocks.span(block))
                block += 1
            own = (time.monotonic() - begun) / max(1, block)
            for theirs in range(block, blocks.count):
                helper.wait(theirs, patience(own), self._step)
                found = blocks.left(theirs)
                if found is None:
                    self.gather(blocks.span(theirs))
                else:
                    self._writer.add_gathered(len(blocks.span(theirs)), found.lengths, found.parts)
                    self.order.adopt(found.titles)

    def _step(self) -> None:
        done = self._done + (self._helper.done() if self._helper is not None else 0)
        self._progress.step("search.indexing", min(done, self._store.count), self._store.count)
