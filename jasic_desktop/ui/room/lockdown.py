"""What leads out of a reading room and is taken out of every event: menus, drags, pastes, other windows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit

from jasic_desktop.app.room import Clipboard
from jasic_desktop.ui.plain_mime import leave_out_of_histories, plain_mime
from jasic_desktop.ui.room.coordinator import RoomCoordinator

_NEVER: Final = frozenset(
    {
        *(QEvent.Type.ContextMenu, QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop),
        *(QEvent.Type.EnterWhatsThisMode, QEvent.Type.WhatsThis, QEvent.Type.WhatsThisClicked, QEvent.Type.FileOpen),
    }
)
_TAKES: Final = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut)


class Lockdown(QObject):
    """An event filter for the whole application; what it takes reaches nobody."""

    def __init__(self, coordinator: RoomCoordinator) -> None:
        super().__init__(coordinator)
        self._coordinator = coordinator
        self._board = RoomClipboard(coordinator)

    @property
    def clipboard(self) -> RoomClipboard:
        """Where copies go."""
        return self._board

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what leads out."""
        kind = event.type()
        if kind in _NEVER:
            event.accept()
            return True
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(watched, event)
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        """The middle button pastes what was selected anywhere; those at the side of a mouse go back and forward."""
        button = event.button()
        if button in (Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton):
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            if button == Qt.MouseButton.BackButton:
                self._coordinator.run("back")
            elif button == Qt.MouseButton.ForwardButton:
                self._coordinator.run("forward")
        event.accept()
        return True

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        if not any(event.matches(key) for key in _TAKES):
            # Only in a field is there anything to paste into, and what is pasted there is a question.
            return False
        focus = QApplication.focusWidget()
        if isinstance(watched, QLineEdit | QTextEdit) and watched is focus:
            picked = watched.selectedText() if isinstance(watched, QLineEdit) else watched.createMimeDataFromSelection()
            self._board.put(picked if isinstance(picked, str) else picked.text())
        event.accept()
        return True


class RoomClipboard(QObject):
    """The clipboard as the room's rules have it."""

    def __init__(self, coordinator: RoomCoordinator) -> None:
        super().__init__(coordinator)
        self._coordinator = coordinator
        self._filled = False

    @property
    def rule(self) -> Clipboard:
        """What may be copied."""
        return self._coordinator.rules.clipboard

    def put(self, text: str) -> bool:
        """Put text on the clipboard as far as it may be; whether anything was. The reader is told either way."""
        coordinator, taken = self._coordinator, self.rule.taken(text)
        if taken is None:
            if text:
                coordinator.tell("window.room.no_copying", "warn")
            return False
        data = plain_mime(taken)
        leave_out_of_histories(data)
        QGuiApplication.clipboard().setMimeData(data)
        self._filled = True
        if len(taken) < len(text):
            coordinator.tell("window.room.copied_part", "warn", count=len(taken))
        else:
            coordinator.tell("window.room.copied")
        coordinator.copied.emit()
        return True

    def clear(self) -> None:
        """Take away what is ours: at the end of a session the next reader must not find it."""
        board = QGuiApplication.clipboard()
        if self._filled or board.ownsClipboard():
            board.clear()
        if board.supportsSelection() and board.ownsSelection():
            board.clear(board.Mode.Selection)
        self._filled = False
