"""The options of the export dialog: each is there only where the chosen format goes by it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from jasic_desktop.core.languages import LANGUAGES, Language
from jasic_desktop.export.options import PAPER_SIZES, PaperSize
from jasic_desktop.export.registry import FORMATS
from jasic_desktop.ui.choice_box import ChoiceBox
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import plain_label, plain_mnemonic, set_tooltip, tint
from jasic_desktop.ui.tick_box import TickBox

_TICKS: Final = ("side_by_side", "sources_at_end", "media", "notes")
"""Fields of Options that are ticked or not."""


class ExportOptions(QWidget):
    """`changed` comes when the person chose something. `media` and `notes` are how many of them there are."""

    changed = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._format = ""
        self._counts = {"media": 0, "notes": 0}
        self._heading = plain_label()
        self._ticks = {name: TickBox(coordinator) for name in _TICKS}
        self._paper_label, self._language_label = plain_label(), plain_label()
        self.paper_box, self.language_box = ChoiceBox(coordinator), ChoiceBox(coordinator)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._heading)
        for tick in self._ticks.values():
            column.addWidget(tick)
            tick.toggled.connect(lambda _on: self.changed.emit())
        grid = QGridLayout()
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows = ((self._paper_label, self.paper_box), (self._language_label, self.language_box))
        for at, (label, box) in enumerate(rows):
            grid.addWidget(label, at, 0)
            grid.addWidget(box, at, 1)
        column.addLayout(grid)
        for name in ("side_by_side", "sources_at_end"):
            self._ticks[name].setChecked(True)
        for size in PAPER_SIZES:
            self.paper_box.addItem("", size)
        for language in LANGUAGES:
            self.language_box.addItem("", language)
        self.language_box.setCurrentIndex(LANGUAGES.index(coordinator.language))
        for box in (self.paper_box, self.language_box):
            box.currentIndexChanged.connect(lambda _at: self.changed.emit())

    @property
    def language(self) -> Language:
        """The language of headings, and of texts that exist in several."""
        return LANGUAGES[max(0, self.language_box.currentIndex())]

    @property
    def paper(self) -> PaperSize:
        """The size of the paper."""
        return PAPER_SIZES[max(0, self.paper_box.currentIndex())]

    def is_on(self, name: str) -> bool:
        """Whether one of `side_by_side`, `sources_at_end`, `media`, `notes` is ticked and counts for the format."""
        tick = self._ticks[name]
        return tick.isChecked() and name in self._heeds and self._counts.get(name, 1) > 0

    def tick(self, name: str) -> QCheckBox:
        """The box of one of them."""
        return self._ticks[name]

    def set_format(self, key: str) -> None:
        """Show the options of a format."""
        self._format = key
        self.refresh()

    def set_counts(self, media: int, notes: int) -> None:
        """So many pictures and notes belong to what leaves."""
        self._counts = {"media": media, "notes": notes}
        self.refresh()

    def refresh(self) -> None:
        """Say everything in the language, theme and size of the window."""
        coordinator, words = self._coordinator, self._coordinator.words
        self._heading.setText(words("window.export.options"))
        self._heading.setFont(coordinator.font("heading"))
        tint(self._heading, coordinator.theme.color("ink-3"))
        for name, tick in self._ticks.items():
            count = self._counts.get(name)
            said = words(f"window.export.option.{name}", **({} if count is None else {"number": count}))
            tick.setText(plain_mnemonic(said))
            tick.setAccessibleName(said)
            tick.setVisible(name in self._heeds)
            tick.setEnabled(count is None or count > 0)
        for label, box, key, shown in (
            (self._paper_label, self.paper_box, "paper", "paper" in self._heeds),
            (self._language_label, self.language_box, "language", True),
        ):
            label.setText(words(f"window.export.{key}"))
            tint(label, coordinator.theme.color("ink-2"))
            box.setAccessibleName(words(f"window.export.{key}_told"))
            set_tooltip(box, words(f"window.export.{key}_told"))
            label.setVisible(shown)
            box.setVisible(shown)
        for at, size in enumerate(PAPER_SIZES):
            self.paper_box.setItemText(at, words(f"window.paper.{size}"))
        for at, language in enumerate(LANGUAGES):
            self.language_box.setItemText(at, words(f"window.command.language_{language.replace('-', '_')}"))

    @property
    def _heeds(self) -> frozenset[str]:
        return FORMATS[self._format].heeds if self._format else frozenset()
