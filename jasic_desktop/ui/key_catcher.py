"""A field that takes the keys pressed in it as keys, not as text."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

_ALONE: Final = frozenset(
    {
        Qt.Key.Key_Control,
        Qt.Key.Key_Shift,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_unknown,
        Qt.Key(0),
    }
)
"""Keys that are held while another is pressed, and what is no key."""


class KeyCatcher(QLineEdit):
    """`caught` carries keys in Qt's portable words. Tab leaves the field, Esc is the dialog's; Enter comes as
    `entered`.
    """

    caught = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def event(self, event: QEvent) -> bool:
        """Keys come here before they do anything else in the dialog."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event) or super().event(event)
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was pressed last is not kept in sight."""
        super().focusOutEvent(event)
        self.clear()

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether a key was taken; Tab, Esc and the like go their usual way."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~Qt.KeyboardModifier.GroupSwitchModifier
        if key in _ALONE:
            return True
        plain = not held & ~Qt.KeyboardModifier.ShiftModifier
        if plain and key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            return False
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return True
        text = event.text()
        if held & Qt.KeyboardModifier.ShiftModifier and 0x20 < key < 0x7F and not chr(key).isalnum():
            # On another keyboard the sign stands where no Shift is needed: Ctrl and plus are meant.
            held &= ~Qt.KeyboardModifier.ShiftModifier
        sequence = QKeySequence(QKeyCombination(held, key))
        pressed = sequence.toString(QKeySequence.SequenceFormat.PortableText)
        self.setText(sequence.toString(QKeySequence.SequenceFormat.NativeText) or text)
        self.caught.emit(pressed)
        return True
