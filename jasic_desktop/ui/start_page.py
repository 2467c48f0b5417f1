"""The start page: the search field first, then what the archive holds, where to begin, and what copy this is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QSpacerItem, QVBoxLayout, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import clear_layout, plain_label, tint
from jasic_desktop.ui.search_field import SearchField

if TYPE_CHECKING:
    from jasic_desktop.app.overview import Sample
    from jasic_desktop.ui.start_body import StartBody
    from jasic_desktop.ui.start_foot import StartFoot

_CONTENT_WIDTH: Final = 1088
_ROOM: Final = 540
"""Pixels of height, at a text size of 100 %, from which on the strip stands at the foot of the window."""


class StartPage(QWidget):
    """What a person sees first. `left_down` asks for the results.

    The search field is there at once, what tells of an archive when there is one: the window is seen sooner.
    """

    left_down = Signal()

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._gaps: list[tuple[QSpacerItem, int, int]] = []
        self._samples: tuple[Sample, ...] = ()
        self._is_postponed = False
        self.body: StartBody | None = None
        self.foot: StartFoot | None = None
        self._title = plain_label(wrap=True)
        self._about = plain_label(wrap=True)
        self.search = SearchField(coordinator, front=True)
        self.search.setMaximumWidth(720)
        self.search.left_down.connect(self.left_down)
        self._try = plain_label()
        self._pill_buttons: list[QPushButton] = []
        self._pills = QHBoxLayout()
        self._lay_out()
        coordinator.archive_opened.connect(self._load)
        coordinator.standing_changed.connect(self._load)
        for signal in (coordinator.language_changed, coordinator.theme_changed, coordinator.text_size_changed):
            signal.connect(self._load)
        self._load()

    # ------------------------------------------------------------------------------------------------------ slots

    def take_focus(self) -> None:
        """Put the cursor into the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def postpone(self) -> None:
        """Another page is wanted first: what tells of the archive is made when somebody comes here."""
        self._is_postponed = True

    def make_up(self) -> None:
        """Make what was postponed."""
        if self._is_postponed:
            self._is_postponed = False
            self._load()

    # ----------------------------------------------------------------------------------------------------- events

    def showEvent(self, event: QShowEvent) -> None:
        """What was postponed is made when it is to be seen."""
        super().showEvent(event)
        self.make_up()

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
        self._body_at = column.count()
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
        if self.body is not None and self.foot is not None:
            self.body.fit(width, short=short)
            in_column = self.height() < length(_ROOM)
            self._seat_foot(self.foot, in_column=in_column)
            self.foot.fit(max(width - 32 * in_column, 320), length(136 if short else 172))
        font = self._coordinator.font("display")
        self._title.setFont(font)
        if self._title.fontMetrics().horizontalAdvance(self._title.text()) > width:
            font.setPixelSize(length(30 if short else 32))
            self._title.setFont(font)

    def _seat_foot(self, foot: StartFoot, *, in_column: bool) -> None:
        """Where the letters are large for the window, the strip scrolls with the rest and leaves room for the field."""
        seat, other = (self._column, self._whole) if in_column else (self._whole, self._column)
        if seat.indexOf(foot) < 0:
            other.removeWidget(foot)
            seat.addWidget(foot)
            foot.refresh()  # what changes its parent gets the fonts of the style sheet again

    def _load(self) -> None:
        if self._is_postponed:
            return
        store = self._coordinator.store
        if store is not None:
            from jasic_desktop.app.overview import samples

            body, foot = self._parts()
            self._samples = samples(store)
            body.load(store)
            foot.load(store, body.counts["event"])
        self._refresh()

    def _parts(self) -> tuple[StartBody, StartFoot]:
        """What tells of the archive, made for the first one."""
        if self.body is None or self.foot is None:
            from jasic_desktop.ui.start_body import StartBody
            from jasic_desktop.ui.start_foot import StartFoot

            self.body, self.foot = StartBody(self._coordinator), StartFoot(self._coordinator)
            self._column.insertWidget(self._body_at, self.body)
        return self.body, self.foot

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
        clear_layout(self._pills)
        self._pill_buttons.clear()
        if self._samples:
            from jasic_desktop.ui.start_tiles import SamplePill

            for sample in self._samples:
                pill = SamplePill(coordinator, sample)
                pill.clicked.connect(lambda *_, text=sample.text: coordinator.ask(text, live=False))
                self._pills.addWidget(pill)
                self._pill_buttons.append(pill)
        if self.body is not None and self.foot is not None:
            self.body.refresh()
            self.foot.refresh()
        self._fit()


def _middle(widget: QWidget, share: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, share)
    row.addStretch(1)
    return row
