"""Tables as CSV (RFC 4180, UTF-8 with a byte order mark) in which no cell can act as a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

BOM: Final = b"\xef\xbb\xbf"
GUARDED: Final = "guarded_cells"
"""The last column of every table: the columns of its row in which an apostrophe was put before a sign that would
make a spreadsheet calculate. Without those apostrophes the cells are as in the archive."""

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_SIGNS: Final = frozenset("=+-@|%\t\r\n＝＋－＠｜％﹦﹢﹣﹫−")
_QUOTES: Final = frozenset("\"'`“”‘’«»「」『』＂＇")


def guard(cell: str) -> str:
    """`cell` with an apostrophe before every line that a spreadsheet could take for a formula.

    A plain number keeps its sign. Spaces, quotation marks and invisible characters before the sign do not hide it.
    """
    if _NUMBER.fullmatch(cell):
        return cell
    lines = re.split(r"(\r\n|\r|\n)", cell)
    return "".join(f"'{part}" if place % 2 == 0 and _acts(part) else part for place, part in enumerate(lines))


def _acts(line: str) -> bool:
    for char in line:
        if char in _SIGNS:
            return True
        if not (
            char in _QUOTES or char.isspace() or unicodedata.category(char) in ("Cf", "Cc", "Mn", "Co", "Cn", "Cs")
        ):
            return False
    return False


def rows(columns: Sequence[str], cells: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    """The table, header first; a column a row does not have is empty."""
    yield BOM + _line([*columns, GUARDED])
    for row in cells:
        texts = [row.get(column, "").replace("\x00", "\ufffd") for column in columns]
        guarded = [guard(text) for text in texts]
        changed = [column for column, text, safe in zip(columns, texts, guarded, strict=True) if text != safe]
        yield _line([*guarded, " ".join(changed)])


def _line(cells: Iterable[str]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().encode("utf-8", "replace")
