"""One setting on its page: its name, what it is for, a control that changes it at once, and the way back."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QSpinBox, QToolButton, QVBoxLayout, QWidget

from jasic_desktop.app.setting_search import value_text
from jasic_desktop.core.settings import Setting
from jasic_desktop.ui.choice_box import ChoiceBox
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import put_icon
from jasic_desktop.ui.plain import plain_label, plain_mnemonic, set_tooltip, tint
from jasic_desktop.ui.tick_box import TickBox

_CONTROL: Final = 248
"""The width of a control beside its words, in pixels at a text size of 100 %."""
_BESIDE: Final = 480
"""From this width on, at 100 %, the control stands beside the words."""


class SettingRow(QWidget):
    """Shows the setting as it is, whoever changes it."""

    def __init__(self, coordinator: Coordinator, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.setting = setting
        self._beside: bool | None = None
        self._name = plain_label()
        self._about = plain_label(wrap=True)
        self._lock = plain_label(wrap=True)
        self.reset = QToolButton(self)
        self.reset.setProperty("role", "quiet")
        self.reset.clicked.connect(lambda: coordinator.change(setting.key, coordinator.settings.default(setting.key)))
        kept = self.reset.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(kept)
        self.control = self._made_control()
        self._grid = QGridLayout(self)
        self._lay_out()
        self.refresh()

    # ------------------------------------------------------------------------------------------------------ slots

    def refresh(self) -> None:
        """Say everything in the language, theme and size of the window, and show the value of now."""
        coordinator, setting, words = self._coordinator, self.setting, self._coordinator.words
        theme, say = coordinator.theme, coordinator.language
        name = words(f"window.settings.name.{setting.key}")
        self._name.setText(name)
        self._name.setFont(coordinator.font("ui-strong"))
        self._about.setText(words(f"window.settings.about.{setting.key}"))
        self._about.setFont(coordinator.font("small"))
        tint(self._about, theme.color("ink-2"))
        free = coordinator.can_change(setting.key)
        self._lock.setVisible(not free)
        if not free:
            self._lock.setText(words("window.settings.locked", origin=coordinator.settings.locked[setting.key]))
            self._lock.setFont(coordinator.font("small"))
            tint(self._lock, theme.color("warn"))
        self._show_value()
        self.control.setEnabled(free)
        self.control.setAccessibleName(name)
        self.control.setAccessibleDescription(f"{self._about.text()} {self._lock.text() if not free else ''}".strip())
        default = value_text(setting, coordinator.settings.default(setting.key), say)
        back = words("window.settings.reset_to", name=name, value=default)
        put_icon(coordinator, self.reset, "reset")
        set_tooltip(self.reset, back)
        self.reset.setAccessibleName(back)
        if self.reset.hasFocus() and coordinator.settings.is_default(setting.key):
            self.control.setFocus()
        self.reset.setVisible(free and not coordinator.settings.is_default(setting.key))
        self._arrange()

    # ----------------------------------------------------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it gets narrow, the control goes under the words."""
        super().resizeEvent(event)
        self._arrange()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _made_control(self) -> QWidget:
        coordinator, setting = self._coordinator, self.setting
        if setting.switch:
            tick = TickBox(coordinator, self)
            tick.clicked.connect(lambda on: coordinator.change(setting.key, setting.choices[int(on)]))
            return tick
        if setting.choices or setting.steps:
            box = ChoiceBox(coordinator, self)
            box.activated.connect(lambda at: coordinator.change(setting.key, box.itemData(at)))
            return box
        number = QSpinBox(self)
        number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        number.setRange(setting.least, setting.most)
        number.setKeyboardTracking(False)
        number.valueChanged.connect(lambda value: coordinator.change(setting.key, value))
        return number

    def _show_value(self) -> None:
        coordinator, setting = self._coordinator, self.setting
        value = coordinator.settings.values[setting.key]
        if setting.key == "theme":
            value = coordinator.theme_choice
        control, say = self.control, coordinator.language
        control.blockSignals(True)
        if isinstance(control, TickBox):
            control.setText(plain_mnemonic(value_text(setting, value, say)))
            control.setChecked(value == setting.choices[1])
        elif isinstance(control, ChoiceBox):
            choices: tuple[str | int, ...] = setting.choices or setting.steps
            if value not in choices:
                choices = tuple(sorted((*choices, value), key=int))
            control.clear()
            for choice in choices:
                control.addItem(value_text(setting, choice, say), choice)
            control.setCurrentIndex(choices.index(value))
        elif isinstance(control, QSpinBox):
            control.setValue(int(value))
        control.blockSignals(False)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._name, self._about, self._lock):
            words.addWidget(label)
        words.addStretch(1)
        self._words = QWidget(self)
        self._words.setLayout(words)
        words.setContentsMargins(0, 4, 0, 0)
        self._side = QWidget(self)
        side = QHBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        side.addWidget(self.control, 1)
        side.addWidget(self.reset)
        self.control.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._grid.setContentsMargins(0, 8, 0, 8)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)

    def _arrange(self) -> None:
        beside = self.width() >= self._coordinator.length(_BESIDE)
        self._side.setFixedWidth(min(self._coordinator.length(_CONTROL), max(120, self.width())))
        if beside != self._beside:
            self._beside = beside
            for part in (self._words, self._side):
                self._grid.removeWidget(part)
            self._grid.addWidget(self._words, 0, 0)
            if beside:
                self._grid.addWidget(self._side, 0, 1, Qt.AlignmentFlag.AlignTop)
            else:
                self._grid.addWidget(self._side, 1, 0, Qt.AlignmentFlag.AlignLeft)
