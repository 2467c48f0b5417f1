"""Taking records away: which ones, what of them leaves in each format, how large, under which name, and the writing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from jasic_desktop.core import atomic
from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.errors import DamagedFault, NotFoundFault, NotWrittenFault
from jasic_desktop.core.languages import Language
from jasic_desktop.core.record_types import RECORD_TYPES
from jasic_desktop.export.json import sources
from jasic_desktop.export.names import safe_name
from jasic_desktop.export.registry import FORMATS, Options
from jasic_desktop.packs.bag import open_pack
from jasic_desktop.packs.images import cleaned
from jasic_desktop.packs.layout import MEDIA, is_picture
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive, identifier
from jasic_desktop.render.visible import one_line
from jasic_desktop.search.request import Request

SAMPLE: Final = 24
"""So many records are written to tell how large an export will be; fewer are written whole."""


_TOGETHER: Final = frozenset({"svg", "graphml", "zim"})
"""Formats whose size is no sum of what each record takes: a file of them is written whole to tell."""


class Carries(NamedTuple):
    """What of a record a format takes along."""

    statements: bool = False
    accounts: bool = False
    sources: bool = False


CARRIES: Final = {
    "pdf": Carries(statements=True, accounts=True, sources=True),
    "dossier": Carries(statements=True, accounts=True, sources=True),
    "html": Carries(statements=True, accounts=True, sources=True),
    "docx": Carries(statements=True, accounts=True, sources=True),
    "markdown": Carries(statements=True, accounts=True, sources=True),
    "xlsx": Carries(statements=True, accounts=True, sources=True),
    "csv": Carries(),
    "csv-statements": Carries(statements=True),
    "json": Carries(statements=True, accounts=True, sources=True),
    "jsonl": Carries(statements=True, accounts=True),
    "jsonld": Carries(statements=True, accounts=True),
    "bibtex": Carries(),
    "ris": Carries(),
    "csl-json": Carries(),
    "odt": Carries(statements=True, accounts=True, sources=True),
    "zim": Carries(statements=True, accounts=True, sources=True),
    "svg": Carries(),
    "timeline-csv": Carries(),
    "ead3": Carries(statements=True, accounts=True, sources=True),
    "eac-cpf": Carries(statements=True, accounts=True, sources=True),
    "dc": Carries(statements=True, accounts=True, sources=True),
    "graphml": Carries(),
    "bulk": Carries(statements=True, accounts=True),
    "bulk-solr": Carries(statements=True, accounts=True),
}
"""For every format of the registry: whether the texts of statements and accounts leave, and descriptions of sources."""


@dataclass(frozen=True)
class Contents:
    """What some records hold: how many they are, their statements, those of them alleged, sets of accounts that
    differ, and the documents they cite.
    """

    records: int = 0
    statements: int = 0
    alleged: int = 0
    accounts: int = 0
    sources: int = 0


class Size(NamedTuple):
    """How many bytes an export has; judged by a sample where it is not `exact`."""

    bytes: int
    exact: bool


@contextmanager
def reading(store_path: Path) -> Iterator[Store]:
    """The store at `store_path`, opened for the calling thread. Raises DamagedFault where it is not there or no longer
    whole, also out of the block.
    """
    with Store.open(store_path) as store:
        try:
            yield store
        except sqlite3.Error as error:
            raise DamagedFault("packs.store_damaged", path=store_path) from error


def found(store: Store, index_folder: Path, request: Request, progress: Progress = SILENT) -> tuple[str, ...]:
    """The ids of all records that `request` finds, however many it asks for. Raises DamagedFault, Cancelled."""
    from jasic_desktop.search.whoosh import open_engine

    engine = open_engine(store, index_folder)
    try:
        progress.step("export.step")
        return engine.listed(request, progress.cancelled).ids
    finally:
        engine.close()


def contents(store: Store, ids: Sequence[str], progress: Progress = SILENT) -> Contents:
    """Count what the records of `ids` hold. Raises NotFoundFault, Cancelled."""
    statements = alleged = accounts = 0
    cited: set[str] = set()
    wanted = tuple(dict.fromkeys(ids))
    for number, record_id in enumerate(wanted):
        progress.step("export.step", number, len(wanted))
        record = store.get(record_id)
        statements += len(record.statements)
        alleged += sum(statement.alleged for statement in record.statements)
        accounts += len(record.accounts)
        cited.update(sources(record))
    return Contents(len(wanted), statements, alleged, accounts, len(cited))


def size(store: Store, ids: Sequence[str], key: str, options: Options) -> Size:
    """How large the export of `ids` in the format `key` is. Raises NotFoundFault, Cancelled."""

    def written(some: Sequence[str]) -> int:
        return sum(map(len, FORMATS[key].write(store, some, options)))

    wanted = tuple(dict.fromkeys(ids))
    if len(wanted) <= SAMPLE or key in _TOGETHER:
        return Size(written(wanted), exact=True)
    # Two samples from all over, one within the other: what both begin and end with falls out.
    many = [wanted[at * len(wanted) // SAMPLE] for at in range(SAMPLE)]
    few = many[::2]
    large, small = written(many), written(few)
    for_each = (large - small) / (len(many) - len(few))
    return Size(max(large, round(large + for_each * (len(wanted) - len(many)))), exact=False)


def media_of(pack: Path) -> Callable[[str], bytes]:
    """Reads files of a pack's media, each checked against its manifest; pictures are made anew from their pixels.

    Raises DamagedFault (DamagedPack among them) when one is read.
    """
    made: dict[str, bytes] = {}

    def read(name: str) -> bytes:
        if name not in made:
            with open_pack(pack) as opened:
                data = opened.read(MEDIA + name)
            if not is_picture(name):
                return data
            made[name] = cleaned(name, data)
        return made[name]

    return read


def left_out(store: Store, ids: Sequence[str], key: str) -> int:
    """How many of these records the format has no place for. Raises NotFoundFault."""
    types = FORMATS[key].types
    return sum(store.type(record_id) not in types for record_id in ids) if len(types) < len(RECORD_TYPES) else 0


def proposed_name(store: Store, ids: Sequence[str], key: str) -> str:
    """A name for the file that every system takes: the id of the only record, else the archive's and the number."""
    stem = ids[0] if len(ids) == 1 else f"{store.archive.id}-{len(ids)}-records"
    if key == "csv-statements":
        stem += "-statements"
    elif key == "dossier":
        stem += "-dossier"
    return safe_name(stem, FORMATS[key].extension)


