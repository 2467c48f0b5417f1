"""What stands around the drawing in the whole view of the timeline: its bar, the table, the card, minimap and keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.key_hints import KeyHints
from jasic_desktop.ui.minimap import Minimap
from jasic_desktop.ui.timeline_bar import WholeBar
from jasic_desktop.ui.timeline_card import EventCard
from jasic_desktop.ui.timeline_table import TimelineTable


class WholeParts:
    """The parts, hidden until the pane shows them. `page` is the framed table, `rule` the line before the card."""

    def __init__(self, coordinator: Coordinator, owner: QWidget) -> None:
        self.bar = WholeBar(coordinator, owner)
        self.table = TimelineTable(coordinator, owner)
        self.card = EventCard(coordinator, owner)
        self.minimap = Minimap(coordinator, owner)
        self.hints = KeyHints(coordinator, owner)
        self.rule = QFrame(owner)
        self.rule.setProperty("role", "stile")
        self.page = QWidget(owner)
        self.page.setProperty("ground", "paper")
        self.page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QHBoxLayout(self.page)
        inner.setContentsMargins(8, 4, 0, 0)
        inner.addWidget(self.table)
        for part in (self.bar, self.card, self.minimap, self.hints, self.rule):
            part.hide()
