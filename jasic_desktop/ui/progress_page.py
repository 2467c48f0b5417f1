"""What the window shows while an archive is prepared, and when it could not be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from jasic_desktop.core.pace import Pace
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import plain_label
from jasic_desktop.ui.speaking import SpokenProgress, announce

_WIDTH = 560


class ProgressPage(QWidget):
    """A card in the middle: what is done, how far, and Cancel; or what failed, and what to do.

    `cancelled` asks to end the work, `again` to try once more.
    """

    cancelled = Signal()
    again = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._pace = Pace()
        self._spoken = SpokenProgress(self)
        self._step = ""
        self._failure: tuple[str, str] | None = None
        self._title = plain_label(wrap=True)
        self._words = plain_label(wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._count = plain_label()
        self._count.setProperty("role", "faint")
        self._cancel = QPushButton()
        self._cancel.clicked.connect(self._cancel_clicked)
        self._again = QPushButton()
        self._again.setProperty("role", "primary")
        self._again.clicked.connect(self.again)
        self._other = QPushButton()
        self._other.clicked.connect(lambda: coordinator.run("open-pack"))
        self._copy = QPushButton()
        self._copy.clicked.connect(self._copy_details)
        self._lay_out()
        for signal in (coordinator.language_changed, coordinator.text_size_changed, coordinator.theme_changed):
            signal.connect(self._refresh)
        self._refresh()

    # ------------------------------------------------------------------------------------------------------ slots

    def show_progress(self, step: str, done: int, total: int) -> None:
        """Show how far the work is; `step` is a catalogue key, `total` 0 where it is unknown."""
        if self._failure is not None or step != self._step:
            self._failure = None
            self._step = step
            self._refresh()
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        words = self._coordinator.words
        told = words("window.progress.of", step=words(step), done=done, total=total) if total else words(step)
        pace = self._pace.told(step, done, total)
        if pace is not None and done < total:
            told = words("window.progress.pace", told=told, rate=round(pace.rate), left=round(pace.left))
        self._count.setText(told)
        self._spoken.tell(step, told)

    def show_failure(self, sentence: str, details: str) -> None:
        """Show what failed in one sentence, with details to be copied."""
        self._failure = (sentence, details)
        self._step = ""
        self._refresh()
        self._again.setFocus()
        announce(self, sentence)

    # ----------------------------------------------------------------------------------------------------- events

    def showEvent(self, event: QShowEvent) -> None:
        """The keys are at the work that is under way, not at a button that nobody asked for."""
        super().showEvent(event)
        self._bar.setFocus()

    def _cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self.cancelled.emit()

    def _copy_details(self) -> None:
        if self._failure is not None:
            QGuiApplication.clipboard().setText("\n".join(self._failure))

    # ---------------------------------------------------------------------------------------------------- helpers

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        self._card = card
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        for widget in (self._title, self._words, self._bar, self._count):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._again, self._other, self._copy):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        column.addLayout(buttons)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 20)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 20)
        whole.addStretch(2)
        whole.addLayout(middle)
        whole.addStretch(3)

    def _refresh(self) -> None:
        words, failed = self._coordinator.words, self._failure is not None
        self._card.setMaximumWidth(self._coordinator.length(_WIDTH))
        self._title.setFont(self._coordinator.font("section"))
        self._title.setText(words("window.progress.failed" if failed else "window.progress.title"))
        if self._failure is not None:
            self._words.setText(self._failure[0])
        else:
            self._words.setText(words("window.progress.first"))
        self._bar.setAccessibleName(words(self._step) if self._step else self._words.text())
        self._bar.setVisible(not failed)
        self._count.setVisible(not failed)
        self._cancel.setVisible(not failed)
        self._cancel.setEnabled(not failed)
        for button in (self._again, self._other, self._copy):
            button.setVisible(failed)
        self._cancel.setText(words("window.progress.cancel"))
        self._again.setText(words("window.progress.again"))
        self._other.setText(words("window.command.open_pack"))
        self._copy.setText(words("window.progress.copy"))
