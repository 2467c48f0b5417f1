"""A field for a note that saves itself: says "Saved" when it is on the disk, and keeps the text when it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from jasic_desktop.core.errors import Fault
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import plain_label, tint
from jasic_desktop.ui.speaking import announce

SAVE_MS: Final = 1000
_ICON: Final = 12

Save = Callable[[str], object]


class NoteEditor(QWidget):
    """Edits one text at a time. `saved` comes when it was written; after a failure the text stays, to be tried again.

    It is written a second after the last key, when the focus goes elsewhere, and when another text is to be edited.
    """

    saved = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._save: Save | None = None
        self._written = ""
        self._is_there = False
        self._failure = ""
        self.field = QPlainTextEdit(self)
        self.field.setProperty("role", "field")
        self.field.setTabChangesFocus(True)
        self.field.installEventFilter(self)
        self.state = plain_label(parent=self, wrap=True)
        self.state.setProperty("role", "note")
        self._sign = QLabel(self)
        self._again = QPushButton(self)
        self._again.setProperty("role", "link")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._sign)
        line.addWidget(self.state, 1)
        line.addWidget(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field, 1)
        column.addLayout(line)
        self._timer.timeout.connect(self.flush)
        self._again.clicked.connect(self.flush)
        self.field.textChanged.connect(self._typed)
        for signal in (coordinator.language_changed, coordinator.theme_changed, coordinator.text_size_changed):
            signal.connect(self._tell)
        self._tell()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def is_saved(self) -> bool:
        """Whether what stands in the field is on the disk."""
        return self._save is None or self.field.toPlainText() == self._written

    # ------------------------------------------------------------------------------------------------------ slots

    def edit(self, text: str, save: Save, name: str) -> bool:
        """Edit `text` and write it with `save`; `name` is what a screen reader calls the field.

        What was edited before is written first; where that fails it stays in the field, and False is given.
        """
        if not self.flush():
            return False
        self._save, self._written, self._failure = save, text, ""
        self._is_there = bool(text)
        self.field.setPlainText(text)
        self.field.setAccessibleName(name)
        refusal = self._coordinator.mine.refusal
        self.field.setReadOnly(bool(refusal))
        self._failure = refusal
        self.setEnabled(True)
        self._tell()
        return True

    def put_away(self) -> bool:
        """Edit nothing any more; False where what stands in the field could not be written, and stays."""
        if not self.flush():
            return False
        self._save = None
        self._written = ""
        self.field.clear()
        self.setEnabled(False)
        self._tell()
        return True

    def flush(self) -> bool:
        """Write now what is not written yet; whether it is."""
        self._timer.stop()
        if self.is_saved or self._save is None:
            return True
        text = self.field.toPlainText()
        try:
            self._save(text)
        except Fault as fault:
            self._failure = fault.sentence(self._coordinator.language)
            self._tell()
            return False
        self._written, self._failure = text, ""
        self._is_there = True
        self._tell()
        self.saved.emit()
        self._coordinator.mine.changed.emit()
        return True

    # ----------------------------------------------------------------------------------------------------- events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write when the focus goes elsewhere."""
        if watched is self.field and event.type() == QEvent.Type.FocusOut:
            self.flush()
        return False

    def _typed(self) -> None:
        if self._save is not None and not self.is_saved:
            self._timer.start()
            self._tell()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _tell(self) -> None:
        """Say whether it is saved, to the eye and to the ear."""
        coordinator, words = self._coordinator, self._coordinator.words
        failed = bool(self._failure) and (not self.is_saved or self.field.isReadOnly())
        if self._save is None:
            text, sign, color = "", "", "ink-2"
        elif failed:
            text, sign, color = self._failure, "warn", "warn"
        elif self.is_saved and not self._is_there:
            text, sign, color = "", "", "ink-2"  # nothing was written: nothing is there to be saved
        elif self.is_saved:
            text, sign, color = words("window.mine.saved"), "tick", "verified"
        else:
            text, sign, color = words("window.mine.not_saved_yet"), "", "ink-2"
        if text != self.state.text() and (failed or sign == "tick"):
            announce(self, text)
        self.state.setText(text)
        tint(self.state, coordinator.theme.color(color))
        if sign:
            self._sign.setPixmap(pixmap(sign, coordinator.theme.color(color), coordinator.length(_ICON)))
        self._sign.setVisible(bool(sign))
        self._again.setText(words("window.mine.try_again"))
        self._again.setVisible(failed and not self.field.isReadOnly())
        self.field.setFont(coordinator.font("ui"))
        self.field.viewport().setFont(coordinator.font("ui"))  # Qt writes the hint in this one
        self.field.setPlaceholderText(words("window.mine.write_here") if self._save is not None else "")
