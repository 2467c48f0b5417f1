"""The settings: what they are about at the left, each with a control that holds at once, and the keys of commands."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.app.command_search import find_commands
from jasic_desktop.app.setting_search import find_settings
from jasic_desktop.core.settings import GROUPS, KEYS, SETTINGS, Settings
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.key_page import KeyPage
from jasic_desktop.ui.plain import plain_label, tint
from jasic_desktop.ui.search_field import AFTER_CURSOR
from jasic_desktop.ui.settings_row import SettingRow

_SIZE: Final = (944, 704)
_GROUPS: Final = 220
_SHARE: Final = 0.3
"""The most of the dialog's width that the list at the left takes."""
_FIELD: Final = 340
_PAGES: Final = (*GROUPS, KEYS)


class SettingsDialog(QDialog):
    """Modal to the window, which shows each change behind it. `page` is a group of settings, or `keys`."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None, page: str = "") -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._before: Settings | None = None
        self._title = plain_label()
        self.field = QLineEdit()
        self.groups = QListWidget()
        self.rows = {setting.key: SettingRow(coordinator, setting) for setting in SETTINGS}
        self._headings: dict[str, QLabel] = {group: plain_label() for group in GROUPS}
        self._nothing = plain_label(wrap=True)
        self.among_keys = QPushButton()
        self.keys = KeyPage(coordinator)
        self._pages = QStackedWidget()
        self._said = plain_label()
        self.reset, self.leave = QPushButton(), QPushButton()
        self._lay_out()
        self._connect()
        self.groups.setCurrentRow(_PAGES.index(page) if page in _PAGES else 0)
        self.refresh()
        self._fit(parent)
        (self.keys.list if page == KEYS else self.groups).setFocus()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def page(self) -> str:
        """The group of settings that is shown, or `keys`; empty while settings of several are."""
        row = self.groups.currentRow()
        return _PAGES[row] if 0 <= row < len(_PAGES) else ""

    # ------------------------------------------------------------------------------------------------------ slots

    def show_page(self, page: str) -> None:
        """Show a group of settings, or `keys`."""
        self.groups.setCurrentRow(_PAGES.index(page))

    def refresh(self) -> None:
        """Say everything in the language, theme and size of the window."""
        coordinator, words = self._coordinator, self._coordinator.words
        self.setWindowTitle(words("window.settings.title"))
        self._title.setText(words("window.settings.title"))
        self._title.setFont(coordinator.font("section"))
        self.groups.setAccessibleName(words("window.settings.groups"))
        for at, page in enumerate(_PAGES):
            self.groups.item(at).setText(words(f"window.settings.group.{page}"))
        self.groups.setFont(coordinator.font("ui"))
        for group, heading in self._headings.items():
            heading.setText(words(f"window.settings.group.{group}"))
            heading.setFont(coordinator.font("heading"))
            tint(heading, coordinator.theme.color("ink-3"))
        for row in self.rows.values():
            row.refresh()
        self.keys.refresh()
        self._nothing.setText(words("window.settings.nothing"))
        for button, key in (
            (self.reset, "reset_undo" if self._before is not None else "reset_all"),
            (self.leave, "close"),
        ):
            button.setText(words(f"window.settings.{key}"))
            button.setAccessibleName(button.text())
        changed = any(
            coordinator.can_change(key) and not coordinator.settings.is_default(key) for key in (*self.rows, KEYS)
        )
        self.reset.setEnabled(changed or self._before is not None)
        said = "was_reset" if self._before is not None else "at_once"
        self._said.setText(words(f"window.settings.{said}"))
        self._show()
        self._narrow()

    def reset_all(self) -> None:
        """Put everything as the program comes; the second time, as it was before that."""
        coordinator, before = self._coordinator, self._before
        now = coordinator.settings
        defaults = Settings({setting.key: now.default(setting.key) for setting in SETTINGS})
        self._before = coordinator.settings if before is None else None
        coordinator.take(before if before is not None else defaults)
        self.refresh()

    # ----------------------------------------------------------------------------------------------------- events

    def _typed(self, text: str) -> None:
        if self.page == KEYS:
            self.keys.ask(text)
            return
        self.groups.blockSignals(True)
        # While words are looked for, settings of all groups stand below one another.
        self.groups.setCurrentRow(-1 if text.strip() else 0)
        self.groups.blockSignals(False)
        self._show()

    def _chosen(self, _row: int) -> None:
        if self.page != KEYS or not find_commands(self.field.text(), lambda _id: True, self._coordinator.keymap):
            self.field.blockSignals(True)
            self.field.clear()
            self.field.blockSignals(False)
        self.keys.ask(self.field.text() if self.page == KEYS else "")
        self._show()

    def _changed(self, _key: str = "") -> None:
        self.refresh()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _show(self) -> None:
        """Show the settings that belong to the group, or answer to the words in the field."""
        words, page, question = self._coordinator.words, self.page, self.field.text()
        self._pages.setCurrentIndex(1 if page == KEYS else 0)
        hint = "window.settings.find_command" if page == KEYS else "window.settings.find"
        self.field.setPlaceholderText(AFTER_CURSOR + words(hint))
        self.field.setAccessibleName(words(hint))
        answers = find_settings(question) if not page else SETTINGS
        found = {setting.key for setting in answers if page in ("", setting.group)}
        shown = {row.setting.group for row in self.rows.values() if row.setting.key in found}
        for key, row in self.rows.items():
            row.setVisible(key in found)
        for group, heading in self._headings.items():
            heading.setVisible(group in shown and not page)
        self._nothing.setVisible(not found)
        commands = len(find_commands(question, lambda _id: True, self._coordinator.keymap)) if not page else 0
        self.among_keys.setVisible(commands > 0)
        self.among_keys.setText(words("window.settings.among_keys", count=commands))
        self.among_keys.setAccessibleName(self.among_keys.text())

    def _narrow(self) -> None:
        length = self._coordinator.length
        self._left.setFixedWidth(min(length(_GROUPS), round(self.width() * _SHARE)))
        self.field.setMaximumWidth(max(length(_FIELD), 200))

    def _fit(self, parent: QWidget | None) -> None:
        """As large as the export dialog, and never larger than the window below."""
        wide, high = (max(self._coordinator.length(pixels), pixels) for pixels in _SIZE)
        if parent is not None:
            wide, high = min(wide, parent.width() - 32), min(high, parent.height() - 32)
        self.resize(wide, high)
        self._narrow()

    def _connect(self) -> None:
        coordinator = self._coordinator
        self.field.textChanged.connect(self._typed)
        self.groups.currentRowChanged.connect(self._chosen)
        self.among_keys.clicked.connect(lambda: self.show_page(KEYS))
        self.reset.clicked.connect(self.reset_all)
        self.leave.clicked.connect(self.accept)
        coordinator.setting_changed.connect(self._changed)
        for signal in (coordinator.language_changed, coordinator.theme_changed, coordinator.text_size_changed):
            signal.connect(self.refresh)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 20, 12)
        head.setSpacing(16)
        head.addWidget(self._title)
        head.addStretch(1)
        self.field.setProperty("role", "search")
        self.field.setMaxLength(200)
        head.addWidget(self.field, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._groups_pane())
        body.addWidget(_line("stile"))
        self._pages.addWidget(self._settings_page())
        self._pages.addWidget(self.keys)
        body.addWidget(self._pages, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 16, 20, 16)
        foot.setSpacing(8)
        self._said.setProperty("role", "note")
        foot.addWidget(self._said, 1)
        foot.addWidget(self.reset)
        foot.addWidget(self.leave)
        self.leave.setDefault(True)
        for button in (self.reset, self.among_keys):
            button.setAutoDefault(False)
        for part in (head, _line("rule"), body, _line("rule"), foot):
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part, 1 if part is body else 0)
        QWidget.setTabOrder(self.field, self.groups)

    def _groups_pane(self) -> QWidget:
        self._left = QWidget()
        self._left.setProperty("ground", "sunken")
        self._left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(8, 12, 8, 8)
        self.groups.setProperty("role", "groups")
        self.groups.setFrameShape(QFrame.Shape.NoFrame)
        self.groups.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.groups.setWordWrap(True)
        self.groups.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.groups.setResizeMode(QListWidget.ResizeMode.Adjust)
        for _page in _PAGES:
            self.groups.addItem("")
        column.addWidget(self.groups)
        return self._left

    def _settings_page(self) -> QScrollArea:
        content = QWidget()
        content.setProperty("ground", "paper")
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 12, 20, 12)
        column.setSpacing(4)
        self._nothing.setProperty("role", "second")
        self.among_keys.setProperty("role", "link")
        column.addWidget(self._nothing)
        for group in GROUPS:
            column.addWidget(self._headings[group])
            for row in self.rows.values():
                if row.setting.group == group:
                    column.addWidget(row)
        column.addWidget(self.among_keys, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        return area


def _line(role: str) -> QFrame:
    made = QFrame()
    made.setProperty("role", role)
    return made
