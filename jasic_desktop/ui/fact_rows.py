"""What is known of a record in rows: label, value with its links and numbers, and the sign of how certain it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jasic_desktop.app.profile import Fact
from jasic_desktop.core.blocks import plain
from jasic_desktop.ui.certainty_sign import CertaintySign
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.inline_text import InlineText

_LABEL: Final = 94
"""Pixels for the labels, at a text size of 100 %."""
_NARROW: Final = 240
"""Below this width a label stands over its value."""
_GAP: Final = 8
_PAD: Final = 3
"""Above and below each row."""


@dataclass
class _Row:
    label: InlineText
    value: InlineText
    sign: CertaintySign
    has_sign: bool = False


class FactRows(QWidget):
    """The rows are kept and filled again: showing another record makes no widgets that are there already.

    `followed`, `cited` and `copied` are those of InlineText; `pointed` carries the value beside.
    """

    followed = Signal(str, bool)
    cited = Signal(str)
    copied = Signal(str)
    pointed = Signal(object, object, QRect)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._rows: list[_Row] = []
        self._count = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def values(self) -> tuple[InlineText, ...]:
        """The values shown, in order."""
        return tuple(row.value for row in self._rows[: self._count])

    # ------------------------------------------------------------------------------------------------------ slots

    def show_facts(self, facts: Sequence[Fact], sources: Mapping[str, tuple[int, str]]) -> None:
        """Show other facts; `sources` gives the number and the reference of each document they may cite."""
        while len(self._rows) < len(facts):
            self._rows.append(self._made())
        self._count = len(facts)
        for row, fact in zip(self._rows, facts, strict=False):
            row.label.show_text(fact.label, 200)
            row.value.show_inlines(fact.value, sources)
            row.has_sign = fact.certainty is not None
            spoken = [plain(fact.value)[:1000]]
            if fact.certainty is not None:
                row.sign.show_certainty(fact.certainty)
                spoken.append(row.sign.word)
            numbers = [str(sources[target.value][0]) for target in row.value.targets if target.kind == "source"]
            if numbers:
                spoken.append(self._coordinator.words("window.profile.sources", numbers=", ".join(numbers)))
            row.value.set_spoken(f"{fact.label}: {'; '.join(spoken)}" if fact.label else "; ".join(spoken))
        for at, row in enumerate(self._rows):
            row.label.setVisible(at < self._count and bool(row.label.text))
            row.value.setVisible(at < self._count)
            row.sign.setVisible(at < self._count and row.has_sign)
        self.updateGeometry()
        self._place(self.width(), move=True)

    # ----------------------------------------------------------------------------------------------------- events

    def hasHeightForWidth(self) -> bool:
        """Values wrap."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """The height of all rows at `width`."""
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """As high as its rows are at the width it has."""
        return QSize(self._coordinator.length(200), self._place(max(self.width(), 1), move=False))

    def minimumSizeHint(self) -> QSize:
        """It can be narrow."""
        return QSize(self._coordinator.length(60), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the values anew."""
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _made(self) -> _Row:
        coordinator = self._coordinator
        row = _Row(
            InlineText(coordinator, "ui", "ink-2", self),
            InlineText(coordinator, "ui", "ink", self),
            CertaintySign(coordinator, "corroborated", self),
        )
        value = row.value
        value.followed.connect(self.followed)
        value.cited.connect(self.cited)
        value.copied.connect(self.copied)
        value.pointed.connect(lambda target, area: self.pointed.emit(value, target, area))
        return row

    def _place(self, width: int, *, move: bool) -> int:
        length = self._coordinator.length
        sign, top = length(14), 0
        stacked = width < length(_NARROW)
        for row in self._rows[: self._count]:
            left = 0 if stacked else length(_LABEL) + _GAP
            room = max(20, width - left - (sign + _GAP))
            label_width = width if stacked else length(_LABEL)
            label_height = row.label.heightForWidth(label_width) if row.label.text else 0
            value_height = row.value.heightForWidth(room)
            value_top = top + _PAD + (label_height if stacked else 0)
            if move:
                row.label.setGeometry(0, top + _PAD, label_width, label_height)
                row.value.setGeometry(left, value_top, room, value_height)
                row.sign.setGeometry(width - sign, value_top + (length(20) - sign) // 2, sign, sign)
            bottom = value_top + value_height
            top = max(bottom, top + _PAD + label_height) + _PAD
        return top
