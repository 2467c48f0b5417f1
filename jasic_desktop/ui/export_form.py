"""The controls of the export dialog and where they stand; what they do is the dialog's."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.export.citation_styles import STYLES
from jasic_desktop.export.citation_styles import label as style_label
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.ui.choice_box import ChoiceBox
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.elided import ElidedLabel
from jasic_desktop.ui.export_facts import ExportFacts
from jasic_desktop.ui.export_formats import FormatList
from jasic_desktop.ui.export_options import ExportOptions
from jasic_desktop.ui.export_outcome import ExportOutcome
from jasic_desktop.ui.export_preview import ExportPreview
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import plain_label, tint
from jasic_desktop.ui.speaking import SpokenProgress

_FORMATS_WIDTH: Final = 272
_FORMATS_SHARE: Final = 0.38
_SIDE_WIDTH: Final = 296
_WHOLE_FOOT: Final = 640
"""Narrower than this, what cannot be done while a file is written makes room for how far that is."""
_RECORDS: Final = "export.step"
"""The step that counts records; of the others a share is told."""
_SIDE_BY_SIDE: Final = 560
"""Preview and numbers stand beside one another from this width on, in pixels at a text size of 100 %."""


class ExportForm(QWidget):
    """Fills the dialog `parent`. The dialog reads and connects `scope`, `formats`, `options`, `style`, `example`,
    `path`, `choose`, `copy_list`, `cancel` and `export`, and shows in `preview`, `facts` and `outcome`.
    """

    def __init__(self, coordinator: Coordinator, parent: QDialog) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._dialog = parent
        self._count = 0
        self._rights = ""
        self._ready = False
        self._written: tuple[int, int] | None = None
        self._cancelling = False
        self._done = False
        self._step_key = _RECORDS
        self._title = ElidedLabel()
        self.scope = ChoiceBox(coordinator)
        self.formats = FormatList(coordinator)
        self.preview = ExportPreview(coordinator)
        self.facts = ExportFacts(coordinator)
        self.options = ExportOptions(coordinator)
        self._style_label = plain_label()
        self.style_box = ChoiceBox(coordinator)
        for key in STYLES:
            self.style_box.addItem("", key)
        self.example = QPushButton()
        self._rights_note = _Note("tick", "verified", coordinator)
        self._privacy_note = _Note("warn", "warn", coordinator)
        self._path_label = plain_label()
        self.path = QLineEdit()
        self.choose = QPushButton()
        self.outcome = ExportOutcome(coordinator)
        self._bar = QProgressBar()
        self._spoken = SpokenProgress(self)
        self._bar.setTextVisible(False)
        self._step = ElidedLabel()
        self._step.setProperty("role", "note")
        self.copy_list = QPushButton()
        self.cancel = QPushButton()
        self.export = QPushButton()
        self.export.setProperty("role", "primary")
        self.export.setDefault(True)
        for button in (self.example, self.choose, self.copy_list, self.cancel, self.outcome.button):
            button.setAutoDefault(False)
        self._lay_out()
        self.refresh()

    # ------------------------------------------------------------------------------------------------------ slots

    def show_title(self, count: int) -> None:
        """Say how many records leave."""
        self._count = count
        self.refresh()

    def show_rights(self, rights: str) -> None:
        """Say under which licence the archive's own texts are; empty where that is not known."""
        self._rights = rights
        self.refresh()

    def set_ready(self, *, ready: bool) -> None:
        """Whether it is known what leaves, and something does."""
        self._ready = ready
        self.refresh()

    def show_writing(self, total: int) -> None:
        """A file is being written now."""
        self._written, self._cancelling, self._done = (0, total), False, False
        self._step_key = _RECORDS
        self.refresh()
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, step: str, done: int, total: int) -> None:
        """A step of the writing has come so far."""
        if self._written is not None:
            self._step_key, self._written = step, (done, total)
            self._show_progress()

    def show_cancelling(self) -> None:
        """The writing was asked to end."""
        self._cancelling = True
        self.refresh()

    def show_idle(self, *, done: bool = False) -> None:
        """Nothing is being written any more; `done` where a file has just been written."""
        self._written, self._cancelling, self._done = None, False, done
        self.refresh()
        self.export.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Say everything in the language, theme and size of the window."""
        coordinator, words = self._coordinator, self._coordinator.words
        self._dialog.setWindowTitle(words("window.export.window"))
        self._title.setText(words("window.export.title", count=self._count))
        self._title.setFont(coordinator.font("section"))
        for label, field, key in (
            (self._path_label, self.path, "save_to"),
            (self._style_label, self.style_box, "style"),
        ):
            label.setText(words(f"window.export.{key}"))
            field.setAccessibleName(label.text())
            tint(label, coordinator.theme.color("ink-2"))
        self.scope.setAccessibleName(words("window.export.scope"))
        leave = "close" if self._done else "cancel"
        for at, style in enumerate(STYLES):
            self.style_box.setItemText(at, words(style_label(style)))
        for button, key in (
            (self.example, "example"),
            (self.choose, "choose"),
            (self.copy_list, "copy_list"),
            (self.cancel, leave),
        ):
            button.setText(words(f"window.export.{key}"))
            button.setAccessibleName(button.text())
        said = words("window.export.rights", rights=self._rights) if self._rights else ""
        self._rights_note.say(words("window.export.rights_title"), f"{said}{words('window.export.rights_others')}")
        self._privacy_note.say(words("window.export.privacy_title"), words("window.export.privacy"))
        for part in (self.formats, self.preview, self.facts, self.options, self.outcome):
            part.refresh()
        self._show_progress()
        self._arrange()

    # ----------------------------------------------------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it gets narrow, the columns go under one another."""
        super().resizeEvent(event)
        self._arrange()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _show_progress(self) -> None:
        words, written = self._coordinator.words, self._written
        busy = written is not None
        self._bar.setVisible(busy)
        self._step.setVisible(busy)
        self._bar.setAccessibleName(words("window.export.exporting"))
        if written is not None:
            done, total = written
            self._bar.setRange(0, total)
            self._bar.setValue(done)
            if self._step_key == _RECORDS:
                self._step.setText(words("window.export.progress", done=done, total=total))
            else:
                share = 100 * done // total if total else 0
                self._step.setText(words("window.export.progress_of", step=words(self._step_key), share=share))
            self._spoken.tell(self._step_key, self._step.text())
        self.export.setText(words("window.export.exporting" if busy else "window.export.export"))
        self.export.setAccessibleName(self.export.text())
        for control in (self.scope, self.formats, self.options, self.path, self.choose):
            control.setEnabled(not busy)
        styled = not busy and "style" in FORMATS[self.formats.format].heeds
        self.style_box.setEnabled(styled)
        self.example.setEnabled(styled and self._ready)
        self.export.setEnabled(self._ready and not busy)
        self.copy_list.setEnabled(self._ready and not busy)
        self.copy_list.setVisible(not busy or self.width() >= self._coordinator.length(_WHOLE_FOOT))
        self.cancel.setEnabled(not self._cancelling)

    def _arrange(self) -> None:
        length = self._coordinator.length
        wide = min(length(_FORMATS_WIDTH), round(self.width() * _FORMATS_SHARE))
        self._left.setFixedWidth(wide)
        beside = self.width() - wide >= length(_SIDE_BY_SIDE)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        for row in (self._middle, self._notes):
            row.setDirection(direction)
        most = length(_SIDE_WIDTH) if beside else self.maximumWidth()
        for widget in (self._side, self._privacy_note):
            widget.setMinimumWidth(most if beside else 0)
            widget.setMaximumWidth(most)
        self._bar.setFixedWidth(min(length(200), max(60, self.width() // 6)))
        for button in (self.choose, self.example):
            button.setMinimumWidth(length(88))
        self.export.setMinimumWidth(length(96))

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self._dialog)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(_rule())
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._formats_pane())
        body.addWidget(_stile())
        body.addWidget(self._scrolled(), 1)
        column.addLayout(body, 1)
        column.addWidget(_rule())
        column.addWidget(self.outcome)
        column.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 12, 20, 12)
        row.setSpacing(16)
        row.addWidget(self._title)
        row.addStretch(1)
        self.scope.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.scope.setMaximumWidth(420)
        row.addWidget(self.scope, 3)
        return row

    def _formats_pane(self) -> QWidget:
        self._left = QWidget()
        self._left.setProperty("ground", "sunken")
        self._left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(4)
        column.addWidget(self.formats, 1)
        return self._left

    def _scrolled(self) -> QScrollArea:
        content = QWidget()
        content.setProperty("ground", "paper")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(8)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(self.facts)
        side.addWidget(self.options)
        side.addStretch(1)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(20)
        self._middle.addWidget(self.preview, 1)
        self._middle.addWidget(self._side)
        self._notes = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._notes.setSpacing(20)
        self._notes.addWidget(self._rights_note, 1)
        self._notes.addWidget(self._privacy_note)
        target = QGridLayout()
        target.setHorizontalSpacing(8)
        target.setVerticalSpacing(8)
        target.setColumnStretch(1, 1)
        rows = ((self._style_label, self.style_box, self.example), (self._path_label, self.path, self.choose))
        for at, row in enumerate(rows):
            for place, widget in enumerate(row):
                target.addWidget(widget, at, place)
        column.addLayout(self._middle, 1)
        column.addLayout(self._notes)
        column.addLayout(target)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        return area

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(8)
        row.addWidget(self._bar)
        row.addWidget(self._step)
        row.addStretch(1)
        for button in (self.copy_list, self.cancel, self.export):
            row.addWidget(button)
        return row


class _Note(QWidget):
    """A sign, a word in bold and a sentence under it."""

    def __init__(self, sign: str, color: str, coordinator: Coordinator) -> None:
        super().__init__()
        self._sign, self._color, self._coordinator = sign, color, coordinator
        self._icon = QLabel()
        self._word = plain_label()
        self._sentence = plain_label(wrap=True)
        self._sentence.setProperty("role", "note")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._icon, 0, 0)
        grid.addWidget(self._word, 0, 1)
        grid.addWidget(self._sentence, 1, 1)
        grid.setRowStretch(1, 1)

    def say(self, word: str, sentence: str) -> None:
        """Show these, in the theme and size of the window."""
        size = self._coordinator.length(16)
        self._icon.setPixmap(pixmap(self._sign, self._coordinator.theme.color(self._color), size))
        self._icon.setFixedSize(QSize(size, size))
        self._word.setText(word)
        font = self._coordinator.font("small")
        font.setWeight(font.Weight.DemiBold)
        self._word.setFont(font)
        self._sentence.setText(sentence)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)


def _rule() -> QFrame:
    made = QFrame()
    made.setProperty("role", "rule")
    return made


def _stile() -> QFrame:
    made = QFrame()
    made.setProperty("role", "stile")
    return made
