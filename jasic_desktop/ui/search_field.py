"""The field in which questions are asked: at the top of the window and, larger, on the start page."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap

AFTER_CURSOR: Final = "\u2009"
"""A thin space before the words of an empty field, so that the cursor does not stand on their first letter."""

_MARGINS: Final = {False: (10, 16, 56), True: (16, 20, 72)}
"""Of the field above and the one in front: room before the glass, its size, room for the keys, in pixels at 100 %."""


class SearchField(QLineEdit):
    """Asks while one types. Enter opens the first result, Down goes to the results, Esc clears and then leaves.

    `left_down` asks for the results, `left` for what was read before. What an input method has not yet made
    characters of is no question: it is asked when it is in the field.
    """

    left_down = Signal()
    left = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None, *, front: bool = False) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._front = front
        self._open_when_answered = False
        self._composing = False
        self._in_tab = False
        self.setProperty("role", "front" if front else "search")
        self.setMaxLength(1000)
        self.textEdited.connect(self._typed)
        self.returnPressed.connect(self._entered)
        coordinator.moment_changed.connect(self._moment_changed)
        coordinator.answer_changed.connect(self._answered)
        coordinator.language_changed.connect(self._reword)
        coordinator.text_size_changed.connect(self._restyle)
        coordinator.theme_changed.connect(self._restyle)
        coordinator.setting_changed.connect(lambda _key: self.update())
        self._reword()
        self._restyle()

    def sizeHint(self) -> QSize:
        """As wide as the pictures have it."""
        return QSize(720 if self._front else 560, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few words."""
        return QSize(200, super().minimumSizeHint().height())

    @property
    def is_composing(self) -> bool:
        """Whether an input method shows letters here that are no characters yet."""
        return self._composing

    # ----------------------------------------------------------------------------------------------------- events

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Ask what an input method puts into the field, and nothing before."""
        self._composing = bool(event.preeditString())
        has_come = bool(event.commitString())
        self.blockSignals(self._composing and not has_come)
        try:
            super().inputMethodEvent(event)
        finally:
            self.blockSignals(False)
        if not self._composing and self.text() != self._coordinator.moment.text:
            # What was marked in the field gave way to letters that came to nothing.
            self._typed(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears, then leaves; Down goes to the results; Enter opens the first, with Ctrl in a new tab."""
        if self._composing:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self._typed("")
            else:
                self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._in_tab = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The glass on the left, the keys on the right while there is room."""
        super().paintEvent(event)
        theme = self._coordinator.theme
        painter = QPainter(self)
        left, size, _ = _MARGINS[self._front]
        size = self._coordinator.length(size)
        glass = pixmap("find", theme.color("ink-2"), size, ratio=self.devicePixelRatio())
        painter.drawPixmap(left, (self.height() - size) // 2, glass)
        painter.setFont(self._coordinator.font("heading"))
        key = self._coordinator.key("go-search")
        shown = key if key.endswith("+") else key.replace("+", " ")
        width = painter.fontMetrics().horizontalAdvance(shown) + 12
        height = painter.fontMetrics().height() + 4
        if shown and self.width() > 4 * width:
            box = QRect(self.width() - width - left, (self.height() - height) // 2, width, height)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.color("line"))
            painter.setBrush(theme.color("paper"))
            painter.drawRoundedRect(box.toRectF().translated(0.5, 0.5), 4, 4)
            painter.setPen(theme.color("ink-2"))
            font = self._coordinator.font("heading")
            font.setCapitalization(font.Capitalization.MixedCase)
            font.setWeight(font.Weight.Normal)
            painter.setFont(font)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()

    def _typed(self, text: str) -> None:
        self._open_when_answered = False
        self._coordinator.ask(text)

    def _entered(self) -> None:
        self._coordinator.ask(self.text(), live=False)
        if self._coordinator.is_searching:
            self._open_when_answered = True
        else:
            self._open_first()

    def _answered(self, _answer: object) -> None:
        if self._open_when_answered:
            self._open_first()

    def _moment_changed(self, _old: object, _new: object) -> None:
        if self.text() != self._coordinator.moment.text and not self._composing:
            self.setText(self._coordinator.moment.text)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _open_first(self) -> None:
        self._open_when_answered = False
        answer = self._coordinator.answer
        if self.text().strip() and answer is not None and answer.hits:
            self._coordinator.open_record(answer.hits[0].id, self._in_tab)

    def _reword(self) -> None:
        words = self._coordinator.words("window.search.front" if self._front else "window.search.hint")
        self.setPlaceholderText(AFTER_CURSOR + words)
        self.setAccessibleName(self._coordinator.words("window.search.name"))

    def _restyle(self) -> None:
        font = self._coordinator.font("ui")
        if self._front:
            font.setPixelSize(self._coordinator.length(16))
        self.setFont(font)
        left, size, right = _MARGINS[self._front]
        self.setTextMargins(left + self._coordinator.length(size), 0, self._coordinator.length(right), 0)
