"""The bar below the reader that finds words in the page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import put_icon
from jasic_desktop.ui.page_search import MOST_FOUND, PageSearch
from jasic_desktop.ui.plain import plain_label, set_tooltip
from jasic_desktop.ui.speaking import announce

LONGEST = 1000
"""Characters of a question."""


class FindBar(QWidget):
    """A field, how many there are, and buttons for the next and the one before. `closed` when it goes."""

    spoken_role = "Grouping"

    closed = Signal()

    def __init__(self, coordinator: Coordinator, search: PageSearch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._search = search
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QLineEdit(self)
        self.field.setMaxLength(LONGEST)
        self.field.setClearButtonEnabled(False)
        self.count = plain_label(parent=self)
        self.count.setProperty("role", "second")
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(4)
        row.addWidget(self.field, 2)
        row.addWidget(self.count, 3)
        for name in ("previous", "next", "close"):
            button = QToolButton(self)
            button.setProperty("role", "quiet")
            self._buttons[name] = button
            row.addWidget(button)
        self._buttons["previous"].clicked.connect(lambda: search.step(-1))
        self._buttons["next"].clicked.connect(lambda: search.step(1))
        self._buttons["close"].clicked.connect(self.close_bar)
        self.field.textChanged.connect(search.look_for)
        search.changed.connect(self._tell)
        self.reword()
        self.hide()

    # ------------------------------------------------------------------------------------------------------ slots

    def open_bar(self, text: str = "") -> None:
        """Come, with `text` to begin with if there is any, and take the keyboard."""
        self.show()
        if text:
            self.field.setText(text[:LONGEST])
        elif self.field.text() != self._search.question:
            self._search.look_for(self.field.text())
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def go(self, step: int) -> None:
        """Go to the next, or the one before; where nothing was looked for yet, ask what."""
        if not self.field.text():
            self.open_bar()
            return
        if not self.isVisible():
            self.show()
            if self._search.question != self.field.text():
                self._search.look_for(self.field.text())
                return
        self._search.step(step)

    def close_bar(self) -> None:
        """Go, and take the marks along; what was found last is selected, to be noted, cited or copied."""
        self._search.select()
        self._search.stop()
        self.hide()
        self.closed.emit()

    def reword(self) -> None:
        """Say and draw everything anew."""
        words = self._coordinator.words
        names = {"previous": "find_previous", "next": "find_next"}
        for name, button in self._buttons.items():
            key = f"window.command.{names[name]}" if name in names else "window.reader.close_find"
            button.setAccessibleName(words(key))
            set_tooltip(button, words(key))
            put_icon(self._coordinator, button, {"previous": "up", "next": "down"}.get(name, name))
        self.setAccessibleName(words("window.command.find_in_page"))
        self.field.setAccessibleName(words("window.command.find_in_page"))
        self.field.setPlaceholderText(words("window.command.find_in_page"))
        self._tell()

    # ----------------------------------------------------------------------------------------------------- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Shift+Enter go on and back, Esc closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.hasFocus():
            self._search.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _tell(self) -> None:
        words, search = self._coordinator.words, self._search
        if not search.question.strip():
            text = ""
        elif not search.count:
            text = words("window.reader.not_found")
        elif search.count >= MOST_FOUND:
            text = words("window.reader.found_many", number=search.number, count=search.count)
        else:
            text = words("window.reader.found", number=search.number, count=search.count)
        if search.wrapped:
            key = "wrapped_top" if search.wrapped > 0 else "wrapped_end"
            text = f"{text} · {words(f'window.reader.{key}')}"
        if text != self.count.text():
            announce(self.field, text)
        self.count.setText(text)
        self.field.setAccessibleDescription(text)
