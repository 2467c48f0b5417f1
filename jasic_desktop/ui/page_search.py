"""Finds words in the page that is read, and marks those that are seen."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from jasic_desktop.core.folding import fold, fold_with_offsets
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.document_view import DocumentView

MOST_FOUND: Final = 10_000
"""More are not counted: a single letter in a very long page."""


class PageSearch(QObject):
    """Where a question stands in a page, whatever its case, width, accents and script. `changed` tells of a new state.

    `wrapped` is 1 after the search went on from the top, -1 after it went on from the end.
    """

    changed = Signal()

    def __init__(self, coordinator: Coordinator, view: DocumentView) -> None:
        super().__init__(view)
        self._coordinator = coordinator
        self._view = view
        self._question = ""
        self._found: list[tuple[int, int]] = []
        self._current: int | None = None
        self._record = ""
        self.wrapped = 0
        view.filled.connect(self._again)
        view.verticalScrollBar().valueChanged.connect(self._mark)
        view.verticalScrollBar().rangeChanged.connect(self._mark)

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def question(self) -> str:
        """What is looked for."""
        return self._question

    @property
    def count(self) -> int:
        """How often it stands in the page."""
        return len(self._found)

    @property
    def number(self) -> int:
        """Which of them is the current one, from 1; 0 where none is."""
        return 0 if self._current is None else self._current + 1

    # ------------------------------------------------------------------------------------------------------ slots

    def look_for(self, question: str) -> None:
        """Look for other words; the first at or after what is seen becomes the current one."""
        self._question = question
        self._record = self._view.page.id if self._view.page is not None else ""
        self.wrapped = 0
        self._find()
        if self._found:
            self._current = bisect_left(self._found, (self._view.first_seen, 0)) % len(self._found)
            self._view.go_to(*self._found[self._current])
        self._mark()
        self.changed.emit()

    def step(self, step: int) -> None:
        """Go to the next one, or the one before; after the last comes the first."""
        if not self._found:
            return
        at = (self._current if self._current is not None else -1) + step
        self.wrapped = 1 if at >= len(self._found) else -1 if at < 0 else 0
        self._current = at % len(self._found)
        self._view.go_to(*self._found[self._current])
        self._mark()
        self.changed.emit()

    def select(self) -> None:
        """Select the current one in the page, from where keys can take more; nothing, where the page has gone."""
        if self._current is not None and self._found[self._current][1] < self._view.document().characterCount():
            self._view.setTextCursor(self._cursor_at(self._current))

    def stop(self) -> None:
        """Look for nothing, and take the marks away."""
        self.look_for("")

    # ---------------------------------------------------------------------------------------------------- helpers

    def _again(self) -> None:
        """The page is another one, or written anew."""
        if self._question:
            record = self._view.page.id if self._view.page is not None else ""
            before = (self._record, len(self._found))
            kept = self._current
            self._find()
            if before == (record, len(self._found)):
                self._current = kept  # written for another width, size or theme: the same words are the current ones
            self._record = record
            self.wrapped = 0
            self._mark()
            self.changed.emit()
        else:
            self._found, self._current = [], None

    def _find(self) -> None:
        self._found = matches(self._view.document().toRawText(), self._question)
        self._current = None

    def _mark(self) -> None:
        """Mark what stands in the part that is seen: thousands of marks at once would hold the window up."""
        view = self._view
        marks: list[QTextEdit.ExtraSelection] = []
        if self._found:
            first = max(0, bisect_left(self._found, (view.first_seen, 0)) - 1)
            last = bisect_right(self._found, (view.last_seen + 1, 0))
            marks = [self._mark_at(number) for number in range(first, last)]
        view.marks.set("found", marks)

    def _mark_at(self, number: int) -> QTextEdit.ExtraSelection:
        theme = self._coordinator.theme
        look = QTextCharFormat()
        is_current = number == self._current
        look.setBackground(theme.color("accent" if is_current else "match"))
        look.setForeground(theme.color("on-accent" if is_current else "ink"))
        made = QTextEdit.ExtraSelection()
        made.cursor = self._cursor_at(number)
        made.format = look
        return made

    def _cursor_at(self, number: int) -> QTextCursor:
        """A cursor that has selected one of those that were found."""
        start, end = self._found[number]
        cursor = QTextCursor(self._view.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor


def matches(text: str, question: str) -> list[tuple[int, int]]:
    """Where `question` stands in `text`, as begin and end counted in UTF-16 as Qt does, at most MOST_FOUND."""
    wanted = fold(" ".join(question.split()))
    if not wanted:
        return []
    folded, offsets = fold_with_offsets(text.replace("\u00a0", " "))
    wide = [at for at, char in enumerate(text) if char > "\uffff"]
    found: list[tuple[int, int]] = []
    at = folded.find(wanted)
    while at >= 0 and len(found) < MOST_FOUND:
        start, end = offsets[at], offsets[at + len(wanted)]
        if end > start:
            found.append((start + bisect_left(wide, start), end + bisect_left(wide, end)))
        at = folded.find(wanted, at + len(wanted))
    return found
