"""A card that says what a number in a text cites: the document's reference, kind, date, publisher and voice."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from jasic_desktop.core.blocks import plain
from jasic_desktop.core.errors import Fault
from jasic_desktop.core.records import Document
from jasic_desktop.packs.store import Store
from jasic_desktop.render.citation import reference
from jasic_desktop.render.visible import one_line
from jasic_desktop.render.wording import Words
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import breakable, plain_label, plain_mnemonic

AFTER_MS: Final = 200
"""How long the mouse stays on a number before its card comes."""
LINGERS_MS: Final = 300
"""How long a card stays after the mouse has left, so that the mouse can go over to it."""
_WIDTH: Final = 340
_GAP: Final = 6
_LONGEST: Final = 600


class CitationCard(QFrame):
    """Shows one document beside what cites it. It never takes the keyboard: who has it says `opened` for Enter."""

    opened = Signal(str)

    def __init__(self, coordinator: Coordinator, owner: QWidget) -> None:
        super().__init__(owner)
        self._coordinator = coordinator
        self._owner = owner
        self._document: str | None = None
        self._area = QRect()
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reference = plain_label(parent=self, wrap=True)
        self._about = plain_label(parent=self, wrap=True)
        self._about.setProperty("role", "note")
        self._voice = plain_label(parent=self, wrap=True)
        self._voice.setProperty("role", "note")
        self._open = QPushButton(self)
        self._open.setProperty("role", "link")
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._keys = plain_label(parent=self)
        self._keys.setProperty("role", "faint")
        row = QHBoxLayout()
        row.addWidget(self._open)
        row.addStretch(1)
        row.addWidget(self._keys)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(4)
        for label in (self._reference, self._about, self._voice):
            column.addWidget(label)
        column.addLayout(row)
        self._coming = QTimer(self)
        self._coming.setSingleShot(True)
        self._coming.setInterval(AFTER_MS)
        self._coming.timeout.connect(self._come)
        self._going = QTimer(self)
        self._going.setSingleShot(True)
        self._going.setInterval(LINGERS_MS)
        self._going.timeout.connect(self.put_away)
        self._open.clicked.connect(self._choose)
        self.hide()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def document(self) -> str | None:
        """The document whose card is shown or about to come."""
        return self._document

    @property
    def spoken(self) -> str:
        """All that the card says, for a screen reader."""
        shown = (self._reference.text(), self._about.text(), self._voice.text(), self._keys.text())
        return "\n".join(text for text in shown if text).replace("\u200b", "")

    # ------------------------------------------------------------------------------------------------------ slots

    def show_source(self, document: str, area: QRect, *, at_once: bool = True) -> None:
        """Show a document beside `area` (on the screen); for the mouse after a moment, for the keyboard at once."""
        self._going.stop()
        self._document, self._area = document, area
        if not self._fill(document):
            self.put_away()
        elif at_once or self.isVisible():
            self._come()
        else:
            self._coming.start()

    def leave(self) -> None:
        """Nothing points at the number any more: go, unless the mouse comes over."""
        self._coming.stop()
        if self.isVisible():
            self._going.start()

    def put_away(self) -> None:
        """Go at once."""
        self._coming.stop()
        self._going.stop()
        self._document = None
        self.hide()

    # ----------------------------------------------------------------------------------------------------- events

    def event(self, event: QEvent) -> bool:
        """A dialog over the window, or another window, puts the card away."""
        if event.type() == QEvent.Type.WindowDeactivate:
            self.put_away()
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """While the mouse is on the card it stays."""
        super().enterEvent(event)
        self._going.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """The mouse has left the card."""
        super().leaveEvent(event)
        self._going.start()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _choose(self) -> None:
        document = self._document
        self.put_away()
        if document is not None:
            self.opened.emit(document)

    def _fill(self, document_id: str) -> bool:
        store, say = self._coordinator.store, self._coordinator.words
        if store is None:
            return False
        words = Words(self._coordinator.language)
        try:
            record = store.get(document_id)
        except Fault:
            return False
        if isinstance(record, Document):
            self._reference.setText(_short(plain(reference(record, words))))
            self._about.setText(_short(_about(store, record, words)))
            voice = words.say("voice", voice=record.voice) if record.voice else words.say("no_voice")
            self._voice.setText(_short(f"{words.say('fact.voice')}: {voice}"))
        else:
            self._reference.setText(_short(record.title.show(words.language)))
            self._about.setText("")
            self._voice.setText("")
        for label in (self._about, self._voice):
            label.setVisible(bool(label.text()))
        self._open.setText(plain_mnemonic(say("window.reader.open_document")))
        self._keys.setText(say("window.reader.card_keys"))
        self.setAccessibleName(say("window.reader.source"))
        self.setAccessibleDescription(self.spoken)
        return True

    def _come(self) -> None:
        """Stand below the number, or above it where there is more room, wholly inside the window."""
        window = self._owner.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        room = window.rect().adjusted(8, 8, -8, -8)
        width = min(self._coordinator.length(_WIDTH), room.width())
        self.setFixedWidth(width)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        height = min(max(self.heightForWidth(width), self.sizeHint().height()), room.height())
        top_left = window.mapFromGlobal(self._area.topLeft())
        below = top_left.y() + self._area.height() + _GAP
        top = below if below + height <= room.bottom() else top_left.y() - _GAP - height
        left = min(max(top_left.x() - 16, room.left()), room.right() - width)
        self.setGeometry(QRect(QPoint(left, min(max(top, room.top()), room.bottom() - height)), self.size()))
        self.resize(width, height)
        self.show()
        self.raise_()


def _about(store: Store, record: Document, words: Words) -> str:
    kind = store.archive.kinds.get(record.type, {}).get(record.kind)
    parts = [
        kind.label.show(words.language) if kind else words.say("type.document"),
        record.date.phrase.show(words.language) if record.date else words.say("cite.undated"),
        record.publisher_in(words.language) or "",
    ]
    return words.say("punctuation.dot").join(part for part in parts if part)


def _short(text: str) -> str:
    """`text` as far as a card has room for it; a line may break within an address."""
    shown = one_line(text)
    return breakable(shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…")
