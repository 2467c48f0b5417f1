"""What the self-test wrote, read back by the libraries that others read it with: as text, whatever the format."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZipFile

Reader = Callable[[bytes], str]
"""The text of a file. Raises whatever the library raises where the file is not what it should be."""


def read_back(extension: str, data: bytes) -> str:
    """The text of a file of the format with the extension `extension`; that of a text file is the file itself."""
    return READERS.get(extension.rpartition(".")[2], _text)(data)


def _text(data: bytes) -> str:
    return data.decode("utf-8")


def _docx(data: bytes) -> str:
    from docx import Document

    return "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)


def _xlsx(data: bytes) -> str:
    from openpyxl import load_workbook

    sheets = load_workbook(BytesIO(data), read_only=True).worksheets
    return "\n".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)


def _open_document(data: bytes) -> str:
    from odfdo import Document

    return str(Document(BytesIO(data)).body.text_recursive)


def _pdf(data: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def _bag(data: bytes) -> str:
    with ZipFile(BytesIO(data)) as bag:
        return "\n".join(bag.read(name).decode("utf-8") for name in bag.namelist() if name.endswith((".html", ".xml")))


def _zim(data: bytes) -> str:
    from libzim.reader import Archive

    with TemporaryDirectory(prefix="jasic-desktop-") as folder:
        path = Path(folder) / "archive.zim"
        path.write_bytes(data)
        archive = Archive(path)
        text = bytes(archive.main_entry.get_item().content).decode("utf-8") if archive.check() else ""
        del archive  # it holds the file, which could not be removed on Windows
    return text


READERS: Final[dict[str, Reader]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "odt": _open_document,
    "ods": _open_document,
    "pdf": _pdf,
    "zip": _bag,
    "zim": _zim,
}
"""The formats that are no text, by extension."""
