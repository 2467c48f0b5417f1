"""Brings the pictures of the page that is read: decoded elsewhere, put where the page left room, opened large."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from jasic_desktop.core.blocks import PictureBlock
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import Fault
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.document_blank import RING
from jasic_desktop.ui.document_pictures import Shown, put
from jasic_desktop.ui.document_view import DocumentView
from jasic_desktop.ui.tasks import Task

WIDEST: Final = 2400
"""Pixels that a picture is decoded to at most."""
_KEPT: Final = 4
_Key = tuple[str, str]
"""The fingerprint of an archive and the file of a picture in it."""


class PagePictures(QObject):
    """Goes with one view. A picture that is refused leaves its room empty, and the reason is told once."""

    def __init__(self, coordinator: Coordinator, view: DocumentView) -> None:
        super().__init__(view)
        self._coordinator = coordinator
        self._view = view
        self._images: OrderedDict[_Key, QImage] = OrderedDict()
        self._under_way: dict[_Key, Task] = {}
        self._refused: set[_Key] = set()
        view.filled.connect(self._bring)
        view.pictured.connect(self.open)

    @property
    def is_waiting(self) -> bool:
        """Whether a picture is still being decoded."""
        return bool(self._under_way)

    def open(self, name: str) -> None:
        """Show a picture of the page large."""
        shown = next((shown for shown in self._view.pictures if shown.name == name), None)
        key = self._key(shown) if shown is not None else None
        if shown is None or key is None or key not in self._images:
            return
        self.show_large(shown.block, self._images[key])

    def show_large(self, block: PictureBlock, image: QImage) -> None:
        """Show a picture in a window of its own."""
        from jasic_desktop.ui.picture_dialog import PictureDialog

        dialog = PictureDialog(self._coordinator, block, image, self._view.window())
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @property
    def _room(self) -> float:
        return self._view.viewport().width() - 2 * RING

    def _key(self, shown: Shown) -> _Key | None:
        store = self._coordinator.store
        return (store.fingerprint, shown.block.file) if store is not None else None

    def _bring(self) -> None:
        place = getattr(self._coordinator.archive, "place", None)
        for shown in self._view.pictures:
            key = self._key(shown)
            if key is None or key in self._refused:
                continue
            if key in self._images:
                put(self._view, shown, self._images[key], self._room)
            elif key not in self._under_way and isinstance(place, Path):
                self._under_way[key] = task = Task(partial(_decoded, place, shown.block.file), self)
                task.finished.connect(partial(self._decoded, key))
                task.failed.connect(partial(self._failed, key))

    def _decoded(self, key: _Key, image: object) -> None:
        self._under_way.pop(key, None)
        if isinstance(image, QImage):
            self._images[key] = image
            while len(self._images) > _KEPT:
                self._images.popitem(last=False)
        self._bring()

    def _failed(self, key: _Key, error: object) -> None:
        self._under_way.pop(key, None)
        self._refused.add(key)
        if isinstance(error, Fault):
            self._coordinator.tell_fault(error)


def _decoded(pack: Path, file: str, _progress: Progress) -> QImage:
    """The picture, from bytes that are those of the manifest; Qt sees pixels only. Raises Fault."""
    from jasic_desktop.packs.bag import open_pack
    from jasic_desktop.packs.images import pixels
    from jasic_desktop.packs.layout import MEDIA

    with open_pack(pack) as opened:
        data = opened.read(MEDIA + file)
    found = pixels(file, data, WIDEST)
    image = QImage(found.data, found.width, found.height, 3 * found.width, QImage.Format.Format_RGB888)
    return image.copy()  # the other one does not own its bytes
