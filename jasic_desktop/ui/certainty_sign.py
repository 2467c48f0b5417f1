"""The sign of a certainty as a small picture with its word for the tooltip and the screen reader."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import sign
from jasic_desktop.ui.plain import set_tooltip

SIGN_SIZE: Final = 14
"""Pixels at a text size of 100 %."""


class CertaintySign(QWidget):
    """The sign of `certainty` (a value of core.certainty.Certainty); follows theme, language and text size."""

    spoken_role = "Graphic"

    def __init__(self, coordinator: Coordinator, certainty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._certainty = certainty
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        coordinator.language_changed.connect(self._reword)
        coordinator.theme_changed.connect(self.update)
        coordinator.text_size_changed.connect(self.updateGeometry)
        self._reword()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def certainty(self) -> str:
        """The certainty whose sign is shown."""
        return self._certainty

    @property
    def word(self) -> str:
        """The certainty in the reader's words."""
        return self._coordinator.words(f"render.certainty.{self._certainty}")

    # ------------------------------------------------------------------------------------------------------ slots

    def show_certainty(self, certainty: str) -> None:
        """Show another sign."""
        self._certainty = certainty
        self._reword()
        self.update()

    # ----------------------------------------------------------------------------------------------------- events

    def sizeHint(self) -> QSize:
        """As large as the text beside it asks for."""
        size = self._coordinator.length(SIGN_SIZE)
        return QSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign, sharp on this screen."""
        painter = QPainter(self)
        size = self._coordinator.length(SIGN_SIZE)
        picture = sign(self._coordinator.theme, self._certainty, size, ratio=self.devicePixelRatioF())
        painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, picture)
        painter.end()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _reword(self) -> None:
        self.setAccessibleName(self.word)
        set_tooltip(self, self.word)
