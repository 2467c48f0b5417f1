"""The line of the export dialog that says what happened, with the one thing that can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import plain_label, plain_mnemonic
from jasic_desktop.ui.speaking import announce

Kind = Literal["done", "ask", "error"]
_LOOKS: Final[dict[Kind, tuple[str, str]]] = {
    "done": ("tick", "verified"),
    "ask": ("warn", "warn"),
    "error": ("warn", "warn"),
}


class ExportOutcome(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._kind: Kind = "done"
        self._act: Callable[[], None] | None = None
        self.setProperty("ground", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = QLabel()
        self.sentence = plain_label(wrap=True)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.button = QPushButton()
        self.button.clicked.connect(self._clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.button)
        self.hide()

    @property
    def kind(self) -> Kind | None:
        """What is said; None for nothing."""
        return None if self.isHidden() else self._kind

    def say(self, kind: Kind, sentence: str, action: str = "", act: Callable[[], None] | None = None) -> None:
        """Say one sentence; `act` is done when the button named `action` is pressed."""
        self._kind, self._act = kind, act
        # A path may hold anything, and a long one has to break somewhere.
        shown = one_line(sentence)
        self.sentence.setText("".join(char + "\u200b" if char in "/\\" else char for char in shown))
        self.sentence.setAccessibleName(shown)
        self.button.setVisible(act is not None)
        self.button.setText(plain_mnemonic(action))
        self.button.setAccessibleName(action)
        self.refresh()
        self.show()
        announce(self, shown)
        if act is not None:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """There is nothing to say any more."""
        self._act = None
        self.hide()

    def refresh(self) -> None:
        """Draw the sign in the theme's colour."""
        name, color = _LOOKS[self._kind]
        self._icon.setPixmap(pixmap(name, self._coordinator.theme.color(color), self._coordinator.length(16)))

    def _clicked(self) -> None:
        if self._act is not None:
            self._act()
