"""How the window looks, speaks and is worked: the settings in force, each changed at once and kept."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QFont, QGuiApplication, QKeySequence

from jasic_desktop.app.commands import command
from jasic_desktop.app.keymap import Keymap
from jasic_desktop.core.errors import Fault
from jasic_desktop.core.i18n import translate
from jasic_desktop.core.languages import Language, language_of
from jasic_desktop.core.paths import Places
from jasic_desktop.core.settings import KEYS, SETTINGS, Settings, setting_of
from jasic_desktop.ui.theme import Role, Theme, chosen_theme


class Looks(QObject):
    """What every part of the window asks before it says or paints something.

    `setting_changed` names a setting that has another value now, or `keys`; language, theme and text size tell of
    themselves as well. `told` carries a sentence for the person and its kind: info, warn or error.
    """

    language_changed = Signal()
    theme_changed = Signal()
    text_size_changed = Signal()
    setting_changed = Signal(str)
    commands_changed = Signal()
    told = Signal(str, str)

    def __init__(
        self,
        places: Places,
        settings: Settings,
        language: Language = "en",
        theme: str | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.places = places
        self.settings = settings
        self.language: Language = language
        self.keymap = Keymap(settings.keys)
        self._choice = theme or settings.text("theme")
        self.theme = self._made_theme()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def text_scale(self) -> float:
        """The text size the person chose, 1.0 for 100 %: times every font size."""
        return self.settings.number("text_size") / 100

    @property
    def theme_choice(self) -> str:
        """`system`, `light` or `dark`."""
        return self._choice

    def words(self, key: str, /, **values: object) -> str:
        """A text of the catalogue in the language of the window."""
        return translate(key, self.language, **values)

    def font(self, role: Role) -> QFont:
        """A font of the theme at the person's text size."""
        return self.theme.font(role, self.text_scale)

    def length(self, pixels: float) -> int:
        """A height that follows the text size, in pixels."""
        return round(pixels * self.text_scale)

    def key(self, command_id: str) -> str:
        """The first key of a command as this system writes it; empty where it has none."""
        keys = self.keymap.keys(command_id)
        return native(keys[0]) if keys else ""

    def way(self, command_id: str) -> str:
        """How a command is reached, within a sentence: its first key, else its name as menus have it."""
        name = self.words(command(command_id).label).rstrip("…")
        return self.key(command_id) or self.words("window.settings.quoted", name=name)

    def why_closed(self, command_id: str) -> str:
        """Why this machine's policy closes a command, in a sentence; empty for an open one."""
        policy = self.places.policy
        if policy.allows(command_id):
            return ""
        name = self.words(command(command_id).label).rstrip("…")
        return policy.refusal(command_id, name).sentence(self.language)

    def can_change(self, key: str) -> bool:
        """Whether the person may change a setting, or `keys`, on this machine."""
        return key not in self.settings.locked

    # ------------------------------------------------------------------------------------------------------ slots

    @Slot(str)
    def set_language(self, choice: str) -> None:
        """Speak another language, at once; `system` takes that of the machine."""
        if not self.can_change("language"):
            return
        if choice != self.settings.text("language"):
            self.keep("language", choice)
        language = language_of(choice, os.environ)
        if language == self.language:
            return
        self.language = language
        self.theme = self._made_theme()
        # The theme first: its new style sheet takes away what parts gave themselves before they heard of it.
        self.theme_changed.emit()
        self.language_changed.emit()
        self.commands_changed.emit()

    @Slot(str)
    def set_theme(self, choice: str) -> None:
        """Look `light`, `dark`, or as the `system` asks for."""
        if not self.can_change("theme"):
            return
        self._choice = choice
        self.keep("theme", choice)
        self._retheme()

    def set_contrast(self, choice: str) -> None:
        """Take strong colours (`high`), the usual ones (`normal`), or those that the `system` asks for."""
        if self.can_change("contrast"):
            self.keep("contrast", choice)
            self._retheme()

    @Slot(int)
    def zoom_text(self, step: int) -> None:
        """Make texts larger (1), smaller (-1), or as they were (0)."""
        now, steps = self.settings.number("text_size"), setting_of("text_size").steps
        if step > 0:
            size = next((size for size in steps if size > now), steps[-1])
        elif step < 0:
            size = next((size for size in reversed(steps) if size < now), steps[0])
        else:
            size = 100
        if size != now:
            self.change("text_size", size)

    def change(self, key: str, value: str | int) -> None:
        """Change a setting, and all that goes by it at once. Raises ValueError for what it does not take."""
        if not self.can_change(key):
            return
        if key == "language":
            self.set_language(str(value))
        elif key == "theme":
            self.set_theme(str(value))
        elif key == "contrast":
            self.set_contrast(str(value))
        else:
            self.keep(key, value)
            if key == "text_size":
                self.text_size_changed.emit()

    def set_keys(self, keymap: Keymap) -> None:
        """Give commands other keys, at once."""
        if self.can_change(KEYS):
            self.keymap = keymap
            self.settings = self.settings.with_keys(keymap.chosen)
            self._save()
            self.setting_changed.emit(KEYS)
            self.commands_changed.emit()

    def take(self, settings: Settings) -> None:
        """Put all settings that may be changed as they are in `settings`: the defaults, or what was there before."""
        for setting in SETTINGS:
            if settings.values[setting.key] != self.settings.values[setting.key]:
                self.change(setting.key, settings.values[setting.key])
        if settings.keys != self.settings.keys:
            self.set_keys(Keymap(settings.keys))

    def keep(self, key: str, value: str | int) -> None:
        """Change a setting; where it cannot be written it holds until the end, and the person is told."""
        if not self.can_change(key):
            return
        self.settings = self.settings.changed(key, value)
        self._save()
        self.setting_changed.emit(key)

    def tell(self, key: str, /, kind: str = "info", **values: object) -> None:
        """Tell the person one sentence of the catalogue; `kind` is info, warn or error."""
        self.told.emit(self.words(key, **values), kind)

    def tell_fault(self, fault: Fault) -> None:
        """Tell the person what went wrong."""
        self.told.emit(fault.sentence(self.language), "error")

    # ---------------------------------------------------------------------------------------------------- helpers

    def _save(self) -> None:
        try:
            self.settings.save(self.places.config)
        except Fault as fault:
            self.tell_fault(fault)

    def _system_changed(self, _asked: object) -> None:
        if "system" in (self._choice, self.settings.text("contrast")):
            self._retheme()

    def _made_theme(self) -> Theme:
        return chosen_theme(self._choice, self.settings.text("contrast"), self.language)

    def _retheme(self) -> None:
        self.theme = self._made_theme()
        self.theme_changed.emit()
        self.commands_changed.emit()


def native(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
