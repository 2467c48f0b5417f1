"""Shows pages of paper one at a time, with buttons and keys to turn them: in the export dialog and before printing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import put_icon
from jasic_desktop.ui.paper.letters import Letters, color
from jasic_desktop.ui.paper.painting import paint
from jasic_desktop.ui.paper.sheet import SHEETS, Leaf, Sheet
from jasic_desktop.ui.plain import plain_label, set_tooltip

_MARGIN: Final = 16
_ENDS: Final = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
_STEPS: Final = {
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Space: 1,
}


class PaperPage(QWidget):
    """One page, as large as there is room for. `turned` asks for so many pages on, `went` for the first (0) or last."""

    spoken_role = "Document"

    turned = Signal(int)
    went = Signal(int)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._leaf: Leaf | None = None
        self._sheet: Sheet = SHEETS["a4"]
        self._letters = Letters(coordinator.language)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_leaf(self, leaf: Leaf | None, sheet: Sheet, language: str, name: str) -> None:
        """Show a page that was laid out in `language`; `name` is what it is called aloud."""
        self._leaf, self._sheet = leaf, sheet
        self._letters = Letters(language)
        self.setAccessibleName(name)
        self.setAccessibleDescription(leaf.text if leaf is not None else "")
        self.update()

    def sizeHint(self) -> QSize:
        """A page that can be made out."""
        return QSize(self._coordinator.length(240), self._coordinator.length(320))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, the sheet and what is on it."""
        theme, leaf = self._coordinator.theme, self._leaf
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("chip"))
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        if leaf is not None and room.width() > 0 and room.height() > 0:
            scale = min(room.width() / self._sheet.width, room.height() / self._sheet.height)
            wide, high = self._sheet.width * scale, self._sheet.height * scale
            page = QRectF(room.center().x() - wide / 2, room.center().y() - high / 2, wide, high)
            painter.setPen(QPen(theme.color("line"), 1))
            painter.setBrush(color("surface"))
            painter.drawRect(page)
            painter.save()
            painter.setClipRect(page)
            painter.translate(page.topLeft())
            painter.scale(scale, scale)
            paint(painter, leaf, self._letters)
            painter.restore()
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 4, 4)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys and arrows turn pages, Home and End go to the first and the last."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.turned.emit(_STEPS[key])
        elif key in _ENDS:
            self.went.emit(_ENDS[key])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turns pages too."""
        if event.angleDelta().y():
            self.turned.emit(-1 if event.angleDelta().y() > 0 else 1)
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take it away."""
        super().focusOutEvent(event)
        self.update()


class PageTurner(QWidget):
    """Which page is shown, with two buttons. `turned` asks for so many pages on."""

    turned = Signal(int)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.label = plain_label()
        self.label.setProperty("role", "note")
        self._buttons = (QToolButton(), QToolButton())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.label)
        for button, step in zip(self._buttons, (-1, 1), strict=True):
            button.setAutoRaise(True)
            button.setProperty("role", "turn")
            button.clicked.connect(lambda _checked=False, step=step: self.turned.emit(step))
            row.addWidget(button)
        self.show_place(0, 0, "")

    @property
    def previous(self) -> QToolButton:
        """The button of the page before."""
        return self._buttons[0]

    @property
    def next(self) -> QToolButton:
        """The button of the page after."""
        return self._buttons[1]

    def show_place(self, at: int, count: int, told: str) -> None:
        """The page `at` (from 0) of `count` is shown, in the words `told`."""
        words = self._coordinator.words
        self.label.setText(told)
        for button, key, name, able in zip(
            self._buttons, ("page_before", "page_after"), ("back", "forward"), (at > 0, at + 1 < count), strict=True
        ):
            put_icon(self._coordinator, button, name, disabled="edge")
            button.setAccessibleName(words(f"window.paper.{key}"))
            set_tooltip(button, words(f"window.paper.{key}"))
            button.setEnabled(able)


class PaperView(QFrame):
    """Pages with their turner and a title over them."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._leaves: Sequence[Leaf] = ()
        self._sheet: Sheet = SHEETS["a4"]
        self._language = "en"
        self._more = False
        self._at = 0
        self.setProperty("role", "card")
        self.title: QLabel = plain_label()
        self.title.setProperty("role", "strong")
        self.turner = PageTurner(coordinator)
        self.page = PaperPage(coordinator)
        head = QHBoxLayout()
        head.setContentsMargins(12, 2, 8, 2)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.turner)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule)
        column.addWidget(self.page, 1)
        self.turner.turned.connect(self.turn)
        self.page.turned.connect(self.turn)
        self.page.went.connect(lambda end: self.go(len(self._leaves) - 1 if end else 0))
        self.refresh()

    @property
    def at(self) -> int:
        """Which page is shown, from 0."""
        return self._at

    @property
    def leaves(self) -> Sequence[Leaf]:
        """The pages."""
        return self._leaves

    def show_leaves(self, leaves: Sequence[Leaf], sheet: Sheet, language: str, *, more: bool = False) -> None:
        """Show these pages from the first; `more` where the file will have further ones."""
        self._leaves, self._sheet, self._language, self._more, self._at = leaves, sheet, language, more, 0
        self.refresh()

    def turn(self, step: int) -> None:
        """Show another page, as far as there are any."""
        self.go(self._at + step)

    def go(self, at: int) -> None:
        """Show the page `at`."""
        at = max(0, min(at, len(self._leaves) - 1))
        if at != self._at:
            self._at = at
            self.refresh()

    def refresh(self) -> None:
        """Say and show everything in the language, theme and size of the window."""
        words, count = self._coordinator.words, len(self._leaves)
        self.title.setText(words("window.export.preview"))
        key = "window.paper.page_of_more" if self._more else "window.paper.page_of"
        told = words(key, page=self._at + 1, count=count) if count else ""
        self.turner.show_place(self._at, count, told)
        leaf = self._leaves[self._at] if count else None
        self.page.show_leaf(leaf, self._sheet, self._language, told)
