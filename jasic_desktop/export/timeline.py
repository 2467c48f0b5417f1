"""The events among the records as a timeline: one picture, or one table, in order of date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jasic_desktop.export.options import Options, records
from jasic_desktop.export.timeline_csv import timeline_csv
from jasic_desktop.export.timeline_svg import timeline_svg
from jasic_desktop.packs.store import EventRow, Store


def write_svg(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """The picture as SVG; records of other types are left out."""
    yield timeline_svg(store, _events(store, ids, options), options.language).encode()


def write_csv(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """The table as CSV; records of other types are left out."""
    yield timeline_csv(store, _events(store, ids, options), options.language).encode()


def _events(store: Store, ids: Sequence[str], options: Options) -> list[EventRow]:
    chosen = {record.id for record in records(store, ids, options)}
    return [row for row in store.events() if row.id in chosen]
