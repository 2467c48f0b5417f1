"""The banner of a reading room: that nothing is kept, which archive this is, and what is wrong, if anything is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from jasic_desktop.ui.elided import ElidedLabel
from jasic_desktop.ui.icons import pixmap
from jasic_desktop.ui.plain import plain_label, tint
from jasic_desktop.ui.room.controls import interface_font
from jasic_desktop.ui.room.coordinator import RoomCoordinator
from jasic_desktop.ui.room.theme import ASIDE, BANNER_HEIGHT, GAP, ICON, SIDE


class RoomBanner(QWidget):
    """One line over the whole window. `in_memory` says whether what the session needs is kept in memory only."""

    def __init__(self, coordinator: RoomCoordinator, *, in_memory: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._in_memory = in_memory
        self.setProperty("ground", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(BANNER_HEIGHT)
        self._lock = QLabel()
        self._promise = plain_label()
        self._archive, self._state = ElidedLabel(least=60), plain_label()
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 0, SIDE, 0)
        row.setSpacing(GAP)
        row.addWidget(self._lock)
        row.addWidget(self._promise)
        row.addStretch(1)
        row.addWidget(self._archive)
        row.addWidget(self._state)
        for signal in (coordinator.archive_opened, coordinator.language_changed, coordinator.theme_changed):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say it in the language and the colours of now."""
        coordinator, words, store = self._coordinator, self._coordinator.words, self._coordinator.store
        color = coordinator.theme.color("accent")
        self._lock.setPixmap(pixmap("lock", color, ICON))
        interface_font(coordinator, self._promise, strong=True)
        for label in (self._archive, self._state):
            interface_font(coordinator, label, ASIDE)
            tint(label, coordinator.theme.color("ink-2"))
        tint(self._promise, color)
        self._promise.setText(words("window.room.promise" if self._in_memory else "window.room.promise_on_disk"))
        if store is not None:
            about = store.archive
            self._archive.setText(f"{about.title.show(coordinator.language)} {about.version}")
            self._state.setText(words("window.room.archive", count=store.count))


class RoomNotices(QWidget):
    """What the reader, or whoever looks after the room, has to know of it: one line for each, until it is mended."""

    def __init__(self, coordinator: RoomCoordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self.setProperty("ground", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sign = QLabel()
        self._words = plain_label(" ".join(coordinator.rules.faults), wrap=True)
        self._words.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(SIDE, 8, SIDE, 8)
        row.setSpacing(GAP)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        coordinator.theme_changed.connect(self.refresh)
        self.setVisible(bool(coordinator.rules.faults))
        self.refresh()

    def refresh(self) -> None:
        """Say it in the colours of now."""
        coordinator = self._coordinator
        interface_font(coordinator, self._words, ASIDE)
        self._sign.setPixmap(pixmap("warn", coordinator.theme.color("warn"), ICON))
        self._words.setAccessibleName(self._words.text())
