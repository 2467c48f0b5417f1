"""What an exporter is: a function that streams bytes, with its key, extension, words and media type."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from jasic_desktop.core.cancel import SILENT, Progress
from jasic_desktop.core.languages import Language
from jasic_desktop.core.record_types import RECORD_TYPES, RecordType
from jasic_desktop.core.records import Record
from jasic_desktop.packs.store import Store

if TYPE_CHECKING:
    from jasic_desktop.export.notes import Note

FolderWriter = Callable[[Store, Sequence[str], "Options", Path], int]
"""Writes into an empty folder what the writer has in one file; the number of bytes."""

PaperSize = Literal["a4", "letter"]
PAPER_SIZES: Final[tuple[PaperSize, ...]] = ("a4", "letter")

Writer = Callable[[Store, Sequence[str], "Options"], Iterator[bytes]]
"""Writes the records of these ids, in this order, each once. The same records give the same bytes; nothing of the
machine, the person or the clock is in them. Raises NotFoundFault for an unknown id, Cancelled when asked to end."""


Group = Literal["reading", "tables", "references", "archives", "programs"]
"""What formats are for: to read, tables, reference managers, archive systems, other programs."""


@dataclass(frozen=True)
class Options:
    """What the person chose: the language of the program's own words and of texts where the format has one only.

    `progress` is told of each record and can end the work. `press` makes the PDF: the front ends bring it, because it
    needs the window's toolkit. The rest is for the formats that say so: the size of the paper; accounts that differ
    side by side or under one another; one list of sources at the end or one under each record; the style in which they
    cite (a key of export.citation_styles.STYLES); what reads a file of the pack's media, where they leave too; the
    person's own notes, where these do.
    """

    language: Language = "en"
    progress: Progress = SILENT
    press: Writer | None = None
    paper: PaperSize = "a4"
    side_by_side: bool = True
    sources_at_end: bool = True
    style: str = "house"
    media: Callable[[str], bytes] | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Format:
    """One way to take records away; `label` is a catalogue key. `write_folder` writes the same into an empty folder.

    `heeds` names the fields of Options, beside the language, that it goes by.
    `shown_as` is the key of a format of text that holds the same, where this one is not text: a preview shows it.
    `types` are those of the records that it has a place for, where it leaves others out.
    """

    key: str
    extension: str
    label: str
    media_type: str
    write: Writer
    group: Group
    heeds: frozenset[str] = frozenset()
    shown_as: str | None = None
    write_folder: FolderWriter | None = None
    types: frozenset[RecordType] = frozenset(RECORD_TYPES)


def records(store: Store, ids: Sequence[str], options: Options) -> Iterator[Record]:
    """The records of `ids`, each once, in the order given; tells the progress."""
    wanted = tuple(dict.fromkeys(ids))
    for number, record_id in enumerate(wanted):
        options.progress.step("export.step", number, len(wanted))
        yield store.get(record_id)
    options.progress.step("export.step", len(wanted), len(wanted))
