"""Opens an archive by its file: chosen in a dialog, or dropped on the window."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from jasic_desktop.packs.layout import BAGIT
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.files import open_path
from jasic_desktop.ui.opening import Opener

SUFFIX: Final = "jasicpack"


def open_pack(coordinator: Coordinator, opener: Opener, parent: QWidget) -> None:
    """Ask for a pack and open it; what is open stays so until the other one is proven whole."""
    chosen = open_path(parent, coordinator, coordinator.words("window.files.open_pack"), (SUFFIX,), (BAGIT,))
    if chosen is not None:
        opener.open(str(pack_of(chosen)))


def pack_of(path: Path) -> Path:
    """The pack that a person means who points at `path`: a folder is meant by the file that every bag has."""
    return path.parent if path.name == BAGIT else path


class PackDrop(QObject):
    """Lets one pack be dropped on `target`, which must live as long as this."""

    def __init__(self, opener: Opener, target: QWidget) -> None:
        super().__init__(target)
        self._opener = opener
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Called by Qt before the target gets an event."""
        if isinstance(event, QDropEvent):  # entering and moving are drops to come
            path = dropped(event.mimeData())
            if path is not None:
                event.acceptProposedAction()
                if not isinstance(event, QDragEnterEvent | QDragMoveEvent):
                    self._opener.open(str(pack_of(path)))
                return True
        return False


def dropped(data: QMimeData) -> Path | None:
    """The one file or folder of this machine that is dragged, if it could be a pack by its name."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile() or urls[0].host():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.name == BAGIT or path.suffix in (f".{SUFFIX}", "") else None
