"""Real stores for tests: from records given as values, and of the bundled archive."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from jasic_desktop.core.archive import Archive
from jasic_desktop.core.records import Record
from jasic_desktop.packs.bag import Pack, open_pack
from jasic_desktop.packs.build import write_pack
from jasic_desktop.packs.source import Source
from jasic_desktop.packs.store import Store, write_store
from tests.helpers.derived import derived_in
from tests.helpers.shared import used_home


def store_of(archive: Archive, records: Sequence[Record], folder: Path) -> Store:
    """The store of a pack of `records`, made and opened in the empty folder `folder`."""
    return _store(Source(archive, tuple(records), folder), folder)


class Forged(NamedTuple):
    """What a pack offers, with records that no pack would take: for what must hold even so."""

    archive: Archive
    all: tuple[Record, ...]
    fingerprint: str = "f" * 128

    def records(self) -> Iterator[Record]:
        """The records."""
        return iter(self.all)


def forged_store(archive: Archive, records: Sequence[Record], folder: Path) -> Store:
    """A store of `records` that were never in a pack, whose reader refuses what they hold."""
    write_store(cast("Pack", Forged(archive, tuple(records))), folder / "records.sqlite")
    return Store.open(folder / "records.sqlite")


@cache
def bundled_store() -> Store:
    """The store of the bundled archive, made once for the whole run."""
    return Store.open(derived_in(used_home())[0])


def _store(source: Source, folder: Path) -> Store:
    write_pack(source, folder / "pack")
    write_store(open_pack(folder / "pack"), folder / "records.sqlite")
    return Store.open(folder / "records.sqlite")
