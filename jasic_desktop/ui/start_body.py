"""What the start page says of the open archive: how many records of each type, where to begin, what copy this is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSpacerItem, QVBoxLayout, QWidget

from jasic_desktop.app.overview import Entry, counts, entries, own_rights
from jasic_desktop.core.record_types import RECORD_TYPES, RecordType
from jasic_desktop.search.request import Filters
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.copy_facts import CopyFacts
from jasic_desktop.ui.plain import clear_layout, plain_label
from jasic_desktop.ui.start_tiles import EntryRow, SignLegend, Tile

if TYPE_CHECKING:
    from jasic_desktop.packs.store import Store

_SIDE_BY_SIDE: Final = 760
"""Pixels of width, at a text size of 100 %, from which on tiles and columns all stand side by side."""
_COLUMNS: Final = (464, 288, 272)
"""How the three columns part the width."""


class StartBody(QWidget):
    """Six tiles, and below them three columns."""

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._entries: tuple[Entry, ...] = ()
        self._rights = ""
        self.counts: dict[RecordType, int] = {}
        self.tiles = tuple(Tile(coordinator, record_type) for record_type in RECORD_TYPES)
        for tile in self.tiles:
            tile.clicked.connect(lambda *_, chosen=tile.record_type: self._show_type(chosen))
        self.headings = {key: plain_label() for key in ("begin", "certainty", "copy")}
        for heading in self.headings.values():
            heading.setProperty("role", "heading")
        beginnings, legend = QWidget(), QWidget()
        self._rows, self._legend = QVBoxLayout(beginnings), QVBoxLayout(legend)
        for layout in (self._rows, self._legend):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._facts = CopyFacts(coordinator)
        bodies = (beginnings, legend, self._facts)
        self._parts = tuple(
            (heading, _rule(), body) for heading, body in zip(self.headings.values(), bodies, strict=True)
        )
        self._narrow: bool | None = None
        self._tile_grid, self._columns = QGridLayout(), QGridLayout()
        self._tile_grid.setSpacing(16)
        self._columns.setVerticalSpacing(8)
        self._gap = QSpacerItem(0, 24)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._tile_grid)
        column.addSpacerItem(self._gap)
        column.addLayout(self._columns)

    # ------------------------------------------------------------------------------------------------------ slots

    def load(self, store: Store) -> None:
        """Take what there is to say from an archive."""
        self.counts = counts(store)
        self._entries = entries(store, self._coordinator.language)
        self._rights = own_rights(store, self._coordinator.language)

    def fit(self, width: int, *, short: bool) -> None:
        """Find room in `width`; in a `short` window everything stands closer."""
        length = self._coordinator.length
        self._gap.changeSize(0, 16 if short else 24)
        self._column.invalidate()
        self._seat(narrow=width < length(_SIDE_BY_SIDE))
        for tile in self.tiles:
            tile.ensurePolished()  # the style sheet has a height of its own for buttons, and would come later
            tile.setFixedHeight(length(72 if short else 88))

    def refresh(self) -> None:
        """Say everything in the language, theme and size of the window."""
        coordinator = self._coordinator
        for key, label in self.headings.items():
            label.setFont(coordinator.font("heading"))
            label.setText(coordinator.words(f"window.start.{key}"))
        for tile in self.tiles:
            tile.refresh(self.counts.get(tile.record_type))
        clear_layout(self._rows)
        for entry in self._entries:
            if self._rows.count():
                self._rows.addWidget(_rule())
            row = EntryRow(coordinator, entry)
            row.clicked.connect(lambda *_, shown=entry.id: coordinator.open_record(shown))
            self._rows.addWidget(row)
        clear_layout(self._legend)
        self._legend.addWidget(SignLegend(coordinator))
        self._facts.show_facts(self._rights)

    # ---------------------------------------------------------------------------------------------------- helpers

    def _show_type(self, record_type: RecordType) -> None:
        self._coordinator.narrow(Filters(types=(record_type,)))

    def _seat(self, *, narrow: bool) -> None:
        """Six tiles and three columns side by side; where the letters are large for the width, three and one."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        across = 3 if narrow else len(self.tiles)
        for at, tile in enumerate(self.tiles):
            self._tile_grid.addWidget(tile, at // across, at % across)
        for at in range(len(self.tiles)):
            self._tile_grid.setColumnStretch(at, int(at < across))
        grid = self._columns
        grid.setHorizontalSpacing(0 if narrow else 32)
        for at, (parts, stretch) in enumerate(zip(self._parts, _COLUMNS, strict=True)):
            grid.setColumnStretch(at, 0 if narrow and at else stretch)
            parts[0].setContentsMargins(0, 16 if narrow and at else 0, 0, 0)
            for line, part in enumerate(parts):
                row, column = (len(parts) * at + line, 0) if narrow else (line, at)
                top = Qt.AlignmentFlag.AlignTop if part is parts[-1] and not narrow else Qt.AlignmentFlag(0)
                grid.addWidget(part, row, column, top)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule
