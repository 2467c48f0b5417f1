"""One record with the whole window: facts at the left, statements in the middle, connections, and sources below."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from jasic_desktop.render.page import Page
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.plain import plain_label, tint
from jasic_desktop.ui.profile import ProfilePane
from jasic_desktop.ui.reader import ReaderPane
from jasic_desktop.ui.source_rows import SourceRows

_WIDE: Final = 1200
"""Below this width, in pixels at a text size of 100 %, the right column goes under the left one."""
_COLUMNS: Final = (312, 736, 392)
_COLUMNS_NARROW: Final = (312, 712)
_SOURCES: Final = 122


class RecordPage(QWidget):
    """Holds the reader and the profile while it is shown, and gives them back. `switched` tells whether sources or the
    timeline stand below.
    """

    switched = Signal()

    def __init__(
        self, coordinator: Coordinator, reader: ReaderPane, profile: ProfilePane, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._reader = reader
        self._profile = profile
        self._wide: bool | None = None
        self._has_sources = False
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._title, self._count = plain_label(), plain_label()
        self.sources_chip, self.timeline_chip = QPushButton(), QPushButton()
        self.sources = SourceRows(coordinator)
        self._foot = QWidget(self)
        self._area = QScrollArea(self._foot)
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._split, 1)
        self._column.addWidget(self._made_foot())
        self.sources.opened.connect(coordinator.open_record)
        self.sources.moved.connect(self._see)
        reader.drawn.connect(self.show_page)
        for signal in (coordinator.language_changed, coordinator.theme_changed, coordinator.text_size_changed):
            signal.connect(self._refresh)
        self._refresh()

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def with_timeline(self) -> bool:
        """Whether the timeline stands below in place of the sources."""
        return self.timeline_chip.isChecked()

    # ------------------------------------------------------------------------------------------------------ slots

    def take(self) -> None:
        """Put reader and profile into the columns."""
        self._column.insertWidget(0, self._reader.row)
        for at, widget in enumerate((self._profile, self._reader, self._profile.aside)):
            self._split.insertWidget(at, widget)
            self._split.setStretchFactor(at, int(at == 1))
        self._reader.set_whole(True)
        self._profile.set_whole(True)
        for widget in (self._profile, self._reader):
            widget.show()
        self._wide = None
        self._fit()
        self.show_page(self._reader.page)

    def give_back(self, into: QSplitter) -> None:
        """Put both back side by side into another divider."""
        into.insertWidget(0, self._reader)
        into.insertWidget(1, self._profile)
        self._profile.aside.setParent(None)
        self._profile.spread(False)
        self._reader.set_whole(False)
        self._profile.set_whole(False)
        self._reader.take_row()

    def show_page(self, page: Page | None) -> None:
        """List the sources of another page."""
        entries = page.sources if page is not None else ()
        self.sources.show_sources(entries)
        self._has_sources = bool(entries)
        self._area.setVisible(self._has_sources and not self.with_timeline)
        self._count.setText(self._coordinator.words("window.page.numbered", count=len(entries)))
        self._area.verticalScrollBar().setValue(0)

    # ----------------------------------------------------------------------------------------------------- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has two columns."""
        super().resizeEvent(event)
        self._fit()

    # ---------------------------------------------------------------------------------------------------- helpers

    def _made_foot(self) -> QWidget:
        foot, rule = self._foot, QFrame()
        rule.setProperty("role", "rule")
        foot.setProperty("ground", "sunken")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QHBoxLayout()
        head.setContentsMargins(16, 6, 16, 6)
        head.setSpacing(12)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        group = QButtonGroup(self)
        for chip in (self.sources_chip, self.timeline_chip):
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
            group.addButton(chip)
            head.addWidget(chip)
        self.sources_chip.setChecked(True)
        group.buttonToggled.connect(self._toggled)
        self._area.setWidget(self.sources)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.verticalScrollBar().setSingleStep(24)
        inner = QHBoxLayout()
        inner.setContentsMargins(12, 0, 4, 6)
        inner.addWidget(self._area)
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule)
        column.addLayout(head)
        column.addLayout(inner)
        return foot

    def _fit(self) -> None:
        wide = self.width() >= _WIDE * max(1.0, self._coordinator.text_scale**0.5)
        if wide != self._wide and self._split.count() == 3:
            self._wide = wide
            self._profile.spread(wide)
            self._split.setSizes(list(_COLUMNS if wide else _COLUMNS_NARROW))
        scale = self._coordinator.text_scale
        rows = 5 if self.height() >= 560 * scale else 3 if self.height() >= 360 * scale else 2
        self._area.setFixedHeight(self._coordinator.length(_SOURCES * rows / 5))

    def _toggled(self) -> None:
        self._area.setVisible(self._has_sources and not self.with_timeline)
        self.switched.emit()

    def _refresh(self) -> None:
        coordinator, words = self._coordinator, self._coordinator.words
        self._title.setFont(coordinator.font("ui-strong"))
        self._title.setText(words("render.section.sources"))
        tint(self._count, coordinator.theme.color("ink-2"))
        self.sources.setAccessibleName(words("render.section.sources"))
        self.sources_chip.setText(words("render.section.sources"))
        self.timeline_chip.setText(words("window.timeline.title"))
        self.sources.refresh()
        self._fit()

    def _see(self, area: QRect) -> None:
        """Scroll so that the row with the keys is seen."""
        QTimer.singleShot(0, self, lambda: self._area.ensureVisible(area.left(), area.center().y(), 0, area.height()))
