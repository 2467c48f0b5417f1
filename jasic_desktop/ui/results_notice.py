"""What stands in place of results: nothing found and what to do, or an error and how to go on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jasic_desktop.app.narrowing import chosen, worth_dropping
from jasic_desktop.search.answer import Answer
from jasic_desktop.search.request import Filters
from jasic_desktop.ui.chips import choice_label, drop
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import let_read, plain_label, plain_mnemonic

_LONGEST = 80


class ResultsNotice(QWidget):
    """One sentence, a hint, and buttons that each do one thing about it."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._sign = QLabel(self)
        self._sentence = plain_label(parent=self, wrap=True)
        self._sentence.setProperty("role", "strong")
        self._hint = plain_label(parent=self, wrap=True)
        self._hint.setProperty("role", "second")
        # A screen reader finds what is said here by Tab, as it finds the buttons.
        let_read(self._sentence)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._sentence, 1)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 24, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._hint)
        layout.addLayout(self._buttons)
        layout.addStretch(1)

    def show_nothing_open(self) -> None:
        """There is no archive to search."""
        self._show(self._coordinator.words("window.results.nothing_open"), "")

    def show_nothing_selected(self) -> None:
        """No record is ticked."""
        self._show(self._coordinator.words("window.results.nothing_selected", key=self._coordinator.way("select")), "")

    def show_no_result(self, answer: Answer) -> None:
        """Nothing answers the question: another spelling, and filters to drop."""
        coordinator, filters = self._coordinator, self._coordinator.moment.filters
        choices = chosen(filters)
        asked = answer.query.strip()
        shown = asked if len(asked) <= _LONGEST else f"{asked[:_LONGEST]}…"
        keys = ("none_left", "none_at_all") if not asked else ("none_filtered", "none")
        key = keys[0] if choices else keys[1]
        hint = coordinator.words("window.results.hint_filters" if choices else "window.results.hint_words")
        self._show(coordinator.words(f"window.results.{key}", question=shown), hint)
        if answer.suggestion:
            self._suggestion(answer.suggestion)
        for facet in worth_dropping(filters, answer):
            labels = [choice_label(coordinator, choice) for choice in choices if choice.facet == facet]
            text = coordinator.words("window.results.drop", value=" / ".join(labels))
            self._button(text, partial(drop, coordinator, facet))
        if len(choices) > 1:
            self._button(coordinator.words("window.results.clear_filters"), lambda: coordinator.narrow(Filters()))

    def show_error(self, sentence: str, details: str) -> None:
        """The search failed; the question can be asked again."""
        words = self._coordinator.words
        self._show(sentence, words("window.results.error_hint"), is_error=True)
        self._button(words("window.results.ask_again"), self._coordinator.search)
        text = f"{sentence}\n{details}".strip()
        self._button(words("window.results.copy_details"), lambda: QGuiApplication.clipboard().setText(text))

    # ---------------------------------------------------------------- helpers

    def _suggestion(self, suggestion: str) -> None:
        def ask() -> None:
            self._coordinator.ask(suggestion, live=False)

        self._button(self._coordinator.words("window.results.did_you_mean", suggestion=suggestion), ask)

    def _show(self, sentence: str, hint: str, *, is_error: bool = False) -> None:
        while item := self._buttons.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._sentence.setText(sentence)
        self._sentence.setAccessibleName(sentence)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._sign.setVisible(is_error)
        if is_error:
            self._sign.setPixmap(pixmap("warn", self._coordinator.theme.color("warn"), 16))

    def _button(self, text: str, act: Callable[[], object]) -> None:
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        button = QPushButton(plain_mnemonic(shown), self)
        button.setAccessibleName(text)
        button.clicked.connect(lambda _checked: act())
        self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
