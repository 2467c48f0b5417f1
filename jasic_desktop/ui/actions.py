"""The commands as Qt's actions: texts, keys, icons, when they are possible, and the menus made of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QWidget

from jasic_desktop.app.commands import COMMANDS, MENUS, Command, Menu, command, of_menu
from jasic_desktop.core.settings import KEYS, setting_of
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import icon
from jasic_desktop.ui.plain import plain_mnemonic, plain_tooltip

_BUTTONS: Final = {Qt.MouseButton.BackButton: "back", Qt.MouseButton.ForwardButton: "forward"}


class Actions(QObject):
    """One QAction for each command of a menu, active in the whole window."""

    def __init__(self, coordinator: Coordinator, window: QMainWindow) -> None:
        super().__init__(window)
        self._coordinator = coordinator
        self._window = window
        self._states: dict[str, bool] = {}
        self._look: object = None
        self._drawn: object = None
        self._actions = {entry.id: self._made(entry) for entry in COMMANDS if entry.menu is not None}
        self._keys: frozenset[str] = frozenset()
        self._take_keys()
        self._handle: QWindow | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        for signal in (
            coordinator.commands_changed,
            coordinator.language_changed,
            coordinator.theme_changed,
            coordinator.archive_opened,
        ):
            signal.connect(self.refresh)
        coordinator.setting_changed.connect(self._setting_changed)

    def __getitem__(self, command_id: str) -> QAction:
        self._draw()
        return self._actions[command_id]

    def of_menu(self, menu: Menu) -> Iterator[QAction]:
        """The actions of one menu, in order."""
        self._draw()
        return (self._actions[entry.id] for entry in of_menu(menu))

    def hint(self, command_id: str) -> str:
        """The name of a command with its first key, for a tooltip; where it is not possible, what it needs."""
        entry = command(command_id)
        words = self._coordinator.words
        name = words(entry.label).rstrip("…")
        key = self._coordinator.key(command_id)
        if key:
            name = words("window.top.with_key", name=name, key=key)
        closed = self._coordinator.why_closed(command_id)
        if closed:
            return closed
        if entry.needs is not None and not self._coordinator.can(command_id):
            return words("window.top.not_now", name=name, why=words(f"window.needs.{entry.needs}"))
        return name

    def listen(self) -> None:
        """Hear the mouse buttons of the whole window: to be called when it stands on the screen and has a handle.

        Keys are heard where the focus is, buttons where the system hands them in: a filter on the application would
        let each event of each widget pass through Python.
        """
        self._handle = self._window.windowHandle()
        if self._handle is not None:
            self._handle.installEventFilter(self)

    def menu(self, parent: QWidget) -> QMenu:
        """All menus in one, each as a part of its own."""
        self.refresh()
        self._draw()
        whole = QMenu(parent)
        whole.setAccessibleName(self._coordinator.words("window.command.menu"))
        for name in MENUS:
            self._fill(whole.addMenu(self._coordinator.words(f"window.menu.{name}")), name)
        return whole

    def set_state(self, command_id: str, on: bool) -> None:
        """Say whether what a switch command switches is on."""
        self._states[command_id] = on
        self._actions[command_id].setChecked(on)

    def refresh(self) -> None:
        """Take what is possible from the coordinator again, texts and icons only where the look is another one."""
        coordinator = self._coordinator
        if coordinator.theme is not self._look:  # a change of language brings a theme of its own as well
            self._look = coordinator.theme
            self._states["high-contrast"] = coordinator.theme.contrast
            self._dress()
        values = coordinator.settings.values
        chosen = {f"theme-{coordinator.theme_choice}", f"language-{coordinator.language}", f"group-{values['group']}"}
        for command_id, action in self._actions.items():
            entry = command(command_id)
            action.setEnabled(coordinator.can(command_id))
            if entry.choice:
                action.setChecked(command_id in chosen)
            elif entry.switch and entry.setting:
                action.setChecked(values[entry.setting] == setting_of(entry.setting).choices[1])
            elif entry.switch:
                action.setChecked(self._states.get(command_id, False))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the keys of commands to the commands, whatever field has the focus, and mouse buttons their steps."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if watched is not self._handle and QKeySequence(event.keyCombination()).toString() in self._keys:
                event.ignore()
                return True
        elif kind == QEvent.Type.MouseButtonPress and watched is self._handle and isinstance(event, QMouseEvent):
            step = _BUTTONS.get(event.button())
            if step is not None and QApplication.activePopupWidget() is None:
                self._coordinator.run(step)
                return True
        return False

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """Hear the keys of what has the focus in this window, and of nothing else."""
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and now.window() is self._window:
            now.installEventFilter(self)

    def _setting_changed(self, key: str) -> None:
        if key == KEYS:
            self._take_keys()
        self.refresh()

    def _take_keys(self) -> None:
        """Give each command its keys of now."""
        keymap = self._coordinator.keymap
        self._keys = frozenset(QKeySequence(key).toString() for key in keymap.all)
        for command_id, action in self._actions.items():
            action.setShortcuts([QKeySequence(key) for key in keymap.keys(command_id)])

    def _made(self, entry: Command) -> QAction:
        action = QAction(self._window)
        action.setObjectName(entry.id)
        action.setCheckable(entry.switch or bool(entry.choice))
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.triggered.connect(lambda *_: self._coordinator.run(entry.id))
        action.hovered.connect(lambda: self._say_closed(entry.id))
        self._window.addAction(action)
        return action

    def _say_closed(self, command_id: str) -> None:
        """Say in the status bar too why a command is closed, when somebody comes upon it in a menu."""
        closed = self._coordinator.why_closed(command_id)
        if closed:
            self._coordinator.told.emit(closed, "warn")

    def _dress(self) -> None:
        """Say everything in the language of now."""
        coordinator = self._coordinator
        for command_id, action in self._actions.items():
            entry = command(command_id)
            action.setText(plain_mnemonic(coordinator.words(entry.label)))
            action.setToolTip(plain_tooltip(coordinator.why_closed(command_id)))

    def _draw(self) -> None:
        """Draw the icons in the colours of now: seen in menus only, so not before there is one."""
        theme = self._coordinator.theme
        if theme is self._drawn:
            return
        self._drawn = theme
        for command_id, action in self._actions.items():
            entry = command(command_id)
            if entry.icon and not entry.choice and not entry.switch:
                action.setIcon(icon(entry.icon, theme.color("ink-2"), disabled=theme.color("edge")))

    def _fill(self, menu: QMenu, name: Menu) -> None:
        section = None
        menu.setToolTipsVisible(True)
        for entry in of_menu(name):
            if section is not None and entry.section != section:
                menu.addSeparator()
            section = entry.section
            menu.addAction(self._actions[entry.id])
