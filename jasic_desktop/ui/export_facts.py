"""What will leave, in numbers: records, statements, accounts, sources, size, as far as the format carries them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from jasic_desktop.app.exporting import CARRIES, Contents, Size
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import plain_label, tint

_ROWS: Final = ("records", "statements", "alleged", "accounts", "sources", "media", "size")
_KILO: Final = 1000


class ExportFacts(QWidget):
    """A table of names and numbers; a number that is not known yet is a dash."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._contents: Contents | None = None
        self._size: Size | None = None
        self._media = 0
        self._format = ""
        self._heading = plain_label()
        self._names: dict[str, QLabel] = {}
        self._values: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._heading, 0, 0, 1, 2)
        grid.setRowMinimumHeight(1, 4)
        for at, row in enumerate(_ROWS):
            rule = QFrame()
            rule.setProperty("role", "rule")
            grid.addWidget(rule, 2 * at + 2, 0, 1, 2)
            name, value = plain_label(wrap=True), plain_label()
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            name.setBuddy(value)
            name.setContentsMargins(0, 4, 0, 4)
            self._names[row], self._values[row] = name, value
            grid.addWidget(name, 2 * at + 3, 0)
            grid.addWidget(value, 2 * at + 3, 1)
        self.refresh()

    def show_contents(self, contents: Contents | None) -> None:
        """Show what the records hold; None while it is being counted."""
        self._contents = contents
        self.refresh()

    def show_size(self, size: Size | None) -> None:
        """Show how large the file will be; None while it is being judged."""
        self._size = size
        self.refresh()

    def show_media(self, number: int) -> None:
        """So many pictures and notes leave too."""
        self._media = number
        self.refresh()

    def set_format(self, key: str) -> None:
        """Show what the format `key` carries; how large it is has to be told anew."""
        self._format = key
        self._size = None
        self.refresh()

    def refresh(self) -> None:
        """Say everything in the language, theme and size of the window."""
        coordinator, words = self._coordinator, self._coordinator.words
        self._heading.setText(words("window.export.leaves"))
        self._heading.setFont(coordinator.font("heading"))
        tint(self._heading, coordinator.theme.color("ink-3"))
        for row in _ROWS:
            name, value = self._names[row], self._values[row]
            name.setText(words(f"window.export.{row}"))
            name.setFont(coordinator.font("ui"))
            tint(name, coordinator.theme.color("ink-2"))
            value.setText(self._value(row))
            value.setFont(coordinator.font("ui-strong"))
            value.setAccessibleName(f"{name.text()}: {value.text()}")

    def _value(self, row: str) -> str:
        words, contents = self._coordinator.words, self._contents
        carried = CARRIES.get(self._format)
        if row == "media":
            return str(self._media) if self._media else words("window.export.none")
        if row == "size":
            return self._words_of_size()
        if contents is None or carried is None:
            return "–"
        leaves = {
            "records": True,
            "statements": carried.statements,
            "alleged": carried.statements,
            "accounts": carried.accounts,
            "sources": carried.sources,
        }[row]
        number = getattr(contents, row) if leaves else 0
        return str(number) if number else words("window.export.none")

    def _words_of_size(self) -> str:
        words, size = self._coordinator.words, self._size
        if size is None:
            return "–"
        if size.bytes < _KILO:
            told = words("window.export.bytes", number=size.bytes)
        elif size.bytes < _KILO**2:
            told = words("window.export.kilobytes", number=round(size.bytes / _KILO))
        else:
            told = words("window.export.megabytes", number=f"{size.bytes / _KILO**2:.1f}")
        return words("window.export.one_file" if size.exact else "window.export.one_file_about", size=told)
