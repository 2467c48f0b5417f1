"""Records as a workbook: sheets of records, statements, accounts, sources and provenance, every cell a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from jasic_desktop.core.errors import Cancelled
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language
from jasic_desktop.export import csv
from jasic_desktop.export.json import sources
from jasic_desktop.export.options import Options, records
from jasic_desktop.export.provenance import provenance
from jasic_desktop.export.tables import GUARDED, guard
from jasic_desktop.export.zipped import Zipped
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import cite_archive
from jasic_desktop.render.visible import one_line, visible

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Font

SHORTENED: Final = "shortened_cells"
"""The columns of a row whose text is longer than a cell can hold."""
MOST_CHARACTERS: Final = 32_767
"""So many units of UTF-16 one cell can hold."""
MOST_ROWS: Final = 1_048_576
"""So many rows one sheet can hold."""

_SHEETS: Final[dict[str, Sequence[str]]] = {
    "records": csv.RECORD,
    "statements": csv.STATEMENT,
    "accounts": csv.ACCOUNT,
    "sources": csv.RECORD,
    "about": ("name", "value"),
}
_CUT_SIGN: Final = " […]"
_WIDE: Final = 48  # in characters
_NARROW: Final = 18
_PROPERTIES: Final = "docProps/core.xml"
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def write(store: Store, ids: Sequence[str], options: Options) -> Iterator[bytes]:
    """The workbook. Rows are written as records come; the columns are those of the CSV tables."""
    language = options.language
    with _workbook(store, options) as book:
        sheets = {name: _Sheet(book, name, columns, language) for name, columns in _SHEETS.items()}
        cited: dict[str, None] = {}
        for record in records(store, ids, options):
            sheets["records"].add(csv.record_cells(store, record, language))
            for row in csv.statement_cells(store, record, language):
                sheets["statements"].add(row)
            for row in csv.account_cells(store, record):
                sheets["accounts"].add(row)
            cited.update(dict.fromkeys(sources(record)))
        for document_id in cited:
            if options.progress.cancelled():
                raise Cancelled
            known = document_id in store.ordinals
            row = csv.record_cells(store, store.get(document_id), language) if known else {"id": document_id}
            sheets["sources"].add(row)
        for row in _about(store, language):
            sheets["about"].add(row)
        saved = BytesIO()
        book.save(saved)
    yield from _settled(saved, store).pieces()


@contextmanager
def _workbook(store: Store, options: Options) -> Iterator[Workbook]:
    """A workbook that leaves nothing behind on the disk, however its writing ends."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    told, archive = book.properties, store.archive
    told.title = one_line(archive.title.show(options.language))
    told.creator = told.lastModifiedBy = one_line(archive.editor)
    told.subject = one_line(cite_archive(store, options.language))
    told.description = one_line(archive.rights_note.show(options.language))
    told.identifier, told.version, told.language = store.fingerprint, archive.version, options.language
    told.created = datetime.fromisoformat(archive.date)
    try:
        yield book
    except BaseException:
        # Rows wait in a file for each sheet, which is removed when the workbook is saved.
        book.save(BytesIO())
        raise


class _Sheet:
    """A sheet with a heading row that stays in sight; rows beyond what a sheet can hold go to one more like it."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[str], language: Language) -> None:
        from openpyxl.cell import WriteOnlyCell

        self._book, self._name, self._columns = book, name, columns
        self._title = translate(f"export.sheet.{name}", language)
        self._cell = WriteOnlyCell
        self._sheets = 0
        self._begin()

    def add(self, cells: Mapping[str, str]) -> None:
        """A row; a column that `cells` does not have is empty."""
        if self._rows == MOST_ROWS:
            self._begin()
        texts = [cells.get(column, "") for column in self._columns]
        guarded = [guard(text) for text in texts]
        whole = [visible(text.replace("\r\n", "\n").replace("\r", "\n")) for text in guarded]
        shown = [_cut(text) for text in whole]
        changed = [column for column, text, safe in zip(self._columns, texts, guarded, strict=True) if text != safe]
        short = [column for column, text, cut in zip(self._columns, whole, shown, strict=True) if text != cut]
        self._row((*shown, " ".join(changed), " ".join(short)))

    def _begin(self) -> None:
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        self._sheets += 1
        self._sheet = self._book.create_sheet(self._title + (f" {self._sheets}" if self._sheets > 1 else ""))
        self._sheet.freeze_panes = "A2"
        for number, column in enumerate(self._columns, 1):
            wide = column.startswith(("title", "summary", "text", "question", "value"))
            self._sheet.column_dimensions[get_column_letter(number)].width = _WIDE if wide else _NARROW
        self._rows = 0
        self._row((*self._columns, GUARDED, SHORTENED), Font(bold=True))

    def _row(self, texts: Sequence[str], font: Font | None = None) -> None:
        cells = []
        for text in texts:
            cell = self._cell(self._sheet, text or None)
            if text:
                cell.data_type = "s"  # never a formula or a number, whatever it looks like
            if font is not None:
                cell.font = font
            cells.append(cell)
        self._sheet.append(cells)
        self._rows += 1


def _cut(text: str) -> str:
    """`text` as far as a cell can hold it."""
    if len(text) <= MOST_CHARACTERS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return units[: 2 * (MOST_CHARACTERS - len(_CUT_SIGN))].decode("utf-16-le", "ignore") + _CUT_SIGN


def _about(store: Store, language: Language) -> Iterator[dict[str, str]]:
    """Where the workbook comes from, and what its last two columns mean."""
    for name, value in provenance(store).items():
        if isinstance(value, dict):
            for part, text in value.items():
                yield {"name": f"{name}_{part.lower().replace('-', '_')}", "value": str(text)}
        else:
            yield {"name": name, "value": str(value)}
    yield {"name": GUARDED, "value": translate("export.sheet.guarded_cells", language)}
    yield {"name": SHORTENED, "value": translate("export.sheet.shortened_cells", language)}


def _settled(saved: BytesIO, store: Store) -> Zipped:
    """The workbook with the day of the edition in place of the moment at which it was saved."""
    target = Zipped()
    with ZipFile(saved) as book:
        for name in book.namelist():
            data = book.read(name)
            if name == _PROPERTIES:
                data = _MODIFIED.sub(rb"\g<1>" + f"{store.archive.date}T00:00:00Z".encode() + rb"\g<2>", data)
            target.add(name, data)
    return target
