"""Records as JSON Lines: the archive on the first line, then each record in the very form a pack carries it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jasic_desktop.export.json import encode
from jasic_desktop.export.options import Options, records
from jasic_desktop.export.provenance import provenance
from jasic_desktop.packs.store import Store


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """A line `{"type":"archive", …}`, then one line for each record."""
    yield encode({"type": "archive", **provenance(store)}) + b"\n"
    for record in records(store, ids, options):
        yield encode(record) + b"\n"