def listed(store: Store, ids: Sequence[str], language: Language, progress: Progress = SILENT) -> str:
    """What leaves as a list to keep beside the file: the archive, then title and identifier of each record in a line.

    Raises NotFoundFault, Cancelled.
    """
    lines = [one_line(cite_archive(store, language))]
    for number, record_id in enumerate(ids):
        progress.step("export.step", number, len(ids))
        lines.append(f"{one_line(store.title(record_id).show(language))}\t{identifier(store, record_id)}")
    return "\n".join([*lines, ""])


def beginning(store: Store, ids: Sequence[str], key: str, options: Options, most: int) -> tuple[str, bool]:
    """At most `most` characters of the file that `write` would make, and whether that is all of it.

    Of a format that is no text it is the file of the format that its preview is shown as.
    """
    data = bytearray()
    chunks = FORMATS[FORMATS[key].shown_as or key].write(store, ids, options)
    for chunk in chunks:
        data += chunk
        if len(data) > 4 * most:  # a character has four bytes at most
            break
    text = bytes(data).decode("utf-8", "ignore")
    return text[:most], len(text) <= most and not any(islice(chunks, 1))


def write(store: Store, ids: Sequence[str], key: str, options: Options, path: Path, *, force: bool = False) -> int:
    """Write the records of `ids` to `path`, whole or not at all; the number of bytes. A format that can be a folder
    is one where the name does not end as its file would.

    Raises NotWrittenFault where a file is there and `force` is not given, where there is no such folder, or when the
    system refuses; NotFoundFault also where the format has a place for none of the records; Cancelled.
    """
    if ids and left_out(store, ids, key) == len(ids):
        raise NotFoundFault("export.none_fits", format=key)
    if not os.path.isdir(path.parent):  # noqa: PTH112 - Path.is_dir raises for a name that is too long
        raise NotWrittenFault("export.no_folder", folder=path.parent)
    form = FORMATS[key]
    if form.write_folder is not None and not path.name.endswith(f".{form.extension}"):
        with atomic.making(path) as folder:
            written = form.write_folder(store, ids, options, folder)
            folder.chmod(0o755)
        return written
    with atomic.writing(path, force=force) as part, part.open("wb") as file:
        return sum(file.write(chunk) for chunk in FORMATS[key].write(store, ids, options))
