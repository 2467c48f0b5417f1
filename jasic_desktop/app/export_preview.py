"""The beginning of an export as it will be, made by the exporter itself: lines of the file, or of the page it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final, Literal, NamedTuple

from jasic_desktop.app.exporting import beginning
from jasic_desktop.export.registry import FORMATS, Options
from jasic_desktop.packs.store import Store
from jasic_desktop.render.visible import visible

Look = Literal["plain", "title", "heading", "text", "item", "note"]
"""`plain` is a line of a file; the others are those of a page: title of a record, heading, text, item, small print."""

RECORDS: Final = 8
"""Records that are written for the preview at most."""
CHARACTERS: Final = 4000
"""Characters that are shown."""


class Line(NamedTuple):
    """One line of the preview."""

    text: str
    look: Look = "plain"


@dataclass(frozen=True)
class Preview:
    """`lines` of the first `records` records; `whole` where nothing of the export is missing."""

    lines: tuple[Line, ...]
    records: int
    whole: bool


def preview(store: Store, ids: Sequence[str], key: str, options: Options) -> Preview:
    """What an export of `ids` in the format `key` begins with. Raises NotFoundFault, Cancelled."""
    some, key = ids[:RECORDS], FORMATS[key].shown_as or key
    lines, whole = (_page if key == "html" else _file)(store, some, key, options)
    return Preview(lines, len(some), whole and len(some) == len(ids))


def _file(store: Store, ids: Sequence[str], key: str, options: Options) -> tuple[tuple[Line, ...], bool]:
    text, whole = beginning(store, ids, key, options, CHARACTERS)
    return tuple(Line(visible(line)) for line in text.removeprefix("\ufeff").splitlines()), whole


def _page(store: Store, ids: Sequence[str], key: str, options: Options) -> tuple[tuple[Line, ...], bool]:
    parser = _PageReader()
    # A piece is a record, and the longest there can be is read at once; what of a page is not shown is of any length.
    for chunk in FORMATS[key].write(store, ids, options):
        parser.feed(chunk.decode())
    parser.end_line()
    lines: list[Line] = []
    left = CHARACTERS
    for line in parser.lines:
        if left <= 0:
            return tuple(lines), False
        lines.append(Line(visible(line.text[:left]), line.look))
        left -= len(line.text)
    return tuple(lines), left >= 0


_LINES: Final[dict[str, Look]] = {
    "h1": "heading",
    "h2": "title",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "p": "text",
    "li": "item",
    "dt": "heading",
    "dd": "text",
    "blockquote": "text",
}
_SKIPPED: Final = ("head", "nav")
_SMALL: Final = ("archive", "fingerprint", "names", "line")


class _PageReader(HTMLParser):
    """Takes a page of ours apart into the lines that a browser shows, without its contents, which name all records."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._look: Look = "text"
        self._text = ""
        self._skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that begins a line ends the one before."""
        if tag in _SKIPPED:
            self._skipping += 1
        if tag in _LINES:
            self.end_line()
            self._look = "note" if dict(attrs).get("class") in _SMALL else _LINES[tag]

    def handle_endtag(self, tag: str) -> None:
        """The end of what a line stands in."""
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        if tag in _LINES:
            self.end_line()

    def handle_data(self, data: str) -> None:
        """Text of the line, if it is shown."""
        if not self._skipping:
            self._text += data

    def end_line(self) -> None:
        """Keep the line that was read, unless it is empty."""
        text = " ".join(self._text.split())
        if text:
            self.lines.append(Line(text, self._look))
        self._text, self._look = "", "text"
