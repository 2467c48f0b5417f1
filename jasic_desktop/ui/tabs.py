"""The tabs over the reader: one record each, with the place where it was left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionTab, QTabBar, QToolButton, QWidget

from jasic_desktop.core.errors import Fault
from jasic_desktop.render.visible import one_line
from jasic_desktop.ui.coordinator import Coordinator
from jasic_desktop.ui.icons import put_icon
from jasic_desktop.ui.plain import line_tooltip, plain_mnemonic, set_tooltip
from jasic_desktop.ui.theme import TABS_HEIGHT

_WIDEST: Final = 220
_LEAST: Final = 104
_LONGEST_TITLE: Final = 300


@dataclass
class Tab:
    """What a tab shows, and how far it is scrolled (0 to 1)."""

    record: str
    scroll: float = 0.0


class ReaderTabs(QTabBar):
    """A row of tabs. `chosen` tells the number of a tab that the person asks for, `closed` of one to be closed."""

    chosen = Signal(int)
    closed = Signal(int)

    def __init__(self, coordinator: Coordinator, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coordinator = coordinator
        self._tabs: list[Tab] = []
        self._is_idle = True
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.tabBarClicked.connect(self._clicked)

    # ------------------------------------------------------------------------------------------------- properties

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the records of the tabs, from the left."""
        return tuple(tab.record for tab in self._tabs)

    @property
    def current(self) -> Tab | None:
        """The tab that is read; None while none is."""
        return None if self._is_idle or not self._tabs else self._tabs[self.currentIndex()]

    def tab(self, number: int) -> Tab:
        """A tab by its number."""
        return self._tabs[number]

    def number_of(self, record: str) -> int | None:
        """The first tab that shows a record, the current one before all others."""
        current = self.current
        if current is not None and current.record == record:
            return self.currentIndex()
        return self.records.index(record) if record in self.records else None

    # ------------------------------------------------------------------------------------------------------ slots

    def add(self, record: str) -> int:
        """Put a tab behind the current one; its number."""
        number = self.currentIndex() + 1 if self.current is not None else len(self._tabs)
        self._tabs.insert(number, Tab(record))
        self.insertTab(number, "")
        self._label(number)
        return number

    def replace(self, number: int, record: str) -> None:
        """Let a tab show another record."""
        self._tabs[number] = Tab(record)
        self._label(number)

    def read(self, number: int | None) -> None:
        """Mark the tab that is read; None where none is, though there may be tabs."""
        self._is_idle = number is None
        if number is not None:
            self.setCurrentIndex(number)
        self.update()

    def take(self, number: int) -> None:
        """Take a tab away."""
        del self._tabs[number]
        self.removeTab(number)

    def clear(self) -> None:
        """Take all tabs away."""
        self._is_idle = True
        while self._tabs:
            self.take(len(self._tabs) - 1)

    def relabel(self) -> None:
        """Say and draw everything anew: in another language, theme or text size."""
        self.setAccessibleName(self._coordinator.words("window.reader.tabs"))
        for number in range(len(self._tabs)):
            self._label(number)

    # ----------------------------------------------------------------------------------------------------- events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Only the left button chooses."""
        if event.button() == Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel does not leaf through records."""
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The middle button closes."""
        number = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and number >= 0:
            self.closed.emit(number)
            event.accept()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from tab to tab, Delete closes."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and 0 <= self.currentIndex() + step < len(self._tabs):
            self.chosen.emit(self.currentIndex() + step)
        elif event.key() == Qt.Key.Key_Delete and self._tabs:
            self.closed.emit(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space) and self._tabs:
            self.chosen.emit(self.currentIndex())
        elif step is None:
            super().keyPressEvent(event)

    def tabSizeHint(self, index: int) -> QSize:
        """As wide as the title, within bounds."""
        wished = super().tabSizeHint(index).width()
        room = self._coordinator.length
        return QSize(max(room(_LEAST), min(room(_WIDEST), wished)), room(TABS_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """No wider than the tabs: Qt asks for the room of its scroll buttons even where there is one tab."""
        return super().minimumSizeHint().boundedTo(self.sizeHint())

    def minimumTabSizeHint(self, _index: int) -> QSize:
        """Where there are many, titles are cut before tabs are out of sight."""
        return QSize(self._coordinator.length(_LEAST), self._coordinator.length(TABS_HEIGHT))

    def initStyleOption(self, option: QStyleOptionTab, number: int) -> None:
        """While nothing is read no tab is drawn as the one that is."""
        super().initStyleOption(option, number)
        if self._is_idle:
            option.state &= ~QStyle.StateFlag.State_Selected

    # ---------------------------------------------------------------------------------------------------- helpers

    def _clicked(self, number: int) -> None:
        if number >= 0:
            self.chosen.emit(number)

    def _label(self, number: int) -> None:
        title = self._title(self._tabs[number].record)
        self.setTabText(number, plain_mnemonic(title))
        self.setTabToolTip(number, line_tooltip(title))
        self.setAccessibleTabName(number, title)
        button = self._close_button(number)
        put_icon(self._coordinator, button, "close", 12)
        words = self._coordinator.words("window.reader.close_tab", title=title)
        button.setAccessibleName(words)
        set_tooltip(button, words)

    def _close_button(self, number: int) -> QToolButton:
        there = self.tabButton(number, QTabBar.ButtonPosition.RightSide)
        if isinstance(there, QToolButton):
            return there
        made = QToolButton(self)
        made.setProperty("role", "close")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has Delete and Ctrl+W
        made.clicked.connect(lambda: self.closed.emit(self._number_of(made)))
        self.setTabButton(number, QTabBar.ButtonPosition.RightSide, made)
        return made

    def _number_of(self, button: QToolButton) -> int:
        buttons = [self.tabButton(number, QTabBar.ButtonPosition.RightSide) for number in range(self.count())]
        return buttons.index(button)

    def _title(self, record: str) -> str:
        store = self._coordinator.store
        try:
            title = store.title(record).show(self._coordinator.language) if store is not None else record
        except Fault:
            title = record
        return one_line(title[:_LONGEST_TITLE])
