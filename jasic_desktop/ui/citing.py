"""What can be cited from where somebody reads, and how it is put on the clipboard: the citations of the window."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor

from jasic_desktop.core.errors import NotFoundFault
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.document import CITE
from jasic_desktop.ui.document_view import DocumentView
from jasic_desktop.ui.plain_mime import plain_mime

if TYPE_CHECKING:
    from jasic_desktop.export.citation_styles import Form, Subject
    from jasic_desktop.export.citation_text import Markup
    from jasic_desktop.render.wording import Inlines

STYLE: str = "citation_style"
"""The setting that holds the style."""
_BETWEEN_NUMBERS = re.compile(r"[\s,;]{0,2}")


class Citable(Struct, frozen=True):
    """One answer to what is to be cited: its words in the dialog, and what they stand for."""

    label: str
    subjects: tuple[Subject, ...]


def citable(coordinator: Coordinator, view: DocumentView) -> tuple[Citable, ...]:
    """What could be cited now, the closest first: words selected, their statement, the record, the archive."""
    # The engine of styles is loaded with the first citation, not with the window.
    from jasic_desktop.export.citation_styles import Subject, subject

    store, words = coordinator.store, coordinator.words
    if store is None:
        return ()
    found = []
    target = coordinator.target
    if target is not None and target == coordinator.moment.record:
        passage = passage_of(view)
        if passage:
            # Words of the program may stand between those of the record.
            with suppress(NotFoundFault):
                found.append(Citable(words("window.cite.passage", text=passage), (subject(store, target, passage),)))
        if view.statement is not None:
            text = words("window.cite.statement", statement=view.statement)
            found.append(Citable(text, (Subject(target, view.statement),)))
    if target is not None:
        title = store.title(target).show(coordinator.language)
        found.append(Citable(words("window.cite.record", title=title), (Subject(target),)))
    if len(coordinator.selection):
        ids = coordinator.selection.ids
        found.append(Citable(words("window.cite.selection", count=len(ids)), tuple(map(Subject, ids))))
    title = store.archive.title.show(coordinator.language)
    found.append(Citable(words("window.cite.archive", title=title), (Subject(None),)))
    return tuple(found)


def passage_of(view: DocumentView) -> str:
    """The words selected in the text, without the numbers of sources between them."""
    cursor = view.textCursor()
    at, end = cursor.selectionStart(), cursor.selectionEnd()
    parts: list[str] = []
    for link in view.links:
        if link.target.startswith(CITE) and at <= link.start < end:
            between = _words(view, at, link.start)
            parts.append("" if parts and _BETWEEN_NUMBERS.fullmatch(between) else between)
            at = link.end
    parts.append(_words(view, at, end))
    return " ".join("".join(parts).split())


def citations(coordinator: Coordinator, subjects: tuple[Subject, ...], form: Form = "entry") -> list[Inlines]:
    """The citations in the style of the settings, in the language of the window.

    Raises NotFoundFault for what the archive does not have.
    """
    from jasic_desktop.export.citation_styles import cite

    store = coordinator.store
    if store is None:
        return []
    style = coordinator.settings.text(STYLE)
    return [cite(store, cited, style, coordinator.language, form) for cited in subjects]


def text_of(coordinator: Coordinator, ids: tuple[str, ...]) -> str:
    """The citations of records as text, a line each. Raises NotFoundFault."""
    from jasic_desktop.core.blocks import plain
    from jasic_desktop.export.citation_styles import Subject
    from jasic_desktop.render.visible import one_line

    return "\n".join(one_line(plain(found)) for found in citations(coordinator, tuple(map(Subject, ids))))


def for_clipboard(coordinator: Coordinator, found: list[Inlines], markup: Markup) -> QMimeData:
    """Citations as text, Markdown or HTML; HTML is pasted as set text by a word processor, as its source elsewhere."""
    from jasic_desktop.export.citation_text import written

    text = written(found, markup, coordinator.language)
    made = plain_mime(text.rstrip("\n"))
    if markup == "html":
        made.setData("text/html", text.encode())
    return made


def _words(view: DocumentView, start: int, end: int) -> str:
    cursor = QTextCursor(view.document())
    cursor.setPosition(start)
    cursor.setPosition(max(start, end), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selection().toPlainText()
