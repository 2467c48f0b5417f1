"""The dialog that cites: what, in which style and form, how that reads, and copying it in three ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.core.errors import Fault
from jasic_desktop.export.citation_styles import FORMS, STYLES, label
from jasic_desktop.export.citation_text import MARKUPS
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.choice_box import ChoiceBox
from jasic_desktop.ui.citing import STYLE, Citable, citable, citations, for_clipboard
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.inline_text import InlineText
from jasic_desktop.ui.plain import plain_label, plain_mnemonic

if TYPE_CHECKING:
    from jasic_desktop.export.citation_styles import Form
    from jasic_desktop.export.citation_text import Markup
    from jasic_desktop.render.wording import Inlines
    from jasic_desktop.ui.document_view import DocumentView

_SIZE: Final = (640, 420)
_MOST_SHOWN: Final = 20
"""Citations drawn in the preview; all are copied."""
_LONGEST: Final = 90


def show_cite(coordinator: Coordinator, view: DocumentView, parent: QWidget) -> None:
    """Open the dialog over `parent` for what is read in `view`, if there is anything to cite."""
    if citable(coordinator, view):
        dialog = CiteDialog(coordinator, partial(citable, coordinator, view), parent)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class CiteDialog(QDialog):
    """Modal to the window; the style is remembered."""

    def __init__(
        self, coordinator: Coordinator, choices: Callable[[], tuple[Citable, ...]], parent: QWidget | None = None
    ) -> None:
        """`choices` tells what can be cited, in the language of now; the first time there has to be something."""
        super().__init__(parent)
        self._coordinator = coordinator
        self._look_up = choices
        self._choices: tuple[Citable, ...] = ()
        self._found: list[Inlines] = []
        self.what, self.style_box, self.form_box = (ChoiceBox(coordinator, self) for _ in range(3))
        for style in STYLES:
            self.style_box.addItem("", style)
        for form in FORMS:
            self.form_box.addItem("", form)
        self.style_box.setCurrentIndex(STYLES.index(coordinator.settings.text(STYLE)))
        self._names = {key: plain_label() for key in ("what", "style", "form")}
        self.preview = QWidget()
        self._column = QVBoxLayout(self.preview)
        self._area = QScrollArea(self)
        self.copies = {markup: QPushButton() for markup in MARKUPS}
        self.close_button = QPushButton()
        self._lay_out()
        self._reword()
        for box in (self.what, self.style_box, self.form_box):
            box.currentIndexChanged.connect(self.refresh)
        for markup, button in self.copies.items():
            button.clicked.connect(lambda _=False, markup=markup: self.copy(markup))
        self.refresh()
        coordinator.language_changed.connect(self._language_changed)
        self.what.setFocus()
        size = QSize(coordinator.length(_SIZE[0]), coordinator.length(_SIZE[1]))
        self.resize(size.boundedTo(parent.size() - QSize(48, 48)) if parent is not None else size)

    # ------------------------------------------------------------------------------------------------------ slots

    def refresh(self) -> None:
        """Cite again what is chosen, and remember the style."""
        coordinator = self._coordinator
        style: str = self.style_box.currentData()
        if style != coordinator.settings.text(STYLE):
            coordinator.keep(STYLE, style)
        form: Form = self.form_box.currentData()
        self.form_box.setEnabled(style != STYLES[0])
        try:
            self._found = citations(coordinator, self._choices[max(0, self.what.currentIndex())].subjects, form)
        except Fault as fault:
            self._found = []
            coordinator.tell_fault(fault)
        self._show()

    def copy(self, markup: Markup) -> None:
        """Put the citations on the clipboard and close."""
        QGuiApplication.clipboard().setMimeData(for_clipboard(self._coordinator, self._found, markup))
        self._coordinator.tell("window.reader.citation_copied", count=len(self._found))
        self.accept()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _language_changed(self) -> None:
        self._reword()
        self.refresh()

    def _reword(self) -> None:
        """Say everything in the language of now; what is chosen stays."""
        words = self._coordinator.words
        self.setWindowTitle(words("window.command.cite").rstrip("…"))
        chosen = self._choices[self.what.currentIndex()].subjects if self._choices else ()
        self._choices = self._look_up() or self._choices
        with QSignalBlocker(self.what):
            self.what.clear()
            for choice in self._choices:
                self.what.addItem(_short(choice.label))
            same = (at for at, choice in enumerate(self._choices) if choice.subjects == chosen)
            self.what.setCurrentIndex(next(same, 0))
        for at, style in enumerate(STYLES):
            self.style_box.setItemText(at, words(label(style)))
        for at, form in enumerate(FORMS):
            self.form_box.setItemText(at, words(f"window.cite.{form}"))
        for key, box in (("what", self.what), ("style", self.style_box), ("form", self.form_box)):
            self._names[key].setText(words(f"window.cite.{key}"))
            box.setAccessibleName(self._names[key].text())
        self._area.setAccessibleName(words("window.cite.preview"))
        for markup, button in self.copies.items():
            button.setText(plain_mnemonic(words(f"window.cite.copy_{markup}")))
        self.close_button.setText(words("window.about.close"))

    def _show(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for found in self._found[:_MOST_SHOWN]:
            text = InlineText(self._coordinator, "reading", parent=self.preview)
            text.show_inlines(found)
            self._column.addWidget(text)
        more = len(self._found) - _MOST_SHOWN
        if more > 0:
            self._column.addWidget(plain_label(self._coordinator.words("window.cite.more", count=more)))
        self._column.addStretch(1)
        for button in self.copies.values():
            button.setEnabled(bool(self._found))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for key, box in (("what", self.what), ("style", self.style_box), ("form", self.form_box)):
            name = self._names[key]
            name.setProperty("role", "note")
            name.setBuddy(box)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            form.addRow(name, box)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(12)
        self.preview.setProperty("ground", "paper")
        self.preview.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        area = self._area
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.StyledPanel)
        area.setProperty("role", "page")
        area.setWidget(self.preview)
        buttons = QDialogButtonBox(self)
        for button in self.copies.values():
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        self.copies["text"].setDefault(True)
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        self.close_button.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(16)
        column.addLayout(form)
        column.addWidget(area, 1)
        column.addWidget(buttons)


def _short(text: str) -> str:
    shown = one_line(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"
