"""What stands in a pane in place of what it shows: one sentence, a hint, and buttons to do something about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import clear_layout, let_read, plain_label, plain_mnemonic

_LONGEST = 80


class Notice(QWidget):
    """Empty until `say` is called; `add_button` then adds what can be done, until something else is said."""

    margins: ClassVar[tuple[int, int, int, int]] = (16, 24, 16, 16)
    """Room around it, in pixels: left, above, right, below."""
    across: ClassVar[bool] = False
    """Whether buttons stand beside one another."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._sign = QLabel(self)
        self.sentence = plain_label(parent=self, wrap=True)
        self.sentence.setProperty("role", "strong")
        # A screen reader finds what is said here by Tab, as it finds the buttons.
        let_read(self.sentence)
        self.hint = plain_label(parent=self, wrap=True)
        self.hint.setProperty("role", "second")
        self.setFocusProxy(self.sentence)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.sentence, 1)
        directions = QBoxLayout.Direction
        self._buttons = QBoxLayout(directions.LeftToRight if self.across else directions.TopToBottom)
        self._buttons.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*self.margins)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.hint)
        layout.addLayout(self._buttons)
        layout.addStretch(1)

    def say(self, sentence: str, hint: str = "", *, is_error: bool = False) -> None:
        """Say this, and take away the buttons of what was said before."""
        clear_layout(self._buttons)
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self._sign.setVisible(is_error)
        if is_error:
            size = self._coordinator.length(16)
            self._sign.setPixmap(pixmap("warn", self._coordinator.theme.color("warn"), size))
        if self.across:
            self._buttons.addStretch(1)

    def add_button(self, text: str, act: Callable[[], object]) -> QPushButton:
        """A button that calls `act`."""
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        button = QPushButton(plain_mnemonic(shown), self)
        button.setAccessibleName(text)
        button.clicked.connect(lambda _checked: act())
        if self.across:
            self._buttons.insertWidget(self._buttons.count() - 1, button)
        else:
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def add_copying(self, label: str, sentence: str, details: str) -> None:
        """A button called `label` that copies what failed."""
        text = f"{sentence}\n{details}".strip()
        self.add_button(label, lambda: QGuiApplication.clipboard().setText(text))
