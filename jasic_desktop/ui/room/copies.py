"""Takes a copy of a record out of a reading room: into a folder of the policy, under a name that the program makes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QWidget

from jasic_desktop.app.room import is_there
from jasic_desktop.core.cancel import Progress
from jasic_desktop.core.errors import NotWrittenFault
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.export_task import Latest, Order, Source, carry_out
from jasic_desktop.ui.faults import sentence
from jasic_desktop.ui.plain import plain_label, tint
from jasic_desktop.ui.room.controls import RoomButton, interface_font
from jasic_desktop.ui.room.coordinator import RoomCoordinator
from jasic_desktop.ui.room.sheet import Sheet
from jasic_desktop.ui.room.theme import ASIDE

FORMATS: Final = ("pdf", "html", "docx")
"""What is offered, as far as the policy has it: to read, print and quote from."""
_LOOK_MS: Final = 1000
_ATTEMPTS: Final = 20
_LONGEST: Final = 36
_WIDTH: Final = 760


class CopySheet(Sheet):
    """Choose a format and a folder, and save. A folder that is not there now says so, and can be chosen once it is."""

    def __init__(self, coordinator: RoomCoordinator, over: QWidget, record: str) -> None:
        super().__init__(coordinator, over, coordinator.words("window.room.copy_title"), _WIDTH)
        self._room = coordinator
        self._record = record
        self._work = Latest(self)
        self._work.finished.connect(self._saved)
        self._work.failed.connect(self._failed)
        words, rules = coordinator.words, coordinator.rules
        self._offered = tuple(key for key in FORMATS if rules.formats is None or key in rules.formats)
        self.formats = self._choices([words(f"window.room.format.{key}") for key in self._offered], chosen=True)
        self._heading(words("window.room.folder"))
        self.folders = self._choices([_short(folder) for folder in rules.folders], chosen=False)
        self._outcome = plain_label(wrap=True)
        interface_font(coordinator, self._outcome, ASIDE)
        self.body.addWidget(self._outcome)
        self.save = RoomButton(coordinator, "room-end")
        self.save.say(words("window.room.save"))
        interface_font(coordinator, self.save, 17, strong=True)
        self.save.clicked.connect(self._begin)
        self.foot.insertWidget(self.foot.count() - 1, self.save)
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self.look)
        self._looking.start()
        self.closed.connect(self._looking.stop)
        self.closed.connect(self._work.drop)
        self.look()

    # ------------------------------------------------------------------------------------------------------ slots

    def look(self) -> None:
        """See which folders are there now."""
        words = self._room.words
        chosen = self.folders.checkedButton()
        for button, folder in zip(self.folders.buttons(), self._room.rules.folders, strict=True):
            there = is_there(folder)
            button.setEnabled(there)
            if isinstance(button, RoomButton):
                key = "window.room.there" if there else "window.room.not_there"
                button.say(words(key, path=_short(folder)), words(key, path=folder))
            if there and chosen is None:
                button.setChecked(True)
                chosen = button
        ready = chosen is not None and chosen.isEnabled() and self.formats.checkedButton() is not None
        self.save.setEnabled(ready and not self._work.running)

    # ----------------------------------------------------------------------------------------------------- events

    def _begin(self) -> None:
        coordinator, archive = self._room, self._room.archive
        at = self.folders.checkedId()
        if archive is None or at < 0:
            return
        from jasic_desktop.export.options import Options

        source = Source(archive.store_path, archive.index_folder, archive.place)
        key = self._offered[self.formats.checkedId()]
        order = Order(source, (self._record,), key, Options(coordinator.language))
        self._say("window.room.saving", "ink-2")
        self._work.start(partial(_save, order, archive.store.archive.id, coordinator.rules.folders[at]))
        self.look()

    def _saved(self, name: object) -> None:
        folder = self._room.rules.folders[self.folders.checkedId()]
        self._say("window.room.saved", "verified", name=name, path=_short(folder))
        self.look()
        self.leave.setFocus()

    def _failed(self, error: Exception) -> None:
        text = sentence(error, self._room)
        self._outcome.setText(text)
        tint(self._outcome, self._room.theme.color("warn"))
        self._room.told.emit(text, "error")
        self.look()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _say(self, key: str, color: str, **values: object) -> None:
        text = self._room.words(key, **values)
        self._outcome.setText(text)
        tint(self._outcome, self._room.theme.color(color))
        self._room.told.emit(text, "info")

    def _heading(self, text: str) -> None:
        label = plain_label(text)
        interface_font(self._room, label, ASIDE, strong=True)
        self.body.addWidget(label)

    def _choices(self, texts: Sequence[str], *, chosen: bool) -> QButtonGroup:
        group = QButtonGroup(self)
        for at, text in enumerate(texts):
            button = RoomButton(self._room, "room-row")
            interface_font(self._room, button)
            button.setCheckable(True)
            button.say(text)
            button.setChecked(chosen and at == 0)
            group.addButton(button, at)
            self.body.addWidget(button)
        return group


def _short(folder: Path) -> str:
    """A path that fits on a button: of a long one the end, by which sticks differ."""
    text = one_line(str(folder))
    return text if len(text) <= _LONGEST else f"…{text[-_LONGEST + 1 :]}"


def _save(order: Order, archive: str, folder: Path, progress: Progress) -> str:
    """Write a copy under a name that is free in the folder; the name. Raises NotWrittenFault, Cancelled."""
    from jasic_desktop.core import atomic
    from jasic_desktop.export.names import safe_name
    from jasic_desktop.export.registry import FORMATS as TABLE

    if not is_there(folder):
        raise NotWrittenFault("export.no_folder", folder=folder)
    atomic.sweep(folder)
    for last in range(_ATTEMPTS):
        try:
            taken = {path.name.casefold() for path in folder.iterdir()}
        except OSError as error:
            raise atomic.fault(error, folder) from error
        name = safe_name(f"{archive}-{order.ids[0]}", TABLE[order.format].extension, taken)
        try:
            carry_out(order, folder / name, force=False)(progress)
        except NotWrittenFault as fault:
            if fault.key != "core.exists" or last == _ATTEMPTS - 1:
                raise
        else:
            return name
    raise AssertionError("the last attempt returns or raises")
