"""The coordinator of a reading room: nothing is kept, and only what the room allows can be done."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal, Slot

from jasic_desktop.app.room import Rules
from jasic_desktop.core.languages import Language
from jasic_desktop.core.paths import Places
from jasic_desktop.core.settings import Settings
from jasic_desktop.render.theme import Mode
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.room.theme import RoomTheme
from jasic_desktop.ui.theme import high_contrast, system_mode

_SMALLEST: Final = 80
"""The smallest text in per cent: the page is made for readers who need large letters."""


class RoomCoordinator(Coordinator):
    """Settings live as long as the session. A name in a text is read where the text stood; there are no tabs.

    `copied` tells that something was put on the clipboard, `ended` that the reader has done.
    """

    copied = Signal()
    ended = Signal()

    def __init__(
        self, places: Places, settings: Settings, rules: Rules, language: Language = "en", theme: str | None = None
    ) -> None:
        self.rules = rules
        locked = {**settings.locked, **dict.fromkeys(rules.locked, "")}
        super().__init__(places, replace(settings, locked=locked), language, theme)

    @property
    def room_theme(self) -> RoomTheme:
        """The theme, with the letters of a reading room."""
        return self.theme if isinstance(self.theme, RoomTheme) else self._made_theme()

    def can(self, command_id: str) -> bool:
        """Whether a command is possible now: the room has it, no policy locks what it changes, and it makes sense."""
        return self.rules.allows(command_id) and super().can(command_id)

    @Slot(str, bool)
    def open_record(self, record_id: str, new_tab: bool = False) -> None:  # noqa: ARG002 - there are no tabs
        """Read a record."""
        super().open_record(record_id)

    @Slot(str)
    def follow(self, record_id: str) -> None:
        """A name in a text was chosen: it is read, and Back leads to the text again."""
        self.open_record(record_id)

    @Slot(int)
    def zoom_text(self, step: int) -> None:
        """Make texts larger (1), smaller (-1), or as they were (0), within what the window can show."""
        if step >= 0 or self.settings.number("text_size") > _SMALLEST:
            super().zoom_text(step)

    def _save(self) -> None:
        """Nothing is written: what is changed holds until the session ends."""

    def _made_theme(self) -> RoomTheme:
        choice = self.theme_choice
        mode: Mode = "dark" if choice == "dark" else "light" if choice == "light" else system_mode()
        return RoomTheme(mode, self.language, contrast=high_contrast())
