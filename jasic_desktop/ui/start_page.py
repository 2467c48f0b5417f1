"""The start page: the search field first, then what the archive holds, where to begin, and what copy this is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.app.overview import Entry, Sample, counts, entries, own_rights, samples
from jasic_desktop.core.record_types import RECORD_TYPES, RecordType
from jasic_desktop.search.request import Filters
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.copy_facts import CopyFacts
from jasic_desktop.ui.month_strip import MonthStrip
from jasic_desktop.ui.plain import plain_label, tint
from jasic_desktop.ui.search_field import SearchField
from jasic_desktop.ui.start_tiles import EntryRow, SamplePill, SignLegend, Tile

_CONTENT_WIDTH: Final = 1088
_ROOM: Final = 540
"""Pixels of height, at a text size of 100 %, from which on the strip stands at the foot of the window."""
_SIDE_BY_SIDE: Final = 760
"""Pixels of width, at a text size of 100 %, from which on tiles and columns all stand side by side."""
_COLUMNS: Final = (464, 288, 272)
"""How the three columns part the width."""
_TILE_ORDER: Final[tuple[RecordType, ...]] = RECORD_TYPES


class StartPage(QWidget):
    """What a person sees first. `left_down` asks for the results."""

    left_down = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._gaps: list[tuple[QSpacerItem, int, int]] = []
        self._counts: dict[RecordType, int] = {}
        self._entries: tuple[Entry, ...] = ()
        self._samples: tuple[Sample, ...] = ()
        self._rights = ""
        self._title = plain_label(wrap=True)
        self._about = plain_label(wrap=True)
        self.search = SearchField(coordinator, front=True)
        self.search.setMaximumWidth(720)
        self.search.left_down.connect(self.left_down)
        self._try = plain_label()
        self._pills = QHBoxLayout()
        self._tiles = tuple(Tile(coordinator, record_type) for record_type in _TILE_ORDER)
        for tile in self._tiles:
            tile.clicked.connect(lambda *_, chosen=tile.record_type: self._show_type(chosen))
        self._headings = {key: plain_label() for key in ("begin", "certainty", "copy")}
        for heading in self._headings.values():
            heading.setProperty("role", "heading")
        self._tile_grid = QGridLayout()
        self._columns = QGridLayout()
        self._columns.setVerticalSpacing(8)
        beginnings, legend = QWidget(), QWidget()
        self._rows, self._legend = QVBoxLayout(beginnings), QVBoxLayout(legend)
        for layout in (self._rows, self._legend):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._facts = CopyFacts(coordinator)
        bodies = (beginnings, legend, self._facts)
        self._parts = tuple(
            (heading, _rule(), body) for heading, body in zip(self._headings.values(), bodies, strict=True)
        )
        self._narrow: bool | None = None
        self._strip_title, self._strip_words = plain_label(), plain_label()
        self._strip_open = QPushButton()
        self._strip_open.setProperty("role", "link")
        self._strip_open.clicked.connect(lambda: coordinator.run("go-timeline"))
        self._strip = MonthStrip(coordinator)
        self._strip.month_chosen.connect(self._show_month)
        self._lay_out()
        coordinator.archive_opened.connect(self._load)
        for signal in (coordinator.language_changed, coordinator.theme_changed, coordinator.text_size_changed):
            signal.connect(self._load)
        self._load()

    # ------------------------------------------------------------------------------------------------------ slots

    def take_focus(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def _show_type(self, record_type: RecordType) -> None:
        self._coordinator.narrow(Filters(types=(record_type,)))

    def _show_month(self, first: str, last: str) -> None:
        self._coordinator.narrow(Filters(since=first, until=last))
        self._coordinator.show_view("timeline")

    # ----------------------------------------------------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the content in the middle, and the strip's edges those of the content."""
        super().resizeEvent(event)
        self._fit()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _lay_out(self) -> None:
        self._content = QWidget()
        self._column = column = QVBoxLayout(self._content)
        column.setSpacing(0)
        for label in (self._title, self._about):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
            column.addSpacing(8)
        column.addSpacerItem(self._gap(12, 4))
        column.addLayout(_middle(self.search, 40))
        column.addSpacerItem(self._gap(12, 8))
        self._pills.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self._try)
        row.addLayout(self._pills)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacerItem(self._gap(28, 16))
        self._tile_grid.setSpacing(16)
        column.addLayout(self._tile_grid)
        column.addSpacerItem(self._gap(24, 16))
        column.addLayout(self._columns)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(16, 0, 16, 0)
        across.addStretch(1)
        across.addWidget(self._content)
        across.addStretch(1)
        self._area.setViewport(QWidget())  # the one it has fills its ground
        self._area.setWidget(holder)
        holder.setAutoFillBackground(False)
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._foot())

    def _foot(self) -> QWidget:
        self._ground = _Ground(self._coordinator)
        inner = QWidget()
        self._inner = inner
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._strip_title)
        head.addWidget(self._strip_words)
        head.addStretch(1)
        head.addWidget(self._strip_open)
        column.addLayout(head)
        column.addWidget(self._strip, 1)
        across = QHBoxLayout(self._ground)
        across.setContentsMargins(16, 0, 16, 0)
        across.addStretch(1)
        across.addWidget(inner)
        across.addStretch(1)
        return self._ground

    def _seat(self, *, narrow: bool) -> None:
        """Six tiles and three columns side by side; where the letters are large for the width, three and one."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        across = 3 if narrow else len(self._tiles)
        for at, tile in enumerate(self._tiles):
            self._tile_grid.addWidget(tile, at // across, at % across)
        for at in range(len(self._tiles)):
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

    def _gap(self, usual: int, close: int) -> QSpacerItem:
        """A distance that is `close` in a low window."""
        gap = QSpacerItem(0, usual)
        self._gaps.append((gap, usual, close))
        return gap

    def _fit(self) -> None:
        width = min(_CONTENT_WIDTH, self.width() - 32 - 12)
        self._content.setFixedWidth(max(width, 320))
        short = self.height() < 760
        self._column.setContentsMargins(0, 8 if short else 44, 0, 8 if short else 16)
        for gap, usual, close in self._gaps:
            gap.changeSize(0, close if short else usual)
        self._column.invalidate()
        length = self._coordinator.length
        self._seat(narrow=width < length(_SIDE_BY_SIDE))
        in_column = self.height() < length(_ROOM)
        self._seat_foot(in_column=in_column)
        self._inner.setFixedWidth(max(width - 32 * in_column, 320))
        for tile in self._tiles:
            tile.setFixedHeight(length(72 if short else 88))
        self._ground.setFixedHeight(length(136 if short else 172))
        font = self._coordinator.font("display")
        self._title.setFont(font)
        if self._title.fontMetrics().horizontalAdvance(self._title.text()) > width:
            font.setPixelSize(length(30 if short else 32))
            self._title.setFont(font)

    def _seat_foot(self, *, in_column: bool) -> None:
        """Where the letters are large for the window, the strip scrolls with the rest and leaves room for the field."""
        seat, other = (self._column, self._whole) if in_column else (self._whole, self._column)
        if seat.indexOf(self._ground) < 0:
            other.removeWidget(self._ground)
            seat.addWidget(self._ground)

    def _load(self) -> None:
        coordinator, store = self._coordinator, self._coordinator.store
        if store is not None:
            self._counts = counts(store)
            self._entries = entries(store, coordinator.language)
            self._samples = samples(store)
            self._rights = own_rights(store, coordinator.language)
            self._strip.show_events(store.events())
        self._refresh()

    def _refresh(self) -> None:
        coordinator, store = self._coordinator, self._coordinator.store
        words = coordinator.words
        archive = store.archive if store is not None else None
        self._title.setText(archive.title.show(coordinator.language) if archive is not None else "")
        about = archive.description if archive is not None else None
        self._about.setText(about.show(coordinator.language) if about is not None else "")
        self._about.setFont(coordinator.font("reading"))
        tint(self._about, coordinator.theme.color("ink-2"))
        self._try.setText(words("window.start.try") if self._samples else "")
        self._try.setFont(coordinator.font("small"))
        tint(self._try, coordinator.theme.color("ink-3"))
        for key, label in self._headings.items():
            label.setFont(coordinator.font("heading"))
            label.setText(words(f"window.start.{key}"))
        for tile in self._tiles:
            tile.refresh(self._counts.get(tile.record_type) if store is not None else None)
        _clear(self._pills)
        for sample in self._samples:
            pill = SamplePill(coordinator, sample)
            pill.clicked.connect(lambda *_, text=sample.text: coordinator.ask(text, live=False))
            self._pills.addWidget(pill)
        _clear(self._rows)
        for entry in self._entries:
            if self._rows.count():
                self._rows.addWidget(_rule())
            row = EntryRow(coordinator, entry)
            row.clicked.connect(lambda *_, shown=entry.id: coordinator.open_record(shown))
            self._rows.addWidget(row)
        _clear(self._legend)
        self._legend.addWidget(SignLegend(coordinator))
        self._facts.show_facts(self._rights)
        self._strip_title.setFont(coordinator.font("ui-strong"))
        self._strip_title.setText(words("window.start.timeline"))
        first, last = self._strip.years
        count = self._counts.get("event", 0)
        said = words("window.start.events", count=count, first=first, last=last) if count else ""
        self._strip_words.setText(said)
        tint(self._strip_words, coordinator.theme.color("ink-2"))
        self._strip_open.setText(words("window.start.open_timeline"))
        self._strip_open.setEnabled(count > 0)
        self._fit()


class _Ground(QWidget):
    """The sunken ground of the strip, with a line above."""

    def __init__(self, coordinator: Coordinator) -> None:
        super().__init__()
        self._coordinator = coordinator

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._coordinator.theme.color("sunken"))
        painter.fillRect(0, 0, self.width(), 1, self._coordinator.theme.color("line"))
        painter.end()


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule


def _middle(widget: QWidget, share: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, share)
    row.addStretch(1)
    return row


def _clear(layout: QHBoxLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
