"""The passages of a record in the text that is read: selected words as anchors, notes as marks in colour and line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from jasic_desktop.ui.document import JOINER
from jasic_desktop.ui.document_view import DocumentView
from jasic_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from jasic_desktop.packs.store import Store
    from jasic_desktop.workspace.anchors import Found
    from jasic_desktop.workspace.items import Anchor, Note

_GROUNDS: Final = {"yellow": "warn", "green": "place", "blue": "person", "pink": "accent"}
_LINES: Final = {
    "yellow": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "green": QTextCharFormat.UnderlineStyle.DashUnderline,
    "blue": QTextCharFormat.UnderlineStyle.DotLine,
    "pink": QTextCharFormat.UnderlineStyle.DashDotLine,
}
_SHARE: Final = 0.2
_UTF16: Final = 2
_MOST_PASSAGES: Final = 20


@dataclass
class Shown:
    """A passage as it stands in the document: its text on one line, and where each of its characters stands."""

    text: str = ""
    places: list[int] = field(default_factory=list)


class NoteMark(NamedTuple):
    """A note and where its words stand now: in the document, where they are shown."""

    note: Note
    found: Found | None
    start: int = -1
    end: int = -1


def shown_passages(view: DocumentView) -> dict[str, Shown]:
    """The passages that the page shows, by name, read from the document itself."""
    raw = view.document().toRawText().encode("utf-16-le", "surrogatepass")
    passages: dict[str, Shown] = {}
    ends: dict[str, int] = {}
    for run in view.marks.runs:
        shown = passages.setdefault(run.field, Shown())
        between = _decoded(raw, ends.get(run.field, run.start), run.start)
        # A new paragraph or cell parts words; the number of a source between two runs does not.
        chars: list[str] = [" "] if any(char in "\u2029\ufdd0\ufdd1" for char in between) else []
        _add(shown, chars, run.start)
        _add(shown, list(_decoded(raw, run.start, run.end)), run.start)
        ends[run.field] = run.end
    for shown in passages.values():
        if shown.text.endswith(" "):
            shown.text = shown.text[:-1]
            shown.places.pop()
    return passages


def selected_anchors(view: DocumentView, store: Store, record: str) -> list[Anchor]:
    """An anchor for each passage that selected words belong to; none where they belong to no passage."""
    from jasic_desktop.workspace.anchors import anchor_for
    from jasic_desktop.workspace.passages import passages

    cursor, page = view.textCursor(), view.page
    if page is None or not cursor.hasSelection():
        return []
    languages = {one.field: one.language for one in passages(store.get(record), page.language)}
    anchors = []
    for name, shown in shown_passages(view).items():
        first = bisect_left(shown.places, cursor.selectionStart())
        last = bisect_left(shown.places, cursor.selectionEnd())
        if first < last and shown.text[first:last].strip() and name in languages:
            anchors.append(anchor_for(name, languages[name], shown.text, first, last))
    return anchors[:_MOST_PASSAGES]


def placed_notes(view: DocumentView, store: Store, record: str, notes: Sequence[Note]) -> list[NoteMark]:
    """Where the words of each note stand on the page, which is whole. What stands in another language, or nowhere any
    more, is not on the page.
    """
    from jasic_desktop.app.noting import place
    from jasic_desktop.workspace.anchors import locate
    from jasic_desktop.workspace.passages import passages

    page = view.page
    shown = shown_passages(view)
    languages = (
        {one.field: one.language for one in passages(store.get(record), page.language)} if page is not None else {}
    )
    marks = []
    for note in notes:
        anchor = note.anchor
        if anchor is None:
            marks.append(NoteMark(note, None))
            continue
        here = {name: one.text for name, one in shown.items() if languages.get(name) == anchor.language}
        found = locate(anchor, here)
        if found.how == "orphaned":
            marks.append(NoteMark(note, place(store, note).found))
        else:
            places = shown[found.field].places
            last = places[found.end - 1]
            wide = 2 if shown[found.field].text[found.end - 1] > "\uffff" else 1
            marks.append(NoteMark(note, found, places[found.start], last + wide))
    return marks


def draw_marks(view: DocumentView, marks: Sequence[NoteMark], theme: Theme, current: str = "") -> None:
    """Give the words of notes their colour and line; those of the note `current` (an id) a stronger one."""
    made = []
    for mark in marks:
        if mark.start < 0:
            continue
        cursor = QTextCursor(view.document())
        cursor.setPosition(mark.start)
        cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        token = _GROUNDS[mark.note.colour]
        look.setBackground(theme.mixed(token, "surface", _SHARE * (2 if mark.note.id == current else 1)))
        look.setUnderlineStyle(_LINES[mark.note.colour])
        look.setUnderlineColor(theme.color(token))
        selection = QTextEdit.ExtraSelection()
        selection.cursor = cursor
        selection.format = look
        made.append(selection)
    view.marks.set("notes", made)


def _decoded(raw: bytes, start: int, end: int) -> str:
    return raw[_UTF16 * start : _UTF16 * end].decode("utf-16-le", "replace")


def _add(shown: Shown, chars: Sequence[str], place: int) -> None:
    """Put characters, the first of which stands at `place`, behind those of a passage, white space as one space."""
    text = []
    last = shown.text[-1:] or " "
    for char in chars:
        at = place
        place += 2 if char > "\uffff" else 1
        if char == JOINER:
            continue
        if char.isspace():
            char = " "
            if last == " ":
                continue
        text.append(char)
        shown.places.append(at)
        last = char
    shown.text += "".join(text)
