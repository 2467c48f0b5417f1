"""The line above the statements of a record that has the whole window: how many there are, and of which certainty."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from jasic_desktop.core.blocks import StatementBlock
from jasic_desktop.render.bare import certainties
from jasic_desktop.render.page import Page
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.flow import FlowLayout
from jasic_desktop.ui.plain import clear_layout, plain_label, tint


class StatementBar(QWidget):
    """`chosen` comes when other statements are to be shown: those of `certainty`, None for all."""

    chosen = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._record = ""
        self.certainty: str | None = None
        self.chips: dict[str | None, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._title, self._count = plain_label(), plain_label()
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, 8)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._holder.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 8, 20, 8)
        row.setSpacing(12)
        row.addWidget(self._title)
        row.addWidget(self._count)
        row.addWidget(self._holder, 1)

    # ------------------------------------------------------------------------------------------------------ slots

    def show_page(self, page: Page) -> None:
        """Offer what the statements of a page are; another record begins with all of them. Without any it is gone."""
        counts = certainties(page)
        if page.id != self._record or self.certainty not in counts:
            self._record, self.certainty = page.id, None
        words, total = self._coordinator.words, sum(counts.values())
        self._title.setFont(self._coordinator.font("section"))
        self._title.setText(words("render.section.statements"))
        dated = any(isinstance(block, StatementBlock) and block.date for block in page.blocks)
        self._count.setText(words("window.page.in_order" if dated else "window.page.count", count=total))
        tint(self._count, self._coordinator.theme.color("ink-2"))
        self._fill(total, counts)
        self.setVisible(total > 0)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _fill(self, total: int, counts: dict[str, int]) -> None:
        had_focus = any(chip.hasFocus() for chip in self.chips.values())
        clear_layout(self._flow)
        self.chips.clear()
        words = self._coordinator.words
        for certainty, count in ((None, total), *counts.items()):
            if certainty is None:
                text = words("window.page.all")
            else:
                text = words("window.page.chip", certainty=words(f"render.certainty.{certainty}"), count=count)
            chip = QPushButton(text)
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setChecked(certainty == self.certainty)
            chip.clicked.connect(lambda *_, chosen=certainty: self._choose(chosen))
            self._group.addButton(chip)
            self._flow.addWidget(chip)
            self.chips[certainty] = chip
        # One that is all there are narrows nothing.
        self._holder.setVisible(len(counts) > 1)
        if had_focus:
            self.chips[self.certainty].setFocus()

    def _choose(self, certainty: str | None) -> None:
        if certainty != self.certainty:
            self.certainty = certainty
            self.chosen.emit()
