"""What stands in the reader where no page does: one sentence, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import let_read, plain_label, plain_mnemonic


class ReaderNotice(QWidget):
    """Says that nothing is read, or why a record cannot be."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._said: object = None
        self._sign = QLabel(self)
        self.sentence = plain_label(parent=self, wrap=True)
        self.sentence.setProperty("role", "strong")
        let_read(self.sentence)
        self.hint = plain_label(parent=self, wrap=True)
        self.hint.setProperty("role", "second")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.sentence, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 40, 32, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.hint)
        layout.addLayout(self._buttons)
        layout.addStretch(1)

    def show_nothing_read(self) -> None:
        """No record is open: the first result can be, or a question asked. What stands there already stays."""
        coordinator, words = self._coordinator, self._coordinator.words
        has_hits = coordinator.answer is not None and bool(coordinator.answer.hits)
        said = (coordinator.language, coordinator.store is None, has_hits)
        if said == self._said:
            return
        self._said = said
        if coordinator.store is None:
            self._show(words("window.reader.nothing_open"))
            self._button(words("window.command.open_pack"), lambda: coordinator.run("open-pack"))
            return
        self._show(words("window.reader.nothing_read"))
        if has_hits:
            self._button(words("window.reader.open_first"), self._open_first)
        else:
            self._button(words("window.command.go_search"), lambda: coordinator.run("go-search"))

    def show_error(self, sentence: str, details: str, again: Callable[[], object]) -> None:
        """A record cannot be shown."""
        words = self._coordinator.words
        self._said = None
        self._show(sentence, words("window.reader.error_hint"), is_error=True)
        self._button(words("window.reader.again"), again)
        text = f"{sentence}\n{details}".strip()
        self._button(words("window.reader.copy_details"), lambda: QGuiApplication.clipboard().setText(text))

    # ---------------------------------------------------------------------------------------------------- helpers

    def _show(self, sentence: str, hint: str = "", *, is_error: bool = False) -> None:
        while item := self._buttons.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self._sign.setVisible(is_error)
        if is_error:
            self._sign.setPixmap(pixmap("warn", self._coordinator.theme.color("warn"), 16))
        self._buttons.addStretch(1)

    def _open_first(self) -> None:
        answer = self._coordinator.answer
        if answer is not None and answer.hits:
            self._coordinator.open_record(answer.hits[0].id)

    def _button(self, text: str, act: Callable[[], object]) -> None:
        button = QPushButton(plain_mnemonic(text), self)
        button.setAccessibleName(text)
        button.clicked.connect(lambda _checked: act())
        self._buttons.insertWidget(self._buttons.count() - 1, button)
