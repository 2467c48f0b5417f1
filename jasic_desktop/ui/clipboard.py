"""The clipboard as the policy leaves it: nothing, plain text, so many characters; and emptied at the end."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, QObject, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain_mime import leave_out_of_histories, plain_mime

_PLAIN: Final = frozenset({"text/plain", "text/plain;charset=utf-8", "UTF8_STRING", "STRING", "TEXT"})


class ClipboardGuard(QObject):
    """Looks at whatever any part of the program puts on the clipboard, and leaves of it what the policy allows.

    It is made where the policy restricts the clipboard at all; `end` empties it, where that is laid down.
    """

    def __init__(self, coordinator: Coordinator, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        policy = coordinator.places.policy
        self._kind = policy.text("clipboard")
        self._most = policy.number("clipboard_characters")
        self._clears = policy.flag("clipboard_cleared")
        self._busy = False
        clipboard = QGuiApplication.clipboard()
        if self._restricts:
            clipboard.dataChanged.connect(self._changed)
            if clipboard.supportsSelection():
                clipboard.selectionChanged.connect(self._selected)

    @property
    def _restricts(self) -> bool:
        return self._kind != "all" or self._most is not None or self._clears

    def end(self) -> None:
        """Empty the clipboard of what is ours, where the policy says so."""
        if self._clears:
            clipboard = QGuiApplication.clipboard()
            self._busy = True
            if _is_ours(QClipboard.Mode.Clipboard):
                clipboard.clear()
            if clipboard.supportsSelection() and _is_ours(QClipboard.Mode.Selection):
                clipboard.clear(QClipboard.Mode.Selection)

    # ----------------------------------------------------------------------------------------------------- events

    @Slot()
    def _changed(self) -> None:
        self._look(QClipboard.Mode.Clipboard)

    @Slot()
    def _selected(self) -> None:
        self._look(QClipboard.Mode.Selection)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _look(self, mode: QClipboard.Mode) -> None:
        clipboard = QGuiApplication.clipboard()
        if self._busy or not _is_ours(mode):
            return
        self._busy = True
        try:
            put: QMimeData | None = clipboard.mimeData(mode)  # an empty one is none, whatever PySide's stubs say
            if put is None or not put.formats():
                return  # it was emptied
            left, cut = self._left(put)
            if left is None:
                clipboard.clear(mode)
            else:
                clipboard.setMimeData(left, mode)
            if mode is QClipboard.Mode.Clipboard and (left is None or cut):
                self._tell(nothing=left is None)
        finally:
            self._busy = False

    def _left(self, put: QMimeData) -> tuple[QMimeData | None, bool]:
        """What of `put` may stay, and whether its text is cut short."""
        if self._kind == "off" or (not put.hasText() and self._kind == "text"):
            return None, False
        text = put.text()
        cut = self._most is not None and len(text) > self._most
        made = plain_mime(text[: self._most] if cut else text)
        if self._kind == "all" and not cut:
            for form in put.formats():
                if form not in _PLAIN:
                    made.setData(form, QByteArray(put.data(form)))
        leave_out_of_histories(made)
        return made, cut

    def _tell(self, *, nothing: bool) -> None:
        policy = self._coordinator.places.policy
        key = "clipboard" if nothing else "clipboard_characters"
        sentence = "policy.no_copy" if nothing else "policy.copy_cut"
        values = {} if nothing else {"most": self._most}
        self._coordinator.told.emit(
            policy.refused(key, sentence, **values).sentence(self._coordinator.language), "warn"
        )


def _is_ours(mode: QClipboard.Mode) -> bool:
    """Whether what is on the clipboard is this program's: without a screen there is no other, and Qt says nothing."""
    clipboard = QGuiApplication.clipboard()
    if QGuiApplication.platformName() == "offscreen":
        return True
    return clipboard.ownsClipboard() if mode is QClipboard.Mode.Clipboard else clipboard.ownsSelection()
