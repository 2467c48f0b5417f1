"""Opens an archive by its file: chosen in a dialog, or dropped on the window."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDropEvent
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


def drop_pack(event: QDropEvent, opener: Opener | None = None) -> None:
    """Accept what is dragged over the window or dropped on it, where it is a pack; once dropped, `opener` opens it."""
    path = dropped(event.mimeData())
    if path is None:
        event.ignore()
        return
    event.acceptProposedAction()
    if opener is not None:
        opener.open(str(pack_of(path)))


def dropped(data: QMimeData) -> Path | None:
    """The one file or folder of this machine that is dragged, if it could be a pack by its name."""
    urls = data.urls()
    if len(urls) != 1 or not urls[0].isLocalFile() or urls[0].host():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.name == BAGIT or path.suffix in (f".{SUFFIX}", "") else None
