"""The beginning of an export as it will be: its pages, a page in the type of books, or the lines of a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTextEdit, QVBoxLayout, QWidget

from jasic_desktop.app.export_preview import Line, Look, Preview
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.elided import ElidedLabel
from jasic_desktop.ui.paper.sheet import Leaf, Sheet
from jasic_desktop.ui.paper_view import PaperView
from jasic_desktop.ui.plain import plain_label
from jasic_desktop.ui.theme import LINE_HEIGHTS, Role

_ABOVE: Final[dict[Look, int]] = {"plain": 0, "title": 16, "heading": 12, "text": 4, "item": 2, "note": 0}
"""Pixels over each kind of line."""
_SERIF: Final = ("title", "heading", "text", "item")


class ExportPreview(QStackedWidget):
    """Shows a Preview, or pages of paper in `pages`; before there is either, that it is being made."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._preview: Preview | None = None
        self._awaited = True
        self.pages = PaperView(coordinator)
        self._card = QFrame()
        self._card.setProperty("role", "card")
        self._title = plain_label()
        self._title.setProperty("role", "strong")
        self._part = ElidedLabel()
        self._part.setProperty("role", "note")
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setAcceptRichText(False)
        self.text.setUndoRedoEnabled(False)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setTabChangesFocus(True)
        self.text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.text.document().setDocumentMargin(16)
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 12, 4)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._part)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule)
        column.addWidget(self.text, 1)
        self.addWidget(self._card)
        self.addWidget(self.pages)
        self.refresh()

    def show_preview(self, preview: Preview) -> None:
        """Show this one."""
        self._preview = preview
        self.setCurrentWidget(self._card)
        self.refresh()

    def show_pages(self, leaves: Sequence[Leaf], sheet: Sheet, language: str, *, more: bool) -> None:
        """Show pages; `more` where the file will have further ones."""
        self.pages.show_leaves(leaves, sheet, language, more=more)
        self.setCurrentWidget(self.pages)

    def show_nothing(self, *, awaited: bool) -> None:
        """There is none: not yet (`awaited`), or not at all."""
        self._preview, self._awaited = None, awaited
        self.setCurrentWidget(self._card)
        self.refresh()

    def refresh(self) -> None:
        """Show everything in the language, theme and size of the window."""
        coordinator, words = self._coordinator, self._coordinator.words
        self.pages.refresh()
        self._title.setText(words("window.export.preview"))
        self.text.setAccessibleName(words("window.export.preview"))
        self.text.setMinimumHeight(coordinator.length(180))
        self.text.clear()
        preview = self._preview
        if preview is None:
            self._part.setText("")
            self.text.setPlaceholderText(words("window.export.preparing") if self._awaited else "")
            return
        key = "window.export.preview_whole" if preview.whole else "window.export.preview_part"
        self._part.setText(words(key, count=preview.records))
        cursor = QTextCursor(self.text.document())
        cursor.beginEditBlock()
        for number, line in enumerate(preview.lines):
            self._insert(cursor, line, first=number == 0)
        cursor.endEditBlock()
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _insert(self, cursor: QTextCursor, line: Line, *, first: bool) -> None:
        coordinator, theme = self._coordinator, self._coordinator.theme
        role: Role = "mono" if line.look == "plain" else "small" if line.look == "note" else "ui"
        font = coordinator.font(role)
        if line.look in _SERIF:
            font.setFamilies(theme.families("reading"))
        if line.look == "title":
            font.setPixelSize(coordinator.length(16))
        if line.look in ("title", "heading"):
            font.setWeight(QFont.Weight.DemiBold)
        block, look = QTextBlockFormat(), QTextCharFormat()
        height = round(font.pixelSize() * LINE_HEIGHTS[role])
        block.setLineHeight(height, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        block.setTopMargin(0 if first else coordinator.length(_ABOVE[line.look]))
        if line.look == "item":
            block.setLeftMargin(12)
        look.setFont(font)
        look.setForeground(theme.color("ink-2" if line.look == "note" else "ink"))
        if first:
            cursor.setBlockFormat(block)
            cursor.setBlockCharFormat(look)
        else:
            cursor.insertBlock(block, look)
        cursor.insertText(line.text, look)
