"""Binds the pages that a PDF printer wrote: links, outline, language and fixed data go in, clock and chance go out.

The file is read through pypdf and copied object by object, so that however many pages there are, only the table of
where objects stand is held in memory.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import IO, TYPE_CHECKING, Final

from jasic_desktop.core.cancel import Progress
from jasic_desktop.export.pdf_characters import meant

if TYPE_CHECKING:
    from pypdf.generic import PdfObject

_PAGE: Final = re.compile(rb"^<<\s*/Type /Page\s")
_MEDIA: Final = re.compile(rb"/MediaBox \[\s*\S+ \S+ (\S+) (\S+)\s*\]")
_ANNOTS: Final = re.compile(rb"/Annots (\d+) 0 R")
_UNICODE: Final = re.compile(rb"/ToUnicode (\d+) 0 R")
_STEP: Final = 500
"""So many objects are copied between two looks at whether the person wants to end."""


@dataclass(frozen=True)
class About:
    """What the file says of itself; `date` is the day of the archive's edition (`2026-11-23`), no clock's."""

    title: str
    author: str
    subject: str
    keywords: str
    language: str
    date: str


@dataclass
class Guide:
    """What of a PDF is no ink: places, links to them, and the outline, in points from the upper left of a page.

    `outline` is the title and the place of each entry.
    """

    outline: list[tuple[str, str]] = field(default_factory=list)
    _names: dict[str, int] = field(default_factory=dict)
    _places: dict[int, tuple[int, float]] = field(default_factory=dict)
    _boxes: array[float] = field(default_factory=lambda: array("f"))
    _targets: array[int] = field(default_factory=lambda: array("L"))
    _ends: array[int] = field(default_factory=lambda: array("L"))

    def add_place(self, name: str, page: int, top: float) -> None:
        """A place on a page, counted from 0; of two of the same name the first one counts."""
        self._places.setdefault(self._number(name), (page, top))

    def add_link(self, target: str, x: float, y: float, width: float, height: float) -> None:
        """A link on the page that is being drawn."""
        self._targets.append(self._number(target))
        self._boxes.extend((x, y, width, height))

    def end_page(self) -> None:
        """The page is drawn: the next links are those of the next one."""
        self._ends.append(len(self._targets))

    def place(self, name: str) -> tuple[int, float] | None:
        """Page and height of a place."""
        number = self._names.get(name)
        return None if number is None else self._places.get(number)

    def links(self, page: int) -> Iterator[tuple[tuple[float, ...], tuple[int, float]]]:
        """The links of a page whose places there are: the box, and where it leads."""
        for at in range(self._ends[page - 1] if page else 0, self._ends[page]):
            place = self._places.get(self._targets[at])
            if place is not None:
                yield tuple(self._boxes[4 * at : 4 * at + 4]), place

    def _number(self, name: str) -> int:
        return self._names.setdefault(name, len(self._names))


def bind(file: IO[bytes], guide: Guide, about: About, progress: Progress) -> Iterator[bytes]:
    """The bound file. Raises Cancelled."""
    binder = _Binder(file, guide, about, progress)
    yield from binder.written()


class _Binder:
    """Copies one file; object numbers stay, what is added has numbers behind them."""

    def __init__(self, file: IO[bytes], guide: Guide, about: About, progress: Progress) -> None:
        from pypdf import PdfReader

        self._file, self._guide, self._about, self._progress = file, guide, about, progress
        reader = PdfReader(file, strict=True)
        trailer = reader.trailer
        self._catalog = trailer.raw_get("/Root").idnum
        self._info = trailer.raw_get("/Info").idnum
        catalog = reader.root_object
        self._tree = catalog.raw_get("/Pages").idnum
        # The data about data holds a clock's time and a number drawn by lot; what counts of it is in the other one.
        dropped = {self._catalog, self._info}
        dropped |= {catalog.raw_get(key).idnum for key in ("/Metadata", "/Names") if key in catalog}
        self._pages = _numbers(reader.root_object["/Pages"])
        self._ordinals = {number: page for page, number in enumerate(self._pages)}
        where = {number: place for number, place in reader.xref[0].items() if place}
        self._order = sorted(where, key=where.__getitem__)
        self._ends = dict(zip(self._order, [where[number] for number in self._order[1:]], strict=False))
        self._ends[self._order[-1]] = min(self._start_of_table(), 1 << 62)
        self._where = where
        self._skipped = dropped
        self._size = max(where) + 1
        self._heights: dict[int, float] = {}
        self._annotations: dict[int, int] = {}
        self._unicode: set[int] = set()
        self._offsets: dict[int, int] = {}
        self._place = 0
        self._digest = sha256()

    def written(self) -> Iterator[bytes]:
        yield self._counted(self._read(0, min(self._where.values())))
        self._look_through()
        for at, number in enumerate(self._order):
            if at % _STEP == 0:
                self._progress.step("export.binding", at, len(self._order))
            if number in self._skipped:
                continue
            yield self._object(number, self._body(number))
        yield from self._added()
        yield from self._end()

    # ---------------------------------------------------------------------------------------------------- reading

    def _read(self, first: int, last: int) -> bytes:
        self._file.seek(first)
        return self._file.read(last - first)

    def _start_of_table(self) -> int:
        self._file.seek(0, 2)
        end = self._file.tell()
        tail = self._read(max(0, end - 64), end)
        return int(tail.rpartition(b"startxref")[2].split()[0])

    def _raw(self, number: int) -> bytes:
        """The object as it stands, between its number and its end."""
        text = self._read(self._where[number], self._ends[number])
        return text.partition(b"obj")[2].rpartition(b"endobj")[0].strip(b"\r\n ")

    def _look_through(self) -> None:
        """Find the lists of links of the pages, and the tables of characters of the fonts."""
        for number in self._order:
            if number in self._ordinals:
                raw = self._raw(number)
                annotations, box = _ANNOTS.search(raw), _MEDIA.search(raw)
                if annotations is not None and box is not None:
                    page = self._ordinals[number]
                    self._annotations[int(annotations[1])] = page
                    self._heights[page] = float(box[2])
            elif self._ends[number] - self._where[number] < 2000:
                self._unicode.update(int(found) for found in _UNICODE.findall(self._raw(number)))

    def _body(self, number: int) -> bytes:
        if number in self._annotations:
            return self._links(self._annotations[number])
        if number in self._unicode:
            return meant(self._raw(number))
        return self._raw(number)

    # ---------------------------------------------------------------------------------------------------- writing

    def _counted(self, data: bytes) -> bytes:
        self._place += len(data)
        self._digest.update(data)
        return data

    def _object(self, number: int, body: bytes) -> bytes:
        self._offsets[number] = self._place
        return self._counted(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def _links(self, page: int) -> bytes:
        lines = [b"["]
        high = self._heights[page]
        for (x, y, width, height), (to, top) in self._guide.links(page):
            box = f"{x:.1f} {high - y - height:.1f} {x + width:.1f} {high - y:.1f}"
            lines.append(
                f"<</Type/Annot/Subtype/Link/Rect[{box}]/Border[0 0 0]/Dest{self._destination(to, top)}>>".encode()
            )
        return b"\n".join([*lines, b"]"])

    def _destination(self, page: int, top: float) -> str:
        high = self._heights.get(page, 0)
        return f"[{self._pages[page]} 0 R/XYZ null {max(0, high - top + 8):.1f} null]"

    def _added(self) -> Iterator[bytes]:
        """The outline, what the file says of itself, and the catalogue that names both."""
        from pypdf.generic import TextStringObject

        about = self._about
        entries = [(title, place) for title, name in self._guide.outline if (place := self._guide.place(name))]
        root, first = self._size, self._size + 1
        for at, (title, (page, top)) in enumerate(entries):
            links = [f"/Parent {root} 0 R/Dest{self._destination(page, top)}"]
            links += [f"/Prev {first + at - 1} 0 R"] if at else []
            links += [f"/Next {first + at + 1} 0 R"] if at + 1 < len(entries) else []
            yield self._object(first + at, b"<</Title " + _packed(TextStringObject(title)) + _joined(links))
        if entries:
            tail = [f"/First {first} 0 R/Last {first + len(entries) - 1} 0 R/Count {len(entries)}"]
            yield self._object(root, b"<</Type/Outlines" + _joined(tail))
        self._size += len(entries) + 1
        day = "D:" + about.date.replace("-", "")[:8] + "000000Z"
        said = {
            "Title": about.title,
            "Author": about.author,
            "Subject": about.subject,
            "Keywords": about.keywords,
            "Producer": "Jasic Desktop",
            "CreationDate": day,
            "ModDate": day,
        }
        parts = [f"/{key} ".encode() + _packed(TextStringObject(value)) for key, value in said.items()]
        yield self._object(self._info, b"<<" + b"".join(parts) + b">>")
        catalog = [f"/Pages {self._tree} 0 R/ViewerPreferences<</DisplayDocTitle true>>"]
        catalog += [f"/Outlines {root} 0 R/PageMode/UseOutlines"] if len(entries) > 1 else []
        language = b"/Lang " + _packed(TextStringObject(about.language))
        yield self._object(self._catalog, b"<</Type/Catalog" + language + _joined(catalog))

    def _end(self) -> Iterator[bytes]:
        start = self._place
        lines = [b"xref\n0 %d\n" % self._size, b"0000000000 65535 f \n"]
        for number in range(1, self._size):
            place = self._offsets.get(number)
            lines.append(b"0000000000 65535 f \n" if place is None else b"%010d 00000 n \n" % place)
        yield b"".join(lines)
        name = self._digest.hexdigest()[:32]
        yield (
            f"trailer\n<</Size {self._size}/Root {self._catalog} 0 R/Info {self._info} 0 R/ID[<{name}><{name}>]>>\n"
            f"startxref\n{start}\n%%EOF\n"
        ).encode()


def _numbers(tree: object) -> list[int]:
    """The numbers of the pages of a tree that has no branches."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    kids = tree.get("/Kids") if isinstance(tree, DictionaryObject) else None
    found = [kid.idnum for kid in kids if isinstance(kid, IndirectObject)] if isinstance(kids, ArrayObject) else []
    if not found:
        raise ValueError("the printer wrote no plain list of pages")
    return found


def _packed(value: PdfObject) -> bytes:
    stream = BytesIO()
    value.write_to_stream(stream)
    return stream.getvalue()


def _joined(parts: Iterable[str]) -> bytes:
    return "".join(parts).encode() + b">>"
