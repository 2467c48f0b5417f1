"""The timeline of a reading room: the drawing with large buttons that zoom; an event that is touched is read."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from jasic_desktop.ui.plain import plain_label
from jasic_desktop.ui.room.controls import RoomButton, interface_font
from jasic_desktop.ui.room.coordinator import RoomCoordinator
from jasic_desktop.ui.room.theme import ASIDE, GAP, SIDE
from jasic_desktop.ui.timeline_canvas import ZOOM_STEP, TimelineCanvas

_BAR_HEIGHT: Final = 76


class RoomTimeline(QWidget):
    """All events; those that answer the question stand out."""

    def __init__(self, coordinator: RoomCoordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.canvas = TimelineCanvas(coordinator, self)
        self.canvas.full = True
        self._hint = plain_label(wrap=True)
        self.nearer, self.farther = RoomButton(coordinator, drawing="plus"), RoomButton(coordinator, drawing="minus")
        self.whole = RoomButton(coordinator)
        self.setProperty("ground", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar = QHBoxLayout()
        bar.setContentsMargins(SIDE, 10, SIDE, 10)
        bar.setSpacing(GAP)
        bar.addWidget(self._hint, 1)
        for button in (self.farther, self.nearer, self.whole):
            bar.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.canvas, 1)
        self.nearer.clicked.connect(lambda: self.canvas.zoom(ZOOM_STEP))
        self.farther.clicked.connect(lambda: self.canvas.zoom(1 / ZOOM_STEP))
        self.whole.clicked.connect(self.canvas.fit_all)
        self.canvas.pointed.connect(coordinator.open_record)
        self.canvas.brushed.connect(lambda _days: self.canvas.set_brush(None))  # nothing here shows what it narrowed
        coordinator.theme_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say everything in the language and the colours of now."""
        coordinator, words = self._coordinator, self._coordinator.words
        interface_font(coordinator, self._hint, ASIDE)
        for button in (self.nearer, self.farther, self.whole):
            interface_font(coordinator, button)
        self._hint.setText(words("window.room.timeline_hint"))
        self.nearer.say(words("window.room.nearer"))
        self.farther.say(words("window.room.farther"))
        self.whole.say(words("window.room.whole"))
