"""The page of the settings on which every command's keys are seen, and changed by pressing others."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from jasic_desktop.app.commands import Command
from jasic_desktop.app.keymap import MOST, normal, objection
from jasic_desktop.core.settings import KEYS
from jasic_desktop.ui.command_rows import CommandDelegate, CommandModel
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.flow import FlowLayout
from jasic_desktop.ui.icons import put_icon
from jasic_desktop.ui.key_catcher import KeyCatcher
from jasic_desktop.ui.looks import native
from jasic_desktop.ui.plain import plain_label, plain_mnemonic, tint
from jasic_desktop.ui.tick_box import TickBox

_FIELD: Final = 200


class KeyPage(QWidget):
    """The list of commands, and below it what can be done with the keys of the one that is marked."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._question = ""
        self._pending = ""
        self.model = CommandModel(coordinator, self, editing=True)
        self.list = QListView(self)
        self.nothing = plain_label(parent=self, wrap=True)
        self._name = plain_label()
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._label = plain_label()
        self.catcher = KeyCatcher()
        self.also = TickBox(coordinator)
        self.said = plain_label(wrap=True)
        self.take = QPushButton()
        self.reset_one, self.reset_all = QPushButton(), QPushButton()
        for button in (self.take, self.reset_one, self.reset_all):
            button.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self.model.ask("")
        self._mark(0)
        self.refresh()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def current(self) -> Command | None:
        """The command whose keys are shown below."""
        row = self.list.currentIndex().row()
        return self.model.found[row].command if 0 <= row < len(self.model.found) else None

    # ------------------------------------------------------------------------------------------------------ slots

    def ask(self, question: str) -> None:
        """List the commands that answer to words or keys."""
        before = self.current
        self._question = question
        self.model.ask(question)
        rows = [found.command for found in self.model.found]
        self._mark(rows.index(before) if before in rows else 0)

    def catch(self, key: str) -> None:
        """Give the marked command the keys that were pressed, unless they cannot be, or are another's."""
        coordinator, entry = self._coordinator, self.current
        self._pending = ""
        if entry is None:
            return
        key = normal(key)
        told, why = native(key), objection(key)
        name = self._title(entry)
        holder = coordinator.keymap.holder(key)
        if why is not None:
            self._say("warn", coordinator.words(f"window.settings.keys.no_{why}", key=told or self.catcher.text()))
        elif holder is entry:
            self._say("ink-2", coordinator.words("window.settings.keys.has", key=told, name=name))
        elif self.also.isChecked() and len(coordinator.keymap.keys(entry.id)) >= MOST:
            self._say("warn", coordinator.words("window.settings.keys.most", most=MOST))
        elif holder is not None:
            self._pending = key
            said = coordinator.words("window.settings.keys.taken", key=told, name=self._title(holder), to=name)
            self._say("warn", said)
        else:
            self._give(key)

    def give_pending(self) -> None:
        """Give the marked command the keys that belong to another."""
        if self._pending:
            self._give(self._pending)
            self.catcher.setFocus()

    def refresh(self) -> None:
        """Say everything in the language, theme and size of the window."""
        coordinator, words = self._coordinator, self._coordinator.words
        self.ask(self._question)
        self.setAccessibleName(words("window.settings.group.keys"))
        self.list.setAccessibleName(words("window.settings.keys.list"))
        self.nothing.setText(words("window.palette.nothing"))
        self._name.setFont(coordinator.font("ui-strong"))
        self._label.setText(words("window.settings.keys.new"))
        tint(self._label, coordinator.theme.color("ink-2"))
        self.catcher.setPlaceholderText(words("window.settings.keys.press"))
        self.catcher.setFixedWidth(coordinator.length(_FIELD))
        for widget, key in (
            (self.also, "also"),
            (self.take, "take"),
            (self.reset_one, "reset_one"),
            (self.reset_all, "reset_all"),
        ):
            widget.setText(words(f"window.settings.keys.{key}"))
            widget.setAccessibleName(widget.text())
        self._show()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _lay_out(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(CommandDelegate(self._coordinator, self.model, self))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing.setProperty("role", "second")
        self.nothing.setContentsMargins(20, 16, 20, 16)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        editor = QVBoxLayout()
        editor.setContentsMargins(20, 12, 20, 12)
        editor.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._name)
        head.addWidget(self._chips, 1)
        press = QHBoxLayout()
        press.setSpacing(12)
        for widget in (self._label, self.catcher, self.also):
            press.addWidget(widget)
        press.addStretch(1)
        tell = QHBoxLayout()
        tell.setSpacing(12)
        tell.addWidget(self.said, 1)
        tell.addWidget(self.take)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.reset_one)
        foot.addWidget(self.reset_all)
        for part in (head, press, tell, foot):
            editor.addLayout(part)
        rule = QFrame()
        rule.setProperty("role", "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        listed = QVBoxLayout()
        listed.setContentsMargins(12, 8, 8, 8)
        listed.addWidget(self.list)
        column.addLayout(listed, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(rule)
        column.addLayout(editor)

    def _connect(self) -> None:
        coordinator = self._coordinator
        self.list.selectionModel().currentChanged.connect(lambda *_: self._marked())
        self.list.activated.connect(lambda _index: self.catcher.setFocus())
        self.catcher.caught.connect(self.catch)
        self.catcher.entered.connect(self.give_pending)
        self.take.clicked.connect(self.give_pending)
        self.reset_one.clicked.connect(self._reset_one)
        self.reset_all.clicked.connect(self._reset_all)
        coordinator.setting_changed.connect(self._setting_changed)

    def _setting_changed(self, key: str) -> None:
        if key == KEYS:
            self.ask(self._question)

    def _title(self, entry: Command) -> str:
        return self._coordinator.words(entry.label).rstrip("…")

    def _mark(self, row: int) -> None:
        if self.model.found:
            self.list.setCurrentIndex(self.model.index(row))
        self.list.setVisible(bool(self.model.found))
        self.nothing.setVisible(not self.model.found)
        self._show()

    def _marked(self) -> None:
        self._pending = ""
        self._say("ink-2", "")

    def _say(self, color: str, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.setFont(self._coordinator.font("small"))
        tint(self.said, self._coordinator.theme.color(color))
        self.catcher.setAccessibleDescription(sentence)
        self._show()

    def _give(self, key: str) -> None:
        entry = self.current
        if entry is not None:
            keymap = self._coordinator.keymap
            others = keymap.keys(entry.id) if self.also.isChecked() else ()
            self._pending = ""
            self._coordinator.set_keys(keymap.given(entry.id, (key, *others)))
            said = self._coordinator.words("window.settings.keys.given", key=native(key), name=self._title(entry))
            self._say("ink-2", said)

    def _remove(self, key: str) -> None:
        entry = self.current
        if entry is not None:
            keymap = self._coordinator.keymap
            left = tuple(held for held in keymap.keys(entry.id) if held != key)
            self._coordinator.set_keys(keymap.given(entry.id, left))
            self._marked()
            self.catcher.setFocus()

    def _reset_one(self) -> None:
        entry = self.current
        if entry is not None:
            self._coordinator.set_keys(self._coordinator.keymap.reset(entry.id))
            self._marked()
            self.catcher.setFocus()

    def _reset_all(self) -> None:
        self._coordinator.set_keys(type(self._coordinator.keymap)())
        self._marked()
        self.catcher.setFocus()

    def _show(self) -> None:
        """Show the keys of the marked command, and what can be done with them."""
        coordinator, entry = self._coordinator, self.current
        words, keymap = coordinator.words, coordinator.keymap
        while (item := self._flow.takeAt(0)) is not None:
            chip = item.widget()
            if chip is not None:
                chip.hide()
                chip.deleteLater()
        free = coordinator.can_change(KEYS)
        self._name.setText(self._title(entry) if entry is not None else "")
        for key in keymap.keys(entry.id) if entry is not None else ():
            chip = QPushButton(plain_mnemonic(native(key)), self._chips)
            chip.setProperty("role", "chip")
            chip.setAutoDefault(False)
            put_icon(coordinator, chip, "close", 12)
            chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            chip.setAccessibleName(words("window.settings.keys.remove", key=native(key)))
            chip.clicked.connect(lambda _=False, key=key: self._remove(key))
            chip.setEnabled(free)
            self._flow.addWidget(chip)
            chip.show()
        self._flow.invalidate()
        name = self._title(entry) if entry is not None else ""
        self.catcher.setAccessibleName(words("window.settings.keys.new_for", name=name))
        for widget in (self.catcher, self.also):
            widget.setEnabled(free and entry is not None)
        self.take.setVisible(bool(self._pending))
        self.reset_one.setEnabled(free and entry is not None and not keymap.is_default(entry.id))
        self.reset_all.setEnabled(free and bool(keymap.chosen))
        if not free:
            origin = coordinator.settings.locked[KEYS]
            self.said.setText(words("window.settings.locked", origin=origin))
